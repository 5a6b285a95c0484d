using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>How many permits a process reserves.</summary>
public class PermitReserveTests
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(50, 6)]
    public void As_many_are_reserved_as_were_used_and_six_at_most(int used, int expected)
    {
        var reserve = new PermitReserve(StoreKind.Remote);
        for (var i = 0; i < used; i++)
        {
            reserve.NoteUse();
        }

        Assert.Equal(expected, reserve.Expect(isWaiting: false));
    }

    [Fact]
    public void None_are_reserved_over_a_file()
    {
        var reserve = new PermitReserve(StoreKind.File);
        reserve.NoteUse();

        Assert.Equal(0, reserve.Expect(isWaiting: true));
    }
}
