using System.Text.Json;
using Copper.Client.Models;
using Copper.Data.Plans;

namespace Copper.Data.DataSubjects;

/// <summary>How a person or a lead has to do with the subject.</summary>
internal enum SubjectMatch
{
    /// <summary>It has not.</summary>
    None,

    /// <summary>It is the subject.</summary>
    Own,

    /// <summary>It is somebody else who has an address of the subject beside others.</summary>
    Further,

    /// <summary>It may be.</summary>
    Unclear,
}

/// <summary>
/// What is known of the person whose data are wanted: the addresses that were given, and what the records with them say. A record is the
/// person's when an address that was given is its first one, or it has one and the name; if there is no such person, also the only one
/// that has all of them beside others.
/// </summary>
internal sealed class SubjectProfile
{
    private readonly HashSet<string> _given;
    private readonly HashSet<string> _addresses;
    private readonly HashSet<(long Account, RecordEnd Record)> _own = [];
    private readonly HashSet<(long Account, RecordEnd Record)> _others = [];
    private readonly HashSet<(long Account, long Id)> _activities = [];
    private readonly Dictionary<(long Account, RecordEnd Record), JsonElement> _candidates = [];
    private readonly List<string> _names = [];

    /// <param name="addresses">The addresses, all of one person.</param>
    public SubjectProfile(IEnumerable<string> addresses)
    {
        Given = [.. addresses.Select(EmailText.Normalize).Distinct(StringComparer.Ordinal)];
        _given = new HashSet<string>(Given, StringComparer.Ordinal);
        _addresses = new HashSet<string>(_given, StringComparer.Ordinal);
        foreach (var address in Given)
        {
            Words.AddAddress(address);
        }
    }

    /// <summary>The addresses that were given.</summary>
    public IReadOnlyList<string> Given { get; }

    /// <summary>All addresses, those that records of the person added included.</summary>
    public IReadOnlyCollection<string> Addresses => _addresses;

    /// <summary>The names of the person's records.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>What texts mention the person by.</summary>
    public SubjectWords Words { get; } = new();

    /// <summary>Counts what is known, so that it shows whether a pass has added something.</summary>
    public int Size { get; private set; }

    /// <summary>All records of the person, in every account that was read.</summary>
    public IEnumerable<(long Account, RecordEnd Record)> AllOwn => _own
        .Concat(_activities.Select(static item => (item.Account, new RecordEnd(CopperEntityNames.Activity, item.Id))));

    /// <summary>The record is one of the person: a person, a lead.</summary>
    /// <param name="account">The account that it is of.</param>
    /// <param name="record">The record.</param>
    /// <param name="isLive">As the account has it now, and not as it was in the past.</param>
    public bool IsOwn(long account, RecordEnd? record, bool isLive) => record is not null && _own.Contains((account, record))
        && !(isLive && _others.Contains((account, record)));

    /// <summary>The activity was about a record of the person.</summary>
    public bool IsOwnActivity(long account, long id) => _activities.Contains((account, id));

    /// <summary>The address is one of the person.</summary>
    public bool HasAddress(string address) => _addresses.Contains(EmailText.Normalize(address));

    /// <summary>Notes an activity of the person.</summary>
    public void LearnActivity(long account, long id)
    {
        if (_activities.Add((account, id)))
        {
            Size++;
        }
    }

    /// <summary>Whether a person or a lead is the subject.</summary>
    /// <param name="account">The account that it is of.</param>
    /// <param name="entity">Person or lead.</param>
    /// <param name="id">Its id; null for one that has none yet.</param>
    /// <param name="record">The record.</param>
    /// <param name="isLive">It stands in the account now, and is not one of the past.</param>
    public SubjectMatch Match(long account, string entity, long? id, JsonElement record, bool isLive)
    {
        var addresses = record.Addresses();
        var isKnown = addresses.Any(_addresses.Contains);
        var name = record.Text("name");
        if (id is { } number && _own.Contains((account, new RecordEnd(entity, number))))
        {
            // An address may have been given to another person since: what the past says of an id is not enough.
            return !isLive || isKnown || Words.HasName(name) ? SubjectMatch.Own : SubjectMatch.Unclear;
        }

        return !isKnown ? SubjectMatch.None
            : _given.Contains(addresses[0]) || Words.HasName(name) ? SubjectMatch.Own
            : IsFurther(entity, addresses) && HasOwnPerson ? SubjectMatch.Further
            : SubjectMatch.Unclear;
    }

    /// <summary>Takes what a person or a lead says about the subject, if it is one.</summary>
    /// <returns>What it is.</returns>
    public SubjectMatch Consider(long account, string entity, long? id, JsonElement record, bool isLive)
    {
        var match = Match(account, entity, id, record, isLive);
        if (match == SubjectMatch.Own)
        {
            Learn(account, entity, id, record);
        }
        else if (match != SubjectMatch.None && id is { } number)
        {
            var end = new RecordEnd(entity, number);
            if (IsFurther(entity, record.Addresses()))
            {
                _candidates[(account, end)] = record.Clone();
            }
            else if (isLive)
            {
                _others.Add((account, end));
            }
        }

        return match;
    }

    /// <summary>
    /// Where no person has an address as the first one, and one alone has all of them beside others, that is the subject. True when this
    /// was added.
    /// </summary>
    public bool Settle()
    {
        if (HasOwnPerson || _candidates.Count != 1)
        {
            return false;
        }

        var only = _candidates.First();
        if (!Given.All(only.Value.Addresses().Contains))
        {
            // Another address was somebody's, who may have been erased before.
            return false;
        }

        Learn(only.Key.Account, only.Key.Record.Type, only.Key.Record.Id, only.Value);
        return true;
    }

    private bool HasOwnPerson => _own.Any(static item => item.Record.Type == CopperEntityNames.Person);

    /// <summary>The person has one of the addresses beside others, of which the first one is somebody's.</summary>
    private bool IsFurther(string entity, IReadOnlyList<string> addresses) => entity == CopperEntityNames.Person
        && addresses.Count > 1 && !_addresses.Contains(addresses[0]) && addresses.Any(_addresses.Contains);

    private void Learn(long account, string entity, long? id, JsonElement record)
    {
        var grew = id is { } number && _own.Add((account, new RecordEnd(entity, number)));

        foreach (var address in record.Addresses().Where(EmailText.IsAddress))
        {
            Words.AddAddress(address);
            grew |= _addresses.Add(address);
        }

        if (record.Text("name") is { Length: > 0 } name)
        {
            Words.AddName(name);
            if (!_names.Contains(name))
            {
                _names.Add(name);
                grew = true;
            }
        }

        foreach (var phone in record.PhoneNumbers())
        {
            grew |= Words.AddNumber(phone);
        }

        if (grew)
        {
            Size++;
        }
    }
}
