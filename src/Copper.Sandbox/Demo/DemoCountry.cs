namespace Copper.Sandbox.Demo;

/// <summary>What names, addresses and phone numbers of a country look like; # stands for a digit.</summary>
internal sealed record DemoCountry(
    string Code,
    string[] FirstNames,
    string[] LastNames,
    string[] CompanySuffixes,
    string StreetPattern,
    string[] Streets,
    DemoCity[] Cities);

/// <summary>A city with its state, the pattern of its postal codes and that of its phone numbers.</summary>
internal sealed record DemoCity(string Name, string? State, string PostalCode, string Phone);
