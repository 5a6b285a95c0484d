# The kit itself: a test that proves nothing because its tool is broken is worse than none.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
}

Describe 'Invoke-ChildPowerShell' {
    It 'gives output, errors and exit code of a process that has imported the module' {
        $child = Invoke-ChildPowerShell -ArgumentList 'two words' {
            $args[0]
            (Get-Module CopperPS).Name
            [Console]::Error.WriteLine('to the error stream')
            exit 3
        }
        $child.Output | Should -Be 'two words', 'CopperPS'
        $child.ErrorOutput | Should -Be 'to the error stream'
        $child.ExitCode | Should -Be 3
    }

    It 'loads the build that is tested' {
        $child = Invoke-ChildPowerShell { (Get-Module CopperPS).NestedModules.Path }
        Split-Path (Split-Path $child.Output[0]) -Leaf | Should -Be (Get-ModuleBuild)
    }
}

Describe 'Invoke-Cancelled' {
    It 'stops a script that would go on' {
        $shared = [hashtable]::Synchronized(@{ Reached = $false })
        $run = Invoke-Cancelled -When { $shared.Reached } -ArgumentList 42, $shared {
            $args[0]; $args[1].Reached = $true; Start-Sleep -Seconds 60
        }
        $run.State | Should -Be 'Stopped'
        $run.Output | Should -Be 42
        $run.Errors | Should -BeNullOrEmpty
        $run.Ended | Should -BeFalse
        $run.StopTime | Should -BeLessThan ([timespan] '0:0:30')
    }

    It 'stops after a time' {
        (Invoke-Cancelled -After 200 { Start-Sleep -Seconds 60 }).State | Should -Be 'Stopped'
    }

    It 'says so when there was nothing left to stop' {
        (Invoke-Cancelled -After 120000 { 'done' }).Ended | Should -BeTrue
    }

    It 'tells a script that stops in time from one that does not' {
        $shared = [hashtable]::Synchronized(@{ Begun = 0 })
        $begun = @{ ArgumentList = $shared; When = { $shared.Begun -gt 0 } }
        Invoke-CancelledInTime { $args[0].Begun++; Start-Sleep -Seconds 60 } $begun -Before { $shared.Begun = 0 }
        {
            Invoke-CancelledInTime {
                $args[0].Begun++; try { Start-Sleep -Seconds 60 } finally { [Threading.Thread]::Sleep(1100) }
            } $begun -Within '0:0:1' -Before { $shared.Begun = 0 }
        } | Should -Throw '*less than 1*'
    }
}

Describe 'Start-SandboxHost' {
    BeforeAll {
        $sandbox = Start-SandboxHost -People 20
        function Get-Me {
            $headers = @{
                'X-PW-AccessToken' = $sandbox.ApiKey; 'X-PW-UserEmail' = $sandbox.UserEmail; 'X-PW-Application' = 'developer_api'
            }
            Invoke-RestMethod "$($sandbox.BaseUri)/users/me" -Headers $headers -UseBasicParsing
        }
    }
    AfterAll { Stop-SandboxHost $sandbox }
    BeforeEach { Reset-SandboxHost $sandbox }

    It 'serves an account, and remembers what it was asked' {
        (Get-Me).email | Should -Be $sandbox.UserEmail
        @(Get-SandboxJournal $sandbox).Count | Should -Be 1
        (Get-SandboxStatistic $sandbox).requests | Should -Be 1
        Clear-SandboxJournal $sandbox
        @(Get-SandboxJournal $sandbox).Count | Should -Be 0
    }

    It 'fails as it is told, and no longer when it is told' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 503; times = -1 }
        { Get-Me } | Should -Throw '*503*'
        Set-SandboxFault $sandbox
        { Get-Me } | Should -Not -Throw
    }

    It 'ends with its standard input' {
        $other = Start-SandboxHost -People 1 -OwnProcess
        Stop-SandboxHost $other
        $other.Process.HasExited | Should -BeTrue
        # Not by force.
        $other.Process.ExitCode | Should -Be 0
        { Stop-SandboxHost $other; Stop-SandboxHost $null } | Should -Not -Throw
    }
}
