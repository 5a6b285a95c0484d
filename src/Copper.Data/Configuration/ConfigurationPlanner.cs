using Copper.Client;
using Copper.Data.Plans;

namespace Copper.Data.Configuration;

/// <summary>
/// Makes the plan that brings an account in line with a file. What is missing is created, and what differs is updated; what the account has
/// besides stays, unless it is asked for to be deleted. What no program can do is held, with what to do.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="progress">Is told how many records were read to count values; null for nobody.</param>
public sealed class ConfigurationPlanner(CopperClient client, IProgress<ConfigurationProgress>? progress = null)
{
    private readonly List<CopperPlanStep> _steps = [];
    private readonly List<(int Step, FieldUse Use, string What)> _losses = [];

    /// <summary>What the account has besides, and keeps: a plan that prunes would delete it.</summary>
    public int Kept { get; private set; }

    /// <summary>Makes the plan. It reads the account, and writes nothing.</summary>
    /// <param name="wanted">The configuration of the file.</param>
    /// <param name="prunes">Delete what the file does not have. The records are read to count the values that go with it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ChangePlan> PlanAsync(CopperConfiguration wanted, bool prunes, CancellationToken cancellationToken = default)
    {
        _steps.Clear();
        _losses.Clear();
        var present = await CopperConfiguration.ReadAsync(client, cancellationToken).ConfigureAwait(false);
        var differences = ConfigurationComparer.Compare(wanted, present);
        Kept = prunes ? 0 : differences.Count(static difference => difference.Remedy == ConfigurationRemedy.Prune);
        foreach (var pair in wanted.CustomFields is null || present.CustomFields is null ? []
            : ConfigurationPairs.OfFields(wanted.CustomFields, present.CustomFields))
        {
            AddField(pair, prunes);
        }

        foreach (var pair in wanted.CustomActivityTypes is null || present.CustomActivityTypes is null ? []
            : ConfigurationPairs.Of(wanted.CustomActivityTypes, present.CustomActivityTypes, static type => type.Name))
        {
            AddType(pair);
        }

        foreach (var pair in wanted.Webhooks is null || present.Webhooks is null ? []
            : ConfigurationPairs.Of(wanted.Webhooks, present.Webhooks, static webhook => webhook.ToString()))
        {
            AddWebhook(pair, prunes);
        }

        _steps.AddRange(differences.Where(static difference => difference.Remedy == ConfigurationRemedy.ByHand).Select(Held));
        await NameLossesAsync(cancellationToken).ConfigureAwait(false);
        return new ChangePlan(_steps.Select(static (step, place) => step.With(step: place + 1).Sealed()));
    }

    private void AddField(ConfigurationPair<ConfiguredField> pair, bool prunes)
    {
        var (wanted, present) = (pair.Wanted, pair.Present);
        if ((wanted ?? present!).IsConnect)
        {
            return;
        }

        if (present is null)
        {
            _steps.Add(CreateField(wanted!));
        }
        else if (wanted is not null)
        {
            UpdateField(wanted, present, prunes);
        }
        else if (prunes)
        {
            _losses.Add((_steps.Count, new FieldUse(present.Setting!.Id, present.AvailableOn), "it"));
            _steps.Add(new CopperPlanStep
            {
                Action = PlanAction.Delete,
                Entity = SettingAccess.Field,
                Id = present.Setting.Id,
                Name = present.ToString(),
                Before = Without(SettingAccess.BodyOf(present.Setting), "canonical_name").ToString(),
                Changes = [new PlanChange("Type", present.Type, null)],
            });
        }
    }

    private static CopperPlanStep CreateField(ConfiguredField wanted)
    {
        var fields = new JsonBody
        {
            ["name"] = wanted.Name,
            ["data_type"] = wanted.Type,
            [SettingAccess.AvailableOn] = wanted.AvailableOn.ToArray(),
            ["is_filterable"] = wanted.IsFilterable,
        };
        if (wanted.Key is not null)
        {
            fields["canonical_name"] = wanted.Key;
        }

        if (wanted.Currency is not null)
        {
            fields["currency"] = wanted.Currency;
        }

        if (wanted.HasOptions)
        {
            fields[SettingAccess.Options] = wanted.Options!.Select(static name => SettingAccess.OptionOf(null, name)).ToArray();
        }

        return new CopperPlanStep
        {
            Action = PlanAction.Create,
            Entity = SettingAccess.Field,
            Name = wanted.ToString(),
            Fields = fields.ToString(),
            Changes = new PlanChangeList(fields.Where(static member => member.Key != "name").Select(static member =>
                new PlanChange(TitleOf(member.Key), null, SettingAccess.Shown(member.Key, member.Value)))),
        };
    }

    /// <summary>
    /// What may be lost with a value stays as it is unless the file prunes; another type, currency or key is left to somebody who knows
    /// what the values mean.
    /// </summary>
    private void UpdateField(ConfiguredField wanted, ConfiguredField present, bool prunes)
    {
        var id = present.Setting!.Id;
        var now = SettingAccess.BodyOf(present.Setting);
        var fields = new JsonBody { ["name"] = wanted.Name };
        var entities = present.AvailableOn.Union(wanted.AvailableOn);
        if (prunes)
        {
            entities = wanted.AvailableOn;
            var lost = present.AvailableOn.Except(wanted.AvailableOn).ToArray();
            if (lost.Length > 0)
            {
                _losses.Add((_steps.Count, new FieldUse(id, lost), string.Join(" and ", lost)));
            }
        }

        fields[SettingAccess.AvailableOn] = entities.OrderBy(static entity => entity, CopperConfiguration.Text).ToArray();
        fields["is_filterable"] = wanted.IsFilterable;
        if (wanted.HasOptions && wanted.Type == present.Type)
        {
            var options = OptionPlan.Of(wanted, present);
            fields[SettingAccess.Options] = options.Merged(prunes)
                .Select(static option => SettingAccess.OptionOf(option.Id, option.Name)).ToArray();
            _losses.AddRange((prunes ? options.Extra : []).Select(option =>
                (_steps.Count, new FieldUse(id, present.AvailableOn, option.Id), $"'{option.Name}'")));
        }

        foreach (var name in fields.Names.Where(name => SettingAccess.Holds(new JsonBody { [name] = fields[name] }, now)).ToArray())
        {
            fields.Remove(name);
        }

        if (fields.Count == 0)
        {
            return;
        }

        var before = SettingAccess.ImageOf(present.Setting, fields);
        _steps.Add(new CopperPlanStep
        {
            Action = PlanAction.Update,
            Entity = SettingAccess.Field,
            Id = id,
            Name = present.ToString(),
            Fields = fields.ToString(),
            Before = before.ToString(),
            Changes = new PlanChangeList(fields.Select(member => new PlanChange(
                TitleOf(member.Key), SettingAccess.Shown(member.Key, before[member.Key]), SettingAccess.Shown(member.Key, member.Value)))),
        });
    }

    private void AddType(ConfigurationPair<ConfiguredActivityType> pair)
    {
        var (wanted, present) = (pair.Wanted, pair.Present);
        if (wanted is null || ConfigurationComparer.IsIgnored(pair))
        {
            return;
        }

        var fields = new JsonBody { ["name"] = wanted.Name };
        if (present is null || (wanted.Icon ?? present.Icon) != present.Icon)
        {
            fields["icon_type"] = wanted.Icon ?? "Todo";
        }

        if (present is not null && wanted.Name == present.Name)
        {
            fields.Remove("name");
        }

        if (fields.Count == 0)
        {
            return;
        }

        var before = present is null ? null : SettingAccess.ImageOf(present.Setting!, fields);
        _steps.Add(new CopperPlanStep
        {
            Action = present is null ? PlanAction.Create : PlanAction.Update,
            Entity = SettingAccess.ActivityType,
            Id = present?.Setting!.Id,
            Name = wanted.Name,
            Fields = fields.ToString(),
            Before = before?.ToString(),
            Changes = new PlanChangeList(fields.Where(member => present is not null || member.Key != "name").Select(member =>
                new PlanChange(TitleOf(member.Key), before?[member.Key] as string, member.Value as string))),
        });
        if (present is null && ConfigurationComparer.AfterCreation(wanted) is { } remainder)
        {
            _steps.Add(Held(remainder));
        }
    }

    private void AddWebhook(ConfigurationPair<ConfiguredWebhook> pair, bool prunes)
    {
        var (wanted, present) = (pair.Wanted, pair.Present);
        if (present is null && !wanted!.NeedsSecret)
        {
            var fields = new JsonBody { [LinkAccess.Target] = wanted.Target, ["type"] = wanted.Type, ["event"] = wanted.Event };
            if (wanted.ComputedCustomFields)
            {
                fields["custom_field_computed_values"] = true;
            }

            _steps.Add(new CopperPlanStep
            {
                Action = PlanAction.Create, Entity = LinkAccess.Webhook, Name = wanted.ToString(), Fields = fields.ToString(),
            });
        }
        else if (wanted is null && prunes)
        {
            // A plan holds no secrets, so that one with secrets cannot be created again from it.
            _steps.Add(new CopperPlanStep
            {
                Action = PlanAction.Delete,
                Entity = LinkAccess.Webhook,
                Id = present!.Setting!.Id,
                Name = present.ToString(),
                Fields = present.NeedsSecret ? null : LinkAccess.BodyOf(present.Setting).ToString(),
            });
        }
        else if (wanted is not null && present is not null && wanted.ComputedCustomFields != present.ComputedCustomFields
            && !present.Target.Contains(ConfiguredWebhook.Mask))
        {
            _steps.Add(new CopperPlanStep
            {
                Action = PlanAction.Update,
                Entity = LinkAccess.Webhook,
                Id = present.Setting!.Id,
                Name = wanted.ToString(),
                Fields = new JsonBody
                {
                    [LinkAccess.Target] = present.Target, ["custom_field_computed_values"] = wanted.ComputedCustomFields,
                }.ToString(),
                Before = new JsonBody
                {
                    [LinkAccess.Target] = present.Target, ["custom_field_computed_values"] = present.Setting.CustomFieldComputedValues,
                }.ToString(),
                Changes = [new PlanChange(
                    "ComputedCustomFields",
                    present.ComputedCustomFields ? "true" : "false",
                    wanted.ComputedCustomFields ? "true" : "false")],
            });
        }
    }

    private static CopperPlanStep Held(CopperConfigurationDifference difference) => new()
    {
        Action = PlanAction.Hold,
        Entity = difference.Kind,
        Name = difference.Name,
        Changes = difference.Property is null ? [] : [new PlanChange(difference.Property, difference.InAccount, difference.InFile)],
        Reason = difference.Change switch
        {
            ConfigurationChange.Missing => $"Only the file has it. {difference.ToDo}",
            ConfigurationChange.Extra => $"Only the account has it. {difference.ToDo}",
            _ => difference.ToDo,
        },
    };

    /// <summary>States in the reason of each step that deletes how many records lose a value by it.</summary>
    private async Task NameLossesAsync(CancellationToken cancellationToken)
    {
        if (_losses.Count == 0)
        {
            return;
        }

        var counter = new FieldValues(
            client, (plural, read, total) => progress?.Report(new ConfigurationProgress($"Counting values of {plural}", read, total)));
        var counts = await counter.CountAsync([.. _losses.Select(static loss => loss.Use)], cancellationToken).ConfigureAwait(false);
        foreach (var step in _losses.Select(static (loss, place) => (loss.Step, loss.What, Place: place)).GroupBy(static loss => loss.Step))
        {
            var texts = step.Select(loss => $"{Records(counts[loss.Place])} {(counts[loss.Place] == 1 ? "holds" : "hold")} "
                + (loss.What == "it" ? "a value" : _losses[loss.Place].Use.Option is null ? $"a value, of {loss.What}" : loss.What));
            _steps[step.Key] = _steps[step.Key].With(reason: $"{string.Join(", ", texts)}.");
        }
    }

    private static string Records(long count) => count == 1 ? "1 record" : FormattableString.Invariant($"{count} records");

    private static JsonBody Without(JsonBody body, string name)
    {
        body.Remove(name);
        return body;
    }

    /// <summary>The word of the file for a member of a body.</summary>
    private static string TitleOf(string member) => member switch
    {
        "name" => "Name",
        "canonical_name" => "Key",
        "data_type" => "Type",
        SettingAccess.AvailableOn => "AvailableOn",
        "is_filterable" => "Filterable",
        "currency" => "Currency",
        "icon_type" => "Icon",
        _ => "Options",
    };
}

/// <summary>How far the reading of records has come.</summary>
/// <param name="Activity">What is read.</param>
/// <param name="Completed">How many were read.</param>
/// <param name="Total">How many there are at most; null when that is not known.</param>
public sealed record ConfigurationProgress(string Activity, long Completed, long? Total);
