using System.Management.Automation;
using Copper.Client;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Leads;

/// <summary>The fields of a lead, for New and Set.</summary>
public abstract class LeadWriteCmdlet : WriteContactCmdlet<CopperLead>, IPersonalNameInput
{
    private protected LeadWriteCmdlet()
    {
    }

    /// <summary>The part of the name before the first name, for example Dr.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("prefix")]
    public string? Prefix { get; set; }

    /// <summary>The first name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("first_name")]
    public string? FirstName { get; set; }

    /// <summary>The middle name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("middle_name")]
    public string? MiddleName { get; set; }

    /// <summary>The last name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("last_name")]
    public string? LastName { get; set; }

    /// <summary>The part of the name after the last name, for example Jr.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("suffix")]
    public string? Suffix { get; set; }

    /// <summary>The e-mail address. A lead has one at most.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmailTransformation(TakesOne = true)]
    [Field("email")]
    public CopperEmail? Email { get; set; }

    /// <summary>The job title.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("title")]
    public string? Title { get; set; }

    /// <summary>The company's name: free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("company_name")]
    public string? CompanyName { get; set; }

    /// <summary>The customer source.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(CustomerSourceCompleter))]
    [Field("customer_source_id", Entity = CopperEntityNames.CustomerSource)]
    public CopperReference? CustomerSource { get; set; }

    /// <summary>What the lead may be worth.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [MoneyTransformation]
    [Alias("Value")]
    [Field("monetary_value")]
    public decimal? MonetaryValue { get; set; }

    /// <summary>The status.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(LeadStatusCompleter))]
    [Field("status_id", Entity = CopperEntityNames.LeadStatus)]
    public CopperReference? Status { get; set; }

    private protected override void Collect(FieldCollector<CopperLead> fields)
    {
        base.Collect(fields);
        fields.WarnOfNegative(this, nameof(MonetaryValue), MonetaryValue);
        new PersonalNameFields<CopperLead>(this, fields).Collect();

        // The flat record calls it so.
        if (!fields.IsSpecified(nameof(CompanyName), CompanyName) && CellValue.Text(fields.Row?["Company"]) is { } company)
        {
            fields.Fields["company_name"] = company;
        }

        fields.AddUnwritten("MonetaryUnit", "leave the cell as it was, or the column out.");
        CollectEmail(fields);
    }

    private void CollectEmail(FieldCollector<CopperLead> fields)
    {
        var email = fields.IsFromRow(nameof(Email), Email) ? Email : null;
        var all = fields.Row is null || WasTyped(nameof(Email)) ? null : fields.Row["Emails"] as string;
        var hasCategory = fields.Row?[nameof(Email)] is not string;
        if (!fields.IsUpdate || (email is null && all is null))
        {
            return;
        }

        fields.Steps.Add(new ReadModifyWriteStep<CopperLead>("email")
        {
            AddFields = (body, present) =>
            {
                if (all is not null && all.Trim() != present.Emails.ToString())
                {
                    AddEmail(body, present, OnlyEmail(all, email, present), hasCategory: false);
                }
                else if (email is not null)
                {
                    AddEmail(body, present, email, hasCategory);
                }
            },
        });
    }

    /// <summary>The column in which a lead shows its addresses is the whole list, which is one at most.</summary>
    private static CopperEmail OnlyEmail(string all, CopperEmail? email, CopperLead present)
    {
        try
        {
            var only = (CopperEmail)new EmailTransformationAttribute { TakesOne = true }.Transform(null!, all)!;
            return email is null || email.Email == present.Email || email.Email == only.Email ? only : throw RequestValueConverter.Reject(
                $"The columns Email and Emails say two things: '{email.Email}' and '{only.Email}'. A lead has one address: leave one "
                    + "of the two columns out.", all);
        }
        catch (ArgumentTransformationMetadataException exception)
        {
            throw RequestValueConverter.Reject(ExceptionText.Of(exception), all);
        }
    }

    private static void AddEmail(JsonBody fields, CopperLead present, CopperEmail email, bool hasCategory)
    {
        var former = present.Emails.Count == 0 ? null : present.Emails[0].Category;
        if (email.Email != present.Email || (hasCategory && email.Category != former))
        {
            if (email.Email != present.Email && ContactPointCheck.ProblemOf(email) is { } problem)
            {
                throw RequestValueConverter.Reject(problem, email.Email);
            }

            fields["email"] = new CopperEmail { Email = email.Email, Category = hasCategory
                || present.Emails.Count == 0 ? email.Category : former };
        }
    }
}
