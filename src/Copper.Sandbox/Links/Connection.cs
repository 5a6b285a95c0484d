namespace Copper.Sandbox.Links;

/// <summary>One end of a connection. The word for people is plural here, all others are singular.</summary>
internal sealed record ConnectionEnd(string EntityType, long Id)
{
    /// <summary>What a connect field can join.</summary>
    public static IReadOnlyList<string> EntityTypes { get; } = ["people", "opportunity", "lead", "company", "project", "user"];

    /// <summary>The end that a record is.</summary>
    public static ConnectionEnd Of(string recordType, long id) => new(recordType == "person" ? "people" : recordType, id);

    /// <summary>The singular name used everywhere else.</summary>
    public string RecordType => EntityType == "people" ? "person" : EntityType;
}

/// <summary>Two records joined by a connect field.</summary>
internal sealed record Connection(long Id, long DefinitionId, ConnectionEnd Source, ConnectionEnd Target)
{
    private const long Reverse = 1_000_000;

    /// <summary>A connection is two links in the service, one in each direction; deleting either ends both.</summary>
    /// <remarks>Lists show the first only: which of the two the service shows from which end is not known.</remarks>
    public long ReverseId => Id + Reverse;
}
