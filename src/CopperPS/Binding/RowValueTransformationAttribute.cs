using System.Management.Automation;

namespace CopperPS.Binding;

/// <summary>The base of what reads values of parameters. An error about a cell of a row names the row.</summary>
public abstract class RowValueTransformationAttribute : ArgumentTransformationAttribute
{
    private protected RowValueTransformationAttribute()
    {
    }

    /// <inheritdoc/>
    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
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
