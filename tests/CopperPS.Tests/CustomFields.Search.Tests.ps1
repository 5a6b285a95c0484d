# -CustomField on Get: what a search can ask of each type, and what it cannot.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 300
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $null = Get-CopperCustomFieldDefinition
    $people = @(Get-CopperPerson)
    $opportunities = @(Get-CopperOpportunity)

    function Get-Criterion {
        $body = (Get-SandboxJournal $sandbox | Where-Object path -Like '*/search')[0].body | ConvertFrom-Json
        ConvertTo-Json -InputObject @($body.custom_fields) -Compress -Depth 5
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Searching by a custom field' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'sends <what>' -TestCases @(
        @{
            what = 'one choice as a list'; field = @{ 'preferred language' = 'german' }
            wire = '[{"custom_field_definition_id":126243,"value":[262002]}]'
        }
        @{
            what = 'several choices'; field = @{ 'Preferred Language' = 'German', 262003 }
            wire = '[{"custom_field_definition_id":126243,"value":[262002,262003]}]'
        }
        @{
            what = 'no choice'; field = @{ 'Preferred Language' = $null }
            wire = '[{"custom_field_definition_id":126243,"allow_empty":true}]'
        }
        @{
            what = 'a choice or none'; field = @{ Interests = 'Training', $null }
            wire = '[{"custom_field_definition_id":126244,"value":[262007],"allow_empty":true}]'
        }
        @{
            what = 'all choices'; field = @{ Interests = @{ All = 'Training', 'Hardware' } }
            wire = '[{"custom_field_definition_id":126244,"value":[262007,262005],"option":"ALL"}]'
        }
        @{
            what = 'none of the choices'; field = @{ Interests = @{ none = 'Training' } }
            wire = '[{"custom_field_definition_id":126244,"value":[262007],"option":"NONE"}]'
        }
        @{ what = 'a flag'; field = @{ Newsletter = $false }; wire = '[{"custom_field_definition_id":126246,"value":false}]' }
        @{
            what = 'an exact number'; field = @{ Score = 50 }
            wire = '[{"custom_field_definition_id":126247,"minimum_value":50,"maximum_value":50}]'
        }
        @{
            what = 'a range of numbers'; field = @{ Score = [ordered] @{ Min = 40; Max = 50.5 } }
            wire = '[{"custom_field_definition_id":126247,"minimum_value":40,"maximum_value":50.5}]'
        }
        @{ what = 'one bound'; field = @{ Score = @{ Maximum = 5 } }; wire = '[{"custom_field_definition_id":126247,"maximum_value":5}]' }
        @{
            what = 'a day'; field = @{ Birthday = '2018-02-14' }
            wire = '[{"custom_field_definition_id":126245,"minimum_value":1518523200,"maximum_value":1518609599}]'
        }
        @{
            what = 'a range of days'; field = @{ Birthday = [ordered] @{ Min = '2018-02-14'; Max = [datetime]::new(2018, 2, 15) } }
            wire = '[{"custom_field_definition_id":126245,"minimum_value":1518523200,"maximum_value":1518695999}]'
        }
    ) {
        Get-CopperPerson -CustomField $field -First 1 | Out-Null
        Get-Criterion | Should -BeExactly $wire
        (Get-SandboxJournal $sandbox).status | Should -Be 200
    }

    It 'finds those that have a choice, and those that have none' {
        $german = @(Get-CopperPerson -CustomField @{ 'Preferred Language' = 'German' })
        $german.Count | Should -BeGreaterThan 0
        $german.Id | Should -Be @($people | Where-Object { $_.CustomFields['Preferred Language'] -eq 'German' }).Id
        $none = @(Get-CopperPerson -CustomField @{ 'Preferred Language' = $null })
        $none.Id | Should -Be @($people | Where-Object { $null -eq $_.CustomFields['Preferred Language'] }).Id
    }

    It 'finds what lies in a range, bounds included' {
        $found = @(Get-CopperOpportunity -CustomField @{ Discount = @{ Min = 10; Max = 20 } })
        $found.Count | Should -BeGreaterThan 0
        $found.Id | Should -Be @(
            $opportunities | Where-Object { $_.CustomFields['Discount'] -ge 10 -and $_.CustomFields['Discount'] -le 20 }
        ).Id
        $day = ($opportunities | ForEach-Object { $_.CustomFields['Renewal Date'] } | Where-Object { $_ -gt [datetime] '1971-01-01' })[0]
        @(Get-CopperOpportunity -CustomField @{ 'Renewal Date' = $day }).Id |
            Should -Be @($opportunities | Where-Object { $_.CustomFields['Renewal Date'] -eq $day }).Id
    }

    It 'asks for all criteria at once' {
        $found = @(Get-CopperPerson -CustomField @{ Newsletter = $true; Score = @{ Min = 50 } })
        $found.Id | Should -Be @($people | Where-Object { $_.CustomFields['Newsletter'] -and $_.CustomFields['Score'] -ge 50 }).Id
    }

    It 'means the field of the searched records when others have the same name' {
        (Get-CopperLead -CustomField @{ Region = 'South' } -First 1) | Out-Null
        (Get-CopperCompany -CustomField @{ Region = 'Europe' } -First 1) | Out-Null
        (Get-SandboxJournal $sandbox).body[0] | Should -BeLike '*126249*'
        (Get-SandboxJournal $sandbox).body[1] | Should -BeLike '*126248*'
    }

    It 'rejects <what>, and searches for nothing' -TestCases @(
        @{
            what = 'text'; call = { Get-CopperPerson -CustomField @{ 'Customer Number' = 'x' } }
            says = "*text*Where-Object { `$_.CustomFields``['Customer Number'``] -eq*"
        }
        @{ what = 'long text that is empty'; call = { Get-CopperPerson -CustomField @{ Briefing = $null } }; says = '*cannot search*' }
        @{ what = 'an address'; call = { Get-CopperOpportunity -CustomField @{ Proposal = 'x' } }; says = '*cannot search*' }
        @{ what = 'an empty number'; call = { Get-CopperPerson -CustomField @{ Score = $null } }; says = '*being empty*' }
        @{ what = 'an empty day'; call = { Get-CopperPerson -CustomField @{ Birthday = $null } }; says = '*being empty*' }
        @{ what = 'an empty flag'; call = { Get-CopperPerson -CustomField @{ Newsletter = $null } }; says = '*never empty*' }
        @{ what = 'several numbers'; call = { Get-CopperPerson -CustomField @{ Score = 1, 2 } }; says = '*one value, or a range*' }
        @{
            what = 'a range of choices'; call = { Get-CopperPerson -CustomField @{ 'Preferred Language' = @{ Min = 1 } } }
            says = '*labels or ids*'
        }
        @{
            what = 'a word that is none'; call = { Get-CopperPerson -CustomField @{ Interests = @{ Some = 'Training' } } }
            says = '*@{ All = ... }*'
        }
        @{ what = 'a range with other bounds'; call = { Get-CopperPerson -CustomField @{ Score = @{ From = 1 } } }; says = '*Min and Max*' }
        @{ what = 'an empty range'; call = { Get-CopperPerson -CustomField @{ Score = @{} } }; says = '*empty range*' }
        @{ what = 'an empty bound'; call = { Get-CopperPerson -CustomField @{ Score = @{ Min = $null } } }; says = '*Min is empty*' }
        @{
            what = 'a range upside down'; call = { Get-CopperPerson -CustomField @{ Score = @{ Min = 2; Max = 1 } } }
            says = '*above its Max*'
        }
        @{ what = 'a day after 2038'; call = { Get-CopperPerson -CustomField @{ Birthday = @{ Min = '2040-01-01' } } }; says = '*2038*' }
        @{ what = 'a day before 1970'; call = { Get-CopperPerson -CustomField @{ Birthday = @{ Max = '1960-01-01' } } }; says = '*1970*' }
        @{ what = 'a number that is none'; call = { Get-CopperPerson -CustomField @{ Score = 'many' } }; says = '*number*' }
        @{ what = 'a connection'; call = { Get-CopperCompany -CustomField @{ Partner = 1 } }; says = '*Get-CopperConnection*' }
        @{
            what = 'an unknown choice'; call = { Get-CopperPerson -CustomField @{ Interests = 'Trainings' } }
            says = "*Did you mean 'Training'*"
        }
        @{ what = 'an unknown field'; call = { Get-CopperPerson -CustomField @{ Interest = 'x' } }; says = '*Did you mean ''Interests''*' }
        @{
            what = 'a field of another entity'; call = { Get-CopperTask -CustomField @{ Interests = 'x' } }
            says = '*not available on tasks*'
        }
    ) {
        { $ErrorActionPreference = 'Stop'; & $call } | Should -Throw -ExpectedMessage $says
        Get-SandboxRequest $sandbox | Where-Object { $_ -notlike 'GET /custom_field_definitions*' } | Should -BeNullOrEmpty
    }

    It 'rejects a field that is not set up for searches, and says how to change that' {
        $field = New-CopperCustomFieldDefinition Plain Float -AvailableOn Person
        Clear-SandboxJournal $sandbox
        { Get-CopperPerson -CustomField @{ Plain = 1 } } |
            Should -Throw -ExpectedMessage "*Set-CopperCustomFieldDefinition $($field.Id) -Filterable*"
        Set-CopperCustomFieldDefinition $field -Filterable
        Get-CopperPerson -CustomField @{ Plain = 1 } | Should -BeNullOrEmpty
    }
}
