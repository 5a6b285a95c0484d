using System.Management.Automation;
using Copper.Client;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.People;

/// <summary>Reads people.</summary>
[Cmdlet(VerbsCommon.Get, "CopperPerson", DefaultParameterSetName = SearchSet, SupportsPaging = true)]
[OutputType(typeof(CopperPerson))]
public sealed class GetCopperPersonCommand : GetContactCmdlet<CopperPerson>, IEmailSearch
{
    /// <summary>E-mail addresses, of which a person has at least one.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextListTransformation]
    [Filter("emails")]
    public string[]? Email { get; set; }

    /// <summary>The contact types.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(ContactTypeCompleter))]
    [Filter("contact_type_ids", Entity = CopperEntityNames.ContactType)]
    public CopperReference?[]? ContactType { get; set; }

    /// <summary>The companies; null for people without one.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [AllowNull]
    [Filter("company_ids", Entity = CopperEntityNames.Company, AllowsNone = true)]
    public CopperReference?[]? Company { get; set; }

    /// <summary>The opportunities that they have a part in.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [Filter("opportunity_ids", Entity = CopperEntityNames.Opportunity)]
    public CopperReference?[]? Opportunity { get; set; }

    /// <summary>The job title.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextTransformation]
    [Filter("title")]
    public string? Title { get; set; }

    /// <summary>An e-mail address, or a row of a file that has one and no id.</summary>
    private protected override (string Text, Func<CancellationToken, Task<CopperPerson?>> FindAsync)? LookUpOf(CopperReference reference)
    {
        var text = (reference.Name ?? CellValue.Text(RecordRow.From(reference.Source)?["Email"]))?.Trim();
        return text?.IndexOf('@') > 0 ? (text, token => Client.FindPersonByEmailAsync(text, token)) : null;
    }

    private protected override string? LookUpColumn => "Email";

    /// <summary>One address and nothing else: the look-up endpoint is exact, and cheaper for the service.</summary>
    private protected override bool TryLookUp(JsonBody filter)
    {
        if (filter.Count != 1 || Email is not { Length: 1 } || PagingParameters.Skip > 0 || PagingParameters.First == 0
            || PagingParameters.IncludeTotalCount)
        {
            return false;
        }

        if (TryCall(token => Client.FindPersonByEmailAsync(Email[0].Trim(), token), Email[0], out var person) && person is not null)
        {
            WriteObject(person);
        }

        return true;
    }
}
