using System.Globalization;
using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Leads;

/// <summary>Makes people of leads, and companies and opportunities where wanted. The leads are gone afterwards.</summary>
/// <remarks>
/// Without a word about the company Copper takes or makes one by itself: by the lead's company name, or else by the domain of
/// its e-mail address, and a similar name counts as the same. -NoCompany prevents that. A person who has the lead's e-mail
/// address already is taken instead of a new one. An opportunity is created only when it is named.
/// </remarks>
[Cmdlet(
    VerbsData.Convert, "CopperLead", DefaultParameterSetName = DefaultSet, SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperLeadConversion))]
public sealed class ConvertCopperLeadCommand : SessionCmdlet
{
    private const string DefaultSet = "Default";
    private const string CompanySet = "Company";
    private const string CompanyNameSet = "CompanyName";
    private const string NoCompanySet = "NoCompany";

    private OrderedWork? _work;
    private BoundParameters? _bound;
    private bool _isOfItem;
    private decimal? _value;
    private LeadConversion? _details;

    /// <summary>The leads to convert: ids, or anything that has one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>The person's name; the lead's without it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public string? PersonName { get; set; }

    /// <summary>The person's contact type.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(ContactTypeCompleter))]
    public CopperReference? ContactType { get; set; }

    /// <summary>The user who owns the person, and the opportunity if one is created; by default the owner of the lead.</summary>
    [Parameter]
    [ReferenceTransformation(TakesOne = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UserCompleter))]
    [Alias("Owner")]
    public CopperReference? Assignee { get; set; }

    /// <summary>A company that is there already.</summary>
    [Parameter(ParameterSetName = CompanySet, Mandatory = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ValidateNotNull]
    public CopperReference? Company { get; set; }

    /// <summary>The name of the company: an existing company of this name is used, else one is created.</summary>
    [Parameter(ParameterSetName = CompanyNameSet, Mandatory = true)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    public string? CompanyName { get; set; }

    /// <summary>A company with a similar name does not count.</summary>
    [Parameter(ParameterSetName = CompanyNameSet)]
    public SwitchParameter ExactMatch { get; set; }

    /// <summary>The person gets no company.</summary>
    [Parameter(ParameterSetName = NoCompanySet, Mandatory = true)]
    public SwitchParameter NoCompany { get; set; }

    /// <summary>The name of an opportunity to make.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public string? OpportunityName { get; set; }

    /// <summary>The opportunity's pipeline; the account's default without it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(PipelineCompleter))]
    public CopperReference? Pipeline { get; set; }

    /// <summary>The opportunity's stage; the first of the pipeline without it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(StageCompleter))]
    public CopperReference? Stage { get; set; }

    /// <summary>What the opportunity may be worth; the lead's value without it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [MoneyTransformation]
    [Alias("Value")]
    public decimal? MonetaryValue { get; set; }

    /// <summary>The number of requests in flight at once, 1 to 32. With 1 each lead is converted before the next is taken.</summary>
    [Parameter]
    [ValidateRange(1, MostAtOnce)]
    [WholeNumberTransformation]
    public int ThrottleLimit { get; set; } = 1;

    private OrderedWork Work => _work ??= WithProgress(NewWork(ThrottleLimit), MyInvocation.ExpectingInput ? null : Id.Length);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _bound = new BoundParameters(MyInvocation);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // What a row or a script block says is said of this lead alone.
        var isOfItem = IsOfItem(nameof(PersonName), PersonName) || IsOfItem(nameof(OpportunityName), OpportunityName)
            || IsOfItem(nameof(ContactType), ContactType) || IsOfItem(nameof(Pipeline), Pipeline) || IsOfItem(nameof(Stage), Stage);
        var value = ValueOfItem();
        if (isOfItem || _isOfItem || value != _value)
        {
            (_details, _isOfItem, _value) = (null, isOfItem, value);
        }

        if (!TryResolveDetails())
        {
            return;
        }

        foreach (var reference in Id)
        {
            try
            {
                Convert(reference ?? throw RequestValueConverter.Reject("The id of a lead is null.", null));
            }
            catch (InputRejectedException rejection)
            {
                var error = IsOneOfMany(Id) && reference?.Id is { } id
                    ? ErrorRecords.WithSuffix(ErrorRecords.From(rejection), $"The lead {id} was not converted.")
                    : ErrorRecords.From(rejection);
                Work.Post(() => WriteError(ErrorRecords.About(error, reference?.Source)));
            }
        }
    }

    /// <summary>Writes what is still in flight.</summary>
    protected override void EndProcessing()
    {
        _work?.Drain();
        CompleteProgress();
    }

    private protected override ErrorRecord? RecordOfMissing(CopperNotFoundException missing, object? target) =>
        target is long id ? LeadGone(missing, id) : null;

    private void Convert(CopperReference reference)
    {
        var id = RequestValueConverter.IdOf(Own(reference), CopperEntityNames.Lead);
        var details = _details!;
        if (!TryFindLead(id, reference.Source, out var lead))
        {
            return;
        }

        var known = lead ?? reference.Source as ICopperRecord;
        if (ShouldProcess(known is null ? $"lead {id}" : $"lead {id} ({known})", Describe(details, lead)))
        {
            StartCall(Work, token => Client.LeadActions.ConvertAsync(id, details, token), id, conversion => Write(id, conversion), id);
        }
    }

    /// <summary>
    /// What is said of the new records is the same for every lead: what cannot be right is one error, before the first lead is converted.
    /// </summary>
    private bool TryResolveDetails()
    {
        try
        {
            _details ??= Details();
            return true;
        }
        catch (InputRejectedException rejection) when (_isOfItem)
        {
            var error = ErrorRecords.From(rejection);
            error = Id.FirstOrDefault()?.Id is { } id ? ErrorRecords.WithSuffix(error, $"The lead {id} was not converted.") : error;
            Work.Post(() => WriteError(ErrorRecords.About(error, Id.FirstOrDefault()?.Source)));
        }
        catch (InputRejectedException rejection)
        {
            RejectForAll(rejection);
        }
        catch (CopperException exception)
        {
            // A name could not be looked up.
            WriteFailure(exception, null);
        }
        catch (ArgumentException exception)
        {
            WriteError(ErrorRecords.From(exception, null));
        }

        return false;
    }

    private void Write(long id, CopperLeadConversion conversion)
    {
        if (conversion.PersonId is null)
        {
            WriteWarning($"Copper confirmed the conversion of lead {id} without saying which records came of it.");
        }

        WriteObject(conversion);
    }

    /// <summary>All that becomes of a lead: nothing brings it back.</summary>
    /// <param name="details">What is said of the new records.</param>
    /// <param name="lead">The lead, if it was piped.</param>
    private string Describe(LeadConversion details, CopperLead? lead)
    {
        var company = ParameterSetName switch
        {
            CompanySet => Values((CopperEntityNames.Company, details.CompanyId, Company, CopperEntityNames.Company)),
            CompanyNameSet => DescribeCompany(CompanyName!),
            NoCompanySet => "no company",
            _ when lead?.CompanyName is { Length: > 0 } name => DescribeCompany(name),
            _ => "the company that Copper finds or creates by the domain of the e-mail address",
        };
        var person = Values(
            (nameof(PersonName), details.PersonName, null, null),
            (nameof(ContactType), details.ContactTypeId, ContactType, CopperEntityNames.ContactType),
            (nameof(Assignee), details.AssigneeId, Assignee, CopperEntityNames.User));
        var text = $"Convert to a person with {company}{(person.Length > 0 ? ", " : null)}{person}";
        var value = lead?.MonetaryValue is { } amount ? Values((nameof(MonetaryValue), amount, null, null)) : string.Empty;
        if (details.OpportunityName is not { } opportunity)
        {
            return $"{text}, and no opportunity" + (value.Length > 0 ? $", so that the lead's {value} is not kept" : string.Empty);
        }

        var terms = Values(
            (nameof(Pipeline), details.PipelineId, Pipeline, CopperEntityNames.Pipeline),
            (nameof(Stage), details.PipelineStageId, Stage, CopperEntityNames.PipelineStage),
            (nameof(MonetaryValue), details.MonetaryValue, null, null));
        string[] rest =
        [
            details.PipelineId is null ? "the default pipeline" : string.Empty,
            details.PipelineStageId is null ? "its first stage" : string.Empty,
            details.MonetaryValue is null && value.Length > 0 ? $"the lead's {value}" : string.Empty,
        ];
        var deal = Values((CopperEntityNames.Opportunity, opportunity, null, null));
        var all = string.Join(", ", rest.Prepend(terms).Where(static part => part.Length > 0));
        return all.Length > 0 ? $"{text}, and {deal} with {all}" : $"{text}, and {deal}";
    }

    /// <summary>
    /// A company that is named: whether it exists is looked up for those who look before. The service also takes one with a similar name,
    /// which only the service itself finds.
    /// </summary>
    private string DescribeCompany(string name)
    {
        var company = Values((CopperEntityNames.Company, name, null, null));
        try
        {
            var ids = ShowsNames ? Await(token => Records.IdsOfAsync(name, CopperEntityNames.Company, token)) : null;
            return ids switch
            {
                null => $"{company} that Copper finds or creates",
                { Count: 0 } => ExactMatch ? $"{company} that Copper creates"
                    : $"{company} that Copper creates, unless it finds one with a similar name",
                { Count: 1 } => FormattableString.Invariant($"{company} that exists (id {ids[0]})"),
                _ => $"{company}, one of several of that name (ids {string.Join(", ", ids)})",
            };
        }
        catch (CopperException)
        {
            return $"{company} that Copper finds or creates";
        }
    }

    /// <summary>
    /// The lead that was piped, or with -WhatIf the one that has the id; null where it cannot be read. False for an id that no lead has,
    /// which was reported then.
    /// </summary>
    private bool TryFindLead(long id, object? source, out CopperLead? lead)
    {
        lead = source as CopperLead;
        try
        {
            lead = lead is null && IsWhatIf ? Await(token => Client.Leads.GetAsync(id, token)) : lead;
        }
        catch (CopperNotFoundException missing)
        {
            Work.Post(() => WriteError(LeadGone(missing, id)));
            return false;
        }
        catch (CopperException)
        {
            // The conversion can be shown without it.
        }

        return true;
    }

    /// <summary>Names and what is given under them, friendly where it is an id: Pipeline 'Sales', MonetaryValue '500'.</summary>
    private string Values(params (string Name, object? Value, CopperReference? Given, string? Entity)[] members)
    {
        var description = new ChangeDescription(Client, Related, ItemsToShow);
        var body = new JsonBody();
        foreach (var (name, value, given, entity) in members.Where(static member => member.Value is not null))
        {
            body[name] = value;
            description.Note(
                name, name, entity is null ? value : given is { IsBlank: false } ? given : CopperReference.From(value!), entity);
        }

        return description.ValuesOf(body);
    }

    /// <summary>What is done is shown, or asked for.</summary>
    private bool ShowsNames => IsPreview || !MyInvocation.BoundParameters.ContainsKey("Confirm");

    /// <summary>The items of a list, for those who look at what would be done. Null for nobody, and where they cannot be read.</summary>
    private IReadOnlyList<AccountItem>? ItemsToShow(AccountList list)
    {
        try
        {
            return ShowsNames ? Await(list.GetAsync) : null;
        }
        catch (CopperException)
        {
            return null;
        }
    }

    /// <summary>What is given as the value: not what a piped lead has itself, which the service takes anyway.</summary>
    private decimal? ValueOfItem() =>
        _bound!.Contains(nameof(MonetaryValue), MonetaryValue, PipedLead) ? MonetaryValue : null;

    private ICopperRecord? PipedLead => Id.FirstOrDefault()?.Source as ICopperRecord;

    private bool IsOfItem(string parameter, object? value) => !_bound!.IsConstant(parameter) && !BoundParameters.IsBlank(value);

    /// <summary>What is given of a lead; null for nothing. What was typed must hold something.</summary>
    private T? Given<T>(string parameter, T? value)
        where T : class => !BoundParameters.IsBlank(value) ? value
            : _bound!.IsConstant(parameter)
                ? throw RequestValueConverter.Reject($"-{parameter} is empty. Give a value, or leave the parameter out.", value)
                : null;

    private LeadConversion Details()
    {
        var conversion = new LeadConversion
        {
            PersonName = Given(nameof(PersonName), PersonName),
            ContactTypeId = IdOf(Given(nameof(ContactType), ContactType), CopperEntityNames.ContactType),
            AssigneeId = IdOf(Assignee, CopperEntityNames.User),
        };
        switch (ParameterSetName)
        {
            case CompanySet:
                conversion.CompanyId = RequestValueConverter.IdOf(
                    (CopperReference)WithRecordIds(Company, CopperEntityNames.Company)!, CopperEntityNames.Company);
                break;
            case CompanyNameSet:
                conversion.CompanyName = CompanyName;
                conversion.ExactMatch = ExactMatch ? true : null;
                break;
            case NoCompanySet when NoCompany:
                conversion.WithoutCompany = true;
                break;
        }

        AddOpportunity(conversion);
        return conversion;
    }

    private void AddOpportunity(LeadConversion conversion)
    {
        _ = Given(nameof(MonetaryValue), (object?)MonetaryValue);
        var (name, pipeline, stage) = (
            Given(nameof(OpportunityName), OpportunityName), Given(nameof(Pipeline), Pipeline), Given(nameof(Stage), Stage));
        if (name is null)
        {
            // The column of a row of leads is the value of the lead, with or without an opportunity.
            var isValueGiven = _value is not null && (PipedLead is not null || _bound!.IsConstant(nameof(MonetaryValue)));
            if (pipeline is not null || stage is not null || isValueGiven)
            {
                throw RequestValueConverter.Reject("-Pipeline, -Stage and -MonetaryValue belong to an opportunity, which is created "
                    + "only when it has a name: give -OpportunityName too. A script block gives each piped lead its own: "
                    + "-OpportunityName { \"Deal with $($_.Name)\" }.", null);
            }

            return;
        }

        conversion.OpportunityName = name;
        AddStage(conversion, stage, IdOf(pipeline, CopperEntityNames.Pipeline));
        if (_value is < 0)
        {
            WarnOnce($"-{nameof(MonetaryValue)} {_value.Value.ToString(CultureInfo.InvariantCulture)} is negative.");
        }

        conversion.MonetaryValue = _value;
        conversion.OpportunityAssigneeId = conversion.AssigneeId;
    }

    /// <summary>
    /// The name of a stage is resolved within the pipeline. Without a pipeline, only one stage may have the name, and that stage
    /// determines the pipeline.
    /// </summary>
    private void AddStage(LeadConversion conversion, CopperReference? named, long? pipeline)
    {
        if (named is not { Name.Length: > 0 })
        {
            conversion.PipelineId = pipeline;
            conversion.PipelineStageId = IdOf(named, CopperEntityNames.PipelineStage);
            return;
        }

        var choice = Await(token => Resolver.FindStagesAsync(named, pipeline is { } id ? [id] : null, token));
        var stage = choice.In(pipeline);
        conversion.PipelineId = stage.PipelineId;
        conversion.PipelineStageId = stage.Id;
    }

    private long? IdOf(CopperReference? reference, string entity) =>
        reference is null ? null : RequestValueConverter.IdOf((CopperReference)WithIds(reference, entity)!, entity);

    /// <summary>A lead to be converted is not there: a conversion takes it away.</summary>
    private static ErrorRecord LeadGone(CopperNotFoundException exception, long id) => ErrorRecords.Create(
        exception,
        "CopperNotFound",
        ErrorCategory.ObjectNotFound,
        id,
        "Check the id. Get-CopperLead -IncludeConverted finds leads that were converted.",
        $"There is no lead with the id {id}. It may have been converted already, which takes the lead away.");
}
