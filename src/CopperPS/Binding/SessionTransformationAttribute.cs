using System.Management.Automation;

namespace CopperPS.Binding;

/// <summary>A session. What a job or a file made of one is rejected with what to do: a connection cannot be copied.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SessionTransformationAttribute : RowValueTransformationAttribute
{
    private const string Copied = "Deserialized.CopperPS.";

    private protected override object? Read(object? inputData) =>
        inputData is PSObject copy && copy.TypeNames.Any(static name => name.StartsWith(Copied, StringComparison.Ordinal))
            ? throw new ArgumentTransformationMetadataException(
                $"The session '{copy}' is a copy without a connection: a session cannot leave its process, neither into a job, nor to "
                    + "another computer, nor into a file. Connect there, or use Start-ThreadJob or ForEach-Object -Parallel, which take it "
                    + "by $using: as it is.")
            : inputData;
}
