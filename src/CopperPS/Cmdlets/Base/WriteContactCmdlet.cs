using System.Collections;
using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Binding.CustomFields;

namespace CopperPS.Cmdlets.Base;

/// <summary>Writes people, companies and leads: the fields that they have in common.</summary>
/// <typeparam name="T">The model.</typeparam>
public abstract class WriteContactCmdlet<T> : WriteRecordCmdlet<T>, INamedRecordInput
    where T : class, ICopperRecord
{
    private NamedRecordFields<T>? _named;

    private protected WriteContactCmdlet()
    {
    }

    /// <summary>The name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("name")]
    public virtual string? Name { get; set; }

    /// <summary>Free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("details")]
    public string? Details { get; set; }

    /// <summary>The user who owns the record.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(UserCompleter))]
    [Alias("Owner")]
    [Field("assignee_id", Entity = CopperEntityNames.User)]
    public CopperReference? Assignee { get; set; }

    /// <summary>The record's tags, all of them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextListTransformation]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? Tag { get; set; }

    /// <summary>Custom fields and their values.</summary>
    [Parameter]
    [HashtableTransformation(RunsScriptBlocks = true)]
    [ArgumentCompleter(typeof(CustomFieldCompleter))]
    [ValidateNotNull]
    public Hashtable? CustomField { get; set; }

    /// <summary>The phone numbers, all of them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PhoneNumberTransformation]
    [Field("phone_numbers")]
    public CopperPhoneNumber[]? PhoneNumber { get; set; }

    /// <summary>The social profiles, all of them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SocialTransformation]
    [Field("socials")]
    public CopperSocial[]? Social { get; set; }

    /// <summary>The websites, all of them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WebsiteTransformation]
    [Field("websites")]
    public CopperWebsite[]? Website { get; set; }

    /// <summary>Street and number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public string? Street { get; set; }

    /// <summary>The city.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public string? City { get; set; }

    /// <summary>The state or region.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public string? State { get; set; }

    /// <summary>The postal code.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public string? PostalCode { get; set; }

    /// <summary>The country: its two-letter code or its name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [ArgumentCompleter(typeof(CountryCompleter))]
    public string? Country { get; set; }

    /// <summary>The whole address.</summary>
    [Parameter]
    [AddressTransformation]
    public CopperAddress? Address { get; set; }

    private protected override IReadOnlyList<string> NeverRemoved => _named?.NeverRemoved ?? [];

    private protected override void Collect(FieldCollector<T> fields)
    {
        base.Collect(fields);
        _named ??= new NamedRecordFields<T>(this, PositionalScriptBlock.ParametersOf(MyInvocation).Values);
        _named.Collect(fields, this is not IPersonalNameInput || !HasNamePart(fields));
        new ContactFields<T>(this, fields).Collect();
    }

    /// <summary>A part of the name is given, which names the record as well as -Name does.</summary>
    private bool HasNamePart(FieldCollector<T> fields) => this is IPersonalNameInput name
        && (fields.IsSpecified(nameof(name.Prefix), name.Prefix) || fields.IsSpecified(nameof(name.FirstName), name.FirstName)
            || fields.IsSpecified(nameof(name.MiddleName), name.MiddleName) || fields.IsSpecified(nameof(name.LastName), name.LastName)
            || fields.IsSpecified(nameof(name.Suffix), name.Suffix));
}
