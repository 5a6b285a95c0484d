# Runs Pester files against one build of the module; the build and the module come in environment variables. Several processes share
# a queue of files: each takes the next one as soon as it is done with one.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $PesterPath,
    [Parameter(Mandatory)] [string] $TestPath,
    # A folder with an empty file for each file to run.
    [Parameter(Mandatory)] [string] $QueuePath,
    [Parameter(Mandatory)] [string] $ResultPath
)

$ErrorActionPreference = 'Stop'
Import-Module $PesterPath

# The longest first, so that none of them runs alone at the end; the order of the others does not matter.
$longest = 'Help', 'Faults', 'Guides', 'FlatRecords', 'Cancellation', 'Hostile', 'Unattended', 'ChangePolicy', 'Bulk', 'Connection'

function Get-NextFile([string] $Queue, [string] $Folder) {
    $taken = Join-Path $Queue 'taken'
    $null = New-Item -ItemType Directory -Path $taken -Force
    $rank = @{}
    foreach ($name in $longest) { $rank["$name.Tests.ps1"] = $rank.Count - $longest.Count }
    foreach ($entry in Get-ChildItem -LiteralPath $Queue -File | Sort-Object { [int] $rank[$_.Name] }, Name) {
        # Another process may be quicker: only one of them can move the entry.
        try { [IO.File]::Move($entry.FullName, (Join-Path $taken $entry.Name)) }
        catch [IO.IOException] { continue }
        return Join-Path $Folder $entry.Name
    }
}

function Write-FileResult([IO.FileInfo] $File, $Run) {
    # One line a file, and what failed.
    $counts = "$($Run.PassedCount) passed"
    if ($Run.SkippedCount) { $counts += ", $($Run.SkippedCount) skipped" }
    if ($Run.FailedCount) { $counts += ", $($Run.FailedCount) failed" }
    $sign = if ($Run.Result -eq 'Passed') { '+' } else { '-' }
    Write-Host ('[{0}] {1} {2:0.0} s, {3}' -f $sign, ($File.Name -replace '\.Tests\.ps1$'), $Run.Duration.TotalSeconds, $counts)
    foreach ($test in $Run.Failed) {
        Write-Host "    [-] $($test.ExpandedPath)"
        foreach ($record in $test.ErrorRecord) {
            Write-Host ("$($record.DisplayErrorMessage)`n$($record.DisplayStackTrace)" -replace '(?m)^', '        ')
        }
    }
}

$sum = @{ Passed = 0; Failed = 0; Skipped = 0; Failures = @() }
while ($path = Get-NextFile -Queue $QueuePath -Folder $TestPath) {
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $path
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'None'
    $run = Invoke-Pester -Configuration $configuration
    Write-FileResult -File $path -Run $run

    # A file that cannot be read, or an AfterAll that fails, fails no test, yet something is wrong.
    $broken = @(
        @($run.FailedContainers) + @($run.FailedBlocks) | ForEach-Object { "$($_.ToString().Trim()), outside its tests: $($_.ErrorRecord)" }
    )
    $broken | ForEach-Object { Write-Host "    [-] $_" }
    $sum.Passed += $run.PassedCount
    $sum.Failed += $run.FailedCount + $broken.Count
    $sum.Skipped += $run.SkippedCount + $run.InconclusiveCount
    $sum.Failures += @($run.Failed | ForEach-Object ExpandedPath) + $broken
}
$sum | ConvertTo-Json | Set-Content -LiteralPath $ResultPath -Encoding UTF8
