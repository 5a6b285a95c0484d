namespace Copper.Client.Json;

/// <summary>A model that the service sends as a bare text where it has nothing else to state.</summary>
internal interface IReadableFromText
{
    /// <summary>Takes the text.</summary>
    void ReadText(string text);
}
