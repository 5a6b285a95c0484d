BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }

    function Get-Written { @(Get-SandboxJournal $sandbox | Where-Object { $_.method -ne 'GET' -and $_.path -notlike '*/search' }) }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'What cannot be right for any record' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'ends the pipeline with one error, before anything is written: <call>' -TestCases @(
        @{ call = { Get-CopperPerson -First 5 | Set-CopperPerson -Assignee 'Nobody W' }; text = "*no user 'Nobody W'*" }
        @{ call = { Get-CopperPerson -First 5 | Set-CopperPerson -Bulk -Assignee 'Nobody W' }; text = "*no user 'Nobody W'*" }
        @{ call = { Set-CopperPerson 1, 2, 3 -ContactType Nonsense }; text = "*'Nonsense'*" }
        @{ call = { Get-CopperCompany -First 5 | Set-CopperCompany -CustomField @{ Region = 'EMEA' } }; text = "*no choice 'EMEA'*" }
        @{ call = { Get-CopperCompany -First 5 | Set-CopperCompany -CustomField @{ Nonsense = 1 } }; text = "*'Nonsense'*" }
        @{ call = { Get-CopperOpportunity -First 5 | Set-CopperOpportunity -Status Wonn }; text = "*-Status 'Wonn' is not known*" }
        @{ call = { Get-CopperOpportunity -First 5 | Set-CopperOpportunity -WinProbability 500 }; text = '*0 to 100*' }
        @{ call = { Get-CopperPerson -First 5 | New-CopperActivity -Details x -User 'Nobody W' }; text = "*no user 'Nobody W'*" }
        @{ call = { Get-CopperPerson -First 5 | New-CopperTask x -Priority Hig }; text = "*-Priority 'Hig' is not known*" }
        @{
            call = { [pscustomobject]@{ Name = 'A' }, [pscustomobject]@{ Name = 'B' } | New-CopperPerson -Assignee 'Nobody W' }
            text = "*no user 'Nobody W'*"
        }
    ) {
        $call | Should -Throw -ExpectedMessage $text
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is one error of one row when it comes from the row, and the others are written' {
        $rows = foreach ($id in 1, 2, 3) {
            [pscustomobject]@{ Id = $id; Title = "T$id"; Assignee = if ($id -eq 3) { $null } else { 'Nobody W' } }
        }
        $rows | Set-CopperPerson -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed | Should -HaveCount 2
        $failed.TargetObject | Should -Be $rows[0, 1]
        (Get-CopperPerson 3).Title | Should -Be 'T3'
    }

    It 'is one error, and the script goes on, when there is one record only' {
        Set-CopperPerson 1 -Assignee 'Nobody W' -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed | Should -HaveCount 1
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is not what only this row lacks' {
        $rows = [pscustomobject]@{ Details = 'no record' }, [pscustomobject]@{
            Details = 'about Ada'; RelatedTo = 1; RelatedType = 'person'
        }
        $made = $rows | New-CopperActivity -ErrorVariable failed -ErrorAction SilentlyContinue
        $made.Details | Should -Be 'about Ada'
        $failed | Should -HaveCount 1
    }
}
