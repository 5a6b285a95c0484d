using System.Runtime.CompilerServices;
using System.Text;
using Copper.Client;
using Copper.Client.Models;

namespace Copper.Data.Snapshots;

/// <summary>
/// Compares a snapshot with the account as it is now: the account is read into a folder of its own, which is deleted afterwards.
/// </summary>
/// <param name="client">The account.</param>
/// <param name="options">How they are compared; null for everything but what the service computes.</param>
/// <param name="dayFirstDates">The account writes a close date as dd/MM/yyyy.</param>
/// <param name="progress">Is told how far the reading has come; null for nobody.</param>
public sealed class AccountComparer(
    CopperClient client, CompareOptions? options = null, bool dayFirstDates = false, IProgress<SnapshotProgress>? progress = null)
{
    private const int ChunkSize = 200;
    private readonly CompareOptions _options = options ?? new CompareOptions();

    /// <summary>
    /// The records in which the snapshot and the account differ. A record that no search shows any more is read by its id before it is
    /// called removed.
    /// </summary>
    /// <param name="reference">The snapshot.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SnapshotException">The snapshot is of another account, lacks an entity that was asked for, or is
    /// damaged.</exception>
    /// <exception cref="CopperException">The account cannot be read.</exception>
    public async IAsyncEnumerable<CopperSnapshotDifference> CompareAsync(
        CopperSnapshot reference, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var account = await client.GetAccountAsync(cancellationToken).ConfigureAwait(false);
        if (account.Id != reference.Manifest.AccountId)
        {
            throw new SnapshotException(
                $"The snapshot is of another account ({reference.AccountName}) than the one you are connected to ({account.Name}): an id "
                    + "does not mean the same record in both.");
        }

        var entities = CopperEntities.Primary.Append(CopperEntities.Activity)
            .Where(entity => _options.Entities?.Contains(entity.Name) ?? reference.Contains(entity)).ToArray();
        // Throws before the account is read.
        reference.CheckFiles(entities);

        var folder = Path.Combine(Path.GetTempPath(), "copper-" + Guid.NewGuid().ToString("N"));
        try
        {
            var backup = new SnapshotBackup(
                client,
                new BackupOptions
                {
                    Entities = [.. entities.Where(static entity => entity.IsPrimary).Select(static entity => entity.Name)],
                    Include = entities.Contains(CopperEntities.Activity) ? [SnapshotContent.Activity] : [],
                    DayFirstDates = dayFirstDates,
                },
                progress);
            using var now = await backup.RunAsync(folder, cancellationToken).ConfigureAwait(false);

            var unseen = await UnseenAsync(now, entities, cancellationToken).ConfigureAwait(false);

            // What comes after a record that may be removed waits with it, so that the ids come in their order.
            var waiting = new List<CopperSnapshotDifference>();
            foreach (var found in new SnapshotComparer(_options).Compare(reference, now, unseen))
            {
                if (waiting.Count == ChunkSize || (waiting.Count > 0 && found.Entity != waiting[0].Entity))
                {
                    foreach (var one in await WithoutPresentAsync(waiting, cancellationToken).ConfigureAwait(false))
                    {
                        yield return one;
                    }

                    waiting.Clear();
                }

                if (waiting.Count > 0 || found.Change == SnapshotChange.Removed)
                {
                    waiting.Add(found);
                }
                else
                {
                    yield return found;
                }
            }

            foreach (var one in await WithoutPresentAsync(waiting, cancellationToken).ConfigureAwait(false))
            {
                yield return one;
            }
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>Restored records that no search shows yet, read by their ids: searches show late what was created.</summary>
    private async Task<Dictionary<(string Entity, long Id), byte[]>> UnseenAsync(
        CopperSnapshot now, CopperEntity[] entities, CancellationToken cancellationToken)
    {
        var unseen = new Dictionary<(string Entity, long Id), byte[]>();
        foreach (var entity in _options.Restored is null ? [] : entities)
        {
            var missing = new HashSet<long>(_options.Restored!.Of(entity.Name).Select(static record => record.Id));
            if (missing.Count > 0)
            {
                missing.ExceptWith(now.ReadRaw(entity).Select(static record => record.Id));
            }

            foreach (var id in missing.OrderBy(static id => id))
            {
                try
                {
                    var response = await client.SendAsync(
                        CopperRequest.Read(FormattableString.Invariant($"{entity.Path}/{id}")), cancellationToken).ConfigureAwait(false);
                    var json = Encoding.UTF8.GetBytes(response.Text);

                    // Of a deleted activity the service still shows the bare id.
                    if (client.ReadRecord(entity, json) is not CopperActivity { IsDeleted: true })
                    {
                        unseen.Add((entity.Name, id), json);
                    }
                }
                catch (CopperNotFoundException)
                {
                    // It was deleted again.
                }
            }
        }

        return unseen;
    }

    /// <summary>The differences of one entity without those of records that the account has all the same.</summary>
    private async Task<IEnumerable<CopperSnapshotDifference>> WithoutPresentAsync(
        List<CopperSnapshotDifference> differences, CancellationToken cancellationToken)
    {
        var removed = differences.Where(static one => one.Change == SnapshotChange.Removed).Select(static one => one.Id).ToArray();
        if (removed.Length == 0)
        {
            return differences;
        }

        var entity = CopperSnapshot.EntityOf(differences[0].Entity);
        var existing = entity == CopperEntities.Activity
            ? new HashSet<long>()
            : await LiveRecords.ExistingAsync(client, entity, removed, cancellationToken).ConfigureAwait(false);
        return differences.Where(one => one.Change != SnapshotChange.Removed || !existing.Contains(one.Id));
    }
}
