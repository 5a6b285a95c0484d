using System.Management.Automation;
using Copper.Client.Json;

namespace CopperPS.Binding;

/// <summary>Makes PowerShell objects of plain JSON values, with the members in the order in which they came.</summary>
internal static class JsonObjects
{
    public static object? From(object? value)
    {
        switch (value)
        {
            case AdditionalMembers members:
                var record = new PSObject();
                foreach (var member in members)
                {
                    record.Properties.Add(new PSNoteProperty(member.Key, From(member.Value)));
                }

                return record;
            case JsonArray array:
                return array.Select(From).ToArray();
            default:
                return value;
        }
    }
}
