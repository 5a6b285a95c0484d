using System.Collections;

namespace Copper.Data.Plans;

/// <summary>
/// A list of any length: its first items stay in memory, and the others wait in a <see cref="SpillFile"/>, from which they are read again
/// each time. An item of them takes eight bytes of memory. Items are added on one thread, and may then be read on several.
/// </summary>
/// <param name="write">Writes an item.</param>
/// <param name="read">Reads an item as it was.</param>
internal sealed class SpilledList<T>(Action<SpillWriter, T> write, Func<SpillReader, T> read) : IReadOnlyList<T>, IDisposable
    where T : class
{
    private readonly int _mostInMemory = SpillFile.MostInMemory;
    private readonly List<T> _first = [];
    private readonly List<long> _ends = [];
    private readonly SpillWriter _writer = new();
    private SpillFile? _file;
    private ReadItem? _last;

    public int Count => _first.Count + _ends.Count;

    public T this[int index]
    {
        get
        {
            if (index < _first.Count)
            {
                return _first[index];
            }

            // Whoever looks at several values of an item asks for it several times in a row.
            if (_last is { } last && last.Index == index)
            {
                return last.Item;
            }

            var place = index - _first.Count;
            var start = place == 0 ? 0 : _ends[place - 1];
            var item = read(new SpillReader(_file!.Read(start, (int)(_ends[place] - start)), _writer.Kept));
            _last = new ReadItem(index, item);
            return item;
        }
    }

    public void Add(T item)
    {
        if (_first.Count < _mostInMemory)
        {
            _first.Add(item);
            return;
        }

        _writer.Clear();
        write(_writer, item);
        _file ??= new SpillFile();
        _ends.Add(_file.Append(_writer.Bytes, _writer.Length) + _writer.Length);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    public void Dispose() => _file?.Dispose();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed record ReadItem(int Index, T Item);
}
