using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Reads the choices of Dropdown and MultiSelect fields, in the order of the web app.</summary>
[Cmdlet(VerbsCommon.Get, "CopperCustomFieldOption", DefaultParameterSetName = FieldSet)]
[OutputType(typeof(CopperCustomFieldOption))]
public sealed class GetCopperCustomFieldOptionCommand : SessionCmdlet, IUnreadableItemReporter
{
    private const string FieldSet = "Field";
    private const string IdSet = "Id";
    private const string DefinitionWord = CopperEntityNames.CustomFieldDefinition;
    private const string OptionWord = "custom field option";

    private bool _forgotten;

    /// <summary>The fields: definitions, their ids or their names.</summary>
    [Parameter(ParameterSetName = FieldSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = IdSet, Position = 0)]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(CustomFieldDefinitionCompleter))]
    public CopperReference?[]? Field { get; set; }

    /// <summary>The ids of the choices; of whatever field, when none is given.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>The names of the choices; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = FieldSet)]
    [TextListTransformation]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CustomFieldOptionCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Only fields that one of these entities has: tells which field is meant when several have the name.</summary>
    [Parameter]
    [EntityTransformation]
    [ValidateSet("Lead", "Person", "Company", "Opportunity", "Project", "Task")]
    [Alias("Type", "EntityType")]
    public string[]? Entity { get; set; }

    /// <summary>Ask the service again instead of using what the session keeps.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Force && !_forgotten)
        {
            _forgotten = true;
            Client.Metadata.CustomFieldDefinitions.Forget();
        }

        if (ParameterSetName == IdSet)
        {
            if (TryFindAll(out var definitions))
            {
                WriteById(definitions);
            }

            return;
        }

        foreach (var field in Field ?? [null])
        {
            if (TryFind(field, out var definition) && IsMeant(definition))
            {
                WriteOptions(definition);
            }
        }
    }

    private bool IsMeant(AccountItem item) => IsMeant((CopperCustomFieldDefinition)item.Record);

    private bool IsMeant(CopperCustomFieldDefinition definition) => Entity is null || Entity.Any(definition.IsAvailableOn);

    private void WriteOptions(CopperCustomFieldDefinition definition)
    {
        var options = InOrder(definition).ToArray();
        if (Name is null)
        {
            WriteObject(options, enumerateCollection: true);
            return;
        }

        foreach (var name in Name)
        {
            var pattern = Wildcards.Of(name);
            var found = options.Where(option => option.Name is not null
                && (pattern.IsMatch(option.Name) || string.Equals(option.Name, name, StringComparison.OrdinalIgnoreCase))).ToArray();
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(ErrorRecords.NoSuchName(
                    $"option of {definition.Name}",
                    name,
                    NameSuggestions.Of(name, options.Select(static option => option.Name), "It has none."),
                    $"Get-CopperCustomFieldOption {definition.Id} lists all of them."));
            }

            WriteObject(found, enumerateCollection: true);
        }
    }

    private void WriteById(IReadOnlyCollection<CopperCustomFieldDefinition> definitions)
    {
        foreach (var reference in Id)
        {
            try
            {
                var option = reference ?? throw RequestValueConverter.Reject("The id of a custom field option is null.", null);
                var id = RequestValueConverter.IdOf(Own(option), OptionWord);
                var found = definitions.SelectMany(InOrder).Where(candidate => candidate.Id == id).ToArray();
                if (found.Length == 0)
                {
                    WriteError(NoSuchOption(id, definitions.Count == 1 ? definitions.First().Name : null));
                }

                WriteObject(found, enumerateCollection: true);
            }
            catch (InputRejectedException rejection)
            {
                WriteError(ErrorRecords.From(rejection));
            }
        }
    }

    private static IEnumerable<CopperCustomFieldOption> InOrder(CopperCustomFieldDefinition definition) =>
        definition.Options.OrderBy(static option => option.Rank ?? long.MaxValue);

    /// <summary>The fields whose choices may be meant; false when none of the given ones was found, which was reported then.</summary>
    private bool TryFindAll(out IReadOnlyList<CopperCustomFieldDefinition> definitions)
    {
        if (Field is null)
        {
            if (!TryCall(Client.Metadata.CustomFieldDefinitions.GetAsync, null, out definitions))
            {
                return false;
            }

            definitions = [.. definitions.Where(IsMeant)];
            return true;
        }

        var found = new List<CopperCustomFieldDefinition>();
        var isAny = false;
        foreach (var field in Field)
        {
            if (TryFind(field, out var definition))
            {
                isAny = true;
                found.AddRange(IsMeant(definition) ? [definition] : []);
            }
        }

        definitions = found;
        return isAny;
    }

    private bool TryFind(CopperReference? field, out CopperCustomFieldDefinition definition)
    {
        definition = null!;
        try
        {
            return TryFindNamed(field ?? throw RequestValueConverter.Reject("The custom field is null.", null), out definition);
        }
        catch (InputRejectedException rejection)
        {
            WriteError(rejection.Reason == InputRejection.AmbiguousName && EntityOfOne(field!.Name) is { } entity
                ? ErrorRecords.WithSuffix(
                    ErrorRecords.From(rejection),
                    $"-Entity tells the kind of record whose field is meant, for example -Entity {EntityWords.ToNoun(entity)}.")
                : ErrorRecords.From(rejection));
            return false;
        }
    }

    /// <summary>A kind of record that has only one of the fields of this name; null when -Entity does not tell them apart.</summary>
    private string? EntityOfOne(string? name)
    {
        var named = (Client.Metadata.CustomFieldDefinitions.Peek() ?? []).Where(definition => IsMeant(definition)
            && string.Equals(definition.Name?.Trim(), name, StringComparison.OrdinalIgnoreCase)).ToArray();
        return CopperEntities.Primary.Select(static entity => entity.Name)
            .FirstOrDefault(entity => named.Count(definition => definition.IsAvailableOn(entity)) == 1);
    }

    private bool TryFindNamed(CopperReference field, out CopperCustomFieldDefinition definition)
    {
        definition = null!;
        var list = Client.Metadata.CustomFieldDefinitions;
        var reference = Own(field);
        if (!TryCall(token => Resolver.ResolveAsync(reference, DefinitionWord, token, IsMeant), field.Name, out field))
        {
            return false;
        }

        var id = RequestValueConverter.IdOf(field, DefinitionWord);
        if (!TryCall(token => list.FindAsync(id, token), id, out var found))
        {
            return false;
        }

        if (found.Count == 0)
        {
            WriteError(ErrorRecords.NoSuchId(DefinitionWord, id));
            return false;
        }

        definition = found[0];
        return true;
    }

    /// <summary>No custom field, or not the one that is meant, has a choice with this id.</summary>
    private static ErrorRecord NoSuchOption(long id, string? field) => ErrorRecords.Create(
        new ItemNotFoundException(
            $"There is no custom field option with the id {id}{(field is null ? string.Empty : $" of '{field}'")}."),
        "CopperNotFound",
        ErrorCategory.ObjectNotFound,
        id,
        "Get-CopperCustomFieldDefinition | Get-CopperCustomFieldOption lists all of them. If it is new, add -Force: the session "
            + "caches it.");
}
