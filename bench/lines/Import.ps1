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
    $why = 'a manifest with a script, as every module for both PowerShells has, costs some 30 ms of it, the views about 60 and the ' +
    'types about 30 (PowerShell compiles their script blocks), the four assemblies about 45.'
    New-Line -Name 'Import' -Ours ('{0:N0} ms' -f $ours) -Rival 'an empty binary module' -Theirs ('{0:N0} ms' -f $theirs) `
        -Ratio ('{0:+0} ms' -f $more) -Goal 'at most +60 ms' -Met ($more -le 60) -Why $why
    Remove-Item $empty -ErrorAction Ignore

    # A whole script: what it takes from the start of PowerShell to the first record.
    $scripts = foreach ($round in 1..$Rounds) { Measure-FirstScript (Get-ModulePath) }
    $connect, $whole = foreach ($part in 'Connect', 'Whole') { Get-Median $scripts.$part }
    $why = 'some 2,300 methods of the client and the sandbox are compiled at their first call, about 300 ms; in the same process a ' +
    'second connection takes 45 ms, demo data included. Code compiled in advance would need one build for each operating system and ' +
    'version of .NET.'
    New-Line -Name 'Connect-Copper -Sandbox in a new process' -Ours ('{0:N0} ms' -f $connect) -Goal 'at most 150 ms' `
        -Met ($connect -le 150) -Why $why
    New-Line -Name 'A script that reads one person, PowerShell included' -Ours ('{0:N0} ms' -f $whole)
}

function Measure-FirstScript([string] $Module) {
    $shell = Get-PowerShellCommand
    $command = "Import-Module '$Module/CopperPS.psd1'; `$time = Measure-Command { Connect-Copper -Sandbox }; " +
    '$null = Get-CopperPerson -First 1; $time.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)'
    $part = @{}
    $whole = Measure-Command { $part.Text = & $shell.FilePath @($shell.ArgumentList) -Command $command }
    [pscustomobject]@{
        Connect = [double]::Parse($part.Text, [cultureinfo]::InvariantCulture)
        Whole   = $whole.TotalMilliseconds
    }
}

function Measure-ImportOnce([string] $Module) {
    $shell = Get-PowerShellCommand
    $command = "(Measure-Command { Import-Module '$Module' }).TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)"
    [double]::Parse((& $shell.FilePath @($shell.ArgumentList) -Command $command), [cultureinfo]::InvariantCulture)
}
