# Which of five hundred rows was it? An error about a name or a word is about the row that brought it, whatever the cmdlet.

BeforeDiscovery {
    $made = @(
        @{ cmdlet = 'New-CopperPerson'; row = @{ ContactType = 'Partner' }; bad = @{ ContactType = 'Prtner' }; nearest = 'Partner' }
        @{
            cmdlet = 'New-CopperPerson'; typed = @{ Bulk = $true }; row = @{ ContactType = 'Partner' }; bad = @{ ContactType = 'Prtner' }
            nearest = 'Partner'
        }
        @{
            cmdlet = 'New-CopperCompany'; row = @{ Assignee = 'Bruno Keller' }; bad = @{ Assignee = 'Bruno Kelter' }
            nearest = 'Bruno Keller'
        }
        @{ cmdlet = 'New-CopperLead'; row = @{ Status = 'Qualified' }; bad = @{ Status = 'Qalified' }; nearest = 'Qualified' }
        @{
            cmdlet = 'New-CopperOpportunity'; row = @{ PrimaryContact = 1; Stage = 'Negotiation' }
            bad = @{ PrimaryContact = 1; Stage = 'Negotiaton' }; nearest = 'Negotiation'
        }
        @{ cmdlet = 'New-CopperProject'; row = @{ Status = 'completed' }; bad = @{ Status = 'complted' }; nearest = 'Completed' }
        @{ cmdlet = 'New-CopperTask'; row = @{ Priority = 'HIGH' }; bad = @{ Priority = 'Hihg' }; nearest = 'High' }
        @{
            cmdlet = 'Sync-CopperPerson'; row = @{ Email = 'row@b.example'; ContactType = 'Partner' }
            bad = @{ Email = 'bad@b.example'; ContactType = 'Prtner' }; nearest = 'Partner'
        }
        @{
            cmdlet = 'Sync-CopperLead'; typed = @{ MatchEmail = $true }; row = @{ Email = 'row@a.example'; CustomerSource = 'Referral' }
            bad = @{ Email = 'bad@a.example'; CustomerSource = 'Referal' }; nearest = 'Referral'
        }
    )
    $changed = @(
        @{ noun = 'Person'; first = 1; row = @{ ContactType = 'Prtner' }; nearest = 'Partner' }
        @{ noun = 'Person'; first = 1; typed = @{ Bulk = $true }; row = @{ ContactType = 'Prtner' }; nearest = 'Partner' }
        @{ noun = 'Company'; first = 10000001; row = @{ Assignee = 'Bruno Kelter' }; nearest = 'Bruno Keller' }
        @{ noun = 'Lead'; first = 20000001; row = @{ Status = 'Qalified' }; nearest = 'Qualified' }
        @{ noun = 'Opportunity'; first = 30000001; row = @{ Stage = 'Negotiaton' }; nearest = 'Negotiation' }
        @{ noun = 'Opportunity'; first = 30000001; row = @{ Priority = 'Hihg' }; nearest = 'High' }
        @{ noun = 'Project'; first = 40000001; row = @{ Status = 'complted' }; nearest = 'Completed' }
        @{ noun = 'Task'; first = 50000001; row = @{ Status = 'Opne' }; nearest = 'Open' }
    )
    $words = @(
        @{
            call = { New-CopperTask X -Priority Hihg }
            says = "-Priority 'Hihg' is not known. Did you mean 'High'*-Property @{ priority = 'Hihg' }."
        }
        @{ call = { New-CopperTask X -Status 'It''s open' }; says = "*-Property @{ status = 'It''s open' }." }
        @{
            call = { Set-CopperTask 50000001 -Status Complete }
            says = "-Status 'Complete' is not known. Did you mean 'Completed'? There are also: Open. *"
        }
        @{ call = { Set-CopperProject 40000001 -Status Done }; says = "-Status 'Done' is not known. There are: Open, Completed. *" }
        @{ call = { Set-CopperOpportunity 30000001 -Status Wno }; says = "-Status 'Wno' is not known. Did you mean 'Won'*" }
        @{ call = { New-CopperOpportunity X -PrimaryContact 1 -Priority Urgent }; says = "-Priority 'Urgent' is not known. There are: *" }
        @{ call = { New-CopperCustomActivityType X -IconType Phon }; says = "-IconType 'Phon' is not known. Did you mean 'Phone'* more. *" }
        @{
            call = { Get-CopperTask -Status Opne }
            says = "-Status 'Opne' is not known. Did you mean 'Open'? There are also: Completed. *-Filter @{ statuses = @('Opne') }."
        }
        @{ call = { Get-CopperTask -Priority High, lwo }; says = "-Priority 'lwo' is not known. Did you mean 'Low'*" }
        @{
            call = { Get-CopperProject -Status Compelted }
            says = "-Status 'Compelted' is not known. Did you mean 'Completed'? There are also: Open. *"
        }
        @{
            call = { Get-CopperOpportunity -Status Wno }
            says = "-Status 'Wno' is not known. Did you mean 'Won'*give the number that searches have for it."
        }
        @{
            call = { New-CopperActivity 7 x -RelatedType persn }; says = "-RelatedType 'persn' is not known. Did you mean 'person'*"
            id = 'CopperInvalidArgument,*'
        }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }

    function Get-Written { @(Get-SandboxJournal $sandbox | Where-Object { $_.method -ne 'GET' -and $_.path -ne '/users/search' }) }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe '<cmdlet> <typed.Keys> of a file in which one row has an unknown name' -ForEach $made {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'says which row, and makes the others' {
        $rows = @(
            [pscustomobject] (@{ Name = 'First' } + $row), [pscustomobject] (@{ Name = 'Second' } + $bad),
            [pscustomobject]@{ Name = 'Third' }
        )
        if ($cmdlet -like 'Sync-*') { $rows[2] = [pscustomobject]@{ Name = 'Third'; Email = 'third@a.example' } }
        if ($cmdlet -eq 'New-CopperOpportunity') { $rows[2] = [pscustomobject]@{ Name = 'Third'; PrimaryContact = 1 } }
        $typed = if ($typed) { $typed } else { @{} }
        $records = $rows | & $cmdlet @typed -ErrorVariable problems -ErrorAction SilentlyContinue
        $records.Name | Should -Be First, Third
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperUnknownName,*'
        $problems[0].TargetObject | Should -Be $rows[1]
        "$problems" | Should -BeLike "*Did you mean '$nearest'*. The * 'Second' was not written."
    }
}

Describe 'Set-Copper<noun> <typed.Keys> of several with an unknown name' -ForEach $changed {
    BeforeAll {
        $ids = (& "Get-Copper$noun" -First 2).Id
        $typed = if ($typed) { $typed } else { @{} }
    }
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'says which row' {
        $rows = foreach ($id in $ids) { [pscustomobject] (@{ Id = $id } + $row) }
        $rows | & "Set-Copper$noun" @typed -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.TargetObject | Should -Be $rows
        "$($problems[1])" | Should -BeLike "*Did you mean '$nearest'*. The $noun $($ids[1]) was not changed."
        Get-Written | Should -BeNullOrEmpty
    }

    It 'ends the pipeline with one error when the name was typed' {
        $records = & "Get-Copper$noun" $ids
        { $records | & "Set-Copper$noun" @typed @row -ErrorAction SilentlyContinue } |
            Should -Throw -ExpectedMessage "*Did you mean '$nearest'*"
        { & "Set-Copper$noun" $ids @typed @row -ErrorAction SilentlyContinue } | Should -Throw -ExpectedMessage "*Did you mean '$nearest'*"
        & "Set-Copper$noun" $ids[0] @typed @row -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        "$problems" | Should -Not -BeLike '*not changed*' -Because 'there is only one that can be meant'
        Get-Written | Should -BeNullOrEmpty
    }
}

Describe 'Convert-CopperLead' {
    It 'says which of several leads was not converted' {
        $lead = Get-CopperLead -First 1
        $done = [pscustomobject]@{ Id = $lead.Id }, (Get-CopperPerson -First 1) |
            Convert-CopperLead -ContactType Partner -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $done.LeadId | Should -Be $lead.Id
        "$problems" | Should -BeLike '*is a person, not a lead*. The lead * was not converted.'
    }

    It 'ends with one error, before the first lead, when a name is unknown: <what>' -ForEach @(
        @{ what = 'a contact type'; typed = @{ ContactType = 'Prtner' }; text = '*Did you mean ''Partner''*' }
        @{ what = 'a user'; typed = @{ Assignee = 'Nobody W' }; text = "*no user 'Nobody W'*" }
        @{ what = 'a company'; typed = @{ Company = 'Nobody Inc' }; text = "*no company called 'Nobody Inc'*" }
        @{ what = 'a stage'; typed = @{ OpportunityName = 'Deal'; Stage = 'Nowhere' }; text = "*'Nowhere'*" }
    ) {
        $leads = Get-CopperLead -First 3
        Clear-SandboxJournal $sandbox
        { $leads | Convert-CopperLead @typed -Confirm:$false -ErrorAction SilentlyContinue } | Should -Throw -ExpectedMessage $text
        Convert-CopperLead $leads[0].Id @typed -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        Get-Written | Where-Object path -NotLike '*/search' | Should -BeNullOrEmpty
    }
}

Describe 'A row that the service refuses' {
    It 'is the target as well, and can be given again once it is corrected' {
        $rows = @('New', 'Old' | ForEach-Object { [pscustomobject]@{ Name = $_; Email = "$_@rows.example" } })
        $rows[1] | New-CopperPerson | Out-Null
        $rows | New-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue | Out-Null
        $problems.TargetObject | Should -Be $rows[1]
        $problems.TargetObject.Email = 'other@rows.example'
        ($problems.TargetObject | New-CopperPerson).Name | Should -Be Old
        [pscustomobject]@{ Id = 999999; Title = 'x' } | Set-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
        $problems[0].TargetObject.Title | Should -Be 'x'
    }
}

Describe 'A word that a parameter does not take' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'is an error with the nearest first, and nothing is sent: <call>' -TestCases $words {
        $problems = @(& { $ErrorActionPreference = 'Continue'; & $call } 2>&1)
        $problems | Should -HaveCount 1
        "$problems" | Should -BeLike $says
        $problems[0].FullyQualifiedErrorId | Should -BeLike $(if ($id) { $id } else { 'CopperUnknownName,*' })
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
    }

    It 'goes out as a raw member, once the service has added it' {
        Set-CopperTask 50000001 -Property @{ priority = 'Urgent' } -ErrorAction SilentlyContinue
        Get-CopperTask -Filter @{ priorities = @('Urgent') } -ErrorAction SilentlyContinue
        $sent = Get-SandboxRequest $sandbox
        $sent[0] | Should -BeLike '*{"priority":"Urgent"}'
        $sent[1] | Should -BeLike '*"priorities":`["Urgent"`]*'
    }

    It 'is read and shown as the service sends it, and the record can be changed' {
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 200; body = '{"id":50000001,"name":"X","priority":"Urgent","status":"Snoozed"}'; times = 1
            match = @{ path = '^/tasks/50000001$' }
        }
        $task = Get-CopperTask 50000001
        $task.Status, $task.Priority | Should -Be Snoozed, Urgent
        $task | Format-List | Out-String | Should -Match '(?s)Snoozed.*Urgent'
        Clear-SandboxJournal $sandbox
        $task | Set-CopperTask -Details x
        Get-SandboxRequest $sandbox | Should -BeLike '*{"details":"x"}'
    }

    It 'clears a field when it is none' {
        Set-CopperTask 50000001 -Priority $null
        Set-CopperTask 50000001 -Priority ''
        Get-SandboxRequest $sandbox | Should -Be 'PUT /tasks/50000001 {"priority":null}', 'PUT /tasks/50000001 {"priority":null}'
    }
}

Describe 'Every cmdlet that fills parameters from the columns of a table' {
    It 'takes the row itself too, so that an error can be about it' {
        # A webhook is made by hand; an organisation of a CopperHub has nothing that is looked up.
        $made = 'Register-CopperWebhook', 'New-CopperHubOrganisation'
        Get-Command -Module CopperPS | Where-Object Name -NotIn $made | Where-Object {
            $parameters = $_.Parameters.Values.Attributes | Where-Object { $_ -is [Management.Automation.ParameterAttribute] }
            ($parameters | Where-Object ValueFromPipelineByPropertyName) -and -not ($parameters | Where-Object ValueFromPipeline)
        } | ForEach-Object Name | Should -BeNullOrEmpty
    }
}

Describe 'What -WhatIf says of custom fields' {
    It 'is their names' {
        # What-if lines go to the host: a process shows what one sees.
        $seen = Invoke-ChildPowerShell {
            Connect-Copper -Sandbox
            Set-CopperPerson 1 -CustomField @{ score = 1; Birthday = $null } -AddTag x -WhatIf
            New-CopperLead X -CustomField @{ Newsletter = $true } -WhatIf
            Sync-CopperLead -MatchEmail -Email a@b.example -CustomField @{ 126247 = 5 } -WhatIf
        }
        $seen.Output -replace '^.*operation ' | Should -Be @(
            '"Set Birthday to nothing, Score to ''1'', add tag ''x''" on target "person 1".'
            '"Create with Name ''X'', Newsletter ''True''" on target "lead ''X''".'
            '"Change, or create, with Email ''a@b.example'', Score ''5''" on target "lead with a@b.example".'
        )
    }
}

Describe 'An empty text' {
    It 'is said to be one, and a name to be possible where it is' {
        { Get-CopperLead -Status '' -ErrorAction Stop } | Should -Throw 'An empty text is no lead status: give its name, its id, *'
        { Set-CopperLead '' -Title x -ErrorAction Stop } | Should -Throw 'An empty text is no lead: give a positive whole number, *'
    }
}
