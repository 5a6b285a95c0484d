using System.Collections;

namespace CopperPS.Binding;

/// <summary>The entries of any dictionary. Enumerated as a list, a generic one gives pairs of a type of its own instead.</summary>
internal static class DictionaryEntries
{
    public static IEnumerable<DictionaryEntry> Of(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return entry;
        }
    }
}
