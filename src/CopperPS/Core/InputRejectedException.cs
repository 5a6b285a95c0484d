using System.Management.Automation;

namespace CopperPS.Core;

/// <summary>What was given for one item cannot be right: nothing is sent for it, the others go on.</summary>
internal sealed class InputRejectedException(ErrorRecord record) : Exception(record.Exception.Message, record.Exception)
{
    public ErrorRecord Record { get; } = record;
}
