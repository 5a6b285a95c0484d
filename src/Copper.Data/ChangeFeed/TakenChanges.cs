using System.Text;
using Copper.Client;
using Copper.Data.Plans;

namespace Copper.Data.ChangeFeed;

/// <summary>
/// The changes that a run has handed out before its state is kept: a file beside the state, a line for each, written before the consumer
/// gets it. When the run is killed, the next one knows what its consumer may have: a record that is deleted by then, or holds again what
/// the state knows, is reported all the same.
/// </summary>
internal sealed class TakenChanges(string path) : IDisposable
{
    private const string Account = "account";
    private FileStream? _file;

    /// <summary>What earlier runs have handed out that did not end.</summary>
    /// <param name="account">The account; what was taken of another one says nothing.</param>
    public IEnumerable<(string Entity, long Id, TakenRecord Record)> Read(long account)
    {
        var (isOfAccount, seenBy) = (false, string.Empty);
        foreach (var line in File.Exists(path) ? File.ReadLines(path, Encoding.UTF8) : [])
        {
            if (Parse(line) is not { } members)
            {
                // The run was killed while it wrote the line: nobody got the change.
                continue;
            }

            if (members.Contains(Account))
            {
                (isOfAccount, seenBy) = (account.Equals(members[Account]), (string)members["seen_by"]!);
            }
            else if (isOfAccount)
            {
                yield return ((string)members["entity"]!, (long)members["id"]!, new TakenRecord(members["name"] as string, seenBy));
            }
        }
    }

    /// <summary>Notes a change that the consumer is about to get.</summary>
    /// <param name="change">The change.</param>
    /// <param name="account">The account.</param>
    /// <param name="reader">Who reads.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Note(CopperChange change, long account, string reader)
    {
        if (_file is null)
        {
            _file = PrivateFile.Create(path, FileMode.OpenOrCreate, bufferSize: 1);

            // The last line may not be whole.
            Write((_file.Seek(0, SeekOrigin.End) > 0 ? "\n" : string.Empty) + new JsonBody { [Account] = account, ["seen_by"] = reader });
        }

        Write(new JsonBody { ["entity"] = change.Entity, ["id"] = change.Id, ["name"] = change.Name }.ToString());
    }

    /// <summary>The state is kept, and says all of it.</summary>
    public void Forget()
    {
        Dispose();
        File.Delete(path);
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private void Write(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        _file!.Write(bytes, 0, bytes.Length);
    }

    private static JsonBody? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonBody.Parse(line);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>A record that the consumer may have from a run that did not end.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SeenBy">Who has read it.</param>
internal sealed record TakenRecord(string? Name, string SeenBy);
