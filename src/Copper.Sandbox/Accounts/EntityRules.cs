namespace Copper.Sandbox.Accounts;

/// <summary>What the server does with a record besides storing the attributes that were sent.</summary>
internal abstract class EntityRules
{
    public static EntityRules None { get; } = new NoRules();

    /// <summary>Completes and checks a record that is about to be stored.</summary>
    public abstract void Complete(RecordDraft draft);

    /// <summary>Sets what is missing before the record is checked.</summary>
    public virtual void Prepare(RecordDraft draft)
    {
    }

    /// <summary>Sets the dates of a new record that are not those of the moment.</summary>
    public virtual void BeforeInsert(RecordDraft draft)
    {
    }

    /// <summary>Does what follows from a stored change.</summary>
    public virtual void AfterSave(RecordDraft draft, Record record)
    {
    }

    /// <summary>Does what follows from a deletion.</summary>
    public virtual void AfterDelete(Account account, Record record)
    {
    }

    private sealed class NoRules : EntityRules
    {
        public override void Complete(RecordDraft draft)
        {
        }
    }
}
