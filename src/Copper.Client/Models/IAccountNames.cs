using System.Collections;

namespace Copper.Client.Models;

/// <summary>What completes typed fields and criteria before they are sent: ids by name, custom fields by name, dates as text.</summary>
internal interface IAccountNames
{
    /// <summary>The form in which the account writes a calendar date, for example MM/dd/yyyy.</summary>
    string DateFormat { get; }

    /// <summary>Reads the lists by which records show names, unless the client's options leave that to others.</summary>
    Task LoadNamesAsync(IEnumerable<ICopperRecord?> records, CancellationToken cancellationToken);

    /// <summary>The id of an item of a list of the account, for example of a user.</summary>
    Task<long> FindIdAsync(string name, string entity, CancellationToken cancellationToken);

    /// <summary>The stage of that name, in a pipeline, or the only one of that name.</summary>
    Task<(long Id, long? PipelineId)> FindStageAsync(string name, long? pipeline, CancellationToken cancellationToken);

    /// <summary>The ids of all stages of that name, in some pipelines or in all.</summary>
    Task<IEnumerable<long>> FindStagesAsync(string name, IReadOnlyCollection<long>? pipelines, CancellationToken cancellationToken);

    /// <summary>The id of the type of activities of that name.</summary>
    Task<(string? Category, long Id)> FindActivityTypeAsync(string name, string? category, CancellationToken cancellationToken);

    /// <summary>Custom fields by name, as they are written.</summary>
    Task<object[]> GetFieldsAsync(string entity, IDictionary values, CancellationToken cancellationToken);

    /// <summary>Custom fields by name, as a search asks for them.</summary>
    Task<object[]> GetCriteriaAsync(string entity, IDictionary values, CancellationToken cancellationToken);
}

/// <summary>Fields of a record that may have to be completed from the lists of the account before they are sent.</summary>
internal interface ICompletable
{
    /// <summary>All fields as they are sent.</summary>
    /// <exception cref="ArgumentException">A name is unknown or ambiguous, or a value does not fit its field.</exception>
    Task<JsonBody> CompleteAsync(IAccountNames account, CancellationToken cancellationToken);
}
