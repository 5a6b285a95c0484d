using System.Collections;
using System.Management.Automation;

namespace CopperPS.Binding;

/// <summary>The kind of records that are merged; or, in its place, what is merged: groups or records.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MergeSubjectAttribute : VocabularyAttribute
{
    /// <summary>The kinds of records that can be merged.</summary>
    public MergeSubjectAttribute()
        : base(["Company", "Lead", "Person"]) => TakesOne = true;

    private protected override string Meant(string text) => EntityTransformationAttribute.Singular(text);

    private protected override object? Read(object? inputData) => CellValue.Bare(inputData) switch
    {
        null or string => base.Read(inputData),
        IEnumerable list and not IDictionary => list.Cast<object?>()
            .Select(static item => item is null ? null : PSObject.AsPSObject(item)).ToArray(),
        _ => new PSObject?[] { PSObject.AsPSObject(inputData!) },
    };
}
