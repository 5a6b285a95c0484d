namespace Copper.Data.Snapshots;

/// <summary>What a backup reads beside the records of the six entities.</summary>
public enum SnapshotContent
{
    /// <summary>The activities of the account, 200 in a request.</summary>
    Activity,

    /// <summary>The records that are related to opportunities and to projects: one request for each of these records.</summary>
    Relation,

    /// <summary>The connections by connect fields: one request for each record that can have some.</summary>
    Connection,

    /// <summary>Name, size and date of the attached files, without their content: one request for each record that can have some.</summary>
    FileList,
}
