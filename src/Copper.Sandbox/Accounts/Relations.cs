using Copper.Sandbox.Errors;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

/// <summary>
/// Which records are related. Relations go both ways. Those an attribute expresses, such as the company of a person,
/// live in the attribute only; the others are kept here.
/// </summary>
internal sealed class Relations(Account account)
{
    private static readonly Dictionary<string, string[]> AllowedPairs = new()
    {
        ["lead"] = ["task"],
        ["person"] = ["company", "opportunity", "task", "project"],
        ["company"] = ["opportunity", "person", "task", "project"],
        ["opportunity"] = ["company", "person", "task", "project"],
        ["project"] = ["company", "person", "opportunity", "task"],
        ["task"] = ["company", "person", "opportunity", "lead", "project"],
    };

    private readonly Dictionary<ResourceReference, List<ResourceReference>> _related = [];

    public static bool IsAllowed(string type, string otherType) => AllowedPairs[type].Contains(otherType);

    /// <summary>All records related to one.</summary>
    public IEnumerable<ResourceReference> Of(ResourceReference record)
    {
        var outgoing = LinkAttribute.All
            .Where(link => link.Schema.Type == record.Type)
            .Select(link => link.TargetOf(account.Find(record)!))
            .OfType<ResourceReference>();
        var incoming = LinkAttribute.All
            .Where(link => link.Joins(link.Schema.Type, record.Type))
            .SelectMany(link => account.Table(link.Schema).All
                .Where(other => record.Equals(link.TargetOf(other)))
                .Select(other => new ResourceReference(link.Schema.Type, other.Id)));
        var kept = _related.TryGetValue(record, out var list) ? list : [];
        return outgoing.Concat(incoming).Concat(kept).Distinct();
    }

    /// <summary>Relates two records that exist and may be related.</summary>
    public void Add(ResourceReference left, ResourceReference right)
    {
        if (AreRelated(left, right))
        {
            return;
        }

        foreach (var (link, from, to) in LinksBetween(left, right))
        {
            var record = account.Find(from)!;
            bool isFree = link.TargetOf(record) is null;
            if (!isFree && link.IsOnlyRelation)
            {
                throw ApiException.Invalid("base", $"a {from.Type} can be related to one {(link.Target ?? "record")} only");
            }

            if (isFree && link.IsSetByRelating)
            {
                link.Set(record, to);
                return;
            }
        }

        Keep(left, right);
        Keep(right, left);
    }

    /// <summary>Ends a relation; false if there was none.</summary>
    public bool Remove(ResourceReference left, ResourceReference right)
    {
        bool removed = Drop(left, right) | Drop(right, left);
        foreach (var (link, from, to) in LinksBetween(left, right))
        {
            var record = account.Find(from)!;
            if (to.Equals(link.TargetOf(record)))
            {
                link.Set(record, null);
                removed = true;
            }
        }

        return removed;
    }

    /// <summary>Removes the kept relations of a record that was deleted.</summary>
    public void RemoveAllOf(ResourceReference deleted)
    {
        if (_related.TryGetValue(deleted, out var others))
        {
            _related.Remove(deleted);
            foreach (var other in others)
            {
                Drop(other, deleted);
            }
        }
    }

    private bool AreRelated(ResourceReference left, ResourceReference right) =>
        (_related.TryGetValue(left, out var others) && others.Contains(right))
        || LinksBetween(left, right).Any(item => item.To.Equals(item.Link.TargetOf(account.Find(item.From)!)));

    private static IEnumerable<(LinkAttribute Link, ResourceReference From, ResourceReference To)> LinksBetween(
        ResourceReference left, ResourceReference right)
    {
        foreach (var link in LinkAttribute.All)
        {
            if (link.Joins(left.Type, right.Type))
            {
                yield return (link, left, right);
            }

            if (link.Joins(right.Type, left.Type))
            {
                yield return (link, right, left);
            }
        }
    }

    private void Keep(ResourceReference record, ResourceReference other)
    {
        if (!_related.TryGetValue(record, out var others))
        {
            _related.Add(record, others = []);
        }

        others.Add(other);
    }

    private bool Drop(ResourceReference record, ResourceReference other) =>
        _related.TryGetValue(record, out var others) && others.Remove(other);
}
