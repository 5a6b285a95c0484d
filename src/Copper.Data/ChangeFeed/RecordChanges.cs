using System.Text;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Plans;

namespace Copper.Data.ChangeFeed;

/// <summary>Compares records with what an earlier run has read of them.</summary>
/// <param name="client">Whose account it is.</param>
/// <param name="warn">Takes what the user should know.</param>
internal sealed class RecordChanges(CopperClient client, Action<string> warn)
{
    /// <summary>Leads from which a person or an opportunity has come that is new or was updated.</summary>
    public HashSet<long> Origins { get; } = [];

    /// <summary>What has changed in a record since an earlier run has read it; null for nothing. The record is known from now on.</summary>
    public async Task<CopperChange?> OfAsync(
        CopperEntity entity, KnownRecords known, ICopperRecord record, CancellationToken cancellationToken)
    {
        var now = entity.Write(record);
        var image = ImageOf(now);
        known.Found(record.Id);

        // The consumer may have it from a run that did not end, with values that it no longer has.
        var isTaken = known.Taken.Remove(record.Id);
        if (!known.Images.TryGetValue(record.Id, out var former))
        {
            NoteOrigins(record);
            known.Images[record.Id] = image;
            return new CopperChange(CopperChangeKind.Created, entity.Name, record.Id)
            {
                Name = record.ToString(),
                Modified = entity.DatesOf(record).Modified,
                Record = record,
                Account = client.Account,
            };
        }

        if (!isTaken && former.AsSpan().SequenceEqual(image))
        {
            return null;
        }

        NoteOrigins(record);
        known.Images[record.Id] = image;
        await LoadFieldNamesAsync(record, cancellationToken).ConfigureAwait(false);
        var then = MembersIn(former);
        var (before, after) = ChangedMembers.Between(then, now, record, NamesFor(entity, then, now));
        return after.Count == 0 && !isTaken && !ChangedMembers.WasModified(then, now) ? null : new CopperChange(
            IsConverted(record) && !IsConverted(entity.Read(then)) ? CopperChangeKind.Converted : CopperChangeKind.Changed,
            entity.Name,
            record.Id)
        {
            Name = record.ToString(),
            Modified = entity.DatesOf(record).Modified,
            Record = record,
            Account = client.Account,
            Before = before,
            After = after,
        };
    }

    /// <summary>The deletion of a record. It is no longer known.</summary>
    public CopperChange Deleted(CopperEntity entity, KnownRecords known, long id)
    {
        if (!known.Images.TryGetValue(id, out var image))
        {
            // Only a run that did not end has read it.
            var taken = known.Taken[id];
            known.Taken.Remove(id);
            return new CopperChange(CopperChangeKind.Deleted, entity.Name, id) { Name = taken.Name, Account = client.Account };
        }

        var members = MembersIn(image);
        var record = entity.Read(members);
        known.Images.Remove(id);
        known.Taken.Remove(id);
        known.Found(id);
        return new CopperChange(CopperChangeKind.Deleted, entity.Name, id)
        {
            Name = record.ToString(),
            Account = client.Account,
            Before = ChangedMembers.All(members, record, NamesFor(entity, members)),
        };
    }

    /// <summary>A lead was converted by the time an earlier run has read it.</summary>
    public static bool WasConverted(CopperEntity entity, byte[] image) => IsConverted(entity.Read(MembersIn(image)));

    private static bool IsConverted(ICopperRecord record) =>
        record is CopperLead { ConvertedAt: not null } or CopperLead { ConvertedContactId: not null };

    /// <summary>The names behind the ids, of the lists that were read already: a change is no reason for a further request.</summary>
    private NotedNames NamesFor(CopperEntity entity, params JsonBody[] images) =>
        new(NotedNames.Of(client.Metadata, entity.Name, "MM/dd/yyyy", images), null);

    private static JsonBody MembersIn(byte[] image) => JsonBody.Parse(Encoding.UTF8.GetString(image));

    /// <summary>The id stands first, so that a file of images can be read without looking into them.</summary>
    private static byte[] ImageOf(JsonBody members)
    {
        var image = new JsonBody { ["id"] = members["id"] };
        foreach (var member in members)
        {
            image[member.Key] = member.Value;
        }

        return Encoding.UTF8.GetBytes(image.ToString());
    }

    private void NoteOrigins(ICopperRecord record)
    {
        var origins = record switch
        {
            CopperPerson person => person.LeadsConvertedFrom,
            CopperOpportunity opportunity => opportunity.LeadsConvertedFrom,
            _ => [],
        };
        Origins.UnionWith(origins.Select(static origin => origin.TryGetValue("lead_id", out var id) ? id as long? : null).OfType<long>());
    }

    /// <summary>The names of custom fields, where they can be had.</summary>
    private async Task LoadFieldNamesAsync(ICopperRecord record, CancellationToken cancellationToken)
    {
        try
        {
            if (record is ICustomFieldRecord)
            {
                await client.Metadata.CustomFieldDefinitions.GetAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (CopperException exception) when (exception is not CopperAuthenticationException)
        {
            warn($"The custom fields cannot be read, so that changes show their ids. {exception.Message}");
        }
    }
}
