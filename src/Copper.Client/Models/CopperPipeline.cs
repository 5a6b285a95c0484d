using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>A pipeline of opportunities with its stages (developer.copper.com/opportunities/list-pipelines).</summary>
public sealed class CopperPipeline : CopperRecord, ICopperRecord, INamed
{
    /// <summary>The id.</summary>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The stages, in order.</summary>
    [JsonConverter(typeof(ObjectListConverter<CopperList<CopperPipelineStage>, CopperPipelineStage>))]
    public CopperList<CopperPipelineStage> Stages { get; set; } = [];

    /// <summary>The kind of pipeline, where the service names it.</summary>
    public string? Type { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    private protected override IEnumerable<CopperRecord?> Parts => Stages;

    string ICopperRecord.GetEntityType() => CopperEntityNames.Pipeline;

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? string.Empty;
}

/// <summary>A stage of a pipeline (developer.copper.com/opportunities/list-pipeline-stages).</summary>
public sealed class CopperPipelineStage : CopperRecord, ICopperRecord, INamed
{
    /// <summary>The id.</summary>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The id of the pipeline that the stage belongs to.</summary>
    public long? PipelineId { get; set; }

    /// <summary>The name of the pipeline.</summary>
    /// <remarks>
    /// Null while the client has not read the list, which <see cref="CopperClientOptions.LoadNames"/> makes it do, and where the list does
    /// not have the id. A program that sets it, in its tests for example, reads what it has set. Sends nothing.
    /// </remarks>
    [JsonIgnore]
    public string? Pipeline { get => field ?? NameOf(NameList.Pipelines, PipelineId); set; }

    /// <summary>The chance to win an opportunity that stands here, 0 to 100.</summary>
    public long? WinProbability { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    internal override IEnumerable<NameReference> NameReferences => References((NameList.Pipelines, PipelineId));

    string ICopperRecord.GetEntityType() => CopperEntityNames.PipelineStage;

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? string.Empty;
}
