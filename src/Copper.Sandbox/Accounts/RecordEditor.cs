using System.Text.Json;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

/// <summary>Creates and updates records by the attribute tables.</summary>
internal sealed class RecordEditor(Account account, DateTimeOffset now)
{
    public Record Create(EntitySchema schema, JsonElement attributes)
    {
        var draft = NewDraft(schema);
        draft.Read(attributes);
        return Commit(draft);
    }

    /// <summary>Changes the attributes that are sent.</summary>
    public Record Update(EntitySchema schema, Record record, JsonElement attributes)
    {
        var draft = NewDraft(schema, record);
        draft.Read(attributes);
        return Commit(draft);
    }

    public RecordDraft NewDraft(EntitySchema schema, Record? existing = null) => new(account, schema, existing, now);

    /// <summary>Completes, checks and stores a draft.</summary>
    public Record Commit(RecordDraft draft)
    {
        draft.Check();
        draft.Errors.ThrowIfAny();
        return draft.Existing is null ? Insert(draft) : Replace(draft, draft.Existing);
    }

    /// <summary>Deletes a record for good, and with it everything that pointed to it.</summary>
    public void Delete(EntitySchema schema, Record record)
    {
        NoteForSearches(schema, record.Id, record);
        account.Table(schema).Remove(record);
        account.RemoveDependents(new ResourceReference(schema.Type, record.Id));
        account.Touch();
        Announce(schema, "delete", record.Id, NoChanges);
        schema.Rules.AfterDelete(account, record);
    }

    private Record Insert(RecordDraft draft)
    {
        var table = account.Table(draft.Schema);
        SetDate(draft, "date_created");
        SetDate(draft, "date_modified");
        draft.Schema.Rules.BeforeInsert(draft);
        var record = new Record(table.NextId(), draft.Values);
        NoteForSearches(draft.Schema, record.Id, null);
        table.Add(record);
        Announce(draft.Schema, "new", record.Id, NoChanges);
        Finish(draft, record);
        return record;
    }

    private Record Replace(RecordDraft draft, Record record)
    {
        var changes = Compare(draft, record);
        if (changes.Count > 0)
        {
            SetDate(draft, "date_modified");
            NoteForSearches(draft.Schema, record.Id, record);
            account.Table(draft.Schema).Replace(record, draft.Values);
            Announce(draft.Schema, "update", record.Id, changes);
            Finish(draft, record);
        }

        return record;
    }

    /// <summary>Searches may lag behind: they go on with a copy of the record as it is.</summary>
    private void NoteForSearches(EntitySchema schema, long id, Record? record)
    {
        var former = record is null ? null : new Record(id, (object?[])record.Values.Clone()) { Followed = record.Followed };
        account.SearchLag.Note(schema, id, former, now);
    }

    private void Finish(RecordDraft draft, Record record)
    {
        account.Touch();
        draft.Schema.Rules.AfterSave(draft, record);
    }

    private Dictionary<string, SandboxAttributeChange> Compare(RecordDraft draft, Record record)
    {
        var changes = new Dictionary<string, SandboxAttributeChange>();
        for (int index = 0; index < draft.Values.Length; index++)
        {
            object? oldValue = record.Values[index];
            object? newValue = draft.Values[index];
            if (ReferenceEquals(oldValue, newValue))
            {
                continue;
            }

            var attribute = draft.Schema.Attributes[index];
            string oldText = account.Renderer.RenderValue(draft.Schema, attribute, oldValue);
            string newText = account.Renderer.RenderValue(draft.Schema, attribute, newValue);
            if (oldText != newText)
            {
                changes.Add(attribute.Name, new SandboxAttributeChange(oldText, newText));
            }
        }

        return changes;
    }

    private void Announce(
        EntitySchema schema, string change, long id, IReadOnlyDictionary<string, SandboxAttributeChange> changes)
    {
        if (schema.EventType is not null)
        {
            account.Announce(new SandboxChange(schema.EventType, change, id, now, changes));
        }
    }

    private static IReadOnlyDictionary<string, SandboxAttributeChange> NoChanges { get; } =
        new Dictionary<string, SandboxAttributeChange>();

    private static void SetDate(RecordDraft draft, string attribute)
    {
        if (draft.Schema.Has(attribute))
        {
            draft[attribute] = Boxed.Integer(draft.Now);
        }
    }
}
