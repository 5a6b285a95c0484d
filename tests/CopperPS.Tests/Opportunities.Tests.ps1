BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 40
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $id = 30000001

    function Use-Culture([string] $Name, [scriptblock] $ScriptBlock) {
        $thread = [Threading.Thread]::CurrentThread
        $former = $thread.CurrentCulture
        $thread.CurrentCulture = $Name
        try { & $ScriptBlock } finally { $thread.CurrentCulture = $former }
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Get-CopperOpportunity' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'sends <parameters.Keys> as <wire>' -TestCases @(
        @{ parameters = @{ Status = 'Open' }; wire = '"status_ids":[0]' }
        @{ parameters = @{ Status = 'won', 'LOST', 'Abandoned' }; wire = '"status_ids":[1,2,3]' }
        @{ parameters = @{ Status = 2 }; wire = '"status_ids":[2]' }
        @{ parameters = @{ Priority = 'high', 'none' }; wire = '"priorities":["High","None"]' }
        @{ parameters = @{ Pipeline = 213214; Stage = 1032140 }; wire = '"pipeline_ids":[213214],"pipeline_stage_ids":[1032140]' }
        @{ parameters = @{ Company = 10000001, $null }; wire = '"company_ids":[10000001,-2]' }
        @{ parameters = @{ CompanyName = 'Acme' }; wire = '"company_name":"Acme"' }
        @{ parameters = @{ PrimaryContact = 7 }; wire = '"primary_contact_ids":[7]' }
        @{ parameters = @{ CustomerSource = $null; LossReason = $null }; wire = '"customer_source_ids":[-2],"loss_reason_ids":[-2]' }
        @{ parameters = @{ MinimumValue = 10; MaximumValue = 20.25 }; wire = '"minimum_monetary_value":10,"maximum_monetary_value":20.25' }
        @{
            parameters = @{ MinimumWinProbability = 0; MaximumWinProbability = 100 }
            wire       = '"minimum_win_probability":0,"maximum_win_probability":100'
        }
        @{
            parameters = @{ StageChangedAfter = '2026-01-01T00:00Z'; StageChangedBefore = '2026-01-02T00:00Z' }
            wire       = '"minimum_stage_change_date":1767225600,"maximum_stage_change_date":1767312000'
        }
        @{
            parameters = @{ ClosesAfter = '2026-01-01'; ClosesBefore = '2026-01-02' }
            wire       = '"minimum_close_date":1767225600,"maximum_close_date":1767312000'
        }
        @{ parameters = @{ ClosedAfter = '2026-01-01' }; wire = '"minimum_close_date":1767225600,"status_ids":[1,2,3]' }
        @{ parameters = @{ ClosedSince = '2026-01-01'; Status = 'Won' }; wire = '"minimum_close_date":1767225600,"status_ids":[1]' }
        @{ parameters = @{ ClosedBefore = '2026-01-01' }; wire = '"maximum_close_date":1767225600,"status_ids":[1,2,3]' }
        @{ parameters = @{ ClosesAfter = [datetime] '2026-01-01' }; wire = '"minimum_close_date":1767225600' }
        @{ parameters = @{ ClosesAfter = [datetimeoffset] '2026-01-01T02:00:00+02:00' }; wire = '"minimum_close_date":1767225600' }
        @{ parameters = @{ MinimumInteractionCount = 1; MaximumAge = [timespan] '1:00:00' }; wire = '"minimum_interaction_count":1' }
        @{ parameters = @{ InteractionAfter = '2026-01-01T00:00Z' }; wire = '"minimum_interaction_date":1767225600' }
        @{ parameters = @{ SortBy = 'close_date' }; wire = '"sort_by":"close_date"' }
    ) {
        Get-CopperOpportunity @parameters -First 1 | Out-Null
        $sent = Get-SandboxJournal $sandbox
        $sent.body.Contains($wire) | Should -BeTrue -Because $sent.body
        $sent.status | Should -Be 200
    }

    It 'finds by status, which is text in records and a number in searches' {
        $all = Get-CopperOpportunity
        foreach ($status in 'Open', 'Won', 'Lost', 'Abandoned') {
            @(Get-CopperOpportunity -Status $status).Count | Should -Be @($all | Where-Object Status -EQ $status).Count
        }
    }

    It 'rejects a status without a number, and says which there are' {
        { Get-CopperOpportunity -Status Postponed -ErrorAction Stop } | Should -Throw '*There are: Open, Won, Lost, Abandoned.*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'rejects bounds of closed opportunities that contradict the others' {
        { Get-CopperOpportunity -ClosedAfter 2026-01-01 -Status Open -ErrorAction Stop } | Should -Throw '*no longer open*-ClosesAfter*'
        { Get-CopperOpportunity -ClosedAfter 2026-01-01 -ClosesAfter 2026-01-02 -ErrorAction Stop } | Should -Throw '*two bounds*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'offers the known words: <command>' -TestCases @(
        @{ command = 'Get-CopperOpportunity -Status '; words = 'Open', 'Won', 'Lost', 'Abandoned' }
        @{ command = 'Set-CopperOpportunity -Priority '; words = 'None', 'Low', 'Medium', 'High' }
        @{ command = 'New-CopperOpportunity -Status lo'; words = 'Lost' }
    ) {
        (TabExpansion2 $command).CompletionMatches.CompletionText | Should -Be $words
    }

    It 'reads the amount in the currency of the account as a number, though it comes as text' {
        $deal = Get-CopperOpportunity -MinimumValue 1 -First 1
        $deal.ConvertedValue | Should -BeOfType ([decimal])
        $deal.ConvertedValue | Should -Be $deal.MonetaryValue
    }

    It 'reads a close date as a day without a time or a zone' {
        $day = (Get-CopperOpportunity | Where-Object CloseDate | Select-Object -First 1).CloseDate
        $day | Should -BeOfType ([datetime])
        $day.Kind | Should -Be 'Unspecified'
        $day.TimeOfDay | Should -Be ([timespan]::Zero)
    }
}

Describe 'Set-CopperOpportunity' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'sends exactly what is given: <call>' -TestCases @(
        @{ call = { Set-CopperOpportunity $id -CloseDate 2026-03-09 }; wire = '{"close_date":"03/09/2026"}' }
        @{
            call = { Set-CopperOpportunity $id -CloseDate ([datetime]::new(2026, 3, 9, 23, 59, 0, [DateTimeKind]::Utc)) }
            wire = '{"close_date":"03/09/2026"}'
        }
        @{
            call = { Set-CopperOpportunity $id -CloseDate ([datetimeoffset] '2026-03-09T23:59:00-11:00') }
            wire = '{"close_date":"03/09/2026"}'
        }
        @{ call = { Set-CopperOpportunity $id -CloseDate $null }; wire = '{"close_date":null}' }
        @{
            call = { Set-CopperOpportunity $id -Company 10000002 -PrimaryContact 3 }
            wire = '{"company_id":10000002,"primary_contact_id":3}'
        }
        @{
            call = { Set-CopperOpportunity $id -CustomerSource 331241 -MonetaryValue 250000 }
            wire = '{"customer_source_id":331241,"monetary_value":250000}'
        }
        @{
            call = { Set-CopperOpportunity $id -Pipeline 213215 -Stage 1032150 }
            wire = '{"pipeline_id":213215,"pipeline_stage_id":1032150}'
        }
        @{
            call = { Set-CopperOpportunity $id -Priority high -Status won -WinProbability 100 }
            wire = '{"priority":"High","status":"Won","win_probability":100}'
        }
        @{ call = { Set-CopperOpportunity $id -Status Lost -LossReason 308950 }; wire = '{"loss_reason_id":308950,"status":"Lost"}' }
        @{
            call = { Set-CopperOpportunity $id -WinProbability $null -LossReason $null }
            wire = '{"loss_reason_id":null,"win_probability":null}'
        }
    ) {
        & $call | Should -BeNullOrEmpty
        $sent = Get-SandboxJournal $sandbox
        $sent.body | Should -BeExactly $wire
        $sent.status | Should -Be 200
    }

    It 'rejects <what> before anything is sent' -TestCases @(
        @{ what = 'a loss reason for a deal that is won'; call = { Set-CopperOpportunity $id -Status Won -LossReason 308950 } }
        @{ what = 'a probability above 100'; call = { Set-CopperOpportunity $id -WinProbability 101 } }
        @{ what = 'what is no date'; call = { Set-CopperOpportunity $id -CloseDate 'next year' } }
        @{
            what = 'a person where a company is meant'
            call = { Set-CopperOpportunity $id -Company ([Copper.Client.Models.CopperPerson]@{ Id = 3 }) }
        }
        @{
            what = 'a company where a person is meant'
            call = { Set-CopperOpportunity $id -PrimaryContact ([Copper.Client.Models.CopperCompany]@{ Id = 3 }) }
        }
    ) {
        $ErrorActionPreference = 'Stop'
        $call | Should -Throw
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'passes a status on that it does not know as a raw member, and reports what the service says' {
        Set-CopperOpportunity $id -Property @{ status = 'Postponed' } -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
        Get-SandboxRequest $sandbox | Should -Be 'PUT /opportunities/30000001 {"status":"Postponed"}'
    }
}

Describe 'New-CopperOpportunity' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'makes one of each row of a CSV file' {
        $rows = "Name,CloseDate,MonetaryValue,WinProbability,Status`nOne,2026-12-31,1000,5,Open`nTwo,,,," | ConvertFrom-Csv
        $deals = $rows | New-CopperOpportunity
        $deals.Name | Should -Be One, Two
        $deals[0].CloseDate | Should -Be ([datetime] '2026-12-31')
        Get-SandboxRequest $sandbox | Should -Be @(
            'POST /opportunities {"name":"One","monetary_value":1000,"status":"Open","win_probability":5,"close_date":"12/31/2026"}'
            'POST /opportunities {"name":"Two"}'
        )
    }

    It 'takes contact and company as records' {
        $deal = New-CopperOpportunity Deal -PrimaryContact (Get-CopperPerson 3) -Company (Get-CopperCompany 10000001)
        $deal.PrimaryContactId | Should -Be 3
        $deal.CompanyId | Should -Be 10000001
    }

    It 'gives a day back as it was written' {
        $deal = Get-CopperOpportunity | Where-Object CloseDate | Select-Object -First 1
        (New-CopperOpportunity Copy -CloseDate $deal.CloseDate).CloseDate | Should -Be $deal.CloseDate
    }
}

Describe 'Remove-CopperOpportunity' {
    It 'removes what a search finds, to the last' {
        Get-CopperOpportunity -Status Abandoned -PageSize 2 | Remove-CopperOpportunity -Confirm:$false
        Get-CopperOpportunity -Status Abandoned | Should -BeNullOrEmpty
        Reset-SandboxHost $sandbox
    }
}

Describe 'Amounts and dates under <culture>' -ForEach @(
    @{ culture = 'de-DE'; amount = '2.500,50'; day = '9.3.2026' }
    @{ culture = 'en-US'; amount = '2,500.50'; day = '3/9/2026' }
    @{ culture = 'ar-SA'; amount = '2500.50'; day = '2026-03-09' }
    @{ culture = 'th-TH'; amount = '2,500.50'; day = '2026-03-09' }
) {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'go out the same, written in the one way or the other' {
        Use-Culture $culture {
            Set-CopperOpportunity $id -MonetaryValue $amount -CloseDate $day
            Set-CopperOpportunity $id -MonetaryValue '2500.50' -CloseDate '2026-03-09'
            Set-CopperOpportunity $id -MonetaryValue 2500.50d -CloseDate ([datetime]::new(2026, 3, 9))
        }
        Get-SandboxRequest $sandbox | Should -Be (@('PUT /opportunities/30000001 {"monetary_value":2500.50,"close_date":"03/09/2026"}') * 3)
    }

    It 'come back the same' {
        $deal = Use-Culture $culture { Set-CopperOpportunity $id -MonetaryValue 2500.50d -CloseDate 2026-03-09 -PassThru }
        $deal.CloseDate | Should -Be ([datetime]::new(2026, 3, 9))
        $deal.MonetaryValue | Should -Be 2500.50
        $deal.ConvertedValue | Should -Be 2500.50
    }
}

Describe 'An amount that means one thing in one culture and another elsewhere' {
    It 'is rejected when it could be both: 1.234 under de-DE' {
        Clear-SandboxJournal $sandbox
        { Use-Culture de-DE { Set-CopperOpportunity $id -MonetaryValue '1.234' } } | Should -Throw '*1234*'
        { Use-Culture en-US { Set-CopperOpportunity $id -MonetaryValue '2500,50' } } | Should -Throw '*2500.50*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }
}

Describe 'Close dates 13 hours ahead of the service' -Skip:($PSVersionTable.PSVersion.Major -lt 6 -or $IsWindows) {
    It 'are not shifted, written, read or searched' {
        Reset-SandboxHost $sandbox
        $environment = @{
            TZ = 'Pacific/Tongatapu'; COPPER_USER_EMAIL = $sandbox.UserEmail; COPPER_API_KEY = $sandbox.ApiKey
            COPPER_BASE_URL = "$($sandbox.BaseUri)"
        }
        $child = Invoke-ChildPowerShell -Environment $environment {
            [TimeZoneInfo]::Local.BaseUtcOffset.TotalHours
            Connect-Copper
            $deal = New-CopperOpportunity Far -CloseDate 2031-03-09
            $deal.CloseDate.ToString('yyyy-MM-dd')
            (Set-CopperOpportunity $deal -CloseDate ([datetime] '2031-03-10T01:00') -PassThru).CloseDate.ToString('yyyy-MM-dd')
            @(Get-CopperOpportunity -ClosesAfter 2031-03-10 -ClosesBefore 2031-03-10).Name
            @(Get-CopperOpportunity -ClosesAfter ([datetime] '2031-03-10') -ClosesBefore ([datetime] '2031-03-10')).Name
        }
        $child.ErrorOutput | Should -BeNullOrEmpty
        $child.Output | Should -Be '13', '2031-03-09', '2031-03-10', 'Far', 'Far'
        (Get-SandboxJournal $sandbox).body | Should -Contain '{"close_date":"03/10/2031"}'
    }
}

Describe 'An account that writes the day before the month' {
    BeforeAll {
        Reset-SandboxHost $sandbox @{ 'day-first-dates' = $true }
        $session = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; DateFormat = 'dd/MM/yyyy'; PassThru = $true }
    }
    AfterAll { Reset-SandboxHost $sandbox @{ 'day-first-dates' = $false } }

    It 'is written to and read in its own way' {
        Clear-SandboxJournal $sandbox
        $deal = New-CopperOpportunity Deal -CloseDate 2026-03-09 -Session $session
        (Get-SandboxJournal $sandbox).body | Should -Be '{"name":"Deal","close_date":"09/03/2026"}'
        $deal.CloseDate | Should -Be ([datetime]::new(2026, 3, 9))
        (Get-CopperOpportunity $deal -Session $session).CloseDate | Should -Be ([datetime]::new(2026, 3, 9))
        (Get-CopperOpportunity -ClosesAfter 2026-03-09 -ClosesBefore 2026-03-09 -Session $session).CloseDate |
            Should -Contain ([datetime]::new(2026, 3, 9))
    }
}
