namespace Copper.Client.CustomFields;

/// <summary>
/// The words for what a custom field holds (developer.copper.com/custom-fields/general/create-a-new-custom-field-definition).
/// </summary>
public static class CustomFieldTypes
{
    /// <summary>A line of text, up to 255 characters.</summary>
    public const string ShortText = "String";

    /// <summary>Text of any length.</summary>
    public const string LongText = "Text";

    /// <summary>One of several choices.</summary>
    public const string Dropdown = "Dropdown";

    /// <summary>Any number of several choices.</summary>
    public const string MultiSelect = "MultiSelect";

    /// <summary>A day.</summary>
    public const string Date = "Date";

    /// <summary>Yes or no.</summary>
    public const string Checkbox = "Checkbox";

    /// <summary>A number.</summary>
    public const string Number = "Float";

    /// <summary>The address of a page.</summary>
    public const string Url = "URL";

    /// <summary>A number of per cent: 50 is one half.</summary>
    public const string Percentage = "Percentage";

    /// <summary>An amount in units of the field's currency.</summary>
    public const string Currency = "Currency";

    /// <summary>Connections to other records. They are no values of the record: the service lists them under related links.</summary>
    public const string Connect = "Connect";
}
