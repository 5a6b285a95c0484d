using System.Text;
using System.Text.Json;
using Copper.Client.Hub.Models;
using Copper.Client.Json;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Client.Hub;

/// <summary>
/// The API of the CopperHub, version 1: a product of its own with logins of its own. One client holds one session; it may be
/// used from many threads at once. It logs in for the first request, and once more when the service has ended the session.
/// Failures leave as <see cref="CopperException"/>s, cancelled requests as <see cref="OperationCanceledException"/>.
/// </summary>
public class CopperHubClient : IDisposable
{
    private readonly HubCore _core;
    private readonly Tracer _tracer;

#pragma warning disable CS8618 // Whoever derives from it overrides what is used.
    /// <summary>For tests of code that uses it: a class that derives from it overrides what is used.</summary>
    protected CopperHubClient()
    {
    }
#pragma warning restore CS8618

    /// <summary>A client with these options. Nothing is sent yet.</summary>
    /// <exception cref="ArgumentException">The options lack a credential, or the base address cannot be used.</exception>
    public CopperHubClient(CopperHubClientOptions options)
        : this(new HubCore(options), null)
    {
    }

    private CopperHubClient(HubCore core, ICopperTrace? trace)
    {
        _core = core;
        _tracer = new Tracer(trace, core.Statistics);
        Organisations = new CopperHubEndpoint<CopperHubOrganisation>(this, CopperHubEntities.Organisation);
        Projects = new CopperHubEndpoint<CopperHubProject>(this, CopperHubEntities.Project);
        Tasks = new CopperHubEndpoint<CopperHubTask>(this, CopperHubEntities.Task);
        TaskComments = new CopperHubEndpoint<CopperHubTaskComment>(this, CopperHubEntities.TaskComment);
    }

    /// <summary>Organisations.</summary>
    public virtual CopperHubEndpoint<CopperHubOrganisation> Organisations { get => Substitute.Part(field, this); }

    /// <summary>Projects.</summary>
    public virtual CopperHubEndpoint<CopperHubProject> Projects { get => Substitute.Part(field, this); }

    /// <summary>Tasks.</summary>
    public virtual CopperHubEndpoint<CopperHubTask> Tasks { get => Substitute.Part(field, this); }

    /// <summary>Comments on tasks.</summary>
    public virtual CopperHubEndpoint<CopperHubTaskComment> TaskComments { get => Substitute.Part(field, this); }

    /// <summary>What the client has done so far.</summary>
    public virtual CopperClientStatistics Statistics => Substitute.Part(_core, this).Statistics;

    /// <summary>The cached lists, for suggestions; invalidated whenever this client changes something.</summary>
    public virtual MetadataCache Cache => Substitute.Part(_core, this).Cache;

    /// <summary>The installation that the client reads from. All views of this client share it.</summary>
    public virtual RecordAccount Account => Substitute.Part(_core, this).Records.Account;

    /// <summary>The user of the session; null before the first login, or when the service did not state it.</summary>
    public virtual CopperHubUser? User => Substitute.Part(_core, this).Sessions.Current?.User;

    /// <summary>
    /// The same client, whose requests report to <paramref name="trace"/>. Both share everything; dispose the original only.
    /// </summary>
    public virtual CopperHubClient WithTrace(ICopperTrace trace)
    {
        Substitute.Check(_core, this);
        return new(_core, trace);
    }

    /// <summary>Logs in, unless there is a session.</summary>
    /// <exception cref="CopperAuthenticationException">The name and the password are not accepted.</exception>
    public virtual Task LogInAsync(CancellationToken cancellationToken = default)
    {
        Substitute.Check(_core, this);
        return _core.EnterAsync(_tracer, cancellationToken);
    }

    /// <summary>Whether the session is alive. Does not log in; without a session it is not.</summary>
    public virtual async Task<bool> CheckSessionAsync(CancellationToken cancellationToken = default)
    {
        Substitute.Check(_core, this);
        return _core.Sessions.Current is { } login && await _core.IsAliveAsync(login, _tracer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the session at the service. Harmless without one.</summary>
    public virtual Task LogOutAsync(CancellationToken cancellationToken = default)
    {
        Substitute.Check(_core, this);
        return _core.LogOutAsync(_tracer, cancellationToken);
    }

    /// <summary>All organisations.</summary>
    public virtual Task<IReadOnlyList<CopperHubOrganisation>> GetOrganisationsAsync(CancellationToken cancellationToken = default)
    {
        Substitute.Check(_core, this);
        return ListAsync(new CopperHubRequest("get_organisations"), CopperHubEntities.Organisation, ["organisations"], cancellationToken);
    }

    /// <summary>The projects that the user may see.</summary>
    public virtual Task<IReadOnlyList<CopperHubProject>> GetProjectsAsync(CancellationToken cancellationToken = default)
    {
        Substitute.Check(_core, this);
        return ListAsync(new CopperHubRequest("get_projects"), CopperHubEntities.Project, ["projects"], cancellationToken);
    }

    /// <summary>The tasks of a project.</summary>
    /// <exception cref="CopperNotFoundException">There is no project with this id, or the user may not see it.</exception>
    public virtual async Task<IReadOnlyList<CopperHubTask>> GetProjectTasksAsync(
        long projectId, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_core, this);
        if (projectId <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(projectId), projectId, "The id of a hub project is a positive whole number.");
        }

        // The documentation calls the list taskcomments, which may be a slip of the page or of the service.
        var request = new CopperHubRequest("get_project_tasks") { Id = projectId };
        var tasks = await ListAsync(request, CopperHubEntities.Task, ["tasks", "taskcomments"], cancellationToken).ConfigureAwait(false);
        foreach (var task in tasks)
        {
            task.ProjectId ??= projectId;
        }

        return tasks;
    }

    /// <summary>Any action, with the same session, retries and errors as all others.</summary>
    /// <exception cref="ArgumentException">
    /// The action is login: the client does that itself, so that neither the password nor the session id shows.
    /// </exception>
    public virtual Task<CopperHubResponse> SendAsync(CopperHubRequest request, CancellationToken cancellationToken = default)
    {
        Substitute.Check(_core, this);
        if (request.Action == "login")
        {
            throw new ArgumentException($"The client logs in by itself. For another user, {ErrorWords.Current.ConnectHub}.");
        }

        return SendAsync(
            request,
            static (envelope, response, sessionId) =>
            {
                var text = HubResponseReader.Redact(Encoding.UTF8.GetString(response.Body.ToArray()), sessionId);
                using var redacted = HubEnvelope.Parse(Encoding.UTF8.GetBytes(text));
                var data = redacted.Data.ValueKind == JsonValueKind.Undefined
                    ? null
                    : JsonSerializer.Deserialize(redacted.Data, HubJsonContext.Default.Object);
                return new CopperHubResponse(envelope.ResponseCode, redacted.Message, data, text);
            },
            static () => new CopperHubResponse(200, "It was gone already.", null, string.Empty),
            cancellationToken);
    }

    /// <summary>Closes the connections, without a logout. Requests in flight fail.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the connections, where there are any.</summary>
    /// <param name="disposing">False from a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            // A class of a test that derives from it has none.
            _core?.Dispose();
        }
    }

    internal HubRecords Records => _core.Records;

    internal async Task<T> SendAsync<T>(
        CopperHubRequest request,
        Func<HubEnvelope, ServiceResponse, string, T> read,
        Func<T>? alreadyGone,
        CancellationToken cancellationToken)
    {
        try
        {
            return await _core.SendAsync(request, read, alreadyGone, _tracer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Also after a failure: the service may have done it.
            if (request.Effect != RequestEffect.Read)
            {
                _core.Cache.Clear();
            }
        }
    }

    private async Task<IReadOnlyList<T>> ListAsync<T>(
        CopperHubRequest request, CopperHubEntity<T> entity, IReadOnlyList<string> names, CancellationToken cancellationToken)
        where T : class, ICopperRecord
    {
        var http = request.ToHttp();
        var (list, unreadable) = await SendAsync(
            request,
            (envelope, response, _) =>
            {
                var list = HubList.Read(envelope, entity, names);
                return (list, list.Unreadable.ConvertAll(item => new CopperUnreadableRecordException(
                    http, response.StatusCode, response.RequestId, entity.Name, item.Problem, null, item.Index + 1, item.Id)));
            },
            null,
            cancellationToken).ConfigureAwait(false);
        foreach (var failure in unreadable)
        {
            _tracer.Unreadable(http, failure);
        }

        return [.. list.Items.OfType<T>().Select(Records.Attach)];
    }
}
