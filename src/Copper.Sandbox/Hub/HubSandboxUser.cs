namespace Copper.Sandbox;

/// <summary>A user of the CopperHub of the sandbox.</summary>
/// <param name="Id">Id.</param>
/// <param name="UserName">Name to log in with.</param>
/// <param name="Password">Password.</param>
/// <param name="IsAdministrator">Whether the user sees every project and may delete comments.</param>
public sealed record HubSandboxUser(long Id, string UserName, string Password, bool IsAdministrator);
