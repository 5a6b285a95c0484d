# Runs the xUnit tests, which are compiled already, and counts them.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Solution,
    [Parameter(Mandatory)] [string] $Configuration,
    [Parameter(Mandatory)] [string] $ResultPath
)

$folder = Join-Path (Split-Path $ResultPath) 'xunit'
if (Test-Path $folder) { Remove-Item $folder -Recurse -Force }
& dotnet test $Solution --configuration $Configuration --no-build --nologo --verbosity quiet `
    --logger 'console;verbosity=minimal' --logger trx --results-directory $folder |
    Where-Object { $_ -and $_ -notmatch '^(Test run for|A total of|Results File:|\[xUnit\.net)' } | ForEach-Object { Write-Host $_ }
$broken = $LASTEXITCODE

$result = @{ Passed = 0; Failed = 0; Skipped = 0; Failures = @() }
foreach ($file in Get-ChildItem (Join-Path $folder '*.trx') -ErrorAction Ignore) {
    $run = ([xml] (Get-Content -LiteralPath $file.FullName -Raw)).TestRun
    $counters = $run.ResultSummary.Counters
    $result.Passed += [int] $counters.passed
    $result.Failed += [int] $counters.executed - [int] $counters.passed
    # The counter "notExecuted" stays 0, whatever was skipped.
    $result.Skipped += [int] $counters.total - [int] $counters.executed
    $result.Failures += @(
        $run.GetElementsByTagName('UnitTestResult') | Where-Object { $_.outcome -eq 'Failed' } | ForEach-Object { $_.testName }
    )
}
if ($broken -and -not $result.Failed) {
    $result.Failed = 1
    $result.Failures = @('dotnet test failed before it had counted its tests; its messages are above.')
}
$result | ConvertTo-Json | Set-Content -LiteralPath $ResultPath -Encoding UTF8
