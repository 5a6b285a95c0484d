namespace Copper.Client;

/// <summary>
/// The records that a search has returned. Kept for all of a result that may have a million of them, so ids that lie near each other
/// share what they begin with: two bytes for each id of a stretch of 65,536 while there are few, and one bit for each possible id of the
/// stretch once there are many. A hash set of the runtime takes some 30 bytes, and twice as much for a moment when it grows.
/// </summary>
internal sealed class EmittedIdSet
{
    private readonly Dictionary<long, Stretch> _stretches = [];
    private HashSet<(long Id, long Row)>? _rows;

    /// <summary>Notes a record; false when it has come before.</summary>
    /// <param name="identity">Its id and, where one id has several rows, the row.</param>
    public bool Add((long Id, long Row) identity)
    {
        if (identity.Row != 0)
        {
            return (_rows ??= []).Add(identity);
        }

        var start = identity.Id >> 16;
        if (!_stretches.TryGetValue(start, out var stretch))
        {
            _stretches[start] = stretch = new Stretch();
        }

        return stretch.Add((ushort)(identity.Id & ushort.MaxValue));
    }

    /// <summary>The ids of a stretch, by their last 16 bits: sorted, or as bits where that takes less.</summary>
    private sealed class Stretch
    {
        /// <summary>So many take as much as a bit for each possible one.</summary>
        private const int MostSorted = (ushort.MaxValue + 1) / 8 / sizeof(ushort);

        private ushort[] _sorted = new ushort[4];
        private int _count;
        private ulong[]? _bits;

        public bool Add(ushort end)
        {
            if (_bits is null && _count == MostSorted)
            {
                _bits = new ulong[(ushort.MaxValue + 1) / 64];
                Array.ForEach(_sorted, sorted => AddBit(_bits, sorted));
                _sorted = [];
            }

            return _bits is null ? AddSorted(end) : AddBit(_bits, end);
        }

        private static bool AddBit(ulong[] bits, ushort end)
        {
            var bit = 1UL << (end & 63);
            var isNew = (bits[end >> 6] & bit) == 0;
            bits[end >> 6] |= bit;
            return isNew;
        }

        private bool AddSorted(ushort end)
        {
            // Most searches return ids in rising order.
            var place = _count == 0 || _sorted[_count - 1] < end ? ~_count : Array.BinarySearch(_sorted, 0, _count, end);
            if (place >= 0)
            {
                return false;
            }

            if (_count == _sorted.Length)
            {
                Array.Resize(ref _sorted, _count * 2);
            }

            Array.Copy(_sorted, ~place, _sorted, ~place + 1, _count - ~place);
            _sorted[~place] = end;
            _count++;
            return true;
        }
    }
}
