using System.Globalization;
using Copper.SandboxHost.Endpoints;

namespace Copper.SandboxHost;

/// <summary>Reads the command line.</summary>
internal sealed class CommandLine
{
    public SandboxHostOptions Options { get; } = new();

    /// <summary>Whether the host stops when its standard input is closed.</summary>
    public bool ExitWithStandardInput { get; private set; }

    public static string Usage =>
        "Copper.SandboxHost [--port N] [--latency MS|MIN-MAX] [--fault-file FILE] [--keep-pages true] [--exit-with-stdin]\n"
        + "  settings of the account, each with a value: --" + string.Join(" --", AccountSettings.Names) + "\n"
        + "  --rate-limit default|none|36/6s, may be repeated; \"default\" and \"none\" set the bulk limit, too";

    /// <exception cref="FormatException">An option is unknown or its value is not understood.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine();
        var settings = new List<KeyValuePair<string, string>>();
        for (int index = 0; index < arguments.Count; index++)
        {
            string name = arguments[index].StartsWith("--", StringComparison.Ordinal)
                ? arguments[index][2..]
                : throw new FormatException($"Unknown argument {arguments[index]}.");
            if (name == "exit-with-stdin")
            {
                line.ExitWithStandardInput = true;
                continue;
            }

            if (++index == arguments.Count)
            {
                throw new FormatException($"--{name} needs a value.");
            }

            settings.Add(new(name, arguments[index]));
        }

        // Rate limits first: "default" sets the bulk limit as well, which --bulk-limit may then change.
        var rateLimits = settings.Where(setting => setting.Key == "rate-limit").Select(setting => setting.Value).ToList();
        if (rateLimits.Count > 0)
        {
            line.Read("rate-limit", string.Join(',', rateLimits));
        }

        foreach (var setting in settings.Where(setting => setting.Key != "rate-limit"))
        {
            line.Read(setting.Key, setting.Value);
        }

        return line;
    }

    private void Read(string name, string value)
    {
        switch (name)
        {
            case "port":
                Options.Port = int.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "latency":
                Options.Latency = LatencyRange.Parse(value);
                break;
            case "keep-pages":
                Options.KeepPages = bool.Parse(value);
                break;
            case "fault-file":
                Options.Faults = ControlEndpoints.ParseFaults(File.ReadAllText(value));
                break;
            default:
                if (!AccountSettings.Knows(name))
                {
                    throw new FormatException($"Unknown option --{name}.");
                }

                AccountSettings.Apply(Options.Account, name, value);
                break;
        }
    }
}
