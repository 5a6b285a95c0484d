# What the cmdlets make of responses that are odd: one odd item costs that item, one odd member that member, and both are said.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0 }
    $null = Get-CopperCustomFieldDefinition

    function Set-Response([string] $Method, [string] $Path, [string] $Body, [int] $Status = 200, [string] $Type) {
        $fault = @{ kind = 'status'; status = $Status; body = $Body; match = @{ method = $Method; path = $Path } }
        if ($Type) { $fault.contentType = $Type }
        Set-SandboxFault $sandbox $fault
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'A pointer that points to nothing' {
    BeforeEach { Set-SandboxFault $sandbox }

    It 'is no relation: <sent>' -TestCases @(
        @{ sent = '{"id":null,"type":null}' }
        @{ sent = 'null' }
        @{ sent = '{}' }
    ) {
        Set-Response -Method POST -Path '^/tasks/search$' `
            -Body "[{`"id`":1,`"name`":`"Call`",`"related_resource`":$sent},{`"id`":2,`"name`":`"Write`"}]"
        $ErrorActionPreference = 'Stop'
        $tasks = Get-CopperTask
        $tasks.Name | Should -Be 'Call', 'Write'
        $null -eq $tasks[0].RelatedResource | Should -BeTrue
        $tasks[0].AdditionalMembers | Should -BeNullOrEmpty
    }

    It 'leaves a write done' {
        Set-Response -Method POST -Path '^/tasks$' -Body '{"id":71,"name":"Call","related_resource":{"id":null,"type":null}}'
        $ErrorActionPreference = 'Stop'
        (New-CopperTask Call).Id | Should -Be 71
        Set-Response -Method PUT -Path '^/tasks/71$' `
            -Body '{"id":71,"name":"Call","status":"Completed","related_resource":{"id":null,"type":null}}'
        (Complete-CopperTask 71 -PassThru).Status | Should -Be 'Completed'
    }

    It 'that names an entity only is kept as it came' {
        Set-Response -Method GET -Path '^/tasks/1$' -Body '{"id":1,"related_resource":{"id":"x","type":"person"}}'
        $task = Get-CopperTask 1
        $null -eq $task.RelatedResource | Should -BeTrue
        "$($task.AdditionalMembers['related_resource'])" | Should -Be 'id=x; type=person'
    }
}

Describe 'An item of a page that cannot be read' {
    BeforeEach { Set-SandboxFault $sandbox }

    It 'costs itself only: <what>' -TestCases @(
        @{ what = 'an odd id'; item = '{"id":"abc","name":"Odd"}'; id = 'abc' }
        @{ what = 'no id'; item = '{"name":"Odd"}'; id = $null }
        @{ what = 'a fraction for an id'; item = '{"id":7.5}'; id = '7.5' }
        @{ what = 'a number'; item = '7'; id = $null }
        @{ what = 'a list'; item = '[1]'; id = $null }
    ) {
        Set-Response -Method POST -Path '^/people/search$' -Body "[{`"id`":1,`"name`":`"Ann`"},$item,{`"id`":3,`"name`":`"Cem`"}]"
        $people = Get-CopperPerson -ErrorVariable errors -ErrorAction SilentlyContinue
        $people.Name | Should -Be 'Ann', 'Cem'
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CopperUnreadableRecord,*'
        "$($errors[0])" | Should -BeLike 'Item 2 of page 1 *a person*'
        "$($errors[0])" | Should -Not -Match 'System\.|Copper\.Client|JSON deserialization'
        $errors[0].Exception.RecordId | Should -Be $id
        $errors[0].Exception.Entity, $errors[0].Exception.Page, $errors[0].Exception.Place | Should -Be 'person', 1, 2
    }

    It 'counts for -Skip and for a page that is full' {
        $pages = '[{"id":1},{"id":"x"}]', '[{"id":3},{"id":4}]', '[]'
        Set-SandboxFault $sandbox @(
            foreach ($page in $pages) {
                @{ kind = 'status'; status = 200; body = $page; times = 1; match = @{ method = 'POST'; path = '^/people/search$' } }
            }
        )
        (Get-CopperPerson -PageSize 2 -ErrorAction SilentlyContinue).Id | Should -Be 1, 3, 4
        Set-Response -Method POST -Path '^/people/search$' -Body '[{"id":1},{"id":"x"},{"id":3}]'
        (Get-CopperPerson -Skip 2 -ErrorVariable errors).Id | Should -Be 3
        $errors | Should -BeNullOrEmpty
    }

    It 'is left out in silence when it is null' {
        Set-Response -Method POST -Path '^/people/search$' -Body '[null,{"id":1},null]'
        (Get-CopperPerson -ErrorVariable errors).Id | Should -Be 1
        $errors | Should -BeNullOrEmpty
    }

    It 'costs itself only in every list: <path>' -TestCases @(
        @{ path = '^/pipelines$'; call = { Get-CopperPipeline -Force -ErrorAction SilentlyContinue }; more = '' }
        @{
            path = '^/custom_field_definitions$'; call = { Get-CopperCustomFieldDefinition -Force -ErrorAction SilentlyContinue }; more = ''
        }
        @{ path = '^/webhooks$'; call = { Get-CopperWebhook -ErrorAction SilentlyContinue }; more = '' }
        @{ path = '^/people/1/files$'; call = { Get-CopperFile -RelatedTo 1 -RelatedType Person -ErrorAction SilentlyContinue }; more = '' }
        @{
            path = '^/people/1/related$'; call = { Get-CopperRelatedItem 1 -FromType Person -ErrorAction SilentlyContinue }
            more = ',"type":"company"'
        }
    ) {
        Set-Response -Method GET -Path $path -Body "[{`"id`":1,`"name`":`"One`"$more},{`"id`":`"x`"},{`"id`":3,`"name`":`"Three`"$more}]"
        (& $call).Id | Should -Be 1, 3
        $Error[0].FullyQualifiedErrorId | Should -BeLike 'CopperUnreadableRecord,*'
        Clear-CopperCache
    }

    It 'is a warning where the list only serves to find names' {
        Clear-CopperCache
        Set-Response -Method POST -Path '^/users/search$' -Body '[{"id":137658,"name":"Jonas"},{"id":"x"}]'
        $null = Get-CopperPerson -Assignee Jonas -First 1 -WarningVariable warnings -WarningAction SilentlyContinue -ErrorVariable errors
        $errors | Should -BeNullOrEmpty
        "$warnings" | Should -BeLike '*Item 2 of *a user*'
        Clear-CopperCache
    }
}

Describe 'What is no list of records at all' {
    BeforeEach { Set-SandboxFault $sandbox }

    It 'stays an error, in words: <what>' -TestCases @(
        @{ what = 'a web page'; body = '<html><body>Down</body></html>'; words = '*text/html*' }
        @{ what = 'an object'; body = '{"id":1}'; words = '*it is an object, not a list*' }
        @{ what = 'a text'; body = '"x"'; words = '*it is a text, not a list*' }
        @{ what = 'broken JSON'; body = '[{"id":1},'; words = '*cut off after 10 bytes*' }
        @{ what = 'nothing'; body = ''; words = '*empty*' }
    ) {
        Set-Response -Method POST -Path '^/people/search$' -Body $body
        Get-CopperPerson -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'CopperUnreadableAnswer,*'
        "$($errors[0])" | Should -BeLike $words
        "$($errors[0])" | Should -Not -Match 'System\.|Copper\.Client|List`1'
    }

    It 'names what is wrong with a single record' {
        Set-Response -Method GET -Path '^/people/1$' -Body '{"id":"abc","name":"Odd"}'
        Get-CopperPerson 1 -ErrorVariable errors -ErrorAction SilentlyContinue
        "$($errors[0])" | Should -BeLike "*the person in it has the id 'abc', which is not a whole number*"
    }
}

Describe 'A value that does not fit its property' {
    BeforeEach { Set-SandboxFault $sandbox }

    It 'is never overwritten by what is added to <field>' -ForEach @(
        @{
            field = 'emails'; raw = '["a@b.example"]'
            change = { [pscustomobject]@{ Id = 2; Email2 = 'n@x.example' } | Set-CopperPerson @quiet }
        }
        @{ field = 'address'; raw = '"one text"'; change = { Set-CopperPerson 2 -City Bonn @quiet } }
    ) {
        Set-Response -Method GET -Path '^/people/2$' -Body ('{"id":2,"name":"Ann","' + $field + '":' + $raw + '}')
        $before = (Get-CopperSession).RequestCount
        $quiet = @{ ErrorVariable = 'problems'; ErrorAction = 'SilentlyContinue' }
        . $change
        "$problems" | Should -BeLike "What person 2 holds in '$field' cannot be read*"
        (Get-CopperSession).RequestCount - $before | Should -Be 1
    }

    It 'is null there, and kept as it came under its name on the wire' {
        $body = '{"id":1,"name":"Deal","win_probability":5.5,"close_date":"20200114","monetary_value":"1,000.50",' +
        '"date_created":1489018784000,"tags":["a"]}'
        Set-Response -Method GET -Path '^/opportunities/1$' -Body $body
        $deal = Get-CopperOpportunity 1
        foreach ($name in 'WinProbability', 'CloseDate', 'MonetaryValue', 'DateCreated') {
            $null -eq $deal.$name | Should -BeTrue -Because $name
        }
        $deal.AdditionalMembers['win_probability'] | Should -Be 5.5
        $deal.AdditionalMembers['close_date'] | Should -Be '20200114'
        $deal.AdditionalMembers['monetary_value'] | Should -Be '1,000.50'
        $deal.AdditionalMembers['date_created'] | Should -Be 1489018784000
        ($deal | ConvertTo-Json | ConvertFrom-Json).AdditionalMembers.win_probability | Should -Be 5.5
        $row = $deal | ConvertTo-CopperFlatRecord
        $row.WinProbability, $row.CloseDate, $row.MonetaryValue | Should -Be 5.5, '20200114', '1,000.50'
    }

    It 'is no close date: <sent>' -TestCases @(
        @{ sent = '"12"' }, @{ sent = '"0"' }, @{ sent = '0' }, @{ sent = '20200114' }, @{ sent = '"14.01.2020"' }
    ) {
        Set-Response -Method GET -Path '^/opportunities/1$' -Body "{`"id`":1,`"close_date`":$sent}"
        $null -eq (Get-CopperOpportunity 1).CloseDate | Should -BeTrue
    }
}

Describe 'Members that the documentation or live responses have' {
    BeforeEach { Set-SandboxFault $sandbox }

    It 'are properties' {
        $body = '{"id":1,"converted_unit":"USD","converted_value":"5000.0","converted_at":1489018784,' +
        '"converted_opportunity_id":7,"converted_contact_id":8}'
        Set-Response -Method GET -Path '^/leads/1$' -Body $body
        $lead = Get-CopperLead 1
        $lead.ConvertedUnit, $lead.ConvertedValue, $lead.ConvertedOpportunityId, $lead.ConvertedContactId | Should -Be 'USD', 5000, 7, 8
        $lead.ConvertedAt | Should -Be ([DateTimeOffset]::FromUnixTimeSeconds(1489018784))
        $lead.AdditionalMembers | Should -BeNullOrEmpty
        ($lead | ConvertTo-CopperFlatRecord).ConvertedContactId | Should -Be 8
        Set-Response -Method GET -Path '^/leads/2$' -Body '{"id":2,"source_id":331241}'
        (Get-CopperLead 2).CustomerSourceId | Should -Be 331241
        Set-Response -Method GET -Path '^/tasks/1$' -Body '{"id":1,"custom_activity_type_id":6}'
        $task = Get-CopperTask 1
        $task.CustomActivityTypeId, ($task | ConvertTo-CopperFlatRecord).CustomActivityTypeId | Should -Be 6, 6
        Set-Response -Method GET -Path '^/lead_statuses$' -Body '[{"id":1,"name":"New","order":1,"is_default":true}]'
        $status = Get-CopperLeadStatus -Force
        $status.Order, $status.IsDefault | Should -Be 1, $true
        Clear-CopperCache
    }

    It 'that no definition explains any more have a column of their id' {
        Set-Response -Method GET -Path '^/people/1$' `
            -Body '{"id":1,"name":"Ann","custom_fields":[{"custom_field_definition_id":999,"value":"old"}]}'
        $row = Get-CopperPerson 1 | ConvertTo-CopperFlatRecord
        $row.'999' | Should -Be 'old'
    }
}

Describe 'Equality' {
    BeforeAll {
        $body = '[{"id":1,"name":"Ann Ash","emails":[{"email":"ann@one.example","category":"work"}],' +
        '"phone_numbers":[{"number":"555-1","category":"home"}]},{"id":2,"name":"Ann Ash"}]'
        Set-Response -Method POST -Path '^/people/search$' -Body $body
        $a, $b = Get-CopperPerson
        Set-Response -Method GET -Path '^/people/1$' -Body '{"id":1,"name":"Ann Oak"}'
        $again = Get-CopperPerson 1
        Set-Response -Method GET -Path '^/companies/1$' -Body '{"id":1,"name":"Ann Ash"}'
        $company = Get-CopperCompany 1
        Set-Response -Method GET -Path '^/tasks/1$' -Body '{"id":1,"related_resource":{"id":1,"type":"person"}}'
        $task = Get-CopperTask 1
    }

    It 'is by entity and id' {
        $a -eq $again | Should -BeTrue
        $a -eq $b | Should -BeFalse
        $a -eq $company | Should -BeFalse
        $a -ne $b | Should -BeTrue
        @($a, $b) -contains $again | Should -BeTrue
        @($b, $company) -contains $a | Should -BeFalse
        $again -in @($a, $b) | Should -BeTrue
        $task.RelatedResource -eq $a | Should -BeTrue
        $task.RelatedResource -eq $b | Should -BeFalse
    }

    It 'keeps namesakes apart, and one record together' {
        ($a, $b | Select-Object -Unique).Id | Should -Be 1, 2
        ($a, $again | Select-Object -Unique) | Should -HaveCount 1
        Compare-Object $a $again | Should -BeNullOrEmpty
        Compare-Object $a $b | Should -HaveCount 2
        @($b, $a | Sort-Object).Id | Should -Be 1, 2
        @{ $a = 'known' }[$again] | Should -Be 'known'
    }

    It 'of contact points takes text, both ways' {
        $a.Emails -contains 'ann@one.example' | Should -BeTrue
        $a.Emails -contains 'ANN@ONE.EXAMPLE' | Should -BeTrue
        'ann@one.example' -in $a.Emails | Should -BeTrue
        $a.Emails[0] -eq 'ann@one.example' | Should -BeTrue
        'ann@one.example' -eq $a.Emails[0] | Should -BeTrue
        $a.PhoneNumbers -contains '555-1' | Should -BeTrue
        $a.Emails -contains 'other@one.example' | Should -BeFalse
    }
}

Describe 'The definitions of custom fields' {
    BeforeEach {
        Set-SandboxFault $sandbox
        $mine = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0; PassThru = $true }
        Clear-CopperCache -Session $mine
        Clear-SandboxJournal $sandbox
    }

    AfterEach { Disconnect-Copper $mine }

    It 'are loaded before the first record with a value, once a session' {
        $person = Get-CopperPerson 1 -Session $mine
        $null = Get-CopperPerson -First 2 -Session $mine
        @(Get-SandboxRequest $sandbox | Where-Object { $_ -eq 'GET /custom_field_definitions' }) | Should -HaveCount 1
        Clear-SandboxJournal $sandbox
        $null = $person.CustomFields['Preferred Language']
        $person.CustomFields | ForEach-Object Name | Should -Not -Contain $null
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
    }

    It 'that cannot be had are one warning a session, and no empty records' {
        Set-Response -Method GET -Path '^/custom_field_definitions$' `
            -Body '{"success":false,"status":403,"message":"Insufficient permissions"}' 403
        $people = Get-CopperPerson -First 3 -Session $mine -WarningVariable warnings -WarningAction SilentlyContinue
        $people | Should -HaveCount 3
        $warnings | Should -HaveCount 1
        "$warnings" |
            Should -BeLike '*lists of the account cannot be read*: custom field definitions. *an error*does not mean that there is none*'
        $null = Get-CopperCompany -First 3 -Session $mine -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
        @(Get-SandboxRequest $sandbox | Where-Object { $_ -eq 'GET /custom_field_definitions' }) | Should -HaveCount 1
    }

    It 'are not asked for when no record has fields' {
        Set-Response -Method GET -Path '^/people/1$' -Body '{"id":1,"custom_fields":[]}'
        $null = Get-CopperPerson 1 -Session $mine
        Get-SandboxRequest $sandbox | Should -Be 'GET /people/1'
    }

    It 'are loaded for fields without values too, so that a wrong name is an error there as well' {
        Set-Response -Method GET -Path '^/people/1$' -Body '{"id":1,"custom_fields":[{"custom_field_definition_id":126243,"value":null}]}'
        $person = Get-CopperPerson 1 -Session $mine
        Get-SandboxRequest $sandbox | Should -Be 'GET /people/1', 'GET /custom_field_definitions'
        $person.CustomFields['Preferred Language'] | Should -BeNullOrEmpty
        { $person.CustomFields['Prefered Language'] } | Should -Throw '*Did you mean ''Preferred Language''*'
    }
}

Describe 'A custom field that is a day' {
    BeforeAll { Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0 } }

    BeforeEach { Set-SandboxFault $sandbox }

    It 'reads as the day alone, whatever zone its midnight is of: <seconds>' -TestCases @(
        @{ seconds = 1754031600; day = '2025-08-01' }
        @{ seconds = 1518595200; day = '2018-02-14' }
        @{ seconds = 1518566400; day = '2018-02-14' }
        @{ seconds = 1753999200; day = '2025-08-01' }
    ) {
        $field = (Get-CopperCustomFieldDefinition Birthday).Id
        Set-Response -Method GET -Path '^/people/1$' `
            -Body "{`"id`":1,`"name`":`"Ann`",`"custom_fields`":[{`"custom_field_definition_id`":$field,`"value`":$seconds}]}"
        $person = Get-CopperPerson 1
        $person.CustomFields['Birthday'] | Should -Be ([datetime] $day)
        $person.CustomFields['Birthday'] -eq [datetime] $day | Should -BeTrue
        ($person | ConvertTo-CopperFlatRecord).Birthday | Should -Be $day
    }

    It 'is written as ten o''clock UTC of the day, from text, a date and the service''s own number: <given>' -TestCases @(
        @{ given = '2025-08-01' }, @{ given = [datetime] '2025-08-01' }, @{ given = 1754031600 }, @{ given = '1754031600' }
    ) {
        Clear-SandboxJournal $sandbox
        Set-CopperPerson 1 -CustomField @{ Birthday = $given }
        "$(Get-SandboxRequest $sandbox)" | Should -BeLike '*"value":1754042400*'
    }

    It 'rejects a number that is no midnight' {
        { Set-CopperPerson 1 -CustomField @{ Birthday = 46022 } -ErrorAction Stop } | Should -Throw
    }
}
