using System.Collections.Concurrent;
using System.Management.Automation;
using Copper.Client.Entities;
using Copper.Client.Http;
using Copper.Client.Json;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.People;

/// <summary>Changes the person who has an e-mail address, or creates one where nobody has it.</summary>
/// <remarks>
/// The service has no such request for people, so the addresses are looked up one by one
/// (developer.copper.com/people/fetch-a-person-by-email). When they belong to several people, nothing is written, and the error names
/// them. What one run created or changed is remembered, so that a later row with the same address finds it even while the service does
/// not yet.
/// </remarks>
[Cmdlet(VerbsData.Sync, "CopperPerson", SupportsShouldProcess = true)]
[OutputType(typeof(CopperPerson))]
public sealed class SyncCopperPersonCommand : PersonWriteCmdlet
{
    private const string EmailMember = "emails";
    private const string CompanyMember = "company_id";

    /// <summary>The people that this run wrote, by their addresses.</summary>
    private readonly ConcurrentDictionary<string, long> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The addresses of people of whom it is unknown whether they were created.</summary>
    private readonly ConcurrentDictionary<string, bool> _unknown = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The addresses whose people are being written.</summary>
    private readonly ConcurrentDictionary<string, bool> _underWay = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The full name. Without it, it is put together from its parts.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public override string? Name { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names, and an error points to it.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    private protected override object? Input => InputObject;

    private protected override bool NeedsName => !IsUpdate;

    private protected override bool MergesAddress => IsUpdate;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            TakeInput();
            RefuseRecords();

            // What cannot be right is refused before an address is looked up. Whether a name is missing shows only afterwards.
            IsUpdate = true;
            if (HasKnownProperty() && TryBuild(out var fields, NewRecordSuffix()) && TryGetChanges(out var changes, NewRecordSuffix()))
            {
                Sync(fields, changes);
            }
        }
        catch (InputRejectedException refusal)
        {
            Reject(refusal.Record);
        }
        catch (CopperException exception)
        {
            // A name could not be looked up, or an address: then it is unknown whether anybody has it, and nothing is written.
            Reject(exception, Email?.FirstOrDefault()?.Email ?? Name);
        }
    }

    private protected override void AddFields(JsonBody fields)
    {
        base.AddFields(fields);
        if (Property.ContainsKey(EmailMember))
        {
            throw RequestValueConverter.Reject($"A person is found by the e-mail address: give -Email, not '{EmailMember}' in -Property.", Property);
        }

        if (IsUpdate)
        {
            return;
        }

        var id = WasTyped(nameof(Company)) ? null : IdInRow(CompanyMember, nameof(Company));
        if (id is not null || IsSpecified(nameof(Company), Company))
        {
            fields[CompanyMember] = RequestValueConverter.OfField(WithIds(id ?? Company, "company"), typeof(CopperReference), "company");
        }
    }

    /// <summary>As Set-CopperPerson reads a row, but for the addresses: they are only ever added.</summary>
    private protected override IEnumerable<ReadModifyWriteStep<CopperPerson>> ReadModifyWriteSteps() =>
        base.ReadModifyWriteSteps().Where(static change => change.Name != EmailMember).Concat(CompanyChanges());

    private string[] Addresses(CopperEmail[] emails)
    {
        var addresses = emails
            .Select(static email => email.Email?.Trim() ?? string.Empty)
            .Where(static address => address.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToArray();
        return addresses.Length > 0 ? addresses : throw RequestValueConverter.Reject(
            $"A person is found by the e-mail address: give -Email{(Name is null ? string.Empty : $" for '{Name}'")}.", Name);
    }

    private void Sync(JsonBody fields, ReadModifyWriteStep<CopperPerson>[] changes)
    {
        var emails = EmailColumns?.ToNew() ?? Email ?? [];
        var addresses = Addresses(emails);
        if (addresses.Any(_underWay.ContainsKey))
        {
            // An earlier row is about the same person: what becomes of it must be known first.
            Work.Drain();
        }

        var matches = Match(addresses, out var unheld);
        if (matches.Count > 1)
        {
            throw SeveralMatch(matches);
        }

        if (matches.Count == 1)
        {
            Update(addresses, fields, [.. changes, .. MissingAddresses(emails, unheld)], matches.Single());
            return;
        }

        if (addresses.FirstOrDefault(_unknown.ContainsKey) is { } unknown)
        {
            throw RequestValueConverter.Reject(
                $"Nobody has the address {unknown}, but an earlier row asked for a person with it, and whether the service created that one "
                + "is unknown. It may turn up later, so none is created now: look for it before you repeat the command.",
                unknown);
        }

        IsUpdate = false;
        if (TryBuild(out var fieldsOfNew, NewRecordSuffix()))
        {
            Create(addresses, fieldsOfNew);
        }
    }

    /// <summary>The people who have the addresses, each with what is known of it; null for one that this run wrote.</summary>
    /// <param name="addresses">The addresses.</param>
    /// <param name="unheld">How many of them nobody has.</param>
    private Dictionary<long, CopperPerson?> Match(IEnumerable<string> addresses, out int unheld)
    {
        unheld = 0;
        var matches = new Dictionary<long, CopperPerson?>();
        foreach (var address in addresses)
        {
            if (_written.TryGetValue(address, out var id))
            {
                matches[id] = null;
            }
            else if (Await(token => Client.FindPersonByEmailAsync(address, token)) is not { } person)
            {
                unheld++;
            }
            else if (!matches.ContainsKey(person.Id))
            {
                matches[person.Id] = _written.Values.Contains(person.Id) ? null : person;
            }
        }

        return matches;
    }

    private InputRejectedException SeveralMatch(Dictionary<long, CopperPerson?> matches)
    {
        var people = matches.Select(static match => match.Value is null ? $"{match.Key}" : $"{match.Key} ({match.Value})");
        return new InputRejectedException(ErrorRecords.Invalid(
            $"The addresses belong to {matches.Count} people: person {string.Join(", ", people)}. Nothing was written. "
            + "Give the addresses of one of them, or change one by its id with Set-CopperPerson.",
            Name,
            "CopperSeveralMatches"));
    }

    private void Create(string[] addresses, JsonBody fields)
    {
        if (ShouldProcess(TargetOfNew(fields), $"Create with {string.Join(", ", fields.Names.Select(Label))}"))
        {
            Start(addresses, new RecordWrite<CopperPerson>(null, fields, [], Input ?? fields["name"], output: true));
        }
    }

    private void Update(
        string[] addresses, JsonBody fields, List<ReadModifyWriteStep<CopperPerson>> changes, KeyValuePair<long, CopperPerson?> match)
    {
        var (id, person) = (match.Key, match.Value);
        _ = fields.Remove(EmailMember);
        if (fields.Count > 0 && changes.Count == 0 && Row is { ShowsWholeRecord: true })
        {
            // Of a record that was exported as a whole, most cells are as they were.
            changes.Add(new ReadModifyWriteStep<CopperPerson>(string.Empty));
        }

        var what = fields.Names.Concat(changes.Select(static change => change.Name)).Where(static name => name.Length > 0).ToArray();
        var target = person is null ? $"{Endpoint.Entity} {id}" : $"{Endpoint.Entity} {id} ({person})";
        if (what.Length == 0 || ShouldProcess(target, Describe(what)))
        {
            var dateFormat = Row is null ? null : CurrentSession.DateFormat;
            Start(addresses, new RecordWrite<CopperPerson>(id, fields, changes, Input ?? id, output: true) { DifferencesOnly = dateFormat });
        }
    }

    private static ReadModifyWriteStep<CopperPerson>[] MissingAddresses(CopperEmail[] given, int unheld) => unheld == 0
        ? []
        : [new ReadModifyWriteStep<CopperPerson>(EmailMember) { AddFields = (fields, present) => AddMissing(fields, present, given) }];

    /// <summary>The person keeps its addresses with their categories, and gets those that it lacks.</summary>
    private static void AddMissing(JsonBody fields, CopperPerson present, CopperEmail[] given)
    {
        var missing = given.Where(email => !string.IsNullOrWhiteSpace(email.Email) && !present.Emails.Any(known => Same(known, email.Email!.Trim()))).ToArray();
        if (missing.Length > 0)
        {
            fields[EmailMember] = present.Emails.Concat(missing).ToArray();
        }
    }

    private static bool Same(CopperEmail email, string address) =>
        string.Equals(email.Email?.Trim(), address, StringComparison.OrdinalIgnoreCase);

    private void Start(string[] addresses, RecordWrite<CopperPerson> write)
    {
        var people = Endpoint;
        foreach (var address in addresses)
        {
            _underWay[address] = true;
        }

        StartCall(
            token => WriteAsync(people, write, addresses, token),
            write,
            WriteObject,
            write.Id is { } id ? [id] : []);
    }

    private async Task<CopperPerson> WriteAsync(
        RecordEndpoint<CopperPerson> people, RecordWrite<CopperPerson> write, string[] addresses, CancellationToken cancellationToken)
    {
        try
        {
            // Without anything to change there is nothing to send, and the person is read as it is.
            var person = await write.RunAsync(people, cancellationToken).ConfigureAwait(false)
                ?? await people.GetAsync(write.Id!.Value, cancellationToken).ConfigureAwait(false);
            foreach (var address in addresses)
            {
                _written[address] = person.Id;
            }

            return person;
        }
        catch (CopperOutcomeUnknownException) when (write.Id is null)
        {
            foreach (var address in addresses)
            {
                _unknown[address] = true;
            }

            throw;
        }
        finally
        {
            foreach (var address in addresses)
            {
                _ = _underWay.TryRemove(address, out _);
            }
        }
    }
}
