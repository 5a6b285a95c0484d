using System.Management.Automation;
using Copper.Client;
using Copper.Data.Configuration;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Configuration;

/// <summary>Compares the configuration of an account with that of a file.</summary>
[Cmdlet(VerbsData.Compare, "CopperConfiguration")]
[OutputType(typeof(CopperConfigurationDifference))]
public sealed class CompareCopperConfigurationCommand : SessionCmdlet
{
    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [PathTransformation]
    [Alias("PSPath", "FullName", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var wanted = ConfigurationPath.Load(this, Path);
        CopperConfiguration present;
        try
        {
            present = Await(token => CopperConfiguration.ReadAsync(Client, token));
        }
        catch (CopperException exception)
        {
            ThrowTerminatingError(RecordOf(exception, Path));
            throw;
        }

        foreach (var note in present.Unread)
        {
            WriteWarning(note);
        }

        foreach (var difference in ConfigurationComparer.Compare(wanted, present))
        {
            WriteObject(difference);
        }
    }
}
