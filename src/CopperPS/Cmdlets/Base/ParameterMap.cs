using System.Collections.Concurrent;
using System.Reflection;
using Copper.Client.Metadata;
using CopperPS.Binding;
using CopperPS.Binding.Completers;

namespace CopperPS.Cmdlets.Base;

/// <summary>Which parameters of a cmdlet stand for which members of a body: read once per type.</summary>
/// <typeparam name="TAttribute">Which attribute names the members.</typeparam>
internal static class ParameterMap<TAttribute>
    where TAttribute : Attribute
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Entry>> Maps = new();

    public static IReadOnlyList<Entry> Of(Type cmdlet) => Maps.GetOrAdd(cmdlet, static type => type
        .GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Select(static property => (property, attribute: property.GetCustomAttribute<TAttribute>(inherit: true)))
        .Where(static pair => pair.attribute is not null)
        .Select(static pair => new Entry(pair.property, pair.attribute!))

        // A base's parameters come first, so that bodies look alike whatever the cmdlet.
        .OrderBy(static entry => Depth(entry.Property.GetMethod!.GetBaseDefinition().DeclaringType))
        .ThenBy(static entry => entry.Property.MetadataToken)
        .ToArray());

    private static int Depth(Type? type) => type is null ? 0 : 1 + Depth(type.BaseType);

    internal sealed record Entry(PropertyInfo Property, TAttribute Attribute)
    {
        public string Parameter => Property.Name;

        /// <summary>What a value must be; null where the parameter does not state it.</summary>
        public ValueCheckAttribute? Check { get; } = Property.GetCustomAttribute<ValueCheckAttribute>(inherit: true);

        public object? ValueOf(object cmdlet) => Property.GetValue(cmdlet);

        /// <summary>The words that the parameter takes; null where it takes anything.</summary>
        private VocabularyAttribute? Vocabulary { get; } = Property.GetCustomAttribute<VocabularyAttribute>(inherit: true);

        /// <summary>A word that the service is not known to have is not sent.</summary>
        /// <param name="value">The parameter's value, which is returned.</param>
        /// <param name="otherwise">How such a word, in quotes, is sent all the same.</param>
        /// <exception cref="InputRejectedException">The value is such a word, or holds one.</exception>
        public object? Known(object? value, Func<string, string> otherwise)
        {
            if (Vocabulary is { } vocabulary && (value as string?[] ?? [value as string]).FirstOrDefault(vocabulary.IsUnknown) is { } word)
            {
                throw RequestValueConverter.UnknownWord(Parameter, word, vocabulary.Words, otherwise(Completion.Quote(word)));
            }

            return value;
        }
    }
}
