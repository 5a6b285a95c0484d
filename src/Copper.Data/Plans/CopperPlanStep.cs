using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Copper.Client;
using Copper.Client.Json;
using Copper.Data.Columns;

namespace Copper.Data.Plans;

/// <summary>
/// One step of a plan: what is done to which record. It survives being kept as a row of text, see <see cref="ToRow"/>, and is checked
/// when it comes back: a step that was edited is carried out as edited, or rejected, but never carried out as something else.
/// </summary>
public sealed class CopperPlanStep
{
    private const int LongestText = 80;
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private static readonly string[] RequiredColumns = [nameof(Step), nameof(Action), nameof(Entity)];

    /// <summary>The form of a plan, and those in which spreadsheets and JSON may write the same time.</summary>
    private static readonly string[] TimeForms =
        [TimeForm, "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss'Z'", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>The number of the step, unique in its plan.</summary>
    public long Step { get; init; }

    /// <summary>What is done.</summary>
    public PlanAction Action { get; init; }

    /// <summary>The entity, in the API's singular word.</summary>
    public string Entity { get; init; } = string.Empty;

    /// <summary>The record; null for one that is to be created.</summary>
    public long? Id { get; init; }

    /// <summary>
    /// The id that other steps know a record by that is to be created: the one that it had before it was deleted, or a negative
    /// number. Null when no step refers to it.
    /// </summary>
    public long? OldId { get; init; }

    /// <summary>The name of the record.</summary>
    public string? Name { get; init; }

    /// <summary>The row of the file that the step comes from, from 1; null when it comes from none.</summary>
    public long? Row { get; init; }

    /// <summary>The rule by which the record was found, for example Email; null when none did.</summary>
    public string? MatchedBy { get; init; }

    /// <summary>What changes, for people. <see cref="Fields"/> is what is sent.</summary>
    public PlanChangeList Changes { get; init; } = [];

    /// <summary>
    /// The number that steps share of which a deletion is the last: a record is deleted only when all others of its group were carried
    /// out. Null for a step that stands alone.
    /// </summary>
    public long? Group { get; init; }

    /// <summary>Why the step is what it is; null when that goes without saying.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// When the record was last changed when the plan was made: a time in UTC as text (ISO 8601), which a file keeps as it is in every
    /// culture. Null when that is not known.
    /// </summary>
    public string? Modified { get; init; }

    /// <summary>The request body, as JSON text; null when nothing is sent.</summary>
    public string? Fields { get; init; }

    /// <summary>What the record held in these fields when the plan was made, as JSON text; null when that is not known.</summary>
    public string? Before { get; init; }

    /// <summary>Tells the step from one that was edited so that it does not say any more what it does.</summary>
    public string Check { get; init; } = string.Empty;

    /// <summary>Tells the step from every other one, for a journal.</summary>
    internal string Fingerprint => Hash(
        Step.ToString(CultureInfo.InvariantCulture), Action.ToString(), Entity, Number(Id), Number(OldId), Fields ?? string.Empty);

    /// <summary>The same step with another action, or another reason.</summary>
    public CopperPlanStep With(
        PlanAction? action = null, string? reason = null, long? step = null, long? id = null, long? row = null,
            string? fields = null) => new()
    {
        Step = step ?? Step,
        Action = action ?? Action,
        Entity = Entity,
        Id = id ?? Id,
        OldId = OldId,
        Name = Name,
        Row = row ?? Row,
        MatchedBy = MatchedBy,
        Changes = Changes,
        Group = Group,
        Reason = reason ?? Reason,
        Modified = Modified,
        Fields = fields ?? Fields,
        Before = Before,
        Check = Check,
    };

    /// <summary>The same step with the mark by which an edit is noticed.</summary>
    public CopperPlanStep Sealed() => new()
    {
        Step = Step,
        Action = Action,
        Entity = Entity,
        Id = Id,
        OldId = OldId,
        Name = Name,
        Row = Row,
        MatchedBy = MatchedBy,
        Changes = Changes,
        Group = Group,
        Reason = Reason,
        Modified = Modified,
        Fields = Fields,
        Before = Before,
        Check = ChangesMark() + "-" + NameMark() + "-" + FieldsMark(),
    };

    /// <summary>The request body; empty when nothing is sent.</summary>
    /// <exception cref="PlanException">The fields are no JSON object.</exception>
    public JsonBody Body() => Parse(Fields, nameof(Fields));

    /// <summary>What the record held before; null when that is not known.</summary>
    /// <exception cref="PlanException">The text is no JSON object.</exception>
    public JsonBody? BeforeBody() => Before is null ? null : Parse(Before, nameof(Before));

    /// <summary>
    /// <see cref="Changes"/> tells what the step does. Where the fields were edited since the plan was made, only they tell it.
    /// </summary>
    public bool ShowsWhatItDoes() => Check.EndsWith("-" + FieldsMark(), StringComparison.Ordinal);

    /// <summary>The step is about what joins records, or a webhook, and not about a record.</summary>
    public bool IsLink() => LinkAccess.IsLink(Entity);

    /// <summary>The step is about a setting of the account: the definition of a custom field, or a custom activity type.</summary>
    public bool IsSetting() => SettingAccess.IsSetting(Entity);

    /// <summary>Rejects a step that cannot be carried out as it stands.</summary>
    /// <exception cref="PlanException">It lacks its record or its fields, names fields that the entity does not have, or was edited where
    /// an edit changes nothing.</exception>
    public void Validate()
    {
        if (Action is not (PlanAction.Skip or PlanAction.Hold) && !RecordAccess.Order.Contains(Entity) && !LinkAccess.IsLink(Entity)
            && !IsSetting())
        {
            throw Wrong(
                $"'{Entity}' is no entity whose records a plan can change. It is one of: "
                    + string.Join(", ", RecordAccess.Order.Concat(LinkAccess.Names).Concat(SettingAccess.Names)));
        }

        if (Check.Length > 0 && Check.Split('-')[0] != ChangesMark())
        {
            throw Damaged(Changes.ToString()) ?? Wrong(
                "the column Changes, or Entity, was edited, from which nothing is written. Edit Action, Id or Fields, or change the "
                    + "file and plan again");
        }

        if (Check.Split('-') is { Length: 3 } marks && marks[1] != NameMark())
        {
            throw Damaged(Name) ?? Wrong(
                "the column Name was edited, which only says whose step it is. To rename a record, edit its name in Fields, or change "
                    + "the file and plan again");
        }

        if ((IsLink() || IsSetting()) && Action is not (PlanAction.Skip or PlanAction.Hold))
        {
            if ((IsLink() ? LinkAccess.ProblemOf(this) : SettingAccess.ProblemOf(this)) is { } problem)
            {
                throw Wrong(problem);
            }

            return;
        }

        switch (Action)
        {
            case PlanAction.Update or PlanAction.Delete when Id is not > 0:
                throw Wrong($"a step that {(Action == PlanAction.Update ? "updates" : "deletes")} a record needs its Id");
            case PlanAction.Create when Id is not null:
                throw Wrong("a step that creates a record has no Id. Write Update as the Action, or clear the Id");
            case PlanAction.Create or PlanAction.Update when Fields is null:
                throw Wrong("the column Fields is empty, so that there is nothing to send");
            case PlanAction.Create or PlanAction.Update:
                var writable = RecordFields.Writable(Entity);
                var body = Body();
                if (body.Names.FirstOrDefault(name => !writable.Contains(name)) is { } unknown)
                {
                    throw Wrong(
                        $"the field '{unknown}' cannot be written. Those of the entity {Entity} that can: {string.Join(", ", writable)}");
                }

                if (body.Select(member => PlanFieldCheck.ProblemOf(Entity, member.Key, member.Value))
                    .FirstOrDefault(static found => found is not null) is { } wrongValue)
                {
                    throw Wrong(wrongValue);
                }

                break;
        }
    }

    /// <summary>The step as a row of text, in the order of its columns.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> ToRow() =>
    [
        new(nameof(Step), Number(Step)),
        new(nameof(Action), Action.ToString()),
        new(nameof(Entity), Entity),
        new(nameof(Id), Id is null ? null : Number(Id)),
        new(nameof(OldId), OldId is null ? null : Number(OldId)),
        new(nameof(Name), Name),
        new(nameof(Row), Row is null ? null : Number(Row)),
        new(nameof(MatchedBy), MatchedBy),
        new(nameof(Changes), Changes.ToString()),
        new(nameof(Group), Group is null ? null : Number(Group)),
        new(nameof(Reason), Reason),
        new(nameof(Modified), Modified),
        new(nameof(Fields), Fields),
        new(nameof(Before), Before),
        new(nameof(Check), Check),
    ];

    /// <summary>Reads a step back from a row, which somebody may have edited.</summary>
    /// <param name="row">What stands in the columns; text, or what a table keeps instead of it.</param>
    /// <exception cref="PlanException">A column is missing, or holds what it cannot hold.</exception>
    public static CopperPlanStep FromRow(IReadOnlyDictionary<string, object?> row)
    {
        var cells = row.ToDictionary(static cell => cell.Key, static cell => cell.Value, StringComparer.OrdinalIgnoreCase);
        if (RequiredColumns.FirstOrDefault(name => !cells.ContainsKey(name)) is { } missing)
        {
            throw new PlanException($"This is no step of a plan: the column {missing} is missing.");
        }

        var number = Whole(nameof(Step)) ?? throw new PlanException("A step of the plan has no number in the column Step.");
        var step = new CopperPlanStep
        {
            Step = number,
            Action = ActionOf(cells[nameof(Action)]) ?? throw new PlanException(
                $"Step {number}: '{Text(nameof(Action))}' is no action. It is one of: "
                    + $"{string.Join(", ", Enum.GetNames(typeof(PlanAction)))}."),
            Entity = Text(nameof(Entity)) ?? string.Empty,
            Id = Whole(nameof(Id)),
            OldId = Whole(nameof(OldId)),
            Name = Text(nameof(Name)),
            Row = Whole(nameof(Row)),
            MatchedBy = Text(nameof(MatchedBy)),
            Changes = ChangesOf(cells.TryGetValue(nameof(Changes), out var changes) ? changes : null),
            Group = Whole(nameof(Group)),
            Reason = Text(nameof(Reason)),
            Modified = TextOf(Time(nameof(Modified))),
            Fields = Text(nameof(Fields)),
            Before = Text(nameof(Before)),
            Check = Text(nameof(Check)) ?? string.Empty,
        };
        step.Validate();
        return step;

        string? Text(string name) => cells.TryGetValue(name, out var cell) && CellText.Of(cell) is { Length: > 0 } text ? text : null;

        long? Whole(string name) => Text(name) is not { } text ? null
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
            : throw new PlanException($"The column {name} of a step holds '{text}', which is no whole number.");

        DateTimeOffset? Time(string name) => cells.TryGetValue(name, out var cell) && cell is DateTimeOffset time ? time
            : cell is DateTime local ? new DateTimeOffset(local)
            : Text(name) is not { } text ? null
            : TimeOf(text) ?? throw new PlanException(
                $"Step {number}: the column {name} holds '{text}', which is no time of the form 2026-01-31T08:00:00Z.");
    }

    /// <summary>The step as JSON text, on one line.</summary>
    public string ToJson()
    {
        var body = new JsonBody();
        foreach (var cell in ToRow())
        {
            if (cell.Key == nameof(Changes) && !Changes.IsText)
            {
                body[cell.Key] = Changes.Select(static change => new JsonBody
                {
                    [nameof(PlanChange.Property)] = change.Property,
                    [nameof(PlanChange.Before)] = change.Before,
                    [nameof(PlanChange.After)] = change.After,
                }).ToArray();
            }
            else
            {
                body[cell.Key] = cell.Value;
            }
        }

        return body.ToString();
    }

    /// <summary>Reads a step back from its JSON text.</summary>
    /// <exception cref="PlanException">The text is no step.</exception>
    public static CopperPlanStep FromJson(string json)
    {
        try
        {
            return FromRow(JsonBody.Parse(json).ToDictionary(static member => member.Key, static member => member.Value));
        }
        catch (ArgumentException exception)
        {
            throw new PlanException($"This is no step of a plan: {exception.Message}", exception);
        }
    }

    /// <summary>Reads the steps of a plan back from one JSON text, a list of them.</summary>
    /// <exception cref="PlanException">The text is no list of steps.</exception>
    public static IReadOnlyList<CopperPlanStep> ListFromJson(string json)
    {
        try
        {
            return [.. ((JsonArray)JsonBody.Parse($$"""{"steps":{{json}}}""")["steps"]!).Select(static item => item is AdditionalMembers row
                ? FromRow(row)
                : throw new PlanException("The list holds what is no step of a plan."))];
        }
        catch (ArgumentException exception)
        {
            throw new PlanException($"This is no plan: {exception.Message}", exception);
        }
    }

    /// <summary>For example <c>Update person 7 'Ada'</c>.</summary>
    public override string ToString() =>
        string.Join(" ", new[] { Action.ToString(), Entity, Id is null ? null : Number(Id), Name is null ? null : $"'{Name}'" }.Where(
            static part => part is not null));

    /// <summary>A text is the word of an action: digits in a cell are a mistake. JSON and Clixml keep an action as a number.</summary>
    private static PlanAction? ActionOf(object? cell) => Enum.GetValues(typeof(PlanAction)).Cast<PlanAction?>().FirstOrDefault(
        action => cell is PlanAction or int or long
            ? Convert.ToInt64(cell, CultureInfo.InvariantCulture) == (long)action!
            : string.Equals(action.ToString(), CellText.Of(cell), StringComparison.OrdinalIgnoreCase));

    private static PlanChangeList ChangesOf(object? cell)
    {
        switch (cell)
        {
            case null or "":
                return [];
            case PlanChangeList list:
                return list;
            case string text:
                return new PlanChangeList(text);
            case System.Collections.IEnumerable texts when texts.Cast<object?>().All(static item => item is string)
                && texts.Cast<object?>().Any():
                // ConvertTo-Json writes the text of what lies deeper than it was told to look.
                return new PlanChangeList(string.Join("; ", texts.Cast<string>()));
            case System.Collections.IEnumerable items:
                var changes = new PlanChangeList();
                foreach (var item in items)
                {
                    changes.Add(item switch
                    {
                        PlanChange change => change,
                        IReadOnlyDictionary<string, object?> members => new PlanChange(
                            Convert.ToString(Member(members, nameof(PlanChange.Property)), CultureInfo.InvariantCulture) ?? string.Empty,
                            Member(members, nameof(PlanChange.Before)) as string,
                            Member(members, nameof(PlanChange.After)) as string),
                        _ => throw new PlanException("The column Changes holds what is no change."),
                    });
                }

                return changes;
            default:
                return new PlanChangeList(cell.ToString() ?? string.Empty);
        }
    }

    private static object? Member(IReadOnlyDictionary<string, object?> members, string name) =>
        members.TryGetValue(name, out var value) ? value : null;

    private JsonBody Parse(string? json, string column)
    {
        try
        {
            return json is null ? [] : JsonBody.Parse(json, allowDoubles: false);
        }
        catch (ArgumentException exception)
        {
            throw Wrong($"the column {column} is no JSON object ({exception.Message.TrimEnd('.')})", exception);
        }
    }

    /// <summary>Nobody edited a text that was read in a wrong encoding; null for any other one.</summary>
    private PlanException? Damaged(string? text) => text is null || FileText.ProblemOf(text) is not { } problem ? null
        : Wrong($"the text '{(text.Length > LongestText ? text.Substring(0, LongestText) + "…" : text)}' {problem.TrimEnd('.')}");

    private PlanException Wrong(string problem, Exception? inner = null) => new($"Step {Number(Step)} ({this}): {problem}.", inner);

    private string ChangesMark() => Hash(Entity, Changes.ToString());

    private string FieldsMark() => Hash(Fields ?? string.Empty);

    /// <summary>A spreadsheet takes a name of digits for a number, and drops its zeros in front.</summary>
    private string NameMark() => Hash((Name ?? string.Empty).TrimStart('0', '\'', ' '));

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>The text of a time in a plan.</summary>
    internal static string? TextOf(DateTimeOffset? time) => time?.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);

    /// <summary>The time that <see cref="Modified"/> names; null when there is none.</summary>
    internal DateTimeOffset? ModifiedTime() => Modified is null ? null : TimeOf(Modified);

    /// <summary>Month and day are never guessed: only the form in which a plan is written is read.</summary>
    private static DateTimeOffset? TimeOf(string text) =>
        DateTimeOffset.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    /// <summary>
    /// A spreadsheet may change the ends of lines and the white space around a text. The letter in front keeps it from taking digits
    /// and an e for a number.
    /// </summary>
    private static string Hash(params string[] parts)
    {
        using var sha = SHA256.Create();
        var text = string.Join("\n", parts.Select(static part => part.Replace("\r\n", "\n").Trim()));
        return "c" + string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes(text)).Take(8)
            .Select(static part => part.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
