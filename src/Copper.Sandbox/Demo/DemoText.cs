using System.Text;

namespace Copper.Sandbox.Demo;

internal static class DemoText
{
    private const string Accented = "áàâäåãéèêëíìîïóòôöõøúùûüýçñ";
    private const string Plain = "aaaaaaeeeeiiiioooooouuuuycn";

    /// <summary>Turns a name into the part of an address: "Käthe Groß" becomes "kathe.gross".</summary>
    /// <remarks>The framework's normalization is not used because it depends on globalization settings.</remarks>
    public static string ToAddressPart(string name, char separator)
    {
        var part = new StringBuilder(name.Length);
        foreach (char letter in name.ToLowerInvariant().Replace("ß", "ss"))
        {
            int accented = Accented.IndexOf(letter);
            char plain = accented < 0 ? letter : Plain[accented];
            if (plain is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            {
                part.Append(plain);
            }
            else if (part.Length > 0 && part[part.Length - 1] != separator)
            {
                part.Append(separator);
            }
        }

        return part.ToString().TrimEnd(separator);
    }
}
