using System.Management.Automation;
using System.Security;

namespace CopperPS.Binding;

/// <summary>
/// A secret. A plain text, which would stay in the history and in scripts, is rejected with what to do; no message repeats it.
/// </summary>
/// <param name="parameter">The parameter that takes the secret.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretTransformationAttribute(string parameter) : ArgumentTransformationAttribute
{
    /// <summary>The parameter that takes the secret.</summary>
    public string Parameter { get; } = parameter;

    /// <summary>What the user might rather use, for the message; null for nothing.</summary>
    public string? Instead { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => CellValue.Bare(inputData) switch
    {
        null => null,
        SecureString secret => secret,
        _ => throw new ArgumentTransformationMetadataException(
            $"-{Parameter} is a SecureString. Use {(Instead is null ? string.Empty : Instead + ", or ")}"
                + $"-{Parameter} (Read-Host -AsSecureString)."),
    };
}
