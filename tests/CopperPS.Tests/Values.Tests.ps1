# Values that nobody can mean are errors before anything is sent; those that are only unlikely are warned of.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    Connect-Copper -Sandbox
}

AfterAll { Disconnect-Copper }

Describe 'A value that cannot be meant' {
    BeforeEach { $before = (Get-CopperSession).RequestCount }

    It 'is rejected: <Name>' -ForEach @(
        @{ Name = 'a website with an unknown scheme'; Run = { New-CopperPerson X -Website htp:/x }; Text = "*'htp:/x' is no address*" }
        @{ Name = 'a website with a half scheme'; Run = { New-CopperCompany X -Website http:/x.example }; Text = '*no address of a web*' }
        @{ Name = 'words for a website'; Run = { New-CopperPerson X -Website 'not a site' }; Text = '*no address of a website*' }
        @{ Name = 'a word for a website'; Run = { New-CopperLead X -Website none }; Text = '*no address of a website*' }
        @{ Name = 'a profile with an unknown scheme'; Run = { New-CopperPerson X -Social htp:/x }; Text = '*no address of a website*' }
        @{ Name = 'letters for a phone number'; Run = { New-CopperPerson X -PhoneNumber abc }; Text = '*it has no digit*' }
        @{ Name = 'a word for an e-mail address'; Run = { New-CopperPerson X -Email foo }; Text = "*'foo' is not an e-mail address*" }
        @{ Name = 'an address for a domain'; Run = { New-CopperCompany X -EmailDomain a@x.example }; Text = '*no domain of e-mail*' }
        @{ Name = 'a word for a domain'; Run = { Set-CopperCompany 10000001 -EmailDomain foo }; Text = '*no domain of e-mail*' }
        @{ Name = 'a share above 100'; Run = { Set-CopperOpportunity 30000001 -WinProbability 150 }; Text = '*from 0 to 100, not 150*' }
        @{ Name = 'a close date'; Run = { Set-CopperOpportunity 30000001 -CloseDate 0216-05-01 }; Text = '*CloseDate*year 0216*' }
        @{ Name = 'a due date'; Run = { New-CopperTask X -DueDate 0216-05-01 }; Text = '*DueDate 0216-05-01 is in the year 0216*' }
        @{ Name = 'a date far ahead'; Run = { Set-CopperTask 50000001 -ReminderDate 9216-05-01 }; Text = '*is in the year 9216*' }
        @{
            Name = 'the date of an activity'; Text = '*is in the year 0216*'
            Run = { New-CopperActivity 36 -RelatedType person -Details x -ActivityDate 0216-05-01 }
        }
    ) {
        { $ErrorActionPreference = 'Stop'; & $Run } | Should -Throw -ExpectedMessage $Text
        (Get-CopperSession).RequestCount | Should -Be $before
    }

    It 'is rejected in a row: <Column>' -ForEach @(
        @{ Column = 'Website'; Value = 'htp:/x' }, @{ Column = 'PhoneNumber'; Value = 'abc' }, @{ Column = 'Email'; Value = 'foo' } |
            ForEach-Object { $_ + @{ Noun = 'Person' } }
        @{ Noun = 'Company'; Column = 'EmailDomain'; Value = 'a@x.example' }
        @{ Noun = 'Opportunity'; Column = 'CloseDate'; Value = '0216-05-01' }
        @{ Noun = 'Task'; Column = 'DueDate'; Value = '0216-05-01' }
    ) {
        $row = [pscustomobject] @{ Name = 'Row'; $Column = $Value }
        if ($Noun -eq 'Opportunity') { $row | Add-Member PrimaryContactId 3 }
        $row | & "New-Copper$Noun" -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problems" | Should -BeLike "*$Value*"
    }

    It 'holds the row of an import: <Column>' -ForEach @(
        @{ Noun = 'Person'; Column = 'Website'; Value = 'htp:/x' }
        @{ Noun = 'Person'; Column = 'Phone'; Value = 'abc' }
        @{ Noun = 'Opportunity'; Column = 'CloseDate'; Value = '0216-05-01' }
        @{ Noun = 'Task'; Column = 'DueDate'; Value = '0216-05-01' }
    ) {
        $step = [pscustomobject] @{ Name = 'A name that nothing has'; $Column = $Value } |
            Import-CopperRecord $Noun -MatchOn Name -PlanOnly -WarningAction Ignore
        $step.Action | Should -Be Hold
        $step.Reason | Should -BeLike "*$Value*"
    }
}

Describe 'A value that may be meant' {
    It 'is sent: <Name>' -ForEach @(
        @{ Name = 'a website without a scheme'; Run = { (New-CopperPerson X -Website example.com).Websites.Url }; Is = 'example.com' }
        @{ Name = 'a host of the house'; Run = { (New-CopperPerson X -Website http://wiki/x).Websites.Url }; Is = 'http://wiki/x' }
        @{ Name = 'a host with a port'; Run = { (New-CopperPerson X -Website wiki:8080/x).Websites.Url }; Is = 'wiki:8080/x' }
        @{ Name = 'a name for a profile'; Run = { (New-CopperPerson X -Social '@ada').Socials.Url }; Is = '@ada' }
        @{ Name = 'a number with words'; Run = { (New-CopperPerson X -PhoneNumber 1-800-ADA).PhoneNumbers.Number }; Is = '1-800-ADA' }
    ) {
        & $Run | Should -Be $Is
    }

    It 'is warned of once: an amount below zero' {
        $deals = 1, 2 | ForEach-Object { [pscustomobject] @{ Name = "Deal $_"; PrimaryContactId = 3 } } |
            New-CopperOpportunity -MonetaryValue -5 -WarningVariable warnings -WarningAction SilentlyContinue
        $deals.MonetaryValue | Should -Be -5, -5
        "$warnings" | Should -Be '-MonetaryValue -5 is negative.'
        $null = New-CopperLead X -MonetaryValue -5 -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Be '-MonetaryValue -5 is negative.'
        $null = New-CopperLead X -MonetaryValue 5 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
    }

    It 'stays where somebody else wrote it: an exported file that nobody edited changes nothing' {
        $odd = Invoke-CopperRequest people -Method Post -Body @{
            name = 'Odd Values'; phone_numbers = @(@{ number = 'abc'; category = 'work' })
            websites = @(@{ url = 'htp:/x'; category = 'work' })
        }
        $deal = Invoke-CopperRequest opportunities/30000002 -Method Put -Body @{ close_date = '05/01/0216'; monetary_value = -5 }
        foreach ($pair in @(@{ Noun = 'Person'; Id = $odd.id }, @{ Noun = 'Opportunity'; Id = $deal.id })) {
            $csv = & "Get-Copper$($pair.Noun)" $pair.Id | ConvertTo-CopperFlatRecord | ConvertTo-Csv -NoTypeInformation
            $step = $csv | ConvertFrom-Csv | Import-CopperRecord $pair.Noun -MatchOn Id -PlanOnly
            $step.Action | Should -Be Skip -Because "$($step.Reason) $($pair.Noun)"
            $csv | ConvertFrom-Csv | & "Set-Copper$($pair.Noun)" -ErrorVariable problems -WarningVariable warnings
            $problems | Should -BeNullOrEmpty
            $warnings | Should -BeNullOrEmpty
        }
    }
}
