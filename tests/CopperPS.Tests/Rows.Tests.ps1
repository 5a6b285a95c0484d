# Rows of files, spreadsheets and databases: each value is taken as it is meant, or is an error about the row and nothing of it is
# sent; a row removes nothing that it does not show; what was piped is told from what was meant.

BeforeDiscovery {
    $nouns = @('Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task' | ForEach-Object { @{ noun = $_ } })
    $bad = @(
        @{ cmdlet = 'New-CopperTask'; row = @{ Name = 't'; DueDate = 46022.5 } }
        @{ cmdlet = 'New-CopperTask'; row = @{ Name = 't'; DueDate = '46022.5' } }
        @{ cmdlet = 'New-CopperTask'; row = @{ Name = 't'; DueDate = $true } }
        @{ cmdlet = 'New-CopperTask'; row = @{ Name = 't'; ReminderDate = @{ a = 1 } } }
        @{ cmdlet = 'New-CopperTask'; row = @{ Name = @('a', 'b') } }
        @{ cmdlet = 'New-CopperTask'; row = @{ Name = 't'; Details = @{ a = 1 } } }
        @{ cmdlet = 'New-CopperTask'; row = @{ Name = 't'; Priority = @('High', 'Low') } }
        @{ cmdlet = 'New-CopperOpportunity'; row = @{ Name = 'o'; PrimaryContact = 1; WinProbability = '50%' } }
        @{ cmdlet = 'New-CopperOpportunity'; row = @{ Name = 'o'; PrimaryContact = 1; WinProbability = '7,5' } }
        @{ cmdlet = 'New-CopperOpportunity'; row = @{ Name = 'o'; PrimaryContact = 1; WinProbability = 50.6 } }
        @{ cmdlet = 'New-CopperOpportunity'; row = @{ Name = 'o'; PrimaryContact = 1; WinProbability = $true } }
        @{ cmdlet = 'New-CopperOpportunity'; row = @{ Name = 'o'; PrimaryContact = 1; MonetaryValue = $true } }
        @{ cmdlet = 'New-CopperOpportunity'; row = @{ Name = 'o'; PrimaryContact = 1; CloseDate = 46022 } }
        @{ cmdlet = 'New-CopperPerson'; row = @{ Name = 'p'; Street = @('a', 'b') } }
        @{ cmdlet = 'New-CopperPerson'; row = @{ Name = 'p'; Tag = @{ a = 1 } } }
        @{ cmdlet = 'New-CopperPerson'; row = @{ Name = 'p'; Email = 'no address' } }
        @{ cmdlet = 'New-CopperPerson'; row = @{ Name = 'p'; Address = '1 Main St, Paris' } }
        @{ cmdlet = 'New-CopperPerson'; row = @{ Name = 'p'; CustomField = 'System.Collections.Hashtable' } }
        @{ cmdlet = 'New-CopperActivity'; row = @{ Details = 'd'; RelatedType = 'person'; RelatedTo = 1; ActivityDate = 46022.5 } }
        @{ cmdlet = 'Set-CopperOpportunity'; row = @{ Id = 30000001; Name = 'renamed'; CloseDate = 46022.0 } }
        @{ cmdlet = 'Set-CopperOpportunity'; row = @{ Id = 30000001; Name = 'renamed'; WinProbability = '50%' } }
        @{ cmdlet = 'Set-CopperTask'; row = @{ Id = 50000001; Name = 'renamed'; DueDate = 46022.5 } }
        @{ cmdlet = 'Set-CopperPerson'; row = @{ Id = 1; Title = 'x'; Address = 'another text' } }
        @{ cmdlet = 'Set-CopperLead'; row = @{ Id = 20000001; Title = 'x'; MonetaryValue = (Get-Date) } }
        @{ cmdlet = 'Register-CopperWebhook'; row = @{ Target = 7; Type = 'person'; Event = 'new' } }
        @{ cmdlet = 'New-CopperCustomActivityType'; row = @{ Name = @{ a = 1 } } }
    )
    $flags = @(
        'true', 'True', 'yes', 'Y', '1', 'x', 'X', 'checked', 1, $true | ForEach-Object { @{ value = $_; means = $true } }
        'false', 'no', 'N', '0', 'unchecked', 0, $false | ForEach-Object { @{ value = $_; means = $false } }
    )
    $total = @(
        @{ read = { Get-CopperPerson -City Nowhere -IncludeTotalCount }; noun = 'Person' }
        @{ read = { Get-CopperLead -City Nowhere -IncludeTotalCount }; noun = 'Lead' }
        @{ read = { Get-CopperTask -Tag Nowhere -IncludeTotalCount }; noun = 'Task' }
        @{ read = { Get-CopperProject -Tag Nowhere -IncludeTotalCount }; noun = 'Project' }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $culture = [cultureinfo]::CurrentCulture
    $sandbox = Start-SandboxHost -People 30
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }

    function Get-Written { @(Get-SandboxJournal $sandbox | Where-Object { $_.method -ne 'GET' -and $_.path -notmatch '/search$' }) }
    function ConvertTo-Row([Parameter(ValueFromPipeline)] $InputObject) {
        process { $InputObject | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv }
    }
}

AfterAll {
    [cultureinfo]::CurrentCulture = $culture
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'A row whose value cannot be right: <cmdlet> <row.Keys>' -ForEach $bad {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'is one error about the row, and nothing of it is sent' {
        $given = [pscustomobject] $row
        $typed = if ($cmdlet -like 'Register-*') { @{} } else { @{ Confirm = $false } }
        $given | & $cmdlet @typed -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-Written | Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
        $problems[0].TargetObject | Should -Be $given
    }
}

Describe 'Numbers' {
    It 'of <_> are no percentage' -ForEach '7,5', '50%', 50.6, $true {
        Clear-SandboxJournal $sandbox
        { Set-CopperOpportunity 30000001 -WinProbability $_ } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'with a fraction, dates and flags are no ids' {
        foreach ($id in 1.5, (Get-Date), $true) {
            $id | Set-CopperPerson -Title x -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems | Should -HaveCount 1
        }
    }

    It 'are phone numbers and texts where a spreadsheet made numbers of them' {
        $person = [pscustomobject]@{ Name = 'Numbers'; PhoneNumber = 4930123456; PostalCode = 75001.0; Title = 7 } | New-CopperPerson
        "$($person.PhoneNumbers)", $person.Address.PostalCode, $person.Title | Should -Be '4930123456', '75001', '7'
    }
}

Describe 'Dates' {
    AfterEach { [cultureinfo]::CurrentCulture = $culture }

    It 'are not read month-first when the culture is day-first' {
        [cultureinfo]::CurrentCulture = 'en-GB'
        $rows = [pscustomobject]@{ Name = 'a'; DueDate = '2/18/2027' }, [pscustomobject]@{ Name = 'b'; DueDate = '3/4/2027' }
        $made = $rows | New-CopperTask -ErrorVariable problems -ErrorAction SilentlyContinue
        $made.Name | Should -Be 'b'
        $made.DueDate.LocalDateTime.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture) | Should -Be '2027-04-03'
        $problems[0].TargetObject | Should -Be $rows[0]
    }

    It 'are ISO in every culture' -ForEach 'en-GB', 'de-DE', 'th-TH', 'ar-SA' {
        [cultureinfo]::CurrentCulture = $_
        (New-CopperTask iso -DueDate '2027-04-03T10:00:00Z').DueDate.ToUnixTimeSeconds() | Should -Be 1806746400
    }

    It 'are what PowerShell has for dates' {
        $file = New-Item (Join-Path $TestDrive 'x.txt')
        $file.LastWriteTime = [datetime] '2020-01-01'
        $given = @(
            $file.LastWriteTime, (Get-Date '2020-01-01').Date, [datetimeoffset] '2020-01-01', '2020-01-01',
            [datetime]::SpecifyKind('2020-01-01', 'Utc')
        )
        if ($PSVersionTable.PSVersion.Major -ge 7) { $given += [DateOnly]::new(2020, 1, 1) }
        foreach ($date in $given) { @(Get-CopperPerson -CreatedAfter $date -ErrorAction Stop).Count | Should -BeGreaterThan 0 }
    }

    It 'are counted from now: <text>' -ForEach @(
        @{ text = 'today'; given = { Get-CopperPerson -CreatedAfter today -First 1 }; days = 0 }
        @{ text = 'yesterday'; given = { Get-CopperPerson -CreatedAfter Yesterday -First 1 }; days = -1 }
        @{ text = '-7d, which PowerShell takes for a number'; given = { Get-CopperPerson -CreatedAfter -7d -First 1 }; days = -7 }
        @{ text = '-2w'; given = { Get-CopperPerson -CreatedAfter -2w -First 1 }; days = -14 }
        @{ text = '+3d in quotation marks'; given = { Get-CopperPerson -CreatedAfter '+3d' -First 1 }; days = 3 }
    ) {
        $before = [datetime]::Today
        Clear-SandboxJournal $sandbox
        & $given | Out-Null
        $search = Get-SandboxRequest $sandbox | Select-Object -First 1
        $sent = [long] [regex]::Match($search, '"minimum_created_date":(\d+)').Groups[1].Value
        # A test that runs at midnight.
        @($before, [datetime]::Today | ForEach-Object { [DateTimeOffset]::new($_.AddDays($days)).ToUnixTimeSeconds() }) |
            Should -Contain $sent
    }

    It 'are counted from now where they are written: days without a time, tasks, custom fields and rows' {
        $today = [datetime]::Today
        (New-CopperTask later -DueDate tomorrow).DueDate.LocalDateTime | Should -BeIn $today.AddDays(1), ([datetime]::Today.AddDays(1))
        (New-CopperOpportunity later -CloseDate +1m).CloseDate | Should -BeIn $today.AddMonths(1), ([datetime]::Today.AddMonths(1))
        (Set-CopperPerson 1 -CustomField @{ Birthday = '-10y' } -PassThru).CustomFields['Birthday'] |
            Should -BeIn $today.AddYears(-10), ([datetime]::Today.AddYears(-10))
        ([pscustomobject]@{ Name = 'row'; DueDate = '+2d' } | New-CopperTask).DueDate.LocalDateTime |
            Should -BeIn $today.AddDays(2), ([datetime]::Today.AddDays(2))
        { Get-CopperOpportunity -ClosesAfter -12h } | Should -Throw '*is not a date*'
    }

    It 'are refused where <_> is none' -ForEach 'gestern', '7.5', '7,5', -7, 46022, 1.5, $true {
        { Get-CopperPerson -CreatedAfter $_ } | Should -Throw '*is not a date*'
    }
}

Describe 'Flags' {
    It '<value> is <means>' -ForEach $flags {
        $project = [pscustomobject]@{ Name = 'flag'; Billable = $value } | New-CopperProject
        $project.CustomFields['Billable'] | Should -Be $means
        (New-CopperProject flag -CustomField @{ Billable = $value }).CustomFields['Billable'] | Should -Be $means
    }

    It 'are refused for anything else' {
        [pscustomobject]@{ Name = 'flag'; Billable = 'maybe' } | New-CopperProject -ErrorVariable problems -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        "$problems" | Should -BeLike '*maybe*'
    }
}

Describe 'A hashtable in a cell' {
    It 'is used for CustomField and Address' {
        $row = [pscustomobject]@{ Name = 'Table'; CustomField = @{ Score = 5 }; Address = @{ City = 'Paris'; Country = 'FR' } }
        $person = $row | New-CopperPerson
        $person.CustomFields['Score'], $person.Address.City | Should -Be 5, 'Paris'
        [pscustomobject]@{ Id = $person.Id; CustomField = [pscustomobject]@{ Score = 6 }; Address = @{ City = 'Rome' } } | Set-CopperPerson
        $person = Get-CopperPerson $person.Id
        $person.CustomFields['Score'], $person.Address.City | Should -Be 6, 'Rome'
    }
}

Describe 'Columns of custom fields' {
    It 'are written by New- and Set-, by the field''s name' {
        $person = "Name,Score`nColumn,7" | ConvertFrom-Csv | New-CopperPerson
        $person.CustomFields['Score'] | Should -Be 7
        "Id,Score`n$($person.Id),8" | ConvertFrom-Csv | Set-CopperPerson
        (Get-CopperPerson $person.Id).CustomFields['Score'] | Should -Be 8
    }

    It 'are an error about the row when the value cannot be right' {
        Clear-SandboxJournal $sandbox
        "Name,Score`nColumn,many" | ConvertFrom-Csv | New-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        "$problems" | Should -BeLike '*Score*'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'that nothing has are named once' {
        "Name,Scroe`na,7`nb,8" | ConvertFrom-Csv | New-CopperPerson -WarningVariable warnings -WarningAction SilentlyContinue |
            Should -HaveCount 2
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*Scroe*'
    }
}

Describe 'The way of a Copper<noun> through a file and back' -ForEach $nouns {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'writes nothing when nobody edited the flat file' {
        $records = @(& "Get-Copper$noun" -First 12)
        $records | ConvertTo-CopperFlatRecord | ConvertTo-Row | & "Set-Copper$noun" -ErrorVariable problems
        $problems | Should -BeNullOrEmpty
        Get-Written | Should -BeNullOrEmpty
    }

    It 'writes nothing when nobody edited the file of the records themselves' {
        $records = @(& "Get-Copper$noun" -First 12)
        $records | ConvertTo-Row | & "Set-Copper$noun" -ErrorVariable problems
        $problems | Should -BeNullOrEmpty
        Get-Written | Should -BeNullOrEmpty
    }

    It 'writes the cell that was edited, and nothing else' {
        $row = & "Get-Copper$noun" -First 1 | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.Details = 'edited'
        $row | & "Set-Copper$noun"
        Get-Written | Should -HaveCount 1
        (Get-Written).body | Should -Be '{"details":"edited"}'
    }

    It 'still knows its entity' {
        $other = if ($noun -eq 'Person') { 'Company' } else { 'Person' }
        $record = & "Get-Copper$noun" -First 1
        $job = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize(($record |
                        Select-Object Id, Name)))
        $forms = @(
            $record, ($record | Select-Object Id, Name), ($record | ConvertTo-CopperFlatRecord),
            ($record | ConvertTo-CopperFlatRecord | Select-Object Id), $job
            ($record | ConvertTo-Row), ($record | ConvertTo-CopperFlatRecord | ConvertTo-Row)
        )
        foreach ($form in $forms) {
            $form | & "Remove-Copper$other" -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*' -Because $form.PSObject.TypeNames[0]
            $form | & "Remove-Copper$noun" -WhatIf -ErrorAction Stop
        }
        Get-Written | Should -BeNullOrEmpty
    }
}

Describe 'What a row does not show' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $person = New-CopperPerson Rowley -Email @{ Email = 'a@rowley.example'; Category = 'personal' },
        @{ Email = 'b@rowley.example'; Category = 'other' } -PhoneNumber @{ Number = '+49 30 1'; Category = 'home' },
        @{ Number = '2'; Category = 'mobile' } -Tag 'x', 'y; z' -City Paris -Street '1 Main St'
        function Get-Contact {
            $now = Get-CopperPerson $person.Id; $now.Emails | ForEach-Object { "$_ $($_.Category)" }; $now.PhoneNumbers |
                ForEach-Object { "$_ $($_.Category)" }
        }
        Clear-SandboxJournal $sandbox
    }

    It 'stays: an exported record with a typed title changes the title only' {
        $person | ConvertTo-Row | Set-CopperPerson -Title X
        (Get-Written).body | Should -Be '{"title":"X"}'
        Get-Contact | Should -Be 'a@rowley.example personal', 'b@rowley.example other', '+49 30 1 home', '2 mobile'
    }

    It 'stays when the first address or number changes, and so does its category' {
        [pscustomobject]@{ Id = $person.Id; Email = 'new@rowley.example'; Phone2 = '3' } | Set-CopperPerson
        Get-Contact | Should -Be 'new@rowley.example personal', 'b@rowley.example other', '+49 30 1 home', '3 mobile'
    }

    It 'stays in the other order: what the row has first comes first' {
        [pscustomobject]@{ Id = $person.Id; Email = 'b@rowley.example' } | Set-CopperPerson
        Get-Contact | Select-Object -First 2 | Should -Be 'b@rowley.example other', 'a@rowley.example personal'
    }

    It 'stays with -Bulk, too' {
        [pscustomobject]@{ Id = $person.Id; Email = 'new@rowley.example' } | Set-CopperPerson -Bulk
        Get-Contact | Select-Object -First 2 | Should -Be 'new@rowley.example personal', 'b@rowley.example other'
    }

    It 'is added: a third address' {
        [pscustomobject]@{ Id = $person.Id; Email3 = 'c@rowley.example' } | Set-CopperPerson
        Get-Contact | Select-Object -First 3 | Should -Be 'a@rowley.example personal', 'b@rowley.example other', 'c@rowley.example work'
    }

    It 'stays when a cell of a flat record was emptied' {
        $row = $person | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.Phone2 = $row.Email2 = ''
        $row | Set-CopperPerson
        Get-Contact | Should -Be 'a@rowley.example personal', 'b@rowley.example other', '+49 30 1 home', '2 mobile'
    }

    It 'goes when a column that showed all of them shows fewer' {
        Set-CopperPerson $person.Id -Website @{ Url = 'https://a.example'; Category = 'personal' }, 'https://b.example'
        $row = Get-CopperPerson $person.Id | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.Website = 'https://a.example'
        $row | Set-CopperPerson
        (Get-CopperPerson $person.Id).Websites | ForEach-Object { "$_ $($_.Category)" } | Should -Be 'https://a.example personal'
    }

    It 'is the whole list for tags, since the column shows the whole list' {
        $row = $person | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.Tags = 'x'
        $row | Set-CopperPerson
        (Get-CopperPerson $person.Id).Tags | Should -Be 'x'
    }

    It 'comes back as it was from a file that a spreadsheet cannot run' {
        Set-CopperPerson $person.Id -Details '=1+1'
        Clear-SandboxJournal $sandbox
        Get-CopperPerson $person.Id | ConvertTo-CopperFlatRecord -SpreadsheetSafe | ConvertTo-Row | Set-CopperPerson
        Get-Written | Should -BeNullOrEmpty
    }

    It 'counts as typed when it is typed: -Email is the whole list' {
        Set-CopperPerson $person.Id -Email 'only@rowley.example'
        Get-Contact | Select-Object -First 1 | Should -Be 'only@rowley.example work'
        (Get-CopperPerson $person.Id).Emails | Should -HaveCount 1
    }
}

Describe 'The column Emails of an exported person' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $person = New-CopperPerson Rowley -Email 'a@rowley.example', @{ Email = 'b@rowley.example'; Category = 'personal' }
        $row = $person | ConvertTo-Row
        function Get-Address { (Get-CopperPerson $person.Id).Emails | ForEach-Object { "$_ $($_.Category)" } }
        Clear-SandboxJournal $sandbox
    }

    It 'is the whole list: <cell>' -ForEach @(
        @{ cell = 'b@rowley.example'; after = @('b@rowley.example personal') }
        @{ cell = 'z1@z.example; z2@z.example'; after = @('z1@z.example work', 'z2@z.example personal') }
        @{ cell = 'first@x.example'; after = @('first@x.example work') }
        @{ cell = 'b@rowley.example; a@rowley.example'; after = @('b@rowley.example personal', 'a@rowley.example work') }
    ) {
        $row.Emails = $cell
        $row | Set-CopperPerson -ErrorAction Stop
        Get-Address | Should -Be $after
    }

    It 'says nothing when it was not edited: Email is the first' {
        $row.Email = 'new@rowley.example'
        $row | Set-CopperPerson -ErrorAction Stop
        Get-Address | Should -Be 'new@rowley.example work', 'b@rowley.example personal'
    }

    It 'counts when Email says the same, and is an error when Email says something else' {
        $row.Email, $row.Emails = 'c@rowley.example', 'c@rowley.example; d@rowley.example'
        $row | Set-CopperPerson -ErrorAction Stop
        Get-Address | Should -Be 'c@rowley.example work', 'd@rowley.example personal'
        Clear-SandboxJournal $sandbox
        $row.Email, $row.Emails = 'x@rowley.example', 'y@rowley.example'
        $row | Set-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike '*x@rowley.example*Emails*y@rowley.example*'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is the address of a lead' {
        $lead = New-CopperLead Rowley -Email @{ Email = 'a@rowley.example'; Category = 'personal' }
        $row = $lead | ConvertTo-Row
        $row.Emails = 'b@rowley.example'
        $row | Set-CopperLead -ErrorAction Stop
        "$((Get-CopperLead $lead.Id).Emails[0]) $((Get-CopperLead $lead.Id).Emails[0].Category)" | Should -Be 'b@rowley.example personal'
        $row.Email, $row.Emails = 'x@rowley.example', 'y@rowley.example'
        $row | Set-CopperLead -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike '*x@rowley.example*y@rowley.example*'
        (Get-CopperLead $lead.Id).Email | Should -Be 'b@rowley.example'
    }
}

Describe 'A profile that replaces another' {
    It '<url> is a profile of <category>' -ForEach @(
        @{ url = 'https://twitter.com/x'; category = 'twitter' }
        @{ url = 'https://linkedin.com/in/other'; category = 'linkedin' }
        @{ url = 'https://profiles.example/x'; category = 'other' }
    ) {
        $person = New-CopperPerson Social -Social 'https://www.linkedin.com/in/x'
        $row = $person | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.Social = $url
        $row | Set-CopperPerson
        (Get-CopperPerson $person.Id).Socials | ForEach-Object { "$_ $($_.Category)" } | Should -Be "$url $category"
        [pscustomobject]@{ Id = $person.Id; Social = 'https://facebook.com/x' } | Set-CopperPerson
        (Get-CopperPerson $person.Id).Socials[0].Category | Should -Be 'facebook'
    }
}

Describe 'A cell that nothing is written from' {
    BeforeEach { Reset-SandboxHost $sandbox }

    It 'is an error about the row when it was edited: <column> of a Copper<noun>, flat: <flat>' -ForEach @(
        @{ noun = 'Person'; column = 'CompanyName'; flat = $false; cell = 'Another Inc.' }
        @{ noun = 'Person'; column = 'CustomFields'; flat = $false; cell = 'Score=1' }
        @{ noun = 'Person'; column = 'MonetaryValue'; flat = $true; cell = '4711' }
        @{ noun = 'Company'; column = 'CustomFields'; flat = $false; cell = 'Score=1' }
        @{ noun = 'Lead'; column = 'MonetaryUnit'; flat = $true; cell = 'XTS' }
        @{ noun = 'Opportunity'; column = 'MonetaryUnit'; flat = $true; cell = 'XTS' }
        @{ noun = 'Opportunity'; column = 'MonetaryUnit'; flat = $false; cell = 'XTS' }
        @{ noun = 'Opportunity'; column = 'CompanyName'; flat = $false; cell = 'Another Inc.' }
        @{ noun = 'Task'; column = 'CompletedDate'; flat = $true; cell = '2020-01-01' }
        @{ noun = 'Task'; column = 'CustomActivityTypeId'; flat = $true; cell = '4711' }
    ) {
        $row = & "Get-Copper$noun" -First 1
        $row = if ($flat) { $row | ConvertTo-CopperFlatRecord | ConvertTo-Row } else { $row | ConvertTo-Row }
        $row.$column = $cell
        $row.Details = 'edited as well'
        Clear-SandboxJournal $sandbox
        $row | & "Set-Copper$noun" -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        "$problems" | Should -BeLike "*column $column*'$cell'*"
        $problems[0].TargetObject | Should -Be $row
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is none when the id beside the name was edited' {
        $row = Get-CopperPerson -First 20 | Where-Object CompanyId | Select-Object -First 1 | ConvertTo-Row
        $other = Get-CopperCompany | Where-Object Id -NE $row.CompanyId | Select-Object -First 1
        $row.CompanyId, $row.CompanyName = $other.Id, $other.Name
        $row | Set-CopperPerson -ErrorAction Stop
        (Get-CopperPerson $row.Id).CompanyId | Should -Be $other.Id
    }

    It 'is none in a session that has not read the names of the custom fields' {
        $rows = Get-CopperPerson -First 5 | ConvertTo-Row
        Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
        Clear-SandboxJournal $sandbox
        $rows | Set-CopperPerson -ErrorAction Stop
        Get-Written | Should -BeNullOrEmpty
    }
}

Describe 'An object that is neither a record nor a row' {
    BeforeEach {
        Clear-SandboxJournal $sandbox
        $process = Get-Process -Id $PID
    }

    It 'is no id for <_>' -ForEach 'Remove-CopperPerson', 'Set-CopperPerson', 'Convert-CopperLead', 'Remove-CopperTask' {
        $typed = if ($_ -like 'Set-*') { @{ Title = 'x' } } else { @{ Confirm = $false } }
        $process | & $_ @typed -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperInvalidId,*'
        "$problems" | Should -BeLike '*System.Diagnostics.Process*'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is made no record of' {
        Get-Item $TestDrive | New-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
        "$problems" | Should -BeLike '*System.IO.DirectoryInfo*Select-Object*'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is a row of a database all the same' {
        $table = New-Object System.Data.DataTable
        [void] $table.Columns.Add('Id', [long])
        [void] $table.Columns.Add('Name')
        [void] $table.Rows.Add(1, 'From a table')
        $table.Rows | Remove-CopperPerson -WhatIf -ErrorAction Stop
        ($table.Rows | New-CopperPerson -ErrorAction Stop).Name | Should -Be 'From a table'
        ($process | Select-Object Name | New-CopperPerson -ErrorAction Stop).Name | Should -Be $process.Name
    }
}

Describe 'Two columns of one reference' {
    BeforeEach { Reset-SandboxHost $sandbox }

    It 'mean the id, which was edited' {
        $row = Get-CopperPerson -First 20 | Where-Object CompanyId | Select-Object -First 1 | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $other = (Get-CopperCompany | Where-Object Id -NE $row.CompanyId | Select-Object -First 1).Id
        $row.CompanyId = $other
        $row | Set-CopperPerson
        (Get-CopperPerson $row.Id).CompanyId | Should -Be $other
    }

    It 'mean the name, which was edited' {
        $deal = Get-CopperOpportunity -First 1
        $row = $deal |
            Select-Object Id, CustomerSourceId, @{
                n = 'CustomerSource'; e = { (Get-CopperCustomerSource | Where-Object Id -NE $deal.CustomerSourceId)[0].Name }
            }
        $row | Set-CopperOpportunity
        (Get-CopperOpportunity $deal.Id).CustomerSourceId | Should -Be (Get-CopperCustomerSource -Name $row.CustomerSource).Id
    }

    It 'of a new record mean the id' {
        $company = Get-CopperCompany -First 1
        ([pscustomobject]@{ Name = 'Both'; Company = $company.Name; CompanyId = $company.Id } | New-CopperPerson).CompanyId |
            Should -Be $company.Id
    }

    It 'RelatedType and RelatedId are what a task belongs to' {
        $task = [pscustomobject]@{ Name = 'Belongs'; RelatedType = 'person'; RelatedId = '1' } | New-CopperTask
        "$($task.RelatedResource)" | Should -BeLike 'person 1*'
    }
}

Describe 'The total of -IncludeTotalCount, <noun>' -ForEach $total {
    It 'is never an id' {
        Clear-SandboxJournal $sandbox
        foreach ($verb in 'Remove', 'Set', 'Get') {
            $typed = if ($verb -eq 'Remove') { @{ Confirm = $false } } elseif ($verb -eq 'Set') { @{ Details = 'x' } } else { @{} }
            & $read | & "$verb-Copper$noun" @typed -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperInvalidId,*'
        }
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is a number all the same' {
        $number = (& $read)[0]
        [long] $number | Should -Be 0
        $number + 1 | Should -Be 1
        $again = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($number))
        $again | & "Remove-Copper$noun" -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperInvalidId,*'
    }
}

Describe 'A record that is piped into New-' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'is what a task belongs to, and nothing of it is copied' {
        $record = & $_ -First 1
        $task = $record | New-CopperTask 'Thank-you'
        "$($task.RelatedResource)" | Should -BeLike "* $($record.Id)*"
        (Get-Written).body | ConvertFrom-Json | ForEach-Object { $_.PSObject.Properties.Name } | Should -Be 'name', 'related_resource'
    } -ForEach 'Get-CopperPerson', 'Get-CopperCompany', 'Get-CopperLead', 'Get-CopperOpportunity', 'Get-CopperProject'

    It 'is the contact or the company of an opportunity' {
        (Get-CopperPerson 1 | New-CopperOpportunity 'Renewal' -WhatIf -ErrorAction Stop) | Should -BeNullOrEmpty
        (Get-CopperPerson 1 | New-CopperOpportunity 'Renewal').PrimaryContactId | Should -Be 1
        $company = Get-CopperCompany -First 1
        ($company | New-CopperOpportunity 'Renewal' -PrimaryContact 1).CompanyId | Should -Be $company.Id
    }

    It 'is what a project belongs to' {
        "$((Get-CopperCompany -First 1 | New-CopperProject P).RelatedResource)" | Should -BeLike 'company *'
    }

    It 'is the company of a person' {
        $company = Get-CopperCompany -First 1
        ($company | New-CopperPerson 'Ada').CompanyId | Should -Be $company.Id
    }

    It 'is refused where nothing tells what it should be: <from> | <to>' -ForEach @(
        @{ from = 'Get-CopperPerson'; to = 'New-CopperPerson' }, @{ from = 'Get-CopperLead'; to = 'New-CopperLead' },
        @{ from = 'Get-CopperPerson'; to = 'New-CopperCompany' }
        @{ from = 'Get-CopperLead'; to = 'New-CopperOpportunity' }, @{ from = 'Get-CopperTask'; to = 'New-CopperTask' },
        @{ from = 'Get-CopperLead'; to = 'New-CopperProject' }
    ) {
        & $from -First 1 | & $to 'X' -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
        Get-Written | Should -BeNullOrEmpty
    }

    It 'does not name what is new' {
        { Get-CopperPerson 1 | New-CopperTask } | Should -Throw '*-Name*'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'gives what a script block takes from it' {
        (Get-CopperPerson 1 | New-CopperTask -Name { "Call $($_.Name)" }).Name | Should -BeLike 'Call ?*'
        (Get-CopperPerson 1 | New-CopperTask -Name { $_.Name }).Name | Should -Be (Get-CopperPerson 1).Name
        Get-CopperPerson 1 | Set-CopperPerson -Title { "$($_.Id) II" }
        (Get-CopperPerson 1).Title | Should -Be '1 II'
    }

    It 'is a row when columns were selected' {
        ($person = Get-CopperPerson 1 | Select-Object Name, Title | New-CopperPerson).Name | Should -Be (Get-CopperPerson 1).Name
        $person.Emails | Should -BeNullOrEmpty
    }
}
