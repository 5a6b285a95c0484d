# test: three suites that know nothing of each other run at once, and are added up at the end.

function Invoke-TestTask {
    # Returns the exit code. A suite that breaks counts as one failure, so that the others still run and the sum still comes.
    [OutputType([int])]
    param([string] $Configuration, [string] $Suite, [string] $Build, [string] $Only, [string] $ModulePath)

    $module = @{ Path = $paths.Module; Build = $Build; Only = $Only }
    if ($ModulePath) {
        $module.Path = Resolve-ModuleFolder $ModulePath
        $results = @(Invoke-ChildSuite @(Get-ModuleSuite @module))
    }
    else {
        $failed = @(if ($Suite -ne 'Scripts') { Invoke-TestCompilation -Configuration $Configuration })
        # What did not compile cannot be tested; the scripts can.
        $suites = @(
            if (-not $failed -and $Suite -in 'All', 'Module') { Get-ModuleSuite @module }
            if (-not $failed -and $Suite -in 'All', 'Unit') { Get-UnitSuite -Configuration $Configuration }
            if ($Suite -in 'All', 'Scripts') { Get-ScriptSuite }
        )
        $results = $failed + @(Invoke-ChildSuite $suites)
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

function Invoke-TestCompilation([string] $Configuration) {
    # Returns a result only when it fails.
    try {
        Invoke-Compiler -Path $paths.Solution -Configuration $Configuration
        Update-StagedModule -Configuration $Configuration
    }
    catch {
        Write-Verbose $_.ScriptStackTrace
        Write-Failure "compile: $($_.Exception.Message)"
        New-SuiteResult 'compile' -Failed 1 -Failure $_.Exception.Message
    }
}

function New-SuiteResult([string] $Name, [int] $Passed, [int] $Failed, [int] $Skipped, [string[]] $Failure) {
    [pscustomobject]@{ Name = $Name; Passed = $Passed; Failed = $Failed; Skipped = $Skipped; Failures = @($Failure | Where-Object { $_ }) }
}

function Write-TestSummary($Results) {
    Write-Step 'results'
    foreach ($result in $Results) {
        Write-Host ('    {0,-18} {1,5} passed, {2,3} failed, {3,3} skipped' -f $result.Name, $result.Passed, $result.Failed,
            $result.Skipped)
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

# The following functions return what Invoke-ChildSuite runs: a hashtable for each process, or a result where nothing can run.

function Get-UnitSuite([string] $Configuration) {
    @{ Name = 'xUnit'; Label = 'xUnit'; Script = 'Unit.ps1'; ArgumentList = '-Solution', $paths.Solution, '-Configuration', $Configuration }
}

function Get-ModuleSuite([string] $Path, [string] $Build, [string] $Only) {
    $tests = [IO.Path]::Combine($paths.Root, 'tests', 'CopperPS.Tests')
    $builds = @(Get-TestedBuild $Build)
    $pester = Get-ToolModule -Name Pester
    if (-not $pester) {
        Write-Note (Get-ToolModuleAdvice -Name Pester -Lost 'the tests of the module itself do not run')
        # How many tests they hold is known to Pester alone, so each file counts as one.
        $files = @(Get-Item (Join-Path $tests '*.Tests.ps1'))
        return $builds | ForEach-Object { New-SuiteResult "Pester on $_" -Skipped $files.Count }
    }
    # PowerShell would spell out a * in the argument of a program as the names of files.
    $files = @(Get-Item (Join-Path $tests "*$($Only.Trim('*'))*.Tests.ps1"))
    if (-not $files) { throw "No file in $tests matches -Only '$Only'." }
    # Most of these tests wait for something, so that two processes for each build keep two cores busy.
    $workers = [Math]::Min($files.Count, [Math]::Min(4, [Math]::Max(2, [int] ([Environment]::ProcessorCount / $builds.Count))))
    foreach ($name in $builds) {
        # Each process takes the next file from the queue as soon as it is done with one.
        $queue = Join-Path $paths.Results "queue-$name"
        if (Test-Path -LiteralPath $queue) { Remove-Item -LiteralPath $queue -Recurse }
        $null = New-Item -ItemType Directory -Path $queue -Force
        foreach ($file in $files) { $null = New-Item -ItemType File -Path (Join-Path $queue $file.Name) }
        foreach ($number in 1..$workers) {
            @{
                Name         = "Pester on $name"
                Label        = $name
                Number       = $number
                Script       = 'Pester.ps1'
                ArgumentList = '-PesterPath', $pester, '-TestPath', $tests, '-QueuePath', $queue
                Environment  = @{ COPPERPS_MODULE = $Path; COPPERPS_BUILD = $name }
            }
        }
    }
}

function Get-TestedBuild([string] $Build) {
    if ($Build -ne 'All') { return $Build }
    if ($PSEdition -eq 'Core') { 'net8.0' }
    # Older .NET has an older System.Text.Json of its own, beside which the one of the .NET Framework build cannot be loaded.
    if ($PSEdition -ne 'Core' -or [Environment]::Version.Major -ge 10) { 'net472' }
}

function Get-ScriptSuite {
    $analyzer = Get-ToolModule -Name PSScriptAnalyzer
    if (-not $analyzer) {
        Write-Note (Get-ToolModuleAdvice -Name PSScriptAnalyzer -Lost 'the scripts are not analysed')
        return New-SuiteResult PSScriptAnalyzer -Skipped (Get-RepositoryScript -Path $paths.Root).Count
    }
    # The race of the analyzer, which the child script describes, can spoil a whole process; a new one starts clean.
    @{
        Name = 'PSScriptAnalyzer'; Label = 'scripts'; Script = 'ScriptAnalyzer.ps1'; Attempts = 3
        ArgumentList = '-AnalyzerPath', $analyzer, '-RootPath', $paths.Root
    }
}

function Invoke-ChildSuite([object[]] $Suite) {
    # Runs all suites at once, shows their lines as they come, and returns one result for each name.
    $results = [Collections.Generic.List[object]]::new()
    $running = [Collections.Generic.List[object]]::new()
    try {
        foreach ($one in $Suite) {
            if ($one -is [hashtable]) { $running.Add((Start-ChildSuite $one)) } else { $results.Add($one) }
        }
        if ($running) {
            Write-Step ('{0}, PowerShell {1}' -f (@($running.Suite.Name | Select-Object -Unique) -join ', '), $PSVersionTable.PSVersion)
        }
        while ($running) {
            Start-Sleep -Milliseconds 250
            foreach ($child in @($running)) {
                $hasEnded = $child.Script.Process.HasExited
                Show-ChildOutput $child
                if (-not $hasEnded) { continue }
                $null = $running.Remove($child)
                $child.Output.Dispose()
                $result = Receive-ChildSuite $child
                if ($result) { $results.Add($result) } else { $running.Add((Start-ChildSuite $child.Suite)) }
            }
        }
    }
    finally {
        foreach ($child in $running) { Stop-Script $child.Script }
    }
    $results | Group-Object Name | ForEach-Object { Join-SuiteResult $_.Name $_.Group }
}

function Join-SuiteResult([string] $Name, [object[]] $Part) {
    $sum = @{ Passed = 0; Failed = 0; Skipped = 0 }
    foreach ($count in @($sum.Keys)) { $Part | ForEach-Object { $sum[$count] += $_.$count } }
    New-SuiteResult $Name @sum -Failure @($Part | ForEach-Object { $_.Failures })
}

function Start-ChildSuite {
    # The child writes what it counted as JSON: its output belongs to the person who reads along.
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'Only scripts of this repository are started.')]
    param($Suite)

    $null = New-Item -ItemType Directory -Path $paths.Results -Force
    $name = "$($Suite.Name) $($Suite['Number'])".Trim()
    $file = Join-Path $paths.Results "$name.json"
    $log = Join-Path $paths.Results "$name.log"
    foreach ($old in $file, $log, "$log.errors") { if (Test-Path -LiteralPath $old) { Remove-Item -LiteralPath $old } }
    # Most processes of a test end before what .NET learns from their profile pays.
    $environment = @{ DOTNET_TieredPGO = '0' }
    if ($Suite['Environment']) { $environment += $Suite['Environment'] }
    $script = Start-Script -Path ([IO.Path]::Combine($PSScriptRoot, 'child', $Suite.Script)) `
        -ArgumentList ($Suite.ArgumentList + @('-ResultPath', $file)) -Environment $environment -LogPath $log
    $stream = [IO.FileStream]::new($log, [IO.FileMode]::OpenOrCreate, [IO.FileAccess]::Read, [IO.FileShare] 'ReadWrite, Delete')
    [pscustomobject]@{ Suite = $Suite; Script = $script; ResultPath = $file; Output = [IO.StreamReader]::new($stream); Rest = '' }
}

function Show-ChildOutput($Child) {
    # A line that is not complete yet waits for its rest.
    $lines = @(($Child.Rest + $Child.Output.ReadToEnd()) -split '\r?\n')
    $Child.Rest = $lines[-1]
    foreach ($line in $lines | Select-Object -SkipLast 1) { if ($line) { Write-Host ('{0,-8} {1}' -f $Child.Suite.Label, $line) } }
}

function Receive-ChildSuite($Child) {
    # The result of a child that has ended; $null when it is to run again.
    $suite = $Child.Suite
    if (Test-Path -LiteralPath $Child.ResultPath) {
        $counted = Get-Content -LiteralPath $Child.ResultPath -Raw | ConvertFrom-Json
        return New-SuiteResult $suite.Name -Passed $counted.Passed -Failed $counted.Failed -Skipped $counted.Skipped `
            -Failure $counted.Failures
    }
    if ($suite['Attempts'] -gt 1) {
        $suite.Attempts--
        return
    }
    $errors = "$($Child.Script.LogPath).errors"
    if (Test-Path -LiteralPath $errors) { Get-Content -LiteralPath $errors -Encoding UTF8 | Out-Host }
    $failure = "$($suite.Name) ended with exit code $($Child.Script.Process.ExitCode) before it had counted its tests; " +
    'its messages are above.'
    Write-Failure $failure
    New-SuiteResult $suite.Name -Failed 1 -Failure $failure
}
