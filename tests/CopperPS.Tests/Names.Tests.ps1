# Names instead of ids, wherever a parameter points to something of the account.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $status = Get-CopperLeadStatus | Where-Object Name -EQ 'New'

    # Before the first record come the lists by which it shows names and custom fields.
    function Get-Sent([string[]] $Except) {
        Get-SandboxJournal $sandbox | Where-Object path -NotIn (@('/custom_field_definitions') + $Except)
    }
    function Get-LastBody {
        (Get-SandboxJournal $sandbox | Where-Object { $_.body -and $_.path -ne '/users/search' } | Select-Object -Last 1).body |
            ConvertFrom-Json
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'A name instead of an id' {
    BeforeEach {
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
    }

    It 'finds leads by status, without case, and reads the list once' {
        Get-CopperLead -Status new -First 1 | Out-Null
        Get-CopperLead -Status New -First 1 | Out-Null
        $sent = @(Get-Sent -Except '/users/search', '/customer_sources')
        $sent.path | Should -Be '/lead_statuses', '/leads/search', '/leads/search'
        $sent[1].body | Should -BeLike "*`"status_ids`":``[$($status.Id)``]*"
    }

    It 'converts every new lead' {
        @(Get-CopperLead -Status New).Count | Should -BeGreaterThan 0
        Get-CopperLead -Status New | Convert-CopperLead -Confirm:$false | Out-Null
        Get-CopperLead -Status New | Should -BeNullOrEmpty
    }

    It 'writes the owner given by name or e-mail address' {
        $owner = Get-CopperUser | Select-Object -Last 1
        Set-CopperPerson 1 -Assignee $owner.Name
        Set-CopperPerson 1 -Assignee $owner.Email.ToUpperInvariant()
        (Get-SandboxJournal $sandbox | Where-Object method -EQ PUT).body |
            Should -Be "{`"assignee_id`":$($owner.Id)}", "{`"assignee_id`":$($owner.Id)}"
    }

    It 'takes names from a CSV file' {
        $source = (Get-CopperCustomerSource)[0]
        (@{ Name = 'Ada'; Status = 'New'; CustomerSource = $source.Name } | ForEach-Object { [pscustomobject] $_ } |
            New-CopperLead).CustomerSourceId | Should -Be $source.Id
    }

    It 'that is unknown is an error with the nearest first, and nothing is changed' {
        Get-CopperLeadStatus | Out-Null
        Set-CopperLead 20000001 -Status 'Nwe' -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperUnknownName,*'
        "$($problems[0])" | Should -BeLike "*lead status 'Nwe'. Did you mean 'New'*"
        # The list is read again: the name could have been new.
        (Get-SandboxJournal $sandbox).path | Should -Be '/lead_statuses', '/lead_statuses'
    }

    It 'that several have is an error with their ids' {
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 200; body = '[{"id":1,"name":"Price"},{"id":2,"name":"price"}]'; times = 1
            match = @{ path = 'loss_reasons' }
        }
        { Get-CopperOpportunity -LossReason Price -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperAmbiguousName,*' -ExpectedMessage '*1, 2*'
        (Get-SandboxJournal $sandbox).path | Should -Be '/loss_reasons'
        Set-SandboxFault $sandbox
    }

    It 'that is unknown in a search is an error that does not end the script' {
        Get-CopperOpportunity -Assignee 'Bruno Kelter' -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperUnknownName,*'
        $problems[0].TargetObject | Should -Be 'Bruno Kelter'
        "$($problems[0])" | Should -BeLike '*Did you mean ''Bruno Keller''? There are also: Alice Archer, Carla Mendes, * and 13 more.'
        (Get-SandboxJournal $sandbox).path | Should -Be '/users/search'
    }

    It 'is looked up anew once for a whole file of misspelt rows' {
        Get-CopperLeadStatus | Out-Null
        Clear-SandboxJournal $sandbox
        1..5 | ForEach-Object { [pscustomobject]@{ Name = "Lead $_"; Status = 'Nwe' } } |
            New-CopperLead -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 5
        (Get-SandboxJournal $sandbox).path | Should -Be '/lead_statuses'
    }

    It 'is found although it is newer than the list that the session has' {
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 200; body = '[{"id":1,"name":"Email"}]'; times = 1; match = @{ path = 'customer_sources' }
        }
        Get-CopperCustomerSource | Out-Null
        $source = Get-CopperLead -CustomerSource Referral -First 1
        $source.CustomerSourceId | Should -Be 331243
    }

    It 'of one user out of two is their e-mail address' {
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 200
            body = '[{"id":1,"name":"Kim Lee","email":"kim@a.example"},{"id":2,"name":"Kim Lee","email":"lee@a.example"}]'; times = 1
            match = @{ path = 'users/search' }
        }
        Get-CopperTask -Assignee 'kim lee' -ErrorVariable problems -ErrorAction SilentlyContinue
        "$($problems[0])" | Should -BeLike "*'kim lee': user 1 (kim@a.example), 2 (lee@a.example). Give the e-mail address or the id."
        Get-CopperTask -Assignee lee@a.example -First 1 | Out-Null
        (Get-LastBody).assignee_ids | Should -Be 2
        Set-SandboxFault $sandbox
    }

    It 'me is the user of the credential, unless somebody is called so' {
        $me = (Get-CopperUser -Me).Id
        Get-CopperTask -Assignee me -First 1 | Out-Null
        (Get-LastBody).assignee_ids | Should -Be $me
        Clear-CopperCache
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 200; body = '[{"id":5,"name":"Me"}]'; times = 1; match = @{ path = 'users/search' }
        }
        Get-CopperTask -Assignee me -First 1 | Out-Null
        (Get-LastBody).assignee_ids | Should -Be 5
        Set-SandboxFault $sandbox
    }

    It '$null beside a name finds what has none as well' {
        Get-CopperLead -CustomerSource $null, email -First 1 | Out-Null
        (Get-LastBody).customer_source_ids | Should -Be -2, 331240
    }

    It 'of a company that there is not is an error that says how to find it' {
        { New-CopperPerson Ada -Company 'No such Acme' -ErrorAction Stop } | Should -Throw -ErrorId 'CopperUnknownName,*'
        $Error[0].ErrorDetails.RecommendedAction | Should -BeLike '*Get-CopperCompany -Name*'
        Get-SandboxJournal $sandbox | Where-Object path -NotLike '*/search' | Should -BeNullOrEmpty
    }

    It 'that cannot be looked up is one error, and nothing is written' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 403; times = 9; match = @{ path = 'pipelines|users' } }
        Convert-CopperLead 20000001 -OpportunityName X -Pipeline Sales -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        New-CopperOpportunity X -Stage Qualified -ErrorVariable +problems -ErrorAction SilentlyContinue
        Get-CopperOpportunity -Stage Qualified -ErrorVariable +problems -ErrorAction SilentlyContinue
        Get-CopperFieldLayout Opportunity -Pipeline Sales -ErrorVariable +problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -HaveCount 4
        $problems.FullyQualifiedErrorId | Should -BeLike 'CopperPermissionDenied,*'
        (Get-SandboxJournal $sandbox).path | Sort-Object -Unique | Should -Be '/pipelines'
        Set-SandboxFault $sandbox
    }
}

Describe 'The name of a type of activities' {
    BeforeEach {
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
    }

    It 'goes out as category and id: <type>' -TestCases @(
        @{ type = 'phone call'; wire = '{"category":"user","id":1}' }
        @{ type = 'Property Changed'; wire = '{"category":"system","id":1}' }
        @{ type = 'system:Pipeline Stage Changed'; wire = '{"category":"system","id":3}' }
        @{ type = 'Fax'; wire = '{"category":"user","id":5}' }
    ) {
        Get-CopperActivity -ActivityType $type -First 1 | Out-Null
        $sent = @(Get-Sent -Except '/users/search')
        $sent.path | Should -Be '/activity_types', '/activities/search'
        $sent[1].body.Contains("`"activity_types`":[$wire]") | Should -BeTrue -Because $sent[1].body
    }

    It 'is written, and can be changed' {
        $meeting = New-CopperActivity 7 'Talked' -RelatedType person -ActivityType Meeting -User 'Bruno Keller'
        $meeting.Type.Id | Should -Be 2
        "$($meeting.Type)" | Should -Be 'Meeting'
        $meeting.UserId | Should -Be 1003
        "$((Set-CopperActivity $meeting -ActivityType 'user:Phone Call' -PassThru).Type)" | Should -Be 'Phone Call'
    }

    It 'is refused where it cannot be written: <type>' -TestCases @(
        @{ type = 'Fax'; id = 'CopperInvalidArgument,*'; message = '*disabled*' }
        @{ type = 'system:Property Changed'; id = 'CopperInvalidArgument,*'; message = "*not of 'system'*" }
        @{ type = 'Property Changed'; id = 'CopperUnknownName,*'; message = '*There are: *Meeting*' }
        @{ type = 'Meting'; id = 'CopperUnknownName,*'; message = '*Did you mean ''Meeting''*' }
    ) {
        { New-CopperActivity 7 x -RelatedType person -ActivityType $type -ErrorAction Stop } |
            Should -Throw -ErrorId $id -ExpectedMessage $message
        (Get-SandboxJournal $sandbox).method | Should -Not -Contain 'POST'
    }

    It 'that two categories have is ambiguous without its category' {
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 200
            body = '{"user":[{"id":9,"category":"user","name":"Sent: mail"}],"system":[{"id":9,"category":"system","name":"sent: mail"}]}'
            times = 1; match = @{ path = 'activity_types' }
        }
        { Get-CopperActivity -ActivityType 'Sent: Mail' -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperAmbiguousName,*' -ExpectedMessage '*user:9, system:9*'
        Get-CopperActivity -ActivityType 'system:Sent: Mail' -First 1 | Out-Null
        (Get-LastBody).activity_types.category | Should -Be system
    }
}

Describe 'Connections' {
    It 'take users and custom fields by their names' {
        Clear-SandboxJournal $sandbox
        Add-CopperConnection 7 alice.archer@copper.example Partner -FromType Person -Type User -WhatIf
        Get-CopperConnection 'Alice Archer' -FromType User -Field Partner
        $sent = Get-SandboxRequest $sandbox
        $sent[-1] | Should -BeLike 'GET /*1002*'
    }
}
