# Get-CopperChange: what has changed since the last run. The state advances only when the pipeline has taken everything.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 30
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'A feed of changes' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $state = Join-Path $TestDrive "$([guid]::NewGuid()).state"
        $first = @(Get-CopperChange $state)
        Clear-SandboxJournal $sandbox
    }

    It 'begins with all records, and then has nothing, with eight requests' {
        @($first | Where-Object Entity -EQ person) | Should -HaveCount 30
        $first.Change | Select-Object -Unique | Should -Be 'Created'
        Get-CopperChange $state | Should -BeNullOrEmpty
        @(Get-SandboxRequest $sandbox).Count | Should -BeLessOrEqual 8
    }

    It 'has each change with its record and values, and names beside ids' {
        Set-CopperPerson 1 -Title Countess -CustomField @{ Score = 4.5 }
        $task = New-CopperTask Call
        $changes = @(Get-CopperChange $state)
        $changes | ForEach-Object { "$($_.Change) $($_.Entity) $($_.Id)" } | Should -Be 'Changed person 1', "Created task $($task.Id)"
        $changes[0].After.Title | Should -Be 'Countess'
        $changes[0].After['Score'] | Should -Be 4.5
        @($changes[0].Before.Keys) | Should -Be @($changes[0].After.Keys)
        $changes[0].Record.Assignee | Should -Be (Get-CopperPerson 1).Assignee
        $changes[0] | Should -BeOfType Copper.Data.ChangeFeed.CopperChange
    }

    It 'shows names and dates in the text of what a deleted record had' {
        $task = Get-CopperTask 50000001
        $null = Get-CopperUser
        Remove-CopperTask $task.Id -Confirm:$false
        $before = (Get-CopperChange $state -IncludeDeleted).Before
        $before.AssigneeId | Should -Be $task.AssigneeId
        "$before" | Should -BeLike "*AssigneeId='$($task.Assignee)'*"
        "$before" | Should -BeLike "*DueDate='$($task.DueDate.ToLocalTime().ToString('yyyy-MM-dd'))*"
        "$before" | Should -Not -BeLike "*$($task.DueDate.ToUnixTimeSeconds())*"
    }

    It 'can be read in a CSV file, and in the view' {
        $user = Get-CopperUser | Where-Object Id -NE (Get-CopperPerson 1).AssigneeId | Select-Object -First 1
        Set-CopperPerson 1 -City Turin -AddTag engines -Assignee $user
        Set-CopperTask 50000001 -RelatedTo (Get-CopperPerson 5)
        $changes = @(Get-CopperChange $state)
        $rows = @($changes | ConvertTo-Csv | ConvertFrom-Csv)
        $rows.Count | Should -Be 2
        $rows[0].Properties | Should -Be 'Address; Tags; AssigneeId'
        $rows[0].After | Should -Match "^Address='[^\[=]*Turin[^\[=]*'; Tags='[^']*engines'; AssigneeId='$($user.Name)'$"
        $rows[0].Before | Should -Not -Match '\[|city='
        $rows[1].After | Should -Be "RelatedResource='person 5'"
        $rows | ConvertTo-Csv | Should -Not -Match 'System\.|`1'
        $changes[0] | Format-List | Out-String -Width 300 | Should -BeLike "*Turin*AssigneeId: '*' -> '$($user.Name)'*"

        # A script still has the values themselves.
        $changes[0].Properties | Should -Contain 'Tags'
        $changes[0].After.AssigneeId | Should -Be $user.Id
        $changes[0].After.Address.city | Should -Be 'Turin'
        $changes[1].After.RelatedResource.id | Should -Be 5
    }

    It 'has deleted records on demand, once' {
        Remove-CopperTask 50000001 -Confirm:$false
        Get-CopperChange $state | Should -BeNullOrEmpty
        $change = Get-CopperChange $state -IncludeDeleted
        "$($change.Change) $($change.Entity) $($change.Id)" | Should -Be 'Deleted task 50000001'
        $change.Record | Should -BeNullOrEmpty
        Get-CopperChange $state -IncludeDeleted | Should -BeNullOrEmpty
    }

    It 'comes again when <case>' -ForEach @(
        @{ case = 'the consumer stops early'; consume = { Get-CopperChange $state | Select-Object -First 1 } }
        @{ case = 'the consumer fails at a change'; consume = { Get-CopperChange $state | ForEach-Object { throw 'no' } } }
        @{ case = 'the consumer fails at its end'; consume = { Get-CopperChange $state | ForEach-Object -Process { } -End { throw 'no' } } }
        @{ case = 'a cmdlet fails at its end'; consume = { Get-CopperChange $state | Sort-Object { throw 'no' } -ErrorAction Stop } }
        @{
            case    = 'the file of the consumer cannot be written'
            consume = { Get-CopperChange $state | Export-Csv (Join-Path $TestDrive 'none/x.csv') -ErrorAction Stop }
        }
        @{ case = 'the service fails in the middle'; consume = {
                Set-SandboxFault $sandbox @{ kind = 'status'; status = 500; times = 9; match = @{ path = '^/tasks/search$' } }
                try { Get-CopperChange $state -Session $impatient } finally { Set-SandboxFault $sandbox }
            }
        }
    ) {
        $impatient = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0; PassThru = $true }
        Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
        Set-CopperPerson 1 -Title Countess
        Set-CopperPerson 2 -Title Baroness
        try { $null = & $consume 2>&1 } catch { $failed = $_ }
        (Get-CopperChange $state).Id | Sort-Object | Should -Be 1, 2
        Get-CopperChange $state | Should -BeNullOrEmpty
        @(Get-ChildItem $TestDrive | Where-Object Name -Match '\.(new|lock)$') | Should -BeNullOrEmpty
    }

    It 'takes no change for a record of another kind' {
        Set-CopperPerson 1 -Title Countess
        $change = Get-CopperChange $state
        Clear-SandboxJournal $sandbox
        $change | Remove-CopperLead -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
        ($change | Get-CopperPerson).Title | Should -Be 'Countess'
    }

    It 'takes only the kinds of records that are asked for' {
        Set-CopperPerson 1 -Title Countess
        Get-CopperChange $state -Entity Task, company | Should -BeNullOrEmpty
        (Get-CopperChange $state).Id | Should -Be 1
    }

    It 'is one error before anything is read: <case>' -ForEach @(
        @{ case = 'something else'; path = { $other }; with = @{}; id = 'InvalidState'; text = '*no state of Get-CopperChange*' }
        @{ case = 'no such folder'; path = { "$other/copper.state" }; with = @{}; id = 'StateUnavailable'; text = '*cannot be used*' }
        @{ case = 'in a file'; path = { "$other/copper.state" }; with = @{}; id = 'StateUnavailable'; text = '*is a file*' }
        @{ case = 'in no folder'; path = { "$TestDrive/none/x" }; with = @{}; id = 'StateUnavailable'; text = '*none*does not exist*' }
        @{ case = 'a folder'; path = { $TestDrive }; with = @{}; id = 'StateUnavailable'; text = '*is a folder*' }
        @{ case = 'no path of a file'; path = { 'env:PATH' }; with = @{}; id = 'StateUnavailable'; text = '*no file*' }
        @{ case = 'an overlap'; path = { $state }; with = @{ Overlap = [timespan] '-1' }; id = 'InvalidArgument'; text = '*not negative*' }
    ) {
        $other = Join-Path $TestDrive 'x.csv'
        Set-Content $other 'Name'
        $problem = try { Get-CopperChange (& $path) @with } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike "Copper$id,*"
        "$problem" | Should -BeLike $text
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
    }

    It 'warns once of leads that the account does not have, and goes on' {
        Set-CopperPerson 1 -Title Countess
        $off = '{"success":false,"status":403,"message":"Feature not enabled"}'
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 403; times = -1; body = $off; match = @{ path = '^/leads/' } }
        $changes = @(Get-CopperChange $state -WarningVariable warnings -WarningAction SilentlyContinue)
        Set-SandboxFault $sandbox
        $changes.Id | Should -Be 1
        @($warnings) | Should -HaveCount 1
        "$warnings" | Should -BeLike '*leads cannot be read*'
    }
}
