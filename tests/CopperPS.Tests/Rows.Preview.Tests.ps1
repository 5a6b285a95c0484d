# Rows that are rejected: -WhatIf and -Confirm write the errors that the run writes, and go on with the next row.

BeforeDiscovery {
    $writers = @(
        @{ noun = 'Person'; column = 'Email'; value = 'bogus' }
        @{ noun = 'Person'; column = 'PhoneNumber'; value = '4.9E+11' }
        @{ noun = 'Person'; column = 'Birthday'; value = 'soon' }
        @{ noun = 'Person'; column = 'Assignee'; value = 'No such user' }
        @{ noun = 'Company'; column = 'EmailDomain'; value = 'not a domain' }
        @{ noun = 'Company'; column = 'Country'; value = 'Nowhereland' }
        @{ noun = 'Lead'; column = 'Email'; value = 'bogus' }
        @{ noun = 'Lead'; column = 'Status'; value = 'No such status' }
        @{ noun = 'Opportunity'; column = 'WinProbability'; value = '170' }
        @{ noun = 'Opportunity'; column = 'Stage'; value = 'No such stage' }
        @{ noun = 'Project'; column = 'Status'; value = 'No such status' }
        @{ noun = 'Task'; column = 'Priority'; value = 'No such priority' }
        @{ noun = 'Task'; column = 'Assignee'; value = 'No such user' }
        @{ noun = 'Activity'; column = 'ActivityDate'; value = '1800-01-01' }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }

    function Get-Written { @(Get-SandboxJournal $sandbox | Where-Object { $_.method -ne 'GET' -and $_.path -notmatch '/search$' }) }

    # What a command shows, and its errors.
    function Get-Preview([scriptblock] $Script) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
        $null = Start-Transcript $file
        $found = @()
        try { & $Script -ErrorVariable found -ErrorAction SilentlyContinue | Out-Null } finally { $null = Stop-Transcript }
        [pscustomobject] @{
            Shown  = @(Get-Content $file | Where-Object { $_ -match 'Performing the operation' })
            Errors = @($found | ForEach-Object { "$_" } | Select-Object -Unique)
        }
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'A row of Set-Copper<noun> with <column> <value>' -ForEach $writers {
    BeforeAll {
        $text = if ($noun -eq 'Activity') { 'Details' } else { 'Name' }
        $ids = @(& "Get-Copper$noun" -First 3).Id
        $rows = @(
            [pscustomobject] @{ Id = $ids[0]; $text = "First $column" }
            [pscustomobject] @{ Id = $ids[1]; $column = $value }
            [pscustomobject] @{ Id = $ids[2]; $text = "Third $column" }
        )
        $command = Get-Command "Set-Copper$noun"
        Clear-SandboxJournal $sandbox
        $preview = Get-Preview { [CmdletBinding()] param() $rows | & $command -WhatIf }
        $written = @(Get-Written)
        $null = $rows | & $command -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
    }

    It 'is passed over by -WhatIf, which shows the rows around it and writes nothing' {
        $written | Should -BeNullOrEmpty
        $preview.Shown | Should -HaveCount 2
        $preview.Shown[0] | Should -Match "\b$($ids[0])\b"
        $preview.Shown[1] | Should -Match "\b$($ids[2])\b"
    }

    It 'has the same error with -WhatIf as without, which names the record' {
        $failures | Should -Not -BeNullOrEmpty
        $expected = @($failures | ForEach-Object { "$_" } | Select-Object -Unique)
        $preview.Errors | Should -Be $expected
        $expected[0] | Should -Match "\b$($ids[1])\b"
    }
}

Describe 'The error of a row' {
    It 'is the same with -Confirm, and the next row is asked for' {
        $shown = Invoke-ChildPowerShell {
            Connect-Copper -Sandbox
            $rows = [pscustomobject] @{ Id = 3; Email = 'bogus' }, [pscustomobject] @{ Id = 4; Title = 'Asked for' }
            foreach ($more in @{ Confirm = $true }, @{ Confirm = $false }) {
                try { $rows | Set-CopperPerson @more -ErrorVariable failures -ErrorAction SilentlyContinue }
                catch { "ended: $($_.FullyQualifiedErrorId)" }
                $failures | ForEach-Object { "$_" } | Select-Object -First 1
            }
        }
        $lines = @($shown.Output | Where-Object { $_ -match 'bogus|ended' })
        $lines -match 'bogus' | Should -HaveCount 2
        ($lines -match 'bogus')[0] | Should -Be ($lines -match 'bogus')[1]
        ($lines -match 'bogus')[0] | Should -Match '\b3\b'
        $lines -match 'ended' | Should -BeLike '*CopperNobodyAnswers*' -Because 'the second row is asked for'
    }

    It 'comes where a step rejects what a piped record has' {
        $sales = Get-CopperPipeline Sales
        $other = Get-CopperPipeline | Where-Object { $_.Id -ne $sales.Id } |
            ForEach-Object { $_.Stages } | Where-Object { $_.Name -notin $sales.Stages.Name } | Select-Object -First 1
        $deals = @(Get-CopperOpportunity -Pipeline Sales -First 2)
        Clear-SandboxJournal $sandbox
        $preview = Get-Preview { [CmdletBinding()] param() $deals | Set-CopperOpportunity -Stage $other.Name -WhatIf }
        $deals | Set-CopperOpportunity -Stage $other.Name -ErrorVariable failures -ErrorAction SilentlyContinue
        $preview.Shown | Should -BeNullOrEmpty
        $preview.Errors | Should -Be @($failures | ForEach-Object { "$_" })
        $preview.Errors | Should -HaveCount 2
        $preview.Errors[0] | Should -BeLike "*stage '$($other.Name)'*Sales*$($deals[0].Id)*"
        Get-Written | Should -BeNullOrEmpty
    }
}

Describe 'The words of an error' {
    It 'speak of other dates where there are any: in a row, and not for what was typed' {
        $date = if ((Get-Culture).DateTimeFormat.ShortDatePattern -like 'd*') { '12/31/1980' } else { '31/12/1980' }
        Set-CopperPerson 1 -CustomField @{ Birthday = $date } -ErrorVariable typed -ErrorAction SilentlyContinue
        "$($typed[0])" | Should -BeLike '*day and month in another order*2026-01-31.'
        "$($typed[0])" | Should -Not -BeLike '*file*'
        [pscustomobject] @{ Id = 1; Birthday = $date } | Set-CopperPerson -ErrorVariable cell -ErrorAction SilentlyContinue
        "$($cell[0])" | Should -BeLike '*Other dates of the same file*check them. Write*'
        [pscustomobject] @{ Name = 'Ann'; Birthday = $date } | New-CopperPerson -ErrorVariable new -ErrorAction SilentlyContinue
        "$($new[0])" | Should -BeLike '*Other dates of the same file*check them. Write*'
        $plan = [pscustomobject] @{ Name = 'Ann'; Birthday = $date } | Import-CopperRecord -Entity Person -MatchOn Name -PlanOnly 3>&1 |
            Format-List | Out-String -Width 500
        $plan | Should -BeLike '*in another order*'
        $plan | Should -Not -BeLike '*same file*'
    }

    It 'offer dates that lie ahead' {
        { Set-CopperTask 50000001 -DueDate 'someday' } | Should -Throw '*-7d (7 days ago) or +7d (7 days from now)*'
    }

    It 'say how to find who has an e-mail address: <_>' -ForEach 'New', 'Set', 'Bulk' {
        $how = $_
        $has = (Get-CopperPerson -First 1).Email
        $id = (New-CopperPerson 'Second').Id
        $null = switch ($how) {
            New { New-CopperPerson 'Other' -Email $has -ErrorVariable failures -ErrorAction SilentlyContinue }
            Bulk {
                [pscustomobject] @{ Name = 'One'; Email = $has }, [pscustomobject] @{ Name = 'Two' } |
                    New-CopperPerson -Bulk -ErrorVariable failures -ErrorAction SilentlyContinue
            }
            Set { Set-CopperPerson $id -Email $has -ErrorVariable failures -ErrorAction SilentlyContinue }
        }
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'CopperInvalidData,*'
        $advice = $failures[0].ErrorDetails.RecommendedAction
        $advice | Should -BeLike "*Get-CopperPerson -Email '$has'*"
        ($advice -like '*Sync-CopperPerson*') | Should -Be ($how -ne 'Set')
    }
}

Describe 'A custom date' {
    It 'of <day>, before or after 1970, that the record has already is no change' -ForEach @(
        @{ day = '1940-12-24' }, @{ day = '1969-12-31' }, @{ day = '1971-02-03' }
    ) {
        Reset-SandboxHost $sandbox
        Connect-SandboxHost $sandbox
        Set-CopperPerson 1 -CustomField @{ Birthday = $day }
        $plan = [pscustomobject] @{ Id = 1; Birthday = $day } | Import-CopperRecord Person -MatchOn Id -PlanOnly
        $plan.Action | Should -Be 'Skip' -Because "$($plan.Changes)"
        $other = [pscustomobject] @{ Id = 1; Birthday = '1950-01-02' } | Import-CopperRecord Person -MatchOn Id -PlanOnly
        "$($other.Action) $($other.Changes)" | Should -BeLike "Update*$day*1950-01-02*"
    }
}
