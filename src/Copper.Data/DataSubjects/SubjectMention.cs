namespace Copper.Data.DataSubjects;

/// <summary>A text of a record that mentions the person.</summary>
/// <param name="Field">The member, in the API's word.</param>
/// <param name="What">What of the person stands there: the address, the name, the telephone number.</param>
/// <param name="Text">The whole text.</param>
internal sealed record SubjectMention(string Field, string What, string Text)
{
    /// <summary>For example <c>details has the name</c>.</summary>
    public string Sentence => $"{Field} has {What}";
}
