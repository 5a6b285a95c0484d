namespace Copper.Data.Columns;

/// <summary>What a column holds, and so how the text of a cell becomes a field of the request body.</summary>
public enum ColumnKind
{
    /// <summary>Text as it is.</summary>
    Text,

    /// <summary>A part of somebody's name; the full name changes with it.</summary>
    NamePart,

    /// <summary>An amount in units of the currency, or another number with a fraction.</summary>
    Number,

    /// <summary>A number without a fraction.</summary>
    WholeNumber,

    /// <summary>A percentage without a fraction, 0 to 100.</summary>
    Percentage,

    /// <summary>A calendar date without a time zone.</summary>
    Day,

    /// <summary>A moment, sent as Unix seconds.</summary>
    Time,

    /// <summary>The name of something in one of the account's lists, sent as its id.</summary>
    ListName,

    /// <summary>The name of another record, sent as its id.</summary>
    RecordName,

    /// <summary>The id of another record.</summary>
    RecordId,

    /// <summary>The entity of the record that this one belongs to, in the API's singular word.</summary>
    RelatedType,

    /// <summary>The id of the record that this one belongs to.</summary>
    RelatedId,

    /// <summary>An e-mail address, or several.</summary>
    Email,

    /// <summary>A phone number, or several.</summary>
    Phone,

    /// <summary>A website, or several.</summary>
    Website,

    /// <summary>A social profile, or several.</summary>
    Social,

    /// <summary>A part of the postal address; the other parts stay.</summary>
    AddressPart,

    /// <summary>All tags, separated by semicolons.</summary>
    Tags,

    /// <summary>The value of a custom field.</summary>
    CustomField,
}
