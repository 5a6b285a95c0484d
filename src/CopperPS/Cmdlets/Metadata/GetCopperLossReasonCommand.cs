using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Reads the reasons for which opportunities are lost.</summary>
[Cmdlet(VerbsCommon.Get, "CopperLossReason", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CopperLossReason))]
public sealed class GetCopperLossReasonCommand : GetIdentifiedMetadataCmdlet<CopperLossReason>;
