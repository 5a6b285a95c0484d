namespace Copper.Client;

/// <summary>Is told of each request that may change something, before it is sent and once its outcome is known.</summary>
public interface IChangeRecorder
{
    /// <summary>A request is about to be sent. It is sent once the task is complete, and not at all when the task fails.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the preparation; nothing is sent then.</param>
    /// <returns>Takes the outcome; null when the request is of no interest.</returns>
    Task<IRecordedChange?> BeginAsync(CopperRequest request, CancellationToken cancellationToken);
}

/// <summary>A request whose outcome is awaited.</summary>
public interface IRecordedChange
{
    /// <summary>What the user should be warned of; null for nothing.</summary>
    string? Warning { get; }

    /// <summary>The service carried the request out.</summary>
    /// <param name="result">What its response was read as: a record, results of a bulk request, a response as plain values …</param>
    void Complete(object? result);

    /// <summary>The request failed, or its outcome is unknown.</summary>
    void Fail(CopperException failure);
}
