using System.Management.Automation;

namespace CopperPS.Binding;

/// <summary>
/// A blank text is none. PowerShell would make 0 of it for a number, and so an empty cell of a CSV file would be written as
/// an amount of zero.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BlankIsNullAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text && string.IsNullOrWhiteSpace(text) ? null : inputData;
}
