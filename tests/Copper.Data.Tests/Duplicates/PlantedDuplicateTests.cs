using Copper.Client.Models;
using Copper.Data.Duplicates;
using Xunit.Abstractions;

namespace Copper.Data.Tests.Duplicates;

/// <summary>2,000 people who are there twice, among more than 20,000 of whom many look alike.</summary>
public sealed class PlantedDuplicateTests(ITestOutputHelper output)
{
    [Fact]
    public void Planted_pairs_are_found_and_what_is_exact_is_right()
    {
        var planted = new PlantedPeople(20_000, 2_000);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var warnings = new List<string>();

        var groups = DuplicateFinder.FindAmong(
            planted.People, new DuplicateOptions { Entity = CopperEntityNames.Person }, warnings);

        output.WriteLine($"{planted.People.Count} people, {groups.Count} groups in {watch.ElapsedMilliseconds} ms");
        var groupOf = groups.SelectMany(static group => group.Ids.Select(id => (Id: id, group.Group))).ToDictionary(static item =>
            item.Id, static item => item.Group);
        var missed = planted.Pairs.Where(pair => !groupOf.TryGetValue(pair.One, out var one)
            || !groupOf.TryGetValue(pair.Other, out var other) || one != other).ToArray();
        foreach (var kind in planted.Pairs.GroupBy(static pair => pair.Kind))
        {
            output.WriteLine($"{kind.Key}: {missed.Count(pair => pair.Kind == kind.Key)} of {kind.Count()} missed");
        }

        var roots = planted.Pairs.ToDictionary(static pair => pair.Other, static pair => pair.One);
        var wrong = groups.Where(group => group.Ids.Select(id => roots.GetValueOrDefault(id, id)).Distinct().Count() > 1).ToArray();
        foreach (var group in wrong.Take(20))
        {
            output.WriteLine($"{group.Confidence} {string.Join(", ", group.Reasons)}: "
                + string.Join("; ", group.Records.Cast<CopperPerson>().Select(static person => $"{person.Name} ({person.CompanyName})")));
        }

        Assert.True(missed.Length <= planted.Pairs.Count * 0.02, $"{missed.Length} of {planted.Pairs.Count} pairs were missed.");
        Assert.DoesNotContain(wrong, static group => group.Confidence == DuplicateConfidence.Exact);
        Assert.True(wrong.Length <= groups.Count * 0.05, $"{wrong.Length} of {groups.Count} groups are wrong.");
        Assert.Contains(warnings, static warning =>
            warning.StartsWith("Email: 2 values are shared by more than 25 people", StringComparison.Ordinal));
    }

    /// <summary>What is kept of 20,000 people is small: their keys, not the people.</summary>
    [Fact]
    public void The_index_keeps_no_record()
    {
        var index = new DuplicateIndex(new DuplicateOptions { Entity = CopperEntityNames.Person });
        var record = Add();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(record.TryGetTarget(out _));
        Assert.Equal(1, index.Count);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        WeakReference<CopperPerson> Add()
        {
            var person = new CopperPerson { Id = 1, Name = "Ada Lovelace", CompanyName = "Engines Ltd" };
            index.Add(person);
            return new WeakReference<CopperPerson>(person);
        }
    }
}
