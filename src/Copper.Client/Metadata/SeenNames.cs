using System.Collections.Concurrent;
using Copper.Client.Models;

namespace Copper.Client.Metadata;

/// <summary>
/// The names of the records that a client has read, so that what points to one of them can show its name without a request. It keeps those
/// seen last, ten to twenty thousand. Safe from any thread.
/// </summary>
internal sealed class SeenNames
{
    private const int MostOfOnePart = 10_000;

    private ConcurrentDictionary<(string Entity, long Id), string> _new = new();
    private ConcurrentDictionary<(string Entity, long Id), string> _old = new();
    private int _count;

    /// <summary>The name of a record; null when none of this id was read.</summary>
    public string? NameOf(string? entity, long id)
    {
        if (entity is null)
        {
            return null;
        }

        var key = (entity.ToLowerInvariant(), id);
        return _new.TryGetValue(key, out var name) || _old.TryGetValue(key, out name) ? name : null;
    }

    /// <summary>Remembers the record's name, and that of the company it shows.</summary>
    public void Note(CopperRecord? record)
    {
        switch (record)
        {
            case CopperPerson person:
                Note(CopperEntityNames.Person, person.Id, person.Name);
                Note(CopperEntityNames.Company, person.CompanyId, person.CompanyName);
                break;
            case CopperCompany company:
                Note(CopperEntityNames.Company, company.Id, company.Name);
                break;
            case CopperLead lead:
                Note(CopperEntityNames.Lead, lead.Id, lead.Name);
                break;
            case CopperOpportunity opportunity:
                Note(CopperEntityNames.Opportunity, opportunity.Id, opportunity.Name);
                Note(CopperEntityNames.Company, opportunity.CompanyId, opportunity.CompanyName);
                break;
            case CopperProject project:
                Note(CopperEntityNames.Project, project.Id, project.Name);
                break;
            case CopperTask task:
                Note(CopperEntityNames.Task, task.Id, task.Name);
                break;
        }
    }

    private void Note(string entity, long? id, string? name)
    {
        if (id is not > 0 || string.IsNullOrWhiteSpace(name))
        {
            return;
        }

        var key = (entity, id.Value);
        if (_new.TryAdd(key, name!))
        {
            if (Interlocked.Increment(ref _count) >= MostOfOnePart)
            {
                // Whoever comes between the two lines loses a name, which costs a name in a view.
                Interlocked.Exchange(ref _count, 0);
                _old = Interlocked.Exchange(ref _new, new());
            }
        }
        else
        {
            _new[key] = name!;
        }
    }
}
