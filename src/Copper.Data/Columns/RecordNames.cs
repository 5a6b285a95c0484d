using System.Globalization;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Data.Columns;

/// <summary>
/// The names behind the ids in records, as columns show them. A list is read when the first record refers to it, and once in total; an
/// id that it does not have – a user who left – stays as it is.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="inUtc">Moments are shown in UTC instead of local time.</param>
public sealed class RecordNames(CopperClient client, bool inUtc = false)
{
    private readonly RecordNameLoader _loader = new(client.Metadata, asksAgain: true);
    private readonly List<string> _warnings = [];

    /// <summary>Moments are shown in UTC instead of local time.</summary>
    public bool InUtc => inUtc;

    /// <summary>Some list that the columns need for this record is not read yet.</summary>
    public bool NeedsLoading(ICopperRecord record, IEnumerable<Column> columns) => _loader.NeedsLoading(References(record, columns));

    /// <summary>Reads the lists that the columns need for this record and that are not read yet, all at once.</summary>
    /// <exception cref="CopperAuthenticationException">The service does not accept the credential.</exception>
    public async Task LoadAsync(ICopperRecord record, IEnumerable<Column> columns, CancellationToken cancellationToken = default) =>
        Note(await _loader.LoadAsync(References(record, columns), cancellationToken).ConfigureAwait(false));

    /// <summary>Reads a list, if it is not read yet, whatever record may refer to it.</summary>
    /// <exception cref="CopperAuthenticationException">The service does not accept the credential.</exception>
    public async Task LoadListAsync(NameList list, CancellationToken cancellationToken = default)
    {
        if (await _loader.LoadListAsync(list, cancellationToken).ConfigureAwait(false) is { } missed)
        {
            Note([missed]);
        }
    }

    /// <summary>What went wrong while lists were read, in sentences, each once.</summary>
    public IReadOnlyList<string> TakeWarnings()
    {
        string[] taken = [.. _warnings];
        _warnings.Clear();
        return taken;
    }

    /// <summary>The name behind an id; the id as text when the list does not have it or was not read, null without an id.</summary>
    /// <param name="list">The list.</param>
    /// <param name="id">The id.</param>
    /// <param name="category">The category of a type of activities; null for user.</param>
    public string? NameOf(NameList list, long? id, string? category = null) => id is { } number
        ? _loader.NameOf(new NameReference(list, number, category)) ?? number.ToString(CultureInfo.InvariantCulture)
        : null;

    /// <summary>
    /// A moment, to the second and without a zone, in the form that every spreadsheet and database reads: 2026-01-31 08:00:00.
    /// </summary>
    public string? Time(DateTimeOffset? time) =>
        (inUtc ? time?.UtcDateTime : time?.LocalDateTime)?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A day: 2026-01-31. No zone shifts it.</summary>
    public static string? Day(DateTime? day) =>
        day?.ToString(day.Value.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static IEnumerable<NameReference> References(ICopperRecord record, IEnumerable<Column> columns)
    {
        foreach (var column in columns)
        {
            if (column.Reference is { } reference && reference(record) is { Id: { } id } found)
            {
                yield return new NameReference(column.List, id, found.Category);
            }
        }
    }

    private void Note(IEnumerable<MissedList> missed)
    {
        foreach (var list in missed)
        {
            if (list.Failure is CopperAuthenticationException)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(list.Failure).Throw();
            }

            _warnings.Add($"No {list.ItemName} can be looked up, so ids stand in place of the names. {list.Failure.Message}");
        }
    }
}
