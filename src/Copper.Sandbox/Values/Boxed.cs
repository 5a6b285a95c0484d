namespace Copper.Sandbox.Values;

/// <summary>Shares the boxes of small and frequent values: an account of many thousand records holds millions of them.</summary>
internal static class Boxed
{
    private static readonly object[] SmallIntegers = CreateSmallIntegers();

    public static object True { get; } = true;

    public static object False { get; } = false;

    public static object Integer(long value) =>
        value >= 0 && value < SmallIntegers.Length ? SmallIntegers[value] : value;

    private static object[] CreateSmallIntegers()
    {
        var boxes = new object[2048];
        for (long value = 0; value < boxes.Length; value++)
        {
            boxes[value] = value;
        }

        return boxes;
    }
}
