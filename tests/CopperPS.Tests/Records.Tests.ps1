# What Get, New, Set and Remove of every kind of record have in common. What only one kind has is tested in a file of its own.

BeforeDiscovery {
    $kinds = @(
        @{ noun = 'Company'; path = 'companies'; first = 10000001; other = 'Lead'; field = @{ Details = 'x' }; wire = '{"details":"x"}' }
        @{ noun = 'Lead'; path = 'leads'; first = 20000001; other = 'Person'; field = @{ Details = 'x' }; wire = '{"details":"x"}' }
        @{
            noun = 'Opportunity'; path = 'opportunities'; first = 30000001; other = 'Company'; field = @{ Details = 'x' }
            wire = '{"details":"x"}'
        }
        @{ noun = 'Project'; path = 'projects'; first = 40001; other = 'Task'; field = @{ Details = 'x' }; wire = '{"details":"x"}' }
        @{ noun = 'Task'; path = 'tasks'; first = 50000001; other = 'Opportunity'; field = @{ Details = 'x' }; wire = '{"details":"x"}' }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Get-Copper<noun>' -ForEach $kinds {
    BeforeAll { $get = "Get-Copper$noun" }
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'reads by id, reports an id that is not there and goes on with the others' {
        # A record may vanish between a list and the look at it: that must not stop a walk.
        $records = $first, 999999, ($first + 1) | & $get -ErrorVariable problems -ErrorAction SilentlyContinue
        $records.Id | Should -Be $first, ($first + 1)
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
        $problems[0].TargetObject | Should -Be 999999
        Get-SandboxRequest $sandbox | Should -Be "GET /$path/$first", "GET /$path/999999", "GET /$path/$($first + 1)"
    }

    It 'finds all in the order of their creation, and by any of the documented orders' {
        $all = & $get
        $all.Count | Should -BeGreaterThan 1
        Get-SandboxRequest $sandbox | Select-Object -First 1 |
            Should -Be "POST /$path/search {`"page_number`":1,`"page_size`":200,`"sort_by`":`"date_created`",`"sort_direction`":`"asc`"}"
        Clear-SandboxJournal $sandbox
        $completed = TabExpansion2 "$get -SortBy " | ForEach-Object { $_.CompletionMatches.CompletionText }
        $completed | Should -Contain 'name'
        foreach ($order in $completed) { & $get -First 1 -SortBy $order -Descending | Out-Null }
        Get-SandboxJournal $sandbox | Where-Object status -NE 200 | Should -BeNullOrEmpty
    }

    It 'sends nothing for an unknown order' {
        { & $get -SortBy shoe_size } | Should -Throw "*-SortBy 'shoe_size' is not known. There are: *"
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'is silent when it finds nothing, and sends nothing for an empty pipeline' {
        & $get -Name 'Nothing has this name' -ErrorVariable problems | Should -BeNullOrEmpty
        $problems | Should -BeNullOrEmpty
        Clear-SandboxJournal $sandbox
        @() | & $get | Should -BeNullOrEmpty
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'finds any of several ids in one search' {
        (& $get -AnyId $first, 999999, ($first + 2)).Id | Should -Be $first, ($first + 2)
        Get-SandboxRequest $sandbox | Should -BeLike "POST /$path/search {*`"ids`":[[]$first,999999,$($first + 2)]*"
    }

    It 'sends what all kinds can be searched by' {
        & $get -First 1 -Assignee 1002, $null -Tag vip -Followed:$false -CreatedAfter 2026-01-01T00:00Z -ModifiedBefore 2027-01-01T00:00Z |
            Out-Null
        $body = @(Get-SandboxRequest $sandbox)[0]
        foreach ($part in '"assignee_ids":[1002,-2]', '"tags":["vip"]', '"followed":2', '"minimum_created_date":1767225600',
            '"maximum_modified_date":1798761600') {
            $body.Contains($part) | Should -BeTrue -Because "$part is to be in $body"
        }
    }

    It 'says that an account has the feature not enabled, once and without asking again' {
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 403; times = -1; body = '{"success":false,"status":403,"message":"Feature not enabled"}'
        }
        & $get -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Set-SandboxFault $sandbox
        $problems | Should -HaveCount 1
        $problems[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
        "$($problems[0])" | Should -BeLike '*Feature not enabled*'
        Get-SandboxJournal $sandbox | Should -HaveCount 1
    }

    It 'reports an empty response instead of taking it for no records' {
        $impatient = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0; PassThru = $true }
        Set-SandboxFault $sandbox @{ kind = 'empty'; times = 1 }
        & $get $first -Session $impatient -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperUnreadableAnswer,*'
    }
}

Describe 'New-Copper<noun>' -ForEach $kinds {
    BeforeAll { $new = "New-Copper$noun" }
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'makes a record and outputs it as the service returned it' {
        $name = "$([char] 0xC4)nnchen `"A`" Gro$([char] 0xDF)"
        $record = & $new $name -Details 'two
lines' -Assignee 1002 -Tag vip, new
        $record.Id | Should -BeGreaterThan $first
        $record.AssigneeId | Should -Be 1002
        $record.Tags | Should -Be vip, new
        $record.DateCreated | Should -Not -BeNullOrEmpty
        $sent = Get-SandboxJournal $sandbox
        "$($sent.method) $($sent.path)" | Should -Be "POST /$path"
        ($sent.body | ConvertFrom-Json).name | Should -BeExactly $name
    }

    It 'makes one of each row of a CSV file; an empty cell is not given' {
        $rows = "Name,Details,Tag,Assignee`nOne,,a; b,1003`nTwo,note,," | ConvertFrom-Csv
        ($rows | & $new).Name | Should -Be One, Two
        Get-SandboxRequest $sandbox |
            Should -Be "POST /$path {`"name`":`"One`",`"assignee_id`":1003,`"tags`":[`"a`",`"b`"]}",
            "POST /$path {`"name`":`"Two`",`"details`":`"note`"}"
    }

    It 'goes on after a row that is rejected' {
        $rows = [pscustomobject]@{ Name = 'A'; Assignee = 424242 }, [pscustomobject]@{ Name = 'B'; Assignee = 1002 }
        ($rows | & $new -ErrorVariable problems -ErrorAction SilentlyContinue).Name | Should -Be B
        $problems | Should -HaveCount 1
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $problems[0].TargetObject | Should -Be $rows[0]
    }

    It 'sends nothing with -WhatIf, for an empty pipeline and without a name' {
        & $new X -WhatIf | Should -BeNullOrEmpty
        @() | & $new | Should -BeNullOrEmpty
        { & $new '' } | Should -Throw
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'does not know what became of it when the response is empty, and does not repeat it' {
        Set-SandboxFault $sandbox @{ kind = 'empty'; times = 1 }
        & $new Ghost -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperOutcomeUnknown,*'
        @(& "Get-Copper$noun" -Name Ghost) | Should -HaveCount 1
    }
}

Describe 'Set-Copper<noun>' -ForEach $kinds {
    BeforeAll {
        $get = "Get-Copper$noun"
        $set = "Set-Copper$noun"
    }
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'sends exactly what is typed, also for a record that is piped: it is never echoed back' {
        & $set $first @field | Should -BeNullOrEmpty
        & $get $first | & $set @field
        (Get-SandboxJournal $sandbox).status | Should -Be 200, 200, 200
        Get-SandboxRequest $sandbox | Should -Be "PUT /$path/$first $wire", "GET /$path/$first", "PUT /$path/$first $wire"
    }

    It 'clears with $null' {
        & $set $first -Details $null -Assignee $null -Tag @()
        Get-SandboxRequest $sandbox | Should -Be "PUT /$path/$first {`"details`":null,`"assignee_id`":null,`"tags`":[]}"
    }

    It 'outputs the record as changed with -PassThru only' {
        & $set $first -Name New | Should -BeNullOrEmpty
        (& $set $first -Name Newer -PassThru).Name | Should -Be Newer
    }

    It 'adds and takes tags without touching the others' {
        & $set $first -Tag keep, drop
        (& $set $first -AddTag new -RemoveTag DROP -PassThru).Tags | Should -Be keep, new
    }

    It 'takes an empty response for a success, and reads the record for -PassThru' {
        Set-SandboxFault $sandbox @{ kind = 'empty'; times = 1; match = @{ method = 'PUT' } }
        (& $set $first -Name Quiet -PassThru -ErrorVariable problems).Name | Should -Be Quiet
        $problems | Should -BeNullOrEmpty
    }

    It 'goes on after a record that is not there' {
        $changed = $first, 999999, ($first + 1) | & $set @field -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue
        $changed.Id | Should -Be $first, ($first + 1)
        $problems | Should -HaveCount 1
        $problems[0].TargetObject | Should -Be 999999
    }

    It 'reports an attribute that the service does not know' {
        & $set $first -Property @{ shoe_size = 44 } -ErrorVariable problems -ErrorAction SilentlyContinue
        "$($problems[0])" | Should -BeLike '*Unrecognized attributes specified: shoe_size*'
    }

    It 'takes rows of a CSV file; an empty cell is not given, not even an empty name' {
        "Id,Name,Details`n$first,,note`n$($first + 1),New," | ConvertFrom-Csv | & $set
        Get-SandboxRequest $sandbox | Should -Be "PUT /$path/$first {`"details`":`"note`"}", "PUT /$path/$($first + 1) {`"name`":`"New`"}"
    }

    It 'sends nothing with -WhatIf, without a field, and for a record of another kind' {
        & $set $first @field -WhatIf
        & $set $first -ErrorVariable nothing -ErrorAction SilentlyContinue
        $nothing[0].FullyQualifiedErrorId | Should -BeLike 'CopperNothingToSet,*'
        $stranger = New-Object "Copper.Client.Models.Copper$other" -Property @{ Id = $first }
        $stranger | & $set @field -ErrorVariable strange -ErrorAction SilentlyContinue
        $strange[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }
}

Describe 'Remove-Copper<noun>' -ForEach $kinds {
    BeforeAll {
        $get = "Get-Copper$noun"
        $remove = "Remove-Copper$noun"
    }
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'deletes and outputs nothing, or id and kind with -PassThru' {
        & $remove $first -Confirm:$false | Should -BeNullOrEmpty
        $gone = & $get ($first + 1) | & $remove -Confirm:$false -PassThru
        $gone.Id | Should -Be ($first + 1)
        $gone.EntityType | Should -Be $noun
        & $get $first -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'takes an empty response for a success' {
        Set-SandboxFault $sandbox @{ kind = 'empty'; times = 1; match = @{ method = 'DELETE' } }
        & $remove $first -Confirm:$false -ErrorVariable problems
        $problems | Should -BeNullOrEmpty
    }

    It 'goes on after a record that is not there' {
        $first, 999999, ($first + 1) | & $remove -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].TargetObject | Should -Be 999999
        Get-SandboxRequest $sandbox | Should -Be "DELETE /$path/$first", "DELETE /$path/999999", "DELETE /$path/$($first + 1)"
    }

    It 'deletes nothing with -WhatIf, and no record of another kind, from a file neither' {
        & $remove $first -WhatIf
        $stranger = New-Object "Copper.Client.Models.Copper$other" -Property @{ Id = $first }
        $file = Join-Path $TestDrive 'stranger.xml'
        $stranger | Export-Clixml $file
        $stranger, (Import-Clixml $file) | & $remove -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | ForEach-Object { $_.FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*' }
        $problems | Should -HaveCount 2
        @(Get-SandboxRequest $sandbox) -notlike 'GET *' -notlike 'POST */search*' | Should -BeNullOrEmpty
    }
}
