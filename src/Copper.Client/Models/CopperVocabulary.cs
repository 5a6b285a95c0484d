namespace Copper.Client.Models;

/// <summary>
/// The words that the service takes in fields that are no free text, in its own spelling. It may add some at any time: a word that is not
/// here yet can be sent by the JSON body of a record or search.
/// </summary>
public static class CopperVocabulary
{
    /// <summary>The priorities of opportunities and tasks (developer.copper.com/opportunities, developer.copper.com/tasks).</summary>
    public static IReadOnlyList<string> Priorities { get; } = ["None", "Low", "Medium", "High"];

    /// <summary>
    /// The statuses of opportunities, in the order of the numbers that searches use: Open is 0 (developer.copper.com/opportunities).
    /// </summary>
    public static IReadOnlyList<string> OpportunityStatuses { get; } = ["Open", "Won", "Lost", "Abandoned"];

    /// <summary>The statuses of tasks and projects (developer.copper.com/tasks, developer.copper.com/projects).</summary>
    public static IReadOnlyList<string> WorkStatuses { get; } = ["Open", "Completed"];

    /// <summary>The kinds of records that a task, a project or an activity can belong to (developer.copper.com/tasks).</summary>
    public static IReadOnlyList<string> RelatedTypes { get; } =
    [
        CopperEntityNames.Lead, CopperEntityNames.Person, CopperEntityNames.Company,
        CopperEntityNames.Opportunity, CopperEntityNames.Project, CopperEntityNames.Task,
    ];

    /// <summary>
    /// What a custom field can hold, when it is created (developer.copper.com/custom-fields/general/create-a-new-custom-field-definition).
    /// </summary>
    public static IReadOnlyList<string> FieldTypes { get; } =
        ["Checkbox", "Currency", "Date", "Dropdown", "Float", "MultiSelect", "Percentage", "String", "Text", "URL"];

    /// <summary>The pictures of custom activity types, in the words of the vendor's Postman collection.</summary>
    public static IReadOnlyList<string> IconTypes { get; } =
    [
        "Message", "Phone", "Event", "Assignment", "Assessment", "Group", "Description", "Speaker Notes", "Forum", "Web", "Loyalty",
        "Content Paste", "Headset", "Share", "Navigation", "Notification", "Voicemail", "Room", "Edit", "Send", "Videocam", "Play Arrow",
        "Grocery Store", "Mic", "Camera Mic", "Todo",
    ];

    /// <summary>The word as the service spells it; null when it is not known.</summary>
    /// <param name="words">One of the lists here.</param>
    /// <param name="word">The word; case does not matter.</param>
    public static string? Find(IReadOnlyList<string> words, string? word) =>
        words.FirstOrDefault(known => string.Equals(known, word?.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The word as the service spells it; null and an empty text, which clear a field, as they are.</summary>
    /// <exception cref="ArgumentException">The word is not known; the message lists those that are.</exception>
    internal static string? Check(IReadOnlyList<string> words, string? word, string property, string member) =>
        string.IsNullOrEmpty(word) ? word : Find(words, word) ?? throw new ArgumentException(
            $"'{word}' is no value of {property}. There are: {string.Join(", ", words)}. A value that the service has added can be sent as "
                + $"'{member}' in the JSON body.");
}
