using System.Management.Automation;
using Copper.Client.Crm;
using Copper.Client.Crm.Models;
using CopperPS.Abstractions;

namespace CopperPS.Metadata;

/// <summary>The fields of a custom activity type, for New and Set.</summary>
public abstract class CustomActivityTypeWriteCmdlet : WriteRecordCmdlet<CopperCustomActivityType>
{
    private protected CustomActivityTypeWriteCmdlet()
    {
    }

    /// <summary>The name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Field("name")]
    public virtual string? Name { get; set; }

    /// <summary>The picture.</summary>
    [Parameter]
    [ValidateSet(
        "Message", "Phone", "Event", "Assignment", "Assessment", "Group", "Description", "Speaker Notes", "Forum", "Web", "Loyalty", "Content Paste", "Headset",
        "Share", "Navigation", "Notification", "Voicemail", "Room", "Edit", "Send", "Videocam", "Play Arrow", "Grocery Store", "Mic", "Camera Mic", "Todo",
        IgnoreCase = false)]
    [Field("icon_type")]
    public virtual string? IconType { get; set; }

    private protected override RecordEndpoint<CopperCustomActivityType> Endpoint => Client.CustomActivityTypes;
}
