# Analyses every script of the repository; each one is a test that passes when nothing is found in it.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $AnalyzerPath,
    [Parameter(Mandatory)] [string] $RootPath,
    [Parameter(Mandatory)] [string] $ResultPath
)

$ErrorActionPreference = 'Stop'
Import-Module $AnalyzerPath
. ([IO.Path]::Combine($PSScriptRoot, '..', 'RepositoryScript.ps1'))

function Get-Finding([hashtable] $Analysis) {
    # Version 1.25 looks up commands on several threads at once, and now and then fails at it (PowerShell/PSScriptAnalyzer#2205):
    # with an exception, or with errors that it goes on after. Both are its own, so it is asked again, and only the last try is heard.
    $quiet = @{} + $Analysis
    $quiet.ErrorAction = 'SilentlyContinue'
    for ($try = 1; $try -lt 5; $try++) {
        try {
            $findings = Invoke-ScriptAnalyzer @quiet -ErrorVariable problems 2>$null
            if (-not ($problems | Where-Object { "$_" -match 'Get-Command' })) { return $findings }
        }
        catch { Write-Verbose "The analyzer failed at try ${try}: $_" }
    }
    Invoke-ScriptAnalyzer @Analysis
}

$settings = Join-Path $RootPath 'PSScriptAnalyzerSettings.psd1'
$scripts = Get-RepositoryScript -Path $RootPath

$failures = foreach ($script in $scripts) {
    $analysis = @{ Path = $script.FullName; Settings = $settings }
    # A Pester file sets a variable in one block and uses it in another, which the analyzer takes for never used.
    if ($script.Name -like '*.Tests.ps1') { $analysis.ExcludeRule = 'PSUseDeclaredVarsMoreThanAssignments' }
    # The analyzer looks for the files that the manifest names, which lie beside it only once the module is put together.
    if ($script.Extension -eq '.psd1') { $analysis.ErrorAction = 'SilentlyContinue' }
    $findings = @(Get-Finding $analysis)
    foreach ($finding in $findings) {
        Write-Host ('{0}:{1}: {2}: {3}' -f $script.FullName, $finding.Line, $finding.RuleName, $finding.Message)
    }
    if ($findings) { '{0} ({1} findings)' -f $script.Name, $findings.Count }
}
@{
    Passed   = $scripts.Count - @($failures).Count
    Failed   = @($failures).Count
    Skipped  = 0
    Failures = @($failures)
} | ConvertTo-Json | Set-Content -LiteralPath $ResultPath -Encoding UTF8
