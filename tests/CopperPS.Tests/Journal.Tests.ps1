# Start-CopperJournal: every writer of the session leaves a trace by which it can be taken back.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 30

    function Get-Written { @(Get-SandboxRequest $sandbox | Where-Object { $_ -notmatch '^(GET|POST /\w+/search)' }) }
    # All that a record holds but ids and what the service alone sets.
    function Get-Image {
        'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task' |
            ForEach-Object {
                & "Get-Copper$_" | ConvertTo-CopperFlatRecord |
                    Select-Object * -ExcludeProperty Id, *Date*, Interaction*, RelatedId, PrimaryContactId, CompanyId,
                    CustomActivityType* |
                    ConvertTo-Csv -NoTypeInformation
                } | Sort-Object
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'A journal in which nothing stands' {
    BeforeEach { Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' } }

    It 'is not left behind, and that is said' {
        $journal = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        Start-CopperJournal $journal
        $null = Get-CopperPerson -First 1
        $said = Stop-CopperJournal -Verbose 4>&1
        $journal | Should -Not -Exist
        "$said" | Should -BeLike '*Nothing was changed*'

        Start-CopperJournal $journal
        Disconnect-Copper
        $journal | Should -Not -Exist
    }
}

Describe 'Get-CopperJournal' {
    It 'shows names and days as the rest of the module does' {
        Reset-SandboxHost $sandbox
        Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
        $choices = Get-CopperCustomFieldDefinition -Entity Person -DataType Dropdown | Select-Object -First 1
        $dates = Get-CopperCustomFieldDefinition -Entity Opportunity -DataType Date | Select-Object -First 1
        $journal = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        $deal = Get-CopperOpportunity -First 1
        Start-CopperJournal $journal
        Set-CopperPerson 7 -Assignee 'Dana Demo' -ContactType 'Current Customer' -CustomField @{ $choices.Name = $choices.Options[1].Name }
        Set-CopperOpportunity $deal.Id -CloseDate 2027-03-04 -CustomField @{ $dates.Name = '2027-05-06' }
        Stop-CopperJournal
        $undo = Undo-CopperChange $journal -PlanOnly
        Disconnect-Copper

        $person, $changed = Get-CopperJournal $journal
        "$($person.Changes)" | Should -BeLike "*-> 'Dana Demo'*"
        "$($person.Changes)" | Should -BeLike "*-> 'Current Customer'*"
        "$($person.Changes)" | Should -BeLike "*$($choices.Name): *-> '$($choices.Options[1].Name)'*"
        "$($changed.Changes)" | Should -BeLike "*CloseDate: *-> '2027-03-04'*"
        "$($changed.Changes)" | Should -BeLike "*$($dates.Name): *-> '2027-05-06'*"
        "$(($undo | Where-Object Entity -EQ person).Changes)" | Should -BeLike "*$($choices.Name): '$($choices.Options[1].Name)' -> *"
        "$(($undo | Where-Object Entity -EQ opportunity).Changes)" | Should -BeLike "*CloseDate: '2027-03-04' -> *"
    }
}

Describe 'Get-CopperJournal with a session' {
    It 'looks up the names that the journal lacks, each list once' {
        Disconnect-Copper
        Connect-SandboxHost $sandbox
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        $task = Get-CopperTask -First 1
        $user = (Get-CopperUser | Where-Object Id -NE $task.AssigneeId)[0]
        Clear-CopperCache
        Start-CopperJournal $path
        Set-CopperTask $task.Id -Assignee $user.Id
        Set-CopperTask $task.Id -Assignee $user.Id -Priority High
        Stop-CopperJournal
        Clear-CopperCache
        $entries = @(Get-CopperJournal $path)
        $null = Get-SandboxRequest $sandbox
        "$($entries[0].Changes)" | Should -BeLike "*Assignee: '*' -> '$($user.Name)'*"
        "$($entries[0].Changes)" | Should -Not -BeLike "*'$($task.AssigneeId)'*"
        $null = Get-CopperJournal $path
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }
}

Describe 'The journal of a session' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
        $journal = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        Start-CopperJournal $journal
    }

    AfterEach { Stop-CopperJournal -WarningAction Ignore }

    It 'keeps what a writer changes: <name>' -ForEach @(
        @{ name = 'New'; run = { New-CopperPerson 'Ada Lovelace' -Email ada@engines.example }; action = 'Create'; after = '*Ada Lovelace*' }
        @{ name = 'Set'; run = { Set-CopperPerson 1 -Title Countess }; action = 'Update'; after = '{"title":"Countess"}' }
        @{ name = 'Set, an address'; run = { Set-CopperPerson 1 -City Rome }; action = 'Update'; after = '*Rome*' }
        @{
            name = 'Set, the company'; run = { Set-CopperPerson 1 -Company (Get-CopperCompany -First 9)[8] }; action = 'Update', 'Update'
            after = '*company_id*'
        }
        @{ name = 'Remove'; run = { Remove-CopperTask 50000001 -Confirm:$false }; action = 'Delete'; after = '' }
        @{
            name = 'Complete'; run = { Get-CopperTask -Status Open -First 1 | Complete-CopperTask }; action = 'Update'
            after = '*Completed*'
        }
        @{
            name = 'New -Bulk'; run = { 1..3 | ForEach-Object { @{ Name = "Guest $_" } } | New-CopperPerson -Bulk }
            action = 'Create', 'Create', 'Create'; after = '*Guest 3*'
        }
        @{
            name = 'Set -Bulk'; run = { 1..3 | ForEach-Object { @{ Id = $_; Title = 'Chair' } } | Set-CopperPerson -Bulk }
            action = 'Update', 'Update', 'Update'; after = '*Chair*'
        }
        @{
            name = 'Sync of a lead'; run = { Sync-CopperLead 'Ada' -MatchEmail -Email ada@lead.example -Title Countess }; action = 'Create'
            after = '*Countess*'
        }
        @{
            name = 'an import'; run = { @{ Id = 1; Title = 'Imported' } | Import-CopperRecord Person -MatchOn Id }; action = 'Update'
            after = '*Imported*'
        }
        @{
            name = 'Invoke-CopperRequest'; run = { Invoke-CopperRequest people/1 -Method PUT -Confirm:$false -Body @{ title = 'Raw' } }
            action = 'Update'; after = '*Raw*'
        }
    ) {
        $before = Get-Image
        $null = & $run
        Stop-CopperJournal
        $entries = @(Get-CopperJournal $journal)
        $entries.Action | Should -Be $action
        $entries.Status | Select-Object -Unique | Should -Be 'Done'
        "$($entries[-1].After)" | Should -BeLike $after
        $undone = @(Undo-CopperChange $journal)
        $undone.Status | Select-Object -Unique | Should -Be 'Done'
        Get-Image | Should -Be $before
    }

    It 'is read ahead, one request for 200 records' {
        $ids = 1..30
        Clear-SandboxJournal $sandbox
        $ids | Set-CopperPerson -Details 'seen'
        $requests = @(Get-SandboxRequest $sandbox)
        @($requests -match '^PUT /people/\d') | Should -HaveCount 1
        @($requests -match '/people/bulk_update') | Should -HaveCount 3
        $requests | Should -HaveCount 5
        50000001..50000010 | Remove-CopperTask -Confirm:$false
        $requests = @(Get-SandboxRequest $sandbox)
        @($requests -match '^DELETE') | Should -HaveCount 10
        @($requests -notmatch '^DELETE') | Should -HaveCount 1
    }

    It 'says of a conversion that it cannot be taken back, when it is made and when it is undone' {
        $lead = New-CopperLead 'Ada Lovelace' -Email ada@lead.example
        $null = $lead | Convert-CopperLead -NoCompany -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*conversion of lead $($lead.Id) cannot be taken back*"
        Stop-CopperJournal
        (Get-CopperJournal $journal)[-1].CanUndo | Should -BeFalse
        $undone = @(Undo-CopperChange $journal -WarningAction Ignore)
        $undone.Status | Select-Object -Unique | Should -Be 'Held'
        $undone[0].Reason | Should -BeLike '*conversion*'
    }

    It 'keeps what joins records, and takes it back: <name>' -ForEach @(
        @{
            name = 'a relation that is added'; run = { Add-CopperRelatedItem $project -To $person }
            state = { Get-CopperRelatedItem $project | ForEach-Object { "$_" } }
        }
        @{
            name     = 'a relation that is removed'
            run      = {
                Get-CopperRelatedItem $deal | Where-Object Type -EQ company |
                    ForEach-Object { Remove-CopperRelatedItem $deal -To $_ -Confirm:$false }
            }; state = { (Get-CopperOpportunity $deal.Id).CompanyId; Get-CopperRelatedItem $deal | ForEach-Object { "$_" } }
        }
        @{
            name = 'a connection that is added'; run = { Add-CopperConnection $company -To $deal -Field Partner }
            state = { @(Get-CopperConnection $company | ForEach-Object { "$_" }) | Sort-Object }
        }
        @{
            name = 'a connection that is removed'; run = { Get-CopperConnection $company | Remove-CopperConnection -Confirm:$false }
            state = { @(Get-CopperConnection $company | ForEach-Object { "$_" }) | Sort-Object -Unique }
        }
        @{ name = 'a tag'; run = { Set-CopperPerson $person.Id -AddTag fair }; state = { (Get-CopperPerson $person.Id).Tags } }
        @{
            name  = 'a webhook'
            run   = { Register-CopperWebhook https://hooks.example.com/copper person new -Secret @{ key = 'h00k-5ecret' } }
            state = { @(Get-CopperWebhook).Count }
        }
        @{
            name = 'a company with its people'; run = { Remove-CopperCompany $person.CompanyId -Confirm:$false }
            state = { (Get-CopperPerson $person.Id).CompanyName }
        }
    ) {
        $project, $deal = (Get-CopperProject -First 1), (Get-CopperOpportunity -First 9 | Where-Object CompanyId)[0]
        $person = Get-CopperPerson | Where-Object CompanyId | Select-Object -First 1
        $company = Get-CopperConnection (Get-CopperCompany) | Select-Object -First 1 -ExpandProperty Source
        $before = @(& $state)
        $null = & $run
        @(& $state) | Should -Not -Be $before
        Stop-CopperJournal
        [IO.File]::ReadAllText($journal) | Should -Not -Match 'h00k-5ecret|sandbox-key|demo@copper'
        @(Get-CopperJournal $journal).CanUndo | Should -Not -Contain $false
        $undone = @(Undo-CopperChange $journal)
        @($undone | Where-Object Status -NotIn Done, Skipped) | Should -BeNullOrEmpty
        @(& $state) | Should -Be $before
    }

    It 'says of files, fields and secrets that are lost that they cannot be taken back, and keeps no secret' {
        $file = Join-Path $TestDrive 'offer.txt'
        [IO.File]::WriteAllText($file, 'an offer')
        $hook = Register-CopperWebhook https://hooks.example.com/copper person new -Secret @{ key = 'h00k-5ecret' }
        $changes = {
            $attached = Add-CopperFile $file -RelatedTo (Get-CopperPerson 1) -PassThru
            $attached | Remove-CopperFile -Confirm:$false
            $null = New-CopperCustomFieldDefinition Shoe -DataType Float -AvailableOn Person
            $hook | Unregister-CopperWebhook -Confirm:$false
        }
        & $changes -WarningVariable warnings 3>&1 | ForEach-Object { "$_" } | Should -BeLike '*Undo-CopperChange does not*'
        Stop-CopperJournal
        @(Get-CopperFile (Get-CopperPerson 1)) | Should -BeNullOrEmpty
        [IO.File]::ReadAllText($journal) | Should -Not -Match 'h00k-5ecret|sandbox-key|demo@copper|Signature|an offer'
        $entries = @(Get-CopperJournal $journal | Where-Object { -not $_.CanUndo })
        $entries | Should -HaveCount 4
        $entries.Status | Select-Object -Unique | Should -Be 'Done'
        $undone = @(Undo-CopperChange $journal -WarningAction Ignore)
        $held = @($undone | Where-Object Status -EQ Held)
        $held | Should -HaveCount 4
        $held.Reason | Should -BeLike 'Undo-CopperChange does not*'
    }

    It 'that cannot be written any more ends the pipeline, and nothing is sent' -Skip:($env:OS -eq 'Windows_NT') {
        Set-CopperPerson 1 -Title Countess
        Remove-Item $journal
        $null = Get-Written
        Clear-SandboxJournal $sandbox
        $problem = try { 2, 3 | Set-CopperPerson -Title Countess -ErrorAction Stop } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CopperJournalUnavailable,*'
        "$problem" | Should -BeLike "*Nothing was sent*'$journal' cannot be written*gone*"
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Stop-CopperJournal*'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'notes a request that the service rejects, and one whose outcome is unknown' {
        Set-CopperPerson 999999 -Title x -ErrorAction Ignore
        Set-SandboxFault $sandbox @{ kind = 'reset-after'; times = 1; match = @{ method = 'POST'; path = '^/people$' } }
        New-CopperPerson 'Ada Lovelace' -ErrorAction Ignore
        Set-SandboxFault $sandbox
        Stop-CopperJournal
        (Get-CopperJournal $journal).Status | Should -Be 'Failed', 'Unknown'
        $undone = @(Undo-CopperChange $journal -WarningAction Ignore)
        ($undone | Where-Object Action -EQ Hold).Status | Should -Be 'Held'
    }

    It 'never overwrites what somebody else has changed since' {
        Set-CopperPerson 1 -Title Countess
        Stop-CopperJournal
        Set-CopperPerson 1 -Title 'Somebody else'
        (Undo-CopperChange $journal -WarningAction Ignore).Status | Should -Be 'Held'
        (Get-CopperPerson 1).Title | Should -Be 'Somebody else'
    }

    It 'is shown on the session, one at a time, and ends with it' {
        (Get-CopperSession).JournalPath | Should -Be $journal
        Set-CopperPerson 1 -Title Countess
        { Start-CopperJournal (Join-Path $TestDrive other.jsonl) -ErrorAction Stop } | Should -Throw '*already*Stop-CopperJournal*'
        Stop-CopperJournal
        (Get-CopperSession).JournalPath | Should -BeNullOrEmpty
        { Start-CopperJournal $journal -ErrorAction Stop } | Should -Throw '*exists already*'
        Stop-CopperJournal -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*keeps no journal*'
    }

    It 'takes random changes back' {
        $before = Get-Image
        $random = [Random]::new(7)
        $ids = @{}
        foreach ($noun in 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task') { $ids[$noun] = @(& "Get-Copper$noun").Id }
        $any = { param($noun) $ids[$noun][$random.Next($ids[$noun].Count)] }
        $count = if ($env:COPPER_TEST_CHANGES) { [int] $env:COPPER_TEST_CHANGES } else { 60 }
        $quiet = @{ ErrorAction = 'Ignore'; WarningAction = 'Ignore' }
        foreach ($number in 1..$count) {
            $id = & $any Person
            switch ($random.Next(16)) {
                0 { $ids.Person += (New-CopperPerson "New $number" -Tag a, b -Company (& $any Company) @quiet).Id }
                1 { Set-CopperPerson $id -Title "T$number" -Tag "t$number" @quiet }
                2 { Set-CopperPerson $id -City "C$number" -PhoneNumber "555 $number" @quiet }
                3 { Set-CopperPerson $id -Company ($null, (& $any Company))[$number % 2] @quiet }
                4 {
                    $company = ($null, (& $any Company))[$number % 2]
                    Set-CopperOpportunity (& $any Opportunity) -MonetaryValue $number -Company $company @quiet
                }
                5 { Set-CopperOpportunity (& $any Opportunity) -Priority $null -PrimaryContact $id -WinProbability $null @quiet }
                6 { $ids.Opportunity += (New-CopperOpportunity "Deal $number" -PrimaryContact $id -Company (& $any Company) @quiet).Id }
                7 { Set-CopperTask (& $any Task) -Priority ($null, 'High')[$number % 2] -DueDate 2027-01-31 @quiet }
                8 { $ids.Task += (New-CopperTask "Task $number" -RelatedTo $id -RelatedType Person @quiet).Id }
                9 { Set-CopperCompany (& $any Company) -Details "D$number" -ContactType $null @quiet }
                10 { $ids.Lead += (New-CopperLead "Lead $number" -MonetaryValue $number @quiet).Id }
                11 { Set-CopperLead (& $any Lead) -Status Contacted -Assignee $null @quiet }
                12 { Set-CopperProject (& $any Project) -Status Completed -Details "P$number" @quiet }
                13 { Add-CopperRelatedItem (Get-CopperProject (& $any Project) @quiet) -To (Get-CopperPerson $id @quiet) @quiet }
                default {
                    $noun = ('Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task')[$random.Next(6)]
                    if ($ids[$noun].Count -gt 3) {
                        $gone = & $any $noun
                        & "Remove-Copper$noun" $gone -Confirm:$false @quiet
                        $ids[$noun] = @($ids[$noun] -ne $gone)
                    }
                }
            }
        }
        Stop-CopperJournal
        Get-Image | Should -Not -Be $before
        $undone = @(Undo-CopperChange $journal)
        @($undone | Where-Object Status -NotIn Done, Skipped) | Should -BeNullOrEmpty
        $differences = Compare-Object $before @(Get-Image) | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" }
        $differences | Sort-Object { $_.Substring(3) } | Select-Object -First 10 | Should -BeNullOrEmpty
    }
}
