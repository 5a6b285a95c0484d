using System.Net;
using System.Text;
using System.Text.Json;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Data.Snapshots;

/// <summary>
/// Reads the records of a snapshot with the names that the account's lists gave them then: a client whose service is the folder. It sends
/// nothing to anybody.
/// </summary>
internal sealed class SnapshotNames : IDisposable
{
    private readonly CopperClient _client;
    private readonly RecordNameLoader _names;
    private readonly CopperSnapshot _snapshot;
    private readonly Dictionary<string, Dictionary<long, string>> _records = new(StringComparer.OrdinalIgnoreCase);

    public SnapshotNames(CopperSnapshot snapshot)
    {
        _snapshot = snapshot;
        _client = new CopperClient(new CopperClientOptions
        {
            Identity = CopperIdentity.FromBearerToken("snapshot"),
            BaseUri = new Uri("https://snapshot.invalid"),
            Handler = new SnapshotHandler(snapshot),
            RateLimits = [],
            BulkRateLimits = [],
            MaxRetries = 0,
            DayFirstDates = snapshot.Manifest.DayFirstDates,
        });
        _names = new RecordNameLoader(_client.Metadata);
    }

    /// <summary>The lists of the account as they were.</summary>
    public CopperMetadata Metadata => _client.Metadata;

    /// <summary>Reads a record.</summary>
    /// <exception cref="SnapshotException">It cannot be read.</exception>
    public ICopperRecord Read(CopperEntity entity, byte[] json)
    {
        try
        {
            var record = _client.ReadRecord(entity, json);
            ICopperRecord[] records = [record];
            if (_names.NeedsLoading(records))
            {
                // The lists come from files at once.
                _names.LoadAsync(records).GetAwaiter().GetResult();
            }

            return record;
        }
        catch (ArgumentException exception)
        {
            throw new SnapshotException($"A {entity.Name} of the snapshot cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The name of a record of the snapshot; null when it has none. The names of an entity are read when the first is asked for.
    /// </summary>
    public string? NameOf(string entity, long id)
    {
        if (!_records.TryGetValue(entity, out var names))
        {
            names = [];
            if (CopperEntities.FindPrimary(entity) is { } kind && _snapshot.Contains(kind))
            {
                foreach (var (key, json) in _snapshot.ReadRaw(kind))
                {
                    using var record = JsonDocument.Parse(json.AsMemory(), RecordDifference.AnyDepth);
                    if (record.RootElement.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String)
                    {
                        names[key] = name.GetString()!;
                    }
                }
            }

            _records[entity] = names;
        }

        return names.TryGetValue(id, out var found) ? found : null;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Responds with the lists of a snapshot.</summary>
    private sealed class SnapshotHandler(CopperSnapshot snapshot) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath.Trim('/');
            var list = SnapshotLayout.Lists.FirstOrDefault(one => one.Path == path).Name;
            var file = list is null ? null : SnapshotLayout.ListFile(list);
            if (file is null || !snapshot.Has(file))
            {
                return new HttpResponseMessage(HttpStatusCode.NotFound)
                {
                    RequestMessage = request,
                    Content = new StringContent("{\"success\":false,\"status\":404,\"message\":\"The snapshot does not have it\"}"),
                };
            }

            var body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(
#if NET
                cancellationToken
#endif
                ).ConfigureAwait(false);
            var isFurtherPage = request.Method == HttpMethod.Post && !body.Contains("\"page_number\":1,");
            var content = isFurtherPage ? Encoding.UTF8.GetBytes("[]") : File.ReadAllBytes(snapshot.PathOf(file));
            var response = new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new ByteArrayContent(content) };
            response.Content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/json");
            return response;
        }
    }
}
