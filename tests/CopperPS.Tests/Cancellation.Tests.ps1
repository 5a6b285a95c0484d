BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 450
    Connect-SandboxHost $sandbox @{ RateLimit = '10/30s' }
    $session = Get-CopperSession
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Ctrl+C' {
    BeforeEach { Clear-SandboxJournal $sandbox }
    AfterEach { Set-SandboxFault $sandbox }

    It 'ends within a second while <state>' -TestCases @(
        @{ state = 'the service does not answer'; fault = @{ kind = 'hang'; times = 1 } }
        @{ state = 'an answer drips in'; fault = @{ kind = 'slow-body'; msPerChunk = 200; times = 1 } }
        @{ state = 'a repetition waits'; fault = @{ kind = 'status'; status = 503; headers = @{ 'Retry-After' = '60' }; times = 1 } }
    ) {
        Set-SandboxFault $sandbox $fault
        $stopped = Invoke-Cancelled { param($session) Get-CopperPerson -PageSize 2 -Session $session | Out-Null } -ArgumentList $session -When { @(Get-SandboxJournal $sandbox).Count -gt 0 }
        $stopped.Ended | Should -BeFalse
        $stopped.State | Should -Be 'Stopped'
        $stopped.StopTime.TotalSeconds | Should -BeLessThan 1
        $stopped.Errors | Should -BeNullOrEmpty
    }

    It 'ends within a second while the rate limit makes a request wait, and costs no place' {
        while ((Get-CopperRateLimit)[0].Free -gt 0) { Get-CopperPerson 1 -Session $session | Out-Null }
        $stopped = Invoke-Cancelled { param($session) Get-CopperPerson 1 -Session $session } -ArgumentList $session -After 300
        $stopped.Ended | Should -BeFalse
        $stopped.StopTime.TotalSeconds | Should -BeLessThan 1
        (Get-CopperRateLimit)[0].Used | Should -Be 10
    }

    It 'leaves the session usable' {
        # The session of the other tests would keep its limit for the account as long as it is open.
        Disconnect-Copper $session
        $other = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; SkipVerify = $true; PassThru = $true }
        Set-SandboxFault $sandbox @{ kind = 'hang'; times = 1 }
        $stopped = Invoke-Cancelled { param($session) Get-CopperPerson 1 -Session $session } -ArgumentList $other -When { @(Get-SandboxJournal $sandbox).Count -gt 0 }
        $stopped.State | Should -Be 'Stopped'
        (Get-CopperPerson 1 -Session $other).Id | Should -Be 1
    }

    # Last, since after a 429 all requests of the account wait as long as the service asks.
    It 'ends within a second while all wait after a refusal' {
        $other = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; SkipVerify = $true; PassThru = $true }
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 429; headers = @{ 'Retry-After' = '60' }; times = 1 }
        $refused = Invoke-Cancelled { param($session) Get-CopperPerson 1 -Session $session } -ArgumentList $other -When { @(Get-SandboxJournal $sandbox).Count -gt 0 }
        $held = Invoke-Cancelled { param($session) Get-CopperPerson 2 -Session $session } -ArgumentList $other -After 300
        foreach ($stopped in $refused, $held) {
            $stopped.Ended | Should -BeFalse
            $stopped.State | Should -Be 'Stopped'
            $stopped.StopTime.TotalSeconds | Should -BeLessThan 1
        }
        @(Get-SandboxJournal $sandbox).Count | Should -Be 1
    }
}
