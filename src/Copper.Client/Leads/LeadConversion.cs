using Copper.Client.Models;

namespace Copper.Client;

/// <summary>
/// What a lead is converted to (developer.copper.com/leads/convert-a-lead): a person, a company unless it is left out, and an opportunity
/// when it has a name. What is not set is taken from the lead; null takes away what was set.
/// </summary>
/// <remarks>
/// Properties that end in Id take ids; those without take names, which the client resolves by the lists of the account when it sends the
/// request. Of two that mean the same the one that was set last counts.
/// </remarks>
/// <example><code>
/// await client.LeadActions.ConvertAsync(lead.Id, new LeadConversion { OpportunityName = "First order", Stage = "Proposal" })
/// </code></example>
public sealed class LeadConversion : ICompletable
{
    private const string NameMember = "name";
    private const string IdMember = "id";
    private const string ExactMember = "exact_match";
    private const string TypeMember = "contact_type_id";
    private const string AssigneeMember = "assignee_id";
    private const string PipelineMember = "pipeline_id";
    private const string StageMember = "pipeline_stage_id";
    private const string ValueMember = "monetary_value";
    private readonly MemberSet _person = new();
    private readonly MemberSet _company = new();
    private readonly MemberSet _opportunity = new();

    /// <summary>The person's name.</summary>
    public string? PersonName
    {
        get => _person.Get<string>(NameMember);
        set => _person.SetOrRemove(NameMember, value);
    }

    /// <summary>The id of the person's contact type.</summary>
    public long? ContactTypeId
    {
        get => _person.Get<long?>(TypeMember);
        set => _person.SetOrRemove(TypeMember, value);
    }

    /// <summary>The name of the person's contact type.</summary>
    public string? ContactType
    {
        get => _person.GetWaiting(TypeMember) as string;
        set => SetName(_person, TypeMember, value, CopperEntityNames.ContactType);
    }

    /// <summary>The id of the user who owns the person.</summary>
    public long? AssigneeId
    {
        get => _person.Get<long?>(AssigneeMember);
        set => _person.SetOrRemove(AssigneeMember, value);
    }

    /// <summary>The user who owns the person: name, e-mail address, or me.</summary>
    public string? Assignee
    {
        get => _person.GetWaiting(AssigneeMember) as string;
        set => SetName(_person, AssigneeMember, value, CopperEntityNames.User);
    }

    /// <summary>The id of the company that the person belongs to.</summary>
    public long? CompanyId
    {
        get => _company.Get<long?>(IdMember);
        set => _company.SetOrRemove(IdMember, value);
    }

    /// <summary>The name of the company, which the service finds or creates; by default that of the lead.</summary>
    public string? CompanyName
    {
        get => _company.Get<string>(NameMember);
        set => _company.SetOrRemove(NameMember, value);
    }

    /// <summary>Goes with <see cref="CompanyName"/>: only a company of exactly this name is taken for it.</summary>
    public bool? ExactMatch
    {
        get => _company.Get<bool?>(ExactMember);
        set => _company.SetOrRemove(ExactMember, value);
    }

    /// <summary>No company is taken or created.</summary>
    public bool WithoutCompany { get; set; }

    /// <summary>The name of the opportunity. Without one none is created.</summary>
    public string? OpportunityName
    {
        get => _opportunity.Get<string>(NameMember);
        set => _opportunity.SetOrRemove(NameMember, value);
    }

    /// <summary>The id of the opportunity's pipeline.</summary>
    public long? PipelineId
    {
        get => _opportunity.Get<long?>(PipelineMember);
        set => _opportunity.SetOrRemove(PipelineMember, value);
    }

    /// <summary>The name of the opportunity's pipeline.</summary>
    public string? Pipeline
    {
        get => _opportunity.GetWaiting(PipelineMember) as string;
        set => SetName(_opportunity, PipelineMember, value, CopperEntityNames.Pipeline);
    }

    /// <summary>The id of the opportunity's stage.</summary>
    public long? PipelineStageId
    {
        get => _opportunity.Get<long?>(StageMember);
        set => _opportunity.SetOrRemove(StageMember, value);
    }

    /// <summary>
    /// The name of the opportunity's stage: of the pipeline that is given, or the only one of that name, whose pipeline is sent with it.
    /// </summary>
    public string? Stage
    {
        get => _opportunity.GetWaiting(StageMember) as string;
        set => SetWaiting(
            _opportunity, StageMember, value, (account, fields, token) => OpportunityFields.FindStageAsync(account, fields, value!, token));
    }

    /// <summary>What the opportunity may be worth, in whole units of the currency.</summary>
    public decimal? MonetaryValue
    {
        get => _opportunity.Get<decimal?>(ValueMember);
        set => _opportunity.SetOrRemove(ValueMember, value);
    }

    /// <summary>The id of the user who owns the opportunity.</summary>
    public long? OpportunityAssigneeId
    {
        get => _opportunity.Get<long?>(AssigneeMember);
        set => _opportunity.SetOrRemove(AssigneeMember, value);
    }

    /// <summary>The user who owns the opportunity: name, e-mail address, or me.</summary>
    public string? OpportunityAssignee
    {
        get => _opportunity.GetWaiting(AssigneeMember) as string;
        set => SetName(_opportunity, AssigneeMember, value, CopperEntityNames.User);
    }

    /// <summary>
    /// Further members, by the API's own names: <c>Details["person"]</c> and the like take the place of what the properties say of it.
    /// </summary>
    public JsonBody Details { get; } = [];

    async Task<JsonBody> ICompletable.CompleteAsync(IAccountNames account, CancellationToken cancellationToken)
    {
        Check();
        var details = new JsonBody();
        await AddAsync(CopperEntityNames.Person, _person).ConfigureAwait(false);
        await AddAsync(CopperEntityNames.Company, _company).ConfigureAwait(false);
        await AddAsync(CopperEntityNames.Opportunity, _opportunity).ConfigureAwait(false);
        if (WithoutCompany)
        {
            // An empty name is the API's word for none; leaving it out would create one.
            details[CopperEntityNames.Company] = new JsonBody { [NameMember] = string.Empty };
        }

        foreach (var member in Details)
        {
            details[member.Key] = member.Value;
        }

        return details;

        async Task AddAsync(string name, MemberSet members)
        {
            var body = await members.CompleteAsync(account, cancellationToken).ConfigureAwait(false);
            if (body.Count > 0)
            {
                details[name] = body;
            }
        }
    }

    private void Check()
    {
        if ((CompanyId is not null ? 1 : 0) + (CompanyName is not null ? 1 : 0) + (WithoutCompany ? 1 : 0) > 1)
        {
            throw new ArgumentException(
                $"A lead is converted to one company or none: set one of {nameof(CompanyId)}, {nameof(CompanyName)} and "
                    + $"{nameof(WithoutCompany)}.");
        }

        if (ExactMatch is not null && CompanyName is null)
        {
            throw new ArgumentException($"{nameof(ExactMatch)} says how {nameof(CompanyName)} is compared: set that too.");
        }

        if (string.IsNullOrWhiteSpace(OpportunityName) && new[] { PipelineMember, StageMember, ValueMember, AssigneeMember, NameMember }
            .Any(_opportunity.Contains))
        {
            throw new ArgumentException($"An opportunity is created only when it has a name: set {nameof(OpportunityName)}.");
        }
    }

    private static void SetName(MemberSet members, string member, string? name, string entity) => SetWaiting(
        members,
        member,
        name,
        async (account, _, token) => await account.FindIdAsync(name!, entity, token).ConfigureAwait(false));

    private static void SetWaiting(
        MemberSet members,
        string member,
        string? name,
        Func<IAccountNames, JsonBody, CancellationToken, Task<object?>> completeAsync)
    {
        if (name is null)
        {
            members.SetOrRemove(member, null);
        }
        else
        {
            members.SetWaiting(member, name, completeAsync);
        }
    }
}
