using System.Management.Automation;
using Copper.Client.Hub.Models;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Hub.Organisations;

/// <summary>The attributes of an organisation, for New and Set.</summary>
public abstract class OrganisationWriteCmdlet : WriteHubRecordCmdlet<CopperHubOrganisation>
{
    private protected OrganisationWriteCmdlet()
    {
    }

    /// <summary>The name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("Name")]
    public virtual string? Name { get; set; }

    /// <summary>The colour, as #rrggbb. New ones are #82CE4C when none is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [HubColour]
    [Field("Colour")]
    public string? Colour { get; set; }

    /// <summary>The phone number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("Phone1")]
    public string? Phone1 { get; set; }

    /// <summary>The name on Skype.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("IM1")]
    public string? IM1 { get; set; }

    /// <summary>The name on Twitter.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("IM2")]
    public string? IM2 { get; set; }

    /// <summary>The fax number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("FAX")]
    public string? Fax { get; set; }

    /// <summary>The first line of the address.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("Address1")]
    public string? Address1 { get; set; }

    /// <summary>The second line of the address.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("Address2")]
    public string? Address2 { get; set; }

    /// <summary>The city.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("City")]
    public string? City { get; set; }

    /// <summary>The state.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("State")]
    public string? State { get; set; }

    /// <summary>The country.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("Country")]
    public string? Country { get; set; }

    /// <summary>The postal code.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("Postcode")]
    public string? Postcode { get; set; }

    /// <summary>The web site.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("URL")]
    public string? Url { get; set; }

    /// <summary>The e-mail address.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("ContactEmail")]
    public string? ContactEmail { get; set; }
}
