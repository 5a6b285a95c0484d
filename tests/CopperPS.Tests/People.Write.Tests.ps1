BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    # So that the journal shows what a test sends, without the definitions of the custom fields before it.
    $null = Get-CopperCustomFieldDefinition
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Set-CopperPerson' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'sends exactly what is given: <call>' -TestCases @(
        @{ call = { Set-CopperPerson 1 -Details $null }; wire = '{"details":null}' }
        @{ call = { Set-CopperPerson 1 -Title x }; wire = '{"title":"x"}' }
        @{ call = { Set-CopperPerson 1 -Title '' }; wire = '{"title":null}' }
        @{
            call = { Set-CopperPerson 1 -Name 'Ada' -Details ('a "quoted" ' + [char] 0x202E + 'text') }
            wire = '{"name":"Ada","details":"a \"quoted\" ' + [char] 0x202E + 'text"}'
        }
        @{ call = { Set-CopperPerson 1 -Tag a, b }; wire = '{"tags":["a","b"]}' }
        @{ call = { Set-CopperPerson 1 -Tag @() }; wire = '{"tags":[]}' }
        @{ call = { Set-CopperPerson 1 -Tag $null }; wire = '{"tags":[]}' }
        @{ call = { Set-CopperPerson 1 -Email 'a@b.example' }; wire = '{"emails":[{"email":"a@b.example","category":"work"}]}' }
        @{
            call = { Set-CopperPerson 1 -Email @{ Email = 'a@b.example'; Category = 'Personal' } }
            wire = '{"emails":[{"email":"a@b.example","category":"personal"}]}'
        }
        @{ call = { Set-CopperPerson 1 -Email @() }; wire = '{"emails":[]}' }
        @{
            call = { Set-CopperPerson 1 -PhoneNumber '1 23', @{ Number = '45'; Category = 'mobile' } }
            wire = '{"phone_numbers":[{"number":"1 23","category":"work"},{"number":"45","category":"mobile"}]}'
        }
        @{
            call = { Set-CopperPerson 1 -Social 'https://www.linkedin.com/in/ada', 'x.com/ada', 'example.org/ada' }
            wire = '{"socials":[{"url":"https://www.linkedin.com/in/ada","category":"linkedin"},' +
            '{"url":"x.com/ada","category":"twitter"},{"url":"example.org/ada","category":"other"}]}'
        }
        @{
            call = { Set-CopperPerson 1 -Website 'https://ada.example' }
            wire = '{"websites":[{"url":"https://ada.example","category":"work"}]}'
        }
        @{ call = { Set-CopperPerson 1 -Assignee 1002 }; wire = '{"assignee_id":1002}' }
        @{ call = { Set-CopperPerson 1 -Assignee $null -ContactType $null }; wire = '{"assignee_id":null,"contact_type_id":null}' }
        @{
            call = { Set-CopperPerson 1 -Address @{ City = 'Rome'; PostalCode = '00118' } }
            wire = '{"address":{"street":null,"city":"Rome","state":null,"postal_code":"00118","country":null}}'
        }
        @{ call = { Set-CopperPerson 1 -Address $null }; wire = '{"address":null}' }
        @{
            call = { Set-CopperPerson 1 -CustomField @{ 126240 = 'x' } }
            wire = '{"custom_fields":[{"custom_field_definition_id":126240,"value":"x"}]}'
        }
        @{
            call = { Set-CopperPerson 1 -CustomField @{ 126240 = $null } }
            wire = '{"custom_fields":[{"custom_field_definition_id":126240,"value":null}]}'
        }
        @{ call = { Set-CopperPerson 1 -Property @{ title = 'raw' } }; wire = '{"title":"raw"}' }
    ) {
        & $call | Should -BeNullOrEmpty
        $sent = Get-SandboxJournal $sandbox
        $sent.method | Should -Be 'PUT'
        $sent.body | Should -BeExactly $wire
        $sent.status | Should -Be 200
    }

    It 'outputs the changed person with -PassThru, and nothing without' {
        Set-CopperPerson 1 -Title x | Should -BeNullOrEmpty
        (Set-CopperPerson 1 -Title y -PassThru).Title | Should -Be 'y'
    }

    It 'merges a part of the address with what the person has' {
        $before = (Get-CopperPerson 1).Address
        $after = (Set-CopperPerson 1 -City Rome -PassThru).Address
        $after.City | Should -Be 'Rome'
        $after.Street | Should -Be $before.Street
        $after.PostalCode | Should -Be $before.PostalCode
    }

    It 'adds and takes tags without touching the others' {
        Set-CopperPerson 1 -Tag keep, drop
        (Set-CopperPerson 1 -AddTag new, Keep -RemoveTag DROP -PassThru).Tags | Should -Be keep, new
        Clear-SandboxJournal $sandbox
        Set-CopperPerson 1 -AddTag new
        (Get-SandboxJournal $sandbox).method | Should -Be 'GET' -Because 'a tag that is there already needs no change'
    }

    It 'changes the company through the relation, and takes it away' {
        $company = (Get-CopperPerson 2).CompanyId
        $company | Should -Not -Be (Get-CopperPerson 1).CompanyId
        (Set-CopperPerson 1 -Company $company -PassThru).CompanyId | Should -Be $company
        (Set-CopperPerson 1 -Company $null -PassThru).CompanyId | Should -BeNullOrEmpty
    }

    It 'keeps the former company when the new one is refused' {
        $company = (Get-CopperPerson 1).CompanyId
        Set-CopperPerson 1 -Company 424242 -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        (Get-CopperPerson 1).CompanyId | Should -Be $company
    }

    Context 'fields and company in one command' {
        BeforeEach {
            $before = Get-CopperPerson 1
            if (-not $before.CompanyId) { $before = Set-CopperPerson 1 -Company (Get-CopperCompany -First 1) -PassThru }
            Clear-SandboxJournal $sandbox
        }
        AfterEach { Set-SandboxFault $sandbox }

        It 'writes no field when the company is refused (<how>)' -TestCases @(
            @{ how = 'alone'; more = @{} }
            @{ how = 'in bulk'; more = @{ Bulk = $true } }
        ) {
            Set-SandboxFault $sandbox @{
                kind = 'status'; status = 422; body = '{"message":"Not this one"}'; match = @{ method = 'DELETE' }
            }
            Set-CopperPerson 1 -Company $null -Title Changed @more -ErrorVariable problems -ErrorAction SilentlyContinue
            "$problems" | Should -Match 'Not this one'
            (Get-SandboxJournal $sandbox).method | Should -Be GET, DELETE
            (Get-CopperPerson 1).Title | Should -Be $before.Title
        }

        It 'takes the company back when the fields are refused (<how>)' -TestCases @(
            @{ how = 'alone'; more = @{}; path = '^/people/1$' }
            @{ how = 'in bulk'; more = @{ Bulk = $true }; path = '^/people/bulk_update$' }
        ) {
            Set-SandboxFault $sandbox @{
                kind = 'status'; status = 422; body = '{"message":"Not this one"}'
                match = @{ path = $path; method = $(if ($more.Bulk) { 'POST' } else { 'PUT' }) }
            }
            Set-CopperPerson 1 -Company $null -Title Changed @more -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems | Should -HaveCount 1
            "$problems" | Should -Not -Match 'was changed before'
            (Get-CopperPerson 1).CompanyId | Should -Be $before.CompanyId
        }

        It 'says that the company was changed when what became of the fields is not known' {
            Set-SandboxFault $sandbox @{ kind = 'status'; status = 409; match = @{ path = '^/people/1$'; method = 'PUT' } }
            Set-CopperPerson 1 -Company $null -Title Changed -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperError,*'
            "$problems" | Should -Match 'The company was changed before this error came'
        }

        It 'outputs the person with both' {
            $after = Set-CopperPerson 1 -Company $null -Title Changed -PassThru
            $after.Title, $after.CompanyId | Should -Be 'Changed', $null
        }
    }

    It 'takes rows of a CSV file: a column is a parameter, an empty cell is not given' {
        @'
Id,Title,Details,Tag
1,Boss,,a; b
2,,Met at the fair,
3,,,
'@ | ConvertFrom-Csv | Set-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        Get-SandboxRequest $sandbox |
            Should -Be 'PUT /people/1 {"title":"Boss","tags":["a","b"]}', 'PUT /people/2 {"details":"Met at the fair"}'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperNothingToSet,*'
        $problems[0].TargetObject.Id | Should -Be 3
    }

    It 'does not carry a value from one row to the next' {
        [pscustomobject]@{ Id = 1; Title = 'A' }, [pscustomobject]@{ Id = 2; Details = 'B' } | Set-CopperPerson
        Get-SandboxRequest $sandbox | Should -Be 'PUT /people/1 {"title":"A"}', 'PUT /people/2 {"details":"B"}'
    }

    It 'sends only what is typed when a person is piped: a record is never echoed back' {
        Get-CopperPerson 1 | Set-CopperPerson -Title Chief
        Get-SandboxRequest $sandbox | Select-Object -Last 1 | Should -Be 'PUT /people/1 {"title":"Chief"}'
    }

    It 'goes on after a record that does not exist' {
        1, 999999, 2 | Set-CopperPerson -Title x -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        $problems[0].TargetObject | Should -Be 999999
        (Get-SandboxJournal $sandbox).path | Should -Be '/people/1', '/people/bulk_update'
        (Get-CopperPerson 1, 2).Title | Should -Be 'x', 'x'
    }

    It 'sends nothing with -WhatIf and names entity, id and fields' {
        # The host writes the line itself, so it is read from a transcript.
        $log = Join-Path $TestDrive 'log.txt'
        Start-Transcript $log | Out-Null
        Set-CopperPerson 1 -Title x -City Rome -WhatIf
        Stop-Transcript | Out-Null
        Get-Content $log -Raw | Should -BeLike '*"Set Title to ''x'', City to ''Rome''" on target "person 1".*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'refuses <what> before anything is sent' -TestCases @(
        @{ what = 'no field at all'; call = { Set-CopperPerson 1 } }
        @{ what = 'an empty name'; call = { Set-CopperPerson 1 -Name '' } }
        @{ what = 'what is no e-mail address'; call = { Set-CopperPerson 1 -Email 'ada' } }
        @{ what = 'an unknown category'; call = { Set-CopperPerson 1 -Email @{ Email = 'a@b.example'; Category = 'wrk' } } }
        @{ what = 'an unknown key of an e-mail'; call = { Set-CopperPerson 1 -Email @{ Mail = 'a@b.example' } } }
        @{ what = 'an unknown part of an address'; call = { Set-CopperPerson 1 -Address @{ Town = 'Rome' } } }
        @{ what = 'the whole address and a part'; call = { Set-CopperPerson 1 -Address @{ City = 'Rome' } -City Paris } }
        @{ what = 'all tags and one more'; call = { Set-CopperPerson 1 -Tag a -AddTag b } }
        @{ what = 'a custom field that is no id'; call = { Set-CopperPerson 1 -CustomField @{ '' = 1 } } }
        @{
            what = 'a value without a JSON form'
            call = { Set-CopperPerson 1 -Property @{ title = [System.Threading.Thread]::CurrentThread } }
        }
        @{ what = 'a field given twice'; call = { Set-CopperPerson 1 -Title a -Property @{ title = 'b' } } }
        @{
            what = 'a person where a company is meant'
            call = { Set-CopperPerson 1 -Company (Get-CopperSession | ForEach-Object { [Copper.Client.Models.CopperPerson]@{ Id = 3 } }) }
        }
    ) {
        $ErrorActionPreference = 'Stop'
        { & $call } | Should -Throw
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'says how a category that the service has added since is written: <call>' -TestCases @(
        @{
            call = { Set-CopperPerson 1 -Email @{ Email = 'a@b.example'; Category = 'school' } }
            says = "*-Property @{ emails = @(@{ email = 'a@b.example'; category = 'school' }) }*"
        }
        @{
            call = { Set-CopperPerson 1 -PhoneNumber @{ Number = '1'; Category = 'fax' } }
            says = "*-Property @{ phone_numbers = @(@{ number = '1'; category = 'fax' }) }*"
        }
        @{
            call = { Set-CopperPerson 1 -Social @{ Url = 'x.example'; Category = 'mastodon' } }
            says = "*-Property @{ socials = @(@{ url = 'x.example'; category = 'mastodon' }) }*"
        }
        @{
            call = { Set-CopperPerson 1 -Website @{ Url = 'x.example'; Category = 'blog' } }
            says = "*-Property @{ websites = @(@{ url = 'x.example'; category = 'blog' }) }*"
        }
        @{
            call = { Set-CopperLead 1 -Email @{ Email = 'a@b.example'; Category = 'school' } }
            says = "*-Property @{ email = @{ email = 'a@b.example'; category = 'school' } }*"
        }
    ) {
        $call | Should -Throw $says
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'reports an attribute that the service does not know' {
        Set-CopperPerson 1 -Property @{ shoe_size = 44 } -ErrorVariable problems -ErrorAction SilentlyContinue
        "$($problems[0])" | Should -BeLike '*Unrecognized attributes specified: shoe_size*'
    }
}

Describe 'New-CopperPerson' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'makes a person and outputs it as the service returned it' {
        $person = New-CopperPerson 'Ada Lovelace' -Email 'ada@analytical.example' -City London -Country GB -Tag vip -Title Countess
        $person.Id | Should -BeGreaterThan 0
        $person.FirstName | Should -Be 'Ada'
        Get-SandboxRequest $sandbox |
            Should -Be ('POST /people {"name":"Ada Lovelace","emails":[{"email":"ada@analytical.example","category":"work"}],' +
                '"title":"Countess","tags":["vip"],' +
                '"address":{"street":null,"city":"London","state":null,"postal_code":null,"country":"GB"}}')
        (Get-CopperPerson -Email 'ada@analytical.example').Id | Should -Be $person.Id
    }

    It 'makes one of each row of a CSV file' {
        $people = "Name,Email,Tag,City`nX One,x1@a.example,a; b,Rome`nX Two,,," | ConvertFrom-Csv | New-CopperPerson
        $people.Name | Should -Be 'X One', 'X Two'
        $people[0].Tags | Should -Be a, b
        $people[0].Address.City | Should -Be Rome
        Get-SandboxRequest $sandbox | Select-Object -Last 1 | Should -Be 'POST /people {"name":"X Two"}'
    }

    It 'sets the company of a new person' {
        $company = (Get-CopperPerson 1).CompanyId
        (New-CopperPerson 'Ada' -Company $company).CompanyId | Should -Be $company
    }

    It 'makes nothing of an empty pipeline' {
        @() | New-CopperPerson | Should -BeNullOrEmpty
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'reports a duplicate e-mail address and goes on' {
        $taken = (Get-CopperPerson 1).Email
        $rows = [pscustomobject]@{ Name = 'A'; Email = $taken }, [pscustomobject]@{ Name = 'B'; Email = 'b@b.example' }
        $people = $rows | New-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        $people.Name | Should -Be 'B'
        $problems | Should -HaveCount 1
        $problems[0].TargetObject | Should -Be $rows[0]
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
    }

    It 'sends nothing with -WhatIf' {
        New-CopperPerson 'Ada' -WhatIf | Should -BeNullOrEmpty
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'is not repeated when it may have been carried out, and says so' {
        Set-SandboxFault $sandbox @{ kind = 'reset-after'; times = 1; match = @{ method = 'POST'; path = '^/people$' } }
        New-CopperPerson 'Ada' -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperOutcomeUnknown,*'
        "$($problems[0])" | Should -BeLike '*unknown*'
        @(Get-CopperPerson -Name 'Ada') | Should -HaveCount 1
    }

    It 'is repeated when the service surely did not take it' {
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 429; headers = @{ 'Retry-After' = '0' }; times = 1; match = @{ method = 'POST'; path = '^/people$' }
        }
        (New-CopperPerson 'Ada').Name | Should -Be 'Ada'
        @(Get-CopperPerson -Name 'Ada') | Should -HaveCount 1
    }
}

Describe 'Remove-CopperPerson' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'deletes and outputs nothing, or id and entity with -PassThru' {
        Remove-CopperPerson 1 -Confirm:$false | Should -BeNullOrEmpty
        $removed = Remove-CopperPerson 2 -Confirm:$false -PassThru
        $removed.Id | Should -Be 2
        $removed.EntityType | Should -Be 'person'
        Get-SandboxRequest $sandbox | Should -Be 'DELETE /people/1', 'DELETE /people/2'
    }

    It 'takes people from the pipeline' {
        Get-CopperPerson 1, 2 | Remove-CopperPerson -Confirm:$false
        Get-CopperPerson 1, 2 -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'refuses a record of another entity and sends nothing' {
        $user = [Copper.Client.Models.CopperUser]@{ Id = 1; Name = 'Bob' }
        $user | Remove-CopperPerson -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'refuses a record of another entity that came back from a file' {
        $file = Join-Path $TestDrive 'user.xml'
        [Copper.Client.Models.CopperUser]@{ Id = 1; Name = 'Bob' } | Export-Clixml $file
        Import-Clixml $file | Remove-CopperPerson -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'reports a person who is not there, and goes on' {
        1, 999999, 2 | Remove-CopperPerson -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].TargetObject | Should -Be 999999
        Get-SandboxRequest $sandbox | Should -Be 'DELETE /people/1', 'DELETE /people/999999', 'DELETE /people/2'
    }

    It 'deletes nothing with -WhatIf' {
        Get-CopperPerson 1 | ForEach-Object { Clear-SandboxJournal $sandbox; $_ } | Remove-CopperPerson -WhatIf
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'shows with -WhatIf whom bare ids mean, and which mean nobody, for one search' {
        $names = (11, 12 | Get-CopperPerson).Name
        Clear-SandboxJournal $sandbox
        $file = Join-Path $TestDrive 'deletions.txt'
        $null = Start-Transcript $file
        try { 11, 999999, 12 | Remove-CopperPerson -WhatIf -ErrorAction SilentlyContinue } finally { $null = Stop-Transcript }
        @(Get-Content $file) -match '^What if' -replace '^.*on target ' |
            Should -Be "`"person 11 ($($names[0]))`".", "`"person 12 ($($names[1]))`"."
        (Get-SandboxRequest $sandbox) -replace ' \{.*' | Should -Be 'POST /people/search', 'GET /people/999999'
        { Remove-CopperPerson 999999 -WhatIf -ErrorAction Stop } |
            Should -Throw '*no person 999999*' -ErrorId 'CopperNotFound,*'
    }

    It 'counts as done when the repetition finds nothing left' {
        Set-SandboxFault $sandbox @{ kind = 'reset-after'; times = 1; match = @{ method = 'DELETE' } }
        Remove-CopperPerson 1 -Confirm:$false -ErrorVariable problems
        $problems | Should -BeNullOrEmpty
        (Get-SandboxJournal $sandbox | Where-Object method -EQ 'DELETE').status | Should -HaveCount 2
    }

    It 'asks before it deletes, and never asks where nobody can answer' {
        $answer = Invoke-ChildPowerShell {
            Connect-Copper -Sandbox
            Remove-CopperPerson 1 -Confirm:$false
            'silent'
            try { Remove-CopperPerson 2 -ErrorAction Stop } catch { 'refused' }
            (Get-CopperPerson 2).Id
        }
        $answer.Output | Should -Be 'silent', 'refused', '2'
    }
}
