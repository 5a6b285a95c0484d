# Cells of rows that people and spreadsheets make: errors that name their row, headings with spaces, percentages, objects that are no
# text, several values in one cell, what the record has already, and what nobody can write.

BeforeDiscovery {
    $unread = @(
        @{ cmdlet = 'New-CopperTask'; row = @{ Name = 'Call Ada'; DueDate = '46022.5' }; names = "the Name 'Call Ada'" }
        @{ cmdlet = 'New-CopperOpportunity'; row = @{ Name = 'Deal'; WinProbability = '50%' }; names = "the Name 'Deal'" }
        @{ cmdlet = 'New-CopperPerson'; row = @{ Name = 'Ada'; Tag = @{ a = 1 } }; names = "the Name 'Ada'" }
        @{ cmdlet = 'New-CopperLead'; row = @{ FirstName = 'Ada'; MonetaryValue = '1,2,3' }; names = "the FirstName 'Ada'" }
        @{
            cmdlet = 'New-CopperActivity'; row = @{ Details = 'Called'; RelatedType = 'person'; RelatedTo = 1; ActivityDate = 'soon' }
            names = "the \w+ '(Called|person|soon|1)'"
        }
        @{ cmdlet = 'Set-CopperPerson'; row = @{ Id = 4; Name = 'Ada'; Tag = @{ a = 1 } }; names = "the Id 4 \(Name 'Ada'\)" }
        @{ cmdlet = 'Set-CopperTask'; row = @{ Id = 50000001; DueDate = 'soon' }; names = 'the Id 50000001' }
        @{ cmdlet = 'Sync-CopperPerson'; row = @{ Name = 'Ada'; Email = 'a@sync.example'; Street = @('a', 'b') }; names = "the Name 'Ada'" }
        @{ cmdlet = 'New-CopperHubOrganisation'; row = @{ Name = 'Org'; City = @{ a = 1 } }; names = "the Name 'Org'" }
        @{
            cmdlet = 'New-CopperHubProject'; row = @{ Name = 'Project'; OrganisationId = 1; StartDate = 'soon' }
            names = "the Name 'Project'"
        }
        @{ cmdlet = 'Set-CopperHubTask'; row = @{ Id = 1; Duration = 'x' }; names = 'the Id 1' }
    )
    $noText = @(
        @{ value = @{ a = 1 } }
        @{ value = [pscustomobject]@{ a = 1 } }
        @{ value = (Get-Process -Id $PID) }
        @{ value = { 1 } }
    )
    # What each New- cmdlet cannot do without.
    $needed = @(
        @{
            cmdlet = 'New-CopperCompany'; missing = 'Name'
            row = [ordered]@{ 'Name ' = 'Padded'; City = 'Rome' }
            shown = 'Name'; expected = 'Padded'
        }
        @{
            cmdlet = 'New-CopperOpportunity'; missing = 'Name'
            row = [ordered]@{ "Name`t" = 'Padded'; Details = 'd' }
            shown = 'Name'; expected = 'Padded'
        }
        @{
            cmdlet = 'New-CopperProject'; missing = 'Name'
            row = [ordered]@{ ' name' = 'Padded'; Details = 'd' }
            shown = 'Name'; expected = 'Padded'
        }
        @{
            cmdlet = 'New-CopperTask'; missing = 'Name'
            row = [ordered]@{ 'Name ' = 'Padded'; ' DueDate' = '2027-01-31' }
            shown = 'Name'; expected = 'Padded'
        }
        @{
            cmdlet = 'New-CopperActivity'; missing = 'Details'
            row = [ordered]@{ 'Details ' = 'Padded'; RelatedTo = 1; RelatedType = 'person' }
            shown = 'Details'; expected = 'Padded'
        }
        @{
            cmdlet = 'New-CopperCustomActivityType'; missing = 'Name'
            row = [ordered]@{ 'Name ' = 'Padded'; IconType = 'phone' }
            shown = 'IconType'; expected = 'Phone'
        }
        @{
            cmdlet = 'New-CopperCustomFieldDefinition'; missing = 'DataType'
            row = [ordered]@{ Name = 'Padded'; 'DataType ' = 'dropdown'; AvailableOn = 'Person; lead'; Options = 'S; M' }
            shown = 'AvailableOn'; expected = 'person', 'lead'
        }
        @{
            cmdlet = 'Register-CopperWebhook'; missing = 'Event'
            row = [ordered]@{ Target = 'https://hooks.rows.example/copper'; Type = 'lead'; 'Event ' = 'new; update' }
            shown = 'Event'; expected = 'new', 'update'
        }
        @{
            cmdlet = 'New-CopperHubOrganisation'; missing = 'Name'
            row = [ordered]@{ 'Name ' = 'Padded'; City = 'Rome' }
            shown = 'Name'; expected = 'Padded'
        }
        @{
            cmdlet = 'New-CopperHubTaskComment'; missing = 'Body'
            row = [ordered]@{ 'Body ' = 'Padded'; TaskId = 1 }
            shown = 'Body'; expected = 'Padded'
        }
    )
    $ofHub = 'New-CopperHubOrganisation', 'New-CopperHubProject', 'New-CopperHubTask', 'New-CopperHubTaskComment'
    $ofCrm = 'New-CopperCompany', 'New-CopperPerson', 'New-CopperProject', 'New-CopperTask', 'New-CopperOpportunity', 'New-CopperActivity',
    'New-CopperLead'
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $culture = [cultureinfo]::CurrentCulture
    [cultureinfo]::CurrentCulture = 'en-US'
    $sandbox = Start-SandboxHost -People 30
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    Connect-CopperHub -Sandbox

    function Get-Written {
        @(Get-SandboxJournal $sandbox | Where-Object { $_.method -ne 'GET' -and $_.path -notmatch '/(search|fetch_by_email)$' })
    }
    function ConvertTo-Row([Parameter(ValueFromPipeline)] $InputObject) {
        process { $InputObject | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv }
    }
}

AfterAll {
    [cultureinfo]::CurrentCulture = $culture
    Disconnect-CopperHub
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'A cell that PowerShell cannot bind: <cmdlet> <row.Keys>' -ForEach $unread {
    It 'is an error that names the row' {
        $given = [pscustomobject] $row
        $given | & $cmdlet -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        "$($problems[0])" | Should -Match $names
        $problems[0].TargetObject | Should -Be $given
    }
}

Describe 'Errors about cells' {
    It 'do not end the pipeline' {
        $rows = 'a,soon', 'b,2027-01-01', 'c,later', 'd,2027-01-02' | ConvertFrom-Csv -Header Name, DueDate
        $made = $rows | New-CopperTask -ErrorVariable problems -ErrorAction SilentlyContinue
        $made.Name | Should -Be 'b', 'd'
        "$($problems[0])" | Should -BeLike "*the Name 'a'*"
        "$($problems[1])" | Should -BeLike "*the Name 'c'*"
    }

    It 'name no row where a parameter was typed' {
        { New-CopperTask x -DueDate soon } | Should -Throw '*soon*'
        try { New-CopperTask x -DueDate soon } catch { "$_" | Should -Not -BeLike '*row*' }
    }

    It 'name the record that is not changed' {
        [pscustomobject]@{ Id = 4; Email = 'nobody' } | Set-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike "*person 4*'nobody' is not an e-mail address*"
    }

    It 'name a hashtable by its entries' {
        @{ Email = 'nobody'; Name = 'Hash Table' } | New-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike '*Hash Table*'
    }
}

Describe 'Headings' {
    It 'mean what they show: spaces and invisible characters around them do not count' {
        $row = [pscustomobject]@{
            'Name' = 'Padded'; ' Email ' = 'padded@rows.example'; "$([char] 0xA0)Title" = 'T'; "$([char] 0xFEFF)Score" = '7'
            'Tags ' = 'x; y'; ' City' = 'Paris'; "Email2`t" = 'second@rows.example'
        }
        $person = $row | New-CopperPerson -WarningVariable warnings
        $person.Emails.Email | Should -Be 'padded@rows.example', 'second@rows.example'
        $person.Title, $person.CustomFields['Score'], ($person.Tags -join '; '), $person.Address.City | Should -Be 'T', 7, 'x; y', 'Paris'
        $warnings | Should -BeNullOrEmpty
        [pscustomobject]@{ ' Id' = $person.Id; 'Title ' = 'New' } | Set-CopperPerson
        (Get-CopperPerson $person.Id).Title | Should -Be 'New'
        $made = [pscustomobject]@{ Name = 'Padded'; ' City ' = 'Rome' } | New-CopperHubOrganisation
        $made.City | Should -Be 'Rome'
    }

    It 'of what a New- cmdlet needs may be padded, and stand in a hashtable: <cmdlet>' -ForEach $needed {
        $made = [pscustomobject]$row | & $cmdlet
        $made.$shown | Should -Be $expected
        $hashtable = @{}
        foreach ($key in $row.Keys) { $hashtable[$key.Trim()] = $row[$key] }
        if ($hashtable.Target) { $hashtable.Target += '/second' }
        ($hashtable | & $cmdlet).$shown | Should -Be $expected
    }

    It 'that are missing are an error that names the row and its headings: <cmdlet>' -ForEach $needed {
        Clear-SandboxJournal $sandbox
        $bad = [ordered]@{ 'Nume' = 'x' }
        foreach ($key in $row.Keys) { if ($key.Trim() -ne $missing) { $bad[$key.Trim()] = $row[$key] } }
        $given = [pscustomobject]$bad
        # All rows of a file lack the column, so that the pipeline ends.
        $problems = @(try { $given | & $cmdlet -WarningAction SilentlyContinue } catch { $_ })
        $problems | Should -HaveCount 1
        "$problems" | Should -BeLike (
            "The row has no column $missing, and *needs one (columns: Nume*). A value for all rows is given with -$missing. " +
            'The * was not *')
        $problems[0].TargetObject | Should -Be $given
        $bad[$missing] = ' '
        [pscustomobject]$bad | & $cmdlet -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        "$problems" | Should -Match ("The $missing of the row is empty, and .*needs one\. The .* was not |" +
            "'$missing'\. ' ' is empty\. There are: .*It is in the row with")
        Get-Written | Should -BeNullOrEmpty
    }

    It 'that are missing everywhere are an error of the command line: <cmdlet>' -ForEach $needed {
        & $cmdlet -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -Match "$cmdlet [-']" -Because 'it shows what to type'
    }

    It 'that are the same twice are an error' {
        Clear-SandboxJournal $sandbox
        [pscustomobject]@{ Name = 'Twice'; Email = 'a@rows.example'; ' Email' = 'b@rows.example' } |
            New-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike "*two columns of one name: 'Email' and ' Email'*Twice*"
        Get-Written | Should -BeNullOrEmpty
    }

    It 'that are spelled almost as one that is read are an error, and those that nothing reads are named in a warning' {
        { [pscustomobject]@{ Name = 'Spelled'; 'e-mail' = 'c@rows.example' } | New-CopperPerson } |
            Should -Throw "*'e-mail' (is Email meant?)*"
        { [pscustomobject]@{ Name = 'Spelled'; 'Country ' = 'x'; 'Post-code' = '1' } | New-CopperHubOrganisation } |
            Should -Throw "*'Post-code' (is Postcode meant?)*"
        $null = [pscustomobject]@{ Name = 'Spelled'; Email = 'c@rows.example'; 'e-mail' = 'd@rows.example'; Nothing = 1 },
        [pscustomobject]@{ Name = 'Spelled'; Email = 'e@rows.example'; Nothing = 1 } |
            New-CopperPerson -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*e-mail (is Email meant?)*Nothing*'
    }
}

Describe 'A value that is no text: <value>' -ForEach $noText {
    It 'is no name, in a row or typed' {
        Clear-SandboxJournal $sandbox
        [pscustomobject]@{ Name = $value } | New-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
        [pscustomobject]@{ Name = $value } | New-CopperTask -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
        [pscustomobject]@{ Name = $value } | New-CopperHubOrganisation -ErrorVariable problems -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
        @{ Name = $value } | New-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
        # A typed script block would be run.
        if ($value -isnot [scriptblock]) { { New-CopperCompany -Name $value } | Should -Throw '*is no text*' }
        Get-Written | Should -BeNullOrEmpty
    }
}

Describe 'Percentages' {
    It 'have no sign, in the win probability and in custom fields alike' {
        Clear-SandboxJournal $sandbox
        { New-CopperOpportunity x -WinProbability '50%' } | Should -Throw
        Set-CopperOpportunity 30000001 -CustomField @{ Discount = '50%' } -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike '*number without a sign*50*'
        [pscustomobject]@{ Id = 30000001; Discount = '50 %' } | Set-CopperOpportunity -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        Get-Written | Should -BeNullOrEmpty
    }

    It 'of a custom field may be above 100' {
        $deal = Set-CopperOpportunity 30000001 -CustomField @{ Discount = 150 } -PassThru
        $deal.CustomFields['Discount'] | Should -Be 150
        Set-CopperOpportunity 30000001 -WinProbability 150 -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike '*0 to 100*'
    }
}

Describe 'Several values in one cell' {
    It 'are separated by semicolons; a comma within an address of the web is a part of it' {
        $rows = [pscustomobject]@{ Name = 'One'; Website = 'https://a.example/x,y'; Phone = '555-0100, ext. 2' },
        [pscustomobject]@{ Name = 'Two'; Website = 'https://a.example; https://b.example'; Email = 'one@cells.example; two@cells.example' }
        $one, $two = $rows | New-CopperPerson
        $one.Websites.Url | Should -Be 'https://a.example/x,y'
        $one.PhoneNumbers.Number | Should -Be '555-0100, ext. 2'
        $two.Websites.Url | Should -Be 'https://a.example', 'https://b.example'
        $two.Emails.Email | Should -Be 'one@cells.example', 'two@cells.example'
    }

    It 'with a comma between them are an error that shows the semicolon' {
        Clear-SandboxJournal $sandbox
        [pscustomobject]@{ Name = 'Three'; Website = 'https://a.example, https://b.example' },
        [pscustomobject]@{ Name = 'Four'; Email = 'c@cells.example,d@cells.example' }, [pscustomobject]@{
            Name = 'Five'; Social = 'https://x.com/a, https://x.com/b'
        } |
            New-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount 3
        "$($problems[0])" | Should -BeLike "*'https://a.example; https://b.example'*Three*"
        "$($problems[1])" | Should -BeLike "*'c@cells.example; d@cells.example'*Four*"
        Get-Written | Should -BeNullOrEmpty
    }
}

Describe 'What the record has already' {
    BeforeAll {
        # As another program wrote it.
        $person = New-CopperPerson 'Stored' -Email stored@cells.example -Property @{
            phone_numbers = @(@{ number = '4.4E+11'; category = 'work' }, @{ number = '555-0101'; category = 'mobile' })
        }
    }

    It 'is no error in a row, as a <_>' -ForEach 'flat record', 'record' {
        $row = if ($_ -eq 'record') { Get-CopperPerson $person.Id | ConvertTo-Row } else {
            Get-CopperPerson $person.Id | ConvertTo-CopperFlatRecord | ConvertTo-Row
        }
        $row.Title = "As a $_"
        $changed = $row | Set-CopperPerson -PassThru -ErrorAction Stop
        $changed.Title | Should -Be "As a $_"
        $changed.PhoneNumbers.Number | Should -Be '4.4E+11', '555-0101'
        $changed.PhoneNumbers.Category | Should -Be 'work', 'mobile'
    }

    It 'is an error when it is edited to something like it' {
        $row = Get-CopperPerson $person.Id | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.Phone = '4.5E+11'
        $row | Set-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike "*person $($person.Id)*'4.5E+11' is no phone number*"
        (Get-CopperPerson $person.Id).PhoneNumbers.Number | Should -Be '4.4E+11', '555-0101'
    }

    It 'of a lead, too' {
        [pscustomobject]@{ Id = 20000001; Email = 'nobody' } | Set-CopperLead -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike "*lead 20000001*'nobody' is not an e-mail address*"
    }

    It 'in a word that the module does not know, or a reason for losing that an open deal has' {
        Set-CopperOpportunity 30000002 -Status Lost -LossReason (Get-CopperLossReason)[0]
        Set-CopperOpportunity 30000002 -Property @{ status = 'Open' }
        $row = Get-CopperOpportunity 30000002 | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.Name = 'Renamed'
        $row | Set-CopperOpportunity -ErrorAction Stop
        (Get-CopperOpportunity 30000002).Name | Should -Be 'Renamed'
        $row = Get-CopperOpportunity 30000001 | ConvertTo-CopperFlatRecord | ConvertTo-Row
        $row.Priority = 'Urgent'
        $row | Set-CopperOpportunity -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike '*Urgent*not known*'
    }
}

Describe 'A row with an id' {
    It 'is not created again: <_>' -ForEach $ofHub {
        $row = [pscustomobject]@{ Id = 1; Name = 'Again'; ProjectId = 1; OrganisationId = 1; TaskId = 1; Body = 'Again' }
        $row | & $_ -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue |
            Should -BeNullOrEmpty
        "$problems" | Should -BeLike '*The row has the Id 1*remove or rename the column*'
    }

    It 'of another system is an error that says what to do' {
        Clear-SandboxJournal $sandbox
        [pscustomobject]@{ Id = 90210; Name = 'Elsewhere' } | New-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike '*another system*remove or rename the column*'
        Get-Written | Should -BeNullOrEmpty
    }
}

Describe 'The CRM and the CopperHub' {
    It 'share no records: <_> from a Hub' -ForEach $ofCrm {
        Clear-SandboxJournal $sandbox
        foreach ($given in (Get-CopperHubOrganisation 1), (Get-CopperHubProject 1), (Get-CopperHubOrganisation 1 | ConvertTo-Row)) {
            $typed = if ($_ -eq 'New-CopperActivity') { @{ Details = 'x' } } else { @{ Name = 'x' } }
            $given | & $_ @typed -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
        }
        Get-Written | Should -BeNullOrEmpty
    }

    It 'share no records: <_> from the CRM' -ForEach $ofHub {
        $before = (Get-CopperHubSession).RequestCount
        foreach ($given in (Get-CopperCompany -First 1), (Get-CopperProject -First 1),
            (Get-CopperCompany -First 1 | ConvertTo-CopperFlatRecord)) {
            $typed = if ($_ -like '*Comment') { @{ Body = 'x' } } else { @{ Name = 'x' } }
            $given | & $_ @typed -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems | Should -HaveCount 1
            # A status of the CRM is none of the CopperHub.
            $problems[0].FullyQualifiedErrorId | Should -Match '^(CopperEntityMismatch|ParameterArgumentTransformationError),'
        }
        (Get-CopperHubSession).RequestCount | Should -Be $before
    }
}

Describe 'Columns that nobody can write' {
    It 'are no news in an exported file that nobody edited' {
        Get-CopperPerson -First 5 | ConvertTo-CopperFlatRecord | ConvertTo-Row | Set-CopperPerson -WarningVariable warnings
        Get-CopperPerson -First 5 | ConvertTo-Row | Set-CopperPerson -WarningVariable +warnings
        $warnings | Should -BeNullOrEmpty
    }

    It 'are named once when they were edited' {
        $rows = @(Get-CopperPerson -First 3 | ConvertTo-CopperFlatRecord | ConvertTo-Row)
        foreach ($row in $rows) { $row.InteractionCount = 4711; $row.Title = 'Edited' }
        $rows | Set-CopperPerson -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*not written*differs*InteractionCount*'
    }

    It 'are named once where nothing is there to compare them with' {
        $null = [pscustomobject]@{ Name = 'x'; DateCreated = '2020-01-01'; InteractionCount = 2 } |
            New-CopperCompany -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*not written: InteractionCount, DateCreated*'
    }

    It 'are no news in an exported row of a CopperHub that nobody edited: <_>' -ForEach 'Organisation', 'Project', 'Task' {
        $row = & "Get-CopperHub$_" 1 | ConvertTo-Row
        $row | & "Set-CopperHub$_" -WarningVariable warnings -ErrorVariable problems
        $warnings | Should -BeNullOrEmpty
        $problems | Should -BeNullOrEmpty
        if ($_ -ne 'Organisation') {
            $row.PercentComplete = '73'
            $row | & "Set-CopperHub$_" -WarningVariable warnings -WarningAction SilentlyContinue
            "$warnings" | Should -BeLike '*not written, and the row differs there from *1: PercentComplete*'
        }
    }

    It 'but stand in a parameter that rows do not fill are named with it' {
        $row = Get-CopperCustomFieldDefinition Score | ConvertTo-Row
        $row | Set-CopperCustomFieldDefinition -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $row.AvailableOn = 'lead'
        $row | Set-CopperCustomFieldDefinition -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*differs there*: AvailableOn. *give the value with -AvailableOn.'
    }
}

Describe 'The owner of a record in a CopperHub' {
    It 'is read from the column OwnerId, as the export has it: <noun>' -ForEach @(
        @{ noun = 'Project'; parent = @{ OrganisationId = 1 } }
        @{ noun = 'Task'; parent = @{ ProjectId = 1 } }
    ) {
        $row = [pscustomobject](@{ Name = 'Owned'; OwnerId = 2; StartDate = 'today' } + $parent)
        $made = $row | & "New-CopperHub$noun" -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $made.OwnerId | Should -Be 2
        $made.StartDate | Should -Be ([datetime]::Today)
        ([pscustomobject]@{ Id = $made.Id; OwnerId = 1 } | & "Set-CopperHub$noun" -PassThru).OwnerId | Should -Be 1
    }
}

Describe 'Dates of another culture' {
    It 'are an error that tells of those before it' {
        $rows = 'a,3/4/2027', 'b,13/4/2027' | ConvertFrom-Csv -Header Name, DueDate
        $made = $rows | New-CopperTask -ErrorVariable problems -ErrorAction SilentlyContinue
        $made.Name | Should -Be 'a'
        "$problems" | Should -BeLike "*another order than your culture (en-US)*check them*the Name 'b'*"
        [pscustomobject]@{ Id = 1; Birthday = '31.12.2020' } | Set-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike '*another order*'
    }
}

Describe 'Times of an export in UTC' {
    It 'are read as UTC without the column DateCreated, too' {
        $task = New-CopperTask 'In UTC' -DueDate '2027-04-03T10:00:00Z'
        $row = $task | ConvertTo-CopperFlatRecord -Utc | Select-Object * -ExcludeProperty DateCreated | ConvertTo-Row
        Clear-SandboxJournal $sandbox
        $row | Set-CopperTask
        Get-Written | Should -BeNullOrEmpty
    }
}

Describe 'Ids' {
    It 'that are too large are an error that says so' {
        foreach ($id in '99999999999999999999', [bigint]::Parse('99999999999999999999')) {
            Get-CopperPerson $id -ErrorVariable problems -ErrorAction SilentlyContinue
            "$problems" | Should -BeLike '*larger than any id*'
        }
    }

    It 'with a character that nobody sees are shown with it, in the advice too' {
        Get-CopperPerson "7$([char] 0x200B)" -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike "*'7\u200B' is no person*"
        $problems[0].ErrorDetails.RecommendedAction | Should -BeLike "*'7\u200B'*"
    }
}

Describe 'A file that was read in another way than it was written' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'ends <command> with one error that says how to read it: <headings>' -ForEach @(
        foreach ($command in 'New-CopperPerson', 'Set-CopperPerson', 'Remove-CopperPerson', 'New-CopperHubOrganisation') {
            @{ command = $command; headings = 'Id;Name'; advice = "*Import-Csv -Delimiter ';'*" }
            @{ command = $command; headings = "Id`tName"; advice = '*Import-Csv -Delimiter "?t"*' }
            @{ command = $command; headings = "I$([char]0)d$([char]0)"; advice = '*Import-Csv -Encoding Unicode*' }
        }
    ) {
        $rows = foreach ($n in 1..3) { [pscustomobject] @{ $headings = "$n;x" } }
        { $rows | & $command -Confirm:$false -ErrorAction SilentlyContinue } | Should -Throw -ExpectedMessage $advice
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'with the line sep=; of Excel shows how to leave that out' {
        $rows = 'sep=;', 'Name;City', 'Ada;Rome' | ConvertFrom-Csv
        { $rows | New-CopperPerson } | Should -Throw -ExpectedMessage "*Select-Object -Skip 1 | ConvertFrom-Csv -Delimiter ';'*"
    }

    It 'writes no text that could not be read: <what>' -ForEach @(
        @{ what = 'a file of Windows read as UTF-8'; text = "K$([char]0xFFFD)ln"; advice = '*column City*-Encoding 1252*' }
        @{ what = 'UTF-8 read as a file of Windows'; text = "K$([char]0xC3)$([char]0xB6)ln"; advice = '*column City*-Encoding UTF8*' }
    ) {
        [pscustomobject] @{ Name = 'Damaged'; City = $text } | New-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        [pscustomobject] @{ Id = 5; City = $text } | Set-CopperPerson -ErrorVariable +problems -ErrorAction SilentlyContinue
        [pscustomobject] @{ Name = 'Damaged'; City = $text } |
            New-CopperHubOrganisation -ErrorVariable +problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 3
        foreach ($problem in $problems) { "$problem" | Should -BeLike $advice }
        $plan = [pscustomobject] @{ Name = 'Damaged'; City = $text } | Import-CopperRecord -Entity Person -MatchOn Name -PlanOnly
        $plan.Action | Should -Be 'Hold'
        $plan.Reason | Should -BeLike $advice
        @(Get-SandboxJournal $sandbox | Where-Object { $_.method -notin 'GET' -and $_.path -notlike '*/search' }) | Should -BeNullOrEmpty
    }

    It 'leaves a record alone that has such a text from elsewhere' {
        $text = "K$([char]0xFFFD)ln"
        $record = New-CopperPerson 'Long damaged' -City $text -Title 'CEO'
        Clear-SandboxJournal $sandbox
        $row = $record | ConvertTo-CopperFlatRecord | ConvertTo-Csv | ConvertFrom-Csv
        $row | Set-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        $row.Title = 'CTO'
        $row | Set-CopperPerson -ErrorVariable +problems -ErrorAction SilentlyContinue
        $problems | Should -BeNullOrEmpty
        Get-SandboxJournal $sandbox | Where-Object method -EQ PUT | ForEach-Object body | Should -Be '{"title":"CTO"}'
    }
}

Describe 'A command without what it needs' {
    It 'shows what to type: <command>' -ForEach @(
        @{ command = 'New-CopperTask'; shown = 'A task needs a name: New-CopperTask -Name <name>.*' }
        @{
            command = 'New-CopperCustomFieldDefinition'
            shown   = 'A custom field definition needs a name and a data type: *-Name <name> -DataType <data type>*'
        }
        @{ command = 'Register-CopperWebhook'; shown = 'A subscription needs a target, a type and an event: Register-CopperWebhook *' }
        @{ command = 'New-CopperLead'; shown = "*must have a name*For example: New-CopperLead 'Ada Lovelace'" }
    ) {
        & $command -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike $shown
    }

    It 'asks once what the new records are called, however many are piped' {
        Clear-SandboxJournal $sandbox
        { 1..3 | ForEach-Object { [Copper.Client.Models.CopperPerson] @{ Id = $_; Name = 'Ada' } } | New-CopperTask } |
            Should -Throw -ExpectedMessage 'What is the new task called?*its own name is not taken. Nothing was sent.'
        { 1..3 | ForEach-Object { [Copper.Client.Models.CopperPerson] @{ Id = $_; Name = 'Ada' } } | New-CopperTask '' } |
            Should -Throw -ExpectedMessage '-Name is empty, and a task must have a name. Give one.'
        { 1..3 | ForEach-Object { [Copper.Client.Models.CopperPerson] @{ Id = $_; Name = 'Ada' } } | New-CopperActivity } |
            Should -Throw -ExpectedMessage 'What was done with*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }
}

Describe 'A heading that other programs write' {
    It 'is an error that says what to do, and nothing is sent' {
        $row = [pscustomobject] @{ Name = 'Ada Lovelace'; 'Job title' = 'Countess'; 'Zip code' = '8001' }
        { $row | New-CopperPerson -WhatIf -ErrorAction Stop } |
            Should -Throw "*'Job title' (is Title meant?), 'Zip code' (is PostalCode meant?)*Import-CopperRecord takes*"
    }
}

Describe 'Import-CopperRecord -Culture' {
    BeforeAll {
        $culture = [cultureinfo]::CurrentCulture
        [cultureinfo]::CurrentCulture = 'en-US'
        $row = [pscustomobject] @{ Name = "Deal $([guid]::NewGuid())"; CloseDate = '31.12.2027' }
    }

    AfterAll { [cultureinfo]::CurrentCulture = $culture }

    It 'is what the held row names, and reads its day' {
        $held = $row | Import-CopperRecord Opportunity -MatchOn Name -PlanOnly
        "$($held.Action)" | Should -Be Hold
        $held.Reason | Should -BeLike '*your culture (en-US)*Import-CopperRecord -Culture en-GB reads a file of such dates.'
        $step = $row | Import-CopperRecord Opportunity -MatchOn Name -PlanOnly -Culture en-GB
        "$($step.Action)" | Should -Be Create
        "$($step.Changes)" | Should -BeLike "*CloseDate: nothing -> '2027-12-31'*"
        { $row | Import-CopperRecord Opportunity -MatchOn Name -PlanOnly -Culture qq-QQ } | Should -Throw "*'qq-QQ' is no culture*"
    }
}
