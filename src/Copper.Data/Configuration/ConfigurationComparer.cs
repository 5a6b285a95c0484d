namespace Copper.Data.Configuration;

/// <summary>Compares the configuration of an account with that of a file. Parts that the file leaves out are not compared.</summary>
public static class ConfigurationComparer
{
    internal const string Field = "custom field";
    internal const string Option = "option";
    internal const string ActivityType = "custom activity type";
    internal const string Webhook = "webhook";
    private const string Customize = "In Copper under Settings, Customize Copper";

    private static string Import => Advice.Give(Advice.ImportConfiguration, "An import");

    private static string Prune => Advice.Give(Advice.PruneConfiguration, "An import that prunes");

    /// <summary>The differences, those of custom fields first.</summary>
    /// <param name="wanted">The configuration of the file.</param>
    /// <param name="present">That of the account.</param>
    public static IReadOnlyList<CopperConfigurationDifference> Compare(CopperConfiguration wanted, CopperConfiguration present)
    {
        var found = new List<CopperConfigurationDifference>();
        if (wanted.CustomFields is not null && present.CustomFields is not null)
        {
            foreach (var pair in ConfigurationPairs.OfFields(wanted.CustomFields, present.CustomFields))
            {
                AddField(found, pair);
            }
        }

        foreach (var pair in Pairs(wanted.CustomActivityTypes, present.CustomActivityTypes, static type => type.Name))
        {
            AddType(found, pair);
        }

        foreach (var pair in Pairs(wanted.Webhooks, present.Webhooks, static webhook => webhook.ToString()))
        {
            AddWebhook(found, pair);
        }

        foreach (var pair in Pairs(wanted.Pipelines, present.Pipelines, static pipeline => pipeline.Name))
        {
            AddPipeline(found, pair);
        }

        AddNames(found, "contact type", "Contact Types", wanted.ContactTypes, present.ContactTypes);
        AddNames(found, "customer source", "Sources", wanted.CustomerSources, present.CustomerSources);
        AddNames(found, "lead status", "Lead Statuses", wanted.LeadStatuses, present.LeadStatuses);
        AddNames(found, "loss reason", "Loss Reasons", wanted.LossReasons, present.LossReasons);
        return found;
    }

    /// <summary>A disabled type is as good as none: it stays in the list for ever, since nothing deletes it.</summary>
    internal static bool IsIgnored(ConfigurationPair<ConfiguredActivityType> pair) => pair is { Wanted: null, Present.IsDisabled: true }
        or { Present: null, Wanted.IsDisabled: true };

    private static IReadOnlyList<ConfigurationPair<T>> Pairs<T>(
        IReadOnlyList<T>? wanted, IReadOnlyList<T>? present, Func<T, string> keyOf)
        where T : class => wanted is null || present is null ? [] : ConfigurationPairs.Of(wanted, present, keyOf);

    private static void AddField(List<CopperConfigurationDifference> found, ConfigurationPair<ConfiguredField> pair)
    {
        var (wanted, present) = (pair.Wanted, pair.Present);
        if (wanted is null || present is null)
        {
            found.Add(Whole(
                Field,
                (wanted ?? present!).ToString(),
                wanted,
                present,
                static field => field.Type,
                (wanted ?? present!).IsConnect ? ConfigurationRemedy.ByHand : null,
                (wanted ?? present!).IsConnect ? $"{Customize}, Connect Fields: the service creates and deletes no connect field." : null));
            return;
        }

        var name = wanted.ToString();
        void Add(string property, string? one, string? other, ConfigurationRemedy remedy, string? toDo = null)
        {
            if (!string.Equals(one, other, StringComparison.Ordinal))
            {
                found.Add(Different(
                    Field, name, property, one, other, wanted.IsConnect ? ConfigurationRemedy.ByHand : remedy,
                    wanted.IsConnect ? $"{Customize}, Connect Fields." : toDo));
            }
        }

        Add("Name", wanted.Name, present.Name, ConfigurationRemedy.Import);
        Add("Type", wanted.Type, present.Type, ConfigurationRemedy.ByHand,
            "Another type would lose the values: create a new field, move the values, and delete the old one.");
        var (all, now) = (string.Join(", ", wanted.AvailableOn), string.Join(", ", present.AvailableOn));
        var extra = string.Join(", ", present.AvailableOn.Except(wanted.AvailableOn));
        if (wanted.AvailableOn.Except(present.AvailableOn).Any())
        {
            Add("AvailableOn", all, now, ConfigurationRemedy.Import);
        }

        if (extra.Length > 0)
        {
            Add("AvailableOn", all, now, ConfigurationRemedy.Prune, $"{Prune} takes it from {extra}, with the values there.");
        }

        Add("Filterable", Flag(wanted.IsFilterable), Flag(present.IsFilterable), ConfigurationRemedy.Import);
        Add("Currency", wanted.Currency ?? present.Currency, present.Currency, ConfigurationRemedy.ByHand,
            $"Amounts would mean something else: {Advice.Give(Advice.SetFieldCurrency, "update the custom field")}, once that is what you "
                + "want.");
        Add("Key", wanted.Key is null || present.Key is null ? present.Key : wanted.Key, present.Key, ConfigurationRemedy.ByHand,
            "The service sets the key of a field only when it is created.");
        Add("ConnectedTo", wanted.ConnectedTo, present.ConnectedTo, ConfigurationRemedy.ByHand);
        if (wanted.HasOptions && wanted.Type == present.Type)
        {
            AddOptions(found, wanted, present);
        }
    }

    private static void AddOptions(List<CopperConfigurationDifference> found, ConfiguredField wanted, ConfiguredField present)
    {
        var options = OptionPlan.Of(wanted, present);
        foreach (var pair in options.Pairs)
        {
            var name = $"{wanted}: {(pair.Wanted ?? pair.Present!).Name}";
            if (pair.Wanted is null || pair.Present is null)
            {
                found.Add(Whole(Option, name, pair.Wanted, pair.Present, static option => option.Name));
            }
            else if (pair.Wanted.Name != pair.Present.Name)
            {
                found.Add(Different(Option, name, "Name", pair.Wanted.Name, pair.Present.Name, ConfigurationRemedy.Import));
            }
        }

        if (options.IsReordered)
        {
            found.Add(Different(
                Field, wanted.ToString(), "Options", string.Join("; ", wanted.Options ?? []), string.Join("; ", present.Options ?? []),
                ConfigurationRemedy.Import, $"{Import} puts the options into the order of the file."));
        }
    }

    /// <summary>What remains to be done by hand once a type was created: null for nothing.</summary>
    internal static CopperConfigurationDifference? AfterCreation(ConfiguredActivityType wanted) => wanted.IsInteraction
        ? Different(
            ActivityType, wanted.Name, "Interaction", Flag(true), Flag(false), ConfigurationRemedy.ByHand, $"{Customize}, Activity Types.")
        : null;

    private static void AddType(List<CopperConfigurationDifference> found, ConfigurationPair<ConfiguredActivityType> pair)
    {
        const string ByHand = $"{Customize}, Activity Types.";
        var (wanted, present) = (pair.Wanted, pair.Present);
        if (IsIgnored(pair))
        {
            return;
        }

        if (wanted is null || present is null)
        {
            found.Add(Whole(
                ActivityType, (wanted ?? present!).Name, wanted, present, static type => type.Icon,
                wanted is null ? ConfigurationRemedy.ByHand : null,
                wanted is null ? $"{ByHand} A type is disabled there, and never deleted." : null));
            return;
        }

        void Add(string property, string? one, string? other, ConfigurationRemedy remedy)
        {
            if (one != other)
            {
                found.Add(Different(
                    ActivityType, wanted.Name, property, one, other, remedy, remedy == ConfigurationRemedy.ByHand ? ByHand : null));
            }
        }

        Add("Name", wanted.Name, present.Name, ConfigurationRemedy.Import);
        Add("Icon", wanted.Icon ?? present.Icon, present.Icon, ConfigurationRemedy.Import);
        Add("Disabled", Flag(wanted.IsDisabled), Flag(present.IsDisabled), ConfigurationRemedy.ByHand);
        Add("Interaction", Flag(wanted.IsInteraction), Flag(present.IsInteraction), ConfigurationRemedy.ByHand);
    }

    private static void AddWebhook(List<CopperConfigurationDifference> found, ConfigurationPair<ConfiguredWebhook> pair)
    {
        var (wanted, present) = (pair.Wanted, pair.Present);
        var name = (wanted ?? present!).ToString();
        if (wanted is null || present is null)
        {
            found.Add(Whole(
                Webhook, name, wanted, present, static webhook => webhook.Target,
                wanted?.NeedsSecret == true ? ConfigurationRemedy.ByHand : null,
                wanted?.NeedsSecret == true ? RegisterOf(wanted) : null));
            return;
        }

        if (wanted.ComputedCustomFields != present.ComputedCustomFields)
        {
            var isHidden = present.Target.Contains(ConfiguredWebhook.Mask);
            found.Add(Different(
                Webhook, name, "ComputedCustomFields", Flag(wanted.ComputedCustomFields), Flag(present.ComputedCustomFields),
                isHidden ? ConfigurationRemedy.ByHand : ConfigurationRemedy.Import,
                isHidden ? SetsWebhook("ComputedCustomField") + "." : null));
        }

        if (wanted.HasSecret != present.HasSecret)
        {
            found.Add(Different(
                Webhook, name, "Secret", Flag(wanted.HasSecret), Flag(present.HasSecret), ConfigurationRemedy.ByHand,
                SetsWebhook("Secret") + ": no file holds it."));
        }

        if (wanted.HasHeaders != present.HasHeaders)
        {
            found.Add(Different(
                Webhook, name, "Headers", Flag(wanted.HasHeaders), Flag(present.HasHeaders), ConfigurationRemedy.ByHand,
                SetsWebhook("Header") + ": no file holds them."));
        }
    }

    /// <summary>What creates a subscription by hand, with what is missing in a file.</summary>
    internal static string RegisterOf(ConfiguredWebhook webhook)
    {
        var values = new List<string> { webhook.Target, webhook.Type, webhook.Event };
        if (webhook.HasSecret)
        {
            values.Add("Secret");
        }

        if (webhook.HasHeaders)
        {
            values.Add("Header");
        }

        var neutral = $"Register a webhook for {webhook}" + string.Concat(values.Skip(3).Select(static name => ", with " + name));
        return Advice.Give(Advice.RegisterConfiguredWebhook, neutral, [.. values]) + ": the file does not hold what is secret.";
    }

    private static string SetsWebhook(string name) => Advice.Give(Advice.SetWebhook, $"Update {name} of the webhook", name);

    private static void AddPipeline(List<CopperConfigurationDifference> found, ConfigurationPair<ConfiguredPipeline> pair)
    {
        const string Kind = "pipeline";
        const string Stage = "pipeline stage";
        const string ByHand = $"{Customize}, Pipelines.";
        var (wanted, present) = (pair.Wanted, pair.Present);
        if (wanted is null || present is null)
        {
            found.Add(Whole(
                Kind, (wanted ?? present!).Name, wanted, present, StagesOf, ConfigurationRemedy.ByHand, ByHand));
            return;
        }

        if (wanted.Type is not null && present.Type is not null && wanted.Type != present.Type)
        {
            found.Add(Different(Kind, wanted.Name, "Type", wanted.Type, present.Type, ConfigurationRemedy.ByHand, ByHand));
        }

        var stages = ConfigurationPairs.Of(wanted.Stages, present.Stages, static stage => stage.Name);
        foreach (var stage in stages)
        {
            var name = $"{wanted.Name}: {(stage.Wanted ?? stage.Present!).Name}";
            if (stage.Wanted is null || stage.Present is null)
            {
                found.Add(Whole(
                    Stage, name, stage.Wanted, stage.Present, PercentOf, ConfigurationRemedy.ByHand, ByHand));
            }
            else if (stage.Wanted.WinProbability is not null && stage.Wanted.WinProbability != stage.Present.WinProbability)
            {
                found.Add(Different(
                    Stage, name, "WinProbability", PercentOf(stage.Wanted), PercentOf(stage.Present), ConfigurationRemedy.ByHand, ByHand));
            }
        }

        var both = stages.Where(static stage => stage is { Wanted: not null, Present: not null }).Select(static stage => stage.Present!)
            .ToArray();
        if (!both.SequenceEqual(present.Stages.Where(both.Contains)))
        {
            found.Add(Different(
                Kind, wanted.Name, "Stages", StagesOf(wanted), StagesOf(present), ConfigurationRemedy.ByHand, ByHand));
        }
    }

    private static void AddNames(
        List<CopperConfigurationDifference> found, string kind, string place, IReadOnlyList<string>? wanted, IReadOnlyList<string>? present)
    {
        foreach (var pair in Pairs(wanted, present, static name => name))
        {
            if (pair.Wanted is null || pair.Present is null)
            {
                found.Add(Whole(
                    kind, (pair.Wanted ?? pair.Present)!, pair.Wanted, pair.Present, static name => name, ConfigurationRemedy.ByHand,
                    $"{Customize}, {place}."));
            }
        }
    }

    /// <summary>Something that only one of them has.</summary>
    private static CopperConfigurationDifference Whole<T>(
        string kind, string name, T? wanted, T? present, Func<T, string?> shown, ConfigurationRemedy? remedy = null, string? toDo = null)
        where T : class
    {
        var change = wanted is null ? ConfigurationChange.Extra : ConfigurationChange.Missing;
        return new CopperConfigurationDifference
        {
            Change = change,
            Kind = kind,
            Name = name,
            InFile = wanted is null ? null : shown(wanted),
            InAccount = present is null ? null : shown(present),
            Remedy = remedy ?? (change == ConfigurationChange.Missing ? ConfigurationRemedy.Import : ConfigurationRemedy.Prune),
            ToDo = toDo ?? (change == ConfigurationChange.Missing ? $"{Import} creates it." : $"{Prune} deletes it."),
        };
    }

    private static CopperConfigurationDifference Different(
        string kind, string name, string property, string? inFile, string? inAccount, ConfigurationRemedy remedy,
        string? toDo = null) => new()
    {
        Change = ConfigurationChange.Different,
        Kind = kind,
        Name = name,
        Property = property,
        InFile = inFile,
        InAccount = inAccount,
        Remedy = remedy,
        ToDo = toDo ?? (remedy == ConfigurationRemedy.Import ? $"{Import} updates it." : $"{Prune} updates it."),
    };

    private static string Flag(bool value) => value ? "true" : "false";

    private static string? StagesOf(ConfiguredPipeline? pipeline) =>
        pipeline is null ? null : string.Join("; ", pipeline.Stages.Select(static stage => stage.Name));

    private static string? PercentOf(ConfiguredStage? stage) => stage is null ? null
        : stage.WinProbability is { } probability ? FormattableString.Invariant($"{probability} %") : string.Empty;
}
