# A record knows the account that it was read from: its id means another record in another one.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS

    # Those that look the ids up in a file, not in the account, and what takes the name of a match field.
    $ofFiles = 'Get-CopperSnapshotRecord Id', 'Restore-CopperSnapshot Id', 'Undo-CopperChange Id', 'Sync-CopperLead MatchField'
    $places = foreach ($command in Get-Command -Module CopperPS) {
        foreach ($parameter in $command.Parameters.Values) {
            $place = "$($command.Name) $($parameter.Name)"
            if ($parameter.ParameterType.Name -match '^CopperReference' -and $place -notin $ofFiles) {
                @{ Command = $command.Name; Parameter = $parameter.Name }
            }
        }
    }
    $ofCrm = @($places | Where-Object { $_.Command -notlike '*-CopperHub*' })
    $ofHub = @($places | Where-Object { $_.Command -like '*-CopperHub*' })
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $source = Connect-Copper -Sandbox -RateLimit '100000/1s' -PassThru
    $target = Connect-Copper -Sandbox -RateLimit '100000/1s' -PassThru
    $here = @{ Session = $source }
    $ofOther = @{
        Activity              = Get-CopperActivity -First 1 @here
        ActivityType          = Get-CopperActivityType @here | Select-Object -First 1
        Company               = Get-CopperCompany -First 1 @here
        ContactType           = Get-CopperContactType @here | Select-Object -First 1
        CustomActivityType    = Get-CopperCustomActivityType @here | Select-Object -First 1
        CustomerSource        = Get-CopperCustomerSource @here | Select-Object -First 1
        CustomFieldDefinition = Get-CopperCustomFieldDefinition @here | Where-Object DataType -EQ Connect | Select-Object -First 1
        CustomFieldOption     = Get-CopperCustomFieldOption Interests @here | Select-Object -First 1
        Lead                  = Get-CopperLead -First 1 @here
        LeadStatus            = Get-CopperLeadStatus @here | Select-Object -First 1
        LossReason            = Get-CopperLossReason @here | Select-Object -First 1
        Opportunity           = Get-CopperOpportunity -First 1 @here
        Person                = Get-CopperPerson -First 1 @here
        Pipeline              = Get-CopperPipeline @here | Select-Object -First 1
        PipelineStage         = Get-CopperPipelineStage @here | Select-Object -First 1
        Project               = Get-CopperProject -First 1 @here
        Task                  = Get-CopperTask -First 1 @here
        User                  = Get-CopperUser @here | Select-Object -First 1
        Webhook               = Register-CopperWebhook https://hooks.example.com/other -Type lead -Event new @here
    }
    # The lists that are read before an id is looked up in them.
    $null = Get-CopperCustomFieldOption Interests
    $null = Get-CopperUser
    $note = New-Item (Join-Path $TestDrive 'note.txt') -Value 'note'
    $ofOther.File = Get-CopperPerson 1 @here | Add-CopperFile $note.FullName @here -PassThru
    $ofOther.Connection = Add-CopperConnection $ofOther.Company (Get-CopperCompany -First 2 @here)[1] 'Partner' -PassThru @here
    $kinds = @{
        Assignee = 'User'; Company = 'Company'; Contact = 'Person'; ContactType = 'ContactType'; CustomerSource = 'CustomerSource'
        Field = 'CustomFieldDefinition'; LossReason = 'LossReason'; Opportunity = 'Opportunity'; Pipeline = 'Pipeline'
        PrimaryContact = 'Person'; Project = 'Project'; RelatedTo = 'Person'; Stage = 'PipelineStage'; User = 'User'
        ActivityType = 'ActivityType'
    }

    # What a command needs besides. Ids of this account mean records of it.
    function Get-OtherArgument([string] $Command, [string] $Parameter) {
        $needed = switch -Regex ($Command) {
            '^Set-CopperWebhook' { @{ Id = 1; Target = 'https://hooks.example.com/x' }; break }
            '^Set-Copper(Custom|Hub)' { @{ Id = 1; Name = 'New' }; break }
            '^Set-' { @{ Id = 1; Details = 'New' }; break }
            '^New-CopperActivity' { @{ Details = 'New'; RelatedTo = 1; RelatedType = 'person' }; break }
            '^New-CopperHubTaskComment' { @{ Body = 'New'; TaskId = 449 }; break }
            '^New-CopperHubTask' { @{ Name = 'New'; ProjectId = 1 }; break }
            '^New-' { @{ Name = 'New' }; break }
            '^Sync-CopperLead' { @{ Name = 'New'; MatchField = 'External Id'; MatchValue = 'ERP-1'; Email = 'new@other.example' }; break }
            '^Sync-' { @{ Name = 'New'; Email = 'new@other.example' }; break }
            '^Convert-' { @{ Id = 1; OpportunityName = 'New' }; break }
            '^Merge-' { @{ Entity = 'Person'; Keep = 1; Id = 2; JournalPath = Join-Path $TestDrive 'merge.jsonl' }; break }
            '^Move-' { @{ From = 1; To = 2 }; break }
            '^Add-CopperFile' { @{ Path = $note.FullName }; break }
            '^Remove-CopperFile' { @{ Id = 1; RelatedTo = 1; RelatedType = 'Person' }; break }
            '^(Add|Remove)-CopperRelatedItem' { @{ From = 1; FromType = 'Person'; To = 1; Type = 'Opportunity' }; break }
            '^Add-CopperConnection' { @{ From = 1; FromType = 'Company'; To = 2; Type = 'Company'; Field = 1 }; break }
            '^Get-CopperConnection' { @{ From = 1; FromType = 'Company' }; break }
            '^Get-CopperFieldLayout' { @{ Entity = 'Opportunity' }; break }
            default { @{} }
        }
        if ($Command -eq 'Remove-CopperFile' -and $Parameter -eq 'Id') { $needed.RelatedTo = 1 }
        if ($Parameter -eq 'RelatedTo') { $needed.Remove('RelatedType') }
        if ($Parameter -eq 'From') { $needed.Remove('FromType') }
        if ($Parameter -eq 'To') { $needed.Remove('Type') }
        if ((Get-Command $Command).Parameters.ContainsKey('Confirm')) { $needed.Confirm = $false }
        $needed.Remove($Parameter)
        $needed
    }

    function Get-OtherRecord([string] $Command, [string] $Parameter) {
        $noun = $Command -replace '^\w+-Copper'
        if ($Command -eq 'Get-CopperLead' -and $Parameter -eq 'Status') { return $ofOther.LeadStatus }
        if ($Parameter -eq 'Status') { return $ofOther.LeadStatus }
        if ($Command -eq 'Move-CopperAssignment') { return $ofOther.User }
        if ($Command -eq 'Merge-CopperRecord') { return $ofOther.Person }
        if ($kinds.ContainsKey($Parameter)) { return $ofOther[$kinds[$Parameter]] }
        if ($Parameter -in 'From', 'To') { return $(if ($noun -eq 'Connection') { $ofOther.Company } else { $ofOther.Person }) }
        $ofOther[$noun]
    }
}

AfterAll {
    Disconnect-Copper -Session $source
    Disconnect-Copper
}

Describe 'A record of another account' {
    It 'is rejected before anything is sent: <Command> -<Parameter>' -ForEach $ofCrm {
        $given = Get-OtherArgument $Command $Parameter
        $record = Get-OtherRecord $Command $Parameter
        $record | Should -Not -BeNullOrEmpty
        $sent = $target.RequestCount
        $problem = $null
        try {
            $output = if ($Parameter -eq 'InputObject') {
                $record | & $Command @given -ErrorVariable problem -ErrorAction SilentlyContinue
            }
            else {
                $given[$Parameter] = $record
                & $Command @given -ErrorVariable problem -ErrorAction SilentlyContinue
            }
        }
        catch { $problem = @($_) }
        @($problem | Where-Object { $_ -is [Management.Automation.ErrorRecord] })[0].FullyQualifiedErrorId |
            Should -BeLike 'CopperAccountMismatch,*'
        $output | Should -BeNullOrEmpty
        $target.RequestCount | Should -Be $sent
    }
}

Describe 'Records between two accounts' {
    It 'keep their values, and are refused where they stand for themselves' {
        $person = Get-CopperPerson 36 -Session $source
        { $person | Set-CopperPerson -Title X -ErrorAction Stop } | Should -Throw '*was read from another account*-Session*'
        { $person | New-CopperTask Call -ErrorAction Stop } | Should -Throw '*was read from another account*'
        { $person.Id, $person | Remove-CopperPerson -Confirm:$false -WhatIf -ErrorAction Stop } |
            Should -Throw '*was read from another account*'
        $copy = $person | Select-Object Name, Title, @{ n = 'Email'; e = { "copy-$($_.Id)@other.example" } } | New-CopperPerson
        $copy.Name | Should -Be $person.Name
        (Get-CopperPerson 36).Title | Should -Be $person.Title
    }

    It 'fail one by one, and the others go on' {
        $mixed = @(Get-CopperPerson 1) + @(Get-CopperPerson 2 -Session $source) + @(Get-CopperPerson 3)
        $changed = $mixed | Set-CopperPerson -Title 'Mixed' -PassThru -ErrorVariable problem -ErrorAction SilentlyContinue
        $changed.Id | Should -Be 1, 3
        $problem.Count | Should -Be 1
        $problem[0].TargetObject | Should -Be $mixed[1]
        (Get-CopperPerson 2).Title | Should -Not -Be 'Mixed'
    }

    It 'are accepted with the session of their account, and from any session of it' {
        Get-CopperPerson 36 -Session $source | Set-CopperPerson -Title Own -Session $source
        (Get-CopperPerson 36 -Session $source).Title | Should -Be 'Own'
        $sandbox = Start-SandboxHost -People 5
        try {
            $one = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; PassThru = $true }
            $two = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; PassThru = $true }
            $unknown = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; PassThru = $true; SkipVerify = $true }
            Get-CopperPerson 1 -Session $one | Set-CopperPerson -Title Two -Session $two
            Get-CopperPerson 1 -Session $two | Set-CopperPerson -Details Three -Session $unknown
            $person = Get-CopperPerson 1 -Session $one
            $person.Title, $person.Details | Should -Be 'Two', 'Three'
            $one, $two, $unknown | ForEach-Object { Disconnect-Copper -Session $_ }
        }
        finally {
            Stop-SandboxHost $sandbox
            $target = Connect-Copper -Sandbox -RateLimit '100000/1s' -PassThru
        }
    }

    It 'have no account once they came through a file' {
        Get-CopperPerson 4 -Session $source | Select-Object Id, @{ n = 'Title'; e = { 'From a file' } } | Set-CopperPerson
        (Get-CopperPerson 4).Title | Should -Be 'From a file'
        $path = Join-Path $TestDrive 'people.xml'
        Get-CopperPerson 5 -Session $source | Export-Clixml $path
        Import-Clixml $path | Set-CopperPerson -Title 'From a job'
        (Get-CopperPerson 5).Title | Should -Be 'From a job'
    }

    It 'show the names of their own account, whatever session is the default' {
        $person = Get-CopperPerson 36 -Session $source
        $person.Assignee | Should -Not -BeNullOrEmpty
        ($person | ConvertTo-CopperFlatRecord).Assignee | Should -Be $person.Assignee
        { $person | Set-CopperPerson -Title Z -ErrorAction Stop } | Should -Throw '*another account*'
    }

    It 'are told by what they hold: a related record, a duplicate, an opportunity of a funnel' {
        $task = Get-CopperTask -Session $source | Where-Object { $_.RelatedResource.Type -eq 'person' } | Select-Object -First 1
        { $task.RelatedResource | Get-CopperPerson -ErrorAction Stop } | Should -Throw '*another account*'
        $group = Find-CopperDuplicate Person -Session $source | Select-Object -First 1
        { $group | Merge-CopperRecord -PlanOnly -ErrorAction Stop } | Should -Throw '*another account*'
        { Get-CopperOpportunity -First 1 -Session $source | Show-CopperPipeline -ErrorAction Stop } | Should -Throw '*another account*'
    }
}

Describe 'A connection that fails' {
    It 'says that the former session is still the default' {
        $before = Get-CopperSession
        $key = [Net.NetworkCredential]::new('', 'wrong').SecurePassword
        $problem = { Connect-Copper -UserEmail a@b.example -ApiKey $key -BaseUri 'http://127.0.0.1:9/developer_api/v1' -MaxRetry 0 } |
            Should -Throw -PassThru
        "$problem" | Should -BeLike "*former session ($before) is still the default*"
        Get-CopperSession | Should -Be $before
    }
}

Describe 'A record of another CopperHub' {
    BeforeAll {
        $hubs = 1..2 | ForEach-Object { Connect-CopperHub -Sandbox -PassThru }
        $there = @{ Session = $hubs[0] }
        $ofOtherHub = @{
            HubOrganisation = Get-CopperHubOrganisation @there | Select-Object -First 1
            HubProject      = Get-CopperHubProject @there | Select-Object -First 1
        }
        $ofOtherHub.HubTask = $ofOtherHub.HubProject | Get-CopperHubTask @there | Select-Object -First 1
        $ofOtherHub.HubTaskComment = $ofOtherHub.HubTask | New-CopperHubTaskComment 'Done' @there
    }

    AfterAll { $hubs | ForEach-Object { Disconnect-CopperHub -Session $_ -WarningAction SilentlyContinue } }

    It 'is rejected before anything is sent: <Command> -<Parameter>' -ForEach ($ofHub | Where-Object { $_.Parameter -ne 'Owner' }) {
        $given = Get-OtherArgument $Command $Parameter
        $given[$Parameter] = switch ($Parameter) {
            'Id' { $ofOtherHub[($Command -replace '^\w+-Copper')] }
            default { $ofOtherHub['Hub' + ($Parameter -replace 'Id$')] }
        }
        if ($Command -eq 'New-CopperHubTaskComment' -and $Parameter -eq 'ProjectId') { $given.Remove('TaskId') }
        $given[$Parameter] | Should -Not -BeNullOrEmpty
        $sent = $hubs[1].RequestCount
        $problem = $null
        try { & $Command @given -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty }
        catch { $problem = @($_) }
        @($problem | Where-Object { $_ -is [Management.Automation.ErrorRecord] })[0].FullyQualifiedErrorId |
            Should -BeLike 'CopperAccountMismatch,*'
        $hubs[1].RequestCount | Should -Be $sent
    }
}
