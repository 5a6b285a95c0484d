using System.Collections.Concurrent;
using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
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
public sealed class SyncCopperPersonCommand : PersonWriteCmdlet, IRowInput
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
    [RowTransformation]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            TakeInput();
            RejectRecords();

            // Invalid input is rejected before an address is looked up. Whether a name is missing shows only afterwards.
            if (HasKnownProperty() && TryCollect(WriteKind.Update, NewRecordSuffix(), out var fields))
            {
                Sync(fields);
            }
        }
        catch (InputRejectedException rejection)
        {
            var error = ErrorRecords.From(rejection);
            Reject(NewRecordSuffix() is { } suffix ? ErrorRecords.WithSuffix(error, suffix) : error);
        }
        catch (CopperException exception)
        {
            // A name could not be looked up, or an address: then it is unknown whether anybody has it, and nothing is written.
            Reject(exception, Email?.FirstOrDefault()?.Email ?? Name);
        }
        finally
        {
            CompleteItem();
        }
    }

    private protected override void Collect(FieldCollector<CopperPerson> fields)
    {
        base.Collect(fields);
        if (Property.ContainsKey(EmailMember))
        {
            throw RequestValueConverter.Reject($"A person is found by the e-mail address: give -Email, not '{EmailMember}' in "
                + "-Property.", Property);
        }

        if (fields.IsUpdate)
        {
            // As Set-CopperPerson reads a row, but for the addresses: they are only ever added.
            fields.Steps.RemoveAll(static step => step.Name == EmailMember);
            CollectCompany(fields);
            return;
        }

        var entity = CopperEntities.Company.Name;
        var id = WasTyped(nameof(Company)) ? null : fields.IdInRow(CompanyMember, nameof(Company));
        if ((id ?? (fields.IsSpecified(nameof(Company), Company) ? Company : null)) is { } company)
        {
            fields.Fields[CompanyMember] = RequestValueConverter.OfField(
                fields.Account.Resolve(company, entity),
                typeof(CopperReference),
                entity);
        }
        else if (fields.IsSpecified(nameof(Company), Company))
        {
            fields.Fields[CompanyMember] = null;
        }
    }

    private string[] Addresses(CopperEmail[] emails)
    {
        var addresses = emails
            .Select(static email => email.Email?.Trim() ?? string.Empty)
            .Where(static address => address.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToArray();
        if (addresses.Length == 0 && Item.Row is { } row && !WasTyped(nameof(Email)))
        {
            throw new InputRejectedException(
                InputRejection.Invalid, RowDescription.NoCell(row.Source, nameof(Email), "a person who is found by it"), row.Source)
            {
                IsOfEveryRow = RowDescription.IsOfAllRows(row.Source, nameof(Email))
                    && RowDescription.IsOfAllRows(row.Source, nameof(CopperPerson.Emails)),
            };
        }

        return addresses.Length > 0 ? addresses : throw RequestValueConverter.Reject(
            $"A person is found by the e-mail address: give -Email{(Name is null ? string.Empty : $" for '{Name}'")}.", Name);
    }

    private void Sync(FieldCollector<CopperPerson> fields)
    {
        var emails = EmailColumns(fields)?.ToNew() ?? Email ?? [];
        var addresses = Addresses(emails);
        NoteItem();

        // Addresses are only ever added, so that no other one replaces them.
        WarnOfRepeatedRow(fields, $"the person with {addresses[0]}", addresses, static column =>
            !column.StartsWith(nameof(Email), StringComparison.OrdinalIgnoreCase));
        if (addresses.Any(_underWay.ContainsKey))
        {
            // An earlier row is about the same person: its outcome must be known first.
            Work.Drain();
        }

        var matches = Match(addresses, out var unheld);
        if (matches.Count > 1)
        {
            throw SeveralMatch(matches);
        }

        if (matches.Count == 1)
        {
            fields.Steps.AddRange(MissingAddresses(emails, unheld));
            Update(addresses, fields, matches.Single());
            return;
        }

        if (addresses.FirstOrDefault(_unknown.ContainsKey) is { } unknown)
        {
            throw RequestValueConverter.Reject(
                $"Nobody has the address {unknown}, but an earlier row asked for a person with it, and whether the service created "
                    + "that one "
                + "is unknown. It may turn up later, so none is created now: look for it before you repeat the command.",
                unknown);
        }

        if (TryCollect(WriteKind.Create, NewRecordSuffix(), out var fieldsOfNew))
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
        return new InputRejectedException(
            InputRejection.SeveralMatches,
            $"The addresses belong to {matches.Count} people: person {string.Join(", ", people)}. Nothing was written. "
            + "Give the addresses of one of them, or change one by its id with Set-CopperPerson.",
            Name);
    }

    private void Create(string[] addresses, FieldCollector<CopperPerson> fields)
    {
        if (ShouldProcess(TargetOfNew(fields), fields.Description.OfNew(fields.Fields)))
        {
            var write = new RecordWrite<CopperPerson>(null, fields.Fields, [], Item.Given ?? fields.Fields["name"], Output: true);
            Start(addresses, new RecordWriteRun<CopperPerson>(write));
        }
    }

    private void Update(string[] addresses, FieldCollector<CopperPerson> fields, KeyValuePair<long, CopperPerson?> match)
    {
        var (id, person) = (match.Key, match.Value);
        _ = fields.Fields.Remove(EmailMember);
        var run = NewUpdate(id, fields, output: true, Item.Given ?? id);
        var target = person is null ? $"{Endpoint.Entity} {id}" : $"{Endpoint.Entity} {id} ({person})";
        if ((fields.Fields.Count == 0 && run.Write.Steps.All(static step => step.Name.Length == 0)) || ShouldUpdate(run, fields, target))
        {
            Start(addresses, run);
        }
    }

    private static ReadModifyWriteStep<CopperPerson>[] MissingAddresses(CopperEmail[] given, int unheld) => unheld == 0
        ? []
        : [new ReadModifyWriteStep<CopperPerson>(EmailMember) { AddFields = (fields, present) => AddMissing(fields, present, given) }];

    /// <summary>The person keeps its addresses with their categories, and gets those that it lacks.</summary>
    private static void AddMissing(JsonBody fields, CopperPerson present, CopperEmail[] given)
    {
        var missing = given.Where(email => !string.IsNullOrWhiteSpace(email.Email)
            && !present.Emails.Any(known => Same(known, email.Email!.Trim()))).ToArray();
        if (missing.Length > 0)
        {
            fields[EmailMember] = present.Emails.Concat(missing).ToArray();
        }
    }

    private static bool Same(CopperEmail email, string address) =>
        string.Equals(email.Email?.Trim(), address, StringComparison.OrdinalIgnoreCase);

    private void Start(string[] addresses, RecordWriteRun<CopperPerson> run)
    {
        var people = Endpoint;
        foreach (var address in addresses)
        {
            _underWay[address] = true;
        }

        StartCall(
            Work,
            token => WriteAsync(people, run, addresses, token),
            run,
            WriteObject,
            run.Id is { } id ? [id] : []);
    }

    private async Task<CopperPerson> WriteAsync(
        RecordEndpoint<CopperPerson> people, RecordWriteRun<CopperPerson> run, string[] addresses, CancellationToken cancellationToken)
    {
        try
        {
            // Without anything to change there is nothing to send, and the person is read as it is.
            var person = await run.RunAsync(people, cancellationToken).ConfigureAwait(false)
                ?? await people.GetAsync(run.Id!.Value, cancellationToken).ConfigureAwait(false);
            foreach (var address in addresses)
            {
                _written[address] = person.Id;
            }

            return person;
        }
        catch (CopperOutcomeUnknownException) when (run.Id is null)
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
