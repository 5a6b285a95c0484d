using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Webhooks;

/// <summary>
/// Makes a <see cref="CopperSecretMap"/> of a hashtable, whose values are texts, secure strings or credentials (their
/// password), or of what a webhook has. From then on nothing shows the values.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretMapTransformationAttribute : RowValueTransformationAttribute
{
    /// <summary>The message names no value: a script block may hold a secret.</summary>
    public SecretMapTransformationAttribute()
        : base(runsInnerScriptBlocks: true)
    {
    }

    private protected override object? Read(object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            null => null,
            CopperSecretMap map => map,
            IDictionary pairs => new CopperSecretMap(DictionaryEntries.Of(pairs).Select(Read)),
            _ => throw new ArgumentTransformationMetadataException(
                "Names and values are given as a hashtable, for example @{ key = 'a long random text' }."),
        };
    }

    private static KeyValuePair<string, string> Read(DictionaryEntry pair)
    {
        var name = Convert.ToString(pair.Key, CultureInfo.InvariantCulture);
        var text = (pair.Value is PSObject wrapped ? wrapped.BaseObject : pair.Value) switch
        {
            SecureString secret => SecretText.Reveal(secret),
            PSCredential credential => SecretText.Reveal(credential.Password),
            string plain => plain,
            IConvertible other => other.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };

        // The message names the name only.
        return string.IsNullOrWhiteSpace(name) || string.IsNullOrEmpty(text)
            ? throw new ArgumentTransformationMetadataException(
                $"The value of '{name}' is empty or no text. Give a text or a SecureString.")
            : new KeyValuePair<string, string>(name!, text!);
    }
}
