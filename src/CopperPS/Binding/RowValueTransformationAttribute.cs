using System.Management.Automation;

namespace CopperPS.Binding;

/// <summary>The base of what reads values of parameters. An error about a cell of a row names the row.</summary>
public abstract class RowValueTransformationAttribute : ArgumentTransformationAttribute
{
    private readonly bool _takesSeveral;
    private readonly bool _runsInnerScriptBlocks;

    private protected RowValueTransformationAttribute(bool takesSeveral = false, bool runsInnerScriptBlocks = false)
    {
        _takesSeveral = takesSeveral;
        _runsInnerScriptBlocks = runsInnerScriptBlocks;
    }

    /// <summary>The parameter takes a list.</summary>
    private protected virtual bool TakesSeveral => _takesSeveral;

    /// <summary>The values in a hashtable may be script blocks: the command runs them for each item of the pipeline.</summary>
    private protected virtual bool RunsInnerScriptBlocks => _runsInnerScriptBlocks;

    /// <inheritdoc/>
    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            GivenValue.Check(inputData, TakesSeveral, RunsInnerScriptBlocks);
            return Read(inputData);
        }
        catch (ArgumentTransformationMetadataException exception)
        {
            throw BoundRow.NameIn(exception, inputData);
        }
    }

    /// <summary>The value in the parameter's type.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">The value cannot be right.</exception>
    private protected abstract object? Read(object? inputData);
}
