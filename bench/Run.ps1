# What the module costs and saves, as ratios against what a user would do instead, in one run on this machine.
# ./build.ps1 bench runs it. Read the ratios, not the seconds: machines differ and are noisy.
[CmdletBinding()]
param(
    # How many people the account holds.
    [int] $People = 20000,
    # How often each measurement is taken; the median counts.
    [int] $Rounds = 3
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$root = Split-Path $PSScriptRoot
Import-Module CopperPS
Import-Module ([IO.Path]::Combine($root, 'tests', 'CopperPS.Tests', 'CopperPS.TestKit.psm1'))
. ([IO.Path]::Combine($root, 'build', 'PowerShellCommand.ps1'))

function Measure-Median([scriptblock] $Script) {
    $times = foreach ($round in 1..$Rounds) { (Measure-Command $Script).TotalMilliseconds }
    @($times | Sort-Object)[[int] [Math]::Floor($Rounds / 2)]
}

function Measure-Import([string] $Module) {
    # In a process of its own: what is loaded once costs nothing the second time.
    $shell = Get-PowerShellCommand
    $command = "(Measure-Command { Import-Module '$Module' }).TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)"
    $times = foreach ($round in 1..$Rounds) { [double]::Parse((& $shell.FilePath @($shell.ArgumentList) -Command $command), [cultureinfo]::InvariantCulture) }
    @($times | Sort-Object)[[int] [Math]::Floor($Rounds / 2)]
}

function New-Line([string] $Name, [double] $Ours, [string] $Rival, [double] $Theirs) {
    [pscustomobject]@{
        Measurement = $Name
        'CopperPS'  = '{0:N0} ms' -f $Ours
        Rival       = $Rival
        'Its time'  = '{0:N0} ms' -f $Theirs
        Ratio       = '{0:0.00}' -f ($Ours / $Theirs)
    }
}

$sandbox = Start-SandboxHost -People $People
try {
    Connect-SandboxHost $sandbox @{ RateLimit = '1000000/1s' }
    $headers = @{ 'X-PW-AccessToken' = $sandbox.ApiKey; 'X-PW-Application' = 'developer_api'; 'X-PW-UserEmail' = $sandbox.UserEmail }
    $search = @{ Uri = "$($sandbox.BaseUri)/people/search"; Method = 'Post'; Headers = $headers; ContentType = 'application/json'; UseBasicParsing = $true }
    $page = { param($Number) Invoke-RestMethod @search -Body "{`"page_number`":$Number,`"page_size`":200,`"sort_by`":`"date_created`"}" }

    # The sandbox renders each page once; that is not what is measured.
    Get-CopperPerson | Out-Null

    $empty = Join-Path ([IO.Path]::GetTempPath()) "CopperPS-empty-$PID.dll"
    Add-Type -OutputAssembly $empty -TypeDefinition 'using System.Management.Automation; [Cmdlet("Get", "Nothing")] public class GetNothing : PSCmdlet { }'

    $lines = @(
        New-Line -Name "Read $People people" -Ours (Measure-Median { Get-CopperPerson | Out-Null }) -Rival 'Invoke-RestMethod loop' -Theirs (Measure-Median {
                $number = 0
                do {
                    $number++
                    $records = @(& $page $number | ForEach-Object { $_ })
                } while ($records.Count -eq 200)
            })
        New-Line -Name 'First five people' -Ours (Measure-Median { Get-CopperPerson | Select-Object -First 5 | Out-Null }) -Rival 'one Invoke-RestMethod' -Theirs (Measure-Median { & $page 1 | Out-Null })
        New-Line -Name 'Import' -Ours (Measure-Import (Join-Path (Get-ModulePath) 'CopperPS.psd1')) -Rival 'an empty binary module' -Theirs (Measure-Import $empty)
    )
}
finally {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

$lines | Format-Table -AutoSize | Out-Host
$results = Join-Path $PSScriptRoot 'results.md'
@(
    '# Measurements'
    ''
    "PowerShell $($PSVersionTable.PSVersion), $([Runtime.InteropServices.RuntimeInformation]::FrameworkDescription), $([Environment]::ProcessorCount) cores, $([Runtime.InteropServices.RuntimeInformation]::OSDescription.Trim())."
    "Median of $Rounds rounds in one run of ``./build.ps1 bench``; a ratio below 1 means that CopperPS is faster."
    ''
    '| measurement | CopperPS | rival | its time | ratio |'
    '| --- | --- | --- | --- | --- |'
    foreach ($line in $lines) { '| ' + ($line.PSObject.Properties.Value -join ' | ') + ' |' }
) | Set-Content $results -Encoding utf8
Write-Host "Written to $results"
