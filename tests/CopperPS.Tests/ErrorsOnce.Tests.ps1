# What is wrong for every record is said once, whatever comes down the pipeline.

BeforeDiscovery {
    # For each writer that takes a pipeline: what comes down it, and what the command needs besides.
    $writers = @(
        foreach ($noun in 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task', 'Activity') {
            @{ name = "Set-Copper$noun"; from = $noun }
            if ($noun -ne 'Activity') { @{ name = "New-Copper$noun"; from = 'row' } }
        }
        @{ name = 'New-CopperActivity'; from = 'Person'; with = @{ Details = 'x' } }
        @{ name = 'Sync-CopperPerson'; from = 'row' }
        @{ name = 'Sync-CopperLead'; from = 'row'; with = @{ MatchEmail = $true } }
        @{ name = 'Sync-CopperLead'; from = 'row'; with = @{ MatchValue = 'x' }; only = 'MatchField' }
        @{ name = 'Convert-CopperLead'; from = 'Lead'; with = @{ OpportunityName = 'x' } }
        @{ name = 'Add-CopperRelatedItem'; from = 'Person'; with = @{ To = 1; Type = 'Task' } }
        @{ name = 'Remove-CopperRelatedItem'; from = 'Person'; with = @{ To = 1; Type = 'Task' } }
        @{ name = 'Add-CopperConnection'; from = 'Person'; with = @{ To = 10000001; Type = 'Company'; Field = 'Partner' } }
        @{ name = 'Add-CopperFile'; from = 'Person' }
        @{ name = 'Remove-CopperFile'; from = 'id' }
        @{ name = 'Register-CopperWebhook'; from = 'row' }
        @{ name = 'Set-CopperWebhook'; from = 'id' }
        @{ name = 'New-CopperCustomFieldDefinition'; from = 'row' }
        @{ name = 'Set-CopperCustomFieldDefinition'; from = 'id' }
        @{ name = 'New-CopperCustomActivityType'; from = 'row' }
        @{ name = 'Set-CopperCustomActivityType'; from = 'id' }
        foreach ($noun in 'Organisation', 'Project', 'Task') {
            @{ name = "New-CopperHub$noun"; from = 'row' }
            @{ name = "Set-CopperHub$noun"; from = 'id' }
        }
        @{ name = 'New-CopperHubTaskComment'; from = 'row' }
        @{ name = 'Get-CopperConnection'; from = 'Person' }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    Connect-CopperHub -Sandbox
    $rows = foreach ($n in 1..5) {
        [pscustomobject] @{
            Name = "Row $n"; Email = "row$n@example.com"; Details = 'x'; DataType = 'Dropdown'
            Target = "https://hooks.example.com/$n"; Type = 'person'; Event = 'new'
            OrganisationId = 1; ProjectId = 1; TaskId = 449; Body = 'x'
        }
    }
    $items = @{ row = $rows; id = 1..5 }
    foreach ($noun in 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task', 'Activity') {
        $items[$noun] = & "Get-Copper$noun" -First 5
    }

    function Get-Written { @(Get-SandboxJournal $sandbox | Where-Object { $_.method -ne 'GET' -and $_.path -notlike '*/search' }) }
}

AfterAll {
    Disconnect-CopperHub
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'A constant that is wrong for every record' {
    BeforeAll {
        function Get-Constant([string] $Name) {
            (Get-Command $Name).Parameters.Values | Where-Object {
                $_.ParameterSets.Values.ValueFromPipeline -notcontains $true -and
                ($_.ParameterType.Name -like 'CopperReference*' -or
                $_.Name -in 'CustomField', 'Status', 'Priority', 'Type', 'Event', 'Target', 'Colour', 'Path', 'DataType', 'AvailableOn')
            }
        }
    }

    It 'ends <name> with one error before the first request that writes' -ForEach $writers {
        foreach ($constant in Get-Constant $name) {
            if ($only -and $constant.Name -ne $only -or (-not $only -and $constant.Name -eq 'MatchField')) { continue }
            $wrong = if ($constant.Name -eq 'CustomField') { @{ Nonsense = 1 } } else { 'No such thing', -5 }
            foreach ($value in $wrong) {
                $arguments = @{ $constant.Name = $value; ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
                foreach ($key in $with.Keys) {
                    if ($key -ne $constant.Name -and -not ($key -eq 'Type' -and $constant.Name -eq 'To')) { $arguments[$key] = $with[$key] }
                }
                if ($name -notlike 'Get-*') { $arguments.Confirm = $false }
                Clear-SandboxJournal $sandbox
                $hubRequests = (Get-CopperHubSession).RequestCount
                { $items[$from] | & $name @arguments } | Should -Throw -Because "$name -$($constant.Name) $value"
                Get-Written | Should -BeNullOrEmpty -Because "$name -$($constant.Name) $value"
                (Get-CopperHubSession).RequestCount | Should -Be $hubRequests
            }
        }
    }

    It 'is in this table for each writer that takes a pipeline' -ForEach @{ tested = $writers.name } {
        Get-Command -Module CopperPS -CommandType Cmdlet |
            Where-Object { $_.Parameters.ContainsKey('WhatIf') } |
            Where-Object { $_.Parameters.Values.ParameterSets.Values.ValueFromPipeline -contains $true } |
            Where-Object { Get-Constant $_.Name } |
            ForEach-Object Name |
            Where-Object { $_ -notin $tested } |
            Should -Be 'Export-CopperDataSubject', 'Invoke-CopperRequest', 'Merge-CopperRecord', 'Restore-CopperSnapshot',
            'Undo-CopperChange', 'Unregister-CopperWebhook' -Because (
                'these take no records, or take all of them before they begin, or take the constant instead of records')
    }
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
