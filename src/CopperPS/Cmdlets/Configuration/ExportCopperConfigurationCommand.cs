using System.Management.Automation;
using Copper.Client;
using Copper.Data.Configuration;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Configuration;

/// <summary>Writes the configuration of an account to a file.</summary>
[Cmdlet(VerbsData.Export, "CopperConfiguration", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportCopperConfigurationCommand : SessionCmdlet
{
    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath", "OutFile")]
    public string Path { get; set; } = string.Empty;

    /// <summary>Replace no file.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Output the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var path = ConfigurationPath.Of(this, Path);
        if (Directory.Exists(path))
        {
            ThrowTerminatingError(ErrorRecords.Invalid($"'{path}' is a folder. Name a file.", Path));
        }

        if (NoClobber && File.Exists(path))
        {
            ThrowTerminatingError(ErrorRecords.Invalid(
                $"The file '{path}' exists already. Name another one, or leave out -NoClobber.", Path));
        }

        if (!ShouldProcess(path, "Write the configuration of the account"))
        {
            return;
        }

        try
        {
            var configuration = Await(token => CopperConfiguration.ReadAsync(Client, token));
            foreach (var note in configuration.Unread)
            {
                WriteWarning(note);
            }

            configuration.Save(path);
        }
        catch (CopperException exception)
        {
            ThrowTerminatingError(RecordOf(exception, null));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.NotWritable(exception, path));
        }

        if (PassThru)
        {
            // As Get-Item writes it, so that it prints as files do.
            WriteObject(InvokeProvider.Item.Get(WildcardPattern.Escape(path)), enumerateCollection: true);
        }
    }
}
