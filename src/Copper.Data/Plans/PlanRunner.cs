using System.Globalization;
using System.Runtime.CompilerServices;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Plans;

/// <summary>
/// Carries out plans: what others refer to first, ten records in a request where the service can do that, and with a journal so that
/// the run can be resumed and undone. A record that has changed since the plan was made is held.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="options">How the plan is carried out.</param>
public sealed class PlanRunner(CopperClient client, PlanRunnerOptions? options = null)
{
    /// <summary>So many records are read in one request.</summary>
    private const int ChunkSize = 200;

    private const int BulkSize = 10;
    private const string Company = "company_id";
    private readonly PlanRunnerOptions _options = options ?? new PlanRunnerOptions();
    private readonly ActivityAuthors _authors = new(client);

    /// <summary>
    /// Carries out a plan. Each step gives one result, once it is decided; nothing is sent before the result is enumerated. Steps that
    /// a journal says are done give their result without a request.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="journal">Keeps what is changed; null for none.</param>
    /// <param name="cancellationToken">Ends the run. What is in flight is noted in the journal as begun, and resolved when the run is
    /// resumed.</param>
    /// <exception cref="PlanException">The journal is of another plan.</exception>
    /// <exception cref="CopperAuthenticationException">The service does not accept the credential.</exception>
    public async IAsyncEnumerable<CopperPlanResult> RunAsync(
        ChangePlan plan, ChangeJournal? journal = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var run = NewRun(plan, journal);
        await foreach (var result in RunPhasesAsync(run, plan, cancellationToken).ConfigureAwait(false))
        {
            run.Guard.Note(result);
            yield return result;
        }
    }

    private async IAsyncEnumerable<CopperPlanResult> RunPhasesAsync(
        PlanRun run, ChangePlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var step in Steps(plan, PlanAction.Skip, PlanAction.Hold))
        {
            yield return IdleResult(step);
        }

        foreach (var (entity, action, isRelease) in Phases())
        {
            foreach (var chunk in ChunksOf(run, plan, entity, action, isRelease))
            {
                var results = SettingAccess.IsSetting(entity) ? RunSettingsAsync(run, action, chunk, cancellationToken)
                    : LinkAccess.IsLink(entity) ? RunLinksAsync(run, action, chunk, cancellationToken)
                    : RunChunkAsync(run, RecordAccess.Of(client, entity), action, chunk, cancellationToken);
                await foreach (var result in results.ConfigureAwait(false))
                {
                    yield return result;
                }
            }

            if (action == PlanAction.Update && entity == CopperEntityNames.Task && !isRelease)
            {
                await foreach (var result in CompleteReferencesAsync(run, cancellationToken).ConfigureAwait(false))
                {
                    yield return result;
                }
            }
        }
    }

    /// <summary>
    /// Tells what <see cref="RunAsync"/> would do now: it reads the records, decides what it can decide, and sends no change.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="journal">The journal of a run that is to be resumed; null for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PlanException">The journal is of another plan.</exception>
    /// <exception cref="CopperAuthenticationException">The service does not accept the credential.</exception>
    public async IAsyncEnumerable<PlanCheck> CheckAsync(
        ChangePlan plan, ChangeJournal? journal = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var run = NewRun(plan, journal);
        foreach (var step in Steps(plan, PlanAction.Skip, PlanAction.Hold))
        {
            yield return new PlanCheck(step, IdleResult(step));
        }

        foreach (var (entity, action, isRelease) in Phases())
        {
            foreach (var chunk in ChunksOf(run, plan, entity, action, isRelease))
            {
                var (decided, due) = SettingAccess.IsSetting(entity)
                    ? await new SettingSteps(client).PrepareAsync(run, action, chunk, cancellationToken).ConfigureAwait(false)
                    : LinkAccess.IsLink(entity)
                    ? await PrepareLinksAsync(run, action, chunk, cancellationToken).ConfigureAwait(false)
                    : await PrepareAsync(run, RecordAccess.Of(client, entity), action, chunk, cancellationToken).ConfigureAwait(false);
                foreach (var result in decided)
                {
                    yield return new PlanCheck(chunk.First(step => step.Step == result.Step), result);
                }

                foreach (var item in due)
                {
                    if (action == PlanAction.Create)
                    {
                        // To what refers to it the record counts as created.
                        run.References.Promise(item.Step);
                    }

                    yield return new PlanCheck(item.Step, null);
                }
            }
        }
    }

    private PlanRun NewRun(ChangePlan plan, ChangeJournal? journal) => journal is null || journal.IsOf(plan)
        ? new PlanRun(
            plan,
            journal,
            new GroupGuard(client, plan, _options.Except, _options.DateFormat),
            (entity, bodies) => NotedNames.Of(client.Metadata, entity, _options.DateFormat, bodies))
        : throw new PlanException(
            $"The journal '{journal.Path}' is of another plan. Resume with the plan that it was begun with, or name another file.");

    private static CopperPlanResult IdleResult(CopperPlanStep step) =>
        new(step, step.Action == PlanAction.Skip ? PlanStatus.Skipped : PlanStatus.Held, null, null);

    private IEnumerable<CopperPlanStep> Steps(ChangePlan plan, params PlanAction[] actions) =>
        plan.StepsOf(head => actions.Contains(head.Action) && !_options.Except.Contains(head.Step));

    private IEnumerable<CopperPlanStep[]> ChunksOf(PlanRun run, ChangePlan plan, string entity, PlanAction action, bool isRelease)
    {
        var chunk = new List<CopperPlanStep>();
        foreach (var step in plan.StepsOf(head => head.Action == action && head.Entity == entity
            && run.Released.Contains(head.Step) == isRelease && !_options.Except.Contains(head.Step)))
        {
            chunk.Add(step);
            if (chunk.Count == ChunkSize)
            {
                yield return [.. chunk];
                chunk.Clear();
            }
        }

        if (chunk.Count > 0)
        {
            yield return [.. chunk];
        }
    }

    private static IEnumerable<(string Entity, PlanAction Action, bool IsRelease)> Phases()
    {
        foreach (var setting in SettingAccess.Names)
        {
            yield return (setting, PlanAction.Create, false);
            yield return (setting, PlanAction.Update, false);
        }

        // What only one record may have is given up before another one takes it.
        foreach (var entity in RecordAccess.Order)
        {
            yield return (entity, PlanAction.Update, true);
        }

        foreach (var entity in RecordAccess.Order)
        {
            yield return (entity, PlanAction.Create, false);
        }

        foreach (var entity in RecordAccess.Order)
        {
            yield return (entity, PlanAction.Update, false);
        }

        foreach (var link in LinkAccess.Names)
        {
            yield return (link, PlanAction.Create, false);
            yield return (link, PlanAction.Update, false);
            yield return (link, PlanAction.Delete, false);
        }

        foreach (var entity in RecordAccess.Order.Reverse())
        {
            yield return (entity, PlanAction.Delete, false);
        }

        foreach (var setting in SettingAccess.Names)
        {
            yield return (setting, PlanAction.Delete, false);
        }
    }

    private async IAsyncEnumerable<CopperPlanResult> RunChunkAsync(
        PlanRun run, RecordAccess access, PlanAction action, CopperPlanStep[] chunk,
            [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (decided, due) = await PrepareAsync(run, access, action, chunk, cancellationToken).ConfigureAwait(false);
        foreach (var result in decided)
        {
            yield return result;
        }

        await foreach (var result in SendAllAsync(run, access, action, due, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }

        if (action == PlanAction.Create && run.TakeGiven() is { Count: > 0 } given)
        {
            await foreach (var result in ClearGivenAsync(run, access, given, cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
    }

    /// <summary>
    /// Clears what the service has given to new records that were to have nothing there, ten in a request where it can do that. What does
    /// not succeed is one more result about the step.
    /// </summary>
    private async IAsyncEnumerable<CopperPlanResult> ClearGivenAsync(
        PlanRun run, RecordAccess access, IReadOnlyList<(CopperPlanStep Step, long Id, JsonBody Given)> given,
            [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var due = given.Select(static item => new DueStep(
            item.Step.With(PlanAction.Update, id: item.Id), GivenValues.Nulls(item.Given.Names), item.Given)).ToList();
        await foreach (var result in SendAllAsync(run, access, PlanAction.Update, due, cancellationToken).ConfigureAwait(false))
        {
            if (result.Status != PlanStatus.Done)
            {
                var item = due.First(item => item.Step.Step == result.Step);
                var names = string.Join(", ", item.Fields.Names.Select(name => FieldWords.LabelOf(access.Entity.Name, name)));
                yield return new CopperPlanResult(
                    item.Step,
                    result.Status,
                    result.Id,
                    $"It was created, and the service has filled in what was to be empty ({names}), which could not be cleared. "
                        + result.Reason,
                    result.GetFailure());
            }
        }
    }

    /// <summary>Sends steps, several requests at a time.</summary>
    private async IAsyncEnumerable<CopperPlanResult> SendAllAsync(
        PlanRun run, RecordAccess access, PlanAction action, List<DueStep> due,
            [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pending = new Queue<Task<IReadOnlyList<CopperPlanResult>>>();
        try
        {
            foreach (var group in GroupsOf(access.Entity, action, due))
            {
                cancellationToken.ThrowIfCancellationRequested();
                pending.Enqueue(SendAsync(run, access, action, group, cancellationToken));
                if (pending.Count >= Math.Max(1, _options.ThrottleLimit))
                {
                    foreach (var result in await pending.Dequeue().ConfigureAwait(false))
                    {
                        yield return result;
                    }
                }
            }

            while (pending.Count > 0)
            {
                foreach (var result in await pending.Dequeue().ConfigureAwait(false))
                {
                    yield return result;
                }
            }
        }
        finally
        {
            // A consumer that stops early leaves requests in flight: what becomes of them belongs into the journal.
            await Task.WhenAll(pending.Select(static task => task.ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default))).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Reads what must be known of the records before anything is sent. Where that fails, the steps fail and the others go on.
    /// </summary>
    private async Task<(List<CopperPlanResult> Decided, List<DueStep> Due)> PrepareAsync(
        PlanRun run, RecordAccess access, PlanAction action, CopperPlanStep[] chunk, CancellationToken cancellationToken)
    {
        var due = new List<DueStep>();
        try
        {
            var decided = action == PlanAction.Create
                ? await PrepareCreatesAsync(run, access, chunk, due, cancellationToken).ConfigureAwait(false)
                : await PrepareOthersAsync(run, access, action, chunk, due, cancellationToken).ConfigureAwait(false);
            return (decided, due);
        }
        catch (CopperException failure) when (failure is not CopperAuthenticationException)
        {
            return ([.. chunk.Select(step => Unread(run, step, action, failure))], []);
        }
    }

    internal static CopperPlanResult Unread(PlanRun run, CopperPlanStep step, PlanAction action, CopperException failure)
    {
        var earlier = run.Earlier(step.Step, action);
        return earlier is { Status: PlanStatus.Done }
            ? new CopperPlanResult(step, PlanStatus.Done, earlier.Id, "It was done before the run was resumed.")
            : new CopperPlanResult(
                step,
                earlier is { Status: null or PlanStatus.Unknown } ? PlanStatus.Unknown : PlanStatus.Failed,
                null,
                $"Nothing was sent, since the records could not be read. {failure.Message}",
                failure);
    }

    /// <summary>Groups of records for one request each. The company of a person is a relation, which is not set in bulk.</summary>
    private static IEnumerable<IReadOnlyList<DueStep>> GroupsOf(CopperEntity entity, PlanAction action, List<DueStep> due)
    {
        var operation = action switch
        {
            PlanAction.Create => BulkOperations.Create,
            PlanAction.Update => BulkOperations.Update,
            _ => BulkOperations.None,
        };
        var inBulk = operation != BulkOperations.None && (entity.Bulk & operation) != 0;
        var group = new List<DueStep>();
        foreach (var item in due)
        {
            if (!inBulk || IsMove(entity.Name, action, item.Fields))
            {
                yield return [item];
                continue;
            }

            group.Add(item);
            if (group.Count == BulkSize)
            {
                yield return group;
                group = [];
            }
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private static bool IsMove(string entity, PlanAction action, JsonBody fields) =>
        entity == CopperEntityNames.Person && action == PlanAction.Update && fields.Contains(Company);

    private async Task<List<CopperPlanResult>> PrepareCreatesAsync(
        PlanRun run, RecordAccess access, CopperPlanStep[] chunk, List<DueStep> due, CancellationToken cancellationToken)
    {
        var results = new List<CopperPlanResult>();
        var unknown = new List<(CopperPlanStep Step, JsonBody Sent, DateTimeOffset Since)>();
        foreach (var step in chunk)
        {
            var fields = run.References.Map(step.Body(), out var open);
            var begun = run.Earlier(step.Step, PlanAction.Create);

            // What an earlier run could not send yet is still to be set.
            run.Defer(step, begun?.Fields is { } sent ? [.. step.Body().Names.Where(name => IsLeft(name, step.Body(), sent))] : open);
            switch (begun)
            {
                case { Status: PlanStatus.Done, Id: { } id }:
                    run.References.Add(step, id);
                    run.NoteGiven(step, id, GivenValues.In(begun.Fields ?? fields, begun.AfterImage));
                    results.Add(new CopperPlanResult(step, PlanStatus.Done, id, "It was done before the run was resumed."));
                    break;
                case { Status: null or PlanStatus.Unknown } earlier:
                    unknown.Add((step, earlier.Fields ?? fields, earlier.Time));
                    break;
                default:
                    due.Add(new DueStep(step, fields, null));
                    break;
            }
        }

        if (unknown.Count > 0)
        {
            await ResolveCreatesAsync(run, access, unknown, results, due, cancellationToken).ConfigureAwait(false);
        }

        return results;
    }

    /// <summary>A field that was not sent yet, or a custom field among others that the account did not have then.</summary>
    private static bool IsLeft(string name, JsonBody body, JsonBody sent) => !sent.Contains(name)
        || (name == RecordFields.CustomFields && RecordFields.Items(sent[name]).Count < RecordFields.Items(body[name]).Count);

    /// <summary>Looks for what was being created when an earlier run ended.</summary>
    private async Task ResolveCreatesAsync(
        PlanRun run,
        RecordAccess access,
        List<(CopperPlanStep Step, JsonBody Sent, DateTimeOffset Since)> unknown,
        List<CopperPlanResult> results,
        List<DueStep> due,
        CancellationToken cancellationToken)
    {
        var lookup = new CreateLookup(access, _options.DateFormat);
        var wait = unknown.Max(static item => item.Since) + _options.SearchLag - DateTimeOffset.UtcNow;
        if (wait > TimeSpan.Zero)
        {
            await _options.Delay(wait, cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyDictionary<long, CreateFinding> findings;
        try
        {
            findings = await lookup.FindAsync(unknown, run.CreatedIds(access.Entity.Name), cancellationToken).ConfigureAwait(false);
        }
        catch (CopperProtocolException failure)
        {
            // The other steps of the plan do not wait for a response that cannot be read.
            var unreadable = CreateFinding.Missing with { Unreadable = failure.Message };
            findings = unknown.ToDictionary(static item => item.Step.Step, _ => unreadable);
        }

        foreach (var (step, sent, _) in unknown)
        {
            switch (findings[step.Step])
            {
                case { Record: { } record }:
                    run.References.Add(step, record.Id);
                    run.NoteFound(step, record, sent, _options.DateFormat);
                    results.Add(new CopperPlanResult(
                        step, PlanStatus.Done, record.Id, "It had been created when the run was interrupted."));
                    break;
                case { Candidates.Count: > 0 } finding:
                    results.Add(new CopperPlanResult(
                        step,
                        PlanStatus.Held,
                        null,
                        $"It may have been created when the run was interrupted: look at {step.Entity} "
                            + $"{string.Join(", ", finding.Candidates)}."));
                    break;
                case { Unreadable: { } unreadable }:
                    results.Add(new CopperPlanResult(
                        step,
                        PlanStatus.Held,
                        null,
                        "It may have been created when the run was interrupted, and what was created since cannot all be read: "
                            + $"{unreadable} Nothing is created until it can be."));
                    break;
                default:
                    due.Add(new DueStep(step, sent, null));
                    break;
            }
        }
    }

    private async Task<List<CopperPlanResult>> PrepareOthersAsync(
        PlanRun run, RecordAccess access, PlanAction action, CopperPlanStep[] chunk, List<DueStep> due, CancellationToken cancellationToken)
    {
        var results = new List<CopperPlanResult>();
        var left = new List<CopperPlanStep>();
        foreach (var step in chunk)
        {
            if (run.Earlier(step.Step, action) is { Status: PlanStatus.Done })
            {
                results.Add(new CopperPlanResult(step, PlanStatus.Done, null, "It was done before the run was resumed."));
            }
            else if (action == PlanAction.Delete && run.Guard.WhyKept(step) is { } reason)
            {
                results.Add(new CopperPlanResult(step, PlanStatus.Held, null, reason));
            }
            else
            {
                left.Add(step);
            }
        }

        bool MustRead(CopperPlanStep step) => !_options.IsFresh || action == PlanAction.Delete || step.Before is null
            || run.Earlier(step.Step, action) is not null;
        var ids = left.Where(MustRead).Select(static step => step.Id!.Value).Distinct().ToArray();
        var present = ids.Length > 0 ? await access.FindAsync(ids, cancellationToken).ConfigureAwait(false) : null;
        foreach (var step in left)
        {
            if (action == PlanAction.Update && OpenResult(run, step) is { } open)
            {
                results.Add(open);
            }
            else if (!MustRead(step))
            {
                due.Add(new DueStep(step, run.References.Map(step.Body(), out _), run.References.MapFields(step.BeforeBody())));
            }
            else if (!present!.TryGetValue(step.Id!.Value, out var record)
                || (IsOlder(record!, step)
                    && (record = await access.ConfirmAsync(step.Id!.Value, cancellationToken).ConfigureAwait(false)) is null))
            {
                results.Add(action == PlanAction.Delete && run.Earlier(step.Step, action) is not null
                    ? new CopperPlanResult(step, PlanStatus.Done, null, "It had been deleted when the run was interrupted.")
                    : new CopperPlanResult(step, PlanStatus.Failed, null, $"There is no {step.Entity} {step.Id} any more."));
            }
            else if (Decide(run, step, record, due) is { } result)
            {
                results.Add(result);
            }
        }

        return results;
    }

    /// <summary>A step that points to a record which the plan was to create, and did not, is not carried out without it.</summary>
    private static CopperPlanResult? OpenResult(PlanRun run, CopperPlanStep step)
    {
        run.References.Map(step.Body(), out var open);
        return open.Count == 0 ? null : new CopperPlanResult(
            step, PlanStatus.Held, null, $"{string.Join(", ", open)} points to a record that the plan was to create, and did not.");
    }

    /// <summary>Compares a step with its record: carried out, or decided here when the record is not as the plan knew it.</summary>
    private CopperPlanResult? Decide(PlanRun run, CopperPlanStep step, ICopperRecord record, List<DueStep> due)
    {
        if (step.Action == PlanAction.Delete)
        {
            if (IsNewer(record, step) || (step.BeforeBody() is { } whole
                && Differing(whole, RecordFields.ImageOf(record, whole, _options.DateFormat)) is not null))
            {
                return Changed(step, null);
            }

            due.Add(new DueStep(step, [], GivenValues.ImageOfDeleted(record, _options.DateFormat)) { Record = record });
            return null;
        }

        var fields = run.References.Map(step.Body(), out _);
        var image = RecordFields.ImageOf(record, fields, _options.DateFormat);
        if (RecordFields.AreEqual(fields, image))
        {
            var wasBegun = run.Earlier(step.Step, PlanAction.Update) is { } earlier && run.NoteDone(earlier, image);
            return new CopperPlanResult(
                step, wasBegun ? PlanStatus.Done : PlanStatus.Skipped, null, wasBegun ? "It had been updated when the run was interrupted."
                    : "The record has these values already.");
        }

        // A run that was interrupted may have set some of the fields; that of the record's modification is its own then.
        var before = run.Earlier(step.Step, PlanAction.Update)?.BeforeImage ?? run.References.MapFields(step.BeforeBody());
        var isResumed = run.Earlier(step.Step, PlanAction.Update) is not null;
        if (before is not null)
        {
            var stranger = fields.Names.FirstOrDefault(name => before.Contains(name)
                && !RecordFields.AreEqual(name, before[name], image[name])
                && !(isResumed && IsOwnDoing(step, name, fields[name], image[name])));
            if (stranger is not null)
            {
                return Changed(step, stranger);
            }
        }

        if (!isResumed && IsNewer(record, step))
        {
            return Changed(step, null);
        }

        due.Add(new DueStep(step, fields, isResumed && before is not null ? before : image));
        return null;
    }

    /// <summary>The value may be what the interrupted run has set. A person who moves has no company for a moment.</summary>
    private static bool IsOwnDoing(CopperPlanStep step, string field, object? sent, object? present) =>
        RecordFields.AreEqual(field, sent, present) || (step.Entity == CopperEntityNames.Person && field == Company && present is null);

    private static string? Differing(JsonBody one, JsonBody other) =>
        one.Names.FirstOrDefault(name => !RecordFields.AreEqual(name, one[name], other.Contains(name) ? other[name] : null));

    private static bool IsNewer(ICopperRecord record, CopperPlanStep step) =>
        step.ModifiedTime() is { } planned && ModifiedOf(record) is { } modified
            && modified.ToUnixTimeSeconds() > planned.ToUnixTimeSeconds();

    /// <summary>A search that lags shows the record as it was before the plan was made.</summary>
    private static bool IsOlder(ICopperRecord record, CopperPlanStep step) =>
        step.ModifiedTime() is { } planned && ModifiedOf(record) is { } modified
            && modified.ToUnixTimeSeconds() < planned.ToUnixTimeSeconds();

    private static DateTimeOffset? ModifiedOf(ICopperRecord record) =>
        record.GetType().GetProperty("DateModified")?.GetValue(record) as DateTimeOffset?;

    private static CopperPlanResult Changed(CopperPlanStep step, string? field) => new(
        step,
        PlanStatus.Held,
        null,
        $"The {step.Entity} {step.Id} has been changed since the plan was made{(field is null ? string.Empty : $" ({field})")}. Plan "
            + "again, and look at the change.");

    private async Task<IReadOnlyList<CopperPlanResult>> SendAsync(
        PlanRun run, RecordAccess access, PlanAction action, IReadOnlyList<DueStep> group, CancellationToken cancellationToken)
    {
        if (group[0].Record is { } kept
            && await run.Guard.FindLeftAsync(group[0].Step, kept, cancellationToken).ConfigureAwait(false) is { } reason)
        {
            return [new CopperPlanResult(group[0].Step, PlanStatus.Held, null, reason)];
        }

        IReadOnlyList<DependentChange> dependents;
        try
        {
            dependents = run.HasJournal && group[0].Record is { } deleted
                ? await ReadDependentsAsync(deleted, cancellationToken).ConfigureAwait(false)
                : [];
        }
        catch (CopperException failure) when (failure is not CopperAuthenticationException)
        {
            return [Unread(run, group[0].Step, action, failure)];
        }

        group = await _authors.PrepareAsync(group, cancellationToken).ConfigureAwait(false);
        var entries = run.Begin(action, group, dependents);
        IReadOnlyList<WriteOutcome> outcomes;
        if (action == PlanAction.Create)
        {
            outcomes = await access.CreateAsync([.. group.Select(static item => item.Fields)], cancellationToken).ConfigureAwait(false);
        }
        else if (action == PlanAction.Delete)
        {
            var outcome = await access.DeleteAsync(group[0].Step.Id!.Value, cancellationToken).ConfigureAwait(false);

            // The request of the run that was interrupted was carried out late, after the record was read.
            outcomes = [outcome.Failure is CopperNotFoundException && run.Earlier(group[0].Step.Step, action) is not null
                ? new WriteOutcome(null, null) : outcome];
        }
        else if (IsMove(access.Entity.Name, action, group[0].Fields))
        {
            outcomes = [await MoveAsync(access, group[0], cancellationToken).ConfigureAwait(false)];
        }
        else
        {
            outcomes = await access.UpdateAsync(
                [.. group.Select(static item => (item.Step.Id!.Value, item.Fields))],
                    cancellationToken).ConfigureAwait(false);
        }

        var results = run.End(entries, group, outcomes, _options.DateFormat);
        return action != PlanAction.Create ? results
            : access.Entity.Name == CopperEntityNames.Activity
                ? await WithoutAuthorsAsync(run, access, group, outcomes, results, cancellationToken).ConfigureAwait(false)
            : await WithTakenAsync(run, access, group, outcomes, results, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The service may reject activities of other users: they are created once more, with the author and the date in their details.
    /// </summary>
    private async Task<IReadOnlyList<CopperPlanResult>> WithoutAuthorsAsync(
        PlanRun run,
        RecordAccess access,
        IReadOnlyList<DueStep> group,
        IReadOnlyList<WriteOutcome> outcomes,
        IReadOnlyList<CopperPlanResult> results,
        CancellationToken cancellationToken)
    {
        var again = new List<(int Place, DueStep Item)>();
        for (var place = 0; place < group.Count; place++)
        {
            if (await _authors.AfterRefusalAsync(group[place], outcomes[place].Failure, cancellationToken).ConfigureAwait(false)
                is { } item)
            {
                again.Add((place, item));
            }
        }

        if (again.Count == 0)
        {
            return results;
        }

        // Those of one request that was rejected as a whole were not created either.
        again.AddRange(group.Select(static (item, place) => (Place: place, Item: item))
            .Where(own => outcomes[own.Place].Failure is { } failure && again.TrueForAll(other => other.Place != own.Place)
                && again.Exists(other => ReferenceEquals(outcomes[other.Place].Failure, failure)))
            .ToArray());

        DueStep[] items = [.. again.Select(static one => one.Item)];
        var entries = run.Begin(PlanAction.Create, items, []);
        var taken = await access.CreateAsync([.. items.Select(static item => item.Fields)], cancellationToken).ConfigureAwait(false);
        var more = run.End(entries, items, taken, _options.DateFormat);
        var final = results.ToArray();
        for (var i = 0; i < again.Count; i++)
        {
            if (more[i].Status == PlanStatus.Done)
            {
                _authors.NoteRefusal();
            }

            final[again[i].Place] = more[i];
        }

        return final;
    }

    /// <summary>What a deletion takes with it. Where that cannot be read, the journal has the record alone.</summary>
    private async Task<IReadOnlyList<DependentChange>> ReadDependentsAsync(ICopperRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return await new DependentRecords(client, _options.DateFormat).ReadAsync(record, cancellationToken).ConfigureAwait(false);
        }
        catch (CopperPermissionException)
        {
            return [];
        }
    }

    /// <summary>
    /// Somebody has created a record between the plan and the run, and the service rejects a second one with the address or the domain:
    /// the records are looked at again. Where whoever made the plan can plan its row again, that is carried out; else the step is held.
    /// </summary>
    private async Task<IReadOnlyList<CopperPlanResult>> WithTakenAsync(
        PlanRun run,
        RecordAccess access,
        IReadOnlyList<DueStep> group,
        IReadOnlyList<WriteOutcome> outcomes,
        IReadOnlyList<CopperPlanResult> results,
        CancellationToken cancellationToken)
    {
        var final = results.ToArray();
        for (var place = 0; place < group.Count; place++)
        {
            if (outcomes[place].Failure is not CopperValidationException failure)
            {
                continue;
            }

            try
            {
                if (await new TakenLookup(client).FindAsync(access.Entity.Name, group[place].Fields, cancellationToken)
                    .ConfigureAwait(false) is { } taken)
                {
                    final[place] = await ReplanAsync(
                        run, access, group[place].Step, taken, failure, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (CopperException exception) when (exception is not CopperAuthenticationException)
            {
                // The rejection stands; why the second look failed adds nothing to it.
            }
        }

        return final;
    }

    private async Task<CopperPlanResult> ReplanAsync(
        PlanRun run, RecordAccess access, CopperPlanStep step, ICopperRecord taken, CopperValidationException failure,
            CancellationToken cancellationToken)
    {
        var seen = $"There is {access.Entity.Name} {taken.Id} '{taken}' with the address or domain, which must be unique: somebody has "
            + "created it since, or the plan did not find it";
        CopperPlanResult Held(string more) => new(step, PlanStatus.Held, null, $"{seen}. {more} {failure.Message}");
        if (_options.Replan is null)
        {
            return Held("Plan again, and look at the change.");
        }

        var again = await _options.Replan(step, cancellationToken).ConfigureAwait(false);
        switch (again?.Action)
        {
            case PlanAction.Update:
                var update = again.With(step: step.Step, row: step.Row);
                var fields = run.References.Map(update.Body(), out var open);
                if (open.Count > 0)
                {
                    return Held("Plan again, and look at the change.");
                }

                var due = new DueStep(update, fields, update.BeforeBody());
                return (await SendAsync(run, access, PlanAction.Update, [due], cancellationToken).ConfigureAwait(false))[0];
            case PlanAction.Skip:
                return new CopperPlanResult(
                    again.With(step: step.Step, row: step.Row), PlanStatus.Skipped, again.Id, $"{seen}. {again.Reason}");
            case PlanAction.Hold:
                return Held(again.Reason ?? string.Empty);
            default:
                return Held("No rule finds it from the row: look at both.");
        }
    }

    /// <summary>Updates a person whose company changes: the other fields first, then the relation.</summary>
    private static async Task<WriteOutcome> MoveAsync(RecordAccess access, DueStep item, CancellationToken cancellationToken)
    {
        var id = item.Step.Id!.Value;
        var fields = item.Fields.Copy();
        var wanted = fields[Company] is { } value ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : (long?)null;
        fields.Remove(Company);
        if (fields.Count > 0)
        {
            var outcome = (await access.UpdateAsync([(id, fields)], cancellationToken).ConfigureAwait(false))[0];
            if (outcome.Failure is not null)
            {
                return outcome;
            }
        }

        try
        {
            var person = (CopperPerson)await access.GetAsync(id, cancellationToken).ConfigureAwait(false);
            await access.RelateAsync(id, CopperEntityNames.Company, person.CompanyId, wanted, cancellationToken).ConfigureAwait(false);
            return new WriteOutcome(await access.GetAsync(id, cancellationToken).ConfigureAwait(false), null);
        }
        catch (CopperException failure) when (failure is not CopperAuthenticationException)
        {
            // A person must not lose the company because the new one was rejected; what the record holds now goes into the journal.
            return new WriteOutcome(await RestoreCompanyAsync(access, item, id, cancellationToken).ConfigureAwait(false), failure);
        }
    }

    private static async Task<ICopperRecord?> RestoreCompanyAsync(
        RecordAccess access, DueStep item, long id, CancellationToken cancellationToken)
    {
        try
        {
            var former = item.Before is { } before && before.Contains(Company) && before[Company] is { } value
                ? Convert.ToInt64(value, CultureInfo.InvariantCulture)
                : (long?)null;
            var person = (CopperPerson)await access.GetAsync(id, cancellationToken).ConfigureAwait(false);
            if (person.CompanyId is null && former is { } lost)
            {
                await access.RelateAsync(id, CopperEntityNames.Company, null, lost, cancellationToken).ConfigureAwait(false);
                person = (CopperPerson)await access.GetAsync(id, cancellationToken).ConfigureAwait(false);
            }

            return person;
        }
        catch (CopperException)
        {
            return null;
        }
    }

    /// <summary>
    /// Sets the references to records that did not exist yet when the record that refers to them was created. A reference that could not
    /// be set gives one more result about its step.
    /// </summary>
    private async IAsyncEnumerable<CopperPlanResult> CompleteReferencesAsync(
        PlanRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (step, names) in run.Deferred)
        {
            if (run.IdOf(step) is not { } id || (run.Earlier(step.Step, PlanAction.Update) is { Status: PlanStatus.Done } earlier
                && names.All(name => earlier.Fields?.Contains(name) == true)))
            {
                continue;
            }

            var all = step.Body();
            var wanted = new JsonBody();
            foreach (var name in names)
            {
                wanted[name] = all[name];
            }

            var fields = run.References.Map(wanted, out var open);
            if (open.Count > 0)
            {
                yield return new CopperPlanResult(
                    step,
                    PlanStatus.Held,
                    id,
                    $"It was created without {string.Join(", ", open)}, which points to a record that was not created. Resume the run, or "
                        + "set it by hand.");
                continue;
            }

            var before = new JsonBody();
            foreach (var name in fields.Names)
            {
                before[name] = null;
            }

            var item = new DueStep(step.With(PlanAction.Update, id: id), fields, before);
            var results = await SendAsync(
                run, RecordAccess.Of(client, step.Entity), PlanAction.Update, [item], cancellationToken).ConfigureAwait(false);
            foreach (var result in results.Where(static result => result.Status != PlanStatus.Done))
            {
                yield return result;
            }
        }
    }

    private async IAsyncEnumerable<CopperPlanResult> RunSettingsAsync(
        PlanRun run, PlanAction action, CopperPlanStep[] chunk, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var settings = new SettingSteps(client);
        var (decided, due) = await settings.PrepareAsync(run, action, chunk, cancellationToken).ConfigureAwait(false);
        foreach (var result in decided)
        {
            yield return result;
        }

        foreach (var item in due)
        {
            yield return await settings.SendAsync(run, action, item, _options.DateFormat, cancellationToken).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<CopperPlanResult> RunLinksAsync(
        PlanRun run, PlanAction action, CopperPlanStep[] chunk, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // One after the other: several may be about the same records.
        foreach (var step in chunk)
        {
            var (decided, due) = await PrepareLinksAsync(run, action, [step], cancellationToken).ConfigureAwait(false);
            foreach (var result in decided)
            {
                yield return result;
            }

            foreach (var item in due)
            {
                yield return await SendLinkAsync(run, action, item, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<(List<CopperPlanResult> Decided, List<DueStep> Due)> PrepareLinksAsync(
        PlanRun run, PlanAction action, CopperPlanStep[] chunk, CancellationToken cancellationToken)
    {
        var decided = new List<CopperPlanResult>();
        var due = new List<DueStep>();
        foreach (var step in chunk)
        {
            var earlier = run.Earlier(step.Step, action);
            if (earlier is { Status: PlanStatus.Done })
            {
                decided.Add(new CopperPlanResult(step, PlanStatus.Done, earlier.Id, "It was done before the run was resumed."));
                continue;
            }

            if (OpenResult(run, step) is { } open)
            {
                decided.Add(open);
                continue;
            }

            if (action == PlanAction.Delete && run.Guard.WhyKept(step) is { } reason)
            {
                decided.Add(new CopperPlanResult(step, PlanStatus.Held, null, reason));
                continue;
            }

            var fields = run.References.Map(step.Body(), out _);
            if (action == PlanAction.Create && run.References.HasPromised(step.Body()))
            {
                due.Add(new DueStep(step, fields, null));
                continue;
            }

            LinkState state;
            try
            {
                state = await new LinkAccess(client).FindAsync(step.Entity, fields, step.Id, cancellationToken).ConfigureAwait(false);
            }
            catch (CopperException failure) when (failure is not CopperAuthenticationException)
            {
                decided.Add(Unread(run, step, action, failure));
                continue;
            }

            if (DecideLink(step, state, earlier is not null) is { } result)
            {
                decided.Add(result);
            }
            else
            {
                due.Add(new DueStep(step.With(id: step.Action == PlanAction.Create ? null : state.Id), fields, null));
            }
        }

        return (decided, due);
    }

    private static CopperPlanResult? DecideLink(CopperPlanStep step, LinkState state, bool wasBegun)
    {
        CopperPlanResult Settled(string reason) => wasBegun
            ? new CopperPlanResult(step, PlanStatus.Done, state.Id, "It had been done when the run was interrupted.")
            : new CopperPlanResult(step, PlanStatus.Skipped, null, reason);
        switch (step.Action)
        {
            case PlanAction.Create:
                return state.Id is null ? null : Settled($"The {step.Entity} is there already.");
            case PlanAction.Delete:
                return state.Id is null ? Settled($"The {step.Entity} is not there any more.")
                    : state.IsInField
                        ? new CopperPlanResult(step, PlanStatus.Skipped, null, "A field of one of the records relates them, and stays.")
                        : null;
            default:
                if (state.Link is not CopperWebhook webhook)
                {
                    return new CopperPlanResult(step, PlanStatus.Failed, null, $"There is no {step.Entity} {step.Id} any more.");
                }

                var wanted = step.Body();
                var present = LinkAccess.BodyOf(webhook);
                return wanted.Names.All(name => RecordFields.AreEqual(name, wanted[name], present[name]))
                    ? Settled("The webhook holds this already.")
                    : step.BeforeBody() is { } before && before.Names.Any(name => !RecordFields.AreEqual(name, before[name], present[name]))
                        ? Changed(step, LinkAccess.Target)
                        : null;
        }
    }

    private async Task<CopperPlanResult> SendLinkAsync(
        PlanRun run, PlanAction action, DueStep item, CancellationToken cancellationToken)
    {
        var access = new LinkAccess(client);
        var entries = run.Begin(action, [item], []);
        WriteOutcome outcome;
        try
        {
            ICopperRecord? link = null;
            if (action == PlanAction.Create)
            {
                link = await access.CreateAsync(item.Step.Entity, item.Fields, cancellationToken).ConfigureAwait(false);
            }
            else if (action == PlanAction.Update)
            {
                link = await access.UpdateAsync(item.Step.Id!.Value, item.Fields, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await access.DeleteAsync(item.Step.Entity, item.Fields, item.Step.Id!.Value, cancellationToken).ConfigureAwait(false);
            }

            outcome = new WriteOutcome(item.Step.Entity == LinkAccess.Relation ? null : link, null);
        }
        catch (CopperException failure) when (failure is not CopperAuthenticationException)
        {
            outcome = new WriteOutcome(null, failure);
        }

        return run.End(entries, [item], [outcome], _options.DateFormat)[0];
    }
}
