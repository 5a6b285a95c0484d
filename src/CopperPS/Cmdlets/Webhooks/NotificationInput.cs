using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Copper.Client;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Webhooks;

/// <summary>
/// A notification in whatever form a host hands it over: the body as text, bytes or an object; $WebhookData of Azure
/// Automation; the request of an Azure Function.
/// </summary>
internal sealed class NotificationInput
{
    // What holds a body, and what the headers are called beside it. RawBody comes before Body, which Functions has parsed already.
    private static readonly (string Body, string Headers)[] Wrappers =
    [
        ("RequestBody", "RequestHeader"),
        ("RawBody", "Headers"),
        ("Body", "Headers"),
    ];

    private readonly object? _headers;

    private NotificationInput(CopperNotification notification, object? headers)
    {
        Notification = notification;
        _headers = headers;
    }

    public CopperNotification Notification { get; }

    /// <summary>The input came with HTTP headers.</summary>
    public bool HasHeaders => _headers is not null;

    /// <exception cref="FormatException">It is no notification; the message states why.</exception>
    public static NotificationInput Read(object? value) => Read(value, null);

    /// <summary>A header of the request, or null.</summary>
    public string? Header(string name) => Member(_headers, name) switch
    {
        null => null,
        string text => text,
        IEnumerable values => string.Join(", ", values.Cast<object?>()),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture),
    };

    private static NotificationInput Read(object? value, object? headers)
    {
        var bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        switch (bare)
        {
            case null:
                throw new FormatException("It is empty.");
            case CopperNotification notification:
                return new NotificationInput(notification, headers);
            case byte[] bytes:
                return new NotificationInput(CopperNotification.Parse(bytes), headers);
            case string text:
                return ReadText(text, headers);
        }

        if (Member(bare, "ids") is null)
        {
            foreach (var wrapper in Wrappers)
            {
                if (Member(bare, wrapper.Body) is { } body and not "")
                {
                    return Read(body, Member(bare, wrapper.Headers) ?? headers);
                }
            }

            throw new FormatException(
                $"An object of type {bare.GetType().Name} has neither ids, type and event nor a body (RequestBody, RawBody, Body).");
        }

        try
        {
            return new NotificationInput(
                CopperNotification.Parse(JsonBodies.From(WithTextDates(RequestValueConverter.Raw(value)))!.ToString()),
                headers);
        }
        catch (ArgumentException exception)
        {
            throw new FormatException(ExceptionText.Of(exception));
        }
    }

    private static NotificationInput ReadText(string text, object? headers)
    {
        try
        {
            return new NotificationInput(CopperNotification.Parse(text), headers);
        }
        catch (FormatException)
        {
            // Runbooks of PowerShell 7 get $WebhookData as JSON text.
            if (headers is null
                && TryParse(text) is { } members
                && members.Names.Any(static name => string.Equals(name, "RequestBody", StringComparison.OrdinalIgnoreCase)))
            {
                return Read(members.ToDictionary(static member => member.Key, static member => member.Value), null);
            }

            throw;
        }
    }

    private static JsonBody? TryParse(string text)
    {
        try
        {
            return JsonBody.Parse(text);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>ConvertFrom-Json makes dates of texts that look like some; they become texts again, with all their digits.</summary>
    private static object? WithTextDates(object? value) => value switch
    {
        DateTime time => time.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("o", CultureInfo.InvariantCulture),
        IDictionary<string, object?> members => members.ToDictionary(
            static member => member.Key,
            static member => WithTextDates(member.Value)),
        object?[] items => items.Select(WithTextDates).ToArray(),
        _ => value,
    };

    /// <summary>A member by its name, whatever its capitals.</summary>
    private static object? Member(object? value, string name)
    {
        var found = value switch
        {
            null or string => null,
            IDictionary dictionary => DictionaryEntries.Of(dictionary)
                .FirstOrDefault(entry => string.Equals(RequestValueConverter.KeyOf(entry), name, StringComparison.OrdinalIgnoreCase)).Value,
            _ => PSObject.AsPSObject(value).Properties[name]?.Value,
        };
        return found is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : found;
    }
}
