using Copper.Client.Json;
using Copper.Client.Metadata;

namespace Copper.Client.Relations;

/// <summary>
/// The company of a person. It is a relation, of which there is at most one; the field of the record only reads it
/// (developer.copper.com/related-items).
/// </summary>
public static class PersonCompany
{
    private static CopperEntity Person => CopperEntities.Person;

    private static CopperEntity Company => CopperEntities.Company;

    /// <summary>Moves a person from one company to another, or to none. When the new one is rejected, the former one is restored.</summary>
    /// <param name="relations">The relations of the account.</param>
    /// <param name="person">The person's id.</param>
    /// <param name="former">The company that the person is in; null for none.</param>
    /// <param name="wanted">The company to move to; null for none.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    /// <returns>False when the person is in that company already, and nothing was sent.</returns>
    /// <exception cref="PartialChangeException">The person left the former company, and could not be put back.</exception>
    public static async Task<bool> MoveAsync(
        RelatedItemEndpoint relations, long person, long? former, long? wanted, CancellationToken cancellationToken = default)
    {
        if (wanted == former)
        {
            return false;
        }

        if (former is { } old)
        {
            await relations.RemoveAsync(Person, person, Company, old, cancellationToken).ConfigureAwait(false);
        }

        if (wanted is { } company)
        {
            try
            {
                await relations.AddAsync(Person, person, Company, company, cancellationToken).ConfigureAwait(false);
            }
            catch (CopperException failure) when (former is { } lost)
            {
                // A person must not lose a company because the new one was rejected.
                await RestoreAsync(relations, person, lost, failure, cancellationToken).ConfigureAwait(false);
                throw;
            }
        }

        return true;
    }

    private static async Task RestoreAsync(
        RelatedItemEndpoint relations, long person, long company, CopperException failure, CancellationToken cancellationToken)
    {
        try
        {
            await relations.AddAsync(Person, person, Company, company, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperException)
        {
            throw new PartialChangeException(
                $"Half of it is done: the person {person} is not in company {company} any more, and could not be put back. "
                    + ErrorWords.Current.MoveToCompany(person, company),
                failure);
        }
    }
}
