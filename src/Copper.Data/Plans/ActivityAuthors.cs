using System.Globalization;
using Copper.Client;
using Copper.Client.Models;

namespace Copper.Data.Plans;

/// <summary>
/// Activities of other users. Whether the service lets one user log them for another is documented nowhere: where it does not, the author
/// and the date go before the details, and the user of the session is the author.
/// </summary>
/// <param name="client">Whose account it is.</param>
internal sealed class ActivityAuthors(CopperClient client)
{
    private const string User = "user_id";
    private const string Details = "details";
    private volatile bool _areRefused;
    private Task<CopperUser>? _self;

    /// <summary>The details with the author and the date before them.</summary>
    /// <param name="author">The name of the author.</param>
    /// <param name="date">When it took place, in Unix seconds; null when nothing tells.</param>
    /// <param name="details">What the activity says.</param>
    public static string TextOf(string author, long? date, string? details) => date is { } seconds
        ? string.Format(
            CultureInfo.InvariantCulture,
            "[{0}, {1:yyyy-MM-dd HH:mm} UTC] {2}",
            author,
            DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime,
            details).TrimEnd()
        : $"[{author}] {details}".TrimEnd();

    /// <summary>What is sent of new activities, once it is known that the service refuses other authors.</summary>
    public async Task<IReadOnlyList<DueStep>> PrepareAsync(IReadOnlyList<DueStep> group, CancellationToken cancellationToken)
    {
        if (!_areRefused)
        {
            return group;
        }

        var prepared = new List<DueStep>();
        foreach (var item in group)
        {
            prepared.Add(await InTextAsync(item, cancellationToken).ConfigureAwait(false) ?? item);
        }

        return prepared;
    }

    /// <summary>
    /// The same activity with its author in the details, after the service has rejected it; null when that changes nothing.
    /// </summary>
    public async Task<DueStep?> AfterRefusalAsync(DueStep item, CopperException? failure, CancellationToken cancellationToken) =>
        item.Step.Entity == CopperEntityNames.Activity && failure is CopperPermissionException or CopperValidationException
            ? await InTextAsync(item, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>An activity was rejected with its author, and taken without.</summary>
    public void NoteRefusal() => _areRefused = true;

    private async Task<DueStep?> InTextAsync(DueStep item, CancellationToken cancellationToken)
    {
        if (!item.Fields.Contains(User) || item.Fields[User] is not long user
            || user == (await (_self ??= client.GetCurrentUserAsync(cancellationToken)).ConfigureAwait(false)).Id)
        {
            return null;
        }

        var users = await client.Metadata.Users.GetAsync(cancellationToken).ConfigureAwait(false);
        var author = users.FirstOrDefault(one => one.Id == user)?.Name ?? user.ToString(CultureInfo.InvariantCulture);
        var fields = item.Fields.Copy();
        fields.Remove(User);
        fields[Details] = TextOf(
            author,
            fields.Contains("activity_date") ? fields["activity_date"] as long? : null,
            fields.Contains(Details) ? fields[Details] as string : null);
        return item with { Fields = fields };
    }
}
