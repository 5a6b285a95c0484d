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

Describe 'Get-CopperActivity' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'sends <parameters.Keys> as <wire>' -TestCases @(
        @{ parameters = @{ RelatedTo = 7; RelatedType = 'person' }; wire = '"parent":{"id":7,"type":"person"}' }
        @{ parameters = @{ RelatedTo = [pscustomobject]@{ Id = '7' }; RelatedType = 'Person' }; wire = '"parent":{"id":7,"type":"person"}' }
        @{ parameters = @{ ActivityType = 1 }; wire = '"activity_types":[{"category":"user","id":1}]' }
        @{
            parameters = @{ ActivityType = 0, 'system:1', 'User:1' }
            wire       = '"activity_types":[{"category":"user","id":0},{"category":"system","id":1},{"category":"user","id":1}]'
        }
        @{ parameters = @{ ActivityType = @{ Category = 'system'; Id = 3 } }; wire = '"activity_types":[{"category":"system","id":3}]' }
        @{
            parameters = @{ ActivityType = [pscustomobject]@{ Category = 'system'; Id = 3 } }
            wire       = '"activity_types":[{"category":"system","id":3}]'
        }
        @{
            parameters = @{ After = '2026-01-01T00:00Z'; Before = '2026-01-02T00:00Z' }
            wire       = '"minimum_activity_date":1767225600,"maximum_activity_date":1767312000'
        }
        @{ parameters = @{ FullResult = $true }; wire = '"full_result":true' }
    ) {
        Get-CopperActivity @parameters -First 1 | Out-Null
        $sent = Get-SandboxJournal $sandbox
        "$($sent.method) $($sent.path)" | Should -Be 'POST /activities/search'
        $sent.body.Contains($wire) | Should -BeTrue -Because $sent.body
        $sent.body | Should -Not -BeLike '*sort*' -Because 'activities cannot be sorted'
        $sent.status | Should -Be 200
    }

    It 'finds the activities of a record that is given as such' {
        $some = Get-CopperActivity | Where-Object { $_.Parent.Type -eq 'person' } | Select-Object -First 1
        $person = $some.Parent | Get-CopperPerson
        $found = Get-CopperActivity -RelatedTo $person
        $found.Id | Should -Contain $some.Id
        $found | ForEach-Object { "$($_.Parent)" } | Sort-Object -Unique | Should -Be "person $($person.Id)"
        (Get-CopperActivity -RelatedTo $some.Parent).Count | Should -Be $found.Count
    }

    It 'tells types of the same id apart by their category' {
        $user = Get-CopperActivity -ActivityType 1
        $system = Get-CopperActivity -ActivityType system:1
        $user | ForEach-Object { "$($_.Type.Category):$($_.Type.Id) $($_.Type)" } | Sort-Object -Unique | Should -Be 'user:1 Phone Call'
        $system | ForEach-Object { "$($_.Type.Category):$($_.Type.Id) $($_.Type)" } | Sort-Object -Unique |
            Should -Be 'system:1 Property Changed'
        @(Get-CopperActivity -ActivityType $user[0].Type).Count | Should -Be $user.Count
        $file = Join-Path $TestDrive 'type.xml'
        $system[0].Type | Export-Clixml $file
        @(Get-CopperActivity -ActivityType (Import-Clixml $file)).Count | Should -Be $system.Count
    }

    It 'keeps what Copper notes by itself as values, and writes it as text' {
        $change = Get-CopperActivity -ActivityType system:1 -First 1
        $change.NewValue['name'] | Should -Be 'details'
        "$($change.NewValue)" | Should -BeLike 'name=details; value=*'
        $rows = Get-CopperActivity -First 20 | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv
        $rows | ForEach-Object { $_.PSObject.Properties.Value } | Should -Not -Match 'System\.|Copper\.'
    }

    It 'still reads an activity that was deleted: id and mark, and nothing else' {
        $note = New-CopperActivity 7 -RelatedType person -Details 'To be deleted'
        Remove-CopperActivity $note -Confirm:$false
        $stub = Get-CopperActivity $note
        $stub.Id | Should -Be $note.Id
        $stub.IsDeleted | Should -BeTrue
        $stub.Details | Should -BeNullOrEmpty
        $stub | Format-Table | Out-String | Should -BeLike '*(deleted)*'
    }

    It 'rejects <what> before anything is sent' -TestCases @(
        @{ what = 'an id that may mean anything'; call = { Get-CopperActivity -RelatedTo 7 } }
        @{ what = 'a kind without an id'; call = { Get-CopperActivity -RelatedType person } }
        @{
            what = 'a user, whom no activity is about'
            call = { Get-CopperActivity -RelatedTo ([Copper.Client.Models.CopperUser]@{ Id = 1 }) }
        }
        @{ what = 'a person as a type'; call = { Get-CopperActivity -ActivityType ([Copper.Client.Models.CopperPerson]@{ Id = 1 }) } }
        @{ what = 'an order'; call = { Get-CopperActivity -SortBy name } }
    ) {
        { $ErrorActionPreference = 'Stop'; & $call } | Should -Throw
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'reports an id that is not there and goes on' {
        $first = (Get-CopperActivity -First 1).Id
        (999999, $first | Get-CopperActivity -ErrorVariable problems -ErrorAction SilentlyContinue).Id | Should -Be $first
        $problems[0].TargetObject | Should -Be 999999
        "$($problems[0])" | Should -BeLike '*no activity with the id 999999*'
    }
}

Describe 'New-CopperActivity' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'logs a note on a record, and outputs it' {
        $person = Get-CopperPerson 7
        $note = New-CopperActivity -RelatedTo $person -Details 'Called'
        $note.Details | Should -Be 'Called'
        "$($note.Parent)" | Should -Be 'person 7'
        "$($note.Type)" | Should -Be 'Note'
        $note.Type.Category, $note.Type.Id | Should -Be 'user', 0
        Get-SandboxRequest $sandbox | Select-Object -Last 1 |
            Should -Be 'POST /activities {"details":"Called","parent":{"id":7,"type":"person"},"type":{"category":"user","id":0}}'
    }

    It 'sends exactly what is given: <call>' -TestCases @(
        @{
            call = { New-CopperActivity 40001 'x' -RelatedType project -ActivityType 1 }
            wire = '{"details":"x","parent":{"id":40001,"type":"project"},"type":{"category":"user","id":1}}'
        }
        @{
            call = { New-CopperActivity 7 'x' -RelatedType person -ActivityType user:2 -ActivityDate 2026-01-01T00:00Z -User 1002 }
            wire = '{"activity_date":1767225600,"user_id":1002,"details":"x",' +
            '"parent":{"id":7,"type":"person"},"type":{"category":"user","id":2}}'
        }
    ) {
        & $call | Should -Not -BeNullOrEmpty
        (Get-SandboxJournal $sandbox).status | Should -Be 200
        (Get-SandboxJournal $sandbox).body | Should -BeExactly $wire
    }

    It 'logs one for each row of a CSV file' {
        $rows = "RelatedTo,RelatedType,Details,ActivityType`n7,person,Called,1`n20000001,lead,Wrote," | ConvertFrom-Csv
        ($rows | New-CopperActivity).Details | Should -Be Called, Wrote
        Get-SandboxRequest $sandbox | Should -Be @(
            'POST /activities {"details":"Called","parent":{"id":7,"type":"person"},"type":{"category":"user","id":1}}'
            'POST /activities {"details":"Wrote","parent":{"id":20000001,"type":"lead"},"type":{"category":"user","id":0}}'
        )
    }

    It 'logs one on each record that comes down the pipeline<bulk>' -TestCases @(
        @{ bulk = '' }
        @{ bulk = ', with -Bulk' }
    ) {
        $records = @(Get-CopperPerson 7) + @(Get-CopperLead 20000001) + @(Get-CopperTask 50000001)
        $notes = $records | New-CopperActivity -Details 'Called' -Bulk:([bool] $bulk)
        $notes.Details | Should -Be Called, Called, Called
        "$($notes.Parent)" | Should -Be 'person 7 lead 20000001 task 50000001'
        ($records[0] | New-CopperActivity -Details { "Called $($_.Name)" }).Details | Should -Be "Called $($records[0].Name)"
    }

    It 'takes neither the details of a piped record for what was done, nor what is no record for one' {
        $records = @(Get-CopperPerson -First 20 | Where-Object Details | Select-Object -First 1) + @(Get-CopperUser -Me) +
        [pscustomobject]@{ Details = 'x' }
        Clear-SandboxJournal $sandbox
        { $records[0] | New-CopperActivity } | Should -Throw 'What was done with *? Say it with -Details.*'
        $records[2] | New-CopperActivity -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $records[1] | New-CopperActivity -Details x -ErrorVariable +problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$($problems[0])" | Should -BeLike 'An activity is about a record: give it with -RelatedTo, *'
        "$($problems[1])" | Should -BeLike '*a user is not possible here*'
        $problems | Should -HaveCount 2
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'rejects <what> before anything is sent' -TestCases @(
        @{ what = 'a type that only Copper writes'; call = { New-CopperActivity 7 x -RelatedType person -ActivityType system:1 } }
        @{ what = 'an id that may mean anything'; call = { New-CopperActivity 7 x } }
        @{ what = 'no details'; call = { New-CopperActivity 7 '' -RelatedType person } }
    ) {
        { $ErrorActionPreference = 'Stop'; & $call } | Should -Throw
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'sends nothing with -WhatIf' {
        New-CopperActivity 7 x -RelatedType person -WhatIf | Should -BeNullOrEmpty
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }
}

Describe 'Set-CopperActivity' {
    BeforeAll {
        Reset-SandboxHost $sandbox
        $note = New-CopperActivity 7 'A note' -RelatedType person
    }
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'sends exactly what is given, also for an activity that is piped' {
        $note | Set-CopperActivity -Details 'New words' -ActivityDate 2026-01-01T00:00Z | Should -BeNullOrEmpty
        (Get-SandboxJournal $sandbox).status | Should -Be 200
        Get-SandboxRequest $sandbox | Should -Be "PUT /activities/$($note.Id) {`"details`":`"New words`",`"activity_date`":1767225600}"
        (Set-CopperActivity $note -ActivityType 1 -User 1002 -PassThru).UserId | Should -Be 1002
    }

    It 'sends nothing with -WhatIf, without a field and for another record' {
        Set-CopperActivity $note -Details x -WhatIf
        Set-CopperActivity $note -ErrorVariable nothing -ErrorAction SilentlyContinue
        $nothing[0].FullyQualifiedErrorId | Should -BeLike 'CopperNothingToSet,*'
        [Copper.Client.Models.CopperTask]@{ Id = $note.Id } |
            Set-CopperActivity -Details x -ErrorVariable strange -ErrorAction SilentlyContinue
        $strange[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'reports that what Copper noted cannot be changed' {
        Get-CopperActivity -ActivityType system:1 -First 1 |
            Set-CopperActivity -Details x -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
    }
}

Describe 'Remove-CopperActivity' {
    It 'removes all that a search finds, newest first as they come' {
        Reset-SandboxHost $sandbox
        Get-CopperActivity -ActivityType 0 -PageSize 4 | Remove-CopperActivity -Confirm:$false
        Get-CopperActivity -ActivityType 0 | Where-Object { -not $_.IsDeleted } | Should -BeNullOrEmpty
    }
}
