BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0 }
    # So that the journal shows what a test sends, without the definitions of the custom fields before it.
    $null = Get-CopperCustomFieldDefinition

    function Get-Sent([string] $Pattern) { @(Get-SandboxRequest $sandbox | Where-Object { $_ -match $Pattern }) }

    # The service does not find by its address what was written a moment ago.
    $lag = @{
        kind = 'status'; status = 404; body = '{"success":false,"status":404,"message":"Resource not found"}'
        match = @{ path = 'fetch_by_email' }; times = -1
    }
    $lost = @{ kind = 'reset-after'; match = @{ method = 'POST'; path = '^/people$' }; times = 1 }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Sync-CopperPerson' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $problems = @()
        Clear-SandboxJournal $sandbox
    }

    It 'creates a person where nobody has the address, and changes it the next time' {
        $made = Sync-CopperPerson Ada -Email ada@sync.example -Title Countess
        Get-SandboxRequest $sandbox | Should -Be 'POST /people/fetch_by_email {"email":"ada@sync.example"}',
        'POST /people {"name":"Ada","emails":[{"email":"ada@sync.example","category":"work"}],"title":"Countess"}'
        $changed = Sync-CopperPerson 'Ada L.' -Email ADA@sync.example -Details x
        Get-SandboxRequest $sandbox |
            Should -Be 'POST /people/fetch_by_email {"email":"ADA@sync.example"}',
            "PUT /people/$($made.Id) {`"name`":`"Ada L.`",`"details`":`"x`"}"
        $changed.Id | Should -Be $made.Id
        $changed.Name, $changed.Title, $changed.Details | Should -Be 'Ada L.', 'Countess', 'x'
    }

    It 'finds a person by any of the addresses, and takes none away nor changes its category' {
        Set-CopperPerson 1 -Email @{ Email = 'one@sync.example'; Category = 'personal' }, 'two@sync.example'
        $null = Sync-CopperPerson -Email two@sync.example -Title x
        (Sync-CopperPerson -Email three@sync.example, two@sync.example).Id | Should -Be 1
        $person = Get-CopperPerson 1
        $person.Title | Should -Be x
        $person.Emails.Email | Should -Be 'one@sync.example', 'two@sync.example', 'three@sync.example'
        $person.Emails.Category | Should -Be 'personal', 'work', 'work'
    }

    It 'writes nothing where there is nothing to change, and outputs the person' {
        $null = New-CopperPerson Ada -Email ada@sync.example
        Clear-SandboxJournal $sandbox
        (Sync-CopperPerson -Email ada@sync.example).Name | Should -Be 'Ada'
        Get-Sent '^(PUT|POST /people )' | Should -BeNullOrEmpty
    }

    It 'leaves the addresses alone of a person who was found by all that are given, whatever the service shows of them' {
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 200; body = '{"id":1,"name":"Ada","emails":null}'; match = @{ path = 'fetch_by_email' }; times = -1
        }
        $null = Sync-CopperPerson -Email ada@sync.example, ada@home.example -Title x
        Get-Sent '^PUT ' | Should -Be 'PUT /people/1 {"title":"x"}'
    }

    It 'names the people when several match, and changes none' {
        $twins = 1, 2 | ForEach-Object { New-CopperPerson "Twin $_" -Email "twin$_@sync.example" }
        Clear-SandboxJournal $sandbox
        Sync-CopperPerson Changed -Email twin1@sync.example, twin2@sync.example -ErrorVariable problems -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperSeveralMatches,*'
        foreach ($twin in $twins) { "$($problems[0])" | Should -Match $twin.Id }
        Get-Sent '^(PUT|POST /people )' | Should -BeNullOrEmpty
        (Get-CopperPerson $twins.Id).Name | Should -Be 'Twin 1', 'Twin 2'
    }

    It 'takes rows of a file: an empty cell is not given, and a row without an address is an error about that row' {
        $rows = "Name,Email,City,Tag`nAda,ada@csv.example,London,a;b`nBob,bob@csv.example,,`nNobody,,,`n,fred@csv.example,," |
            ConvertFrom-Csv
        $people = @($rows | Sync-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue)
        $people.Name | Should -Be 'Ada', 'Bob'
        $people[0].Address.City | Should -Be 'London'
        $people[0].Tags | Should -Be 'a', 'b'
        $problems | Should -HaveCount 2
        $problems[0].TargetObject.Name | Should -Be 'Nobody'
        $problems[1].TargetObject.Email | Should -Be 'fred@csv.example'
        "$($problems[1])" | Should -BeLike '*must have a name*'
        (@($rows[0, 1] | Sync-CopperPerson)).Id | Should -Be $people.Id
    }

    It 'finds with the second row what the first created, although the service does not yet: <limit> at once' -TestCases @(
        @{ limit = 1 }
        @{ limit = 8 }
    ) {
        Set-SandboxFault $sandbox $lag
        $rows = "Name,Email,Title`nAda,ada@lag.example,First`nBob,bob@lag.example,`nAda,ADA@lag.example,Second`nAda,ada@lag.example,Third" |
            ConvertFrom-Csv
        $people = @($rows | Sync-CopperPerson -ThrottleLimit $limit)
        $people.Name | Should -Be 'Ada', 'Bob', 'Ada', 'Ada'
        $people[0, 2, 3].Id | Sort-Object -Unique | Should -HaveCount 1
        Get-Sent '^POST /people ' | Should -HaveCount 2
        (Get-CopperPerson $people[0].Id).Title | Should -Be 'Third'
    }

    It 'finds with a later row what an earlier one added to a person' {
        Set-CopperPerson 1 -Email one@lag.example
        $rows = [pscustomobject]@{ Email = 'one@lag.example;new@lag.example' }, [pscustomobject]@{ Name = 'One'; Email = 'new@lag.example' }
        Set-SandboxFault $sandbox (@{ kind = 'status'; status = 404; match = @{ path = 'fetch_by_email'; after = 2 }; times = -1 })
        ($rows | Sync-CopperPerson).Id | Should -Be 1, 1
        Get-Sent '^POST /people ' | Should -BeNullOrEmpty
    }

    It 'says that the outcome of a creation is unknown, and creates none for a later row with the address' {
        Set-SandboxFault $sandbox $lag, $lost
        $rows = "Name,Email`nAda,ada@unknown.example`nAda,ada@unknown.example`nBob,bob@unknown.example" | ConvertFrom-Csv
        $people = @($rows | Sync-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue)
        $people.Name | Should -Be 'Bob'
        $problems | Should -HaveCount 2
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperOutcomeUnknown,*'
        "$($problems[1])" | Should -BeLike '*ada@unknown.example*unknown*'
        Get-Sent '^POST /people .*Ada' | Should -HaveCount 1
    }

    It 'changes with the later row the person whose creation was unknown, once the service finds it' {
        Set-SandboxFault $sandbox $lost
        $rows = "Name,Email,Title`nAda,ada@unknown.example,`nAda,ada@unknown.example,Countess" | ConvertFrom-Csv
        $people = @($rows | Sync-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue)
        $people.Title | Should -Be 'Countess'
        $problems | Should -HaveCount 1
        Get-Sent '^POST /people ' | Should -HaveCount 1
    }

    It 'writes nothing when the address cannot be looked up, and goes on' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 503; match = @{ path = 'fetch_by_email' }; times = 1 }
        $rows = "Name,Email`nAda,ada@down.example`nBob,bob@down.example" | ConvertFrom-Csv
        $people = @($rows | Sync-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue)
        $people.Name | Should -Be 'Bob'
        $problems[0].TargetObject.Email | Should -Be 'ada@down.example'
        Get-Sent '^POST /people ' | Should -HaveCount 1
    }

    It 'merges a part of the address and of the name with what the person has' {
        Set-CopperPerson 1 -Name 'Ada Lovelace' -Email ada@sync.example -Address @{ Street = '1 Way'; City = 'London' }
        $person = Sync-CopperPerson -Email ada@sync.example -City Paris -LastName Byron
        $person.Address.Street, $person.Address.City | Should -Be '1 Way', 'Paris'
        $person.Name | Should -Be 'Ada Byron'
        (Sync-CopperPerson -Email new@sync.example -FirstName Grace -LastName Hopper -City Arlington).Name | Should -Be 'Grace Hopper'
    }

    It 'gives a new person the company, and moves one that is there' {
        $other = (Get-CopperPerson 2).CompanyId
        (Sync-CopperPerson Ada -Email ada@sync.example -Company $other).CompanyId | Should -Be $other
        Set-CopperPerson 1 -Email one@sync.example
        (Sync-CopperPerson -Email one@sync.example -Company $other).CompanyId | Should -Be $other
        (Sync-CopperPerson -Email one@sync.example -Company $null).CompanyId | Should -BeNullOrEmpty
    }

    It 'writes nothing with -WhatIf, and says what it would do' {
        Set-CopperPerson 1 -Name 'Ada Lovelace' -Email ada@sync.example
        Clear-SandboxJournal $sandbox
        $log = Join-Path $TestDrive 'log.txt'
        Start-Transcript $log | Out-Null
        Sync-CopperPerson -Email ada@sync.example -Title x -City Rome -WhatIf
        Sync-CopperPerson Grace -Email grace@sync.example -WhatIf
        Stop-Transcript | Out-Null
        $text = Get-Content $log -Raw
        $text | Should -BeLike '*"Set Title to ''x'', City to ''Rome''" on target "person 1 (Ada Lovelace)"*'
        $text | Should -BeLike '*"Create with Name ''Grace'', Email ''grace@sync.example*''" on target "person ''Grace''"*'
        Get-SandboxRequest $sandbox | Where-Object { $_ -notmatch 'fetch_by_email' } | Should -BeNullOrEmpty
    }

    It 'refuses <what> before anything is written' -TestCases @(
        @{ what = 'no address'; call = { Sync-CopperPerson Ada } }
        @{ what = 'an empty list of addresses'; call = { Sync-CopperPerson Ada -Email @() } }
        @{ what = 'a new person without a name'; call = { Sync-CopperPerson -Email nobody@sync.example } }
        @{
            what = 'a company that is a person'
            call = { Sync-CopperPerson Ada -Email nobody@sync.example -Company ([Copper.Client.Models.CopperPerson]@{ Id = 3 }) }
        }
        @{ what = 'input that says nothing'; call = { 'ada@sync.example' | Sync-CopperPerson } }
        @{ what = 'a field given twice'; call = { Sync-CopperPerson Ada -Email nobody@sync.example -Property @{ emails = @() } } }
    ) {
        $ErrorActionPreference = 'Stop'
        { & $call } | Should -Throw
        Get-Sent '^(PUT|POST /people )' | Should -BeNullOrEmpty
    }

    Context 'with rows' {
        It 'reads every column that New-CopperPerson does, and names one that is none' {
            $row = [pscustomobject]@{
                Name = 'Ada'; Email = 'a@row.example'; Email2 = 'b@row.example'; Phone = '1'; Phone2 = '2'; Tags = 'x; y'
                Websites = 'https://a.example'; Score = 5; Bogus = 'z'
            }
            $made = $row | Sync-CopperPerson -WarningVariable warnings -WarningAction SilentlyContinue
            $made.Emails.Email | Should -Be 'a@row.example', 'b@row.example'
            $made.PhoneNumbers.Number | Should -Be '1', '2'
            $made.Tags | Should -Be 'x', 'y'
            $made.Websites.Url | Should -Be 'https://a.example'
            ($made.CustomFields | Where-Object Name -EQ Score).Value | Should -Be 5
            $warnings | Should -HaveCount 1
            "$warnings" | Should -BeLike '*not used: Bogus.'
        }

        It 'reads every column that Set-CopperPerson does, and keeps what the row does not show' {
            Set-CopperPerson 1 -Email old@row.example -PhoneNumber '1', '2'
            $row = [pscustomobject]@{
                Email = 'new@row.example'; Email2 = 'old@row.example'; Phone2 = '3'; Tags = 'x; y'; Score = 6; Bogus = 'z'
            }
            $changed = $row | Sync-CopperPerson -WarningVariable warnings -WarningAction SilentlyContinue
            $changed.Id | Should -Be 1
            $changed.Emails.Email | Should -Be 'old@row.example', 'new@row.example'
            $changed.PhoneNumbers.Number | Should -Be '1', '3'
            $changed.Tags | Should -Be 'x', 'y'
            ($changed.CustomFields | Where-Object Name -EQ Score).Value | Should -Be 6
            "$warnings" | Should -BeLike '*not used: Bogus.'
        }

        It 'takes the exported row of a person with a company: only what was edited is sent' {
            $person = Get-CopperPerson | Where-Object { $_.CompanyId -and $_.Emails.Count } | Select-Object -First 1
            $row = $person | ConvertTo-CopperFlatRecord | ConvertTo-Csv | ConvertFrom-Csv
            ($row | Sync-CopperPerson).Id | Should -Be $person.Id
            Get-Sent '^(PUT|POST /people )' | Should -BeNullOrEmpty
            $row.Title = 'Edited'
            $null = $row | Sync-CopperPerson
            Get-Sent '^(PUT|POST /people )' | Should -Be "PUT /people/$($person.Id) {`"title`":`"Edited`"}"
        }

        It 'creates a person in the company whose id the row shows' {
            $person = Get-CopperPerson | Where-Object { $_.CompanyId -and $_.Emails.Count } | Select-Object -First 1
            $row = $person | ConvertTo-CopperFlatRecord
            $row.Email = 'another@row.example'
            foreach ($column in 'Email2', 'Email3') { $row.$column = $null }
            $made = $row | Sync-CopperPerson
            $made.Id | Should -Not -Be $person.Id
            $made.CompanyId | Should -Be $person.CompanyId
        }

        It 'moves the person to the company whose id was edited' {
            $person = Get-CopperPerson | Where-Object { $_.CompanyId -and $_.Emails.Count } | Select-Object -First 1
            $other = (Get-CopperCompany | Where-Object Id -NE $person.CompanyId | Select-Object -First 1).Id
            $row = $person | ConvertTo-CopperFlatRecord
            $row.CompanyId = $other
            ($row | Sync-CopperPerson).CompanyId | Should -Be $other
        }

        It 'takes columns that were selected from a record' {
            $lead = Get-CopperLead 20000001
            ($lead | Select-Object Name, Title, @{ n = 'Email'; e = { 'selected@row.example' } } | Sync-CopperPerson).Name |
                Should -Be $lead.Name
        }
    }

    It 'refuses <what>, and sends nothing' -TestCases @(
        @{ what = 'a company'; id = 'CopperEntityMismatch'; get = { Get-CopperCompany -First 1 } }
        @{ what = 'a lead'; id = 'CopperEntityMismatch'; get = { Get-CopperLead 20000001 } }
        @{
            what = 'the flat row of a company'; id = 'CopperEntityMismatch'
            get = { Get-CopperCompany -First 1 | ConvertTo-CopperFlatRecord }
        }
        @{
            what = 'the row of a file of leads'; id = 'CopperEntityMismatch'
            get = { Get-CopperLead 20000001 | ConvertTo-CopperFlatRecord | ConvertTo-Csv | ConvertFrom-Csv }
        }
        @{
            what = 'columns of a lead with its id'; id = 'CopperEntityMismatch'
            get = { Get-CopperLead 20000001 | Select-Object Id, Name, Email }
        }
        @{ what = 'a person'; id = 'CopperInvalidArgument'; get = { Get-CopperPerson 1 } }
    ) {
        $record = & $get
        Clear-SandboxJournal $sandbox
        $record | Sync-CopperPerson -Email kind@row.example -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike "$id,*"
        $problems[0].TargetObject | Should -Be $record
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'refuses <what> before an address is looked up' -TestCases @(
        @{
            what = 'the name of nobody as assignee'; call = { Sync-CopperPerson Ada -Email a@row.example -Assignee 'No such user' }
            id = 'CopperUnknownName'
        }
        @{
            what = 'the name of nobody without an address'; call = { Sync-CopperPerson Ada -Assignee 'No such user' }
            id = 'CopperUnknownName'
        }
        @{
            what = 'the name of nobody in a row'
            call = { [pscustomobject]@{ Email = 'a@row.example'; Assignee = 'No such user' } | Sync-CopperPerson }; id = 'CopperUnknownName'
        }
        @{
            what = 'a custom field that is none'
            call = { Sync-CopperPerson Ada -Email a@row.example -CustomField @{ 'No such field' = 1 } }; id = 'Copper*'
        }
        @{
            what = 'addresses in -Property'
            call = { [pscustomobject]@{ Email = 'a@row.example' } | Sync-CopperPerson -Property @{ emails = @() } }
            id   = 'CopperInvalidArgument'
        }
    ) {
        $ErrorActionPreference = 'Continue'
        $output = @(try { & $call 2>&1 } catch { $_ })
        $output | Should -HaveCount 1
        $output[0].FullyQualifiedErrorId | Should -BeLike "$id,*"
        Get-Sent 'fetch_by_email|^PUT|^POST /people ' | Should -BeNullOrEmpty
    }
}

Describe 'Sync-CopperLead with rows' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $problems = @()
        Clear-SandboxJournal $sandbox
    }

    It 'reads every column that New-CopperLead does, and names one that is none' {
        $row = [pscustomobject]@{
            Name = 'Ada'; Email = 'a@row.example'; Phone = '1'; Phone2 = '2'; Tags = 'x; y'; Company = 'Engines'; Score = 5; Bogus = 'z'
        }
        $made = $row | Sync-CopperLead -MatchEmail -WarningVariable warnings -WarningAction SilentlyContinue
        $made.PhoneNumbers.Number | Should -Be '1', '2'
        $made.Tags | Should -Be 'x', 'y'
        $made.CompanyName | Should -Be 'Engines'
        ($made.CustomFields | Where-Object Name -EQ Score).Value | Should -Be 5
        "$warnings" | Should -BeLike '*not used: Bogus.'
    }

    It 'refuses <what>, and sends nothing' -TestCases @(
        @{ what = 'a person'; id = 'CopperEntityMismatch'; get = { Get-CopperPerson 1 } }
        @{ what = 'the flat row of a person'; id = 'CopperEntityMismatch'; get = { Get-CopperPerson 1 | ConvertTo-CopperFlatRecord } }
        @{ what = 'a lead'; id = 'CopperInvalidArgument'; get = { Get-CopperLead 20000001 } }
    ) {
        $record = & $get
        Clear-SandboxJournal $sandbox
        $record | Sync-CopperLead -MatchEmail -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike "$id,*"
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }
}
