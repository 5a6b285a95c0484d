using System.ComponentModel;

namespace Copper.Client.Json;

/// <summary>
/// How messages write values, and what they advise. The words are those of a C# program; one with a language of its own around this
/// library, such as a shell, sets <see cref="Current"/> once.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public class ErrorWords
{
    private static ErrorWords s_current = new();

    /// <summary>The words of this process.</summary>
    /// <exception cref="ArgumentNullException">It was set to null.</exception>
    public static ErrorWords Current
    {
        get => s_current;
        set => s_current = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The value null.</summary>
    public virtual string Null => "null";

    /// <summary>The value true or false.</summary>
    public virtual string Flag(bool value) => value ? "true" : "false";

    /// <summary>A dictionary, by its kind.</summary>
    public virtual string Dictionary => "a dictionary";

    /// <summary>A dictionary with these entries, written down.</summary>
    /// <param name="entries">Names and values, for example Min and 1.</param>
    public virtual string Entries(params (string Name, string Value)[] entries) =>
        "{ " + string.Join(", ", entries.Select(static entry => $"[\"{entry.Name}\"] = {entry.Value}")) + " }";

    /// <summary>How to make one text of several.</summary>
    public virtual string JoinsTexts => "string.Join makes one of several";

    /// <summary>How to write a date as text.</summary>
    public virtual string WritesDates => "ToString(\"yyyy-MM-dd\")";

    /// <summary>What reads rows whose dates are of another culture, as a sentence without its full stop.</summary>
    /// <param name="culture">The name of a culture that has the order of their dates, for example en-GB.</param>
    public virtual string ReadsCulture(string culture) => $"An import in the culture of the file, {culture} for example, reads them";

    /// <summary>How to find records by what a search cannot look at, as a sentence.</summary>
    /// <param name="field">The name of the custom field.</param>
    public virtual string FilterRecords(string? field) => "Filter the records that are read.";

    /// <summary>How to make a custom field one that searches look at, as half a sentence.</summary>
    /// <param name="id">The id of its definition.</param>
    public virtual string MakeFilterable(long id) =>
        "a CustomFieldDefinitionUpdate with IsFilterable = true changes that, or filter the records";

    /// <summary>What changes the connections of a connect field, as half a sentence.</summary>
    public virtual string ChangeConnections => "the Connections of the client change them";

    /// <summary>What reads the connections of a record, as half a sentence.</summary>
    public virtual string ReadConnections => "the Connections of the client read those of a record";

    /// <summary>What reads the definitions of custom fields, as half a sentence.</summary>
    public virtual string ReadDefinitions => 
        "LoadNames = true in the options of the client reads them, as Metadata.CustomFieldDefinitions.GetAsync() does";

    /// <summary>What puts a person into a company, as a sentence.</summary>
    /// <param name="person">The id of the person.</param>
    /// <param name="company">The id of the company.</param>
    public virtual string MoveToCompany(long person, long company) => "RelatedItems.AddAsync does it.";

    /// <summary>What shows the windows of the rate limit, as half a sentence.</summary>
    public virtual string ShowRateLimit => "GetRateLimitStatus shows the windows";

    /// <summary>What connects to the CopperHub as another user or anew, as half a sentence.</summary>
    public virtual string ConnectHub => "create another client";

    /// <summary>How to say which pipeline a stage is of, as the begin of a sentence.</summary>
    public virtual string SayPipeline => "Say which pipeline";

    /// <summary>What a library on top of this one advises, as a sentence or a part of one.</summary>
    /// <param name="what">The name of the advice, for example one of the constants of Copper.Data.Advice.</param>
    /// <param name="neutral">The words of a C# program.</param>
    /// <param name="values">What stands in the advice, in the order that its name documents.</param>
    public virtual string Advise(string what, string neutral, params string[] values) => neutral;
}
