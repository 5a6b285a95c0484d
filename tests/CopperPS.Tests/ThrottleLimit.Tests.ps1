# -ThrottleLimit: several requests of one cmdlet under way at once; output and errors stay in the order of the input.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 60
    # In a table, since one test puts another in its place.
    $current = @{ Session = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 1; PassThru = $true } }

    function Get-Word($Item) {
        if ($Item -is [Management.Automation.ErrorRecord]) {
            $target = if ($Item.TargetObject.Id) { $Item.TargetObject.Id } else { $Item.TargetObject }
            "$(($Item.FullyQualifiedErrorId -split ',')[0]) $target"
        }
        else { $Item.Id }
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe '-ThrottleLimit' {
    BeforeEach {
        Set-SandboxLatency $sandbox 0
        Reset-SandboxHost $sandbox
    }
    AfterEach { Set-SandboxFault $sandbox }

    It 'answers each input at once without it' {
        $seen = [Collections.Generic.List[string]]::new()
        1..3 | ForEach-Object { $seen.Add("in $_"); $_ } | Get-CopperPerson | ForEach-Object { $seen.Add("out $($_.Id)") }
        $seen | Should -Be 'in 1', 'out 1', 'in 2', 'out 2', 'in 3', 'out 3'
    }

    It 'reads several at once, in order, also when the first is the slowest' {
        # The first waits for far longer than it takes to send the next three; the others wait for nothing.
        Set-SandboxFault $sandbox @{ kind = 'latency'; ms = 1000; times = 1; match = @{ path = '/people/1$' } }
        Set-SandboxLatency $sandbox 100
        $all = 1, 2, 999999, 3, 'rubbish', 4, 5, 6, 7, 8 | Get-CopperPerson -ThrottleLimit 4 -ErrorAction Continue 2>&1
        $all | ForEach-Object { Get-Word $_ } | Should -Be 1, 2, 'CopperNotFound 999999', 3, 'CopperInvalidId rubbish', 4, 5, 6, 7, 8
        (Get-SandboxStatistic $sandbox).maximumConcurrency | Should -BeIn 3, 4
    }

    It 'has no more than one under way without it' {
        Set-SandboxLatency $sandbox 20
        1..5 | Get-CopperPerson | Should -HaveCount 5
        (Get-SandboxStatistic $sandbox).maximumConcurrency | Should -Be 1
    }

    It 'changes several at once and outputs in order' {
        Set-SandboxFault $sandbox @{ kind = 'latency'; ms = 300; times = 1; match = @{ method = 'PUT' } }
        $rows = 1..8 | ForEach-Object { [pscustomobject]@{ Id = $_; City = "City $_"; Title = "Title $_" } }
        $rows[3].Id = 999999
        $all = $rows | Set-CopperPerson -ThrottleLimit 4 -PassThru -ErrorAction Continue 2>&1
        $all | ForEach-Object { Get-Word $_ } | Should -Be 1, 2, 3, 'CopperNotFound 999999', 5, 6, 7, 8
        # What depends on the record as it stands must be the value of its own row.
        $people = $all | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] }
        $people | ForEach-Object { "$($_.Id) $($_.Title) $($_.Address.City)" } |
            Should -Be @(1, 2, 3, 5, 6, 7, 8 | ForEach-Object { "$_ Title $_ City $_" })
    }

    It 'keeps the order of changes to one record' {
        Set-SandboxFault $sandbox @{ kind = 'latency'; ms = 300; times = 1; match = @{ method = 'PUT' } }
        [pscustomobject]@{ Id = 1; Title = 'first' }, [pscustomobject]@{ Id = 1; Title = 'second' },
        [pscustomobject]@{ Id = 2; Title = 'other' } | Set-CopperPerson -ThrottleLimit 4
        (Get-CopperPerson 1).Title | Should -Be second
    }

    It 'merges two rows of one record' {
        [pscustomobject]@{ Id = 1; City = 'Bern' }, [pscustomobject]@{ Id = 1; Street = 'Kramgasse' } | Set-CopperPerson -ThrottleLimit 4
        $address = (Get-CopperPerson 1).Address
        $address.City, $address.Street | Should -Be 'Bern', 'Kramgasse'
    }

    It 'makes, converts and removes several at once' {
        $leads = 1..9 | ForEach-Object { [pscustomobject]@{ Name = "Lead $_" } } | New-CopperLead -ThrottleLimit 4
        $leads.Name | Should -Be @(1..9 | ForEach-Object { "Lead $_" })
        $conversions = $leads[0..3] + 999999 |
            Convert-CopperLead -NoCompany -ThrottleLimit 4 -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $conversions.LeadId | Should -Be $leads[0..3].Id
        $problems[0].TargetObject | Should -Be 999999
        $removed = $leads[4..6] + 999999 + $leads[7, 8] |
            Remove-CopperLead -ThrottleLimit 4 -PassThru -Confirm:$false -ErrorAction Continue 2>&1
        $removed | ForEach-Object { Get-Word $_ } | Should -Be (@($leads[4..6].Id) + 'CopperNotFound 999999' + $leads[7, 8].Id)
    }

    It 'removes the same record once' {
        1, 1 | Remove-CopperPerson -ThrottleLimit 4 -PassThru -Confirm:$false -ErrorAction Continue 2>&1 | ForEach-Object { Get-Word $_ } |
            Should -Be 1, 'CopperNotFound 1'
    }

    It 'sends nothing with -WhatIf' {
        $people = 1..5 | Get-CopperPerson
        Clear-SandboxJournal $sandbox
        $people | Remove-CopperPerson -ThrottleLimit 4 -WhatIf
        1..5 | Set-CopperPerson -Title x -ThrottleLimit 4 -WhatIf
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'does not stand still when the next cmdlet works on the same session, at a limit of one request' {
        Disconnect-Copper $current.Session
        $narrow = Connect-SandboxHost $sandbox @{ RateLimit = '1/20ms'; SkipVerify = $true; PassThru = $true }
        try {
            $people = 1..12 | Get-CopperPerson -ThrottleLimit 4 -Session $narrow |
                Set-CopperPerson -Title seen -PassThru -ThrottleLimit 3 -Session $narrow |
                ForEach-Object { Get-CopperPerson $_ -Session $narrow }
            $people.Id | Should -Be (1..12)
            $people.Title | Sort-Object -Unique | Should -Be seen
        }
        finally {
            Disconnect-Copper $narrow
            $current.Session = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 1; PassThru = $true }
        }
    }

    It 'reads no more than it has to when the consumer has enough' {
        1..50 | Get-CopperPerson -ThrottleLimit 4 | Select-Object -First 2 | Should -HaveCount 2
        @(Get-SandboxJournal $sandbox).Count | Should -BeLessOrEqual 10
    }

    It 'warns when writes are left behind' {
        Set-SandboxLatency $sandbox 30
        1..12 | Set-CopperPerson -Title x -PassThru -ThrottleLimit 4 -WarningVariable warnings -WarningAction SilentlyContinue |
            Select-Object -First 1 | Should -HaveCount 1
        "$warnings" | Should -BeLike '*The pipeline ended before all was written*'
        1..12 | Get-CopperPerson -ThrottleLimit 4 -WarningVariable none | Select-Object -First 1 | Should -HaveCount 1
        $none | Should -BeNullOrEmpty
    }

    It 'stops at the first error with -ErrorAction Stop' {
        $seen = [Collections.Generic.List[long]]::new()
        { 1, 2, 999999, 3 | Get-CopperPerson -ThrottleLimit 4 -ErrorAction Stop | ForEach-Object { $seen.Add($_.Id) } } |
            Should -Throw -ErrorId 'CopperNotFound,*'
        $seen | Should -Be 1, 2
    }

    It 'ends within a second at Ctrl+C' {
        $started = @{ ArgumentList = $current.Session; When = { @(Get-SandboxJournal $sandbox).Count -ge 4 } }
        Invoke-CancelledInTime { param($session) 1..20 | Get-CopperPerson -ThrottleLimit 4 -Session $session } $started -Before {
            Set-SandboxFault $sandbox @{ kind = 'hang'; times = 20 }
            Clear-SandboxJournal $sandbox
        }
    }

    It 'ends within a second at Ctrl+C while a group is under way and another waits' {
        $started = @{ ArgumentList = $current.Session; When = { @(Get-SandboxJournal $sandbox).Count -ge 1 } }
        Invoke-CancelledInTime {
            param($session) 1..25 | ForEach-Object { [pscustomobject]@{ Name = "Stop $_" } } | New-CopperLead -Bulk -Session $session
        } $started -Before {
            Set-SandboxFault $sandbox @{ kind = 'hang'; times = 20 }
            Clear-SandboxJournal $sandbox
        }
    }

    It 'rejects a limit that makes no sense' {
        { Get-CopperPerson 1 -ThrottleLimit 0 } | Should -Throw
        { Get-CopperPerson 1 -ThrottleLimit 1000 } | Should -Throw
    }
}
