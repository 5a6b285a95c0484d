using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>What the service tells about a change (developer.copper.com/webhooks/notification-example).</summary>
public sealed class CopperNotification : IHoldsSecrets
{
    private readonly Dictionary<string, object?> _secrets = new(StringComparer.Ordinal);

    /// <summary>The ids of the records that changed, up to 30.</summary>
    [JsonConverter(typeof(IdListConverter))]
    public CopperList<long> Ids { get; set; } = [];

    /// <summary>The kind of record: person, company, lead, opportunity, project, task, activity_log, or what the service adds.</summary>
    public string? Type { get; set; }

    /// <summary>The kind of change: new, update, delete, or what the service adds.</summary>
    public string? Event { get; set; }

    /// <summary>The subscription that asked for it; null for what a catch-up found.</summary>
    public long? SubscriptionId { get; set; }

    /// <summary>When the record was changed (UTC); null when the service does not state it.</summary>
    public DateTimeOffset? Timestamp { get; set; }

    /// <summary>For updates: the fields that changed, with their values before and after.</summary>
    [JsonConverter(typeof(AttributeChangeConverter))]
    public CopperAttributeChangeList UpdatedAttributes { get; set; } = [];

    /// <summary>The records as they stand now, where they were requested.</summary>
    [JsonIgnore]
    public CopperList<ICopperRecord> Records { get; } = [];

    /// <summary>The ids of which there is no record any more, where the records were asked for.</summary>
    [JsonIgnore]
    public CopperList<long> MissingIds { get; } = [];

    /// <summary>The service did not send it: a search for what changed found it.</summary>
    [JsonIgnore]
    public bool IsCatchUp { get; set; }

    /// <summary>
    /// What the notification holds besides, the pairs of the subscription's secret too. Pairs that were checked, and those whose name is
    /// that of a secret, show as <c>***</c>.
    /// </summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    /// <summary>Reads a notification.</summary>
    /// <param name="json">The body as it was posted.</param>
    /// <exception cref="FormatException">It is none; the message states why.</exception>
    public static CopperNotification Parse(string json) =>
        Parse(Encoding.UTF8.GetBytes(json ?? throw new ArgumentNullException(nameof(json))));

    /// <summary>Reads a notification.</summary>
    /// <param name="utf8Json">The body as it was posted, with or without a byte order mark.</param>
    /// <exception cref="FormatException">It is none; the message states why.</exception>
    public static CopperNotification Parse(byte[] utf8Json)
    {
        var text = new ReadOnlySpan<byte>(utf8Json ?? throw new ArgumentNullException(nameof(utf8Json)));
        if (text.StartsWith(new byte[] { 0xEF, 0xBB, 0xBF }))
        {
            text = text.Slice(3);
        }

        CopperNotification? notification;
        try
        {
            notification = JsonSerializer.Deserialize(text, CopperJson.TypeOf<CopperNotification>());
        }
        catch (JsonException exception)
        {
            // Not the exception's own words: they may quote the body, and the body holds the secret.
            throw new FormatException(string.Format(
                CultureInfo.InvariantCulture,
                "It is no JSON object (line {0}, byte {1}).",
                exception.LineNumber + 1,
                exception.BytePositionInLine + 1));
        }

        if (notification is null
            || notification.Ids.Count == 0
            || string.IsNullOrEmpty(notification.Type)
            || string.IsNullOrEmpty(notification.Event))
        {
            throw new FormatException("It is JSON, but no notification of Copper: ids, type and event are needed.");
        }

        return notification;
    }

    /// <summary>
    /// The notification carries each pair of its subscription's secret. Compared in constant time; pairs that agree are masked from
    /// then on.
    /// </summary>
    /// <param name="secret">The pairs of the subscription's secret.</param>
    /// <exception cref="ArgumentException">There are no pairs, or one has no value: every notification would carry that.</exception>
    public bool Carries(CopperSecretMap secret)
    {
        if (secret is null)
        {
            throw new ArgumentNullException(nameof(secret));
        }

        secret.CheckComplete();

        if (!secret.Matches(Received))
        {
            return false;
        }

        foreach (var name in secret.Keys)
        {
            AdditionalMembers![name] = CopperSecretMap.Mask;
        }

        return true;

        string? Received(string name) =>
            _secrets.TryGetValue(name, out var value) || AdditionalMembers?.TryGetValue(name, out value) == true ? value as string : null;
    }

    /// <summary>As the other overload, with the pairs of the secret as they were given to the subscription.</summary>
    /// <param name="secret">Names and values.</param>
    /// <exception cref="ArgumentException">There are no pairs, or one has no value: every notification would carry that.</exception>
    public bool Carries(IReadOnlyDictionary<string, string> secret) => Carries(secret as CopperSecretMap
        ?? new CopperSecretMap(secret ?? throw new ArgumentNullException(nameof(secret))));

    /// <summary>What has the name of a secret is masked at once, and kept for the comparison.</summary>
    void IHoldsSecrets.RedactSecrets() => Redaction.RedactMembers(AdditionalMembers, inWebhook: true, _secrets);

    /// <summary>Calls custom fields by these names, by the ids of their definitions.</summary>
    public void NameCustomFields(IReadOnlyDictionary<long, string> names)
    {
        foreach (var change in UpdatedAttributes)
        {
            if (change.DefinitionId is { } id && names.TryGetValue(id, out var name))
            {
                change.Name = name;
            }
        }
    }

    /// <summary>For example <c>person update 7, 8</c>.</summary>
    public override string ToString() => $"{Type} {Event} {string.Join(", ", Ids)}";
}
