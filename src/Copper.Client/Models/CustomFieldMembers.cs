using System.Dynamic;
using System.Linq.Expressions;
using System.Reflection;

namespace Copper.Client.Models;

/// <summary>
/// Lets languages that look up members as they run, such as C# with <c>dynamic</c>, read a custom field by its name:
/// <c>person.CustomFields.Score</c> and <c>person.CustomFields["Score"]</c>. Members of the list and of its items come first.
/// </summary>
/// <remarks>
/// A language that takes the exception of an ordinary indexer for null reports one that it binds to by this class.
/// </remarks>
internal sealed class CustomFieldMembers(Expression expression, CopperCustomFieldList list)
    : DynamicMetaObject(expression, BindingRestrictions.Empty, list)
{
    private static readonly MethodInfo ByName =
        typeof(CopperCustomFieldList).GetProperty("Item", [typeof(string)])!.GetMethod!;

    private static readonly HashSet<string> Others = new(
        typeof(CopperCustomFieldList).GetMembers().Concat(typeof(CopperCustomFieldValue).GetMembers())
            .Select(static member => member.Name)

            // PowerShell gives these to every object.
            .Concat(["Length", "psobject", "psbase", "psextended", "psadapted", "pstypenames"]),
        StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override DynamicMetaObject BindGetMember(GetMemberBinder binder) => Others.Contains(binder.Name)
        ? base.BindGetMember(binder)
        : binder.FallbackGetMember(this, Read(Expression.Constant(binder.Name)));

    /// <inheritdoc/>
    public override DynamicMetaObject BindGetIndex(GetIndexBinder binder, DynamicMetaObject[] indexes) =>
        indexes.Length == 1 && indexes[0].LimitType == typeof(string)
            ? Read(
                Expression.Convert(indexes[0].Expression, typeof(string)),
                BindingRestrictions.GetTypeRestriction(indexes[0].Expression, typeof(string)))
            : base.BindGetIndex(binder, indexes);

    /// <inheritdoc/>
    public override IEnumerable<string> GetDynamicMemberNames() => list.FieldNames.Where(static name => !Others.Contains(name));

    private DynamicMetaObject Read(Expression name, BindingRestrictions? restrictions = null)
    {
        var ofList = BindingRestrictions.GetTypeRestriction(Expression, typeof(CopperCustomFieldList));
        return new DynamicMetaObject(
            Expression.Call(Expression.Convert(Expression, typeof(CopperCustomFieldList)), ByName, name),
            restrictions is null ? ofList : ofList.Merge(restrictions));
    }
}
