using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Reads the statuses that a lead can have.</summary>
[Cmdlet(VerbsCommon.Get, "CopperLeadStatus", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CopperLeadStatus))]
public sealed class GetCopperLeadStatusCommand : GetIdentifiedMetadataCmdlet<CopperLeadStatus>;
