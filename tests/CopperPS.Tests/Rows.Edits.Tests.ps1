# Rows that were edited, hashtables as rows, dates that leave something out, and what -WhatIf says of them.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 30
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }

    function Get-Written { @(Get-SandboxJournal $sandbox | Where-Object { $_.method -ne 'GET' -and $_.path -notmatch '/search$' }) }
    function ConvertTo-Row([Parameter(ValueFromPipeline)] $InputObject) {
        process { $InputObject | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv }
    }
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

Describe 'A date that leaves out the day, the month or the year' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'is rejected as a parameter: <_>' -ForEach 'Dec 2026', '1/5', '10:30' {
        { Set-CopperOpportunity 30000001 -CloseDate $_ } | Should -Throw '*leaves out the day, the month or the year*'
        { Set-CopperTask 50000001 -DueDate $_ } | Should -Throw '*leaves out*'
        { Get-CopperPerson -CreatedAfter $_ } | Should -Throw '*leaves out*'
        { New-CopperActivity 1 'Called' -RelatedType person -ActivityDate $_ } | Should -Throw '*leaves out*'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is an error about the row: <_>' -ForEach 'Dec 2026', '1/5' {
        [pscustomobject]@{ Id = 50000001; DueDate = $_ } | Set-CopperTask -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        "$($problems[0])" | Should -BeLike '*leaves out*'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is rejected as the value of a custom field: <_>' -ForEach 'Dec 2026', '1/5' {
        Set-CopperPerson 1 -CustomField @{ Birthday = $_ } -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperInvalidCustomField,*'
        "$($problems[0])" | Should -BeLike '*leaves out*'
        Get-Written | Should -BeNullOrEmpty
    }
}

Describe 'A hashtable in the pipeline' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'is a row for Set' {
        @{ Id = 5; Title = 'From a table' }, [ordered]@{ Id = 6; title = 'Ordered'; City = 'Rome' } | Set-CopperPerson
        (Get-CopperPerson 5).Title | Should -Be 'From a table'
        $six = Get-CopperPerson 6
        $six.Title | Should -Be 'Ordered'
        $six.Address.City | Should -Be 'Rome'
    }

    It 'brings nothing to the row after it' {
        $rows = @{ Id = 7; Title = 'Seven'; City = 'Oslo' }, [pscustomobject]@{ Id = 8; Title = 'Eight' }, @{ Id = 9; City = 'Bern' }
        $changed = $rows | Set-CopperPerson -PassThru
        $changed.Title | Select-Object -First 2 | Should -Be 'Seven', 'Eight'
        $changed[1].Address.City | Should -Not -Be 'Oslo'
        $changed[2].Title | Should -Not -BeIn 'Seven', 'Eight'
        $changed[2].Address.City | Should -Be 'Bern'
    }

    It 'is a row for New' {
        $person = @{ Name = 'Ada Row'; Email = 'ada.row@example.com'; Score = 7 } | New-CopperPerson
        $person.Name | Should -Be 'Ada Row'
        $person.Email | Should -Be 'ada.row@example.com'
        $person.CustomFields['Score'] | Should -Be 7
    }

    It 'is an error about the row when a value cannot be converted' {
        @{ Id = 30000001; WinProbability = '50%' } | Set-CopperOpportunity -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        "$($problems[0])" | Should -BeLike '*50%*'
        $problems[0].TargetObject.Id | Should -Be 30000001
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is a row for a CopperHub' {
        Connect-CopperHub -Sandbox
        (@{ Id = 1; City = 'Bergen' } | Set-CopperHubOrganisation -PassThru).City | Should -Be 'Bergen'
        (@{ ProjectId = 1; Name = 'Of a table' } | New-CopperHubTask).Name | Should -Be 'Of a table'
    }
}

Describe 'What -WhatIf says of a row' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'names what differs, with values' {
        $row = Get-CopperPerson 3 | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.Title = 'Head of rows'
        Get-WhatIf { $row | Set-CopperPerson -WhatIf } | Should -BeLike '"Set Title: * -> ''Head of rows''" on target "person 3 (*)".'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'names one part of an address, and not the others' {
        $row = Get-CopperPerson 3 | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.City = 'Rome'
        Get-WhatIf { $row | Set-CopperPerson -WhatIf } | Should -BeLike '"Set City: * -> ''Rome''" on target "person 3 (*)".'
    }

    It 'names the properties and values of a new record, without secrets' {
        $type = Get-CopperContactType | Select-Object -First 1
        $seen = Get-WhatIf {
            $more = @{ title = 'CEO'; api_token = 'hush-hush' }
            New-CopperPerson Ann -Email ann@what.example -City Rome -ContactType $type.Name -Property $more -WhatIf
        }
        $seen | Should -BeLike '"Create with * on target "person ''Ann''".'
        $seen | Should -BeLike "*Name 'Ann'*"
        $seen | Should -BeLike "*Email 'ann@what.example*'*"
        $seen | Should -BeLike "*City 'Rome'*"
        $seen | Should -BeLike "*ContactType '$($type.Name)'*"
        $seen | Should -BeLike "*Title 'CEO'*"
        $seen | Should -BeLike '*ApiToken a new value*'
        $seen | Should -Not -BeLike '*hush*'
        $seen | Should -Not -BeLike '*contact_type*'
    }

    It 'says nothing of a row that nobody edited' {
        $row = Get-CopperPerson 3 | ConvertTo-CopperFlatRecord | ConvertTo-Row
        Get-WhatIf { $row | Set-CopperPerson -WhatIf } | Should -BeNullOrEmpty
        $said = $row, $row | Set-CopperPerson -WhatIf 6>&1
        "$said" | Should -Be 'What if: 2 people are not changed by their rows, which show what they have.'
    }

    It 'shows names of ids that are known' {
        $user = Get-CopperUser | Select-Object -Last 1
        Get-WhatIf { Set-CopperPerson 2 -Assignee $user.Id -Details $null -WhatIf } |
            Should -Be "`"Set Details to nothing, Assignee to '$($user.Name)'`" on target `"person 2`"."
        Get-WhatIf { Set-CopperPerson 2 -AddTag vip -RemoveTag old -WhatIf } |
            Should -Be '"Add tag ''vip'' and remove tag ''old''" on target "person 2".'
    }
}

Describe 'What -WhatIf says of a record that is piped' {
    BeforeAll {
        $users = @(Get-CopperUser)
        $type = Get-CopperContactType | Select-Object -First 2
        $fields = @{
            Score = 5; 'Preferred Language' = 'German'; Interests = 'Hardware', 'Training'; Birthday = '2001-02-03'; Briefing = $null
        }
        $piped = Set-CopperPerson 5 -Title Auditor -City Leeds -Street 'High Street 1' -Assignee $users[0] -ContactType $type[0].Name `
            -Tag red, blue -Details $null -PassThru -CustomField $fields
        Clear-SandboxJournal $sandbox
    }

    It 'shows what it has and what is set: <what>' -ForEach @(
        @{ what = 'a text'; with = @{ Title = 'CEO' }; said = "Set Title: 'Auditor' -> 'CEO'" }
        @{ what = 'nothing before'; with = @{ Details = 'New' }; said = "Set Details: nothing -> 'New'" }
        @{ what = 'nothing after'; with = @{ Title = $null }; said = "Set Title: 'Auditor' -> nothing" }
        @{ what = 'a part of the address'; with = @{ City = 'Rome' }; said = "Set City: 'Leeds' -> 'Rome'" }
        @{ what = 'a number of its own'; with = @{ CustomField = @{ Score = 7 } }; said = "Set Score: '5' -> '7'" }
        @{
            what = 'a choice'; with = @{ CustomField = @{ 'Preferred Language' = 'French' } }
            said = "Set Preferred Language: 'German' -> 'French'"
        }
        @{
            what = 'choices'; with = @{ CustomField = @{ Interests = 'Software' } }
            said = "Set Interests: 'Hardware; Training' -> 'Software'"
        }
        @{ what = 'a date'; with = @{ CustomField = @{ Birthday = '2001-03-04' } }; said = "Set Birthday: '2001-02-03' -> '2001-03-04'" }
        @{ what = 'a field without a value'; with = @{ CustomField = @{ Briefing = 'x' } }; said = "Set Briefing: nothing -> 'x'" }
        @{
            what = 'what changes, and nothing else'; said = "Set Title: 'Auditor' -> 'CEO', Score: '5' -> nothing, add tag 'green'"
            with = @{
                Title = 'CEO'; City = 'Leeds'; AddTag = 'green'
                CustomField = @{ Score = $null; Interests = 'hardware', 'training' }
            }
        }
        @{ what = 'nothing, for one field'; with = @{ Title = 'Auditor' }; said = 'Set nothing: Title has this value already' }
        @{
            what = 'nothing, for several'; said = 'Set nothing: *Title, * have these values already'
            with = @{ Title = 'Auditor'; AddTag = 'red'; City = 'Leeds'; CustomField = @{ Score = 5 } }
        }
    ) {
        Get-WhatIf { $piped | Set-CopperPerson @with -WhatIf } | Should -BeLike "`"$said`" on target `"person 5 (*)`"."
        Get-Written | Should -BeNullOrEmpty
    }

    It 'shows names for ids' {
        Get-WhatIf { $piped | Set-CopperPerson -Assignee $users[1].Id -ContactType $type[1].Name -WhatIf } | Should -BeLike (
            "`"Set *Assignee: '$($users[0].Name)' -> '$($users[1].Name)'*`" on target *")
        Get-WhatIf { $piped | Set-CopperPerson -ContactType $type[1].Name -WhatIf } | Should -BeLike (
            "`"Set ContactType: '$($type[0].Name)' -> '$($type[1].Name)'`" on target *")
        $deal = Get-CopperOpportunity -First 1
        Get-WhatIf { $deal | Set-CopperOpportunity -CloseDate 2031-05-06 -WhatIf } | Should -BeLike (
            "`"Set CloseDate: * -> '2031-05-06'`" on target *")
    }
}

Describe 'An empty cell where the record has a value' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'is said once in a pipeline, with what clears the field' {
        $rows = Get-CopperPerson 6, 7, 8 | Set-CopperPerson -Title Auditor -City Leeds -PassThru |
            ConvertTo-CopperFlatRecord | ConvertTo-Row
        Clear-SandboxJournal $sandbox
        $rows[0].Title = ''
        $rows[1].Title = ' '
        $rows[1].City = ''
        $rows | Set-CopperPerson -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike ('An empty cell changes nothing, and the records have values there: Title (2 rows), City (1 row). ' +
            '*Import-CopperRecord Person -MatchOn Id -EmptyClears*Set-CopperPerson -Title $null*')
        Get-Written | Should -BeNullOrEmpty
        $rows | Set-CopperPerson -Title $null -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Not -BeLike '*Title*'
    }

    It 'is not said of cells that are empty in the record too, nor of a row that is older than its record' {
        $row = New-CopperPerson 'Ada Empty' | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.Title = 'CEO'
        $row | Set-CopperPerson -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
    }

    It 'is a verbose message where no record is read' {
        $said = [pscustomobject]@{ Id = 6; Title = ''; Details = 'x' }, [pscustomobject]@{ Id = 7; Title = ''; Details = 'y' } |
            Set-CopperPerson -Verbose 4>&1
        @("$said" -split 'Empty cells change nothing: Title\.').Count | Should -Be 2
        "$said" | Should -BeLike '*-EmptyClears*'
    }
}

Describe 'A flat row' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'that was exported with -Utc changes nothing when it comes back' {
        $zone = Invoke-ChildPowerShell {
            $env:TZ = 'Asia/Tokyo'
            [TimeZoneInfo]::ClearCachedData()
            Connect-Copper -Sandbox
            $task = Get-CopperTask -First 50 | Where-Object DueDate | Select-Object -First 1
            $row = $task | ConvertTo-CopperFlatRecord -Utc | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv
            $before = (Get-CopperSession).RequestCount
            $same = $row | Set-CopperTask -PassThru
            "$($same.DueDate -eq $task.DueDate) $((Get-CopperSession).RequestCount - $before)"
            $row.DueDate = $task.DueDate.UtcDateTime.AddHours(1).ToString('yyyy-MM-dd HH:mm:ss')
            "$((($row | Set-CopperTask -PassThru).DueDate - $task.DueDate).TotalHours)"
        }
        $zone.Output | Should -Be 'True 1', '1'
    }

    It 'with an edited cell of a column that is never written is an error that names the column: <_>' -ForEach 'DateCreated',
    'ConvertedContactId' {
        $row = Get-CopperLead -First 1 | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.$_ = if ($_ -eq 'DateCreated') { '2001-01-01 00:00:00' } else { '4711' }
        $row.Title = 'Never'
        $row | Set-CopperLead -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        "$($problems[0])" | Should -BeLike "*column $_ of lead *was edited*"
        Get-Written | Should -BeNullOrEmpty
    }

    It 'names a column that nothing uses once, also where there are no custom fields' {
        Connect-CopperHub -Sandbox
        1..3 | ForEach-Object { [pscustomobject]@{ Name = "Row $_"; Colur = '#FFFF00' } } |
            New-CopperHubOrganisation -WarningVariable warnings -WarningAction SilentlyContinue | Should -HaveCount 3
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*not used: Colur*'
    }
}

Describe 'A change that was made and cannot be read back' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'says that it was made' {
        $person = Get-CopperPerson -First 30 | Where-Object CompanyId | Select-Object -First 1
        Set-SandboxFault $sandbox @{
            match = @{ path = "/people/$($person.Id)$"; method = 'GET'; after = 1 }; kind = 'status'; status = 400; times = -1
        }
        $person.Id | Set-CopperPerson -Company $null -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue
        Set-SandboxFault $sandbox
        "$($problems[0])" | Should -BeLike "*person $($person.Id) was updated; only reading it back failed*"
        (Get-CopperPerson $person.Id).CompanyId | Should -BeNullOrEmpty
    }
}

Describe 'A row that is older than its record' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'is written a second time without an error about columns that the service changed' {
        $opportunity = Get-CopperOpportunity -First 30 | Where-Object ConvertedValue | Select-Object -First 1
        $row = $opportunity | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.ConvertedValue = '1'
        Set-CopperOpportunity $opportunity.Id -Details 'since then'
        $row.MonetaryValue = '5000'
        $row.Details = 'since then'
        $row | Set-CopperOpportunity -ErrorAction Stop -WarningAction SilentlyContinue
        (Get-CopperOpportunity $opportunity.Id).MonetaryValue | Should -Be 5000
        Clear-SandboxJournal $sandbox
        $row | Set-CopperOpportunity -ErrorAction Stop -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is an error all the same when DateCreated was edited' {
        $row = Get-CopperPerson 12 | ConvertTo-CopperFlatRecord | ConvertTo-Row
        Set-CopperPerson 12 -Details 'since then'
        Clear-SandboxJournal $sandbox
        $row.DateCreated = '2001-01-01 00:00:00'
        $row | Set-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" |
            Should -BeLike ('*DateCreated of person 12 was edited to *, and nothing is written from it: ' +
                'leave the cell as it was, or the column out.')
        Get-Written | Should -BeNullOrEmpty
    }

    It 'warns once of the values that it brings back, also with -WhatIf' {
        $row = Get-CopperPerson 13 | ConvertTo-CopperFlatRecord | ConvertTo-Row
        Set-CopperPerson 13 -Title 'Of a colleague' -City 'Elsewhere'
        Clear-SandboxJournal $sandbox
        $row.Title, $row.City = 'Mine', 'Here'
        $row | Set-CopperPerson -WhatIf -WarningVariable preview -WarningAction SilentlyContinue
        Get-Written | Should -BeNullOrEmpty
        $row | Set-CopperPerson -WarningVariable warnings -WarningAction SilentlyContinue
        foreach ($said in $preview, $warnings) {
            $said | Should -HaveCount 1
            "$said" |
                Should -BeLike 'person 13 was modified after this row was exported (*, in the row *); the values of the row replace: *'
            "$said" -replace '^.*replace: ' -replace '\.$' -split ', ' | Sort-Object | Should -Be 'City', 'Title'
        }
        (Get-CopperPerson 13).Title | Should -Be 'Mine'
    }

    It 'warns of selected columns with DateModified too' {
        $row = Get-CopperPerson 14 | ConvertTo-CopperFlatRecord | Select-Object Id, DateModified, Title | ConvertTo-Row
        Set-CopperPerson 14 -Title 'Of a colleague'
        $row.Title = 'Mine again'
        $row | Set-CopperPerson -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike 'person 14 was modified after*replace: Title.'
    }

    It 'warns of nothing when the row is as new as the record, or was exported in UTC' {
        foreach ($utc in $false, $true) {
            $row = Get-CopperPerson 15 | ConvertTo-CopperFlatRecord -Utc:$utc | ConvertTo-Row
            $row.Title = "As new $utc"
            $row | Set-CopperPerson -WarningVariable warnings
            $warnings | Should -BeNullOrEmpty
        }
    }
}

Describe 'Several values in the cell of one' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'are an error about the row: <column>, full row: <full>' -ForEach @(
        @{ column = 'Email'; value = 'z@x.example; y@x.example'; next = 'Email2'; full = $true }
        @{ column = 'Email'; value = 'z@x.example; y@x.example'; next = 'Email2'; full = $false }
        @{ column = 'Email2'; value = 'z@x.example; y@x.example'; next = 'Email3'; full = $true }
        @{ column = 'Phone'; value = '1; 2'; next = 'Phone2'; full = $true }
        @{ column = 'PhoneNumber'; value = '1; 2'; next = 'PhoneNumber2'; full = $false }
    ) {
        $row = if ($full) { Get-CopperPerson 16 | ConvertTo-CopperFlatRecord | ConvertTo-Row } else {
            [pscustomobject]@{ Id = 16; $column = '' }
        }
        $row.$column = $value
        $row | Set-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        "$problems" | Should -BeLike "*column $column holds one value*Put the second into $next."
        Get-Written | Should -BeNullOrEmpty
    }

    It 'are all that are left in the third column' {
        Set-CopperPerson 17 -Email 'a@x.example', 'b@x.example', 'c@x.example', 'd@x.example'
        $row = Get-CopperPerson 17 | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.Email3 = 'c@x.example; e@x.example'
        $row | Set-CopperPerson -ErrorAction Stop
        (Get-CopperPerson 17).Emails.Email | Should -Be 'a@x.example', 'b@x.example', 'c@x.example', 'e@x.example'
    }
}

Describe 'A time in a row' {
    It 'without seconds, as a spreadsheet saves it, is the one that the record has: <case>' -ForEach @(
        @{ case = 'the whole row'; columns = '*' }, @{ case = 'some columns'; columns = 'Id', 'Name', 'DueDate' }
    ) {
        Set-CopperTask 50000001 -DueDate '2027-03-04 05:06:37'
        $due = (Get-CopperTask 50000001).DueDate
        $row = Get-CopperTask 50000001 | ConvertTo-CopperFlatRecord | ConvertTo-Row | Select-Object $columns
        $row.DueDate = '2027-03-04 05:06'
        Clear-SandboxJournal $sandbox
        $row | Set-CopperTask
        Get-Written | Should -BeNullOrEmpty
        $row.Name = 'Edited'
        $row | Set-CopperTask
        $task = Get-CopperTask 50000001
        $task.Name | Should -Be 'Edited'
        $task.DueDate | Should -Be $due
        $row.DueDate = '2027-03-04 05:07'
        $row | Set-CopperTask
        (Get-CopperTask 50000001).DueDate.ToLocalTime().ToString('HH:mm:ss') | Should -Be '05:07:00'
    }

    It 'in the hour that the end of daylight saving doubles is the one that the record has' {
        $zone = [TimeZoneInfo]::Local
        $twice = 0..8783 | ForEach-Object { [datetime]::new(2027, 1, 1).AddHours($_).AddMinutes(30) } |
            Where-Object { $zone.IsAmbiguousTime($_) } | Select-Object -First 1
        if (-not $twice) { Set-ItResult -Skipped -Because "the zone $($zone.Id) has no such hour" }
        foreach ($offset in $zone.GetAmbiguousTimeOffsets($twice)) {
            $due = [DateTimeOffset]::new($twice, $offset)
            Set-CopperTask 50000001 -DueDate $due
            $row = Get-CopperTask 50000001 | ConvertTo-CopperFlatRecord | ConvertTo-Row
            $row.Name = "Edited $offset"
            $row | Set-CopperTask
            $row | Select-Object Id, DueDate | Set-CopperTask
            $null = $row | Import-CopperRecord Task -MatchOn Id
            (Get-CopperTask 50000001).Name | Should -Be "Edited $offset"
            (Get-CopperTask 50000001).DueDate.UtcDateTime | Should -Be $due.UtcDateTime
        }
    }
}

Describe 'What a row says of its record' {
    It 'is not the new company where the id beside the name was edited' {
        $person = Get-CopperPerson | Where-Object CompanyId | Select-Object -First 1
        $other = (Get-CopperCompany | Where-Object Id -NE $person.CompanyId)[0]
        $row = $person | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.CompanyId = $other.Id
        $text = Get-WhatIf { $row | Set-CopperPerson -WhatIf }
        $text | Should -BeLike "*Company to '$($other.Id)'*"
        $text | Should -Not -BeLike "*$($person.CompanyName)*"
        $deal = Get-CopperOpportunity | Where-Object CompanyId | Select-Object -First 1
        $other = (Get-CopperCompany | Where-Object Id -NE $deal.CompanyId)[0]
        $row = $deal | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.CompanyId = $other.Id
        Get-WhatIf { $row | Set-CopperOpportunity -WhatIf } | Should -BeLike "*Company: '*' -> '$($other.Id)'*"
    }

    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'is no name of the record for -WhatIf' {
        $name = (Get-CopperPerson 18).Name
        $row = Get-CopperPerson 18 | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.Name = 'Tobias Row'
        Get-WhatIf { $row | Set-CopperPerson -WhatIf } | Should -BeLike "*on target `"person 18 ($name)`"."
        Get-WhatIf { $row | Remove-CopperPerson -WhatIf } | Should -BeLike '*on target "person 18 (in the row: Tobias Row)".'
        $task = Get-CopperTask -First 1 | ConvertTo-CopperFlatRecord | ConvertTo-Row
        Get-WhatIf { $task | Complete-CopperTask -WhatIf } | Should -BeLike "*(in the row: $($task.Name))*"
    }

    It 'needs RelatedId beside an edited RelatedType, and RelatedType beside RelatedId' {
        $row = Get-CopperTask -First 100 | Where-Object { $_.RelatedResource.Type -eq 'person' } | Select-Object -First 1 |
            ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.RelatedType = 'company'
        $row | Set-CopperTask -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike '*RelatedType was edited to ''company''*Give RelatedId too*'
        $row.RelatedId = ''
        $row | Set-CopperTask -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike '*column RelatedType is ''company'', and RelatedId is empty*'
        [pscustomobject]@{ Id = $row.Id; RelatedId = 7 } | Set-CopperTask -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike '*column RelatedId 7*the column RelatedType too*'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is an id in the column Id, or an error that names the columns' {
        $row = Get-CopperPerson 19 | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.Id = '1,001'
        $says = {
            param($Given, $Command)
            $problems = @(try { $Given | & $Command -ErrorAction Stop -WhatIf | Out-Null } catch { $_ })
            $problems | Should -HaveCount 1
            "$problems"
        }
        foreach ($command in 'Set-CopperPerson', 'Remove-CopperPerson') {
            & $says $row $command | Should -BeLike 'The Id ''1,001'' of the row is no id: *person*'
            & $says ([pscustomobject]@{ Name = 'x'; Title = 'y' }) $command |
                Should -BeLike 'The row has no column Id *(columns: Name, Title).'
            & $says @{ Title = 'y' } $command | Should -BeLike 'The row has no column Id *(columns: Title).'
            & $says @{ Id = ''; Title = 'y' } $command | Should -BeLike 'The Id of the row is empty*'
        }
    }

    It 'is no name of a company that there is not' {
        $row = Get-CopperPerson -First 20 | Where-Object CompanyId | Select-Object -First 1 | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.Company = 'Somewhere Media Corp.'
        $row | Set-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike '*no company called ''Somewhere Media Corp.''*'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is a number for a custom field of numbers' {
        [pscustomobject]@{ Id = 20; Score = 'many' } | Set-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike '*''many'' is not a number*'
        Get-Written | Should -BeNullOrEmpty
    }
}

Describe 'Tags that are empty, or have spaces around them' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'are stored without the spaces: <_>' -ForEach 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task' {
        $more = if ($_ -eq 'Opportunity') { @{ PrimaryContact = 1 } } else { @{} }
        $made = & "New-Copper$_" -Name 'Tagged' -Tag ' a ', 'b', 'a' @more
        $made.Tags | Should -Be 'a', 'b'
        (& "Set-Copper$_" $made.Id -AddTag ' c ' -PassThru).Tags | Should -Be 'a', 'b', 'c'
        (& "Set-Copper$_" $made.Id -RemoveTag ' a ' -PassThru).Tags | Should -Be 'b', 'c'
        (& "Set-Copper$_" $made.Id -Tag @(' d ') -PassThru).Tags | Should -Be 'd'
        (& "Set-Copper$_" $made.Id -Tag $null -PassThru).Tags | Should -BeNullOrEmpty
    }

    It 'are an error that names the parameter, and nothing is sent: <parameter> of <noun>' -ForEach @(
        foreach ($noun in 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task') {
            foreach ($parameter in 'Tag', 'AddTag') { @{ noun = $noun; parameter = $parameter } }
        }
    ) {
        foreach ($value in '', ' ', @('a', '')) {
            $given = @{ $parameter = $value }
            & "Set-Copper$noun" 1 @given -ErrorVariable problems -ErrorAction SilentlyContinue
            "$problems" | Should -BeLike "*-$parameter holds an empty text*"
        }
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'are removed when another program stored them' {
        $person = New-CopperPerson 'Blank tags' -Property @{ tags = @(' x ', 'y') }
        (Set-CopperPerson $person.Id -RemoveTag 'x' -PassThru).Tags | Should -Be 'y'
    }
}

Describe 'Tags in a cell that are separated by commas' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'are an error that says what separates them, for New-: <noun>, <column>' -ForEach @(
        foreach ($noun in 'Person', 'Company', 'Lead', 'Project', 'Task') {
            foreach ($column in 'Tag', 'Tags') { @{ noun = $noun; column = $column } }
        }
    ) {
        [pscustomobject]@{ Name = 'Comma'; $column = 'a, b' } | & "New-Copper$noun" -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike "*separated by semicolons*'a, b'*Write 'a; b'*"
        Get-Written | Should -BeNullOrEmpty
    }

    It 'are an error for Set- and Sync-, and no more than that: <column>' -ForEach @{ column = 'Tag' }, @{ column = 'Tags' } {
        $email = "comma.$column@row.example"
        $person = New-CopperPerson 'Comma' -Email $email
        Clear-SandboxJournal $sandbox
        [pscustomobject]@{ Id = $person.Id; $column = 'a, b' } | Set-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        [pscustomobject]@{ Email = $email; $column = 'a, b' } | Sync-CopperPerson -ErrorVariable +problems -ErrorAction SilentlyContinue
        [pscustomobject]@{ Email = "new.$email"; Name = 'n'; $column = 'a, b' } |
            Sync-CopperPerson -ErrorVariable +problems -ErrorAction SilentlyContinue
        [pscustomobject]@{ Email = $email; Name = 'n'; $column = 'a, b' } |
            Sync-CopperLead -MatchEmail -ErrorVariable +problems -ErrorAction SilentlyContinue
        @("$($problems -join "`n")" -split "`n") -like '*separated by semicolons*' | Should -HaveCount 4
        Get-Written | Where-Object { $_.path -notlike '*fetch_by_email' } | Should -BeNullOrEmpty
    }

    It 'may be one tag that the record has' {
        $person = New-CopperPerson 'Comma' -Tag 'sales, emea'
        $row = $person | ConvertTo-CopperFlatRecord | ConvertTo-Row
        Clear-SandboxJournal $sandbox
        $row | Set-CopperPerson -ErrorAction Stop
        Get-Written | Should -BeNullOrEmpty
        $row.Tags = 'sales, emea; x'
        ($row | Set-CopperPerson -PassThru -ErrorAction Stop).Tags | Should -Be 'sales, emea', 'x'
    }
}

Describe 'A file that nobody edited' {
    BeforeAll {
        # What spreadsheets, files and terminals may take for something else.
        $texts = '=1+1', '+49 30', '-x', '@SUM(A1)', "a`nb`r`nc", 'q"uo"te', "semi;colon, comma`ttab", "zero$([char] 0x200B)width",
        "$([char]::ConvertFromUtf32(0x1F389)) e$([char] 0x301)", ' spaces ', '00123', 'true', '2020-01-02', 'null', "'single",
        '<b>&amp;</b>', "line$([char] 0x2028)sep", 'C:\path\n', '$env:X $(x) `n', '{a;b}', ('x' * 20000)
        $person = New-CopperPerson 'Ann Odd'
        foreach ($text in $texts) {
            $name = "N $($text.Substring(0, [Math]::Min(40, $text.Length)))"
            $null = New-CopperPerson $name -Details $text -Street $text -Title $text -Phone '+49 (30) 1; x 2'
            $null = New-CopperCompany $name -Details $text -City $text
            $null = New-CopperLead $name -Details $text -CompanyName $text -MonetaryValue 1234.5
            $null = New-CopperOpportunity $name -Details $text -PrimaryContact $person -CloseDate 2027-03-04
            $null = New-CopperProject $name -Details $text
            $null = New-CopperTask $name -Details $text -RelatedTo $person -DueDate '2027-03-04 10:00'
            $null = $person | New-CopperActivity "D $text"
        }
        $created = @{}
        foreach ($noun in 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task', 'Activity') {
            $created[$noun] = @(& "Get-Copper$noun" | Sort-Object Id | Select-Object -Last 25)
        }
    }
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'writes nothing, whatever its texts: <noun>' -ForEach @(
        foreach ($noun in 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task', 'Activity') { @{ noun = $noun } }
    ) {
        $file = Join-Path $TestDrive "$noun.csv"
        $created[$noun] | ConvertTo-CopperFlatRecord | Export-Csv $file -NoTypeInformation -Encoding UTF8
        Import-Csv $file | & "Set-Copper$noun" -ErrorVariable problems -WarningVariable warnings -WarningAction SilentlyContinue
        $problems, $warnings | ForEach-Object { $_ } | Should -BeNullOrEmpty
        Get-Written | Should -BeNullOrEmpty
    }

    It 'has what Copper notes by itself, which nobody can write' {
        $system = @(Get-CopperActivity -ActivityType 'system:Property Changed' -First 1)[0]
        $row = $system | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row | Set-CopperActivity -ErrorAction Stop
        Get-Written | Should -BeNullOrEmpty
        $row.ActivityType = 'Note'
        $row | Set-CopperActivity -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike '*only activities of the category user can be written*'
        Get-Written | Should -BeNullOrEmpty
    }
}

Describe 'A row with an id for a New- cmdlet' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'is an error that names Set-, and nothing is sent: <noun>' -ForEach @(
        foreach ($noun in 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task', 'Activity') { @{ noun = $noun } }
    ) {
        $record = & "Get-Copper$noun" -First 1
        $rows = @(($record | ConvertTo-CopperFlatRecord | ConvertTo-Row), [pscustomobject]@{ Id = '7'; Name = 'x'; Details = 'x' })
        if ($noun -in 'Person', 'Lead') { $rows += @{ Id = 7; Name = 'x' } }
        Clear-SandboxJournal $sandbox
        $rows | & "New-Copper$noun" -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount $rows.Count
        $problems | ForEach-Object { "$_" | Should -BeLike "*has the Id *Set-Copper$noun*-ExcludeProperty Id | New-Copper$noun*" }
        $problems[1].TargetObject.Id | Should -Be '7'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is a row all the same when the id is of another kind, or none of Copper' {
        $person = Get-CopperPerson -First 1
        ($person | ConvertTo-CopperFlatRecord | New-CopperTask -ErrorAction Stop -WarningAction SilentlyContinue).Name |
            Should -Be $person.Name
        ([pscustomobject]@{ Id = 'K-17'; Name = 'Imported' } | New-CopperPerson -ErrorAction Stop).Name | Should -Be 'Imported'
        ([pscustomobject]@{ Id = ''; Name = 'Imported' } | New-CopperPerson -ErrorAction Stop).Name | Should -Be 'Imported'
    }
}

Describe 'Two rows of one record' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'that differ cause a warning that names the id, the rows and the columns: <noun>' -ForEach @(
        foreach ($noun in 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task') { @{ noun = $noun } }
    ) {
        $id = (& "Get-Copper$noun" -First 1).Id
        $rows = @(
            [pscustomobject]@{ Id = $id; Name = 'First'; Details = 'same' }
            [pscustomobject]@{ Id = $id; Name = 'Second'; Details = 'same' }
        )
        $rows | & "Set-Copper$noun" -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Be "Row 2 is about $($noun.ToLower()) $id, as row 1 is, and has other values of: Name. Those of row 2 count."
    }

    It 'that differ in a custom field cause a warning, too' {
        [pscustomobject]@{ Id = 20; Score = 1 }, @{ Id = 20; Score = 2 } |
            Set-CopperPerson -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike 'Row 2 is about person 20, as row 1 is, and has other values of: Score.*'
    }

    It 'that agree, or have other columns, are no cause for a warning' {
        $rows = @(
            [pscustomobject]@{ Id = 20; Title = 'a'; City = '' }
            [pscustomobject]@{ Id = 20; Title = 'a'; City = 'Rome' }
            [pscustomobject]@{ Id = 21; Title = 'b' }
        )
        $rows | Set-CopperPerson -WarningVariable warnings -WarningAction SilentlyContinue
        [pscustomobject]@{ Id = 20; Title = 'a'; InteractionCount = 1 }, [pscustomobject]@{ Id = 20; Title = 'a'; InteractionCount = 2 } |
            Set-CopperPerson -Details 'typed' -WarningVariable +warnings -WarningAction SilentlyContinue
        $warnings | Where-Object { "$_" -notlike '*not written*InteractionCount*' } | Should -BeNullOrEmpty
    }

    It 'cause a warning from Sync- when they share an address' {
        $rows = "Name,Email,City`nTwin,twin@row.example,Rome`nOther,other@row.example,Oslo`nTwin,twin@row.example,Paris" | ConvertFrom-Csv
        $rows | Sync-CopperPerson -WarningVariable warnings -WarningAction SilentlyContinue | Should -HaveCount 3
        "$warnings" |
            Should -Be 'Row 3 is about the person with twin@row.example, as row 1 is, and has other values of: City. Those of row 3 count.'
        $rows | Sync-CopperLead -MatchEmail -WarningVariable warnings -WarningAction SilentlyContinue | Should -HaveCount 3
        "$warnings" | Should -BeLike 'Row 3 is about the lead with twin@row.example, as row 1 is, *: City.*'
    }
}

Describe 'A phone number that a spreadsheet shortened' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'is an error, and nothing is sent: <_>' -ForEach '4,42079E+11', '4.42079E+11', '4E+11', '4.42079e11' {
        $number = $_
        foreach ($noun in 'Person', 'Company', 'Lead') {
            $null = [pscustomobject]@{ Name = 'Short'; PhoneNumber = $number } |
                & "New-Copper$noun" -ErrorVariable problems -ErrorAction SilentlyContinue
            "$problems" | Should -BeLike "*'$number' is no phone number*"
            $null = [pscustomobject]@{ Name = 'Short'; Phone2 = $number } |
                & "New-Copper$noun" -ErrorVariable problems -ErrorAction SilentlyContinue
            "$problems" | Should -BeLike "*'$number' is no phone number*"
            { & "New-Copper$noun" Short -PhoneNumber @{ Number = $number } } | Should -Throw '*is no phone number*'
        }
        Get-Written | Should -BeNullOrEmpty
    }
}

Describe 'A row whose name and parts of a name contradict each other' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'is an error that names both: <noun>' -ForEach @{ noun = 'Person' }, @{ noun = 'Lead' } {
        [pscustomobject]@{ Name = 'Ada Lovelace'; FirstName = 'Grace'; LastName = 'Hopper' } |
            & "New-Copper$noun" -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problems" | Should -BeLike "*Name and FirstName contradict each other: 'Ada Lovelace' does not contain 'Grace'*"
        $id = (& "Get-Copper$noun" -First 1).Id
        Clear-SandboxJournal $sandbox
        [pscustomobject]@{ Id = $id; Name = 'Ada Lovelace'; LastName = 'Hopper' } |
            & "Set-Copper$noun" -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike "*Name and LastName contradict each other*'Hopper'*"
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is none when the name holds the parts and more' {
        $made = [pscustomobject]@{ Name = 'dr. ada  king Lovelace'; FirstName = 'Ada'; LastName = 'Lovelace' } |
            New-CopperPerson -ErrorAction Stop
        $made.LastName | Should -Be 'Lovelace'
    }
}
