# $record.CustomFields['name']: labels and typed values, without a request: the definitions are loaded before the record is written.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $culture = [cultureinfo]::CurrentCulture
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    Set-CopperPerson 1 -CustomField @{
        'Customer Number' = 'K-7'; Briefing = "one`ntwo"; 'Preferred Language' = 'German'; Interests = 'Training', 'Hardware'
        Birthday = '1990-02-28'; Newsletter = $true; Score = 95.5; 'External Id' = $null
    }
    Set-CopperPerson 2 -CustomField @{
        'Preferred Language' = $null; Interests = @(); Birthday = $null; Newsletter = $false; Score = $null; Briefing = ''
    }
}

AfterAll {
    [cultureinfo]::CurrentCulture = $culture
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'CustomFields of a record' {
    BeforeAll {
        $full = Get-CopperPerson 1
        $empty = Get-CopperPerson 2
    }

    It 'gives the value of a field by its name, typed: <name>' -TestCases @(
        @{ name = 'Customer Number'; type = 'string'; value = 'K-7' }
        @{ name = 'briefing'; type = 'string'; value = "one`ntwo" }
        @{ name = 'PREFERRED LANGUAGE'; type = 'string'; value = 'German' }
        @{ name = ' Newsletter '; type = 'bool'; value = $true }
        @{ name = 'Score'; type = 'decimal'; value = 95.5 }
        @{ name = 'Birthday'; type = 'datetime'; value = [datetime]::new(1990, 2, 28) }
    ) {
        $full.CustomFields[$name] | Should -BeOfType $type
        $full.CustomFields[$name] | Should -BeExactly $value
    }

    It 'gives the labels of a multi-select as a list' {
        $full.CustomFields['Interests'] | Should -Be 'Training', 'Hardware'
        $full.CustomFields['Interests'] -contains 'Training' | Should -BeTrue
        $full.CustomFields['Interests'].ToString() | Should -Be 'Training; Hardware'
        $empty.CustomFields['Interests'].Count | Should -Be 0
        [bool] $empty.CustomFields['Interests'] | Should -BeFalse
    }

    It 'gives null for an empty field, and false for an empty checkbox' {
        foreach ($name in 'Preferred Language', 'Birthday', 'Score', 'Briefing') {
            $null -eq $empty.CustomFields[$name] | Should -BeTrue -Because $name
        }
        $empty.CustomFields['Newsletter'] | Should -BeExactly $false
    }

    It 'has the fields as members too: <name>' -TestCases @(
        @{ name = 'Score'; value = 95.5 }
        @{ name = 'score'; value = 95.5 }
        @{ name = 'Preferred Language'; value = 'German' }
        @{ name = 'Newsletter'; value = $true }
    ) {
        $full.CustomFields.$name | Should -BeExactly $value
        ($full | ForEach-Object { $_.CustomFields.$name }) | Should -BeExactly $value
        @($full, $empty | Where-Object { $_.CustomFields.$name }) | Should -HaveCount 1
    }

    It 'completes the names of the fields' {
        $names = (TabExpansion2 '$full.CustomFields.' 19).CompletionMatches.CompletionText
        foreach ($name in 'Score', 'Birthday', "'Preferred Language'") { $names | Should -Contain $name }
        (TabExpansion2 '$full.CustomFields.Sc' 21).CompletionMatches.CompletionText | Should -Be 'Score'
        (Get-Member -InputObject $full.CustomFields -MemberType Dynamic).Name | Should -Contain 'Preferred Language'
    }

    It 'says of a name that no field has which there are, the nearest first: <what>' -TestCases @(
        @{ what = 'as a member'; call = { $full.CustomFields.Scor } }
        @{ what = 'as an index'; call = { $full.CustomFields['Scor'] } }
        @{ what = 'of a record whose fields are empty'; call = { $empty.CustomFields.Scor } }
        @{ what = 'in a pipeline'; call = { $full, $empty | Where-Object { $_.CustomFields['Scor'] -gt 1 } } }
    ) {
        $call | Should -Throw -ExpectedMessage "There is no custom field 'Scor' on people. Did you mean 'Score'*"
    }

    It 'says of a field of other records where it is, and takes no empty name' {
        { $full.CustomFields['Region'] } |
            Should -Throw -ExpectedMessage "Custom field 'Region' (126248, 126249) is not available on people; it is on: company; lead. *"
        { $full.CustomFields[''] } | Should -Throw -ExpectedMessage "There is no custom field '' on people. *"
    }

    It 'takes the id too: as int, long, text' {
        $full.CustomFields[126243], $full.CustomFields[[long] 126243], $full.CustomFields['126243'] |
            Should -Be 'German', 'German', 'German'
        $full.CustomFields[(Get-CopperCustomFieldDefinition Score).Id] | Should -Be 95.5
        $null -eq $full.CustomFields[99999999] | Should -BeTrue
    }

    It 'is still a list' {
        $full.CustomFields.Count | Should -BeGreaterThan 5
        $full.CustomFields[0].DefinitionId | Should -Be 126240
        $full.CustomFields[-1].DefinitionId | Should -Be @($full.CustomFields)[-1].DefinitionId
        @($full.CustomFields[0..1]).Name | Should -Be 'Customer Number', 'Briefing' -Because 'those without a value come last'
        $full.CustomFields | Where-Object Name -EQ 'Score' | ForEach-Object DisplayValue | Should -Be 95.5
        $full.CustomFields['Score', 'Newsletter'] | Should -Be 95.5, $true
    }

    It 'means the field of the record''s own kind when others have the same name' {
        $lead = (Get-CopperLead -First 1).Id
        $company = (Get-CopperCompany -First 1).Id
        (Set-CopperLead $lead -CustomField @{ Region = 'South' } -PassThru).CustomFields['Region'] | Should -Be 'South'
        (Set-CopperCompany $company -CustomField @{ Region = 'Europe' } -PassThru).CustomFields['Region'] | Should -Be 'Europe'
    }

    It 'keeps the day in every culture: <name>' -TestCases @(@{ name = 'ar-SA' }, @{ name = 'th-TH' }, @{ name = 'de-DE' }) {
        [cultureinfo]::CurrentCulture = $name
        $full.CustomFields['Birthday'] | Should -Be ([datetime]::new(1990, 2, 28))
        "$($full.CustomFields | Where-Object Name -EQ Birthday)" | Should -Be 'Birthday=1990-02-28'
        "$($full.CustomFields | Where-Object Name -EQ Score)" | Should -Be 'Score=95.5'
    }
}

Describe 'Format-List *' {
    It 'lists the fields that have a value, and no others' {
        $few = New-CopperPerson 'Few Fields' -CustomField @{ 'Customer Number' = 'K-8' }
        $few | Format-List * | Out-String -Width 400 | Should -Match 'CustomFields +: \{Customer Number=K-8, Newsletter=False\}\r?\n'
        $few.CustomFields.Name | Should -Be 'Customer Number', 'Newsletter'
        $few.CustomFields.WithoutValue.Name | Should -Contain 'Score'
        $few.CustomFields.WithoutValue.Count | Should -BeGreaterThan 5
    }
}

Describe 'The requests' {
    It 'are one for the definitions, before the first record is written, and none by looking at the record' {
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
        $person = Get-CopperPerson 1
        Get-SandboxRequest $sandbox | Sort-Object | Should -Be 'GET /contact_types', 'GET /custom_field_definitions', 'GET /people/1',
        'POST /users/search {"page_number":1,"page_size":200}'
        Clear-SandboxJournal $sandbox
        $person | Format-List | Out-String | Out-Null
        $person | ConvertTo-Csv | Out-Null
        $person | ConvertTo-Json -Depth 4 | Out-Null
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        foreach ($i in 1..3) { $person.CustomFields['Preferred Language'] | Should -Be 'German' }
        (Get-CopperPerson 1).CustomFields['Score'] | Should -Be 95.5
        Get-SandboxRequest $sandbox | Should -Be 'GET /people/1'
    }

    It 'are none when the session is closed: what was known still is' {
        $session = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; PassThru = $true }
        $null = Get-CopperCustomFieldDefinition -Session $session
        $known = Get-CopperPerson 1 -Session $session
        $known.CustomFields['Score'] | Should -Be 95.5
        Disconnect-Copper $session
        $known.CustomFields['Preferred Language'] | Should -Be 'German'
        # One that never knew has ids and raw values.
        $other = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; PassThru = $true }
        Clear-CopperCache -Session $other
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 403; match = @{ path = '^/custom_field_definitions$' } }
        $unknown = Get-CopperPerson 1 -Session $other -WarningAction SilentlyContinue
        Set-SandboxFault $sandbox
        Disconnect-Copper $other
        { $unknown.CustomFields['Preferred Language'] } | Should -Throw -ExpectedMessage '*were not read*'
        $unknown.CustomFields[126243] | Should -Be 262002
        $unknown.CustomFields[126247] | Should -Be 95.5
        "$($unknown.CustomFields)" | Should -BeLike '*126243=262002*'
        Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    }
}

Describe 'A record in other forms' {
    BeforeAll {
        $null = Get-CopperCustomFieldDefinition
        $person = Get-CopperPerson 1
    }

    It 'lists the fields by name and label, in a list and in a CSV file' {
        $shown = $person | Format-List | Out-String -Width 200
        $shown | Should -Match 'Preferred Language=German'
        $shown | Should -Match 'Interests=Training; Hardware'
        $shown | Should -Match 'Birthday=1990-02-28'
        ($person | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv).CustomFields |
            Should -Match 'Preferred Language=German; Interests=Training; Hardware'
    }

    It 'keeps names and values on its way through a file or a job' {
        $file = Join-Path $TestDrive 'person.clixml'
        $person | Export-Clixml $file
        $past = Import-Clixml $file
        ($past.CustomFields | Where-Object Name -EQ 'Preferred Language').DisplayValue | Should -Be 'German'
        ($past.CustomFields | Where-Object DefinitionId -EQ 126243).Value | Should -Be 262002
        ($past.CustomFields | Where-Object Name -EQ 'Birthday').DisplayValue | Should -Be ([datetime]::new(1990, 2, 28))
        $json = $person | ConvertTo-Json -Depth 5 | ConvertFrom-Json
        ($json.CustomFields | Where-Object Name -EQ 'Interests').DisplayValue | Should -Be 'Training', 'Hardware'
    }

    It 'that was created by hand has its values by id' {
        $made = [Copper.Client.Models.CopperPerson] @{ Id = 1 }
        $made.CustomFields.Add([Copper.Client.Models.CopperCustomFieldValue] @{ DefinitionId = 126247; Value = 3 })
        $made.CustomFields[126247] | Should -Be 3
        $null -eq $made.CustomFields['Score'] | Should -BeTrue
        "$($made.CustomFields)" | Should -Be '126247=3'
    }
}
