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
        "Copper.SandboxHost [--port N] [--latency MS|MIN-MAX] [--fault-file FILE] [--exit-with-stdin]\n"
        + "  settings of the account, each with a value: --" + string.Join(" --", AccountSettings.Names) + "\n"
        + "  --rate-limit default|none|36/6s, may be repeated; \"default\" limits the bulk endpoints, too";

    /// <exception cref="FormatException">An option is unknown or its value is not understood.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine();
        var rateLimits = new List<string>();
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

            if (name == "rate-limit")
            {
                rateLimits.Add(arguments[index]);
            }
            else
            {
                line.Read(name, arguments[index]);
            }
        }

        line.ReadRateLimits(rateLimits);
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

    private void ReadRateLimits(List<string> rateLimits)
    {
        if (rateLimits.Count == 0)
        {
            return;
        }

        AccountSettings.Apply(Options.Account, "rate-limit", string.Join(',', rateLimits));
        if (rateLimits is ["default"] && Options.Account.BulkRateLimit is null)
        {
            AccountSettings.Apply(Options.Account, "bulk-limit", "default");
        }
    }
}
