BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $status = Get-CopperLeadStatus | Where-Object Name -EQ 'New'
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
        $sent = @(Get-SandboxJournal $sandbox)
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
        (Get-SandboxJournal $sandbox | Where-Object method -EQ PUT).body | Should -Be "{`"assignee_id`":$($owner.Id)}", "{`"assignee_id`":$($owner.Id)}"
    }

    It 'takes names from a CSV file' {
        $source = (Get-CopperCustomerSource)[0]
        (@{ Name = 'Ada'; Status = 'New'; CustomerSource = $source.Name } | ForEach-Object { [pscustomobject] $_ } | New-CopperLead).CustomerSourceId | Should -Be $source.Id
    }

    It 'that is unknown is an error with the nearest first, and nothing is changed' {
        Get-CopperLeadStatus | Out-Null
        Set-CopperLead 20000001 -Status 'Nwe' -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperUnknownName,*'
        "$($problems[0])" | Should -BeLike "*lead status 'Nwe'. There are: New,*"
        # The list is read again: the name could have been new.
        (Get-SandboxJournal $sandbox).path | Should -Be '/lead_statuses', '/lead_statuses'
    }

    It 'that several have is an error with their ids' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = '[{"id":1,"name":"Price"},{"id":2,"name":"price"}]'; times = 1; match = @{ path = 'loss_reasons' } }
        { Get-CopperOpportunity -LossReason Price } | Should -Throw -ErrorId 'CopperAmbiguousName,*' -ExpectedMessage '*1, 2*'
        (Get-SandboxJournal $sandbox).path | Should -Be '/loss_reasons'
        Set-SandboxFault $sandbox
    }
}
