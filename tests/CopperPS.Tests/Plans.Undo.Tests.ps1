# Undo-CopperChange takes back what a journal says; Get-CopperJournal reads it; Move-CopperAssignment is a plan of its own.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 60
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }

    function Get-Written { @(Get-SandboxRequest $sandbox | Where-Object { $_ -notmatch '^(GET|POST /\w+/search)' }) }
    function Get-WhatIf([scriptblock] $Script) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
        $null = Start-Transcript $file
        try { & $Script | Out-Null } finally { $null = Stop-Transcript }
        @(Get-Content $file | Where-Object { $_ -match 'Performing the operation' } | ForEach-Object { $_ -replace '^.*operation ' })
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'An import' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $journal = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        $known = Get-CopperPerson -First 20 | Where-Object { $_.Email } | Select-Object -First 1
        $results = @(
            @{ Name = $known.Name; Email = $known.Email; Title = 'Imported' }
            @{ Name = 'Ada Lovelace'; Email = 'ada@engines.example' }
        ) | Import-CopperRecord Person -MatchOn Email -JournalPath $journal
        $new = ($results | Where-Object Action -EQ Create).Id
        Clear-SandboxJournal $sandbox
    }

    It 'is read from its journal' {
        $entries = @(Get-CopperJournal $journal)
        $entries.Action | Should -Be 'Create', 'Update'
        $entries.Id | Should -Be $new, $known.Id
        $entries.Status | Select-Object -Unique | Should -Be 'Done'
        $entries[1].Before | Should -Be "{`"title`":`"$($known.Title)`"}"
        $entries[1].After | Should -Be '{"title":"Imported"}'
        (Get-Item $journal | Get-CopperJournal).Count | Should -Be 2
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
    }

    It 'is taken back, the last change first, and the second time nothing is left' {
        $undone = @(Undo-CopperChange $journal)
        $undone.Status | Select-Object -Unique | Should -Be 'Done'
        (Get-CopperPerson $known.Id).Title | Should -Be $known.Title
        { Get-CopperPerson $new -ErrorAction Stop } | Should -Throw
        Clear-SandboxJournal $sandbox
        $null = Undo-CopperChange $journal
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is shown by -WhatIf as it would be taken back, and planned with -PlanOnly' {
        $shown = Get-WhatIf { Undo-CopperChange $journal -WhatIf }
        $shown | Should -Be @(
            '"Update title: ''Imported'' -> ''{0}''" on target "person {1} ({2})".' -f $known.Title, $known.Id, $known.Name
            '"Delete for good" on target "person {0} (Ada Lovelace)".' -f $new
        )
        (Undo-CopperChange $journal -PlanOnly).Action | Sort-Object | Should -Be 'Update', 'Delete'
        Get-Written | Should -BeNullOrEmpty
        Get-Item ($journal -replace '\.jsonl$', '.undo.jsonl') -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'is taken back for the records that are named' {
        (Undo-CopperChange $journal -Id $known.Id).Id | Should -Be $known.Id
        (Get-CopperPerson $new).Name | Should -Be 'Ada Lovelace'
        Undo-CopperChange $journal -Id 999999 -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction Ignore |
            Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
    }

    It 'holds what somebody else has changed since, and takes it back with -Force' {
        Set-CopperPerson $known.Id -Title 'Somebody else'
        $undone = @(Undo-CopperChange $journal -WarningAction SilentlyContinue -WarningVariable warnings)
        ($undone | Where-Object Id -EQ $known.Id).Status | Should -Be 'Held'
        ($undone | Where-Object Id -EQ $known.Id).Reason | Should -BeLike '*title*-Force*'
        "$warnings" | Should -BeLike '*1 held*'
        (Get-CopperPerson $known.Id).Title | Should -Be 'Somebody else'
        $null = Undo-CopperChange $journal -Force
        (Get-CopperPerson $known.Id).Title | Should -Be $known.Title
    }
}

Describe 'A journal' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $journal = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        Start-CopperJournal $journal
    }

    AfterEach { if ((Get-CopperSession)[0]) { Stop-CopperJournal -ErrorAction Ignore } }

    It 'says what was changed in the words of the columns, and keeps what was sent beside them' {
        Set-CopperPerson 1 -PhoneNumber '+49 30 1' -City Berlin -CustomField @{ Score = 5 }
        Set-CopperTask 50000001 -DueDate 2026-05-05T12:00:00Z
        Stop-CopperJournal
        $entries = @(Get-CopperJournal $journal)
        ($entries.Changes | ForEach-Object Property) | Should -Be 'Phone', 'Score', 'City', 'DueDate'
        "$($entries[0].Changes)" | Should -BeLike "*Phone: '*' -> '+49 30 1'*City: '*' -> 'Berlin'*"
        $entries[0].After | Should -BeLike '*"phone_numbers":*'
        $table = $entries | Out-String -Width 120
        $table | Should -Match 'Phone: '
        $table | Should -Not -Match 'phone_numbers|\{"'
        $steps = @(Undo-CopperChange $journal -PlanOnly)
        ($steps.Changes | ForEach-Object Property) | Should -Be 'DueDate', 'Phone', 'Score', 'City'
    }

    It 'is undone once: the second time says that a record is not there any more' {
        $activity = New-CopperActivity (Get-CopperPerson 2) 'Met'
        $person = New-CopperPerson 'Ada Lovelace'
        Stop-CopperJournal
        (Undo-CopperChange $journal).Status | Select-Object -Unique | Should -Be 'Done'
        $again = @(Undo-CopperChange $journal)
        $again.Status | Select-Object -Unique | Should -Be 'Skipped'
        $again.Id | Sort-Object | Should -Be @($activity.Id, $person.Id | Sort-Object)
        $again.Reason | Should -BeLike 'The * is not there any more: nothing of it is left to undo.'
    }

    It 'that is there already, or is not there, is told in words that fit' {
        Set-CopperPerson 7 -Title Countess
        Stop-CopperJournal
        { Start-CopperJournal $journal } | Should -Throw '*exists already. Name another file.'
        $Error[0].ErrorDetails.RecommendedAction | Should -Not -BeLike '*plan*'
        $missing = try { Undo-CopperChange (Join-Path $TestDrive missing.jsonl) } catch { $_ }
        "$missing" | Should -BeLike "*missing.jsonl' cannot be used.*"
        $missing.ErrorDetails.RecommendedAction | Should -Be 'Check the path.'
    }
}

Describe 'A deletion' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $journal = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        $person = New-CopperPerson 'Ada Lovelace' -Email ada@engines.example -Tag pioneer -City London
        $null = @{ Step = 1; Action = 'Delete'; Entity = 'person'; Id = $person.Id } | Invoke-CopperPlan -JournalPath $journal
    }

    It 'is taken back with a new id, once' {
        $undone = Undo-CopperChange $journal
        $undone.OldId | Should -Be $person.Id
        $back = Get-CopperPerson $undone.Id
        $back.Name, $back.Email, $back.Tags[0], $back.Address.City | Should -Be 'Ada Lovelace', 'ada@engines.example', 'pioneer', 'London'
        (Undo-CopperChange $journal).Reason | Should -BeLike "*created again as person $($undone.Id)*"
    }

    It 'is taken back once also when the undo was interrupted before it knew its outcome' {
        Set-SandboxFault $sandbox @{ kind = 'reset-after'; times = 1; match = @{ method = 'POST'; path = '^/people$' } }
        $null = Undo-CopperChange $journal -ErrorAction Ignore -WarningAction Ignore
        Set-SandboxFault $sandbox
        # The undo goes on with what was interrupted: it looks for the record instead of creating it again.
        $null = Undo-CopperChange $journal
        @(Get-CopperPerson -Email ada@engines.example) | Should -HaveCount 1
    }

    It 'can be taken back and taken away again' {
        $undone = Undo-CopperChange $journal
        $undo = $journal -replace '\.jsonl$', '.undo.jsonl'
        (Undo-CopperChange $undo).Action | Should -Be 'Delete'
        { Get-CopperPerson $undone.Id -ErrorAction Stop } | Should -Throw
        (Undo-CopperChange $journal).Status | Should -Be 'Done'
        @(Get-CopperPerson -Email ada@engines.example) | Should -HaveCount 1
    }
}

Describe 'A file that is no journal' {
    It 'is one error: <cmdlet>' -ForEach @{ cmdlet = 'Get-CopperJournal' }, @{ cmdlet = 'Undo-CopperChange' } {
        $file = Join-Path $TestDrive 'people.csv'
        Set-Content $file 'Name,Email', 'Ada,ada@engines.example'
        $problem = try { & $cmdlet $file -ErrorAction Stop } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CopperInvalidPlan,*'
        "$problem" | Should -BeLike '*no journal*'
        $problem = try { & $cmdlet (Join-Path $TestDrive none.jsonl) -ErrorAction Stop } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CopperJournalUnavailable,*'
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }
}

Describe 'An empty file' {
    It 'is no journal, and a file that is none gets advice about journals' {
        $file = Join-Path $TestDrive 'empty.csv'
        $null = New-Item $file -ItemType File
        $problem = try { Get-CopperJournal $file -ErrorAction Stop } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CopperInvalidPlan,*'
        "$problem" | Should -BeLike '*is empty, and no journal*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Start-CopperJournal*'
    }
}

Describe 'Move-CopperAssignment' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $owned = Get-CopperPerson | Group-Object AssigneeId | Where-Object Name | Sort-Object Count -Descending | Select-Object -First 1
        $from = Get-CopperUser -Id $owned.Name
        $to = Get-CopperUser | Where-Object Id -NE $from.Id | Select-Object -First 1
        Clear-SandboxJournal $sandbox
    }

    It 'hands over people, companies and leads with -OpenOnly, and says so in a preview' {
        $person = New-CopperPerson 'Ada Lovelace' -Assignee $from
        $all = @(Move-CopperAssignment $from $to -OpenOnly -PlanOnly -WarningVariable warned -WarningAction SilentlyContinue)
        $all.Id | Should -Contain $person.Id
        "$warned" | Should -BeLike '* people, companies and leads are among the records*-Entity Opportunity, Project, Task.'
        $null = Move-CopperAssignment $from $to -OpenOnly -PlanOnly -Entity Task, Person -WarningVariable warned
        $warned | Should -BeNullOrEmpty
    }

    It 'hands all records over, or those of some kinds' {
        $people = @(Get-CopperPerson -Assignee $from)
        $deals = @(Get-CopperOpportunity -Assignee $from)
        $results = @(Move-CopperAssignment $from.Name $to.Email -Entity Person -Confirm:$false)
        $results.Status | Select-Object -Unique | Should -Be 'Done'
        $results.Id | Sort-Object | Should -Be ($people.Id | Sort-Object)
        @(Get-CopperPerson -Assignee $from) | Should -BeNullOrEmpty
        @(Get-CopperOpportunity -Assignee $from).Count | Should -Be $deals.Count
        $null = Move-CopperAssignment $from $to -Confirm:$false
        @(Get-CopperOpportunity -Assignee $from) | Should -BeNullOrEmpty
        @(Move-CopperAssignment $from $to -Confirm:$false -InformationVariable said) | Should -BeNullOrEmpty
        "$said" | Should -Be "Nothing to hand over: $($from.Name) owns no records."
    }

    It 'is planned, shown, and taken back' {
        $steps = @(Move-CopperAssignment $from $to -Entity Person -PlanOnly)
        "$($steps[0].Changes)" | Should -Be "Assignee: '$($from.Name)' -> '$($to.Name)'"
        Get-WhatIf { Move-CopperAssignment $from $to -Entity Person -WhatIf } | Should -HaveCount $steps.Count
        Get-Written | Should -BeNullOrEmpty
        $journal = Join-Path $TestDrive 'move.jsonl'
        $null = Move-CopperAssignment $from $to -Entity Person -JournalPath $journal
        $null = Undo-CopperChange $journal
        @(Get-CopperPerson -Assignee $from).Id | Sort-Object | Should -Be ($steps.Id | Sort-Object)
    }

    It 'takes a user who has left by the id, and gives to none who is not there' {
        @(Move-CopperAssignment 987654 $to -Entity Person -Confirm:$false) | Should -BeNullOrEmpty
        { Move-CopperAssignment $from 987654 -ErrorAction Stop } | Should -Throw '*no user 987654*'
        { Move-CopperAssignment 'Nobody Known' $to -ErrorAction Stop } | Should -Throw '*Nobody Known*'
        { Move-CopperAssignment $from $from -ErrorAction Stop } | Should -Throw '*nothing to hand over*'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'completes users' {
        $text = 'Move-CopperAssignment -From '
        (TabExpansion2 $text $text.Length).CompletionMatches.CompletionText | Should -Contain "'$($from.Name)'"
    }
}

Describe 'Entries of a journal from the pipeline' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-CopperCache
        $journal = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        $company = @(Get-CopperCompany -First 2)
        Start-CopperJournal $journal
        Set-CopperPerson 3 -Title One
        Set-CopperPerson 4 -Title Two
        Set-CopperOpportunity 30000001 -PrimaryContact 3 -Assignee 'Vera Novak' -Company $company[1].Id
        Remove-CopperLead 20000003 -Confirm:$false
        Stop-CopperJournal
    }

    It 'are taken back, all of them or some' {
        $some = Get-CopperJournal $journal | Where-Object Id -EQ 3 | Undo-CopperChange
        $some.Status | Should -Be 'Done'
        (Get-CopperPerson 3).Title | Should -Not -Be 'One'
        (Get-CopperPerson 4).Title | Should -Be 'Two'
        $all = @(Get-CopperJournal $journal | Undo-CopperChange)
        @($all | Where-Object Status -EQ Done).Count | Should -BeGreaterOrEqual 3
        (Get-CopperPerson 4).Title | Should -Not -Be 'Two'
        Get-CopperJournal $journal | Where-Object Id -EQ 999 | Undo-CopperChange | Should -BeNullOrEmpty
    }

    It 'still lets paths and files come down the pipeline' {
        @($journal | Undo-CopperChange -PlanOnly).Count | Should -BeGreaterThan 2
        @(Get-Item $journal | Undo-CopperChange -PlanOnly).Count | Should -BeGreaterThan 2
    }

    It 'show records by name in the plan' {
        $steps = @(Undo-CopperChange $journal -PlanOnly)
        $deal = "$(($steps | Where-Object Entity -EQ opportunity).Changes)"
        $deal | Should -Match "Assignee: 'Vera Novak' -> '[A-Z]"
        $deal | Should -Match "PrimaryContact: '$([regex]::Escape((Get-CopperPerson 3).Name))' -> '[A-Z]"
        $deal | Should -Match "Company: '$([regex]::Escape($company[1].Name))' -> "
        $lead = "$(($steps | Where-Object Entity -EQ lead).Changes)"
        $lead | Should -Not -Match "(Status|Assignee): nothing -> '\d+'"
        $shown = "$((Get-CopperJournal $journal | Where-Object Entity -EQ opportunity).Changes)"
        $shown | Should -Match "-> '$([regex]::Escape((Get-CopperPerson 3).Name))'"
    }
}
