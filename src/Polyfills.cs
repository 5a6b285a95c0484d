namespace System.Runtime.CompilerServices;

/// <summary>
/// The C# compiler looks for this type where a property has <c>init</c>, and .NET Framework lacks it. Compiled into each net472 library,
/// visible to none outside.
/// </summary>
internal static class IsExternalInit;
