using Copper.Sandbox.Values;

namespace Copper.Sandbox.Links;

/// <summary>All connections of the account.</summary>
internal sealed class ConnectionTable
{
    private const string CustomFieldDefinitionType = "custom_field_definition";

    private readonly List<Connection> _connections = [];
    private long _nextId = 1;

    public Connection Add(long definitionId, ConnectionEnd source, ConnectionEnd target)
    {
        var connection = new Connection(_nextId++, definitionId, source, target);
        _connections.Add(connection);
        return connection;
    }

    /// <summary>The connections of a record, whichever end it is; of all connect fields or of one.</summary>
    public IEnumerable<Connection> Of(ConnectionEnd end, long? definitionId) => _connections.Where(connection =>
        (connection.Source.Equals(end) || connection.Target.Equals(end))
        && (definitionId is null || connection.DefinitionId == definitionId));

    /// <summary>Ends a connection, given by either of its links; null if there is none.</summary>
    public Connection? Remove(long id)
    {
        var connection = _connections.Find(candidate => candidate.Id == id || candidate.ReverseId == id);
        if (connection is not null)
        {
            _connections.Remove(connection);
        }

        return connection;
    }

    /// <summary>Deletes the connections of a record, or of a custom field definition, that was deleted.</summary>
    public void RemoveAllOf(ResourceReference deleted) => _connections.RemoveAll(connection =>
        IsEnd(connection.Source, deleted)
        || IsEnd(connection.Target, deleted)
        || (deleted.Type == CustomFieldDefinitionType && connection.DefinitionId == deleted.Id));

    private static bool IsEnd(ConnectionEnd end, ResourceReference record) => end.RecordType == record.Type && end.Id == record.Id;
}
