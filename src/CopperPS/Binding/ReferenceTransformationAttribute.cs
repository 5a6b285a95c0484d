using System.Collections;
using System.Management.Automation;
using Copper.Client.Models;

namespace CopperPS.Binding;

/// <summary>Makes <see cref="CopperReference"/>s of whatever was given.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReferenceTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The parameter takes one reference instead of a list.</summary>
    public bool TakesOne { get; set; }

    /// <summary>
    /// The property that holds the id of an object that is no record, for example ProjectId in a row of tasks. Id by default.
    /// </summary>
    public string Member { get; set; } = "Id";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        BoundRow.Note(inputData);
        GivenValue.Check(inputData, !TakesOne);
        var value = CellValue.Bare(inputData);
        if (value is null)
        {
            return null;
        }

        if (TakesOne)
        {
            return CopperReference.From(value is object[] { Length: 1 } one && one[0] is { } only ? only : inputData!, Member);
        }

        return value is IEnumerable list and not string and not IDictionary and not ICopperRecord
            ? list.Cast<object?>().SelectMany(item => item is null ? [null] : CopperReference.AllFrom(item, Member)).ToArray()
            : CopperReference.AllFrom(inputData!, Member).ToArray();
    }
}
