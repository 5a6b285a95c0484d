using System.Text.Json;
using Copper.Client.Models;

namespace Copper.Client.Hub;

/// <summary>The operations that kinds of records of the CopperHub share. Comments cannot be updated: there is no action for it.</summary>
/// <typeparam name="T">The model.</typeparam>
public class CopperHubEndpoint<T>
    where T : class, ICopperRecord
{
    private readonly CopperHubClient _client;

#pragma warning disable CS8618 // Whoever derives from it overrides what is used.
    /// <summary>For tests of code that uses it: a class that derives from it overrides what is used.</summary>
    protected CopperHubEndpoint()
    {
    }
#pragma warning restore CS8618

    internal CopperHubEndpoint(CopperHubClient client, CopperHubEntity<T> entity)
    {
        _client = client;
        Entity = entity;
    }

    /// <summary>The kind of record.</summary>
    public virtual CopperHubEntity<T> Entity { get => Substitute.Part(field, this); }

    /// <summary>Reads one record.</summary>
    /// <param name="id">The record's id.</param>
    /// <param name="known">
    /// What is known of it besides, in the API's own words: fills in what the response leaves out. Null for nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="CopperNotFoundException">There is none with this id, or the user may not see it.</exception>
    /// <exception cref="CopperProtocolException">The service returned another record than that, or none that can be read.</exception>
    public virtual Task<T> GetAsync(long id, JsonBody? known = null, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_client, this);
        var request = new CopperHubRequest("read_" + Entity.Noun) { Id = Checked(id) };
        return _client.SendAsync(
            request,
            (envelope, response, _) =>
            {
                if (known is null && envelope.Data.ValueKind != JsonValueKind.Object)
                {
                    throw new JsonException($"its data is no object with the attributes of {CopperEntityNames.WithArticle(Entity.Name)}.");
                }

                var record = _client.Records.Attach(Entity.Read(envelope.Data, known, id));
                return record.Id == id
                    ? record
                    : throw RecordReader.OtherRecord(request.ToHttp(), response, Entity.Name, id, record.Id);
            },
            null,
            cancellationToken);
    }

    /// <summary>Creates a record and returns its id, which is all that the service returns.</summary>
    /// <exception cref="CopperValidationException">The service rejects the attributes.</exception>
    /// <exception cref="CopperOutcomeUnknownException">
    /// Whether the record was created is unknown; the request was not sent twice.
    /// </exception>
    public virtual Task<long> CreateAsync(JsonBody attributes, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_client, this);
        return _client.SendAsync(
            new CopperHubRequest("create_" + Entity.Noun) { Data = attributes },
            static (envelope, _, _) => envelope.Number("ID"),
            null,
            cancellationToken);
    }

    /// <summary>Updates the given attributes and no others; null clears one.</summary>
    /// <exception cref="CopperNotFoundException">There is none with this id, or the user may not see it.</exception>
    /// <exception cref="CopperValidationException">The service rejects the attributes.</exception>
    public virtual Task UpdateAsync(long id, JsonBody attributes, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_client, this);
        return _client.SendAsync(
            new CopperHubRequest("update_" + Entity.Noun) { Id = Checked(id), Data = attributes },
            static (_, _, _) => true,
            null,
            cancellationToken);
    }

    /// <summary>Deletes a record for good.</summary>
    /// <exception cref="CopperNotFoundException">There is none with this id, or the user may not delete it.</exception>
    public virtual Task DeleteAsync(long id, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_client, this);
        return _client.SendAsync(
            new CopperHubRequest("delete_" + Entity.Noun) { Id = Checked(id), Fields = { new("confirm_delete", "1") } },
            static (_, _, _) => true,
            static () => true,
            cancellationToken);
    }

    /// <summary>A record of what is known of it, without a request.</summary>
    /// <param name="id">The record's id.</param>
    /// <param name="known">Its attributes in the API's own words.</param>
    public virtual T Describe(long id, JsonBody known)
    {
        Substitute.Check(_client, this);
        return _client.Records.Attach(Entity.Read(default, known ?? throw new ArgumentNullException(nameof(known)), id));
    }

    private long Checked(long id) => id > 0
        ? id
        : throw new ArgumentOutOfRangeException(
            nameof(id), id, $"The id of {CopperEntityNames.WithArticle(Entity.Name)} is a positive whole number.");
}
