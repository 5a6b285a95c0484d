using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Reads the account's id and name.</summary>
[Cmdlet(VerbsCommon.Get, "CopperAccount")]
[OutputType(typeof(CopperAccount))]
public sealed class GetCopperAccountCommand : GetMetadataCmdlet<CopperAccount>;
