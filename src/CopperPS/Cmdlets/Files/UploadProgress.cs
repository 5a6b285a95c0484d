using System.Globalization;
using System.Management.Automation;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Files;

/// <summary>Shows how much of a file is on its way.</summary>
internal sealed class UploadProgress(Cmdlet cmdlet, string activity, string fileName)
{
    private const double Megabyte = 1024 * 1024;

    /// <summary>A file that is sent at once needs no bar.</summary>
    private const long WorthABar = 1024 * 1024;

    private readonly ProgressBar _bar = new(cmdlet, activity, 0x0C0FFF);

    public void Show(long sent, long total)
    {
        if (total >= WorthABar)
        {
            _bar.Show(
                string.Format(CultureInfo.CurrentCulture, "{0}: {1:N1} of {2:N1} MB", fileName, sent / Megabyte, total / Megabyte),
                (double)sent / total);
        }
    }

    /// <summary>Removes the bar, however it ended.</summary>
    public void Complete() => _bar.Complete();
}
