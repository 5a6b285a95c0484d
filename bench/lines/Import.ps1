# What Import-Module costs, in processes of their own: what is loaded once costs nothing the second time.
function Measure-Import([int] $Rounds) {
    $empty = Join-Path ([IO.Path]::GetTempPath()) "CopperPS-empty-$PID.dll"
    Add-Type -OutputAssembly $empty -TypeDefinition @'
using System.Management.Automation; [Cmdlet("Get", "Nothing")] public class GetNothing : PSCmdlet { }
'@
    $ours = Join-Path (Get-ModulePath) 'CopperPS.psd1'
    $times = foreach ($round in 1..$Rounds) {
        [pscustomobject]@{ Ours = Measure-ImportOnce $ours; Theirs = Measure-ImportOnce $empty }
    }
    $ours, $theirs = (Get-Median $times.Ours), (Get-Median $times.Theirs)
    $more = $ours - $theirs
    New-Line -Name 'Import' -Ours ('{0:N0} ms' -f $ours) -Rival 'an empty binary module' -Theirs ('{0:N0} ms' -f $theirs) `
        -Ratio ('{0:+0} ms' -f $more) -Goal 'at most +100 ms' -Met ($more -le 100)
    Remove-Item $empty -ErrorAction Ignore
}

function Measure-ImportOnce([string] $Module) {
    $shell = Get-PowerShellCommand
    $command = "(Measure-Command { Import-Module '$Module' }).TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)"
    [double]::Parse((& $shell.FilePath @($shell.ArgumentList) -Command $command), [cultureinfo]::InvariantCulture)
}
