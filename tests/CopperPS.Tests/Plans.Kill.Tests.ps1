# A process that imports is killed at any moment; another one goes on. Nothing is created twice, and nothing is left out.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 30
    . ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'build', 'PowerShellCommand.ps1'))
    $shell = Get-PowerShellCommand
    $script = Join-Path $TestDrive 'import.ps1'
    $manifest = Join-Path (Get-ModulePath) 'CopperPS.psd1'
    Set-Content $script @"
param(`$Journal)
Import-Module '$manifest'
`$key = ConvertTo-SecureString sandbox-key -AsPlainText -Force
Connect-Copper -BaseUri '$($sandbox.BaseUri)' -UserEmail demo@copper.example -ApiKey `$key -RateLimit '100000/1s' -SkipVerify
1..40 | ForEach-Object { [pscustomobject]@{ Name = "Call number `$_" } } |
    Import-CopperRecord Task -MatchOn Name -JournalPath `$Journal | Out-Null
"@
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'A process that is killed' {
    It 'leaves a journal by which the import goes on: after <_> creates' -ForEach 7 -Tag Timing {
        Reset-SandboxHost $sandbox
        Set-SandboxLatency $sandbox 250
        $journal = Join-Path $TestDrive "$_.jsonl"
        $process = Start-Process $shell.FilePath -ArgumentList (@($shell.ArgumentList) + '-File', "`"$script`"", "`"$journal`"") -PassThru
        $creates = { @(Get-SandboxJournal $sandbox | Where-Object { $_.method -eq 'POST' -and $_.path -eq '/tasks' }).Count }
        while (-not $process.HasExited -and (& $creates) -lt $_) { Start-Sleep -Milliseconds 10 }
        $process.Kill()
        $process.WaitForExit()
        Set-SandboxLatency $sandbox 0
        $begun = & $creates
        $begun | Should -BeGreaterOrEqual $_
        $begun | Should -BeLessThan 40

        Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
        $results = @(Invoke-CopperPlan -Resume -JournalPath $journal)
        $results | Should -HaveCount 40
        $results.Status | Select-Object -Unique | Should -Be 'Done'
        $tasks = @(Get-CopperTask | Where-Object Name -Like 'Call number *')
        $tasks | Should -HaveCount 40
        @($tasks.Name | Sort-Object -Unique) | Should -HaveCount 40
    }
}
