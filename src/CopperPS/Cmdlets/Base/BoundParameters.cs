using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using Copper.Client.Metadata;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// Which parameters count as given for the current item. What was typed counts, null included. What the pipeline brought
/// counts when it holds something: an empty cell of a CSV file is not given, and a record that is piped brings its id only –
/// its own fields must not be echoed back.
/// </summary>
internal sealed class BoundParameters
{
    private readonly InvocationInfo _invocation;
    private readonly HashSet<string> _typed;
    private readonly HashSet<string> _runs;
    private readonly Dictionary<string, (PropertyInfo Property, object? Default)> _ofEntries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Create it before the first item arrives from the pipeline.</summary>
    public BoundParameters(InvocationInfo invocation)
    {
        _invocation = invocation;
        _typed = new HashSet<string>(invocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
        _runs = new HashSet<string>(
            invocation.BoundParameters
                .Where(static bound => bound.Value is ScriptBlock || bound.Value?.GetType().Name == "DelayedScriptBlockArgument")
                .Select(static bound => bound.Key),
            StringComparer.OrdinalIgnoreCase);
    }

    public bool WasTyped(string parameter) => _typed.Contains(parameter);

    /// <summary>
    /// The parameter got its value by its position, not by its name. PowerShell tells it its own error messages only; where it does not
    /// tell, the name counts as typed.
    /// </summary>
    public bool IsPositional(string parameter) =>
        _invocation.BoundParameters.GetType()
            .GetProperty("BoundPositionally", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?
            .GetValue(_invocation.BoundParameters) is IEnumerable<string> names
        && names.Contains(parameter, StringComparer.OrdinalIgnoreCase);

    /// <summary>What was typed for one parameter is meant for another.</summary>
    public void Move(string from, string to)
    {
        _typed.Remove(from);
        _typed.Add(to);
        if (_runs.Remove(from))
        {
            _runs.Add(to);
        }
    }

    /// <summary>A hashtable with what its script blocks return for the current item; null for none.</summary>
    /// <exception cref="InputRejectedException">Nothing is piped, or a script block failed.</exception>
    public Hashtable? Run(Hashtable? table, string parameter, object? item) =>
        table is null ? null : ScriptBlockValues.Run(table, parameter, _invocation.ExpectingInput ? item : null);

    /// <summary>A value was typed, and no script block that PowerShell runs for each item: the same counts for all of them.</summary>
    public bool IsConstant(string parameter) => WasTyped(parameter) && !_runs.Contains(parameter);

    /// <summary>Nothing of the current item counts, only what was typed, which is the same for every item.</summary>
    public bool CountsTypedOnly { get; set; }

    /// <summary>The names of the parameters that were typed with a value.</summary>
    public IEnumerable<string> Constants => _typed.Where(IsConstant);

    /// <summary>
    /// PowerShell binds the properties of an object, and not the entries of a hashtable, nor a property with a space around its name:
    /// this binds them in the same way, so that a hashtable is a row too, and a heading means what it shows.
    /// </summary>
    /// <param name="cmdlet">Whose parameters are bound.</param>
    /// <param name="item">The current item.</param>
    /// <exception cref="InputRejectedException">An entry cannot be converted.</exception>
    public void BindEntries(object cmdlet, object? item)
    {
        UnbindEntries(cmdlet);
        BoundRow.Note(item);
        try
        {
            BindRow(cmdlet, item);
        }
        finally
        {
            BoundRow.Clear();
        }
    }

    private void BindRow(object cmdlet, object? item)
    {
        var row = item is null ? null : PSObject.AsPSObject(item);
        if (row?.BaseObject is not (IDictionary or PSCustomObject))
        {
            return;
        }

        if (RowValues.SameColumns(row) is var (first, second))
        {
            throw RequestValueConverter.Reject(
                $"The row has two columns of one name: '{VisibleText.Of(first)}' and '{VisibleText.Of(second)}'. Nothing was sent. Remove "
                    + "or rename one.",
                item);
        }

        var padded = row.BaseObject is PSCustomObject ? RowValues.PaddedNamesOf(row) : null;
        if (row.BaseObject is PSCustomObject && padded is null)
        {
            return;
        }

        foreach (var parameter in PositionalScriptBlock.ParametersOf(_invocation).Values.Where(IsBoundByProperty))
        {
            var value = parameter.Aliases.Prepend(parameter.Name)
                .Where(name => padded is null || padded.ContainsKey(name))
                .Select(name => RowValues.ValueOf(row, name))
                .FirstOrDefault(static found => !CellValue.IsBlank(found));
            if (value is not null && !WasTyped(parameter.Name) && RecordProperties.Find(cmdlet.GetType(), parameter.Name) is { } property)
            {
                _ofEntries[parameter.Name] = (property, property.GetValue(cmdlet));
                property.SetValue(cmdlet, Convert(parameter, property.PropertyType, value));
            }
        }
    }

    /// <summary>
    /// Puts back what the parameters had before <see cref="BindEntries"/>. To be called when the item is done: PowerShell takes what a
    /// parameter has before the next item for its default.
    /// </summary>
    public void UnbindEntries(object cmdlet)
    {
        foreach (var bound in _ofEntries.Values)
        {
            bound.Property.SetValue(cmdlet, bound.Default);
        }

        _ofEntries.Clear();
    }

    private static bool IsBoundByProperty(ParameterMetadata parameter) =>
        parameter.ParameterSets.Values.Any(static set => set.ValueFromPipelineByPropertyName);

    private static object? Convert(ParameterMetadata parameter, Type type, object value)
    {
        try
        {
            var read = parameter.Attributes.OfType<ArgumentTransformationAttribute>()
                .Aggregate((object?)value, static (current, attribute) => attribute.Transform(null!, current));
            if (parameter.Attributes.OfType<ValidateSetAttribute>().FirstOrDefault() is { } words
                && (read as IEnumerable<string> ?? [read as string ?? string.Empty])
                    .FirstOrDefault(word => !words.ValidValues.Contains(word, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            {
                throw RequestValueConverter.UnknownWord(
                    parameter.Name, CellValue.Describe(unknown), words.ValidValues, "this version of the module does not know it.");
            }

            return LanguagePrimitives.ConvertTo(read, type, CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is ArgumentTransformationMetadataException or PSInvalidCastException)
        {
            throw RequestValueConverter.Reject($"{parameter.Name}: {ExceptionText.Of(exception)}", value);
        }
    }

    /// <param name="parameter">The parameter's name.</param>
    /// <param name="value">
    /// What it holds now. PowerShell puts the default back before each item, but goes on listing what an earlier item bound.
    /// </param>
    /// <param name="record">The current item, when it is a record.</param>
    public bool Contains(string parameter, object? value, object? record) =>
        (CountsTypedOnly ? IsConstant(parameter) : WasTyped(parameter))
        || (!CountsTypedOnly && IsBoundToItem(parameter, value, record));

    private bool IsBoundToItem(string parameter, object? value, object? record) =>
        (!IsBlank(value) && _ofEntries.ContainsKey(parameter))
        || (!IsBlank(value) && _invocation.BoundParameters.ContainsKey(parameter)
            && (record is null || IsFromScriptBlock(parameter, value, record)));

    /// <summary>
    /// A parameter that the pipeline fills can be given as a script block too, which is run for each record: -Name { "Call $($_.Name)" }.
    /// PowerShell does not list it among what was typed, so it is told by its value, which is not the record's own.
    /// </summary>
    private bool IsFromScriptBlock(string parameter, object? value, object record)
    {
        if (PositionalScriptBlock.IsFor(_invocation, parameter))
        {
            return true;
        }

        var metadata = PositionalScriptBlock.ParametersOf(_invocation)[parameter];
        var own = metadata.Aliases.Prepend(parameter)
            .Select(name => PSObject.AsPSObject(record).Properties[name])
            .FirstOrDefault(static property => property is not null);
        if (own is null)
        {
            return true;
        }

        object? read;
        try
        {
            read = metadata.Attributes
                .OfType<ArgumentTransformationAttribute>()
                .Aggregate(own.Value, static (current, attribute) => attribute.Transform(null!, current));
        }
        catch (ArgumentTransformationMetadataException)
        {
            return false;
        }

        return TextOf(read) != TextOf(value)
            || Regex.IsMatch(_invocation.Line ?? string.Empty, $@"-{parameter}\s*:?\s*\{{", RegexOptions.IgnoreCase);
    }

    private static string TextOf(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => string.Empty,
        string text => text,
        CopperReference reference => TextOf(reference.Source),
        IEnumerable list => string.Join(";", list.Cast<object?>().Select(TextOf)),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        { } other => other.ToString() ?? string.Empty,
    };

    /// <summary>The value holds nothing.</summary>
    public static bool IsBlank(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => true,
        string text => string.IsNullOrWhiteSpace(text),
        CopperReference reference => reference.IsBlank,
        IDictionary => false,
        ICollection list => list.Cast<object?>().All(IsBlank),
        _ => false,
    };
}
