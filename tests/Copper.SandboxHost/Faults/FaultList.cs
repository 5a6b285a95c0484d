namespace Copper.SandboxHost.Faults;

/// <summary>The faults waiting for a request. Safe to use from several threads.</summary>
public sealed class FaultList
{
    private readonly Lock _gate = new();
    private readonly List<Armed> _faults = [];

    public void Add(Fault fault)
    {
        lock (_gate)
        {
            _faults.Add(new Armed(fault));
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
        }
    }

    /// <summary>The fault that hits a request: the first one armed for it that has hits left.</summary>
    internal Fault? Take(string method, string path)
    {
        lock (_gate)
        {
            foreach (var armed in _faults)
            {
                if (armed.Fault.Match?.Matches(method, path) != false && armed.TryHit())
                {
                    return armed.Fault;
                }
            }

            return null;
        }
    }

    private sealed class Armed(Fault fault)
    {
        private int _passesLeft = fault.Match?.After ?? 0;
        private int _hitsLeft = fault.Times;

        public Fault Fault { get; } = fault;

        public bool TryHit()
        {
            if (_passesLeft > 0)
            {
                _passesLeft--;
                return false;
            }

            if (_hitsLeft == 0)
            {
                return false;
            }

            if (_hitsLeft > 0)
            {
                _hitsLeft--;
            }

            return true;
        }
    }
}
