namespace Copper.Client;

/// <summary>
/// The records that a search has returned. Kept for all of a result that may have a million of them, so as eight bytes and a
/// little room each, a third of what a hash set of the runtime takes; and in parts that grow one by one, so that there never is
/// a second copy of all, nor an array for the large object heap.
/// </summary>
internal sealed class EmittedIdSet
{
    private const int FirstSize = 16;

    /// <summary>2^64 divided by the golden ratio: spreads ids that follow each other.</summary>
    private const ulong Spread = 0x9E3779B97F4A7C15;

    private readonly Part[] _parts = new Part[256];
    private HashSet<(long Id, long Row)>? _rows;
    private bool _hasZero;

    /// <summary>Notes a record; false when it has come before.</summary>
    /// <param name="identity">Its id and, where one id has several rows, the row.</param>
    public bool Add((long Id, long Row) identity)
    {
        if (identity.Row != 0)
        {
            return (_rows ??= []).Add(identity);
        }

        if (identity.Id == 0)
        {
            // Zero marks an empty place.
            var isNew = !_hasZero;
            _hasZero = true;
            return isNew;
        }

        var hash = unchecked((ulong)identity.Id * Spread);
        return _parts[hash >> 56].Add(identity.Id, hash);
    }

    private struct Part
    {
        private long[]? _ids;
        private int _count;

        public bool Add(long id, ulong hash)
        {
            _ids ??= new long[FirstSize];
            if (!TryPut(_ids, id, hash))
            {
                return false;
            }

            if (++_count > _ids.Length / 4 * 3)
            {
                Grow();
            }

            return true;
        }

        private static bool TryPut(long[] ids, long id, ulong hash)
        {
            var place = (int)((hash >> 24) & (ulong)(ids.Length - 1));
            for (; ids[place] != 0; place = (place + 1) & (ids.Length - 1))
            {
                if (ids[place] == id)
                {
                    return false;
                }
            }

            ids[place] = id;
            return true;
        }

        private void Grow()
        {
            var larger = new long[_ids!.Length * 2];
            foreach (var id in _ids)
            {
                if (id != 0)
                {
                    TryPut(larger, id, unchecked((ulong)id * Spread));
                }
            }

            _ids = larger;
        }
    }
}
