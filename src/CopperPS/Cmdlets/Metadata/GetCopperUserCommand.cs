using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Reads the users of the account.</summary>
/// <remarks>A name is compared with the full name and with the e-mail address.</remarks>
[Cmdlet(VerbsCommon.Get, "CopperUser", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CopperUser))]
public sealed class GetCopperUserCommand : GetIdentifiedMetadataCmdlet<CopperUser>
{
    private const string MeSet = "Me";

    /// <summary>The user of the credential.</summary>
    [Parameter(ParameterSetName = MeSet, Mandatory = true)]
    public SwitchParameter Me { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!Me)
        {
            base.ProcessRecord();
        }
        else if (TryCall(Client.GetCurrentUserAsync, null, out var user))
        {
            WriteObject(user);
        }
    }

    private protected override IEnumerable<string?> NamesOf(CopperUser item) => [item.Name, item.Email];
}
