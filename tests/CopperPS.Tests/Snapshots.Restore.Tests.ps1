# Snapshots are compared with each other and with the account, and what was deleted or changed comes back.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 40 -Setting @{
        companies = 10; leads = 12; opportunities = 10; projects = 4; tasks = 8; activities = 40
    }
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $whole = Join-Path $TestDrive whole
    $null = Backup-CopperAccount $whole

    function Get-Folder { Join-Path $TestDrive ([guid]::NewGuid()) }
    function Get-Journal { Join-Path $TestDrive "$([guid]::NewGuid()).jsonl" }
    function Get-Written { @(Get-SandboxRequest $sandbox | Where-Object { $_ -notmatch '^(GET|POST /\w+/search)' }) }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Compare-CopperSnapshot' {
    BeforeEach { Reset-SandboxHost $sandbox; Clear-CopperCache }

    It 'writes nothing for an unchanged account, and says what changed in another one' {
        Compare-CopperSnapshot $whole | Should -BeNullOrEmpty
        Set-CopperPerson 7 -Title Chair
        Remove-CopperLead 20000003 -Confirm:$false
        $new = New-CopperCompany -Name 'New Company'
        $found = @(Compare-CopperSnapshot $whole)
        $found | ForEach-Object { "$($_.Change) $($_.Entity) $($_.Id)" } |
            Should -Be "Added company $($new.Id)", 'Changed person 7', 'Removed lead 20000003'
        $found[1].Changes.Property | Should -Be 'Title'
        $found[1].Changes.After | Should -Be 'Chair'
        $found[2].Before.Name | Should -Be $found[2].Name
        Test-Path (Join-Path ([IO.Path]::GetTempPath()) 'copper-*' | Join-Path -ChildPath manifest.json) | Should -BeFalse
    }

    It 'finds activities that were removed' {
        $gone = @(Get-CopperActivity | Where-Object { $_.Type.Category -eq 'user' })[0..1]
        $gone | Remove-CopperActivity -Confirm:$false
        $found = @(Compare-CopperSnapshot $whole -Entity Activity)
        $found.Change | Should -Be 'Removed', 'Removed'
        $found.Id | Should -Be ($gone.Id | Sort-Object)
    }

    It 'comes in the order of the ids, whatever changed' {
        Remove-CopperPerson 2, 30 -Confirm:$false
        Set-CopperPerson 1 -Title Chair
        $new = New-CopperPerson -Name 'New Person'
        Set-CopperPerson 10 -Title Chair
        (Compare-CopperSnapshot $whole -Entity Person).Id | Should -Be 1, 2, 10, 30, $new.Id
    }

    It 'shows the names of the records that a changed one points to' {
        $company = Get-CopperCompany -First 1
        Set-CopperCompany $company.Id -PrimaryContact 2
        $path = Get-Folder
        $null = Backup-CopperAccount $path -Entity Person, Company
        Set-CopperCompany $company.Id -PrimaryContact $null
        $change = (Compare-CopperSnapshot $path -Entity Company).Changes
        "$change" | Should -Be "PrimaryContact: '$((Get-CopperPerson 2).Name)' -> nothing"
    }

    It 'compares two snapshots without a connection, also from the pipeline' {
        Set-CopperPerson 7 -Title Chair
        $later = Backup-CopperAccount (Get-Folder) -Entity Person -Include @() -PassThru
        Disconnect-Copper
        try {
            (Compare-CopperSnapshot $whole $later).Id | Should -Be 7
            ($later | Compare-CopperSnapshot $whole).Id | Should -Be 7
            Compare-CopperSnapshot $whole $later -ExcludeProperty Tit* | Should -BeNullOrEmpty
            (Compare-CopperSnapshot $whole $later -IncludeComputed).Changes.Property | Should -Contain 'DateModified'
            { Compare-CopperSnapshot $whole $later -Entity Lead -ErrorAction Stop } |
                Should -Throw -ErrorId 'CopperInvalidSnapshot,*' -ExpectedMessage '*has no leads*'
        }
        finally { Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' } }
    }

    It 'says of a folder that it is no snapshot' {
        { Compare-CopperSnapshot $TestDrive -ErrorAction Stop } | Should -Throw -ErrorId 'CopperInvalidSnapshot,*'
    }
}

Describe 'Compare-CopperSnapshot -JournalPath' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-CopperCache
        Remove-CopperLead 20000003, 20000004 -Confirm:$false
        $journal = Get-Journal
        $restored = @(Restore-CopperSnapshot $whole Lead -JournalPath $journal)
    }

    It 'compares restored records with those that they were, and tells what differs' {
        @(Compare-CopperSnapshot $whole -Entity Lead).Change | Should -Be 'Removed', 'Removed', 'Added', 'Added'
        Compare-CopperSnapshot $whole -Entity Lead -JournalPath $journal | Should -BeNullOrEmpty
        Set-CopperLead $restored[0].Id -Title Chair
        $found = Compare-CopperSnapshot $whole -Entity Lead -JournalPath $journal
        "$($found.Change) $($found.Id) $($found.OldId) $($found.Changes.Property)" |
            Should -Be "Changed $($restored[0].Id) 20000003 Title"
        ($found | Format-List | Out-String) | Should -Match 'OldId +: 20000003'
    }

    It 'takes the journal from the pipeline of snapshots too, without a connection' {
        $later = Backup-CopperAccount (Get-Folder) -Entity Lead -Include @() -PassThru
        Disconnect-Copper
        try { $later | Compare-CopperSnapshot $whole -JournalPath $journal | Should -BeNullOrEmpty }
        finally { Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' } }
    }

    It 'takes several journals' {
        Remove-CopperTask 50000001 -Confirm:$false
        $second = Get-Journal
        $null = Restore-CopperSnapshot $whole Task -JournalPath $second
        @(Compare-CopperSnapshot $whole -Entity Lead, Task -JournalPath $journal) | Should -HaveCount 2
        Compare-CopperSnapshot $whole -Entity Lead, Task -JournalPath $journal, $second | Should -BeNullOrEmpty
    }

    It 'says of a journal what is wrong with it before anything is read' {
        $other = Get-Journal
        $null = [pscustomobject]@{ Name = 'New Lead' } | Import-CopperRecord Lead -MatchOn Name -JournalPath $other
        $damaged = Get-Journal
        Set-Content $damaged "$(Get-Content $journal -TotalCount 1)`n{`"kind`":`n"
        Clear-SandboxJournal $sandbox
        { Compare-CopperSnapshot $whole -JournalPath $other } |
            Should -Throw -ErrorId 'CopperInvalidPlan,*' -ExpectedMessage '*not that of a restore*'
        { Compare-CopperSnapshot $whole -JournalPath $damaged } |
            Should -Throw -ErrorId 'CopperInvalidPlan,*' -ExpectedMessage '*damaged*'
        { Compare-CopperSnapshot $whole -JournalPath (Get-Journal) } | Should -Throw -ErrorId 'CopperJournalUnavailable,*'
        @(Get-SandboxRequest $sandbox) | Should -HaveCount 0
    }
}

Describe 'An empty account' {
    It 'gets all records of a snapshot, and nothing the second time' {
        function Get-Image {
            'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task' | ForEach-Object {
                & "Get-Copper$_" | Where-Object { -not $_.ConvertedAt } | ConvertTo-CopperFlatRecord |
                    Select-Object * -ExcludeProperty Id, *Date*, Interaction*, RelatedId, *ContactId, CompanyId, CustomActivityType*,
                    Converted* | ConvertTo-Csv -NoTypeInformation
                } | Sort-Object
        }
        Reset-SandboxHost $sandbox
        $before = @(Get-Image)
        $nouns = 'Task', 'Project', 'Opportunity', 'Lead', 'Person', 'Company'
        foreach ($noun in $nouns) { & "Get-Copper$noun" | & "Remove-Copper$noun" -Confirm:$false }
        $nouns | ForEach-Object { & "Get-Copper$_" } | Should -BeNullOrEmpty
        $results = @(Restore-CopperSnapshot $whole -JournalPath (Get-Journal) -WarningAction Ignore)
        $results | Where-Object Status -NotIn Done, Skipped | Should -BeNullOrEmpty
        Compare-Object $before @(Get-Image) | Select-Object -First 5 | Should -BeNullOrEmpty
        Clear-SandboxJournal $sandbox
        $again = @(Restore-CopperSnapshot $whole -JournalPath (Get-Journal) -WarningAction Ignore)
        $again.Status | Select-Object -Unique | Should -Be 'Skipped'
        Get-Written | Should -BeNullOrEmpty
    }
}

Describe 'Restore-CopperSnapshot' {
    BeforeEach { Reset-SandboxHost $sandbox; Clear-CopperCache }

    It 'creates again what was deleted, with a journal, and nothing the second time' {
        $names = (Get-CopperPerson 3, 4, 5).Name
        Remove-CopperPerson 3, 4, 5 -Confirm:$false
        $journal = Get-Journal
        $results = @(Restore-CopperSnapshot $whole -JournalPath $journal)
        $people = @($results | Where-Object { $_.Entity -eq 'person' -and $_.Action -eq 'Create' })
        $people.OldId | Should -Be 3, 4, 5
        $results.Status | Where-Object { $_ -notin 'Done', 'Skipped' } | Should -BeNullOrEmpty
        (Get-CopperPerson $people.Id).Name | Sort-Object | Should -Be ($names | Sort-Object)
        @(Get-CopperJournal $journal).Count | Should -BeGreaterThan 2

        Clear-SandboxJournal $sandbox
        $null = Restore-CopperSnapshot $whole -JournalPath (Get-Journal)
        $null = Restore-CopperSnapshot $whole -JournalPath $journal -Resume
        Get-Written | Should -BeNullOrEmpty
    }

    It 'gives changed records their values back, of one property if wanted' {
        $title = (Get-CopperPerson 7).Title
        Set-CopperPerson 7 -Title Oops -Details 'New words'
        $result = Restore-CopperSnapshot $whole Person -Only Changed -Property Title -JournalPath (Get-Journal)
        $result.Status | Should -Be 'Done'
        (Get-CopperPerson 7).Title | Should -Be $title
        (Get-CopperPerson 7).Details | Should -Be 'New words'
    }

    It 'restores one record, also from the pipeline' {
        Remove-CopperLead 20000003, 20000004 -Confirm:$false
        (20000003 | Restore-CopperSnapshot $whole Lead -JournalPath (Get-Journal)).OldId | Should -Be 20000003
        (Restore-CopperSnapshot $whole Lead 20000004 -JournalPath (Get-Journal)).OldId | Should -Be 20000004
    }

    It 'is taken back by its journal' {
        Remove-CopperLead 20000003 -Confirm:$false
        $journal = Get-Journal
        $restored = Restore-CopperSnapshot $whole Lead -JournalPath $journal
        $null = Undo-CopperChange $journal -Confirm:$false
        { Get-CopperLead $restored.Id -ErrorAction Stop } | Should -Throw -ErrorId 'CopperNotFound,*'
    }

    It 'writes the plan with -PlanOnly, which Invoke-CopperPlan runs, and shows it with -WhatIf' {
        Remove-CopperLead 20000003 -Confirm:$false
        Clear-SandboxJournal $sandbox
        $steps = @(Restore-CopperSnapshot $whole Lead -PlanOnly)
        $steps.Action | Should -Be 'Create'
        Restore-CopperSnapshot $whole Lead -WhatIf | Should -BeNullOrEmpty
        Get-Written | Should -BeNullOrEmpty
        ($steps | Invoke-CopperPlan).Status | Should -Be 'Done'
    }

    It 'counts a create as done for what points to it, with -WhatIf as in the run' {
        $company = Get-CopperCompany | Where-Object PrimaryContactId | Select-Object -First 1
        if (-not $company) {
            $company = Get-CopperCompany -First 1
            Set-CopperCompany $company.Id -PrimaryContact 7
        }
        $path = Get-Folder
        $null = Backup-CopperAccount $path -Entity Person, Company
        Remove-CopperPerson (Get-CopperCompany $company.Id).PrimaryContactId -Confirm:$false
        Set-CopperCompany $company.Id -PrimaryContact $null
        $warnings = @(Restore-CopperSnapshot $path -WhatIf 3>&1 | Where-Object { "$_" -like '*would not be carried out*' })
        $warnings | Should -BeNullOrEmpty
        $results = @(Restore-CopperSnapshot $path -JournalPath (Get-Journal) -WarningAction SilentlyContinue)
        $results.Status | Select-Object -Unique | Should -Be 'Done'
        $results.Entity | Should -Contain 'company'
        $restored = ($results | Where-Object Entity -EQ person).Id
        (Get-CopperCompany $company.Id).PrimaryContactId | Should -Be $restored
    }

    It 'holds what somebody else has taken, and does what -OnConflict says' {
        $person = Get-CopperPerson 7
        Remove-CopperPerson 7 -Confirm:$false
        $other = New-CopperPerson -Name Somebody -Email $person.Email
        $result = Restore-CopperSnapshot $whole Person 7 -JournalPath (Get-Journal) -WarningAction SilentlyContinue
        $result.Status | Should -Be 'Held'
        $result.Reason | Should -Match "belongs to person $($other.Id)"
        $results = Restore-CopperSnapshot $whole Person 7 -OnConflict Overwrite -JournalPath (Get-Journal)
        ($results | Where-Object Entity -EQ person).Id | Should -Be $other.Id
        (Get-CopperPerson $other.Id).Name | Should -Be $person.Name
    }

    It 'maps users' {
        Set-CopperPerson 7 -Assignee 'Vera Novak'
        $snapshot = Backup-CopperAccount (Get-Folder) -Entity Person -Include @() -PassThru
        Remove-CopperPerson 7 -Confirm:$false
        $result = Restore-CopperSnapshot $snapshot Person 7 -MapUser @{ 'Vera Novak' = 'Jonas Weber' } -JournalPath (Get-Journal)
        (Get-CopperPerson $result.Id).Assignee | Should -Be 'Jonas Weber'
        { Restore-CopperSnapshot $snapshot -MapUser @{ 'Vera Novak' = 'Nobody' } -PlanOnly -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperInvalidSnapshot,*' -ExpectedMessage "*no user 'Nobody'*"
    }

    It 'rejects what it cannot do before anything is sent' {
        Clear-SandboxJournal $sandbox
        { Restore-CopperSnapshot $whole -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperInvalidArgument,*' -ExpectedMessage '*needs -JournalPath*'
        { Restore-CopperSnapshot $whole -PlanOnly -JournalPath x.jsonl -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperInvalidArgument,*'
        { Restore-CopperSnapshot $whole -Id 7 -PlanOnly -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperInvalidArgument,*' -ExpectedMessage '*-Entity*'
        { Restore-CopperSnapshot (Get-Folder) -PlanOnly -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperInvalidSnapshot,*'
        Get-Written | Should -BeNullOrEmpty
        { Restore-CopperSnapshot $whole Person -Property Titel -PlanOnly -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperInvalidSnapshot,*' -ExpectedMessage "*No property 'Titel'*Title*"
        Get-Written | Should -BeNullOrEmpty
    }
}

Describe 'A file of a snapshot that was changed' {
    BeforeEach { Reset-SandboxHost $sandbox; Clear-CopperCache }

    It 'is one error of <_>, before anything is read' -ForEach 'Restore-CopperSnapshot', 'Compare-CopperSnapshot' {
        $path = Get-Folder
        Copy-Item $whole $path -Recurse
        $file = Join-Path $path companies.jsonl.gz
        [IO.File]::WriteAllBytes($file, [IO.File]::ReadAllBytes($file) + [byte[]] (1, 2, 3))
        $null = Get-SandboxRequest $sandbox
        $with = if ($_ -like 'Restore*') { @{ WhatIf = $true } } else { @{} }
        $failure = { & $_ $path @with -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperInvalidSnapshot,*' -ExpectedMessage "*companies.jsonl.gz*Test-CopperSnapshot*" -PassThru
        $failure | Should -HaveCount 1
        Get-SandboxRequest $sandbox | Where-Object { $_ -match '/search' } | Should -BeNullOrEmpty
    }
}

Describe 'What a restore says' {
    BeforeEach { Reset-SandboxHost $sandbox; Clear-CopperCache }

    It 'says in one line that nothing is to be restored' {
        Restore-CopperSnapshot $whole -WhatIf -InformationVariable said 6> $null | Should -BeNullOrEmpty
        "$said" | Should -BeLike 'Nothing to restore: nothing * is missing from the account or differs in it.'
        $journal = Get-Journal
        Restore-CopperSnapshot $whole -Only Missing -JournalPath $journal -InformationVariable said 6> $null | Should -BeNullOrEmpty
        "$said" | Should -BeLike 'Nothing to restore: nothing * is missing from the account.'
        Test-Path $journal | Should -BeFalse
        Set-CopperPerson 7 -Title Chair
        $null = Restore-CopperSnapshot $whole -WhatIf -InformationVariable said 6> $null
        "$said" | Should -Not -BeLike '*Nothing to restore*'
    }

    It 'names the records that others point to' {
        $company = New-CopperCompany -Name 'Engines Ltd'
        $person = New-CopperPerson -Name Ada -Company $company.Id
        $task = New-CopperTask Call -RelatedTo $person
        $path = Get-Folder
        $null = Backup-CopperAccount $path 6> $null
        Set-CopperTask $task.Id -RelatedTo $null
        $change = Compare-CopperSnapshot $path
        "$($change.Changes)" | Should -Be "RelatedResource: 'person $($person.Id) (Ada)' -> nothing"
        Remove-CopperPerson $person.Id -Confirm:$false
        Remove-CopperCompany $company.Id -Confirm:$false
        $steps = Restore-CopperSnapshot $path -PlanOnly
        "$(($steps | Where-Object Entity -EQ person).Changes)" | Should -BeLike "*Company: nothing -> 'Engines Ltd'*"
        "$(($steps | Where-Object Entity -EQ task).Changes)" | Should -Be "RelatedResource: nothing -> 'person $($person.Id) (Ada)'"
    }
}

Describe 'Restore-CopperSnapshot of one record' {
    BeforeEach { Reset-SandboxHost $sandbox; Clear-CopperCache }

    It 'lets what is there point to it again, and names what it leaves out' {
        $company = New-CopperCompany -Name 'Engines Ltd'
        $person = New-CopperPerson -Name Ada -Company $company.Id
        $moved = New-CopperPerson -Name Bert -Company $company.Id
        $deal = New-CopperOpportunity -Name Engine -Company $company.Id -PrimaryContact $person.Id
        $null = New-CopperActivity $company -Type Note -Details 'A note.'
        $path = Get-Folder
        $null = Backup-CopperAccount $path 6> $null
        Remove-CopperCompany $company.Id -Confirm:$false
        $looms = New-CopperCompany -Name 'Looms Ltd'
        Set-CopperPerson $moved.Id -Company $looms.Id

        $results = Restore-CopperSnapshot $path Company $company.Id -JournalPath (Get-Journal) -WarningVariable warnings 3> $null
        $again = $results | Where-Object OldId -EQ $company.Id
        $again.Status | Should -Be 'Done'
        (Get-CopperPerson $person.Id).CompanyId | Should -Be $again.Id
        (Get-CopperOpportunity $deal.Id).CompanyId | Should -Be $again.Id
        $held = $results | Where-Object Status -EQ 'Held'
        $held.Id | Should -Be $moved.Id
        $held.Reason | Should -BeLike "Company was company $($company.Id) (Engines Ltd), and is company $($looms.Id) (Looms Ltd)*"
        (Get-CopperPerson $moved.Id).CompanyId | Should -Be $looms.Id
        (Restore-CopperSnapshot $path Company $company.Id -PlanOnly 3> $null).Action | Should -Not -Contain 'Create'
    }

    It 'says in the plan that activities stay away' {
        $lead = New-CopperLead -Name 'Ada King'
        $null = New-CopperActivity $lead -Type Note -Details 'A note.'
        $path = Get-Folder
        $null = Backup-CopperAccount $path 6> $null
        Remove-CopperLead $lead.Id -Confirm:$false
        (Restore-CopperSnapshot $path Lead $lead.Id -PlanOnly).Reason | Should -BeLike 'Without an activity: *'
    }

    It 'warns once that connect fields stay as they are where the snapshot has no connections' {
        $field = Get-CopperCustomFieldDefinition -DataType Connect | Where-Object AvailableOn -Contains 'company' | Select-Object -First 1
        $field | Should -Not -BeNullOrEmpty
        $company = New-CopperCompany -Name 'Engines Ltd'
        Add-CopperConnection $company.Id -FromType Company -To 2 -Type Person -Field $field.Id
        $path = Get-Folder
        $null = Backup-CopperAccount $path -Entity Company, Person 6> $null
        Get-CopperConnection $company.Id -FromType Company | Remove-CopperConnection -Confirm:$false
        Clear-CopperCache
        $null = Restore-CopperSnapshot $path -PlanOnly -WarningVariable warnings 3> $null
        @($warnings -like '*no connections*').Count | Should -Be 1
        "$warnings" | Should -BeLike "*Backup-CopperAccount -Include Connection*$($field.Name)*stay as they are*"
    }
}
