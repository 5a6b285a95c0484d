using System.ComponentModel;
using System.Globalization;

namespace Copper.Client.CustomFields;

/// <summary>Reads yes and no as spreadsheets and people write them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FlagText
{
    /// <summary>
    /// True or false: a bool, 1 or 0, or one of true, yes, y, x, checked, on and their opposites; null for anything else. Spreadsheets
    /// write true and false in the language of the user: WAHR, FAUX.
    /// </summary>
    public static bool? Of(object? value) => value switch
    {
        bool flag => flag,
        string text => text.Trim().ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "Y" or "1" or "X" or "CHECKED" or "ON" => true,
            "WAHR" or "JA" or "VRAI" or "OUI" or "VERDADERO" or "VERO" or "VERDADEIRO" or "WAAR" or "SIM" or "SÍ" or "SÌ" => true,
            "FALSE" or "NO" or "N" or "0" or "UNCHECKED" or "OFF" => false,
            "FALSCH" or "NEIN" or "FAUX" or "NON" or "FALSO" or "ONWAAR" or "NEE" or "NÃO" => false,
            _ => null,
        },
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal =>
            Convert.ToDouble(value, CultureInfo.InvariantCulture) switch
            {
                0 => false,
                1 => true,
                _ => null,
            },
        _ => null,
    };
}
