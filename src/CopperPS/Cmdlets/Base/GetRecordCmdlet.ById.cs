using System.Management.Automation;
using Copper.Client.Http;
using Copper.Client.Search;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <content>Reading by id: a request for each, and the search's filter for ids where many are given at once.</content>
public abstract partial class GetRecordCmdlet<T>
{
    private const int FewestTogether = 3;

    private protected override bool IsWriter => false;

    private protected override void WriteFailure(Exception exception, object? target)
    {
        if (exception is CopperNotFoundException missing && target is long id && Endpoint.IsRecordPath(missing.Path, id))
        {
            WriteError(ErrorRecords.NotFound(missing, Endpoint.Entity.Name, id));
        }
        else
        {
            base.WriteFailure(exception, target);
        }
    }

    private void Read(CopperReference?[] references)
    {
        if (references.Length < FewestTogether || !Endpoint.Entity.IsFoundById)
        {
            foreach (var reference in references)
            {
                ReadOne(Work, Check(reference));
            }

            return;
        }

        for (var start = 0; start < references.Length; start += SearchQuery.LargestPage)
        {
            ReadTogether([.. references.Skip(start).Take(SearchQuery.LargestPage).Select(Check)]);
        }
    }

    /// <summary>One search for all of them. What it does not find is asked for one by one: only that tells for sure, and gives the proper error.</summary>
    private void ReadTogether((long Id, ErrorRecord? Error)[] items)
    {
        var ids = items.Where(static item => item.Error is null).Select(static item => item.Id).Distinct().ToArray();
        if (ids.Length < FewestTogether)
        {
            Array.ForEach(items, item => ReadOne(Work, item));
            return;
        }

        Work.Start(() => FindAsync(ids, StopToken), task =>
        {
            var (found, failure) = Await(_ => task);
            var rest = NewWork();
            foreach (var item in items)
            {
                if (item.Error is not null || (failure is null && !found.ContainsKey(item.Id)))
                {
                    ReadOne(rest, item);
                }
                else if (failure is not null)
                {
                    rest.Post(() => WriteFailure(failure, item.Id));
                }
                else
                {
                    rest.Post(() => WriteObject(found[item.Id]));
                }
            }

            rest.Drain();
        });
    }

    /// <summary>A search that the service refuses finds nothing, so that each is asked for on its own; another failure would meet them all.</summary>
    private async Task<(IReadOnlyDictionary<long, T> Found, CopperException? Failure)> FindAsync(long[] ids, CancellationToken cancellationToken)
    {
        try
        {
            return (await Endpoint.FindAsync(ids, cancellationToken).ConfigureAwait(false), null);
        }
        catch (CopperException failure)
        {
            return (new Dictionary<long, T>(), failure is CopperValidationException ? null : failure);
        }
    }

    private void ReadOne(OrderedWork work, (long Id, ErrorRecord? Error) item)
    {
        if (item.Error is { } error)
        {
            work.Post(() => WriteError(error));
        }
        else
        {
            StartCall(work, token => Endpoint.GetAsync(item.Id, token), item.Id, WriteObject);
        }
    }

    private (long Id, ErrorRecord? Error) Check(CopperReference? reference)
    {
        try
        {
            return reference is null
                ? (0, ErrorRecords.Invalid($"The id of {EntityWords.WithArticle(Endpoint.Entity.Name)} is null.", null, "CopperInvalidId"))
                : (RequestValueConverter.IdOf(reference, Endpoint.Entity.Name), null);
        }
        catch (InputRejectedException refusal)
        {
            return (0, refusal.Record);
        }
    }
}
