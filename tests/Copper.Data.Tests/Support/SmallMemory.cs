using System.Runtime.CompilerServices;
using Copper.Data.Plans;

namespace Copper.Data.Tests.Support;

/// <summary>
/// The lists of a long run keep their first items in memory only. In these tests that is two, so that every plan and import shows that
/// the others come back from the temporary file as they were.
/// </summary>
internal static class SmallMemory
{
    [ModuleInitializer]
    internal static void Set() => SpillFile.MostInMemory = 2;
}
