namespace Copper.Client.Tests.Records;

/// <summary>A record is new once.</summary>
public class EmittedIdSetTests
{
    [Theory]
    [InlineData(1, 1L)]
    [InlineData(2, 1000L)]
    [InlineData(3, 1L << 32)]
    [InlineData(4, long.MaxValue)]
    public void Says_what_a_hash_set_says(int seed, long spread)
    {
        var random = new Random(seed);
        var (seen, expected) = (new EmittedIdSet(), new HashSet<(long, long)>());
        for (var i = 0; i < 20_000; i++)
        {
            var identity = (random.NextInt64(-10, 2_000) * (spread / 10_000 + 1), random.Next(10) == 0 ? random.Next(3) : 0L);
            Assert.Equal(expected.Add(identity), seen.Add(identity));
        }

        Assert.Contains(expected, static identity => identity.Item1 == 0);
    }

    [Fact]
    public void Follows_ids_in_a_row()
    {
        var seen = new EmittedIdSet();

        Assert.All(Enumerable.Range(1, 100_000), id => Assert.True(seen.Add((id, 0))));
        Assert.All(Enumerable.Range(1, 100_000), id => Assert.False(seen.Add((id, 0))));
    }
}
