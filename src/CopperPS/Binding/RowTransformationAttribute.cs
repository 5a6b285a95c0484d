using System.Management.Automation;

namespace CopperPS.Binding;

/// <summary>An item of the pipeline as it is. Errors about its cells name it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RowTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        BoundRow.Note(inputData);
        return inputData;
    }
}
