using System.Management.Automation;
using Copper.Client.Crm.Models;
using Copper.Client.Http.Errors;
using Copper.Client.Json;
using CopperPS.Abstractions;
using CopperPS.Binding;

namespace CopperPS.People;

/// <summary>Changes people.</summary>
[Cmdlet(VerbsCommon.Set, "CopperPerson", SupportsShouldProcess = true)]
[OutputType(typeof(CopperPerson))]
public sealed class SetCopperPersonCommand : PersonWriteCmdlet
{
    /// <summary>The people to change: ids, or anything that has one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Tags to add to those that the person has.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? AddTag { get; set; }

    /// <summary>Tags to take from those that the person has.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? RemoveTag { get; set; }

    /// <summary>Output the person as changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string[]? TagsToAdd => AddTag;

    private protected override string[]? TagsToRemove => RemoveTag;

    private protected override bool MergesAddress => true;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Update(Id, PassThru);

    /// <summary>The company to be set on the present item; null for none.</summary>
    private long? WantedCompany { get; set; }

    private protected override void AddFields(JsonBody fields)
    {
        base.AddFields(fields);
        WantedCompany = IsGiven(nameof(Company), Company) && Company is not null ? WireValues.IdOf(Company, "company") : null;
    }

    private protected override IEnumerable<string> ChangesOfPresent() => IsGiven(nameof(Company), Company) ? base.ChangesOfPresent().Append("company") : base.ChangesOfPresent();

    /// <summary>The company of a person is a relation, of which there is at most one; the field only reads it (developer.copper.com/related-items).</summary>
    private protected override async Task<bool> ChangeFurtherAsync(CopperPerson present, CancellationToken cancellationToken)
    {
        var former = present.CompanyId;
        if (!IsGiven(nameof(Company), Company) || WantedCompany == former)
        {
            return false;
        }

        if (former is { } old)
        {
            await Endpoint.UnrelateAsync(present.Id, "company", old, cancellationToken).ConfigureAwait(false);
        }

        if (WantedCompany is { } company)
        {
            try
            {
                await Endpoint.RelateAsync(present.Id, "company", company, cancellationToken).ConfigureAwait(false);
            }
            catch (CopperException) when (former is not null)
            {
                // A person must not lose a company because the new one was refused.
                await Endpoint.RelateAsync(present.Id, "company", former.Value, cancellationToken).ConfigureAwait(false);
                throw;
            }
        }

        return true;
    }
}
