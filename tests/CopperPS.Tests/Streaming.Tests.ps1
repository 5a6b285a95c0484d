BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 450
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Reading 450 people' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'brings each once, in three requests' {
        $people = Get-CopperPerson
        $people | Should -HaveCount 450
        $people.Id | Sort-Object -Unique | Should -HaveCount 450
        @(Get-SandboxJournal $sandbox) | Should -HaveCount 3
    }

    # Beyond the first page, one page is requested ahead.
    It 'takes <requests> request(s) for <name>' -TestCases @(
        @{ name = 'Select-Object -First 5'; call = { Get-CopperPerson | Select-Object -First 5 }; count = 5; requests = 1 }
        @{ name = 'Select-Object -First 250'; call = { Get-CopperPerson | Select-Object -First 250 }; count = 250; requests = 3 }
        @{ name = '-First 5'; call = { Get-CopperPerson -First 5 }; count = 5; requests = 1 }
        @{ name = '-First 200'; call = { Get-CopperPerson -First 200 }; count = 200; requests = 1 }
        @{ name = '-First 250'; call = { Get-CopperPerson -First 250 }; count = 250; requests = 2 }
        @{ name = '-First 0'; call = { Get-CopperPerson -First 0 }; count = 0; requests = 0 }
        @{ name = '-Skip 400'; call = { Get-CopperPerson -Skip 400 }; count = 50; requests = 1 }
        @{ name = '-Skip 190 -First 20'; call = { Get-CopperPerson -Skip 190 -First 20 }; count = 20; requests = 2 }
        @{ name = '-PageSize 50'; call = { Get-CopperPerson -PageSize 50 }; count = 450; requests = 9 }
    ) {
        @(& $call) | Should -HaveCount $count
        @(Get-SandboxJournal $sandbox) | Should -HaveCount $requests
    }

    It 'skips exactly the first ones' {
        $all = Get-CopperPerson
        (Get-CopperPerson -Skip 205 -First 3).Id | Should -Be $all[205..207].Id
    }

    It 'turns the order round' {
        $all = Get-CopperPerson
        (Get-CopperPerson -Descending -First 3).Id | Should -Be $all[-1..-3].Id
    }

    It 'says first how many there are, when asked' {
        $first, $rest = Get-CopperPerson -IncludeTotalCount -First 2
        [uint64] $first | Should -Be 450
        $rest | Should -HaveCount 2
    }

    It 'gives the total alone with -First 0, for one request: <name>' -TestCases @(
        @{ name = 'all'; call = { Get-CopperPerson -IncludeTotalCount -First 0 } }
        @{ name = '-Skip'; call = { Get-CopperPerson -IncludeTotalCount -First 0 -Skip 1000 } }
    ) {
        $total = @(& $call)
        $total | Should -HaveCount 1
        [uint64] $total[0] | Should -Be 450
        @(Get-SandboxJournal $sandbox) | Should -HaveCount 1
    }

    It 'has both numbers in a verbose message when fewer came than were stated' {
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 200; body = '[{"id":1,"name":"Ann"}]'; headers = @{ 'X-PW-TOTAL' = '3' }; times = 2
        }
        $stated = 'Copper stated up to 3 records, and 1 came.*'
        $told = Get-CopperPerson -Verbose -WarningVariable warnings 4>&1
        @($told | Where-Object { "$_" -like $stated }) | Should -HaveCount 1
        $warnings | Should -BeNullOrEmpty

        # Who asks for a part gets a part.
        @(Get-CopperPerson -First 5 -Verbose 4>&1 | Where-Object { "$_" -like $stated }) | Should -BeNullOrEmpty
        Set-SandboxFault $sandbox
        @(Get-CopperPerson -Verbose 4>&1 | Where-Object { "$_" -like 'Copper stated*' }) | Should -BeNullOrEmpty
    }

    It 'writes a record before the next page is asked for' {
        $seen = [Collections.Generic.List[int]]::new()
        Get-CopperPerson -PageSize 100 | ForEach-Object {
            if ($_.Id -eq 1) { $seen.Add(@(Get-SandboxJournal $sandbox).Count) }
        }
        $seen[0] | Should -Be 1
    }

    It 'shows progress for a long read and takes it away at the end' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('
                param($module, $session)
                Import-Module $module
                Get-CopperPerson -PageSize 20 -Session $session | Out-Null
            ')
            $null = $shell.AddArgument((Join-Path (Get-ModulePath) 'CopperPS.psd1')).AddArgument((Get-CopperSession)).Invoke()
            $shell.Streams.Progress.Count | Should -BeGreaterThan 0
            @($shell.Streams.Progress | Where-Object Activity -EQ 'Get-CopperPerson')[-1].RecordType | Should -Be 'Completed'
            @($shell.Streams.Progress | Where-Object Activity -EQ 'Get-CopperPerson')[0].StatusDescription |
                Should -BeLike '*of up to 450 records*'
        }
        finally { $shell.Dispose() }
    }
}

Describe 'The progress of many changes' {
    BeforeAll {
        # A bar comes after a second, so the limit makes these wait: 4 requests in 2 seconds.
        function Get-ProgressOf([string] $Command) {
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript("param(`$module, `$connection) Import-Module `$module; Connect-Copper @connection; $Command")
                $connection = @{
                    BaseUri = $sandbox.BaseUri; UserEmail = $sandbox.UserEmail; RateLimit = '4/2s'; SkipVerify = $true
                    ApiKey = [Net.NetworkCredential]::new('', $sandbox.ApiKey).SecurePassword
                }
                $null = $shell.AddArgument((Join-Path (Get-ModulePath) 'CopperPS.psd1')).AddArgument($connection).Invoke()
                $shell.Streams.Error | Should -BeNullOrEmpty
                @($shell.Streams.Progress)
            }
            finally { $shell.Dispose() }
        }
    }

    It 'shows how many are done, waits for the limit, how to spare them, and ends' -Tag Timing {
        $bars = Get-ProgressOf '1..10 | ForEach-Object { [pscustomobject] @{ Name = "Guest $_" } } | New-CopperPerson | Out-Null'
        $bars[0].Activity | Should -Be 'New-CopperPerson'
        @(
            $bars | Where-Object StatusDescription -Match '^\d+ done, waiting for the rate limit \(\d+ s\); -Bulk sends ten at a time$'
        ).Count | Should -BeGreaterThan 0
        $bars[-1].RecordType | Should -Be 'Completed'
    }

    It 'shows the whole and the time left where the records are given as a list' -Tag Timing {
        $bars = Get-ProgressOf 'Remove-CopperPerson (Get-CopperPerson -First 10).Id -Confirm:$false'
        $ours = @($bars | Where-Object Activity -EQ 'Remove-CopperPerson')
        $ours[0].StatusDescription | Should -Match '^\d+ of 10 done'
        $ours[0].StatusDescription | Should -Not -Match 'Bulk'
        $ours[0].PercentComplete | Should -BeIn (30..100)
        $ours[0].SecondsRemaining | Should -BeGreaterOrEqual 0
        $ours[-1].RecordType | Should -Be 'Completed'
    }

    It 'shows nothing for a few' {
        Get-ProgressOf 'Get-CopperPerson -First 3 | Set-CopperPerson -Title Lady' | Should -BeNullOrEmpty
    }
}

Describe 'A pipeline that changes what it reads' {
    BeforeAll {
        Reset-SandboxHost $sandbox
        Get-CopperPerson | Set-CopperPerson -AddTag 'to go'
    }

    It 'changes every one, once' {
        Clear-SandboxJournal $sandbox
        Get-CopperPerson -Tag 'to go' | Set-CopperPerson -RemoveTag 'to go' -AddTag 'going'
        # The first alone, the others ten at a time.
        $sent = @(Get-SandboxJournal $sandbox)
        $alone = @($sent | Where-Object method -EQ 'PUT' | ForEach-Object { [int64] ($_.path -replace '\D') })
        $alone | Should -HaveCount 1
        $together = @($sent | Where-Object path -EQ '/people/bulk_update' | ForEach-Object { ($_.body | ConvertFrom-Json).people.id })
        $alone + $together | Sort-Object -Unique | Should -HaveCount 450
        ($alone + $together).Count | Should -Be 450
        Get-CopperPerson -Tag 'to go' | Should -BeNullOrEmpty
    }

    It 'removes every one, not every second page' {
        Get-CopperPerson -Tag 'going' -PageSize 50 | Remove-CopperPerson -Confirm:$false
        Get-CopperPerson | Should -BeNullOrEmpty
    }
}

Describe 'When a page fails for good' {
    BeforeAll { Reset-SandboxHost $sandbox }

    It 'ends with one error after the records that came, and says how to go on' {
        Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0 }
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 503; times = 5; match = @{ path = 'people/search'; after = 1 } }
        $people = Get-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue -WarningVariable warnings `
            -WarningAction SilentlyContinue
        $people | Should -HaveCount 200
        $problems | Should -HaveCount 1
        $problems[0].CategoryInfo.Category | Should -Be 'ResourceUnavailable'
        $warnings | Should -BeLike '*-Skip 200*'
        Set-SandboxFault $sandbox
        Get-CopperPerson -Skip 200 | Should -HaveCount 250
    }

    It 'recovers without a word when the failure passes' {
        Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 503; times = 1; match = @{ path = 'people/search'; after = 1 } }
        Get-CopperPerson -ErrorVariable problems | Should -HaveCount 450
        $problems | Should -BeNullOrEmpty
    }
}
