# Several runspaces work on one account while requests fail again and again: each change is made once, each read is whole, and the
# service never counts more requests than its limit. (A whole day of it, on a clock of its own: LongRun of Copper.Client.Tests.)

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $rounds = 6
    $sandbox = Start-SandboxHost -People 60 -RateLimit '50/1s'
    $script:shared = Connect-SandboxHost $sandbox @{ RateLimit = '50/1s'; PassThru = $true }

    # A day's script, as the errors say: what fails is done again, of what is unknown it is looked whether it was done.
    $script:worker = {
        param($module, $session, $account, $number, $rounds)
        Import-Module $module
        if (-not $session) {
            $session = Connect-Copper -BaseUri $account.BaseUri -UserEmail $account.UserEmail `
                -ApiKey ([Net.NetworkCredential]::new('', $account.ApiKey).SecurePassword) -RateLimit 50/1s -PassThru
        }
        $quietly = @{ Session = $session; ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problem'; WarningAction = 'SilentlyContinue' }
        $tally = [pscustomobject]@{ Number = $number; Unknown = 0; Found = 0; Reads = 0; Bad = @() }
        foreach ($round in 1..$rounds) {
            $name = "Runspace $number, round $round"
            $made = $null
            while (-not $made) {
                $made = New-CopperPerson -Name $name @quietly
                if ($problem -and $problem[0].FullyQualifiedErrorId -like 'CopperOutcomeUnknown,*') {
                    $tally.Unknown++
                    $made = Get-CopperPerson -Name $name -Session $session | Where-Object Name -EQ $name
                    if ($made) { $tally.Found++ }
                }
                elseif ($problem) { $tally.Bad += "$problem" }
            }
            Set-CopperPerson $made.Id -Title $name @quietly
            $tally.Bad += $problem
            $read = @(Get-CopperPerson -PageSize 20 @quietly)
            $tally.Bad += $problem
            if (Compare-Object (1..60) @($read.Id | Where-Object { $_ -le 60 })) {
                $tally.Bad += "round ${round}: not everything was read, or some of it twice"
            }
            if (($read | Where-Object Id -EQ $made.Id).Title -ne $name) { $tally.Bad += "round ${round}: the change is not seen" }
            $tally.Reads++
            if ($round % 2) { Remove-CopperPerson $made.Id -Confirm:$false @quietly; $tally.Bad += $problem }
        }
        $tally
    }
}

AfterAll {
    Disconnect-Copper $shared
    Stop-SandboxHost $sandbox
}

Describe 'Several runspaces on a bad day' {
    BeforeAll {
        # By a seed, so that a failure can be repeated. Creations are hit for certain, the others wherever they are.
        $random = [Random]::new(7)
        $kinds = 'reset-before', 'reset-after', 'reset-body', 'truncate-json', 'empty', 'not-json', 'status'
        $faults = @(
            foreach ($kind in $kinds) { @{ kind = $kind; status = 503; match = @{ after = $random.Next(20, 100) } } }
            foreach ($kind in 'reset-after', 'truncate-json', 'reset-before') {
                @{ kind = $kind; match = @{ method = 'POST'; path = '^/people$'; after = $random.Next(0, 12) } }
            }
            foreach ($kind in 'reset-after', 'status') {
                @{ kind = $kind; status = 502; match = @{ method = 'DELETE'; after = $random.Next(0, 6) } }
            }
        )
        Set-SandboxFault $sandbox $faults
        $account = @{ BaseUri = $sandbox.BaseUri; UserEmail = $sandbox.UserEmail; ApiKey = $sandbox.ApiKey }
        # Two runspaces share a session, two have their own.
        $shells = foreach ($number in 1..4) {
            $shell = [powershell]::Create().AddScript("$worker").AddArgument((Join-Path (Get-ModulePath) 'CopperPS.psd1'))
            $null = $shell.AddArgument($(if ($number -le 2) { $shared })).AddArgument($account).AddArgument($number).AddArgument($rounds)
            [pscustomobject]@{ Shell = $shell; Running = $shell.BeginInvoke() }
        }
        $script:tallies = foreach ($one in $shells) {
            $one.Shell.EndInvoke($one.Running)
            $one.Shell.Streams.Error | ForEach-Object { Write-Warning "A runspace ended early: $_" }
            $one.Shell.Dispose()
        }
        $script:journal = @(Get-SandboxJournal $sandbox)
        Set-SandboxFault $sandbox
        $script:people = @(Get-CopperPerson -Session $shared)
    }

    It 'was a bad day, or it proves nothing' {
        @($journal | Where-Object { $_.aborted -or $_.status -ge 500 }).Count | Should -BeGreaterOrEqual 6
        ($tallies | Measure-Object Unknown -Sum).Sum | Should -BeGreaterOrEqual 3
        ($tallies | Measure-Object Found -Sum).Sum | Should -BeGreaterOrEqual 2
    }

    It 'every read was whole, and no call failed for good' {
        $tallies.Count | Should -Be 4
        $tallies.Reads | Should -Be (@($rounds) * 4)
        $tallies | ForEach-Object { $_.Bad } | Should -BeNullOrEmpty
    }

    It 'every change was sent exactly once' {
        $expected = foreach ($number in 1..4) {
            foreach ($round in 1..$rounds | Where-Object { $_ % 2 -eq 0 }) { "Runspace $number, round $round" }
        }
        $made = @($people | Where-Object Id -GT 60)
        $made.Name | Sort-Object | Should -Be $expected
        $made | Where-Object { $_.Title -ne $_.Name } | Should -BeNullOrEmpty
        @($people | Where-Object Id -LE 60).Count | Should -Be 60
    }

    It 'the service never counted more than its limit' {
        $statistic = Get-SandboxStatistic $sandbox
        $statistic.rateLimited | Should -Be 0
        $statistic.windows[0].maximumSeen | Should -BeLessOrEqual 50
    }
}
