using Copper.Sandbox.Accounts;
using Copper.Sandbox.Demo;
using Copper.Sandbox.Search;

namespace Copper.Sandbox.Http;

/// <summary>One seeded account and what is needed to serve it.</summary>
internal sealed class SandboxState(SandboxOptions options)
{
    public SandboxOptions Options { get; } = options;

    public Account Account { get; } = DemoAccount.Create(options);

    public SearchEngine Search => _search ??= new SearchEngine(Account);

    private SearchEngine? _search;
}
