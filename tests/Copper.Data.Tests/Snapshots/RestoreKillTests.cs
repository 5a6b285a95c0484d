using Copper.Data.Plans;
using Copper.Data.Snapshots;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Snapshots;

/// <summary>
/// A restore that is ended at any request goes on from its journal: nothing is created twice, and nothing is left out. COPPER_TEST_STEP
/// says how many of the requests that write are passed over between two ends; with 1, it ends at each of them.
/// </summary>
public sealed class RestoreKillTests : RestoreTest
{
    private static readonly int Step = int.Parse(
        Environment.GetEnvironmentVariable("COPPER_TEST_STEP") ?? "11", System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task At_any_request(bool afterSending)
    {
        var include = new BackupOptions { Include = [SnapshotContent.Activity, SnapshotContent.Relation, SnapshotContent.Connection] };
        string[]? expected = null;
        for (var cut = afterSending ? 1 : Math.Min(5, Step); ; cut += Step)
        {
            using var account = NewAccount(static options =>
            {
                options.People = 30;
                options.Companies = 9;
                options.Leads = 16;
                options.Activities = 40;
                options.Opportunities = 8;
                options.Projects = 4;
                options.Tasks = 8;
            });
            expected ??= await WholeAsync(account);
            using var snapshot = await BackupAsync(account.Client, NewFolder(), include);
            await DeleteAsync(account.Client);
            account.Now = DateTimeOffset.UtcNow;
            var plan = await PlanAsync(account.Client, snapshot);
            var path = NewFolder();
            var left = NewFolder();
            var network = new CuttingHandler(cut, afterSending) { OnCut = () => File.Copy(path, left) };
            using (var journal = ChangeJournal.Create(path, plan))
            {
                await RunAsync(account.Connect(network), plan, journal);
            }

            if (!network.HasCut)
            {
                Assert.True(cut > 20, $"The plan has only {cut} requests.");
                return;
            }

            using (var journal = ChangeJournal.Resume(left))
            {
                var results = await RunAsync(account.Connect(), journal.Plan, journal);
                Assert.All(results, static result => Assert.True(
                    result.Status is PlanStatus.Done or PlanStatus.Skipped, $"{result} {result.Reason}"));
            }

            Assert.Equal(expected, await WholeAsync(account));
        }
    }

    private static async Task<string[]> WholeAsync(SandboxAccount account) =>
        [.. await ImageAsync(account.Client), .. await AccountImage.LinksOfAsync(account.Client)];
}
