using System.Management.Automation;
using System.Net;
using Copper.Client.Entities;
using Copper.Client.Http;
using CopperPS.Binding;

namespace CopperPS.Core;

/// <summary>Every error record of the module is made here: stable id, category, target, and what to do next.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(Exception exception, object? target)
    {
        var (id, category, action) = Classify(exception);
        return Create(exception, id, category, target, action);
    }

    /// <summary>An id was given that no record has.</summary>
    public static ErrorRecord NotFound(CopperNotFoundException exception, string entity, long id, object? target = null) => Create(
        exception,
        "CopperNotFound",
        ErrorCategory.ObjectNotFound,
        target ?? id,
        $"Check the id: Get-Copper{EntityWords.ToNoun(entity)} finds {EntityWords.WithArticle(entity)} by its other properties. It may have been deleted, or your user may not see it.",
        $"There is no {entity} with the id {id}.");

    /// <summary>A lead to be converted is not there: a conversion takes it away.</summary>
    public static ErrorRecord LeadGone(CopperNotFoundException exception, long id) => Create(
        exception,
        "CopperNotFound",
        ErrorCategory.ObjectNotFound,
        id,
        "Check the id. Get-CopperLead -IncludeConverted finds leads that were converted.",
        $"There is no lead with the id {id}. It may have been converted already, which takes the lead away.");

    /// <summary>A list of the account has no item with this id.</summary>
    public static ErrorRecord NoSuchId(string itemName, long id) => Create(
        new ItemNotFoundException($"There is no {itemName} with the id {id}."),
        "CopperNotFound",
        ErrorCategory.ObjectNotFound,
        id,
        $"Get-Copper{EntityWords.ToNoun(itemName)} lists all of them. If it is new, add -Force: the session keeps the list.");

    /// <summary>No custom field, or not the one that is meant, has a choice with this id.</summary>
    public static ErrorRecord NoSuchOption(long id, string? field) => Create(
        new ItemNotFoundException($"There is no custom field option with the id {id}{(field is null ? string.Empty : $" of '{field}'")}."),
        "CopperNotFound",
        ErrorCategory.ObjectNotFound,
        id,
        "Get-CopperCustomFieldDefinition | Get-CopperCustomFieldOption lists all of them. If it is new, add -Force: the session keeps it.");

    /// <summary>A list of the account has no item of this name.</summary>
    public static ErrorRecord NoSuchName(string itemName, string name, string candidates, string action) => Create(
        new ItemNotFoundException($"There is no {itemName} named '{name}'. {candidates}"),
        "CopperNotFound",
        ErrorCategory.ObjectNotFound,
        name,
        action);

    /// <summary>A record of one entity came where another was meant: its id means something else there.</summary>
    public static ErrorRecord EntityMismatch(CopperReference reference, string wanted) => Create(
        new ArgumentException($"{reference} is {EntityWords.WithArticle(reference.EntityType!)}, not {EntityWords.WithArticle(wanted)}. Nothing was sent: ids are unique only within one entity, so its id would hit another record."),
        "CopperEntityMismatch",
        ErrorCategory.InvalidType,
        reference.Source,
        $"Give {EntityWords.WithArticle(wanted)} or its id.");

    public static ErrorRecord NoId(CopperReference reference, string wanted) => reference is { Id: null, Name: null, Source: { } source } && IsForeign(source)
        ? Create(
            new ArgumentException($"'{source}' is an object of the type {source.GetType().FullName}, which is no {wanted} and no row of a table, so that its properties are not taken. Give an id, {EntityWords.WithArticle(wanted)}, or an object with an Id property, which Select-Object makes."),
            "CopperInvalidId",
            ErrorCategory.InvalidArgument,
            source,
            null)
        : NoIdIn(reference, wanted);

    private static bool IsForeign(object source) =>
        source is not (string or ValueType) && PSObject.AsPSObject(source) is var value && !TotalCount.Is(value) && RecordRow.IsForeign(value);

    private static ErrorRecord NoIdIn(CopperReference reference, string wanted) => Create(
        new ArgumentException($"{(reference.IsBlank ? "An empty text" : $"'{reference}'")} is no {wanted}: give {(AccountList.Entities.Contains(wanted) ? "its name, its id" : "a positive whole number")}, {EntityWords.WithArticle(wanted)}, or an object with an Id property."),
        "CopperInvalidId",
        ErrorCategory.InvalidArgument,
        reference.Source,
        reference.Name is { Length: > 0 } name && CopperEntities.FindPrimary(wanted) is not null
            ? $"Records are not looked up by their names, since several may share one. Find it first: Get-Copper{EntityWords.ToNoun(wanted)} -Name '{name.Replace("'", "''")}'"
            : null);

    public static ErrorRecord NotConnected() => Create(
        new InvalidOperationException("There is no connection to Copper in this runspace. Run Connect-Copper first, or hand over a session with -Session (Connect-Copper -PassThru returns one). To try without an account: Connect-Copper -Sandbox."),
        "CopperNotConnected",
        ErrorCategory.ConnectionError,
        null,
        "Run Connect-Copper.");

    public static ErrorRecord SessionClosed(CopperSession session) => Create(
        new InvalidOperationException($"The session '{session}' is closed. Run Connect-Copper again."),
        "CopperSessionClosed",
        ErrorCategory.ConnectionError,
        session,
        "Run Connect-Copper.");

    /// <summary>A file of this machine cannot be read.</summary>
    public static ErrorRecord Unreadable(Exception exception, string path) => Create(
        exception,
        "CopperFileNotReadable",
        exception switch
        {
            FileNotFoundException or DirectoryNotFoundException or System.Management.Automation.ItemNotFoundException => ErrorCategory.ObjectNotFound,
            UnauthorizedAccessException => ErrorCategory.PermissionDenied,
            _ => ErrorCategory.ReadError,
        },
        path,
        null);

    /// <summary>The file of the shared rate limit cannot be used; nothing was sent.</summary>
    public static ErrorRecord NotShareable(IOException exception) => Create(
        exception,
        "CopperSharedLimitUnavailable",
        exception.InnerException is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.WriteError,
        null,
        "Connect without -SharedLimit, or make the folder writable.");

    /// <summary>A question would have to be asked, and this PowerShell cannot ask one.</summary>
    public static ErrorRecord NobodyAnswers(Exception exception, string target, string action) => Create(
        exception,
        "CopperNobodyAnswers",
        ErrorCategory.InvalidOperation,
        target,
        "Give -Confirm:$false to do it without a question, or -WhatIf to see what would be done.",
        $"Nothing was done: '{action}' on {target} asks before it does so, and this PowerShell has nobody who could answer. Give -Confirm:$false to do it without a question.");

    /// <summary>The same error about the item as it was given; about what it was when that is null.</summary>
    public static ErrorRecord About(ErrorRecord error, object? item) => item is null
        ? error
        : new ErrorRecord(error.Exception, error.FullyQualifiedErrorId, error.CategoryInfo.Category, item) { ErrorDetails = error.ErrorDetails };

    /// <summary>The same error, which says something more.</summary>
    public static ErrorRecord WithSuffix(ErrorRecord error, string more)
    {
        error.ErrorDetails = new ErrorDetails($"{error.ErrorDetails?.Message ?? error.Exception.Message} {more}") { RecommendedAction = error.ErrorDetails?.RecommendedAction };
        return error;
    }

    /// <summary>What the user gave cannot be right; nothing was sent.</summary>
    public static ErrorRecord Invalid(string message, object? target, string id = "CopperInvalidArgument") =>
        Create(new ArgumentException(message), id, ErrorCategory.InvalidArgument, target, null);

    private static (string Id, ErrorCategory Category, string? Action) Classify(Exception exception) => exception switch
    {
        CopperOutcomeUnknownException unknown => ("CopperOutcomeUnknown", Classify(unknown.InnerException!).Category, "Look whether the record is there before you repeat the command."),
        CopperStateNotReadException => ("CopperUnreadableAnswer", ErrorCategory.ReadError, "The change was made: read the record instead of changing it again."),
        CopperAuthenticationException => ("CopperAuthenticationFailed", ErrorCategory.AuthenticationError, "Check the e-mail address and the key (in Copper: Settings, Integrations, API Keys), then run Connect-Copper again."),
        CopperPermissionException => ("CopperPermissionDenied", ErrorCategory.PermissionDenied, "Use a key of a user who may do this, or have the feature enabled for the account."),
        CopperNotFoundException => ("CopperNotFound", ErrorCategory.ObjectNotFound, null),
        CopperValidationException { StatusCode: HttpStatusCode.BadRequest } => ("CopperInvalidRequest", ErrorCategory.InvalidArgument, null),
        CopperValidationException => ("CopperInvalidData", ErrorCategory.InvalidData, null),
        CopperRateLimitException => ("CopperRateLimitExceeded", ErrorCategory.LimitsExceeded, "Wait, or lower the session's share: Connect-Copper -RateLimit '18/6s'."),
        CopperServerException => ("CopperServerError", ErrorCategory.ResourceUnavailable, "Try again later; the status page is status.copper.com."),
        CopperRedirectException => ("CopperRedirected", ErrorCategory.ConnectionError, "Check -BaseUri."),
        CopperTimeoutException => ("CopperTimeout", ErrorCategory.OperationTimeout, "Try again, or allow more time: Connect-Copper -TimeoutSec."),
        CopperConnectionException => ("CopperConnectionFailed", ErrorCategory.ConnectionError, "Check the network, the proxy and -BaseUri."),
        CopperUploadException => ("CopperUploadFailed", ErrorCategory.WriteError, "Nothing was attached. Try again; the storage is Amazon's, so a proxy or firewall may stand in between."),
        CopperProtocolException { IsTooLarge: true } => ("CopperUnreadableAnswer", ErrorCategory.InvalidResult, "Ask for less at once, for example with -PageSize 50. No page of Copper's comes near that size: check -BaseUri and any proxy in between."),
        CopperUnreadableRecordException => ("CopperUnreadableRecord", ErrorCategory.InvalidData, "Look at the record in the web app, or at the answer as it came: Invoke-CopperRequest -Raw."),
        CopperProtocolException => ("CopperUnreadableAnswer", ErrorCategory.InvalidResult, "Check -BaseUri and any proxy in between."),
        CopperException => ("CopperError", ErrorCategory.InvalidOperation, null),
        ArgumentException or FormatException => ("CopperInvalidArgument", ErrorCategory.InvalidArgument, null),
        _ => ("CopperUnexpected", ErrorCategory.NotSpecified, null),
    };

    public static ErrorRecord Create(Exception exception, string id, ErrorCategory category, object? target, string? action, string? message = null)
    {
        var record = new ErrorRecord(exception, id, category, target);
        var shown = VisibleText.Of(message ?? exception.Message);
        if (action is not null || shown != exception.Message)
        {
            record.ErrorDetails = new ErrorDetails(shown) { RecommendedAction = action };
        }

        return record;
    }
}
