namespace Copper.Client.Json;

/// <summary>A model that may hold secrets in members of names of their own. It masks them as soon as it is read.</summary>
internal interface IHoldsSecrets
{
    /// <summary>Masks the secrets. Called once the model is read.</summary>
    void RedactSecrets();
}
