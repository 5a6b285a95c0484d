# Invoke-CopperPlan: the steps of a plan, also after they were a file that somebody looked at and edited.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $culture = [cultureinfo]::CurrentCulture
    $sandbox = Start-SandboxHost -People 60
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }

    function Get-Written { @(Get-SandboxRequest $sandbox | Where-Object { $_ -notmatch '^(GET|POST /\w+/search)' }) }
    function Get-WhatIf([scriptblock] $Script) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
        $null = Start-Transcript $file
        try { & $Script | Out-Null } finally { $null = Stop-Transcript }
        @(Get-Content $file | Where-Object { $_ -match 'Performing the operation' } | ForEach-Object { $_ -replace '^.*operation ' })
    }
}

AfterAll {
    [cultureinfo]::CurrentCulture = $culture
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'A plan' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $known = @(Get-CopperPerson -First 20 | Where-Object { $_.Email } | Select-Object -First 2)
        $steps = @(
            [pscustomobject]@{ Name = $known[0].Name; Email = $known[0].Email; Title = 'Planned' }
            [pscustomobject]@{ Name = $known[1].Name; Email = $known[1].Email; Title = 'Planned; too' }
            [pscustomobject]@{ Name = 'Ada Lovelace'; Email = 'ada@engines.example'; Title = 'Countess' }
        ) | Import-CopperRecord Person -MatchOn Email -PlanOnly
        Clear-SandboxJournal $sandbox
    }

    It 'is run as it was made' {
        $results = @($steps | Invoke-CopperPlan)
        $results.Status | Select-Object -Unique | Should -Be 'Done'
        $results | Should -HaveCount 3
        (Get-CopperPerson $known[0].Id).Title | Should -Be 'Planned'
        (Get-CopperPerson -Email ada@engines.example).Title | Should -Be 'Countess'
    }

    It 'comes back from <form>' -ForEach @(
        @{
            form = 'a JSON file as one text'
            read = { param($steps, $file) $steps | ConvertTo-Json | Set-Content $file; Get-Content $file -Raw }
        }
        @{
            form = 'a CSV file with an empty row at its end'
            read = {
                param($steps, $file) $steps | Export-Csv $file -NoTypeInformation -Encoding UTF8
                Add-Content $file (',' * (@($steps[0].PSObject.Properties).Count - 1)); Import-Csv $file
            }
        }
    ) {
        @(& $read $steps (Join-Path $TestDrive 'plan.file') | Invoke-CopperPlan).Status | Should -Be 'Done', 'Done', 'Done'
    }

    It 'says in its rows whose ids they are' {
        $file = Join-Path $TestDrive 'rows.csv'
        $steps | Select-Object -First 1 | Export-Csv $file -NoTypeInformation
        Import-Csv $file | Remove-CopperLead -Confirm:$false -ErrorVariable wrong -ErrorAction SilentlyContinue
        $wrong[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'survives <form>, in a culture that writes dates in another order' -ForEach @(
        @{ form = 'Export-Csv'; trip = { param($file) $input | Export-Csv $file -NoTypeInformation -Encoding UTF8; Import-Csv $file } }
        @{
            form = 'Export-Csv -UseCulture'
            trip = { param($file) $input | Export-Csv $file -NoTypeInformation -UseCulture -Encoding UTF8; Import-Csv $file -UseCulture }
        }
        @{
            form = 'ConvertTo-Json'
            trip = {
                param($file) $input | ConvertTo-Json -WarningAction Ignore | Set-Content $file; Get-Content $file -Raw | ConvertFrom-Json |
                    ForEach-Object { $_ }
            }
        }
        @{
            form = 'ConvertTo-Json -Depth 4'
            trip = {
                param($file) $input | ConvertTo-Json -Depth 4 | Set-Content $file; Get-Content $file -Raw | ConvertFrom-Json |
                    ForEach-Object { $_ }
            }
        }
        @{ form = 'Export-Clixml'; trip = { param($file) $input | Export-Clixml $file; Import-Clixml $file } }
        @{ form = 'Select-Object'; trip = { $input | Select-Object * } }
    ) {
        [cultureinfo]::CurrentCulture = 'de-DE'
        try { $back = @($steps | & $trip (Join-Path $TestDrive 'plan.file')) } finally { [cultureinfo]::CurrentCulture = $culture }
        $back | Should -HaveCount 3
        $shown = Get-WhatIf { $back | Invoke-CopperPlan -WhatIf }
        $shown | Should -HaveCount 3
        Get-Written | Should -BeNullOrEmpty
        $results = @($back | Invoke-CopperPlan)
        $results.Status | Select-Object -Unique | Should -Be 'Done'
        (Get-CopperPerson $known[1].Id).Title | Should -Be 'Planned; too'
    }

    It 'is looked at as a table and as a list, also when it comes from a file' {
        $steps | Export-Clixml (Join-Path $TestDrive 'plan.xml')
        $past = Import-Clixml (Join-Path $TestDrive 'plan.xml')
        ($past | Out-String -Width 120) | Should -Be ($steps | Out-String -Width 120)
        ($past | Format-List | Out-String -Width 120) | Should -Be ($steps | Format-List | Out-String -Width 120)
        $steps | Out-String -Width 120 | Should -Match "Update +person +$($known[0].Id) .* -> 'Planned'"
    }

    It 'does not run a line that was deleted, nor one whose action was edited to Skip' {
        $rows = @($steps | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv)
        $rows[1].Action = 'Skip'
        $results = @($rows[1, 2] | Invoke-CopperPlan)
        $results.Status | Sort-Object | Should -Be 'Done', 'Skipped'
        @(Get-Written) | Should -HaveCount 1
        (Get-CopperPerson $known[0].Id).Title | Should -Be $known[0].Title
    }

    It 'runs and shows fields that were edited, not what they were' {
        $rows = @($steps | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv)
        $rows[0].Fields = '{"title":"Edited by hand"}'
        Get-WhatIf { $rows[0] | Invoke-CopperPlan -WhatIf } | Should -BeLike '*Title to ''Edited by hand''*'
        $null = $rows[0] | Invoke-CopperPlan
        (Get-CopperPerson $known[0].Id).Title | Should -Be 'Edited by hand'
    }

    It 'is rejected before anything is sent when <case>' -ForEach @(
        @{ case = 'what it says was edited'; edit = { $_.Changes = 'nothing much' }; text = '*Changes*was edited*' }
        @{ case = 'a field does not exist'; edit = { $_.Fields = '{"titel":"x"}' }; text = "*'titel'*" }
        @{ case = 'the fields are no JSON'; edit = { $_.Fields = 'Title=x' }; text = '*no JSON*' }
        @{ case = 'the action is none'; edit = { $_.Action = 'Upsert' }; text = "*'Upsert' is no action*" }
        @{ case = 'the id is missing'; edit = { $_.Id = '' }; text = '*needs its Id*' }
        @{ case = 'the entity is none'; edit = { $_.Entity = 'user'; $_.Check = '' }; text = "*'user' is no entity*" }
        @{ case = 'two steps have one number'; edit = { $_.Step = '2' }; text = '*number 2*' }
        @{ case = 'the time is ambiguous'; edit = { $_.Modified = '03/02/2026 08:00' }; text = '*Modified*2026-01-31T08:00:00Z*' }
    ) {
        $rows = @($steps | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv)
        $rows[0] | ForEach-Object $edit
        $problem = try { $rows | Invoke-CopperPlan -ErrorAction Stop } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CopperInvalidPlan,*'
        "$problem" | Should -BeLike $text
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
    }

    It 'holds a step whose record was changed since, and -WhatIf does not show it' {
        Set-CopperPerson $known[0].Id -Title 'Somebody else'
        Clear-SandboxJournal $sandbox
        Get-WhatIf { $steps | Invoke-CopperPlan -WhatIf -WarningAction Ignore } | Should -HaveCount 2
        $results = @($steps | Invoke-CopperPlan -WarningAction Ignore)
        ($results | Where-Object Id -EQ $known[0].Id).Status | Should -Be 'Held'
        (Get-CopperPerson $known[0].Id).Title | Should -Be 'Somebody else'
    }

    It 'reports a record that is gone, as an error with the step as its target' {
        Remove-CopperPerson $known[0].Id -Confirm:$false
        $results = @($steps | Invoke-CopperPlan -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction Ignore)
        ($results | Where-Object Id -EQ $known[0].Id).Status | Should -Be 'Failed'
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperStepFailed,*'
        $problems[0].TargetObject | Should -Be $steps[0]
    }

    It 'goes on with -Resume alone' {
        $journal = Join-Path $TestDrive 'resume.jsonl'
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 422; body = '{"success":false,"message":"No."}'; match = @{ method = 'POST'; path = '^/people$' }
        }
        $null = $steps | Invoke-CopperPlan -JournalPath $journal -ErrorAction Ignore -WarningAction Ignore
        Set-SandboxFault $sandbox
        $results = @(Invoke-CopperPlan -Resume -JournalPath $journal)
        $results.Status | Select-Object -Unique | Should -Be 'Done'
        @(Get-CopperPerson -Email ada@engines.example) | Should -HaveCount 1
        { Invoke-CopperPlan -Resume -JournalPath (Join-Path $TestDrive 'none.jsonl') -ErrorAction Stop } |
            Should -Throw '*no run to resume*'
        { $steps[0] | Invoke-CopperPlan -Resume -JournalPath $journal -ErrorAction Stop } | Should -Throw '*another plan*'
    }

    It 'says what was given in place of a plan, and what to type: <case>' -ForEach @(
        @{ case = 'another delimiter'; give = { Import-Csv $file -Delimiter ';' }; text = "*another delimiter*Import-Csv -Delimiter ','*" }
        @{ case = 'a file of people'; give = { [pscustomobject]@{ Id = 1; Name = 'A' } }; text = '*no plan*Id, Name*Import-Copper*' }
        @{ case = 'a file'; give = { Get-Item $file }; text = "*is a file*Import-Csv 'plan.csv' | Invoke-CopperPlan*" }
        @{ case = 'the name of a file'; give = { 'plan.csv' }; text = "*is a text*Import-Csv 'plan.csv' | Invoke-CopperPlan*" }
        @{ case = 'lines of the file'; give = { Get-Content $file }; text = "*is a text*Import-Csv 'plan.csv' | Invoke-CopperPlan*" }
        @{ case = 'the name of a JSON file'; give = { 'plan.json' }; text = "*Get-Content 'plan.json' -Raw | Invoke-CopperPlan*" }
        @{ case = 'another encoding'; give = { Import-Csv $damaged }; text = '*was read in another encoding*' }
    ) {
        $file = Join-Path $TestDrive 'plan.csv'
        $damaged = Join-Path $TestDrive 'damaged.csv'
        $row = [pscustomobject]@{ Id = $known[0].Id; Title = "Gesch$([char] 0xE4)ftsf$([char] 0xFC)hrer" }
        $step = $row | Import-CopperRecord Person -MatchOn Id -PlanOnly
        $step | Export-Csv $file -NoTypeInformation -Encoding UTF8
        $content = [IO.File]::ReadAllText($file) -replace '[\u00e4\u00fc]', [string] [char] 0xFFFD
        [IO.File]::WriteAllText($damaged, $content, [Text.Encoding]::UTF8)
        Clear-SandboxJournal $sandbox
        $problem = try { & $give | Invoke-CopperPlan -ErrorAction Stop } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CopperInvalidPlan,*'
        "$problem" | Should -BeLike $text
        "$problem" | Should -Not -BeLike '*was edited*'
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
    }

    It 'rejects what is no step: <_>' -ForEach 7, 'Ada', '{"a":1}', $null {
        { , $_ | Invoke-CopperPlan -ErrorAction Stop } | Should -Throw
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
    }
}

Describe 'Deletes and creates' {
    It 'are written by hand as rows, too' {
        Reset-SandboxHost $sandbox
        $person = New-CopperPerson 'Old Record'
        $results = @(
            @{ Step = 1; Action = 'Create'; Entity = 'task'; Name = 'Call'; Fields = '{"name":"Call"}' }
            @{ Step = 2; Action = 'Delete'; Entity = 'person'; Id = $person.Id }
        ) | Invoke-CopperPlan -Confirm:$false
        $results.Status | Select-Object -Unique | Should -Be 'Done'
        { Get-CopperPerson $person.Id -ErrorAction Stop } | Should -Throw
        @(Get-CopperTask -Name Call) | Should -Not -BeNullOrEmpty
    }
}
