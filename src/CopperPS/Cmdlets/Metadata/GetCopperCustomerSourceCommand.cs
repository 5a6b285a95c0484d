using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Reads the sources of leads and opportunities.</summary>
[Cmdlet(VerbsCommon.Get, "CopperCustomerSource", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CopperCustomerSource))]
public sealed class GetCopperCustomerSourceCommand : GetIdentifiedMetadataCmdlet<CopperCustomerSource>;
