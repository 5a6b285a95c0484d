BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    Connect-Copper -Sandbox
}

AfterAll { Disconnect-Copper }

Describe 'A person in other forms' {
    It 'is a readable row of a CSV file' {
        $csv = Get-CopperPerson -First 200 | ConvertTo-Csv -NoTypeInformation
        $csv -join "`n" | Should -Not -Match 'System\.|Copper\.Client'
        $rows = $csv | ConvertFrom-Csv
        $rows | Should -HaveCount 200
        $rows.Emails | Should -Match '^[^@\s]+@[^@\s]+(; [^@\s]+@[^@\s]+)*$'
        $rows.Email | Should -Match '@'
    }

    It 'makes the journey to a CSV file and back into the account' {
        $file = Join-Path $TestDrive 'people.csv'
        Get-CopperPerson -First 5 | Select-Object Id, Title | Export-Csv $file -NoTypeInformation
        Import-Csv $file | ForEach-Object { $_.Title = "$($_.Title) II"; $_ } | Set-CopperPerson
        (Get-CopperPerson 1).Title | Should -BeLike '* II'
    }

    It 'is JSON with all its members, those the module does not know too' {
        $person = Get-CopperPerson 1
        $person.AdditionalMembers = [Copper.Client.Json.AdditionalMembers]::new()
        $person.AdditionalMembers['favourite_colour'] = 'teal'
        $json = $person | ConvertTo-Json -Depth 5 | ConvertFrom-Json
        $json.Id | Should -Be 1
        $json.Emails[0].Email | Should -Be $person.Email
        $json.AdditionalMembers.favourite_colour | Should -Be 'teal'
    }

    It 'shows times as moments, ids as whole numbers' {
        $person = Get-CopperPerson 1
        $person.DateCreated | Should -BeOfType datetimeoffset
        $person.DateCreated.Offset | Should -Be ([timespan]::Zero)
        $person.Id | Should -BeOfType long
    }
}

Describe 'Dates in the culture <culture>' -ForEach @(
    @{ culture = 'de-DE' }, @{ culture = 'ar-SA' }, @{ culture = 'th-TH' }, @{ culture = 'en-US' }
) {
    BeforeAll { $saved = [cultureinfo]::CurrentCulture }
    AfterAll { [cultureinfo]::CurrentCulture = $saved }

    It 'mean the same' {
        [cultureinfo]::CurrentCulture = $culture
        $all = @(Get-CopperPerson -CreatedAfter '2024-06-01T00:00:00Z')
        [cultureinfo]::CurrentCulture = 'en-US'
        $all.Count | Should -BeGreaterThan 0
        @(Get-CopperPerson -CreatedAfter '2024-06-01T00:00:00Z') | Should -HaveCount $all.Count
        $all[0].DateCreated | Should -BeGreaterOrEqual ([datetimeoffset] '2024-06-01T00:00:00Z')
    }
}
