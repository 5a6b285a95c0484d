BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
}

Describe 'The rate limit' {
    BeforeAll {
        # Windows as of the real service, but shorter, so that the test is quick.
        $sandbox = Start-SandboxHost -People 10 -RateLimit '36/1s', '60/3s'
        Connect-SandboxHost $sandbox @{ RateLimit = '36/1s', '60/3s' }
    }
    AfterAll {
        Disconnect-Copper
        Stop-SandboxHost $sandbox
    }

    It 'is never exceeded by 80 requests in a row' {
        1..80 | ForEach-Object { 1 + $_ % 10 } | Get-CopperPerson | Should -HaveCount 80
        (Get-SandboxStatistic $sandbox).rateLimited | Should -Be 0
    }

    It 'is one for all runspaces that use the session' {
        $shells = foreach ($number in 1, 2) {
            $shell = [powershell]::Create()
            $null = $shell.AddScript('
                param($module, $session)
                Import-Module $module
                1..30 | ForEach-Object { 1 + $_ % 10 } | Get-CopperPerson -Session $session
            ')
            $null = $shell.AddArgument((Join-Path (Get-ModulePath) 'CopperPS.psd1')).AddArgument((Get-CopperSession))
            [pscustomobject]@{ Shell = $shell; Running = $shell.BeginInvoke() }
        }
        foreach ($one in $shells) {
            $one.Shell.EndInvoke($one.Running) | Should -HaveCount 30
            $one.Shell.Dispose()
        }
        (Get-SandboxStatistic $sandbox).rateLimited | Should -Be 0
    }

    It 'is one for two sessions of the same account' {
        $second = Connect-SandboxHost $sandbox @{ RateLimit = '36/1s', '60/3s'; PassThru = $true }
        1..50 | ForEach-Object { Get-CopperPerson 1 -Session $second } | Should -HaveCount 50
        (Get-SandboxStatistic $sandbox).rateLimited | Should -Be 0
    }

    It 'shows each window: limit, span, used, free, and the wait for the next slot' {
        $rows = Get-CopperRateLimit
        $rows.Limit | Should -Be 36, 60, 3
        $rows[0].Window.TotalSeconds | Should -Be 1
        $rows[1].Used + $rows[1].Free | Should -Be 60
        $rows[2].AppliesTo | Should -Be 'Bulk endpoints'
    }

    It 'adds up the time that requests waited' {
        # Both are asked for at once, so the second has to wait, however slow the machine is.
        $narrow = Connect-SandboxHost $sandbox @{ RateLimit = '1/1s'; SkipVerify = $true; PassThru = $true }
        1, 2 | Get-CopperPerson -ThrottleLimit 2 -Session $narrow | Should -HaveCount 2
        $narrow.ThrottledTime.TotalSeconds | Should -BeGreaterThan 0
        Disconnect-Copper $narrow
    }
}

Describe 'A limit that somebody else exceeds' {
    BeforeAll {
        $sandbox = Start-SandboxHost -People 10
        Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 2 }
    }
    AfterAll {
        Disconnect-Copper
        Stop-SandboxHost $sandbox
    }

    It 'makes the request wait as long as the service asks, and go through' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 429; headers = @{ 'Retry-After' = '1' }; times = 1 }
        $verbose = Get-CopperPerson 1 -Verbose -WarningVariable warnings -WarningAction SilentlyContinue 4>&1
        @($warnings).Count | Should -Be 1
        "$warnings" | Should -BeLike '*something else uses the same account*wait 1.0 s*50 %*'
        $verbose[-1].Id | Should -Be 1
        "$verbose" | Should -BeLike '*retried in*'
        $times = (Get-SandboxJournal $sandbox | Select-Object -Last 2).time | ForEach-Object { [datetimeoffset] $_ }
        ($times[1] - $times[0]).TotalSeconds | Should -BeGreaterOrEqual 1
    }

    It 'warns of a wait of several seconds when it begins' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 503; headers = @{ 'Retry-After' = '7' }; times = 1 }
        # The warning ends the command, so that the test does not wait.
        { Get-CopperPerson 1 -WarningAction Stop } | Should -Throw '*GET /people/1 failed (attempt 1, status 503) and is retried in *'
        Set-SandboxFault $sandbox
    }

    It 'is an error of its own when the repetitions are used up' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 429; headers = @{ 'Retry-After' = '0' }; times = 10 }
        Get-CopperPerson 1 -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $problems[0].CategoryInfo.Category | Should -Be 'LimitsExceeded'
        $problems[0].Exception.Attempts | Should -Be 3
        Set-SandboxFault $sandbox
    }
}

Describe 'The rate that Copper documents today' {
    BeforeAll {
        $sandbox = Start-SandboxHost -People 10
        Connect-SandboxHost $sandbox @{ RateLimit = 'documented'; SkipVerify = $true }
    }
    AfterEach { Set-SandboxFault $sandbox }
    AfterAll {
        Disconnect-Copper
        Stop-SandboxHost $sandbox
    }

    It 'is one window' {
        (Get-CopperSession).RateLimit | Should -Be '180/1m'
        (Get-CopperRateLimit).Limit | Should -Be 180, 3
        # More than the older window allows at once.
        1..40 | ForEach-Object { 1 + $_ % 10 } | Get-CopperPerson -ThrottleLimit 4 | Should -HaveCount 40
    }

    It 'gives way to the older windows, for an hour and with one warning, when Copper responds with 429' {
        1..5 | Get-CopperPerson | Should -HaveCount 5
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 429; times = 1 }
        Get-CopperPerson 1 -WarningVariable warnings -WarningAction SilentlyContinue | Should -HaveCount 1
        @($warnings) -match '429' |
            Should -BeLike '*(429) at the rate that was tried. For the next 60 min, all * keep to 36/6s and 600/10m too*'
        @($warnings) -match '429' | Should -HaveCount 1
        (Get-CopperSession).RateLimit | Should -Be '180/1m; 36/6s; 600/10m'
        $rows = Get-CopperRateLimit | Where-Object AppliesTo -EQ 'All requests'
        $rows[0].AppliesFor | Should -BeNullOrEmpty
        $rows[1..2].AppliesFor.TotalMinutes | ForEach-Object { $_ | Should -BeGreaterThan 55 }
        # What was sent before counts in the windows that are added.
        $rows[2].Used | Should -BeGreaterOrEqual 6
        ($rows[2] | Format-List | Out-String) | Should -Match 'AppliesFor\s+:\s+(1 h|59 min)'
    }

    It 'is no match for <what>' -TestCases @(
        @{ what = 'a window beside it'; with = @{ RateLimit = 'Documented', '36/6s' }; message = "*takes 'Documented' alone*" }
        @{ what = 'a limit that processes share'; with = @{ RateLimit = 'Documented'; SharedLimit = $true }; message = "*'180/1m'*" }
        @{ what = 'a typo'; with = @{ RateLimit = 'Docmented' }; message = "*'Docmented' is not a rate limit*'Documented' for 180/1m*" }
    ) {
        { Connect-SandboxHost $sandbox $with } | Should -Throw -ExpectedMessage $message
    }

    It 'is offered at Tab' {
        $line = 'Connect-Copper -Sandbox -RateLimit D'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'Default', 'Documented'
        $line = 'Connect-Copper -Sandbox -RateLimit '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain "'18/6s', '90/1m', '300/10m'"
    }
}

Describe 'A limit that makes a request wait for long' {
    BeforeAll {
        $sandbox = Start-SandboxHost -People 10
        Connect-SandboxHost $sandbox @{ RateLimit = '1/60s'; SkipVerify = $true }
    }
    AfterAll {
        Disconnect-Copper
        Stop-SandboxHost $sandbox
    }

    It 'has a warning when the wait begins' {
        # The warning ends the command, so that the test does not wait. It is that of a list that the first person refers to.
        { 1, 2 | Get-CopperPerson -WarningAction Stop } | Should -Throw '*: Waiting about * s for Copper''s rate limit (* /*)'
    }
}
