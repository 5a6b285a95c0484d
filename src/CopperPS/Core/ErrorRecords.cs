using System.Management.Automation;
using System.Net;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Data.ChangeFeed;
using Copper.Data.Configuration;
using Copper.Data.DataSubjects;
using Copper.Data.Import;
using Copper.Data.Plans;
using Copper.Data.Snapshots;

namespace CopperPS.Core;

/// <summary>Every error record of the module is created here: stable id, category, target, and what to do next.</summary>
internal static class ErrorRecords
{
    private const string JournalAdvice = "Give a file that -JournalPath or Start-CopperJournal has written.";

    public static ErrorRecord From(Exception exception, object? target)
    {
        if (exception is InputRejectedException rejection)
        {
            return From(rejection, target);
        }

        if (exception is PartialChangeException partial)
        {
            return WithSuffix(From(partial.Failure, target), partial.Message);
        }

        var (id, category, action) = Classify(exception);
        var record = Create(exception, id, category, target, action);
        return exception is ImportException { Headings.Count: > 0 } import ? WithSuffix(record, ColumnMapFor(import)) : record;
    }

    /// <summary>Input was rejected before anything was sent: the one place where such exceptions become error records.</summary>
    /// <param name="rejection">What is wrong.</param>
    /// <param name="target">What the error is about, where the exception does not state it.</param>
    public static ErrorRecord From(InputRejectedException rejection, object? target = null) => Create(
        rejection,
        rejection.Reason switch
        {
            InputRejection.InvalidId => "CopperInvalidId",
            InputRejection.EntityMismatch => "CopperEntityMismatch",
            InputRejection.OtherAccount => "CopperAccountMismatch",
            InputRejection.UnknownName => "CopperUnknownName",
            InputRejection.AmbiguousName => "CopperAmbiguousName",
            InputRejection.InvalidCustomField => "CopperInvalidCustomField",
            InputRejection.SeveralMatches => "CopperSeveralMatches",
            InputRejection.NothingToSet => "CopperNothingToSet",
            _ => "CopperInvalidArgument",
        },
        rejection.Reason is InputRejection.EntityMismatch or InputRejection.OtherAccount
            ? ErrorCategory.InvalidType
            : ErrorCategory.InvalidArgument,
        rejection.Value ?? target,
        rejection.Advice ?? AdviceOn(rejection));

    /// <summary>An id was given that no record has.</summary>
    public static ErrorRecord NotFound(CopperNotFoundException exception, string entity, long id, object? target = null) => Create(
        exception,
        "CopperNotFound",
        ErrorCategory.ObjectNotFound,
        target ?? id,
        $"Check the id: Get-Copper{EntityWords.ToNoun(entity)} finds {EntityWords.WithArticle(entity)} by its other properties. It "
            + "may have been deleted, or your user may not see it.",
        $"There is no {entity} with the id {id}.");

    /// <summary>No record has an e-mail address.</summary>
    public static ErrorRecord NobodyHas(string address, string entity, object? target) => Create(
        new ItemNotFoundException($"No {entity} has the e-mail address '{address}'."),
        "CopperNotFound",
        ErrorCategory.ObjectNotFound,
        target,
        $"Check the address. Get-Copper{EntityWords.ToNoun(entity)} -Name finds {EntityWords.WithArticle(entity)} by the name.");

    /// <summary>Nothing was found about a person.</summary>
    public static ErrorRecord NothingAbout(string address) => Create(
        new ItemNotFoundException($"Nothing was found about '{address}': no record has the address or mentions it. Nothing was written."),
        "CopperNotFound",
        ErrorCategory.ObjectNotFound,
        address,
        "Check the spelling of the address. Get-CopperPerson -Name finds a person by the name. -SnapshotPath looks in snapshots, too.");

    /// <summary>A list of the account has no item with this id.</summary>
    public static ErrorRecord NoSuchId(string itemName, long id) => Create(
        new ItemNotFoundException($"There is no {itemName} with the id {id}."),
        "CopperNotFound",
        ErrorCategory.ObjectNotFound,
        id,
        $"Get-Copper{EntityWords.ToNoun(itemName)} lists all of them. If it is new, add -Force: the session caches the list.");

    /// <summary>A list of the account has no item of this name.</summary>
    public static ErrorRecord NoSuchName(string itemName, string name, string candidates, string action) => Create(
        new ItemNotFoundException($"There is no {itemName} named '{name}'. {candidates}"),
        "CopperNotFound",
        ErrorCategory.ObjectNotFound,
        name,
        action);

    public static ErrorRecord NotConnected() => Create(
        new InvalidOperationException("There is no connection to Copper in this runspace. Run Connect-Copper first, or hand over a "
            + "session with -Session (Connect-Copper -PassThru returns one). To try without an account: Connect-Copper -Sandbox."),
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
            FileNotFoundException or DirectoryNotFoundException or System.Management.Automation.ItemNotFoundException =>
                ErrorCategory.ObjectNotFound,
            UnauthorizedAccessException => ErrorCategory.PermissionDenied,
            _ => ErrorCategory.ReadError,
        },
        path,
        exception is UnauthorizedAccessException ? "Check the path, and whether you may read there." : "Check the path.");

    /// <summary>The file of a journal cannot be read or written.</summary>
    public static ErrorRecord JournalUnavailable(Exception exception, string path) => Create(
        exception,
        "CopperJournalUnavailable",
        exception switch
        {
            FileNotFoundException or DirectoryNotFoundException => ErrorCategory.ObjectNotFound,
            UnauthorizedAccessException => ErrorCategory.PermissionDenied,
            _ => ErrorCategory.WriteError,
        },
        path,
        exception switch
        {
            FileNotFoundException or DirectoryNotFoundException => "Check the path.",
            UnauthorizedAccessException => "Check the path, and whether you may read and write there.",
            _ => "Check the path, the free space, and whether a run that writes the file still goes on.",
        },
        exception is JournalException ? exception.Message : $"The journal '{path}' cannot be used. {FileProblem(exception, path)}");

    /// <summary>A file that was given as a journal is none.</summary>
    public static ErrorRecord NoJournal(PlanException exception, string path) => Create(
        exception,
        "CopperInvalidPlan",
        ErrorCategory.InvalidData,
        path,
        JournalAdvice);

    /// <summary>A file cannot be written.</summary>
    public static ErrorRecord NotWritable(Exception exception, string path) => Create(
        exception,
        "CopperFileNotWritable",
        exception switch
        {
            FileNotFoundException or DirectoryNotFoundException => ErrorCategory.ObjectNotFound,
            UnauthorizedAccessException => ErrorCategory.PermissionDenied,
            _ => ErrorCategory.WriteError,
        },
        path,
        "Check the path, its folder, the free space, and whether another program has the file open.",
        $"The file '{path}' cannot be written. {FileProblem(exception, path)}");

    /// <summary>A folder cannot be written.</summary>
    public static ErrorRecord FolderNotWritable(Exception exception, string path) => Create(
        exception,
        "CopperFileNotWritable",
        exception is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.WriteError,
        path,
        "Check the path, the free space, and whether you may write there.",
        $"The folder '{path}' cannot be written. {FolderProblem(exception, path)}");

    /// <summary>A journal is begun in a file that is there already.</summary>
    public static ErrorRecord JournalExists(PlanException exception, string path) => Create(
        exception,
        "CopperInvalidPlan",
        ErrorCategory.ResourceExists,
        path,
        "Name a file that is not there yet. What the journal holds is untouched.");

    /// <summary>
    /// Files of a snapshot are not what was written. A script that only asks whether there is output must not take it for sound.
    /// </summary>
    public static ErrorRecord SnapshotDamaged(IReadOnlyList<CopperSnapshotFileTest> files, string path)
    {
        var what = files.Count == 1 ? $"{files[0].File} is {Lowered(files[0])}"
            : $"{files.Count} files are not as they were written, the first of them {files[0].File} ({Lowered(files[0])})";
        return Create(
            new SnapshotException($"The snapshot '{path}' is not sound: {what}. In a condition, use -Quiet, which returns true or false."),
            "CopperInvalidSnapshot",
            ErrorCategory.InvalidData,
            path,
            "Do not rely on this copy: use another one, or another snapshot.");

        static string Lowered(CopperSnapshotFileTest file) => file.Status.ToString().ToLowerInvariant();
    }

    /// <summary>The folder of a snapshot cannot be read or written.</summary>
    public static ErrorRecord SnapshotUnavailable(Exception exception, string path) => Create(
        exception,
        "CopperSnapshotUnavailable",
        exception switch
        {
            FileNotFoundException or DirectoryNotFoundException => ErrorCategory.ObjectNotFound,
            UnauthorizedAccessException => ErrorCategory.PermissionDenied,
            _ => ErrorCategory.WriteError,
        },
        path,
        exception is FileNotFoundException or DirectoryNotFoundException
            ? "Check the path."
            : "Check the path, the free space, and whether a backup into the folder still goes on.",
        $"The folder '{path}' cannot be used. {FolderProblem(exception, path, createsFolders: true)}");

    /// <summary>The file of the state of a feed of changes cannot be read or written.</summary>
    public static ErrorRecord StateUnavailable(Exception exception, string path) => Create(
        exception,
        "CopperStateUnavailable",
        exception is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.WriteError,
        path,
        "Check the path and the free space. The state has not advanced: the next run gets the same changes.",
        $"The state '{path}' cannot be used. {FolderProblem(exception, path)}");

    /// <summary>A step of a plan was not carried out, or nobody knows whether it was.</summary>
    /// <param name="result">What became of it.</param>
    /// <param name="target">The row or the step as it was given.</param>
    public static ErrorRecord OfStep(CopperPlanResult result, object target)
    {
        var place = result.Row is { } row ? FormattableString.Invariant($"Row {row}") : FormattableString.Invariant($"Step {result.Step}");
        var id = result.Id is { } known ? FormattableString.Invariant($" {known}") : string.Empty;
        var name = result.Name is { Length: > 0 } text ? $" '{text}'" : string.Empty;
        var what = $"{place} ({result.Action} {result.Entity}{id}{name})";
        var failure = result.GetFailure();
        if (result.Status == PlanStatus.Unknown)
        {
            var unknown = $"{what}: Whether it was carried out is not known. {result.Reason}";
            return Create(
                failure ?? (Exception)new InvalidOperationException(unknown),
                "CopperOutcomeUnknown",
                failure is null ? ErrorCategory.InvalidOperation : Classify(failure).Category,
                target,
                "With a journal, repeat the command with -Resume: it looks whether the change was made. Without one, look at the record.",
                unknown);
        }

        var message = $"{what}: {result.Reason}";
        var (errorId, category, action) = failure is null
            ? ("CopperStepFailed", ErrorCategory.InvalidOperation, null)
            : Classify(failure);
        return Create(failure ?? (Exception)new InvalidOperationException(message), errorId, category, target, action, message);
    }

    /// <summary>The file or the blob of the shared rate limit cannot be used; nothing was sent to the service.</summary>
    public static ErrorRecord NotShareable(IOException exception, bool isRemote) => Create(
        exception,
        "CopperSharedLimitUnavailable",
        exception.InnerException is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.WriteError,
        null,
        isRemote ? "Correct what the message names, or connect without -SharedLimitUri."
            : "Connect without -SharedLimit, or make the folder writable.");

    /// <summary>A question would have to be asked, and this PowerShell cannot ask one.</summary>
    public static ErrorRecord NobodyAnswers(Exception exception, string target, string action) => Create(
        exception,
        "CopperNobodyAnswers",
        ErrorCategory.InvalidOperation,
        target,
        "Give -Confirm:$false to do it without a question, or -WhatIf to see what would be done.",
        $"Nothing was done: '{action}' on {target} asks before it does so, and this PowerShell has nobody who could answer. Give "
            + "-Confirm:$false to do it without a question.");

    /// <summary>The same error about the item as it was given; about what it was when that is null.</summary>
    public static ErrorRecord About(ErrorRecord error, object? item) => item is null
        ? error
        : new ErrorRecord(error.Exception, error.FullyQualifiedErrorId, error.CategoryInfo.Category, item)
        {
            ErrorDetails = error.ErrorDetails,
        };

    /// <summary>The same error with a sentence added to its message.</summary>
    public static ErrorRecord WithSuffix(ErrorRecord error, string more)
    {
        error.ErrorDetails = new ErrorDetails($"{error.ErrorDetails?.Message ?? error.Exception.Message} {VisibleText.Of(more)}")
        {
            RecommendedAction = error.ErrorDetails?.RecommendedAction,
        };
        return error;
    }

    /// <summary>The same error with a sentence before its message.</summary>
    public static ErrorRecord WithPrefix(ErrorRecord error, string what)
    {
        error.ErrorDetails = new ErrorDetails($"{VisibleText.Of(what)} {error.ErrorDetails?.Message ?? error.Exception.Message}")
        {
            RecommendedAction = error.ErrorDetails?.RecommendedAction,
        };
        return error;
    }

    /// <summary>The same error with another recommendation; null leaves it as it is.</summary>
    public static ErrorRecord WithAdvice(ErrorRecord error, string? action)
    {
        if (action is not null)
        {
            error.ErrorDetails = new ErrorDetails(error.ErrorDetails?.Message ?? error.Exception.Message) { RecommendedAction = action };
        }

        return error;
    }

    /// <summary>What the user gave cannot be right; nothing was sent.</summary>
    public static ErrorRecord Invalid(string message, object? target, string id = "CopperInvalidArgument", string? action = null) =>
        Create(new ArgumentException(message), id, ErrorCategory.InvalidArgument, target, action);

    /// <summary>The parameter that settles headings which stand for no column, or for one that another stands for.</summary>
    /// <summary>The parameter as it can be pasted behind the command.</summary>
    private static string ColumnMapFor(ImportException import)
    {
        var columns = import.Columns.Count == 0 ? new string?[import.Headings.Count] : import.Columns;
        var entries = import.Headings.Zip(columns, static (heading, column) =>
            $"{KeyOf(heading)} = {(column is null ? "$null" : Quoted(column))}");
        var text = $"-ColumnMap @{{ {string.Join("; ", entries)} }}";
        return columns.All(static column => column is null)
            ? $"With {text} {(columns.Count == 1 ? "it is" : "they are")} left out; the name of a column in place of $null maps it."
            : $"Perhaps: {text}{(columns.Contains(null) ? " ($null leaves a column out)" : string.Empty)}.";

        static string KeyOf(string heading) => heading.Length > 0 && (char.IsLetter(heading[0]) || heading[0] == '_')
            && heading.All(static c => char.IsLetterOrDigit(c) || c == '_') ? heading : Quoted(heading);

        static string Quoted(string text) => $"'{text.Replace("'", "''")}'";
    }

    /// <summary>What is wrong where the folder of a file or of a folder is missing or cannot be written; else what .NET says.</summary>
    private static string FolderProblem(Exception exception, string path, bool createsFolders = false)
    {
        if (!Path.IsPathRooted(path) || Path.GetDirectoryName(path) is not { Length: > 0 } folder || Directory.Exists(path)
            || exception is not (IOException or UnauthorizedAccessException))
        {
            return exception.Message;
        }

        var existing = folder;
        while (!Directory.Exists(existing) && !File.Exists(existing) && Path.GetDirectoryName(existing) is { Length: > 0 } above)
        {
            existing = above;
        }

        return File.Exists(existing) ? $"'{existing}' is a file, and no folder."
            : !Directory.Exists(folder) && !createsFolders ? $"The folder '{folder}' does not exist."
            : File.Exists(path) ? exception.Message
            : exception is FileNotFoundException && !createsFolders ? "There is no such file."
            : exception is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException
                ? $"Nothing can be created in the folder '{existing}'. {exception.Message}"
                : exception.Message;
    }

    /// <summary>Why a file cannot be used; a folder is none.</summary>
    private static string FileProblem(Exception exception, string path) =>
        Directory.Exists(path) ? $"'{path}' is a folder, and no file." : FolderProblem(exception, path);

    private static string? AdviceOn(InputRejectedException rejection) => rejection switch
    {
        { FieldEntity: { } entity } => $"Get-CopperCustomFieldDefinition -Entity {EntityWords.ToNoun(entity)} lists all of them.",
        { FieldId: { } field } => $"Get-CopperCustomFieldOption {field} lists all of them.",
        { ListName: { } list, SoughtName: { } name } => $"Get-Copper{EntityWords.ToNoun(list)} -Name '{name.Replace("'", "''")}' "
            + "shows them.",
        { ListName: { } list } => $"Get-Copper{EntityWords.ToNoun(list)} lists all of them.",
        _ => null,
    };

    private static (string Id, ErrorCategory Category, string? Action) Classify(Exception exception) => exception switch
    {
        CopperOutcomeUnknownException unknown => (
            "CopperOutcomeUnknown",
            Classify(unknown.InnerException!).Category,
            "Look whether the record is there before you repeat the command."),
        CopperStateNotReadException => ("CopperUnreadableAnswer", ErrorCategory.ReadError, "The change was made: read the record "
            + "instead of changing it again."),
        CopperAuthenticationException => ("CopperAuthenticationFailed", ErrorCategory.AuthenticationError, "Check the e-mail address "
            + "and the key (in Copper: Settings, Integrations, API Keys), then run Connect-Copper again."),
        CopperPermissionException => ("CopperPermissionDenied", ErrorCategory.PermissionDenied, "Use a key of a user who may do this, "
            + "or have the feature enabled for the account."),
        CopperNotFoundException notFound => ("CopperNotFound", ErrorCategory.ObjectNotFound, AdviceOn(notFound)),
        CopperValidationException { StatusCode: HttpStatusCode.BadRequest } invalid =>
            ("CopperInvalidRequest", ErrorCategory.InvalidArgument, AdviceOnSilence(invalid)),
        CopperValidationException invalid => ("CopperInvalidData", ErrorCategory.InvalidData, AdviceOnSilence(invalid)),
        CopperRateLimitException => ("CopperRateLimitExceeded", ErrorCategory.LimitsExceeded, "Wait, or lower the session's share: "
            + "Connect-Copper -RateLimit '18/6s'."),
        CopperServerException => ("CopperServerError", ErrorCategory.ResourceUnavailable, "Try again later; the status page is "
            + "status.copper.com."),
        CopperChangeNotRecordedException => ("CopperJournalUnavailable", ErrorCategory.WriteError, "Check the path and the free space. "
            + "Stop-CopperJournal ends the journal, Start-CopperJournal begins another one; Get-CopperJournal and Undo-CopperChange read "
            + "what it holds."),
        CopperRedirectException => ("CopperRedirected", ErrorCategory.ConnectionError, "Check -BaseUri."),
        CopperTimeoutException => ("CopperTimeout", ErrorCategory.OperationTimeout, "Try again, or allow more time: Connect-Copper "
            + "-TimeoutSec."),
        CopperConnectionException { IsUnknownName: true } => ("CopperConnectionFailed", ErrorCategory.ConnectionError, "Where only a "
            + "proxy knows the name, give it: Connect-Copper -Proxy. Without a network, Connect-Copper -Sandbox works all the same."),
        CopperConnectionException => ("CopperConnectionFailed", ErrorCategory.ConnectionError, "Test-CopperConnection tells when the "
            + "service can be reached again. Behind a proxy: Connect-Copper -Proxy."),
        CopperUploadException => ("CopperUploadFailed", ErrorCategory.WriteError, "Nothing was attached. Try again; the storage is "
            + "Amazon's, so a proxy or firewall may stand in between."),
        CopperProtocolException { IsTooLarge: true } => (
            "CopperUnreadableAnswer",
            ErrorCategory.InvalidResult,
            "Ask for less at once, for example with -PageSize 50. "
                + "No page of Copper's comes near that size: check -BaseUri and any proxy in between."),
        CopperUnreadableRecordException => ("CopperUnreadableRecord", ErrorCategory.InvalidData, "Look at the record in the web app, "
            + "or at the response as it came: Invoke-CopperRequest -Raw."),
        CopperProtocolException => ("CopperUnreadableAnswer", ErrorCategory.InvalidResult, "Check -BaseUri and any proxy in between."),
        CopperApiException { StatusCode: HttpStatusCode.Conflict } => ("CopperError", ErrorCategory.InvalidOperation, "Somebody else "
            + "may have changed the record at the same moment: read it, and try again if need be."),
        CopperApiException other => ("CopperError", ErrorCategory.InvalidOperation, AdviceOnSilence(other)),
        CopperException => ("CopperError", ErrorCategory.InvalidOperation, null),
        ImportException => ("CopperInvalidImport", ErrorCategory.InvalidData, "Nothing was written. Correct the file or the parameters, "
            + "and run the command again."),
        ConfigurationException => ("CopperInvalidConfiguration", ErrorCategory.InvalidData, "Nothing was sent. Correct the file, or write "
            + "it anew: Export-CopperConfiguration."),
        SnapshotException => ("CopperInvalidSnapshot", ErrorCategory.InvalidData, "Give the folder that Backup-CopperAccount wrote. "
            + "Test-CopperSnapshot tells whether a snapshot is sound."),
        SuppressionListException => ("CopperInvalidSuppressionList", ErrorCategory.InvalidData, "Nothing was changed. Give the file that "
            + "Remove-CopperDataSubject -SuppressionPath wrote."),
        ChangeFeedException => ("CopperInvalidState", ErrorCategory.InvalidData, "Nothing was read, and the state has not changed."),
        PlanException { JournalPath: not null } => ("CopperInvalidPlan", ErrorCategory.InvalidData, JournalAdvice),
        PlanException => ("CopperInvalidPlan", ErrorCategory.InvalidData, "Nothing was sent for this plan. Correct it, or plan again."),
        ArgumentException or FormatException => ("CopperInvalidArgument", ErrorCategory.InvalidArgument, null),
        _ => ("CopperUnexpected", ErrorCategory.NotSpecified, null),
    };

    /// <summary>
    /// A path without an id, such as that of a search or of a list, is there in every account: the address before it is wrong. A record
    /// that was named by its id may be missing.
    /// </summary>
    private static string AdviceOn(CopperNotFoundException notFound) =>
        notFound.Path.Split('?')[0].Split('/').Any(static segment => long.TryParse(segment, out _))
            ? "Check the id: the record may have been deleted, or your user may not see it."
            : "Check -BaseUri of Connect-Copper, or the path where you gave it yourself: nothing of this address is there.";

    private static string? AdviceOnSilence(CopperApiException error) => error.ServerMessage.Length > 0
        ? null
        : "The service gave no reason. Check the values that you gave, the address of the connection and any proxy in between.";

    public static ErrorRecord Create(
        Exception exception, string id, ErrorCategory category, object? target, string? action, string? message = null)
    {
        var record = new ErrorRecord(exception, id, category, target);
        var shown = VisibleText.Of(message ?? ExceptionText.Of(exception));
        if (action is not null || shown != exception.Message)
        {
            record.ErrorDetails = new ErrorDetails(shown) { RecommendedAction = action };
        }

        return record;
    }
}
