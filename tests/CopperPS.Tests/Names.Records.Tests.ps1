# Names beside the ids of records: which requests they cost, what they are good for at the prompt, and that nothing sends them back.

BeforeDiscovery {
    # For each kind of record: the names that it shows, and the lists that they come from.
    $kinds = @(
        @{ noun = 'Person'; names = 'Assignee', 'ContactType'; lists = '/contact_types', '/custom_field_definitions', '/users/search' }
        @{ noun = 'Company'; names = 'Assignee', 'ContactType'; lists = '/contact_types', '/custom_field_definitions', '/users/search' }
        @{
            noun = 'Lead'; names = 'Assignee', 'CustomerSource', 'Status'
            lists = '/custom_field_definitions', '/customer_sources', '/users/search'
        }
        @{
            noun = 'Opportunity'; names = 'Assignee', 'Pipeline', 'Stage', 'CustomerSource', 'LossReason'
            lists = '/custom_field_definitions', '/customer_sources', '/loss_reasons', '/pipelines', '/users/search'
        }
        @{ noun = 'Project'; names = @('Assignee'); lists = '/custom_field_definitions', '/users/search' }
        @{
            noun = 'Task'; names = 'Assignee', 'CustomActivityType'
            lists = '/custom_activity_types', '/custom_field_definitions', '/users/search'
        }
        @{ noun = 'Activity'; names = 'Type', 'User'; lists = '/activity_types', '/users/search' }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 120
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0 }

    function Get-Path { @((Get-SandboxJournal $sandbox).path) }
    function Get-Written { @(Get-SandboxJournal $sandbox | Where-Object { $_.method -ne 'GET' -and $_.path -notmatch '/search$' }) }
    function ConvertTo-Row([Parameter(ValueFromPipeline)] $InputObject) {
        process { $InputObject | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv }
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Names of <noun>' -ForEach $kinds {
    BeforeEach {
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
    }

    It 'are there for some records, and are those of the lists' {
        $records = @(& "Get-Copper$noun")
        foreach ($name in $names) {
            $known = @($records.$name | Where-Object { $_ } | ForEach-Object { "$_" } | Sort-Object -Unique)
            $known.Count | Should -BeGreaterThan 0 -Because $name
            $known | Should -Not -Match '^[\d:]+$' -Because $name
        }
    }

    It 'cost one request for each list, before the first record, and none in a later command' {
        & "Get-Copper$noun" | Out-Null
        @(
            Get-Path |
                Where-Object {
                    $_ -in '/users/search', '/contact_types', '/customer_sources', '/loss_reasons', '/lead_statuses', '/pipelines',
                    '/activity_types', '/custom_activity_types', '/custom_field_definitions'
                } | Sort-Object
            ) | Should -Be $lists
            Clear-SandboxJournal $sandbox
            $five = & "Get-Copper$noun" -First 5
            @(Get-Path) | Should -HaveCount 1
            & "Get-Copper$noun" $five[0].Id | Out-Null
            @(Get-Path) | Should -HaveCount 2
        }

        It 'do not depend on what was looked at before' {
            $cold = & "Get-Copper$noun" -First 20 | ConvertTo-Csv -NoTypeInformation
            Get-CopperUser | Out-Null
            Read-AccountList
            & "Get-Copper$noun" -First 20 | ConvertTo-Csv -NoTypeInformation | Should -Be $cold
        }

        It 'go through JSON and through a file as text' {
            $record = @(& "Get-Copper$noun" -First 20 | Where-Object { $_.($names[0]) })[0]
            $file = Join-Path $TestDrive 'record.clixml'
            $record | Export-Clixml $file
            "$((Import-Clixml $file).($names[0]))" | Should -Be "$($record.($names[0]))"
            $json = $record | ConvertTo-Json -Depth 5 | ConvertFrom-Json
            $(if ($names[0] -eq 'Type') { $json.Type.Name } else { $json.($names[0]) }) | Should -Be "$($record.($names[0]))"
            "$(($record | ConvertTo-Row).($names[0]))" | Should -Be "$($record.($names[0]))"
        }
    }

    Describe 'At the prompt' {
        It 'records are grouped, filtered and sorted by their names' {
            $deals = Get-CopperOpportunity
            $groups = $deals | Group-Object Stage
            $groups.Name | Should -Contain 'Qualified'
            ($groups | Measure-Object Count -Sum).Sum | Should -Be $deals.Count
            $owner = ($deals | Where-Object Assignee)[0].Assignee
            $owned = @($deals | Where-Object Assignee -EQ $owner)
            $owned.AssigneeId | Sort-Object -Unique | Should -HaveCount 1
            $owned | Should -HaveCount @(Get-CopperOpportunity -Assignee $owner).Count
            @($deals | Sort-Object Assignee)[-1].Assignee | Should -Be @($deals.Assignee | Sort-Object)[-1]
        }

        It 'activities are told by the names of their types' {
            $activities = Get-CopperActivity
            ($activities | Group-Object Type).Name | Should -Contain 'Note'
            $notes = @($activities | Where-Object Type -EQ 'Note')
            $notes | Should -HaveCount @(Get-CopperActivity -ActivityType Note).Count
            $notes.Type.Category | Sort-Object -Unique | Should -Be 'user'
            @($activities | Where-Object Type -In 'note', 'meeting').Count | Should -BeGreaterThan $notes.Count
            ($notes | Select-Object -First 1 | ConvertTo-Row).Type | Should -Be 'Note'
        }

        It 'tables show owner and stage' {
            (Get-CopperOpportunity -First 3 | Out-String -Width 120) |
                Should -Match 'Id +Name +Status +Stage +Value +Assignee +CloseDate +Company'
        foreach ($noun in 'Person', 'Company', 'Lead', 'Project', 'Task') {
            (& "Get-Copper$noun" -First 3 | Out-String -Width 120) | Should -Match 'Assignee' -Because $noun
        }
    }

    It 'lists show names with their ids' {
        $person = @(Get-CopperPerson | Where-Object { $_.Assignee -and $_.ContactType })[0]
        $text = $person | Format-List | Out-String
        $text | Should -Match "Assignee +: $($person.Assignee) \($($person.AssigneeId)\)"
        $text | Should -Match "ContactType +: $($person.ContactType) \($($person.ContactTypeId)\)"
    }
}

Describe 'Whatever writes records' {
    BeforeEach {
        Clear-CopperCache
        $user = Get-CopperUser | Select-Object -Last 1
        Clear-CopperCache
    }

    It 'shows names: <what>' -TestCases @(
        @{ what = 'New'; call = { New-CopperPerson 'Named One' -Assignee $user.Id } }
        @{ what = 'Set -PassThru'; call = { Set-CopperPerson 2 -Assignee $user.Id -PassThru } }
        @{ what = 'bulk'; call = { [pscustomobject] @{ Name = 'Named Two'; Assignee = $user.Name } | New-CopperPerson -Bulk } }
        @{ what = 'Sync'; call = { Sync-CopperPerson 'Named Three' -Email three@named.example -Assignee $user.Id } }
        @{ what = 'Convert'; call = { (Convert-CopperLead 20000003 -Assignee $user.Id -NoCompany -Confirm:$false).Person } }
        @{ what = 'many ids'; call = { $null = Set-CopperPerson 3, 4, 5 -Assignee $user.Id; (Get-CopperPerson -Id 3, 4, 5)[2] } }
        @{
            what = 'a notification'
            call = {
                $null = Set-CopperPerson 6 -Assignee $user.Id
                ('{"ids":[6],"type":"person","event":"update"}' | ConvertFrom-CopperNotification -Expand).Records[0]
            }
        }
        @{
            what = 'an exact e-mail address'
            call = {
                $null = New-CopperPerson 'Named Four' -Email four@named.example -Assignee $user.Id
                Get-CopperPerson -Email four@named.example
            }
        }
    ) {
        (& $call).Assignee | Should -Be $user.Name
    }
}

Describe 'A list that cannot be had' {
    BeforeEach {
        # A session that has read no list.
        Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0; SkipVerify = $true }
        Clear-SandboxJournal $sandbox
    }

    AfterEach { Set-SandboxFault $sandbox }

    AfterAll { Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0 } }

    It 'costs one warning a session and nulls, never an error: <kind> <status>' -TestCases @(
        @{ kind = 'status'; status = 403 }
        @{ kind = 'status'; status = 401 }
        @{ kind = 'status'; status = 500 }
        @{ kind = 'reset-before'; status = 0 }
    ) {
        Set-SandboxFault $sandbox @{ kind = $kind; status = $status; times = -1; match = @{ path = 'users/search' } }
        $deals = Get-CopperOpportunity -First 20 -WarningVariable warnings -WarningAction SilentlyContinue -ErrorVariable problems
        $problems | Should -BeNullOrEmpty
        $deals | Should -HaveCount 20
        $deals.Assignee | Where-Object { $_ } | Should -BeNullOrEmpty
        $deals.Stage | Where-Object { $_ } | Should -Not -BeNullOrEmpty
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike 'These lists of the account cannot be read*: users. *Clear-CopperCache*'
        Clear-SandboxJournal $sandbox
        $null = Get-CopperPerson -First 20 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
        Get-Path | Should -Not -Contain '/users/search'
    }

    It 'is asked for again after Clear-CopperCache' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 403; times = -1; match = @{ path = 'users/search' } }
        $null = Get-CopperOpportunity -First 20 -WarningAction SilentlyContinue
        Set-SandboxFault $sandbox
        (Get-CopperOpportunity -First 20).Assignee | Where-Object { $_ } | Should -BeNullOrEmpty
        Clear-CopperCache
        (Get-CopperOpportunity -First 20).Assignee | Where-Object { $_ } | Should -Not -BeNullOrEmpty
    }

    It 'is one warning together with others' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 403; times = -1; match = @{ path = 'users/search|pipelines|custom_field' } }
        $null = Get-CopperOpportunity -First 20 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        foreach ($list in 'users', 'pipelines', 'custom field definitions') { "$warnings" | Should -Match $list }
    }
}

Describe 'Rows with names and ids' {
    BeforeEach {
        Read-AccountList
        Clear-SandboxJournal $sandbox
    }

    It 'of a record that nobody edited write nothing: <noun>' -ForEach @(
        foreach ($noun in 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task', 'Activity') { @{ noun = $noun } }
    ) {
        & "Get-Copper$noun" -First 15 | ConvertTo-Row | & "Set-Copper$noun" -ErrorVariable problems -WarningVariable warnings
        $problems | Should -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
        Get-Written | Should -BeNullOrEmpty
    }

    It 'write the name that was edited: <column>' -TestCases @(
        @{ noun = 'Person'; column = 'Assignee'; id = 'AssigneeId'; other = { Get-CopperUser } }
        @{ noun = 'Person'; column = 'ContactType'; id = 'ContactTypeId'; other = { Get-CopperContactType } }
        @{ noun = 'Lead'; column = 'CustomerSource'; id = 'CustomerSourceId'; other = { Get-CopperCustomerSource } }
        @{ noun = 'Lead'; column = 'Status'; id = 'StatusId'; other = { Get-CopperLeadStatus } }
        @{
            noun = 'Opportunity'; column = 'Stage'; id = 'PipelineStageId'; other = { Get-CopperPipelineStage -Pipeline $record.PipelineId }
        }
    ) {
        $record = @(& "Get-Copper$noun" | Where-Object { $_.$column -and $_.$id -and $_.Status -notin 'Won', 'Lost' })[0]
        $new = @(& $other | Where-Object { $_.Id -ne $record.$id })[0]
        $row = $record | ConvertTo-Row
        $row.$column = $new.Name
        $row | & "Set-Copper$noun"
        $after = & "Get-Copper$noun" $record.Id
        $after.$column, $after.$id | Should -Be $new.Name, $new.Id
        # The id counts where it was edited, whatever the name is.
        $row = $after | ConvertTo-Row
        $row.$id = $record.$id
        $row | & "Set-Copper$noun"
        (& "Get-Copper$noun" $record.Id).$column | Should -Be $record.$column
    }

    It 'are the columns of a new record too' {
        $made = [pscustomobject] @{ Name = 'From A Row'; Assignee = (Get-CopperUser)[1].Name; AssigneeId = (Get-CopperUser)[1].Id } |
            New-CopperPerson
        $made.Assignee | Should -Be (Get-CopperUser)[1].Name
    }

    It 'are an error where no cmdlet writes them, and nothing is written' {
        $row = @(Get-CopperTask | Where-Object CustomActivityType)[0] | ConvertTo-Row
        $row.CustomActivityType = 'Something else'
        $row | Set-CopperTask -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike '*column CustomActivityType*was edited*'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'of a record that is piped are never sent' {
        Get-CopperPerson 7 | Set-CopperPerson -Details 'only this'
        Get-Written | ForEach-Object body | Should -Be '{"details":"only this"}'
    }
}
