BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 450
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    # So that the journal shows what a test sends, without the definitions of the custom fields before it.
    $null = Get-CopperCustomFieldDefinition
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Get-CopperPerson' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    Context 'by id' {
        It 'reads each id with one request' {
            (Get-CopperPerson -Id 1, 2).Id | Should -Be 1, 2
            Get-SandboxRequest $sandbox | Should -Be 'GET /people/1', 'GET /people/2'
        }

        It 'reports an id that nobody has and goes on with the others' {
            $people = Get-CopperPerson -Id 1, 999999, 2 -ErrorVariable problems -ErrorAction SilentlyContinue
            $people.Id | Should -Be 1, 2
            $problems | Should -HaveCount 1
            $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
            $problems[0].TargetObject | Should -Be 999999
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
        }

        It 'takes <what> from the pipeline' -TestCases @(
            @{ what = 'a number'; given = { 3 } }
            @{ what = 'a numeric text'; given = { '3' } }
            @{ what = 'a person'; given = { Get-CopperPerson 3 } }
            @{ what = 'a row of a CSV file'; given = { "Id,Name`n3,x" | ConvertFrom-Csv } }
            @{ what = 'a projection'; given = { Get-CopperPerson 3 | Select-Object Id, Name } }
            @{ what = 'a hashtable'; given = { @{ Id = 3 } } }
            @{ what = 'a person that came back from a file'; given = {
                    $file = Join-Path $TestDrive 'person.xml'
                    Get-CopperPerson 3 | Export-Clixml $file
                    Import-Clixml $file
                }
            }
        ) {
            (& $given | Get-CopperPerson).Id | Should -Be 3
        }

        It 'takes a person as argument' {
            (Get-CopperPerson -Id (Get-CopperPerson 4)).Id | Should -Be 4
        }

        It 'refuses <what> before anything is sent' -TestCases @(
            @{ what = 'zero'; given = 0; id = 'CopperInvalidId' }
            @{ what = 'a negative number'; given = -1; id = 'CopperInvalidId' }
            @{ what = 'a text'; given = 'Smith'; id = 'CopperInvalidId' }
            @{ what = 'an object without an id'; given = [pscustomobject]@{ Name = 'x' }; id = 'CopperInvalidId' }
            @{ what = 'a fraction'; given = 1.5; id = 'CopperInvalidId' }
        ) {
            Get-CopperPerson -Id $given -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems[0].FullyQualifiedErrorId | Should -BeLike "$id,*"
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }

        It 'outputs nothing and sends nothing for an empty pipeline' {
            @() | Get-CopperPerson | Should -BeNullOrEmpty
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }
    }

    Context 'by search' {
        It 'is silent when it finds nothing' {
            Get-CopperPerson -Name 'Nobody has this name' -ErrorVariable problems | Should -BeNullOrEmpty
            $problems | Should -BeNullOrEmpty
        }

        It 'sends <parameters.Keys> as <wire>' -TestCases @(
            @{ parameters = @{ Name = 'Smith' }; wire = '"name":"Smith"' }
            @{ parameters = @{ Email = 'a@b.example', 'c@d.example' }; wire = '"emails":["a@b.example","c@d.example"]' }
            @{ parameters = @{ PhoneNumber = '555-1234' }; wire = '"phone_number":"555-1234"' }
            @{
                parameters = @{ PhoneNumber = '5551234'; PhoneMatch = 'Fuzzy' }; wire = '"phone_number":{"value":"5551234","match":"fuzzy"}'
            }
            @{
                parameters = @{ PhoneNumber = '5551234'; PhoneMatch = 'Partial' }
                wire       = '"phone_number":{"value":"5551234","match":"partial"}'
            }
            @{ parameters = @{ ContactType = 451490 }; wire = '"contact_type_ids":[451490]' }
            @{ parameters = @{ Company = 10000001, 10000002 }; wire = '"company_ids":[10000001,10000002]' }
            @{ parameters = @{ Company = $null }; wire = '"company_ids":[-2]' }
            @{ parameters = @{ Assignee = 1001, $null }; wire = '"assignee_ids":[1001,-2]' }
            @{ parameters = @{ City = 'Paris' }; wire = '"city":"Paris"' }
            @{ parameters = @{ Opportunity = 30000001 }; wire = '"opportunity_ids":[30000001]' }
            @{ parameters = @{ Title = 'CEO'; Social = 'x.com/ada' }; wire = '"socials":["x.com/ada"]' }
            @{ parameters = @{ MaximumAge = [timespan] '0:01:00' }; wire = '"age":60' }
            @{ parameters = @{ AnyId = 1, 2 }; wire = '"ids":[1,2]' }
            @{
                parameters = @{ State = 'MA'; Country = 'US'; PostalCode = '02114' }
                wire       = '"state":"MA","postal_code":"02114","country":"US"'
            }
            @{ parameters = @{ Tag = 'vip', 'partner' }; wire = '"tags":["vip","partner"]' }
            @{
                parameters = @{ MinimumInteractionCount = 1; MaximumInteractionCount = 5 }
                wire       = '"minimum_interaction_count":1,"maximum_interaction_count":5'
            }
            @{
                parameters = @{ CreatedAfter = '2026-01-01T00:00:00Z'; CreatedBefore = '2026-02-01T00:00:00+01:00' }
                wire       = '"minimum_created_date":1767225600,"maximum_created_date":1769900400'
            }
            @{ parameters = @{ ModifiedAfter = [datetimeoffset]'2026-01-01T00:00:00Z' }; wire = '"minimum_modified_date":1767225600' }
            @{
                parameters = @{ InteractionAfter = [datetime]::new(2026, 1, 1, 0, 0, 0, [DateTimeKind]::Utc) }
                wire       = '"minimum_interaction_date":1767225600'
            }
            @{ parameters = @{ Followed = $true }; wire = '"followed":1' }
            @{ parameters = @{ Followed = $false }; wire = '"followed":2' }
            @{
                parameters = @{ CustomField = @{ Newsletter = $true; 126243 = 'German', 'French' } }
                wire       = '"custom_fields":[{"custom_field_definition_id":126243,"value":[262002,262003]},' +
                '{"custom_field_definition_id":126246,"value":true}]'
            }
            @{
                parameters = @{ CustomField = @{ 126243 = $null } }
                wire       = '"custom_fields":[{"custom_field_definition_id":126243,"allow_empty":true}]'
            }
            @{ parameters = @{ CustomField = @{ 126247 = @{ Min = 1.5; Max = 3 } } }; wire = '"minimum_value":1.5' }
            @{ parameters = @{ Filter = @{ age = 3600 } }; wire = '"age":3600' }
            @{ parameters = @{ SortBy = 'name'; Descending = $true }; wire = '"sort_by":"name","sort_direction":"desc"' }
            @{ parameters = @{ PageSize = 7 }; first = 8; wire = '"page_size":7' }
        ) {
            Get-CopperPerson @parameters -First $(if ($first) { $first } else { 1 }) | Out-Null
            $sent = Get-SandboxJournal $sandbox | Select-Object -First 1
            $sent.path | Should -Be '/people/search'
            $sent.body | Should -BeLike ('*' + ($wire -replace '([][])', '`$1') + '*')
            $sent.status | Should -Be 200
        }

        It 'always sends an order: by default the oldest first' {
            Get-CopperPerson -First 1 | Out-Null
            Get-SandboxRequest $sandbox | Should -BeLike '*"sort_by":"date_created","sort_direction":"asc"}'
        }

        It 'uses the exact look-up for a single e-mail address' {
            $address = (Get-CopperPerson 5).Email
            Clear-SandboxJournal $sandbox
            (Get-CopperPerson -Email $address).Id | Should -Be 5
            Get-CopperPerson -Email 'nobody@nowhere.example' -ErrorVariable problems | Should -BeNullOrEmpty
            $problems | Should -BeNullOrEmpty
            (Get-SandboxJournal $sandbox).path | Should -Be '/people/fetch_by_email', '/people/fetch_by_email'
        }

        It 'refuses <what> before anything is sent' -TestCases @(
            @{ what = 'an empty city'; call = { Get-CopperPerson -City '' } }
            @{ what = 'a city that is null'; call = { Get-CopperPerson -City $null } }
            @{ what = 'an empty tag'; call = { Get-CopperPerson -Tag '' } }
            @{ what = 'a phone number without digits'; call = { Get-CopperPerson -PhoneNumber 'call me' } }
            @{ what = 'a way to compare without a number'; call = { Get-CopperPerson -PhoneMatch Fuzzy } }
            @{ what = 'a page of 201'; call = { Get-CopperPerson -PageSize 201 } }
            @{ what = 'a date after 2038'; call = { Get-CopperPerson -CreatedAfter 2040-01-01 } }
            @{ what = 'what is no date'; call = { Get-CopperPerson -CreatedAfter 'someday' } }
            @{ what = 'a criterion given twice'; call = { Get-CopperPerson -City Paris -Filter @{ city = 'Rome' } } }
            @{ what = 'a page number among the criteria'; call = { Get-CopperPerson -Filter @{ page_number = 2 } } }
            @{ what = 'a contact type that is null'; call = { Get-CopperPerson -ContactType $null } }
            @{ what = 'a range with other bounds'; call = { Get-CopperPerson -CustomField @{ 126247 = @{ From = 1 } } } }
        ) {
            $ErrorActionPreference = 'Stop'
            { & $call } | Should -Throw
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }

        It 'refuses a record of another entity as criterion' {
            { Get-CopperPerson -Assignee (Get-CopperPerson 1) } | Should -Throw -ErrorId 'CopperEntityMismatch,*'
        }

        It 'reports what the service refuses in the service''s own words' {
            Get-CopperPerson -Filter @{ no_such_field = 1 } -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperInvalidData,*'
            $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
            $problems[0].Exception.GetType().Name | Should -Be 'CopperValidationException'
            $problems[0].Exception.StatusCode | Should -Be 422
            $problems[0].Exception.RequestId | Should -Not -BeNullOrEmpty
            $problems[0].Exception.Method | Should -Be 'POST'
            $problems[0].Exception.Path | Should -Be '/people/search'
            "$($problems[0])" | Should -BeLike '*no_such_field*'
        }

        It 'completes sort fields and tags' {
            $line = 'Get-CopperPerson -SortBy date'
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'DateModified', 'DateCreated'
            $line = 'Get-CopperPerson -Tag '
            $tags = (TabExpansion2 $line $line.Length).CompletionMatches
            $tags | Should -Not -BeNullOrEmpty
            $tags.CompletionText | Where-Object { $_ -match '\s' } | Should -Match "^'.*'$"
            TabExpansion2 $line $line.Length | Out-Null
            @(Get-SandboxRequest $sandbox) -like '*tags*' | Should -HaveCount 1
        }
    }
}
