# Runs the Pester files against one build of the module, in a process of its own; the build and the module come in environment variables.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $PesterPath,
    [Parameter(Mandatory)] [string] $TestPath,
    [Parameter(Mandatory)] [string] $ResultPath,
    [string] $Only = ''
)

$ErrorActionPreference = 'Stop'
Import-Module $PesterPath

$files = @(Get-ChildItem -Path (Join-Path $TestPath '*.Tests.ps1') | Where-Object { $_.BaseName -like "*$Only*" })
if (-not $files) { throw "No file in $TestPath matches -Only '$Only'." }

$configuration = New-PesterConfiguration
$configuration.Run.Path = $files.FullName
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
if ($env:NO_COLOR) { $configuration.Output.RenderMode = 'Plaintext' }
$run = Invoke-Pester -Configuration $configuration

# A file that cannot be read, or an AfterAll that fails, fails no test, yet something is wrong.
$broken = @($run.FailedContainers) + @($run.FailedBlocks)
$failures = @($run.Failed | ForEach-Object ExpandedPath) + @($broken | ForEach-Object { "$($_.ToString().Trim()), outside its tests: $($_.ErrorRecord)" })
@{
    Passed   = $run.PassedCount
    Failed   = $run.FailedCount + $broken.Count
    Skipped  = $run.SkippedCount + $run.InconclusiveCount
    Failures = $failures
} | ConvertTo-Json | Set-Content -LiteralPath $ResultPath -Encoding UTF8
