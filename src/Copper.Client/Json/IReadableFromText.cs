namespace Copper.Client.Json;

/// <summary>A model that the service sends as a bare text where nothing else is to be said of it.</summary>
internal interface IReadableFromText
{
    /// <summary>Takes the text.</summary>
    void ReadText(string text);
}
