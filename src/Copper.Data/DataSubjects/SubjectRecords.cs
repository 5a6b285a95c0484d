using System.Text.Json;
using Copper.Client.Models;
using Copper.Data.Plans;

namespace Copper.Data.DataSubjects;

/// <summary>Says of one record, in the account or in a snapshot, what it has to do with a person.</summary>
/// <param name="profile">What is known of the person.</param>
/// <param name="account">The account that the records are of.</param>
/// <param name="place">Where they are.</param>
/// <param name="path">The folder or file; null for the account.</param>
internal sealed class SubjectRecords(SubjectProfile profile, long account, DataSubjectPlace place, string? path)
{
    private const string PrimaryContact = "primary_contact_id";
    private const string RelatedResource = "related_resource";

    private bool IsLive => place == DataSubjectPlace.Account;

    /// <summary>Looks at a record of one of the seven entities.</summary>
    /// <param name="entity">Its entity.</param>
    /// <param name="record">The record.</param>
    /// <param name="json">The same as it came; kept with what is found.</param>
    /// <param name="hasMentions">Look also for texts that mention the person.</param>
    public IReadOnlyList<CopperDataSubjectFinding> Examine(
        string entity, JsonElement record, ArraySegment<byte> json, bool hasMentions = true)
    {
        var id = record.Id("id");
        var found = new List<CopperDataSubjectFinding>();
        switch (entity)
        {
            case CopperEntityNames.Person or CopperEntityNames.Lead:
                switch (profile.Match(account, entity, id, record, IsLive))
                {
                    case SubjectMatch.Own:
                        return [Found(DataSubjectRelation.Own, null, WhyOwn(entity, record))];
                    case SubjectMatch.Further:
                        found.Add(Found(
                            DataSubjectRelation.Reference, "emails", "It has an address of the person beside others, and another name."));
                        break;
                    case SubjectMatch.Unclear:
                        found.Add(Found(DataSubjectRelation.Unclear, null, record.Addresses().Any(profile.Given.Contains)
                            ? "It is not the only one with the address beside others. Give the first address of the right one, too."
                            : record.Addresses().Any(profile.HasAddress)
                            ? "It has another address of the person, and another name. Give this address, too, if it is the same person."
                            : "It was the person, as an older snapshot or journal says, and has another address and name now. Give this "
                                + "address, too, if it is the same person."));
                        break;
                }

                break;
            case CopperEntityNames.Activity when IsOwnActivity(id, record):
                return [Found(DataSubjectRelation.Own, "parent", $"It belongs to {record.End("parent")}.")];
            case CopperEntityNames.Company or CopperEntityNames.Opportunity
                when record.Id(PrimaryContact) is { } contact && IsOwn(new RecordEnd(CopperEntityNames.Person, contact)):
                found.Add(Found(DataSubjectRelation.Reference, PrimaryContact, "The person is its primary contact."));
                break;
            case CopperEntityNames.Task or CopperEntityNames.Project when IsOwn(record.End(RelatedResource)):
                found.Add(Found(DataSubjectRelation.Reference, RelatedResource, "It is related to the person."));
                break;
        }

        foreach (var group in (hasMentions ? profile.Words.MentionsIn(record) : []).GroupBy(static mention => mention.Field))
        {
            // What was found by the list of addresses already, says no more as a text.
            if (!(group.Key is "emails" or "email" && found.Count > 0))
            {
                found.Add(Found(
                    DataSubjectRelation.Mention, group.Key,
                    entity is CopperEntityNames.Person or CopperEntityNames.Lead && group.Key == "name"
                        ? "It has the same name: somebody else, as long as no address says otherwise."
                        : string.Join("; ", group.Select(static one => one.Sentence).Distinct()) + ".",
                        string.Join("\n", group.Select(static one => one.Text).Distinct())));
            }
        }

        return found;

        CopperDataSubjectFinding Found(DataSubjectRelation relation, string? field, string reason, string? text = null) => new()
        {
            Place = place,
            Path = path,
            Relation = relation,
            Entity = entity,
            Id = id,
            Name = entity == CopperEntityNames.Activity ? null : record.Text("name"),
            Field = field,
            Reason = reason,
            Json = json.ToArray(),
            Text = text,
        };
    }

    /// <summary>The record, or what is related to it, is one of the person.</summary>
    public bool IsOwn(RecordEnd? record) => profile.IsOwn(account, record, IsLive);

    private bool IsOwnActivity(long? id, JsonElement record)
    {
        if (id is not { } number || !(IsOwn(record.End("parent")) || (!IsLive && profile.IsOwnActivity(account, number))))
        {
            return false;
        }

        profile.LearnActivity(account, number);
        return true;
    }

    private string WhyOwn(string entity, JsonElement record)
    {
        var known = record.Addresses().Where(profile.HasAddress).ToArray();
        return known.Length == 0 ? $"The {entity} is the person, whose address it had in the past."
            : profile.Given.Contains(known[0]) ? "It has the address."
            : "It has another address of the person.";
    }
}
