# -Bulk: ten records in one request, and for each what a request of its own would have brought.

BeforeDiscovery {
    $created = @(
        @{ noun = 'Person'; path = 'people'; row = { @{ Name = "A $_" } } }
        @{ noun = 'Company'; path = 'companies'; row = { @{ Name = "A $_" } } }
        @{ noun = 'Lead'; path = 'leads'; row = { @{ Name = "A $_" } } }
        @{ noun = 'Opportunity'; path = 'opportunities'; row = { @{ Name = "A $_"; PrimaryContact = 1 } } }
        @{ noun = 'Activity'; path = 'activities'; row = { @{ Details = "A $_"; RelatedTo = 1; RelatedType = 'person' } } }
    )
    $updated = @(
        @{ noun = 'Person'; path = 'people'; first = 1 }
        @{ noun = 'Company'; path = 'companies'; first = 10000001 }
        @{ noun = 'Lead'; path = 'leads'; first = 20000001 }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 40
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 1 }

    function Get-BulkBody($Entry, $Path) { @(($Entry.body | ConvertFrom-Json).$Path) }

    function New-Row([int] $Count, [string] $Prefix = 'Row') {
        foreach ($number in 1..$Count) { [pscustomobject]@{ Name = "$Prefix $number"; Details = "note $number" } }
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'New-Copper<noun> -Bulk' -ForEach $created {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'sends groups of ten and outputs the records in order' {
        $rows = 1..23 | ForEach-Object { [pscustomobject] (& $row) }
        $records = $rows | & "New-Copper$noun" -Bulk
        $records | Should -HaveCount 23
        $records[0].GetType().Name | Should -Be "Copper$noun"
        $property = if ($noun -eq 'Activity') { 'Details' } else { 'Name' }
        $records.$property | Should -Be @(1..23 | ForEach-Object { "A $_" })
        $records.Id | Sort-Object -Unique | Should -HaveCount 23
        $sent = @(Get-SandboxJournal $sandbox)
        @($sent | ForEach-Object { "$($_.method) $($_.path)" } | Sort-Object -Unique) | Should -Be "POST /$path/bulk_create"
        $sent | ForEach-Object { (Get-BulkBody $_ $path).Count } | Should -Be 10, 10, 3
    }

    It 'rejects what is no row, with -Bulk and without' {
        $typed = & $row
        foreach ($bulk in $true, $false) {
            'text', 7, @{ Foo = 1 }, [pscustomobject]@{ Foo = 1 } |
                & "New-Copper$noun" @typed -Bulk:$bulk -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems | Should -HaveCount 4
            $problems[3].FullyQualifiedErrorId | Should -BeLike 'CopperInvalidArgument,*'
            $problems[0].TargetObject | Should -Be 'text'
        }
        @(Get-SandboxJournal $sandbox) | Should -BeNullOrEmpty
    }

    It 'sends nothing with -WhatIf or for an empty pipeline' {
        1..3 | ForEach-Object { [pscustomobject] (& $row) } | & "New-Copper$noun" -Bulk -WhatIf | Should -BeNullOrEmpty
        @() | & "New-Copper$noun" -Bulk | Should -BeNullOrEmpty
        @(Get-SandboxJournal $sandbox) | Should -BeNullOrEmpty
    }
}

Describe 'New-CopperPerson -Bulk' {
    BeforeEach { Clear-SandboxJournal $sandbox }
    AfterEach { Set-SandboxFault $sandbox }

    It 'reports each row that is rejected, here or there, in its place and with the row as the target' {
        $taken = (Get-CopperPerson 1).Email
        $rows = @(New-Row 12)
        $rows[1] = [pscustomobject]@{ Name = 'Taken'; Email = $taken }
        $rows[4] = [pscustomobject]@{ Name = 'Unknown'; Assignee = 'Nobody at all' }
        $rows[7] = [pscustomobject]@{ Name = 'Blank'; Tag = 'x'; Email = $taken }
        $all = $rows | New-CopperPerson -Bulk -ErrorVariable problems -ErrorAction Continue 2>&1
        $all | ForEach-Object { if ($_ -is [Management.Automation.ErrorRecord]) { 'error' } else { $_.Name } } |
            Should -Be 'Row 1', 'error', 'Row 3', 'Row 4', 'error', 'Row 6', 'Row 7', 'error', 'Row 9', 'Row 10', 'Row 11', 'Row 12'
        $errors = @($all | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
        $errors.TargetObject.Name | Should -Be Taken, Unknown, Blank
        $errors | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } |
            Should -Be CopperInvalidData, CopperUnknownName, CopperInvalidData
        $errors[0].Exception.FieldErrors.Keys | Should -Contain emails
        $errors[0].Exception.RequestId | Should -Not -BeNullOrEmpty
        $problems | Should -HaveCount 3
    }

    It 'names the row or the record that each error is about' {
        Set-SandboxFault $sandbox @{ kind = 'empty'; times = 1; match = @{ path = 'bulk' } }
        New-Row 3 'Named' | New-CopperPerson -Bulk -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | ForEach-Object { "$_" } | Should -BeLike "*unknown*It is about the row with the Name 'Named *'."
        Set-SandboxFault $sandbox
        1, 999999 | Set-CopperPerson -Bulk -Details 'x' -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        "$problems" | Should -BeLike '*It is about person 999999.'
    }

    It 'keeps an error that has nothing before it from waiting' {
        $seen = [Collections.Generic.List[string]]::new()
        & {
            [pscustomobject]@{ Name = 'A'; Assignee = 'Nobody at all' }
            $seen.Add("then $(@($problems).Count)")
            [pscustomobject]@{ Name = 'B' }
        } | New-CopperPerson -Bulk -ErrorVariable problems -ErrorAction SilentlyContinue | ForEach-Object { $seen.Add($_.Name) }
        $seen | Should -Be 'then 1', 'B'
    }

    It 'does not know what became of a group whose response was lost, says so for each of its rows and makes nothing twice' {
        Set-SandboxFault $sandbox @{ kind = 'reset-after'; times = 1; match = @{ path = 'bulk_create' } }
        $people = New-Row 12 Lost | New-CopperPerson -Bulk -ErrorVariable problems -ErrorAction SilentlyContinue
        $people.Name | Should -Be 'Lost 11', 'Lost 12'
        $problems | Should -HaveCount 10
        $problems | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } | Sort-Object -Unique | Should -Be 'CopperOutcomeUnknown'
        $problems.TargetObject.Name | Should -Be @(1..10 | ForEach-Object { "Lost $_" })
        @(Get-CopperPerson -Name 'Lost') | Should -HaveCount 12
    }

    It 'does not know either when the response is empty' {
        Set-SandboxFault $sandbox @{ kind = 'empty'; times = 1; match = @{ path = 'bulk_create' } }
        New-Row 2 Empty | New-CopperPerson -Bulk -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount 2
        $problems[1].FullyQualifiedErrorId | Should -BeLike 'CopperOutcomeUnknown,*'
        @(Get-SandboxJournal $sandbox) | Should -HaveCount 1
    }

    It 'is repeated when the service had no room' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 429; times = 1; headers = @{ 'Retry-After' = '0' } }
        (New-Row 2 Again | New-CopperPerson -Bulk).Name | Should -Be 'Again 1', 'Again 2'
        @(Get-CopperPerson -Name 'Again') | Should -HaveCount 2
    }

    It 'takes names, contact points and address as the single form does' {
        $rows = [pscustomobject]@{
            Name = 'Ada'; Email = 'ada@bulk.example'; City = 'London'; Assignee = (Get-CopperUser -Me).Name; Tag = 'a;b'
        }
        $bulk = $rows | New-CopperPerson -Bulk
        $bulk.Email, $bulk.Address.City, $bulk.AssigneeId, "$($bulk.Tags)" |
            Should -Be 'ada@bulk.example', 'London', (Get-CopperUser -Me).Id, 'a b'
        $body = (Get-SandboxJournal $sandbox | Where-Object path -Like '*bulk_create').body
        Clear-SandboxJournal $sandbox
        $rows | New-CopperPerson -ErrorAction SilentlyContinue
        (Get-SandboxJournal $sandbox | Where-Object method -EQ POST).body | Should -Be (($body -replace '^\{"people":\[') -replace '\]\}$')
    }

    It 'reads custom fields by name, as a request of its own would' {
        $person = [pscustomobject]@{ Name = 'Ada' } | New-CopperPerson -Bulk -CustomField @{ Birthday = '2026-05-01' }
        $person.CustomFields['Birthday'] | Should -Be (Get-CopperPerson $person.Id).CustomFields['Birthday']
        $person.CustomFields['Birthday'] | Should -Not -BeNullOrEmpty
    }

    It 'says the groups with -Verbose' {
        $said = New-Row 12 Verbose | New-CopperPerson -Bulk -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] } |
            ForEach-Object { "$_" }
        $said | Should -Contain 'Group 1: 10 people, items 1 to 10'
        $said | Should -Contain 'Group 2: 2 people, items 11 to 12'
        $said | Should -Contain 'Group 2: 2 written, 0 not'
    }

    It 'tells which records nobody saw when the consumer has enough' {
        $names = New-Row 5 Early | New-CopperPerson -Bulk -WarningVariable warnings -WarningAction SilentlyContinue |
            Select-Object -First 2 | ForEach-Object Name
        $names | Should -Be 'Early 1', 'Early 2'
        $made = @(Get-CopperPerson -Name 'Early')
        $made | Should -HaveCount 5
        "$warnings" | Should -BeLike "*3 more were written (person $($made[2..4].Id -join ', '))*"
    }

    It 'tells what was sent when an error ends the pipeline' {
        $rows = [pscustomobject]@{ Name = 'S1' }, [pscustomobject]@{ Name = 'S2'; Email = (Get-CopperPerson 1).Email },
        [pscustomobject]@{ Name = 'S3' }
        $people = [Collections.Generic.List[object]]::new()
        {
            $rows | New-CopperPerson -Bulk -ErrorAction Stop -WarningVariable script:warnings -WarningAction SilentlyContinue |
                ForEach-Object { $people.Add($_) }
            } |
                Should -Throw -ErrorId 'CopperInvalidData,*'
        $people.Name | Should -Be 'S1'
        "$warnings" | Should -BeLike '*1 more was written*'
    }

    It 'sends nothing of a group that is not complete when the input fails' {
        { & { New-Row 3 Unsent; throw 'The file is broken.' } | New-CopperPerson -Bulk 6>$null } | Should -Throw 'The file is broken.'
        @(Get-SandboxJournal $sandbox) | Should -BeNullOrEmpty
    }

    It 'ends at once when the key is rejected' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 401; match = @{ path = 'bulk_create' } }
        { New-Row 12 Refused | New-CopperPerson -Bulk } | Should -Throw -ErrorId 'CopperAuthenticationFailed,*'
        @(Get-SandboxJournal $sandbox) | Should -HaveCount 1
    }

    It 'keeps the order of several groups under way' {
        Set-SandboxFault $sandbox @{ kind = 'latency'; ms = 400; times = 1; match = @{ path = 'bulk_create' } }
        (New-Row 25 Many | New-CopperPerson -Bulk -ThrottleLimit 3).Name | Should -Be @(1..25 | ForEach-Object { "Many $_" })
    }
}

Describe 'Set-Copper<noun> -Bulk' -ForEach $updated {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'changes groups of ten, and outputs only with -PassThru' {
        $ids = $first..($first + 11)
        $ids | & "Set-Copper$noun" -Bulk -Details 'changed' | Should -BeNullOrEmpty
        $sent = @(Get-SandboxJournal $sandbox)
        @($sent | ForEach-Object { "$($_.method) $($_.path)" } | Sort-Object -Unique) | Should -Be "POST /$path/bulk_update"
        (Get-BulkBody $sent[0] $path).id | Should -Be $ids[0..9]
        $records = $ids | & "Set-Copper$noun" -Bulk -Details 'again' -PassThru
        $records.Id | Should -Be $ids
        $records.Details | Sort-Object -Unique | Should -Be again
    }

    It 'sends nothing with -WhatIf' {
        $first | & "Set-Copper$noun" -Bulk -Details 'x' -WhatIf
        @(Get-SandboxJournal $sandbox) | Should -BeNullOrEmpty
    }
}

Describe 'Set-CopperPerson -Bulk' {
    BeforeEach { Clear-SandboxJournal $sandbox }
    AfterEach { Set-SandboxFault $sandbox }

    It 'reports records that are not there, and those of another kind, in their places' {
        $rows = 1, 999999, (Get-CopperLead -First 1), 2
        $all = $rows | Set-CopperPerson -Bulk -Title 'x' -PassThru -ErrorAction Continue 2>&1
        $all | ForEach-Object {
            if ($_ -is [Management.Automation.ErrorRecord]) { ($_.FullyQualifiedErrorId -split ',')[0] } else { $_.Id }
        } |
            Should -Be 1, 'CopperInvalidData', 'CopperEntityMismatch', 2
        $all[1].TargetObject | Should -Be 999999
        $all[2].TargetObject.GetType().Name | Should -Be CopperLead
    }

    It 'reads before it merges, one record or several, also twice the same' {
        3, 4 | Set-CopperPerson -Tag old -City Rome -Street 'Via Appia'
        Clear-SandboxJournal $sandbox
        $records = 3, 4, 999999, 3 | ForEach-Object { [pscustomobject]@{ Id = $_; City = "City $_" } } |
            Set-CopperPerson -Bulk -AddTag new -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue
        $records.Id | Should -Be 3, 4, 3
        $records | ForEach-Object { "$($_.Tags)|$($_.Address.City)|$($_.Address.Street)" } |
            Should -Be 'old new|City 3|Via Appia', 'old new|City 4|Via Appia', 'old new|City 3|Via Appia'
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
        $problems[0].TargetObject.Id | Should -Be 999999
    }

    It 'merges into what an earlier row of the same input has changed' {
        [pscustomobject]@{ Id = 5; City = 'Bern' }, [pscustomobject]@{ Id = 5; Street = 'Kramgasse' } | Set-CopperPerson -Bulk
        $address = (Get-CopperPerson 5).Address
        $address.City, $address.Street | Should -Be 'Bern', 'Kramgasse'
    }

    It 'moves people to another company too' {
        $company = New-CopperCompany 'Bulk Movers'
        (6, 7 | Set-CopperPerson -Bulk -Company $company -Title 'Moved' -PassThru) | ForEach-Object { $_.CompanyId, $_.Title } |
            Should -Be $company.Id, 'Moved', $company.Id, 'Moved'
    }

    It 'is repeated after a failure, since twice is once' {
        Set-SandboxFault $sandbox @{ kind = 'reset-after'; times = 1; match = @{ path = 'bulk_update' } }
        8, 9 | Set-CopperPerson -Bulk -Title 'Sir' -PassThru | ForEach-Object Title | Should -Be Sir, Sir
    }

    It 'says that there is nothing to set' {
        1 | Set-CopperPerson -Bulk -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperNothingToSet,*'
        @(Get-SandboxJournal $sandbox) | Should -BeNullOrEmpty
    }
}

Describe 'Bulk' {
    It 'is offered where the service has it, and nowhere else' {
        @(Get-Command -Module CopperPS | Where-Object { $_.Parameters.ContainsKey('Bulk') } | ForEach-Object Name | Sort-Object) |
            Should -Be 'New-CopperActivity', 'New-CopperCompany', 'New-CopperLead', 'New-CopperOpportunity', 'New-CopperPerson',
            'Set-CopperCompany', 'Set-CopperLead', 'Set-CopperPerson'
    }

    It 'keeps the limit of the bulk endpoints' {
        Reset-SandboxHost $sandbox @{ 'bulk-limit' = '3/1s' }
        New-Row 50 Limited | New-CopperLead -Bulk -ThrottleLimit 4 | Should -HaveCount 50
        (Get-SandboxStatistic $sandbox).rateLimited | Should -Be 0
    }
}

Describe 'A long input of changes' {
    BeforeAll {
        Reset-SandboxHost $sandbox
        # A session that has written nothing yet.
        Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
        $ids = (Get-CopperPerson -First 40).Id

        function Get-Count([object[]] $Sent, [string] $Pattern) { @($Sent -match $Pattern).Count }
    }
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'is read together and written ten at a time by itself, after the first' {
        $ids | Set-CopperPerson -AddTag 'by itself'
        $sent = @(Get-SandboxRequest $sandbox)
        Get-Count $sent '^GET /people/\d' | Should -Be 1
        Get-Count $sent '^PUT /people/\d' | Should -Be 1
        Get-Count $sent 'POST /people/search' | Should -Be 1
        Get-Count $sent 'bulk_update' | Should -Be 4
        (Get-CopperPerson -Tag 'by itself' -First 100).Id | Sort-Object | Should -Be ($ids | Sort-Object)
    }

    It 'reads by its id what was written a moment ago: a search may not show it yet' {
        $ids | Set-CopperPerson -AddTag 'a second' -RemoveTag 'by itself'
        $sent = @(Get-SandboxRequest $sandbox)
        Get-Count $sent 'POST /people/search' | Should -Be 0
        Get-Count $sent '^GET /people/\d' | Should -Be 40
        (Get-CopperPerson $ids[39]).Tags | Should -Contain 'a second'
        (Get-CopperPerson $ids[39]).Tags | Should -Not -Contain 'by itself'
    }

    It 'outputs the records in their order with -PassThru' {
        $records = @($ids | Set-CopperPerson -Title 'In order' -PassThru)
        $records.Id | Should -Be $ids
        $records.Title | Select-Object -Unique | Should -Be 'In order'
        $sent = @(Get-SandboxRequest $sandbox)
        Get-Count $sent '^PUT /people/\d' | Should -Be 1
        Get-Count $sent 'bulk_update' | Should -Be 4
    }

    It 'sends no more than one group that nobody sees, and tells which records are in it' {
        ($ids | Set-CopperPerson -Title 'Early' -PassThru -WarningVariable warnings -WarningAction SilentlyContinue 6>$null |
            Select-Object -First 3).Id | Should -Be $ids[0..2]
        $sent = @(Get-SandboxRequest $sandbox)
        Get-Count $sent 'bulk_update' | Should -Be 1
        "$warnings" | Should -BeLike "*8 more were written (person $($ids[3..10] -join ', '))*"
        @($ids | Get-CopperPerson | Where-Object Title -EQ 'Early').Id | Should -Be $ids[0..10]
    }

    It 'ends with the group in which an error ends the pipeline' {
        { @($ids[0..11]) + 99999 + $ids[12..39] | Set-CopperPerson -Details 'stops' -ErrorAction Stop 3>$null 6>$null } |
            Should -Throw -ErrorId 'CopperInvalidData,*'
        @($ids | Get-CopperPerson | Where-Object Details -EQ 'stops').Id | Should -Be $ids[0..19]
    }

    It 'sends the only record that is left by its own request, and the same record twice in two' {
        $ids[0, 1, 1, 1] | Set-CopperPerson -Title 'Thrice'
        @(Get-SandboxRequest $sandbox) -match '^(PUT|POST)' -replace ' \{.*' |
            Should -Be "PUT /people/$($ids[0])", "PUT /people/$($ids[1])", "PUT /people/$($ids[1])", "PUT /people/$($ids[1])"
    }

    It 'is written one by one where that was asked for: <what>' -ForEach @(
        @{ what = '-ThrottleLimit'; more = @{ ThrottleLimit = 4 } }, @{ what = '-Bulk:$false'; more = @{ Bulk = $false } }
    ) {
        $null = $ids[0..14] | Set-CopperPerson -Title 'One by one' @more
        $sent = @(Get-SandboxRequest $sandbox)
        Get-Count $sent '^PUT /people/\d' | Should -Be 15
        Get-Count $sent 'bulk_update' | Should -Be 0
    }

    It 'sends nothing for rows of many that change nothing: <what>' -ForEach @(
        @{ what = 'ids and values'; more = @{} }, @{ what = '-Bulk'; more = @{ Bulk = $true } }
    ) {
        $fresh = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; PassThru = $true }
        $rows = Get-CopperPerson -First 40 -Session $fresh | ForEach-Object { [pscustomobject]@{ Id = $_.Id; Title = $_.Title } }
        $rows[7].Title = "Changed, $what"
        $rows[25].Title = "Changed, $what"
        Clear-SandboxJournal $sandbox
        $records = @($rows | Set-CopperPerson -PassThru -Session $fresh @more)
        $records.Id | Should -Be $rows.Id
        $records.Title | Should -Be $rows.Title
        $sent = @(Get-SandboxRequest $sandbox)
        Get-Count $sent 'POST /people/search' | Should -Be 1
        $sent -match 'bulk_update' | Should -HaveCount 1
        Get-Count $sent '^PUT' | Should -Be ([int] (-not $more.Bulk))
    }

    It 'looks whether piped records that show the value still have it' {
        $other = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; PassThru = $true }
        $ids | Set-CopperPerson -Title 'Same'
        $fresh = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; PassThru = $true }
        $people = Get-CopperPerson -First 40 -Session $fresh
        Set-CopperPerson $people[30].Id -Title 'Other' -Session $other
        Clear-SandboxJournal $sandbox
        $people | Set-CopperPerson -Title 'Same' -Session $fresh
        $sent = @(Get-SandboxRequest $sandbox) -replace ' \{.*'
        $sent | Should -Be "PUT /people/$($people[0].Id)", 'POST /people/search', "PUT /people/$($people[30].Id)"
        (Get-CopperPerson $people[30].Id).Title | Should -Be 'Same'
    }

    It 'writes the last of several rows of a record' {
        $fresh = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; PassThru = $true }
        $title = (Get-CopperPerson $ids[20] -Session $fresh).Title
        $rows = @($ids | ForEach-Object { [pscustomobject]@{ Id = $_; Title = "First of $_" } }) +
        [pscustomobject]@{ Id = $ids[20]; Title = $title }
        $rows | Set-CopperPerson -Session $fresh -WarningAction SilentlyContinue
        (Get-CopperPerson $ids[20]).Title | Should -Be $title
    }

    It 'writes all but those that the service rejects, with an error for each' {
        $given = @($ids[0..11]) + 99999 + @($ids[12..14])
        $given | Set-CopperPerson -Details 'seen' -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        "$problems" | Should -BeLike '*99999*'
        $problems[0].TargetObject | Should -Be 99999
        (Get-CopperPerson $ids[0..14]).Details | Select-Object -Unique | Should -Be 'seen'
    }

    It 'goes without waiting for more when the pipeline brings the next one later' {
        $sent = [Collections.Generic.List[string]]::new()
        & {
            $ids[0..11]
            $end = [datetime]::UtcNow.AddMinutes(4)
            while (-not ($sent -match 'bulk_update') -and [datetime]::UtcNow -lt $end) {
                Start-Sleep -Milliseconds 100
                Get-SandboxRequest $sandbox | ForEach-Object { $sent.Add($_) }
            }
            $ids[12]
        } | Set-CopperPerson -Title 'Slowly'
        Get-Count $sent 'bulk_update' | Should -Be 1
        (Get-CopperPerson $ids[12]).Title | Should -Be 'Slowly'
    }

    It 'is read together for -WhatIf with rows' {
        $rows = $ids[0..29] | ForEach-Object { Get-CopperPerson $_ } | ConvertTo-CopperFlatRecord | ForEach-Object {
            [pscustomobject]@{ Id = $_.Id; Title = 'From a file'; DateModified = $_.DateModified }
        }
        Clear-SandboxJournal $sandbox
        $fresh = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; PassThru = $true }
        $rows | Set-CopperPerson -WhatIf -Session $fresh
        $sent = @(Get-SandboxRequest $sandbox)
        Get-Count $sent '^GET /people/\d' | Should -Be 0
        Get-Count $sent 'POST /people/search' | Should -Be 1
        Get-Count $sent '^PUT' | Should -Be 0
    }
}
