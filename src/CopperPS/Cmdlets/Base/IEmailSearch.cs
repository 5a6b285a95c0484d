namespace CopperPS.Cmdlets.Base;

/// <summary>A search for records that have e-mail addresses.</summary>
internal interface IEmailSearch
{
    /// <summary>The addresses; null for none.</summary>
    string[]? Email { get; }
}
