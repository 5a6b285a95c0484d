using System.Collections;
using System.Globalization;
using Copper.Client;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Plans;
using Copper.Data.Snapshots;

namespace Copper.Data.Duplicates;

/// <summary>
/// The values of the record to keep, with those of others that it lacks: of a field that it has it keeps its own, and lists get what they
/// do not have yet.
/// </summary>
internal sealed class MergedFields
{
    public const string Emails = "emails";
    public const string Domain = "email_domain";

    /// <summary>The parts of a name follow from it.</summary>
    private static readonly string[] Names = ["name", "prefix", "first_name", "middle_name", "last_name", "suffix"];

    private static readonly string[] Lists = [Emails, "phone_numbers", "socials", "websites", "tags"];

    private const int PhoneDigits = 9;
    private const int LongestShown = 60;

    private readonly ICopperRecord _keep;
    private readonly string _dateFormat;
    private readonly ISet<long> _connectFields;
    private readonly JsonBody _present;
    private readonly JsonBody _merged;
    private readonly List<PlanChange> _changes = [];

    /// <param name="keep">The record to keep.</param>
    /// <param name="dateFormat">How the account writes a close date.</param>
    /// <param name="connectFields">The ids of connect fields, whose connections are no values.</param>
    public MergedFields(ICopperRecord keep, string dateFormat, ISet<long> connectFields)
    {
        _keep = keep;
        _dateFormat = dateFormat;
        _connectFields = connectFields;
        _present = RecordFields.WholeImageOf(keep, dateFormat);
        _merged = _present.Copy();
    }

    /// <summary>What is to be written to the record to keep; empty for nothing.</summary>
    public JsonBody Fields
    {
        get
        {
            var fields = new JsonBody();
            foreach (var member in _merged.Where(static member => member.Key != RecordFields.CustomFields))
            {
                if (!_present.Contains(member.Key) || !RecordFields.AreEqual(member.Key, _present[member.Key], member.Value))
                {
                    fields[member.Key] = member.Value;
                }
            }

            var former = FieldsOf(_present);
            var items = FieldsOf(_merged).Where(item => !former.Any(one => one.Id == item.Id
                && RecordFields.AreEqual("value", one.Value, item.Value)))
                .Select(static item => RecordFields.Item(item.Id, item.Value)).ToArray();
            if (items.Length > 0)
            {
                fields[RecordFields.CustomFields] = items;
            }

            return fields;
        }
    }

    /// <summary>What changes, for people.</summary>
    public PlanChangeList Changes => new(_changes);

    /// <summary>Takes from a record what is missing. What does not fit beside what is there is named.</summary>
    /// <returns>The values that are not kept.</returns>
    public IReadOnlyList<string> Add(ICopperRecord other)
    {
        var lost = new List<string>();
        var image = RecordFields.WholeImageOf(other, _dateFormat);
        foreach (var name in image.Names.Where(static name => name != RecordFields.CustomFields))
        {
            var value = image[name];
            if (Lists.Contains(name))
            {
                AddItems(name, value);
            }
            else if (!_merged.Contains(name) && !Names.Contains(name))
            {
                _merged[name] = value;
                _changes.Add(ChangeOf(name, other, value));
            }
            else if ((name == Names[0] || !Names.Contains(name)) && !AreSame(name, _merged.Contains(name) ? _merged[name] : null, value))
            {
                lost.Add(TextOf(ChangeOf(name, other, value)));
            }
        }

        AddFields(other, image, lost);
        return lost;
    }

    /// <summary>What the record would have to give up so that the one to keep can have it; null for nothing.</summary>
    public JsonBody? ReleaseOf(ICopperRecord other)
    {
        var fields = Fields;
        var image = RecordFields.WholeImageOf(other, _dateFormat);
        if (other is CopperPerson { Emails: { Count: > 0 } emails } && fields.Contains(Emails))
        {
            var taken = ItemsOf(fields[Emails]).Select(static item => item.ToString()).ToArray();
            var left = emails.Where(email => !taken.Contains(email.ToString(), StringComparer.OrdinalIgnoreCase)).ToArray();
            return left.Length == emails.Count ? null : new JsonBody { [Emails] = left };
        }

        return fields.Contains(Domain) && image.Contains(Domain) && AreSame(Domain, fields[Domain], image[Domain])
            ? new JsonBody { [Domain] = null }
            : null;
    }

    private void AddItems(string name, object? value)
    {
        var items = ItemsOf(_merged.Contains(name) ? _merged[name] : null);
        var added = ItemsOf(value).Where(item => !items.Any(one => AreSameItems(name, one, item))).ToArray();
        if (added.Length == 0)
        {
            return;
        }

        object[] all = [.. items, .. added];
        _changes.RemoveAll(change => change.Property == RecordDifference.Pascal(name));
        _changes.Add(new PlanChange(
            RecordDifference.Pascal(name), RecordFields.Shown(_present.Contains(name) ? _present[name] : null), RecordFields.Shown(all)));
        _merged[name] = all;
    }

    private void AddFields(ICopperRecord other, JsonBody image, List<string> lost)
    {
        var items = FieldsOf(_merged).ToList();
        foreach (var (id, value) in FieldsOf(image))
        {
            var at = items.FindIndex(item => item.Id == id);
            var shown = other is ICustomFieldRecord { CustomFields: var fields } ? fields.Find(field => field.DefinitionId == id) : null;
            var change = new PlanChange(
                shown?.Name ?? id.ToString(CultureInfo.InvariantCulture), null, RecordFields.Shown(shown?.DisplayValue ?? value));
            if (at < 0)
            {
                items.Add((id, value));
                _changes.Add(change);
            }
            else if (items[at].Value is JsonArray one && value is JsonArray two)
            {
                var all = one.Concat(two.Where(item => !one.Contains(item))).ToArray();
                if (all.Length > one.Count)
                {
                    items[at] = (id, all);
                    _changes.Add(change with { After = "and " + change.After });
                }
            }
            else if (!RecordFields.AreEqual("value", items[at].Value, value))
            {
                lost.Add(TextOf(change));
            }
        }

        if (items.Count > 0)
        {
            _merged[RecordFields.CustomFields] = items.Select(static item => RecordFields.Item(item.Id, item.Value)).ToArray();
        }
    }

    private IEnumerable<(long Id, object? Value)> FieldsOf(JsonBody image) => image.Contains(RecordFields.CustomFields)
        ? RecordFields.Items(image[RecordFields.CustomFields]).Where(item => !_connectFields.Contains(item.Id))
        : [];

    /// <summary>The values say the same: case does not count, nor does the category of an address.</summary>
    private static bool AreSame(string name, object? one, object? other) => RecordFields.AreEqual(name, one, other)
        || (one is string or CopperContactPoint && other is string or CopperContactPoint
            && string.Equals(one.ToString()!.Trim(), other.ToString()!.Trim(), StringComparison.OrdinalIgnoreCase));

    private static bool AreSameItems(string name, object one, object other)
    {
        var (left, right) = (one.ToString()!.Trim(), other.ToString()!.Trim());
        return string.Equals(left, right, StringComparison.OrdinalIgnoreCase)
            || (name == "phone_numbers" && DigitsOf(left) is { Length: PhoneDigits } digits && digits == DigitsOf(right));
    }

    /// <summary>The last nine digits of a number, which tell it whatever stands before them.</summary>
    private static string DigitsOf(string number)
    {
        var digits = string.Concat(number.Where(static letter => letter is >= '0' and <= '9'));
        return digits.Length > PhoneDigits ? digits.Substring(digits.Length - PhoneDigits) : digits;
    }

    private static object[] ItemsOf(object? value) => value is IEnumerable list and not string ? [.. list.Cast<object>()] : [];

    /// <summary>A value as people know it: a person has the name of its company beside the id.</summary>
    private static PlanChange ChangeOf(string name, ICopperRecord other, object? value) =>
        name == "company_id" && other is CopperPerson { CompanyName: { Length: > 0 } company } ? new PlanChange("Company", null, company)
            : RecordDifference.Created(name, other, value);

    private static string TextOf(PlanChange change)
    {
        var text = (change.After ?? string.Empty).Replace("\r", string.Empty).Replace('\n', ' ');
        return $"{change.Property} '{(text.Length > LongestShown ? text.Substring(0, LongestShown - 1) + "…" : text)}'";
    }
}
