BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Custom fields' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
    }

    Describe 'Get-CopperCustomFieldDefinition' {
        It 'narrows to the fields that an entity has' {
            $all = Get-CopperCustomFieldDefinition
            $ofPeople = Get-CopperCustomFieldDefinition -Entity Person
            $ofPeople.Count | Should -BeLessThan $all.Count
            $ofPeople | Where-Object { $_.AvailableOn -notcontains 'person' } | Should -BeNullOrEmpty
            @(Get-CopperCustomFieldDefinition -Entity Person, Task).Count | Should -BeGreaterThan $ofPeople.Count
            (Get-CopperCustomFieldDefinition -Entity Person -Name Birthday).DataType | Should -Be 'Date'
            Get-CopperCustomFieldDefinition -Entity Task -Name Birth* | Should -BeNullOrEmpty
        }

        It 'narrows by what the fields hold, and rejects what no field can hold' {
            $found = Get-CopperCustomFieldDefinition -DataType dropdown, MultiSelect
            $found.DataType | Sort-Object -Unique | Should -Be 'Dropdown', 'MultiSelect'
            @($found).Count | Should -Be @(Get-CopperCustomFieldDefinition | Where-Object DataType -In Dropdown, MultiSelect).Count
            (Get-CopperCustomFieldDefinition -DataType Date -Entity Person).Name | Should -Contain 'Birthday'
            Get-CopperCustomFieldDefinition Birthday -DataType Checkbox | Should -BeNullOrEmpty
            { Get-CopperCustomFieldDefinition -DataType Number } | Should -Throw '*Percentage*'
        }
    }

    Describe 'Get-CopperCustomFieldOption' {
        It 'lists the choices in the order of the web app, and each tells its field' {
            $options = Get-CopperCustomFieldOption 'Preferred Language'
            $options.Name | Should -Be 'English', 'German', 'French', 'Spanish'
            $options[0].DefinitionName | Should -Be 'Preferred Language'
            $options[0].DefinitionId | Should -Be (Get-CopperCustomFieldDefinition 'Preferred Language').Id
        }

        It 'takes definitions, ids and names' {
            $field = Get-CopperCustomFieldDefinition Interests
            ($field | Get-CopperCustomFieldOption).Count | Should -Be 4
            (Get-CopperCustomFieldOption -Field $field.Id -Name 'h*', 'Training').Name | Should -Be 'Hardware', 'Training'
            (Get-CopperCustomFieldDefinition | Get-CopperCustomFieldOption).Count | Should -BeGreaterThan 4
            Get-SandboxRequest $sandbox | Should -Be 'GET /custom_field_definitions'
        }

        It 'says which choices there are when one is not found, and is silent where a field has none' {
            Get-CopperCustomFieldOption Interests -Name Nonsense -ErrorVariable problems -ErrorAction SilentlyContinue
            "$($problems[0])" | Should -BeLike '*There are: *Hardware*Training*'
            Get-CopperCustomFieldOption Birthday -ErrorVariable problems | Should -BeNullOrEmpty
            $problems | Should -BeNullOrEmpty
        }

        It 'finds choices by their ids, whatever their field' {
            $all = Get-CopperCustomFieldDefinition | Get-CopperCustomFieldOption
            $french = $all | Where-Object Name -EQ French
            $found = Get-CopperCustomFieldOption -Id $french.Id
            $found.Name, $found.DefinitionName | Should -Be 'French', 'Preferred Language'
            (Get-CopperCustomFieldOption -Id $all[1].Id, $all[0]).Id | Should -Be $all[1].Id, $all[0].Id
            (Get-CopperCustomFieldOption 'Preferred Language' -Id $french.Id).Name | Should -Be 'French'
            (Get-CopperCustomFieldOption -Id $all[0].Id, $french.Id -Entity Person, Lead, Company, Opportunity, Project, Task).Id |
                Should -Be $all[0].Id, $french.Id
        }

        It 'reports the id of a choice that there is not, or not in the field' {
            $french = Get-CopperCustomFieldOption 'Preferred Language' -Name French
            $found = Get-CopperCustomFieldOption -Id 99, $french.Id -ErrorVariable problems -ErrorAction SilentlyContinue
            $found.Name | Should -Be 'French'
            $problems | Should -HaveCount 1
            $problems[0].TargetObject | Should -Be 99
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
            Get-CopperCustomFieldOption Interests -Id $french.Id -ErrorVariable problems -ErrorAction SilentlyContinue |
                Should -BeNullOrEmpty
            "$($problems[0])" | Should -BeLike "*$($french.Id) of 'Interests'*"
            Get-CopperCustomFieldOption -Id (Get-CopperCustomFieldDefinition Interests) -ErrorVariable problems `
                -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
        }

        It 'is told by -Entity which of several fields of one name is meant' {
            Get-CopperCustomFieldOption Region -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            "$problems" | Should -Match 'for example -Entity (Lead|Company)\.'
            $entity = [regex]::Match("$problems", '-Entity (\w+)\.').Groups[1].Value
            Get-CopperCustomFieldOption Region -Entity $entity | Should -Not -BeNullOrEmpty
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperAmbiguousName,*'
            "$($problems[0])" | Should -BeLike '*-Entity*'
            foreach ($field in Get-CopperCustomFieldDefinition Region) {
                $options = Get-CopperCustomFieldOption Region -Entity $field.AvailableOn[0]
                $options.DefinitionId | Sort-Object -Unique | Should -Be $field.Id
            }
            Get-CopperCustomFieldDefinition | Get-CopperCustomFieldOption -Entity Task | Where-Object DefinitionName -EQ Interests |
                Should -BeNullOrEmpty
        }

        It 'reports a field that there is not' {
            Get-CopperCustomFieldOption 'No such field' -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].TargetObject | Should -Be 'No such field'
            Get-CopperCustomFieldOption 1 -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        }
    }

    Describe 'New-CopperCustomFieldDefinition' {
        It 'sends what was given, and the list knows the field at once' {
            Get-CopperCustomFieldDefinition | Out-Null
            Clear-SandboxJournal $sandbox
            $field = New-CopperCustomFieldDefinition 'Tier' dropdown -AvailableOn Person, Company -Option Gold,
            Silver -Filterable -CanonicalName Tier
            Get-SandboxRequest $sandbox |
                Should -Be ('POST /custom_field_definitions {"name":"Tier","canonical_name":"Tier","data_type":"Dropdown",' +
                    '"available_on":["person","company"],"is_filterable":true,"options":[{"name":"Gold"},{"name":"Silver"}]}')
            $field.CanonicalName | Should -Be 'tier'
            (Get-CopperCustomFieldDefinition Tier).Id | Should -Be $field.Id
        }

        It 'sends the currency of a currency field' {
            (New-CopperCustomFieldDefinition Budget Currency -Currency eur).Currency | Should -Be 'EUR'
        }

        It 'rejects <what> before anything is sent' -TestCases @(
            @{ what = 'a dropdown without a choice'; call = { New-CopperCustomFieldDefinition x Dropdown } }
            @{ what = 'a multi-select with one choice'; call = { New-CopperCustomFieldDefinition x MultiSelect -Option a } }
            @{ what = 'choices of a text'; call = { New-CopperCustomFieldDefinition x String -Option a } }
            @{ what = 'a choice given twice'; call = { New-CopperCustomFieldDefinition x MultiSelect -Option a, A } }
            @{ what = 'a currency for a date'; call = { New-CopperCustomFieldDefinition x Date -Currency EUR } }
            @{ what = 'a connect field, which the API cannot make'; call = { New-CopperCustomFieldDefinition x Connect } }
        ) {
            { $ErrorActionPreference = 'Stop'; & $call } | Should -Throw
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }

        It 'sends nothing with -WhatIf' {
            New-CopperCustomFieldDefinition x String -WhatIf
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }
    }

    Describe 'Set-CopperCustomFieldDefinition' {
        BeforeEach {
            $field = Get-CopperCustomFieldDefinition 'Preferred Language'
            $ids = Get-CopperCustomFieldOption $field | Select-Object -ExpandProperty Id
            Clear-SandboxJournal $sandbox
        }

        It 'sends only what was given' {
            $field | Set-CopperCustomFieldDefinition -Name 'Language' -Filterable:$false | Should -BeNullOrEmpty
            Get-SandboxRequest $sandbox |
                Should -Be "PUT /custom_field_definitions/$($field.Id) {`"name`":`"Language`",`"is_filterable`":false}"
        }

        It 'keeps the ids of the choices that stay, whatever the order in which the service lists them' {
            $changed = Set-CopperCustomFieldDefinition $field -AddOption Dutch -RemoveOption French -RenameOption @{
                English = 'British'
            } -PassThru
            $sent = Get-SandboxRequest $sandbox
            $sent | Select-Object -First 1 | Should -Be "GET /custom_field_definitions/$($field.Id)"
            $options = '[{{"id":{0},"name":"British"}},{{"id":{1},"name":"German"}},{{"id":{2},"name":"Spanish"}},{{"name":"Dutch"}}]' -f
            $ids[0], $ids[1], $ids[3]
            @($sent)[-1].EndsWith("`"options`":$options}") | Should -BeTrue -Because @($sent)[-1]
            ($changed | Get-CopperCustomFieldOption).Name | Should -Be 'British', 'German', 'Spanish', 'Dutch'
        }

        It 'replaces the whole list, with the ids of those that were there' {
            Set-CopperCustomFieldDefinition $field -Option spanish, Latin
            $options = Get-CopperCustomFieldOption $field.Id
            $options.Name | Should -Be 'spanish', 'Latin'
            $options[0].Id | Should -Be $ids[3]
        }

        It 'rejects <what> and changes nothing' -TestCases @(
            @{ what = 'to take away a choice that there is not'; call = { Set-CopperCustomFieldDefinition $field -RemoveOption Klingon } }
            @{
                what = 'to leave a dropdown without a choice'
                call = { Set-CopperCustomFieldDefinition $field -RemoveOption English, German, French, Spanish }
            }
            @{ what = 'the whole list together with an addition'; call = { Set-CopperCustomFieldDefinition $field -Option a -AddOption b } }
            @{ what = 'nothing at all'; call = { Set-CopperCustomFieldDefinition $field } }
        ) {
            { $ErrorActionPreference = 'Stop'; & $call } | Should -Throw
            Get-SandboxRequest $sandbox | Where-Object { $_ -notlike 'GET *' } | Should -BeNullOrEmpty
        }

        It 'shows with -WhatIf what happens to the choices' {
            $file = Join-Path $TestDrive 'choices.txt'
            $null = Start-Transcript $file
            try {
                Set-CopperCustomFieldDefinition $field -AddOption Robotics -WhatIf
                Set-CopperCustomFieldDefinition $field -RemoveOption Red, Blue -RenameOption @{ Green = 'Lime' } -WhatIf
            }
            finally { $null = Stop-Transcript }
            @(Get-Content $file) -match '^What if' -replace '^.*operation "(.*)" on.*$', '$1' |
                Should -Be "Add choice 'Robotics'", "Remove choices 'Red', 'Blue', rename choice 'Green' to 'Lime'"
        }

        It 'sends nothing with -WhatIf, and reports an id that there is not' {
            Set-CopperCustomFieldDefinition $field -AddOption x -WhatIf
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
            Set-CopperCustomFieldDefinition 1 -Name x -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        }
    }

    Describe 'Remove-CopperCustomFieldDefinition' {
        It 'removes the field, and the list knows it at once' {
            $field = Get-CopperCustomFieldDefinition Birthday
            $removed = $field | Remove-CopperCustomFieldDefinition -Confirm:$false -PassThru
            $removed.Id | Should -Be $field.Id
            $removed.EntityType | Should -Be 'custom field definition'
            Get-CopperCustomFieldDefinition -Name Birth* | Should -BeNullOrEmpty
        }

        It 'sends nothing with -WhatIf' {
            Get-CopperCustomFieldDefinition Birthday | Remove-CopperCustomFieldDefinition -WhatIf
            Get-SandboxRequest $sandbox | Should -Be 'GET /custom_field_definitions'
        }
    }
}
