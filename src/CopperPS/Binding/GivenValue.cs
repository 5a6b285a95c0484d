using System.Collections;
using System.Management.Automation;
using CopperPS.Binding.Completers;
using CopperPS.Core;

namespace CopperPS.Binding;

/// <summary>
/// What no parameter can take, whatever its type: PowerShell would make a text of the code of a script block, and say of a list that
/// "the specified method is not supported".
/// </summary>
internal static class GivenValue
{
    /// <summary>The most values of a list that an error shows.</summary>
    private const int MostShown = 5;

    /// <summary>No hashtable of a user is nested as deeply.</summary>
    private const int DeepestNesting = 16;

    /// <param name="value">What was given.</param>
    /// <param name="takesSeveral">A list is a value.</param>
    /// <param name="runsInnerScriptBlocks">Script blocks in a hashtable are run later.</param>
    /// <exception cref="ArgumentTransformationMetadataException">It is, or holds, a script block; or it is a list where one is wanted.
    /// </exception>
    public static void Check(object? value, bool takesSeveral, bool runsInnerScriptBlocks = false)
    {
        var bare = CellValue.Bare(value);
        if (ScriptBlockIn(bare, runsInnerScriptBlocks) is { } code)
        {
            throw runsInnerScriptBlocks && bare is ScriptBlock
                ? new ArgumentTransformationMetadataException(
                    $"A script block is the value of a field here, not the whole hashtable: @{{ 'a field' = {{{code}}} }}.")
                : OfScriptBlock(code);
        }

        if (!takesSeveral && bare is IList { Count: > 1 } list and not IDictionary && !CellValue.IsOwn(list))
        {
            throw OfSeveral(list);
        }
    }

    /// <summary>A script block, or the first within a list or a hashtable; null when there is none.</summary>
    /// <param name="value">What was given.</param>
    /// <param name="leavesHashtables">Those within a hashtable are all right.</param>
    public static ScriptBlock? ScriptBlockIn(object? value, bool leavesHashtables = false) => ScriptBlockIn(value, leavesHashtables, 0);

    private static ScriptBlock? ScriptBlockIn(object? value, bool leavesHashtables, int depth) => CellValue.Bare(value) switch
    {
        ScriptBlock code => code,
        _ when depth > DeepestNesting => null,
        IDictionary when leavesHashtables => null,
        IDictionary dictionary => DictionaryEntries.Of(dictionary)
            .Select(entry => ScriptBlockIn(entry.Value, leavesHashtables, depth + 1))
            .FirstOrDefault(static found => found is not null),
        IList list when !CellValue.IsOwn(list) && list is not byte[] => list.Cast<object?>()
            .Select(item => ScriptBlockIn(item, leavesHashtables, depth + 1))
            .FirstOrDefault(static found => found is not null),
        _ => null,
    };

    /// <summary>What to say of a script block that is not run.</summary>
    public static ArgumentTransformationMetadataException OfScriptBlock(ScriptBlock code) => new(
        $"A script block is not run here, and its code is no value: {{{VisibleText.Of(code.ToString())}}}. For a value that differs from "
            + "record to record, run the command in ForEach-Object, where $_ is the record.");

    private static ArgumentTransformationMetadataException OfSeveral(IList list)
    {
        var shown = list.Cast<object?>().Take(MostShown).Select(CellValue.Describe).ToArray();
        var more = list.Count > MostShown ? ", …" : string.Empty;
        return new ArgumentTransformationMetadataException(
            $"There can be one value here, and these are {list.Count}: {string.Join(", ", shown)}{more}. Run the command for each of them: "
                + $"{string.Join(", ", shown.Take(2).Select(Completion.Quote))}{(list.Count > 2 ? ", …" : string.Empty)} | "
                + "ForEach-Object { … $_ }");
    }
}

/// <summary>One value that PowerShell itself converts.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneValueTransformationAttribute : RowValueTransformationAttribute
{
    private protected override object? Read(object? inputData) => inputData;
}

/// <summary>A hashtable, or what PowerShell makes one of.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HashtableTransformationAttribute : RowValueTransformationAttribute
{
    /// <summary>Its values may be script blocks: the command runs them for each item of the pipeline.</summary>
    public bool RunsScriptBlocks { get; set; }

    private protected override bool RunsInnerScriptBlocks => RunsScriptBlocks;

    private protected override object? Read(object? inputData) => CellValue.Bare(inputData) is null or IDictionary
        ? inputData
        : throw CellValue.Wrong(inputData, "is no hashtable. Write one as @{ Name = 'value' }.");
}
