# What the module costs and saves, as ratios against what a user would do instead, in one run on this machine.
# ./build.ps1 bench runs it. Read the ratios, not the seconds: machines differ and are noisy.
[CmdletBinding()]
param(
    # How often each short measurement is taken; the median counts.
    [int] $Rounds = 5,
    # Only these measurements; the table is printed, and not written.
    [ValidateSet('Reading', 'Memory', 'RateLimit', 'Rate', 'Import', 'BeyondTheCeiling', 'Bulk', 'Snapshot', 'ImportMemory', 'Requests')]
    [string[]] $Only
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$root = Split-Path $PSScriptRoot
Import-Module CopperPS
Import-Module ([IO.Path]::Combine($root, 'tests', 'CopperPS.Tests', 'CopperPS.TestKit.psm1'))
. ([IO.Path]::Combine($root, 'build', 'PowerShellCommand.ps1'))
. (Join-Path $PSScriptRoot 'Common.ps1')
foreach ($file in Get-Item ([IO.Path]::Combine($PSScriptRoot, 'lines', '*.ps1'))) { . $file.FullName }

$measurements = [ordered]@{
    Reading          = { Measure-Reading -Rounds $Rounds }
    Memory           = { Measure-Memory }
    RateLimit        = { Measure-RateLimit }
    Rate             = { Measure-Rate }
    Import           = { Measure-Import -Rounds $Rounds }
    BeyondTheCeiling = { Measure-BeyondTheCeiling }
    Bulk             = { Measure-Bulk }
    Snapshot         = { Measure-Snapshot }
    ImportMemory     = { Measure-ImportMemory }
    Requests         = { Measure-Request }
}

$columns = 'Measurement', 'CopperPS', 'Rival', 'Theirs', 'Ratio', 'Goal', 'Met'
function Get-Cell($Line) { foreach ($column in $columns) { $Line.$column } }

$lines = foreach ($name in $measurements.Keys) {
    if ($Only -and $name -notin $Only) { continue }
    Write-Host "measuring: $name"
    & $measurements[$name] | ForEach-Object {
        Write-Host "  $((Get-Cell $_) -join '; ')"
        $_
    }
}
$lines | Format-Table $columns -AutoSize | Out-String -Width 200 | Write-Host
if ($Only) { return }

$results = Join-Path $PSScriptRoot 'results.md'
@(
    '# Measurements'
    ''
    "PowerShell $($PSVersionTable.PSVersion), $([Runtime.InteropServices.RuntimeInformation]::FrameworkDescription), " +
    "$([Environment]::ProcessorCount) cores, $([Runtime.InteropServices.RuntimeInformation]::OSDescription.Trim())."
    "One run of ``./build.ps1 bench``; short measurements are the median of $Rounds rounds. " +
    'A ratio below 1 means that CopperPS is faster or smaller.'
    'C# and the cmdlet read people in one process, in turn, after as many rounds that are not counted; CopperPS requests the next ' +
    'pages while it reads one, and its rivals do not.'
    ''
    '| measurement | CopperPS | rival | the rival''s | ratio | goal | met |'
    '| --- | --- | --- | --- | --- | --- | --- |'
    foreach ($line in $lines) { '| ' + ((Get-Cell $line) -join ' | ') + ' |' }
    foreach ($line in $lines | Where-Object Why) {
        ''
        "$($line.Measurement.Trim()), against $($line.Rival): $($line.Why)"
    }
) | Set-Content $results -Encoding utf8
Write-Host "Written to $results"
