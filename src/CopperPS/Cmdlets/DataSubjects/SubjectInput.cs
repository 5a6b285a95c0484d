using Copper.Data.DataSubjects;
using CopperPS.Core;

namespace CopperPS.Cmdlets.DataSubjects;

/// <summary>The people whose addresses were given: those of one item of the pipeline are of one person.</summary>
internal sealed class SubjectInput
{
    private readonly List<IReadOnlyList<string>> _people = [];
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The addresses of each person.</summary>
    public IReadOnlyList<IReadOnlyList<string>> People => _people;

    /// <summary>Takes the addresses of a person. Somebody who was given before is not taken again.</summary>
    /// <exception cref="Copper.Client.Metadata.InputRejectedException">A text is no address, or there is none.</exception>
    public void Add(string[] addresses)
    {
        if (addresses.Length == 0)
        {
            throw Binding.RequestValueConverter.Reject("There is no e-mail address: the person has none, or the cell is empty.", null);
        }

        foreach (var address in addresses)
        {
            if (!DataSubjectReader.IsAddress(address))
            {
                throw Binding.RequestValueConverter.Reject(
                    $"'{VisibleText.Of(address)}' is no e-mail address. Write the whole address, for example ada@example.com.", address);
            }
        }

        var fresh = addresses.Where(address => !_seen.Contains(address)).ToArray();
        _seen.UnionWith(addresses);
        if (fresh.Length > 0)
        {
            _people.Add(addresses);
        }
    }
}
