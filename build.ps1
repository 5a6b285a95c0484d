#Requires -Version 5.1
<#
.SYNOPSIS
    Builds, tests, documents and packages CopperPS.
.DESCRIPTION
    One task a call; without a task it lists them. Runs in Windows PowerShell 5.1 and in PowerShell 7.4 or later,
    on Windows, Linux and macOS, and needs the .NET SDK 10. Each task brings itself what it needs.
.PARAMETER Task
    What to do: build, test, demo, docs, package, bench or clean.
.PARAMETER Configuration
    The configuration that is compiled.
.PARAMETER Suite
    test: only the xUnit tests (Unit), only Pester (Module), only the script analysis (Scripts).
.PARAMETER Build
    test: only this build of the module. PowerShell 7 tests both, Windows PowerShell the net472 one.
.PARAMETER Only
    test: only the Pester files whose name matches, for example -Only Conventions. bench: only this measurement, for example
    -Only Reading; the table is shown and not written.
.PARAMETER ModulePath
    test: a module that is built already, or a folder above it, for example out/package; nothing is compiled then.
.EXAMPLE
    ./build.ps1 build
    Import-Module ./out/CopperPS
.EXAMPLE
    ./build.ps1 test -Suite Module -Build net8.0 -Only Conventions
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [string] $Task,

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    [ValidateSet('All', 'Unit', 'Module', 'Scripts')]
    [string] $Suite = 'All',

    [ValidateSet('All', 'net8.0', 'net472')]
    [string] $Build = 'All',

    [string] $Only = '',

    [string] $ModulePath
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

. ([IO.Path]::Combine($PSScriptRoot, 'build', 'Common.ps1'))
. ([IO.Path]::Combine($PSScriptRoot, 'build', 'Tasks.Build.ps1'))
. ([IO.Path]::Combine($PSScriptRoot, 'build', 'Tasks.Test.ps1'))
. ([IO.Path]::Combine($PSScriptRoot, 'build', 'Tasks.Docs.ps1'))
. ([IO.Path]::Combine($PSScriptRoot, 'build', 'Tasks.Package.ps1'))

$tasks = [ordered]@{
    build   = 'compile both builds and put the whole module together in out/CopperPS'
    test    = 'run every test: xUnit, Pester against the module (once a build), PSScriptAnalyzer'
    demo    = 'run samples/Demo.ps1 with the module: no account and no network needed'
    docs    = 'bring docs/en-US in step with the cmdlets, keeping what was written by hand'
    package = 'create out/package: a versioned module folder, a .nupkg for a PowerShell repository, and two for C# programs'
    bench   = 'run the measurements in bench'
    clean   = 'remove everything that the other tasks created'
}

if (-not $Task) {
    Write-TaskList
    exit 0
}
if (-not $tasks.Contains($Task)) {
    Write-Failure "There is no task '$Task'."
    Write-TaskList
    exit 1
}

$watch = [Diagnostics.Stopwatch]::StartNew()
try {
    switch ($Task) {
        build { Invoke-BuildTask -Configuration $Configuration }
        demo { Invoke-SampleTask -Path 'samples/Demo.ps1' -Configuration $Configuration }
        docs { Invoke-DocsTask -Configuration $Configuration }
        package { Invoke-PackageTask -Configuration $Configuration }
        bench { Invoke-BenchTask -Configuration $Configuration -Only $Only }
        clean { Invoke-CleanTask }
        # Prints its own last line, the sum of all suites, and nothing may follow it.
        test { exit (Invoke-TestTask -Configuration $Configuration -Suite $Suite -Build $Build -Only $Only -ModulePath $ModulePath) }
    }
}
catch {
    Write-Verbose $_.ScriptStackTrace
    Write-Failure "${Task}: $($_.Exception.Message)"
    exit 1
}
Write-Step ('{0} done in {1:0.0} s' -f $Task, $watch.Elapsed.TotalSeconds)
exit 0
