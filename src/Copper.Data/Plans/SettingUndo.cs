using Copper.Client;
using Copper.Client.Models;

namespace Copper.Data.Plans;

/// <summary>
/// Takes back what a journal says of settings: created fields are deleted, updated ones hold what they held before. What would take a value
/// from a record is held.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="force">Take back also what somebody else has changed since, and what takes values from records.</param>
internal sealed class SettingUndo(CopperClient client, bool force)
{
    /// <summary>The steps, in the order of the histories.</summary>
    public async Task<IReadOnlyList<CopperPlanStep>> PlanAsync(
        IEnumerable<RecordHistory> histories, CancellationToken cancellationToken)
    {
        var steps = new List<CopperPlanStep>();
        foreach (var group in histories
            .Where(static history => history.WhyFinal is null && SettingAccess.IsSetting(history.Entity))
            .GroupBy(static history => history.Entity))
        {
            var present = await new SettingAccess(client).ReadAsync(group.Key, cancellationToken).ConfigureAwait(false);
            foreach (var history in group)
            {
                if (await StepOfAsync(history, present, cancellationToken).ConfigureAwait(false) is { } step)
                {
                    steps.Add(step);
                }
            }
        }

        return steps;
    }

    private async Task<CopperPlanStep?> StepOfAsync(
        RecordHistory history, IReadOnlyList<ICopperRecord> present, CancellationToken cancellationToken)
    {
        if (history.IsUncertain)
        {
            return Idle(PlanAction.Hold, history, $"Whether the {history.Entity} was changed is not known: resume the run first.");
        }

        var setting = present.FirstOrDefault(item => item.Id == history.Id);
        if (!history.HasChange || (history.WasCreated && setting is null))
        {
            return null;
        }

        if (setting is null)
        {
            return Idle(PlanAction.Hold, history, $"There is no {history.Entity} {history.Id} any more.");
        }

        var image = SettingAccess.ImageOf(setting, history.After);
        if (!force && !SettingAccess.Holds(history.After, image)
            && (history.WasCreated || !SettingAccess.Holds(history.Before, SettingAccess.ImageOf(setting, history.Before))))
        {
            return Idle(
                PlanAction.Hold,
                history,
                $"Somebody has changed the {history.Entity} '{history.Name}' since. {Advice.Give(Advice.Force, "With force")} it is taken "
                    + "back all the same.");
        }

        return history.WasCreated
            ? await UndoCreateAsync(history, (CopperCustomFieldDefinition)setting, cancellationToken).ConfigureAwait(false)
            : await UndoUpdateAsync(history, setting, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CopperPlanStep> UndoCreateAsync(
        RecordHistory history, CopperCustomFieldDefinition field, CancellationToken cancellationToken)
    {
        var uses = new[] { new FieldUse(field.Id, field.AvailableOn) };
        var count = (await new FieldValues(client).CountAsync(uses, cancellationToken).ConfigureAwait(false))[0];
        return count > 0 && !force ? HoldValues(history, count) : new CopperPlanStep
        {
            Action = PlanAction.Delete,
            Entity = history.Entity,
            Id = field.Id,
            Name = field.Name,
            Reason = count > 0 ? ValuesOf(count) : null,
        };
    }

    private async Task<CopperPlanStep?> UndoUpdateAsync(RecordHistory history, ICopperRecord setting, CancellationToken cancellationToken)
    {
        var now = SettingAccess.ImageOf(setting, history.Before);
        var fields = new JsonBody();
        var before = new JsonBody();
        foreach (var member in history.Before)
        {
            var wanted = member.Key == SettingAccess.Options ? WithKnownIds(member.Value, now[member.Key]) : member.Value;
            if (!SettingAccess.Holds(new JsonBody { [member.Key] = wanted }, now))
            {
                fields[member.Key] = wanted;
                before[member.Key] = now[member.Key];
            }
        }

        if (fields.Count == 0)
        {
            return Idle(PlanAction.Skip, history, $"The {history.Entity} holds what it held before.");
        }

        var lost = setting is CopperCustomFieldDefinition field ? UsesLost(field, fields).ToArray() : [];
        var count = lost.Length == 0 ? 0
            : (await new FieldValues(client).CountAsync(lost, cancellationToken).ConfigureAwait(false)).Sum();
        return count > 0 && !force ? HoldValues(history, count) : new CopperPlanStep
        {
            Action = PlanAction.Update,
            Entity = history.Entity,
            Id = setting.Id,
            Name = setting.ToString(),
            Fields = fields.ToString(),
            Before = before.ToString(),
            Changes = new PlanChangeList(fields.Select(member =>
                new PlanChange(member.Key, SettingAccess.Shown(member.Key, before[member.Key]),
                    SettingAccess.Shown(member.Key, member.Value)))),
            Reason = count > 0 ? ValuesOf(count) : null,
        };
    }

    /// <summary>A choice that was removed comes back with a new id.</summary>
    private static JsonBody[] WithKnownIds(object? wanted, object? present)
    {
        var known = new HashSet<long?>(SettingAccess.OptionsIn(present).Select(static option => option.Id));
        return
        [
            .. SettingAccess.OptionsIn(wanted).Select(option =>
                SettingAccess.OptionOf(known.Contains(option.Id) ? option.Id : null, option.Name)),
        ];
    }

    /// <summary>What an update would take from records: choices that are no longer listed, and entities that lose the field.</summary>
    private static IEnumerable<FieldUse> UsesLost(CopperCustomFieldDefinition field, JsonBody fields)
    {
        if (fields.Contains(SettingAccess.Options))
        {
            var kept = new HashSet<long?>(SettingAccess.OptionsIn(fields[SettingAccess.Options]).Select(static option => option.Id));
            foreach (var option in field.Options.Where(option => !kept.Contains(option.Id)))
            {
                yield return new FieldUse(field.Id, field.AvailableOn, option.Id);
            }
        }

        if (fields.Contains(SettingAccess.AvailableOn))
        {
            var kept = ((System.Collections.IEnumerable)fields[SettingAccess.AvailableOn]!).OfType<string>();
            var lost = field.AvailableOn.Except(kept).ToArray();
            if (lost.Length > 0)
            {
                yield return new FieldUse(field.Id, lost);
            }
        }
    }

    private static CopperPlanStep HoldValues(RecordHistory history, long count) => Idle(
        PlanAction.Hold, history, $"{ValuesOf(count)} {Advice.Give(Advice.Force, "With force")} it is taken back, and they lose it.");

    private static string ValuesOf(long count) => count == 1 ? "1 record holds a value." : FormattableString.Invariant(
        $"{count} records hold a value.");

    private static CopperPlanStep Idle(PlanAction action, RecordHistory history, string reason) =>
        new() { Action = action, Entity = history.Entity, Id = history.Id, Name = history.Name, Reason = reason };
}
