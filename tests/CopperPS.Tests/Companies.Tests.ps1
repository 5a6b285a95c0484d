BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $id = 10000001
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Get-CopperCompany' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'sends <parameters.Keys> as <wire>' -TestCases @(
        @{ parameters = @{ EmailDomain = 'example.com' }; wire = '"email_domains":"example.com"' }
        @{ parameters = @{ ContactType = 451490, 451491 }; wire = '"contact_type_ids":[451490,451491]' }
        @{ parameters = @{ PrimaryContact = 7 }; wire = '"primary_contact_ids":[7]' }
        @{ parameters = @{ PhoneNumber = '555-1234' }; wire = '"phone_number":"555-1234"' }
        @{ parameters = @{ PhoneNumber = '555-1234'; PhoneMatch = 'Fuzzy' }; wire = '"phone_number":{"value":"555-1234","match":"fuzzy"}' }
        @{
            parameters = @{ City = 'Oslo'; State = 'x'; PostalCode = '0150'; Country = 'NO' }
            wire       = '"city":"Oslo","state":"x","postal_code":"0150","country":"NO"'
        }
        @{ parameters = @{ Social = 'x.com/a' }; wire = '"socials":["x.com/a"]' }
        @{ parameters = @{ MaximumAge = [timespan] '1.00:00:00' }; wire = '"age":86400' }
        @{
            parameters = @{ MinimumInteractionCount = 1; MaximumInteractionCount = 9 }
            wire       = '"minimum_interaction_count":1,"maximum_interaction_count":9'
        }
        @{
            parameters = @{ InteractionAfter = '2026-01-01T00:00Z'; InteractionBefore = '2026-01-02T00:00Z' }
            wire       = '"minimum_interaction_date":1767225600,"maximum_interaction_date":1767312000'
        }
    ) {
        Get-CopperCompany @parameters -First 1 | Out-Null
        $sent = Get-SandboxJournal $sandbox
        $sent.body.Contains($wire) | Should -BeTrue -Because $sent.body
        $sent.status | Should -Be 200
    }

    It 'finds a company by its domain and by the end of its number' {
        $company = Get-CopperCompany -First 1
        (Get-CopperCompany -EmailDomain $company.EmailDomain).Id | Should -Contain $company.Id
        $numbered = Get-CopperCompany | Where-Object PhoneNumbers | Select-Object -First 1
        $digits = "$($numbered.PhoneNumbers[0])" -replace '\D'
        (Get-CopperCompany -PhoneNumber $digits.Substring($digits.Length - 5) -PhoneMatch Partial).Id | Should -Contain $numbered.Id
    }

    It 'is joined with text where a CSV needs it' {
        $row = Get-CopperCompany -First 5 | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv
        $row | ForEach-Object { $_.PSObject.Properties.Value } | Should -Not -Match 'System\.|Copper\.'
    }
}

Describe 'Set-CopperCompany' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'sends exactly what is given: <call>' -TestCases @(
        @{ call = { Set-CopperCompany $id -EmailDomain new.example }; wire = '{"email_domain":"new.example"}' }
        @{ call = { Set-CopperCompany $id -EmailDomain $null }; wire = '{"email_domain":null}' }
        @{
            call = { Set-CopperCompany $id -ContactType 451491 -PrimaryContact 7 }
            wire = '{"contact_type_id":451491,"primary_contact_id":7}'
        }
        @{ call = { Set-CopperCompany $id -PrimaryContact (Get-CopperPerson 3) }; wire = '{"primary_contact_id":3}' }
        @{ call = { Set-CopperCompany $id -PrimaryContact $null }; wire = '{"primary_contact_id":null}' }
        @{ call = { Set-CopperCompany $id -PhoneNumber '1 23' }; wire = '{"phone_numbers":[{"number":"1 23","category":"work"}]}' }
        @{
            call = { Set-CopperCompany $id -Website 'https://c.example' -Social 'linkedin.com/c' }
            wire = '{"socials":[{"url":"linkedin.com/c","category":"linkedin"}],"websites":[{"url":"https://c.example","category":"work"}]}'
        }
        @{ call = { Set-CopperCompany $id -Address $null }; wire = '{"address":null}' }
    ) {
        & $call | Should -BeNullOrEmpty
        $sent = Get-SandboxJournal $sandbox | Select-Object -Last 1
        $sent.body | Should -BeExactly $wire
        $sent.status | Should -Be 200
    }

    It 'rejects a company where a person is meant' {
        Set-CopperCompany $id -PrimaryContact (Get-CopperCompany $id) -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
        (Get-SandboxJournal $sandbox).method | Should -Not -Contain 'PUT'
    }

    It 'merges a part of the address with what the company has' {
        $before = (Get-CopperCompany $id).Address
        $after = (Set-CopperCompany $id -City Rome -PassThru).Address
        $after.City | Should -Be Rome
        $after.Street | Should -Be $before.Street
    }
}

Describe 'New-CopperCompany' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'makes one of each row of a CSV file, with numbers, tags and an address' {
        $rows = "Name,EmailDomain,PhoneNumber,City,Country,PrimaryContact`nOne Ltd,one.example,12 34,Leeds,GB,3`nTwo Ltd,,,,," |
            ConvertFrom-Csv
        ($rows | New-CopperCompany).Name | Should -Be 'One Ltd', 'Two Ltd'
        Get-SandboxRequest $sandbox | Should -Be @(
            'POST /companies {"name":"One Ltd","phone_numbers":[{"number":"12 34","category":"work"}],' +
            '"email_domain":"one.example","primary_contact_id":3,' +
            '"address":{"street":null,"city":"Leeds","state":null,"postal_code":null,"country":"GB"}}'
            'POST /companies {"name":"Two Ltd"}'
        )
    }

    It 'reports a domain that another company has' {
        New-CopperCompany Twin -EmailDomain (Get-CopperCompany $id).EmailDomain -ErrorVariable problems -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
    }
}

Describe 'Remove-CopperCompany' {
    It 'removes what a search finds, to the last' {
        Reset-SandboxHost $sandbox
        'One', 'Two', 'Three' | ForEach-Object { New-CopperCompany $_ -Tag outworn } | Out-Null
        Get-CopperCompany -Tag outworn -PageSize 1 | Remove-CopperCompany -Confirm:$false
        Get-CopperCompany -Tag outworn | Should -BeNullOrEmpty
    }
}

Describe 'The company of a person' {
    BeforeAll {
        Reset-SandboxHost $sandbox
        $person = Get-CopperPerson | Where-Object CompanyId | Select-Object -First 1
        $other = Get-CopperCompany | Where-Object Id -NE $person.CompanyId | Select-Object -First 1
    }
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'is changed as a relation, since the service rejects the field' {
        Set-CopperPerson $person -Company $other
        Get-SandboxRequest $sandbox | Should -Be @(
            "GET /people/$($person.Id)"
            "DELETE /people/$($person.Id)/related {`"resource`":{`"id`":$($person.CompanyId),`"type`":`"company`"}}"
            "POST /people/$($person.Id)/related {`"resource`":{`"id`":$($other.Id),`"type`":`"company`"}}"
        )
        (Get-CopperPerson $person).CompanyName | Should -Be $other.Name
        Set-CopperPerson $person -Property @{ company_id = $other.Id } -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
    }
}
