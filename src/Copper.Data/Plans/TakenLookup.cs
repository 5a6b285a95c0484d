using Copper.Client;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Data.Plans;

/// <summary>
/// Finds the record that has what must be unique: the e-mail address of a person, the domain of a company. The service rejects a second
/// one, and does not name the first.
/// </summary>
/// <param name="client">Whose account it is.</param>
internal sealed class TakenLookup(CopperClient client)
{
    /// <summary>The record; null when there is none, or nothing of the fields must be unique.</summary>
    public async Task<ICopperRecord?> FindAsync(string entity, JsonBody fields, CancellationToken cancellationToken)
    {
        if (entity == CopperEntityNames.Person)
        {
            foreach (var address in AddressesIn(fields.Contains("emails") ? fields["emails"] : null))
            {
                // The exact look-up shows a new person at once, where a search may lag behind.
                if (await client.FindPersonByEmailAsync(address, cancellationToken).ConfigureAwait(false) is { } person)
                {
                    return person;
                }
            }
        }

        if (entity == CopperEntityNames.Company
            && fields.Contains("email_domain")
            && fields["email_domain"] is string { Length: > 0 } domain)
        {
            var filter = new JsonBody { ["email_domains"] = domain.ToLowerInvariant() };
            await foreach (var company in client.Companies.Search(new SearchQuery { Filter = filter, First = 1 })
                .WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                return company;
            }
        }

        return null;
    }

    private static string[] AddressesIn(object? emails) =>
        JsonBody.Parse(new JsonBody { ["value"] = emails }.ToString())["value"] is JsonArray list
            ? [.. list.OfType<AdditionalMembers>()
                .Select(static item => item.TryGetValue("email", out var address) ? address as string : null)
                .OfType<string>()]
            : [];
}
