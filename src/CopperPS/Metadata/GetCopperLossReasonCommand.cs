using System.Management.Automation;
using Copper.Client.Crm.Metadata;
using Copper.Client.Crm.Models;
using CopperPS.Abstractions;

namespace CopperPS.Metadata;

/// <summary>Reads the reasons for which opportunities are lost.</summary>
[Cmdlet(VerbsCommon.Get, "CopperLossReason", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CopperLossReason))]
public sealed class GetCopperLossReasonCommand : GetIdentifiedMetadataCmdlet<CopperLossReason>
{
    private protected override MetadataList<CopperLossReason> List => Client.Metadata.LossReasons;
}
