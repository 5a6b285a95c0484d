using System.Text;
using System.Text.Json.Nodes;
using Copper.Client;
using Copper.Data.Snapshots;
using Copper.Data.Tests.Support;
using Copper.Sandbox;

namespace Copper.Data.Tests.Snapshots;

/// <summary>Snapshots of an account of the sandbox, in a folder of their own.</summary>
public abstract class SnapshotTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("copper-snapshot-").FullName;
    private int _folders;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Directory.Delete(_folder, recursive: true);

    internal static SandboxAccount NewAccount(Action<SandboxOptions>? configure = null) => new(options =>
    {
        options.People = 450;
        options.Companies = 30;
        options.Leads = 210;
        options.Opportunities = 20;
        options.Tasks = 25;
        options.Projects = 8;
        options.Activities = 430;
        configure?.Invoke(options);
    });

    internal string NewFolder() => Path.Combine(_folder, (++_folders).ToString(System.Globalization.CultureInfo.InvariantCulture));

    internal static Task<CopperSnapshot> BackupAsync(CopperClient client, string path, BackupOptions? options = null) =>
        new SnapshotBackup(client, options ?? new BackupOptions { Concurrency = 1 }).RunAsync(path);

    /// <summary>Writes the sizes and sums of edited files into the manifest, as somebody does who edits a snapshot on purpose.</summary>
    internal static async Task<CopperSnapshot> OpenEditedAsync(string folder)
    {
        var path = Path.Combine(folder, "manifest.json");
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        foreach (var file in manifest["files"]!.AsArray())
        {
            var now = RecordFile.Describe(folder, (string)file!["name"]!, 0);
            file["bytes"] = now.Bytes;
            file["sha256"] = now.Sha256;
        }

        await File.WriteAllTextAsync(path, manifest.ToJsonString());
        return CopperSnapshot.Open(folder);
    }

    /// <summary>The files of a snapshot with their sums, without those that state times.</summary>
    internal static string[] FilesOf(CopperSnapshot snapshot) =>
        [.. snapshot.Manifest.Files.Select(static file => $"{file.Name} {file.Records} {file.Sha256}")];

    /// <summary>The records of a snapshot as they came.</summary>
    internal static string[] LinesOf(CopperSnapshot snapshot, CopperEntity entity) =>
        [.. snapshot.ReadRaw(entity).Select(static record => Encoding.UTF8.GetString(record.Json))];
}
