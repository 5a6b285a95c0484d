using System.Management.Automation;
using Copper.Client;
using Copper.Client.Hub;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Hub.Connection;

/// <summary>Calls any action of a CopperHub.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CopperHubRequest", SupportsShouldProcess = true)]
[OutputType(typeof(PSObject), typeof(string))]
public sealed class InvokeCopperHubRequestCommand : HubSessionCmdlet
{
    /// <summary>The action, for example read_project.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HubActionCompleter))]
    public string Action { get; set; } = string.Empty;

    /// <summary>The form fields: a hashtable, an object, or JSON text. What stands in data is sent as JSON.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    public object? Body { get; set; }

    /// <summary>Output the whole response as JSON text.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        CopperHubRequest request;
        try
        {
            request = CopperHubRequest.Create(Action, JsonBodies.From(Body));
        }
        catch (ArgumentException exception)
        {
            WriteFailure(exception, Action);
            return;
        }

        if ((request.Effect == RequestEffect.Read || ShouldProcess(TargetOf(request), request.Action))
            && TryCall(token => Client.SendAsync(request, token), Action, out var response))
        {
            WriteObject(Raw ? response.Text : JsonObjects.From(response.Data), enumerateCollection: !Raw);
        }
    }

    private string TargetOf(CopperHubRequest request) => request.Id is { } id ? $"id {id} at {CurrentSession}" : CurrentSession.ToString();
}
