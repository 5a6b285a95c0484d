namespace Copper.Data.Snapshots;

/// <summary>What the manifest of a snapshot states of one of its files.</summary>
/// <param name="Name">The name below the folder of the snapshot, with slashes.</param>
/// <param name="Records">The records or list items in it.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in hexadecimal.</param>
public sealed record SnapshotFile(string Name, long Records, long Bytes, string Sha256);
