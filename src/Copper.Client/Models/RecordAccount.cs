namespace Copper.Client.Models;

/// <summary>
/// The account that records are read from. An id means a record in its own account only: in another one it means another record.
/// </summary>
/// <param name="address">The address of the service.</param>
/// <param name="credential">Tells two credentials apart without telling either.</param>
/// <param name="userName">Who is calling; null where nothing tells.</param>
public sealed class RecordAccount(Uri address, string credential, string? userName)
{
    private readonly string _credential = credential;

    /// <summary>The address of the service.</summary>
    public Uri Address { get; } = address ?? throw new ArgumentNullException(nameof(address));

    /// <summary>The account's id; null while it is not known.</summary>
    public long? Id { get; set; }

    /// <summary>The account's name; null while it is not known.</summary>
    public string? Name { get; set; }

    /// <summary>The id of the user, who belongs to one account; null while it is not known.</summary>
    public long? UserId { get; set; }

    /// <summary>
    /// Both are one account: of one address, and with the same id. Where an id is not known, the same user or credential tells it;
    /// what nothing tells counts as another account.
    /// </summary>
    public bool IsSame(RecordAccount other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        return other is not null
            && Uri.Compare(
                Address, other.Address, UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.SafeUnescaped,
                StringComparison.OrdinalIgnoreCase) == 0
            && (Id is { } id && other.Id is { } otherId
                ? id == otherId
                : _credential == other._credential || (UserId is { } user && user == other.UserId));
    }

    /// <summary>The name of the account, or of the user, and the host.</summary>
    public override string ToString() => $"{Name ?? userName ?? "token"} @ {Address.Authority}";
}
