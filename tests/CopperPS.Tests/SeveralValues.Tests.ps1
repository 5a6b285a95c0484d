# Criteria of which the service takes one value at a time: with several there is a search for each, and the result is one.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $null = Get-CopperCustomFieldDefinition
    # Two addresses with two leads each, in turn, and one number that a lead shares with another address.
    $leads = 1..4 | ForEach-Object { New-CopperLead "Several $_" -Email "several$($_ % 2)@several.example" -PhoneNumber "555770$_" }
    $odd = $leads[0, 2].Id
    $even = $leads[1, 3].Id
    $company = New-CopperCompany 'Several' -EmailDomain several.example -PhoneNumber '5557711'
    $other = New-CopperCompany 'Others' -EmailDomain others.example -PhoneNumber '5557722'
    $people = 1..3 | ForEach-Object { New-CopperPerson "Several $_" -PhoneNumber "555773$_" }

    function Get-Search {
        @(Get-SandboxJournal $sandbox | Where-Object path -Like '*/search' | ForEach-Object { $_.body | ConvertFrom-Json })
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Several values' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'of addresses of leads are searched for one after the other, in the order given' {
        (Get-CopperLead -Email several0@several.example, several1@several.example).Id | Should -Be ($even + $odd)
        (Get-Search).emails | Should -Be 'several0@several.example', 'several1@several.example'
    }

    It 'of one value need one search, as ever' {
        (Get-CopperLead -Email several1@several.example).Id | Should -Be $odd
        (Get-CopperLead -Email several1@several.example, SEVERAL1@several.example).Id | Should -Be $odd
        Get-Search | Should -HaveCount 2
    }

    It 'of phone numbers bring no record twice: <noun>' -TestCases @(
        @{ noun = 'Lead'; numbers = '5557701', '5557702', '57702'; found = { $leads[0, 1].Id } }
        @{ noun = 'Person'; numbers = '5557733', '5557731', '57733'; found = { $people[2, 0].Id } }
        @{ noun = 'Company'; numbers = '5557711', '57711', '5557722'; found = { $company.Id, $other.Id } }
    ) {
        (& "Get-Copper$noun" -PhoneNumber $numbers).Id | Should -Be (& $found)
        (Get-Search).phone_number | Should -Be $numbers
        Clear-SandboxJournal $sandbox
        (& "Get-Copper$noun" -PhoneNumber $numbers -PhoneMatch Partial).Id | Should -Be (& $found)
        (Get-Search).phone_number.value | Should -Be $numbers
    }

    It 'of domains of companies too' {
        (Get-CopperCompany -EmailDomain others.example, several.example).Id | Should -Be $other.Id, $company.Id
    }

    It 'of two criteria are searched for pair by pair' {
        (Get-CopperLead -Email several0@several.example, several1@several.example -PhoneNumber 5557701, 5557702).Id |
            Should -Be $leads[1, 0].Id
        Get-Search | Should -HaveCount 4
    }

    It 'keep the other criteria and the order in each search' {
        Get-CopperLead -Email a@several.example, b@several.example -Status New -SortBy name -Descending -Filter @{ city = 'Oslo' } |
            Should -BeNullOrEmpty
        $sent = Get-Search
        $sent | Should -HaveCount 2
        $sent | ForEach-Object { "$($_.status_ids) $($_.sort_by) $($_.sort_direction) $($_.city)" } | Sort-Object -Unique |
            Should -Be '208231 name desc Oslo'
    }

    It 'are one result for -First and -Skip: <first> after <skip>' -TestCases @(
        @{ first = 1; skip = 0; places = @(0); searches = 1 }
        @{ first = 2; skip = 0; places = 0, 1; searches = 1 }
        @{ first = 3; skip = 0; places = 0, 1, 2; searches = 2 }
        @{ first = 2; skip = 1; places = 1, 2; searches = 2 }
        @{ first = 9; skip = 3; places = @(3); searches = 2 }
    ) {
        $all = $even + $odd
        $found = Get-CopperLead -Email several0@several.example, several1@several.example -First $first -Skip $skip
        $found.Id | Should -Be $all[$places]
        Get-Search | Should -HaveCount $searches
    }

    It 'are left off where the pipeline ends' {
        (Get-CopperLead -Email several0@several.example, several1@several.example | Select-Object -First 1).Id | Should -Be $even[0]
        Get-Search | Should -HaveCount 1
    }

    It 'are counted together by -IncludeTotalCount' {
        $found = @(Get-CopperLead -Email several0@several.example, several1@several.example, nobody@several.example -IncludeTotalCount)
        "$($found[0])" | Should -Match '\b4\b'
        $found[1..4].Id | Should -Be ($even + $odd)
        Get-Search | Should -HaveCount 3
    }

    It 'find nobody without an error, and report a search that fails' {
        Get-CopperLead -Email x@several.example, y@several.example -ErrorVariable problems | Should -BeNullOrEmpty
        $problems | Should -BeNullOrEmpty
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 422; body = '{"success":false,"status":422,"message":"no"}'
            match = @{ path = 'leads/search'; after = 1 }; times = 1
        }
        $found = Get-CopperLead -Email several0@several.example,
        several1@several.example -ErrorVariable problems -ErrorAction SilentlyContinue -WarningVariable warnings `
            -WarningAction SilentlyContinue
        $found.Id | Should -Be $even
        $problems | Should -HaveCount 1
        "$warnings" | Should -BeLike '*-Skip 2*'
        Set-SandboxFault $sandbox
    }

    It 'are rejected when one of them is empty: <call>' -TestCases @(
        @{ call = { Get-CopperLead -Email a@b.example, '' } }
        @{ call = { Get-CopperLead -Email @() } }
        @{ call = { Get-CopperLead -Email $null } }
        @{ call = { Get-CopperCompany -EmailDomain ' ' } }
        @{ call = { Get-CopperPerson -PhoneNumber 123, 'call me' } }
    ) {
        $call | Should -Throw
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }
}
