# test: three suites that know nothing of each other, added up at the end.

function Invoke-TestTask {
    # Returns the exit code. A suite that breaks counts as one failure, so that the others still run and the sum still comes.
    [OutputType([int])]
    param([string] $Configuration, [string] $Suite, [string] $Build, [string] $Only, [string] $ModulePath)

    $compile = @{ Configuration = $Configuration }
    $module = @{ Path = $paths.Module; Build = $Build; Only = $Only }
    if ($ModulePath) {
        $module.Path = Resolve-ModuleFolder $ModulePath
        $results = @(Invoke-Suite -Name 'module' -Command Invoke-ModuleSuite -Parameter $module)
    }
    else {
        $results = @(if ($Suite -ne 'Scripts') { Invoke-Suite -Name 'compile' -Command Invoke-TestCompilation -Parameter $compile })
        # What did not compile cannot be tested; the scripts can.
        if (-not $results) {
            if ($Suite -in 'All', 'Unit') { $results += @(Invoke-Suite -Name 'xUnit' -Command Invoke-UnitSuite -Parameter $compile) }
            if ($Suite -in 'All', 'Module') { $results += @(Invoke-Suite -Name 'module' -Command Invoke-ModuleSuite -Parameter $module) }
        }
        if ($Suite -in 'All', 'Scripts') { $results += @(Invoke-Suite -Name 'scripts' -Command Invoke-ScriptSuite -Parameter @{}) }
    }
    Write-TestSummary $results
    [int] [bool] ($results | Where-Object { $_.Failed })
}

function Resolve-ModuleFolder([string] $Path) {
    # The folder of the manifest, which in a package lies under a name and a version.
    $manifest = Get-ChildItem -LiteralPath $Path -Recurse -Filter 'CopperPS.psd1' -ErrorAction Ignore | Select-Object -First 1
    if (-not $manifest) { throw "There is no CopperPS.psd1 in $Path." }
    $manifest.DirectoryName
}

function Invoke-Suite([string] $Name, [string] $Command, [hashtable] $Parameter) {
    try { & $Command @Parameter }
    catch {
        Write-Verbose $_.ScriptStackTrace
        Write-Failure "${Name}: $($_.Exception.Message)"
        New-SuiteResult $Name -Failed 1 -Failure $_.Exception.Message
    }
}

function Invoke-TestCompilation([string] $Configuration) {
    Invoke-Compiler -Path $paths.Solution -Configuration $Configuration
    Update-StagedModule -Configuration $Configuration
}

function New-SuiteResult([string] $Name, [int] $Passed, [int] $Failed, [int] $Skipped, [string[]] $Failure) {
    [pscustomobject]@{ Name = $Name; Passed = $Passed; Failed = $Failed; Skipped = $Skipped; Failures = @($Failure | Where-Object { $_ }) }
}

function Write-TestSummary($Results) {
    Write-Step 'results'
    foreach ($result in $Results) {
        Write-Host ('    {0,-18} {1,5} passed, {2,3} failed, {3,3} skipped' -f $result.Name, $result.Passed, $result.Failed, $result.Skipped)
    }
    foreach ($result in $Results) {
        foreach ($failure in $result.Failures) { Write-Failure "    failed in $($result.Name): $failure" }
    }
    $passed = $failed = $skipped = 0
    foreach ($result in $Results) {
        $passed += $result.Passed
        $failed += $result.Failed
        $skipped += $result.Skipped
    }
    Write-Host "$passed passed, $failed failed, $skipped skipped"
}

function Invoke-UnitSuite([string] $Configuration) {
    Write-Step 'xUnit'
    $folder = Join-Path $paths.Results 'xunit'
    if (Test-Path $folder) { Remove-Item $folder -Recurse -Force }
    & dotnet test $paths.Solution --configuration $Configuration --no-build --nologo --verbosity quiet `
        --logger 'console;verbosity=minimal' --logger trx --results-directory $folder |
        Where-Object { $_ -notmatch '^(Test run for|A total of|Results File:|\[xUnit\.net)' } | Out-Host
    $broken = $LASTEXITCODE

    $result = New-SuiteResult 'xUnit'
    foreach ($file in Get-ChildItem (Join-Path $folder '*.trx') -ErrorAction Ignore) {
        $run = ([xml] (Get-Content -LiteralPath $file.FullName -Raw)).TestRun
        $counters = $run.ResultSummary.Counters
        $result.Passed += [int] $counters.passed
        $result.Failed += [int] $counters.executed - [int] $counters.passed
        # The counter "notExecuted" stays 0, whatever was skipped.
        $result.Skipped += [int] $counters.total - [int] $counters.executed
        $result.Failures += @($run.GetElementsByTagName('UnitTestResult') | Where-Object { $_.outcome -eq 'Failed' } | ForEach-Object { $_.testName })
    }
    if ($broken -and -not $result.Failed) {
        $result.Failed = 1
        $result.Failures = @('dotnet test broke off; its messages are above.')
    }
    $result
}

function Invoke-ModuleSuite([string] $Path, [string] $Build, [string] $Only) {
    $pester = Get-ToolModule -Name Pester
    if (-not $pester) {
        Write-Note (Get-ToolModuleAdvice -Name Pester -Lost 'the tests of the module itself do not run')
        # How many tests they hold is known to Pester alone, so each file counts as one.
        $files = @(Get-Item ([IO.Path]::Combine($paths.Root, 'tests', 'CopperPS.Tests', '*.Tests.ps1')))
        return Get-TestedBuild $Build | ForEach-Object { New-SuiteResult "Pester on $_" -Skipped $files.Count }
    }
    $arguments = @('-PesterPath', $pester, '-TestPath', [IO.Path]::Combine($paths.Root, 'tests', 'CopperPS.Tests'))
    # PowerShell would spell out a * in the argument of a program as the names of files, and Windows PowerShell drops an empty one.
    if ($Only.Trim('*')) { $arguments += '-Only', $Only.Trim('*') }
    $suites = @(foreach ($name in Get-TestedBuild $Build) {
            @{ Name = "Pester on $name"; Script = 'Pester.ps1'; ArgumentList = $arguments; Environment = @{ COPPERPS_MODULE = $Path; COPPERPS_BUILD = $name } }
        })
    # Most of these tests wait for something. So all builds are tested at once; the first is shown as it goes on, the others after it.
    $first, $others = $suites
    $started = @(foreach ($suite in $others) { Start-ChildSuite @suite })
    try {
        Write-Step "$($first.Name), PowerShell $($PSVersionTable.PSVersion)"
        Invoke-Suite -Name $first.Name -Command Invoke-ChildSuite -Parameter $first
        foreach ($one in $started) {
            Write-Step "$($one.Name), PowerShell $($PSVersionTable.PSVersion)"
            Invoke-Suite -Name $one.Name -Command Receive-ChildSuite -Parameter @{ Started = $one }
        }
    }
    finally { $started | ForEach-Object { Stop-Script $_.Script } }
}

function Get-TestedBuild([string] $Build) {
    if ($Build -ne 'All') { return $Build }
    if ($PSEdition -eq 'Core') { 'net8.0' }
    # Older .NET has an older System.Text.Json of its own, beside which the one of the .NET Framework build cannot be loaded.
    if ($PSEdition -ne 'Core' -or [Environment]::Version.Major -ge 10) { 'net472' }
}

function Invoke-ScriptSuite {
    $analyzer = Get-ToolModule -Name PSScriptAnalyzer
    if (-not $analyzer) {
        Write-Note (Get-ToolModuleAdvice -Name PSScriptAnalyzer -Lost 'the scripts are not analysed')
        return New-SuiteResult PSScriptAnalyzer -Skipped (Get-RepositoryScript -Path $paths.Root).Count
    }
    Write-Step 'PSScriptAnalyzer'
    # The analyzer's race, of which the child script speaks, can spoil a whole process: a fresh one starts clean.
    foreach ($isLast in $false, $false, $true) {
        try { return Invoke-ChildSuite -Name 'PSScriptAnalyzer' -Script 'ScriptAnalyzer.ps1' -ArgumentList @('-AnalyzerPath', $analyzer, '-RootPath', $paths.Root) }
        catch { if ($isLast) { throw } }
    }
}

function Invoke-ChildSuite([string] $Name, [string] $Script, [string[]] $ArgumentList, [hashtable] $Environment = @{}) {
    $call = Get-ChildCall -Name $Name -Script $Script -ArgumentList $ArgumentList
    $code = Invoke-Script @call -Environment $Environment
    Get-ChildResult -Name $Name -ExitCode $code
}

function Start-ChildSuite([string] $Name, [string] $Script, [string[]] $ArgumentList, [hashtable] $Environment = @{}) {
    $call = Get-ChildCall -Name $Name -Script $Script -ArgumentList $ArgumentList
    [pscustomobject]@{ Name = $Name; Script = Start-Script @call -Environment $Environment -LogPath (Join-Path $paths.Results "$Name.log") }
}

function Receive-ChildSuite($Started) {
    $code = Receive-Script $Started.Script
    Get-ChildResult -Name $Started.Name -ExitCode $code
}

function Get-ChildCall([string] $Name, [string] $Script, [string[]] $ArgumentList) {
    # The child writes what it counted as JSON: its output belongs to the person who reads along.
    $null = New-Item -ItemType Directory -Path $paths.Results -Force
    $file = Get-ChildResultPath $Name
    if (Test-Path -LiteralPath $file) { Remove-Item -LiteralPath $file }
    @{ Path = [IO.Path]::Combine($PSScriptRoot, 'child', $Script); ArgumentList = $ArgumentList + @('-ResultPath', $file) }
}

function Get-ChildResult([string] $Name, [int] $ExitCode) {
    $file = Get-ChildResultPath $Name
    if (-not (Test-Path -LiteralPath $file)) { throw "$Name ended with exit code $ExitCode before it had counted its tests; its messages are above." }
    $counted = Get-Content -LiteralPath $file -Raw | ConvertFrom-Json
    New-SuiteResult $Name -Passed $counted.Passed -Failed $counted.Failed -Skipped $counted.Skipped -Failure $counted.Failures
}

function Get-ChildResultPath([string] $Name) { Join-Path $paths.Results "$Name.json" }
