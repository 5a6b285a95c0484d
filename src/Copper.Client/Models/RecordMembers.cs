using System.Dynamic;
using System.Linq.Expressions;
using System.Reflection;

namespace Copper.Client.Models;

/// <summary>
/// Lets languages that look up members as they run, such as C# with <c>dynamic</c>, read a custom field of a record by its name:
/// <c>company.Region</c>. The record's own members come first: of a field that is called like one of them
/// <c>company.CustomFields["Status"]</c> is the value.
/// </summary>
/// <remarks>A name that no field of the record has is no member, as with any object.</remarks>
internal sealed class RecordMembers(Expression expression, ICustomFieldRecord record)
    : DynamicMetaObject(expression, BindingRestrictions.Empty, record)
{
    private static readonly MethodInfo KnowsMethod = Method(nameof(Knows));
    private static readonly MethodInfo ValueMethod = Method(nameof(ValueOf));

    /// <inheritdoc/>
    public override DynamicMetaObject BindGetMember(GetMemberBinder binder)
    {
        if (record.GetType().GetMember(binder.Name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase).Length > 0)
        {
            return base.BindGetMember(binder);
        }

        // Which names there are depends on the record and on what its client has read: both are looked at each time.
        var (self, name) = (Expression.Convert(Expression, typeof(ICustomFieldRecord)), Expression.Constant(binder.Name));
        var ofType = BindingRestrictions.GetTypeRestriction(Expression, record.GetType());
        var knows = Expression.Call(KnowsMethod, self, name);
        if (Knows(record, binder.Name))
        {
            return binder.FallbackGetMember(this, new DynamicMetaObject(
                Expression.Call(ValueMethod, self, name), ofType.Merge(BindingRestrictions.GetExpressionRestriction(knows))));
        }

        var missing = base.BindGetMember(binder);
        return new DynamicMetaObject(
            missing.Expression,
            missing.Restrictions.Merge(ofType).Merge(BindingRestrictions.GetExpressionRestriction(Expression.Not(knows))));
    }

    /// <inheritdoc/>
    public override IEnumerable<string> GetDynamicMemberNames() => record.CustomFields?.FieldNames ?? [];

    private static bool Knows(ICustomFieldRecord record, string name) => record.CustomFields?.Knows(name) == true;

    private static object? ValueOf(ICustomFieldRecord record, string name) => record.CustomFields?[name];

    private static MethodInfo Method(string name) =>
        typeof(RecordMembers).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
}
