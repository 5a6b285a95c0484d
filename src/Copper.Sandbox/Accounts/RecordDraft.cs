using System.Text.Json;
using Copper.Sandbox.Errors;

namespace Copper.Sandbox.Accounts;

/// <summary>A record while it is being created or updated.</summary>
internal sealed class RecordDraft(Account account, EntitySchema schema, Record? existing, DateTimeOffset now)
{
    private readonly HashSet<string> _sent = [];
    private readonly object?[]? _valuesBefore = existing?.Values;

    public Account Account { get; } = account;

    public EntitySchema Schema { get; } = schema;

    /// <summary>The record that is updated, or null while one is created.</summary>
    public Record? Existing { get; } = existing;

    public object?[] Values { get; } = existing is null ? schema.EmptyValues() : (object?[])existing.Values.Clone();

    public ValidationErrors Errors { get; } = new();

    /// <summary>Now, in Unix seconds.</summary>
    public long Now { get; } = now.ToUnixTimeSeconds();

    public bool IsNew => Existing is null;

    public object? this[string attribute]
    {
        get => Values[Schema.IndexOf(attribute)];
        set => Values[Schema.IndexOf(attribute)] = value;
    }

    /// <summary>Whether the client sent the attribute.</summary>
    public bool WasSent(string attribute) => _sent.Contains(attribute);

    /// <summary>The value of the record that is updated, as it was when the draft was created.</summary>
    public object? ValueBefore(string attribute) => _valuesBefore?[Schema.IndexOf(attribute)];

    /// <summary>Takes over the attributes a client sent. Null clears, arrays replace, custom fields are merged by definition.</summary>
    public void Read(JsonElement attributes)
    {
        var unrecognized = new List<string>();
        foreach (var member in attributes.EnumerateObject())
        {
            var attribute = Schema.Find(member.Name);
            if (attribute is null || !attribute.IsAccepted(IsNew))
            {
                unrecognized.Add(member.Name);
                continue;
            }

            var reading = new AttributeReading(Account, Schema.Type, attribute.Name, this[attribute.Name], Errors);
            _sent.Add(attribute.Name);
            this[attribute.Name] = member.Value.ValueKind == JsonValueKind.Null
                ? attribute.Type.Empty
                : attribute.Type.Read(member.Value, reading);
        }

        Errors.AddUnrecognized(unrecognized);
    }

    /// <summary>Completes the record and collects what is wrong with it.</summary>
    public void Check()
    {
        Schema.Rules.Prepare(this);
        CheckRequired();
        CheckUnique();
        Schema.Rules.Complete(this);
    }

    private void CheckRequired()
    {
        foreach (var attribute in Schema.Attributes.Where(attribute => attribute.IsRequired))
        {
            bool blank = this[attribute.Name] switch
            {
                null => true,
                string text => string.IsNullOrWhiteSpace(text),
                _ => false,
            };
            if (blank && !Errors.Concerns(attribute.Name))
            {
                Errors.Add(attribute.Name, "can't be blank");
            }
        }
    }

    // What the service says about a duplicate is not documented, only that it rejects one.
    private void CheckUnique()
    {
        if (Schema.UniqueKeys is not { } keys)
        {
            return;
        }

        foreach (string key in keys(Values))
        {
            if (Account.Table(Schema).FindByUniqueKey(key) is { } holder && holder != Existing)
            {
                Errors.Add(Schema.UniqueAttribute!, $"{key} has already been taken");
            }
        }
    }
}
