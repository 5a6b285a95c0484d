using System.Runtime.CompilerServices;

namespace Copper.Client;

/// <summary>
/// A class of a test that derives from one of the client's has no service behind it: a member that it does not override says so.
/// </summary>
internal static class Substitute
{
    /// <summary>A part that only the client's own classes have.</summary>
    /// <exception cref="NotSupportedException">There is none.</exception>
    public static T Part<T>(T? part, object owner, [CallerMemberName] string member = "")
        where T : class
    {
        Check(part, owner, member);
        return part!;
    }

    /// <summary>Rejects the use of a member that is not overridden.</summary>
    /// <param name="part">What only the client's own classes have.</param>
    /// <param name="owner">Whose member it is.</param>
    /// <param name="member">The member.</param>
    /// <exception cref="NotSupportedException">There is no such part.</exception>
    public static void Check(object? part, object owner, [CallerMemberName] string member = "")
    {
        if (part is null)
        {
            throw new NotSupportedException(
                $"{owner.GetType().Name} does not override {member}, and there is no service behind it: a class that stands in for one of "
                    + "the client's overrides each member that is used.");
        }
    }
}
