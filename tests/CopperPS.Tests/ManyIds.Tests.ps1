# Many ids in one argument are read together, with the same answer and the same errors as one by one.

BeforeDiscovery {
    $kinds = @(
        @{ noun = 'Person'; path = 'people'; first = 1 }
        @{ noun = 'Company'; path = 'companies'; first = 10000001 }
        @{ noun = 'Lead'; path = 'leads'; first = 20000001 }
        @{ noun = 'Opportunity'; path = 'opportunities'; first = 30000001 }
        @{ noun = 'Project'; path = 'projects'; first = 40001 }
        @{ noun = 'Task'; path = 'tasks'; first = 50000001 }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 450
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0 }

    function Get-Word($Item) {
        if ($Item -is [Management.Automation.ErrorRecord]) {
            "$(($Item.FullyQualifiedErrorId -split ',')[0]) $($Item.CategoryInfo.Category) $($Item.TargetObject) $Item"
        }
        else { $Item | ConvertTo-Json -Depth 5 -Compress }
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Get-Copper<noun> -Id with many ids' -ForEach $kinds {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'reads them in one request and answers as one by one' {
        $ids = ($first + 2), $first, ($first + 1), $first
        $together = & "Get-Copper$noun" -Id $ids
        Get-SandboxRequest $sandbox | Should -BeLike "POST /$path/search {`"ids`":*"
        $together | ForEach-Object { Get-Word $_ } | Should -Be @($ids | & "Get-Copper$noun" | ForEach-Object { Get-Word $_ })
    }
}

Describe 'Get-CopperPerson -Id with many ids' {
    BeforeEach { Clear-SandboxJournal $sandbox }
    AfterEach { Set-SandboxFault $sandbox }

    It 'is one request for one id' {
        (Get-CopperPerson -Id 5).Id | Should -Be 5
        Get-SandboxRequest $sandbox | Should -Be 'GET /people/5'
    }

    It 'reports what is not there, what is none and what is of another kind as one by one' {
        $ids = 3, 999999, 'rubbish', 1, (Get-CopperLead -First 1), 2, 999998
        $together = Get-CopperPerson -Id $ids -ErrorAction Continue 2>&1 | ForEach-Object { Get-Word $_ }
        $together | Should -Be @(
            foreach ($id in $ids) { Get-CopperPerson -Id (, $id) -ErrorAction Continue 2>&1 | ForEach-Object { Get-Word $_ } }
        )
        $together | Should -HaveCount 7
    }

    It 'takes pages of 200, none before it is needed' {
        (Get-CopperPerson -Id (450..1)).Id | Should -Be (450..1)
        @(Get-SandboxJournal $sandbox) | Should -HaveCount 3
        Clear-SandboxJournal $sandbox
        (Get-CopperPerson -Id (450..1) | Select-Object -First 5).Id | Should -Be (450..446)
        @(Get-SandboxJournal $sandbox) | Should -HaveCount 1
        Clear-SandboxJournal $sandbox
        (Get-CopperPerson -Id (450..1) -ThrottleLimit 3).Id | Should -Be (450..1)
        @(Get-SandboxJournal $sandbox) | Should -HaveCount 3
    }

    It 'asks one by one when the search is rejected' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 422; body = '{"message":"Invalid input"}'; match = @{ path = 'search' } }
        (Get-CopperPerson -Id 1, 2, 3 -ErrorVariable problems).Id | Should -Be 1, 2, 3
        $problems | Should -BeNullOrEmpty
    }

    It 'asks one by one for what the search leaves out' {
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 200; body = '[{"id":2,"name":"Two"}]'; contentType = 'application/json'; match = @{ path = 'search' }
        }
        (Get-CopperPerson -Id 1, 2, 3).Id | Should -Be 1, 2, 3
        @(Get-SandboxJournal $sandbox | Where-Object method -EQ GET | ForEach-Object path) | Should -Be '/people/1', '/people/3'
    }

    It 'does not ask again for one that the search proves to be gone' {
        Remove-CopperPerson 447 -Confirm:$false
        # A session that has not written it: what was written a moment ago, a search may show late.
        Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0 }
        Clear-SandboxJournal $sandbox
        (Get-CopperPerson -Id 445, 446, 447, 448 -ErrorVariable problems -ErrorAction SilentlyContinue).Id | Should -Be 445, 446, 448
        Get-SandboxRequest $sandbox | Should -BeLike 'POST /people/search*'
        $alone = Get-CopperPerson -Id 447 -ErrorAction Continue 2>&1
        Get-Word $problems[0] | Should -Be (Get-Word $alone)
    }

    It 'asks for one that is newer than all that were found' {
        $new = New-CopperPerson 'Just now'
        Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0 }
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 200; contentType = 'application/json'; match = @{ path = 'search' }
            body = '[{"id":1,"name":"One","date_created":1500000000},{"id":2,"name":"Two","date_created":1500000000}]'
        }
        Clear-SandboxJournal $sandbox
        (Get-CopperPerson -Id 1, 2, $new.Id).Id | Should -Be 1, 2, $new.Id
        (Get-SandboxJournal $sandbox | Where-Object method -EQ GET).path | Should -Be "/people/$($new.Id)"
        $new | Remove-CopperPerson -Confirm:$false
    }

    It 'reports each of them when the service fails' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 500; match = @{ path = 'search' } }
        Get-CopperPerson -Id 1, 2, 3 -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.TargetObject | Should -Be 1, 2, 3
        @(Get-SandboxJournal $sandbox) | Should -HaveCount 1
    }

    It 'ends at once when the key is rejected' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 401; match = @{ path = 'search' } }
        { Get-CopperPerson -Id 1, 2, 3 } | Should -Throw -ErrorId 'CopperAuthenticationFailed,*'
    }
}

Describe 'Get-CopperLead -Id with many ids' {
    It 'does not find a lead that was converted, as one by one' {
        $leads = 1..3 | ForEach-Object { New-CopperLead "Lead $_" }
        $leads[1] | Convert-CopperLead -NoCompany -Confirm:$false | Out-Null
        (Get-CopperLead -Id $leads.Id -ErrorVariable problems -ErrorAction SilentlyContinue).Id | Should -Be $leads[0, 2].Id
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
        $problems[0].TargetObject | Should -Be $leads[1].Id
    }
}

Describe 'Get-CopperActivity -Id with many ids' {
    It 'reads one by one: the search has no filter for ids' {
        $activities = Get-CopperActivity -First 3
        Clear-SandboxJournal $sandbox
        (Get-CopperActivity -Id $activities.Id).Id | Should -Be $activities.Id
        @(Get-SandboxJournal $sandbox | ForEach-Object method) | Should -Be GET, GET, GET
    }
}
