using System.Globalization;
using Copper.Client;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Data.Plans;

/// <summary>An end of a relation or a connection: which record it is.</summary>
/// <param name="Type">Its entity, in the API's singular word.</param>
/// <param name="Id">Its id.</param>
internal sealed record RecordEnd(string Type, long Id)
{
    /// <summary>Reads an end from a body; null when it is none.</summary>
    /// <param name="value">What stands there.</param>
    /// <param name="typeMember">The name of the member that holds the entity.</param>
    public static RecordEnd? From(object? value, string typeMember = "type")
    {
        object? Member(string name) => value switch
        {
            JsonBody body when body.Contains(name) => body[name],
            AdditionalMembers members when members.TryGetValue(name, out var member) => member,
            _ => null,
        };
        return Member(typeMember) is string type
            && IdOf(Member("id")) is { } id
                ? new RecordEnd(CopperEntities.FindPrimary(type)?.Name ?? type, id)
                : null;
    }

    /// <summary>The id that a value is, a negative one of a plan included; null when it is none.</summary>
    public static long? IdOf(object? value) => value switch
    {
        long and not 0 or int and not 0 => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        string text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 => id,
        _ => null,
    };

    /// <summary>As the client's endpoints take a record.</summary>
    public CopperRelatedResource ToPointer() => new(Type, Id);

    public JsonBody ToBody() => new() { ["id"] = Id, ["type"] = Type };

    public override string ToString() => FormattableString.Invariant($"{Type} {Id}");
}
