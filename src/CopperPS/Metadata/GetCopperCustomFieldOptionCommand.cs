using System.Management.Automation;
using Copper.Client.Crm.Models;
using Copper.Client.Http.Errors;
using CopperPS.Abstractions;
using CopperPS.Binding;
using CopperPS.Pipeline;

namespace CopperPS.Metadata;

/// <summary>Reads the choices of Dropdown and MultiSelect fields, in the order of the web app.</summary>
[Cmdlet(VerbsCommon.Get, "CopperCustomFieldOption")]
[OutputType(typeof(CopperCustomFieldOption))]
public sealed class GetCopperCustomFieldOptionCommand : SessionCmdlet
{
    private const string Entity = "custom field definition";
    private bool _forgotten;

    /// <summary>The fields: definitions, their ids or their names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(CustomFieldDefinitionCompleter))]
    public CopperReference?[] Field { get; set; } = [];

    /// <summary>The names of the choices; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CustomFieldOptionCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Ask the service again instead of using what the session keeps.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool IsAskedFor(CopperUnreadableRecordException item) => true;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Force && !_forgotten)
        {
            _forgotten = true;
            Client.Metadata.CustomFieldDefinitions.Forget();
        }

        foreach (var field in Field)
        {
            try
            {
                WriteOptions(field ?? throw WireValues.Refuse("The custom field is null.", null));
            }
            catch (RefusedException refusal)
            {
                WriteError(refusal.Record);
            }
        }
    }

    private void WriteOptions(CopperReference field)
    {
        if (!TryFind(field, out var definition))
        {
            return;
        }

        var options = definition.Options.OrderBy(static option => option.Rank ?? long.MaxValue).ToArray();
        if (Name is null)
        {
            WriteObject(options, enumerateCollection: true);
            return;
        }

        foreach (var name in Name)
        {
            var pattern = Wildcards.Of(name);
            var found = options.Where(option => option.Name is not null && (pattern.IsMatch(option.Name) || string.Equals(option.Name, name, StringComparison.OrdinalIgnoreCase))).ToArray();
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(ErrorRecords.NoSuchName(
                    $"option of {definition.Name}",
                    name,
                    Candidates.Of(name, options.Select(static option => option.Name), "It has none."),
                    $"Get-CopperCustomFieldOption {definition.Id} lists all of them."));
            }

            WriteObject(found, enumerateCollection: true);
        }
    }

    private bool TryFind(CopperReference field, out CopperCustomFieldDefinition definition)
    {
        definition = null!;
        var list = Client.Metadata.CustomFieldDefinitions;
        if (!TryCall(token => Resolver.ResolveAsync(field, Entity, token), field.Name, out field))
        {
            return false;
        }

        var id = WireValues.IdOf(field, Entity);
        if (!TryCall(token => list.FindAsync(id, token), id, out var found))
        {
            return false;
        }

        if (found.Count == 0)
        {
            WriteError(ErrorRecords.NoSuchId(Entity, id));
            return false;
        }

        definition = found[0];
        return true;
    }
}
