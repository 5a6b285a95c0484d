BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $id = 20000001
    # So that the journal shows what a test sends, without the definitions of the custom fields before it.
    $null = Get-CopperCustomFieldDefinition
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Get-CopperLead' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'sends <parameters.Keys> as <wire>' -TestCases @(
        @{ parameters = @{ Email = 'a@b.example' }; wire = '"emails":"a@b.example"' }
        @{ parameters = @{ Status = 208231, 208233 }; wire = '"status_ids":[208231,208233]' }
        @{ parameters = @{ CustomerSource = 331240, $null }; wire = '"customer_source_ids":[331240,-2]' }
        @{ parameters = @{ CustomerSource = $null }; wire = '"customer_source_ids":[-2]' }
        @{ parameters = @{ MinimumValue = 0; MaximumValue = 2500.5 }; wire = '"minimum_monetary_value":0,"maximum_monetary_value":2500.5' }
        @{ parameters = @{ IncludeConverted = $true }; wire = '"include_converted_leads":true' }
        @{ parameters = @{ IncludeConverted = $false }; wire = '"include_converted_leads":false' }
        @{
            parameters = @{ FirstName = 'Ada'; MiddleName = 'K'; LastName = 'L' }
            wire       = '"first_name":"Ada","middle_name":"K","last_name":"L"'
        }
        @{ parameters = @{ CompanyName = 'Acme'; Title = 'CTO' }; wire = '"company_name":"Acme","title":"CTO"' }
        @{
            parameters = @{ PhoneNumber = '+1 (408) 555-1234'; PhoneMatch = 'Partial' }
            wire       = '"phone_number":{"value":"+1 (408) 555-1234","match":"partial"}'
        }
        @{ parameters = @{ Social = 'x.com/a'; City = 'Oslo' }; wire = '"city":"Oslo"' }
        @{ parameters = @{ MaximumAge = [timespan] '0:01:00'; MinimumInteractionCount = 3 }; wire = '"age":60' }
        @{ parameters = @{ MaximumAge = 3600 }; wire = '"age":3600' }
        @{ parameters = @{ MaximumAge = '3600' }; wire = '"age":3600' }
        @{ parameters = @{ MaximumAge = '1.00:00:00' }; wire = '"age":86400' }
        @{ parameters = @{ InteractionBefore = '2026-01-01T00:00Z' }; wire = '"maximum_interaction_date":1767225600' }
        @{ parameters = @{ Filter = @{ tags = @{ option = 'ANY'; value = 'a', 'b' } } }; wire = '"tags":{' }
    ) {
        Get-CopperLead @parameters -First 1 | Out-Null
        $sent = Get-SandboxJournal $sandbox
        $sent.body.Contains($wire) | Should -BeTrue -Because $sent.body
        $sent.status | Should -Be 200
    }

    It 'has one e-mail address, with its category, in the members that people have' {
        $lead = Get-CopperLead | Where-Object Email | Select-Object -First 1
        $lead.Email | Should -BeOfType ([string])
        $lead.Emails | Should -HaveCount 1
        $lead.Emails[0].Category | Should -Not -BeNullOrEmpty
        (Get-CopperLead -Email $lead.Email).Id | Should -Contain $lead.Id
    }

    It 'rejects <what> before anything is sent' -TestCases @(
        @{ what = 'an empty source: null is for leads without one'; call = { Get-CopperLead -CustomerSource @() } }
        @{ what = 'no status at all, for which there is no search'; call = { Get-CopperLead -Status $null } }
        @{ what = 'an empty amount'; call = { Get-CopperLead -MinimumValue '' } }
        @{ what = 'a company where a user is meant'; call = { Get-CopperLead -Assignee ([Copper.Client.Models.CopperCompany]@{ Id = 1 }) } }
        @{ what = 'a number without digits'; call = { Get-CopperLead -PhoneNumber 'call me' } }
        @{ what = 'an age below zero'; call = { Get-CopperLead -MaximumAge ([timespan]::FromDays(-1)) } }
        @{ what = 'a filter given twice'; call = { Get-CopperLead -Title a -Filter @{ title = 'b' } } }
    ) {
        $ErrorActionPreference = 'Stop'
        $call | Should -Throw
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'matches phone numbers partially up to six digits, fuzzily from seven' {
        $lead = New-CopperLead 'Fuzzy' -PhoneNumber '510-555-1234'
        (Get-CopperLead -PhoneNumber '51234').Id | Should -Contain $lead.Id
        (Get-CopperLead -PhoneNumber '4085551234' -PhoneMatch Fuzzy).Id | Should -Contain $lead.Id
        (Get-CopperLead -PhoneNumber '4085551234').Id | Should -Contain $lead.Id
        (Get-CopperLead -PhoneNumber '4085551234' -PhoneMatch Partial).Id | Should -Not -Contain $lead.Id
        Remove-CopperLead $lead -Confirm:$false
    }

    It 'says that leads are switched off' {
        Reset-SandboxHost $sandbox @{ 'feature-leads' = $false }
        Get-CopperLead -First 1 -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Reset-SandboxHost $sandbox @{ 'feature-leads' = $true }
        "$($problems[0])" | Should -BeLike '*Feature not enabled*'
        $problems[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
    }
}

Describe 'Set-CopperLead' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'sends exactly what is given: <call>' -TestCases @(
        @{ call = { Set-CopperLead $id -Email a@b.example }; wire = '{"email":{"email":"a@b.example","category":"work"}}' }
        @{
            call = { Set-CopperLead $id -Email @{ Email = 'a@b.example'; Category = 'other' } }
            wire = '{"email":{"email":"a@b.example","category":"other"}}'
        }
        @{ call = { Set-CopperLead $id -Email $null }; wire = '{"email":null}' }
        @{ call = { Set-CopperLead $id -Email '' }; wire = '{"email":null}' }
        @{ call = { Set-CopperLead $id -Status 208233 }; wire = '{"status_id":208233}' }
        @{ call = { Set-CopperLead $id -CustomerSource 331241 }; wire = '{"customer_source_id":331241}' }
        @{ call = { Set-CopperLead $id -CustomerSource $null }; wire = '{"customer_source_id":null}' }
        @{ call = { Set-CopperLead $id -MonetaryValue 2500.50 }; wire = '{"monetary_value":2500.5}' }
        @{ call = { Set-CopperLead $id -MonetaryValue '2500.50' }; wire = '{"monetary_value":2500.50}' }
        @{ call = { Set-CopperLead $id -MonetaryValue $null }; wire = '{"monetary_value":null}' }
        @{ call = { Set-CopperLead $id -MonetaryValue 0 }; wire = '{"monetary_value":0}' }
        @{ call = { Set-CopperLead $id -CompanyName Acme -Title CTO }; wire = '{"title":"CTO","company_name":"Acme"}' }
        @{
            call = { Set-CopperLead $id -CustomField @{ 126241 = 'x' } }
            wire = '{"custom_fields":[{"custom_field_definition_id":126241,"value":"x"}]}'
        }
    ) {
        & $call | Should -BeNullOrEmpty
        $sent = Get-SandboxJournal $sandbox
        $sent.body | Should -BeExactly $wire
        $sent.status | Should -Be 200
    }

    It 'takes one e-mail address and no more' {
        { Set-CopperLead $id -Email a@b.example, c@d.example } | Should -Throw '*one only*'
        { Set-CopperLead $id -Email 'not an address' } | Should -Throw
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'takes the e-mail address of another record' {
        $other = Get-CopperLead | Where-Object Email | Select-Object -First 1
        (Set-CopperLead $id -Email $other.Emails -PassThru).Email | Should -Be $other.Email
    }

    It 'merges a part of the address with what the lead has' {
        $lead = Get-CopperLead | Where-Object { $_.Address.Street } | Select-Object -First 1
        (Set-CopperLead $lead -City Rome -PassThru).Address.Street | Should -Be $lead.Address.Street
    }

    It 'changes every lead of a search whose result shrinks with each change' {
        $new = @(Get-CopperLead -Status 208231)
        Get-CopperLead -Status 208231 -PageSize 3 | Set-CopperLead -Status 208233
        Get-CopperLead -Status 208231 | Should -BeNullOrEmpty
        $new.Count | Should -BeGreaterThan 6
    }
}

Describe 'New-CopperLead' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'makes leads of the rows of a CSV file; an empty amount is none, not zero' {
        $file = Join-Path $TestDrive 'leads.csv'
        @'
Name,Email,MonetaryValue,Tag,City,CustomerSource
Ada One,ada@one.example,2500.50,a; b,Rome,331241
Bob Two,,,,,
Cy Three,,0,,,
'@ | Set-Content $file
        (Import-Csv $file | New-CopperLead).Name | Should -Be 'Ada One', 'Bob Two', 'Cy Three'
        Get-SandboxRequest $sandbox | Should -Be @(
            'POST /leads {"name":"Ada One","email":{"email":"ada@one.example","category":"work"},' +
            '"customer_source_id":331241,"monetary_value":2500.50,"tags":["a","b"],' +
            '"address":{"street":null,"city":"Rome","state":null,"postal_code":null,"country":null}}'
            'POST /leads {"name":"Bob Two"}'
            'POST /leads {"name":"Cy Three","monetary_value":0}'
        )
    }

    It 'goes on after a row with an address that is none' {
        $rows = "Name,Email`nA,nonsense`nB,b@b.example" | ConvertFrom-Csv
        ($rows | New-CopperLead -ErrorVariable problems -ErrorAction SilentlyContinue).Name | Should -Be B
        $problems | Should -Not -BeNullOrEmpty
    }
}

Describe 'Remove-CopperLead' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'never deletes the lead with the id of a person' {
        Get-CopperPerson 7 | Remove-CopperLead -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
        "$($problems[0])" | Should -BeLike '*is a person, not a lead*'
        Get-SandboxRequest $sandbox | Should -Be 'GET /people/7'
    }

    It 'deletes every one of 450, not every second page' {
        foreach ($batch in 1..45) {
            $leads = foreach ($number in 1..10) { @{ name = "Old $batch $number"; tags = @('outworn') } }
            Invoke-CopperRequest -Method Post -Path leads/bulk_create -Body @{ leads = $leads } | Out-Null
        }
        $others = @(Get-CopperLead).Count - 450
        Get-CopperLead -Tag outworn | Remove-CopperLead -Confirm:$false
        Get-CopperLead -Tag outworn | Should -BeNullOrEmpty
        @(Get-CopperLead).Count | Should -Be $others
    }

    It 'asks before it deletes, and never asks where nobody can answer' {
        $answer = Invoke-ChildPowerShell {
            Connect-Copper -Sandbox
            Remove-CopperLead 20000001 -Confirm:$false
            try { Remove-CopperLead 20000002 -ErrorAction Stop } catch { 'refused' }
            (Get-CopperLead 20000002).Id
        }
        $answer.Output | Should -Be 'refused', '20000002'
    }
}
