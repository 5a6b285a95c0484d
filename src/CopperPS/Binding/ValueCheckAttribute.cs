namespace CopperPS.Binding;

/// <summary>
/// What the value of a parameter must be. It is checked when the value is about to be sent, not when it is bound: a record that comes
/// down the pipeline brings properties of the same names, which nobody means to send.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class ValueCheckAttribute : Attribute
{
    private protected ValueCheckAttribute()
    {
    }

    /// <summary>What is wrong with the value, in words that follow it; null when nothing is.</summary>
    internal abstract string? Problem(object value);
}
