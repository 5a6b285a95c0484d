namespace Copper.Data.Configuration;

/// <summary>A file is no configuration, or says what cannot be. The message says where, and what to write instead.</summary>
public sealed class ConfigurationException(string message, Exception? innerException = null) : Exception(message, innerException);
