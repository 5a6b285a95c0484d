BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    . (Join-Path $PSScriptRoot 'TestKit.Hub.ps1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 1
}

AfterAll { Stop-SandboxHost $sandbox }

Describe 'The session with a CopperHub' {
    BeforeEach { Reset-SandboxHost $sandbox }

    AfterEach { Disconnect-CopperHub -WarningAction SilentlyContinue }

    Context 'Connect-CopperHub' {
        It 'logs in, prints nothing and makes the session the default' {
            Connect-HubHost $sandbox | Should -BeNullOrEmpty
            (Get-HubCall $sandbox).Action | Should -Be 'login'
            $session = Get-CopperHubSession
            $session.UserName | Should -Be 'admin'
            $session.UserId | Should -Be 1
            $session.Uri | Should -Be (Get-HubUri $sandbox)
            $session.IsSandbox | Should -BeFalse
            $session.RequestCount | Should -Be 1
        }

        It 'gives the session with -PassThru' {
            $session = Connect-HubHost $sandbox @{ PassThru = $true }
            $session | Should -BeOfType CopperPS.Cmdlets.Hub.CopperHubSession
            (Get-CopperHubProject -Session $session).Count | Should -Be 12
        }

        It 'connects to a sandbox inside the process, each one an installation of its own' {
            $one = Connect-CopperHub -Sandbox -PassThru
            $two = Connect-CopperHub -Sandbox -PassThru
            $null = New-CopperHubOrganisation 'Only here' -Session $one
            (Get-CopperHubOrganisation -Session $one).Name | Should -Contain 'Only here'
            (Get-CopperHubOrganisation -Session $two).Name | Should -Not -Contain 'Only here'
            $one.IsSandbox | Should -BeTrue
            "$one" | Should -Be 'admin @ sandbox'
        }

        It 'says that the name or the password is wrong, and leaves no session' {
            $problem = { Connect-CopperHub (Get-HubUri $sandbox) (Get-HubCredential -Word 'wrong') } |
                Should -Throw -ErrorId 'CopperAuthenticationFailed,*' -PassThru
            $problem.CategoryInfo.Category | Should -Be 'AuthenticationError'
            $problem.Exception.Message | Should -BeLike '*user name and the password*'
            { Get-CopperHubSession } | Should -Throw -ErrorId 'CopperNotConnected,*'
            @(Get-HubCall $sandbox).Count | Should -Be 1
        }

        It 'refuses an address that would send the password in the clear' {
            { Connect-CopperHub http://hub.example (Get-HubCredential) } | Should -Throw '*unencrypted*' -ErrorId 'CopperInvalidArgument,*'
        }

        It 'keeps the session of the CRM apart' {
            Connect-Copper -Sandbox
            Connect-HubHost $sandbox
            (Get-CopperSession).IsSandbox | Should -BeTrue
            Disconnect-CopperHub
            (Get-CopperSession).IsClosed | Should -BeFalse
            Disconnect-Copper
        }
    }

    Context 'Without a session' {
        It 'names the command that makes one' {
            $problem = { Get-CopperHubProject } | Should -Throw -ErrorId 'CopperNotConnected,*' -PassThru
            $problem.Exception.Message | Should -BeLike '*Connect-CopperHub*'
        }

        It 'says that a session is closed' {
            $session = Connect-HubHost $sandbox @{ PassThru = $true }
            Disconnect-CopperHub $session
            { Get-CopperHubProject -Session $session } | Should -Throw -ErrorId 'CopperSessionClosed,*'
        }
    }

    Context 'Session life' {
        It 'logs in again once, unseen, when the service has ended the session' {
            Connect-HubHost $sandbox
            Stop-HubSession $sandbox
            (Get-CopperHubProject 1).Name | Should -Be 'Website relaunch Aurora'
            (Get-HubCall $sandbox).Action | Should -Be 'login', 'read_project', 'check_session', 'login', 'read_project'
        }

        It 'makes a record once when the session has ended' {
            Connect-HubHost $sandbox
            Stop-HubSession $sandbox
            (New-CopperHubOrganisation 'Once').Name | Should -Be 'Once'
            @(Get-CopperHubOrganisation -Name 'Once').Count | Should -Be 1
        }

        It 'asks whether the session lives before it says that an id is unknown' {
            Connect-HubHost $sandbox
            Get-CopperHubProject 4711 -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
            (Get-HubCall $sandbox).Action | Should -Be 'login', 'read_project', 'check_session'
        }

        It 'ends the pipeline when the password is no longer right' {
            Connect-HubHost $sandbox
            Stop-HubSession $sandbox
            Set-HubFault $sandbox @{ match = @{ path = '/login$' }; kind = 'status'; status = 401; times = -1 }
            { 1, 2 | Get-CopperHubProject } | Should -Throw -ErrorId 'CopperAuthenticationFailed,*'
            @(Get-HubCall $sandbox | Where-Object Action -EQ 'read_project').Count | Should -Be 1
        }

        It 'serves several runspaces at once, which have no default of their own' {
            $session = Connect-HubHost $sandbox @{ PassThru = $true }
            $workers = foreach ($id in 1..4) {
                $shell = [powershell]::Create()
                $null = $shell.AddScript('
                    param($manifest, $session, $id)
                    Import-Module $manifest
                    (Get-CopperHubProject $id -Session $session).Id
                    try { Get-CopperHubProject } catch { $_.FullyQualifiedErrorId }
                ').AddArgument((Join-Path (Get-ModulePath) 'CopperPS.psd1')).AddArgument($session).AddArgument($id)
                @{ Shell = $shell; Run = $shell.BeginInvoke() }
            }
            $output = foreach ($worker in $workers) { $worker.Shell.EndInvoke($worker.Run); $worker.Shell.Dispose() }
            @($output | Where-Object { $_ -is [long] } | Sort-Object) | Should -Be (1..4)
            @($output | Where-Object { "$_" -like 'CopperNotConnected,*' }).Count | Should -Be 4
        }
    }

    Context 'Test-CopperHubSession' {
        It 'tells that the session lives' {
            Connect-HubHost $sandbox
            $test = Test-CopperHubSession
            $test.Success | Should -BeTrue
            $test.UserName | Should -Be 'admin'
            Test-CopperHubSession -Quiet | Should -BeTrue
        }

        It 'tells that it has ended, without an error and without a login' {
            Connect-HubHost $sandbox
            Stop-HubSession $sandbox
            $test = Test-CopperHubSession -ErrorAction Stop
            $test.Success | Should -BeFalse
            $test.Message | Should -BeLike '*has ended*'
            (Get-HubCall $sandbox).Action | Should -Be 'login', 'check_session'
        }

        It 'tells of a failure in words' {
            Connect-HubHost $sandbox @{ MaxRetry = 0 }
            Set-HubFault $sandbox @{ kind = 'status'; status = 503 }
            $test = Test-CopperHubSession
            $test.Success | Should -BeFalse
            $test.Message | Should -BeLike '*503*'
        }

        It 'owes a plain no where there is no session' {
            Test-CopperHubSession -Quiet | Should -BeFalse
            { Test-CopperHubSession } | Should -Throw -ErrorId 'CopperNotConnected,*'
        }
    }

    Context 'Disconnect-CopperHub' {
        It 'logs out and is harmless twice' {
            Connect-HubHost $sandbox
            Disconnect-CopperHub | Should -BeNullOrEmpty
            Disconnect-CopperHub
            (Get-HubCall $sandbox).Action | Should -Be 'login', 'logout'
            { Get-CopperHubProject } | Should -Throw -ErrorId 'CopperNotConnected,*'
        }

        It 'takes sessions from the pipeline and leaves others alone' {
            $one = Connect-HubHost $sandbox @{ PassThru = $true }
            $two = Connect-HubHost $sandbox @{ PassThru = $true }
            $one | Disconnect-CopperHub
            $one.IsClosed | Should -BeTrue
            (Get-CopperHubProject 1 -Session $two).Id | Should -Be 1
            (Get-CopperHubProject 2).Id | Should -Be 2
        }

        It 'closes the session here also when the service cannot be told' {
            $session = Connect-HubHost $sandbox @{ PassThru = $true; MaxRetry = 0 }
            Set-HubFault $sandbox @{ match = @{ path = '/logout$' }; kind = 'status'; status = 503 }
            Disconnect-CopperHub -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -BeLike '*could not be told*'
            $session.IsClosed | Should -BeTrue
        }
    }

    Context 'Invoke-CopperHubRequest' {
        BeforeEach { Connect-HubHost $sandbox }

        It 'calls any action and gives the data as objects' {
            $answer = Invoke-CopperHubRequest read_project @{ id = 1 }
            $answer.ID | Should -Be '1'
            $answer.url | Should -Be 'http://v5.copperhub.com/index.php?module=projects&action=view&projectid=1'
        }

        It 'sends data as JSON, from a hashtable or from text in the pipeline' {
            $null = Invoke-CopperHubRequest update_project @{ id = 1; data = @{ Name = 'Renamed' } }
            (Get-CopperHubProject 1).Name | Should -Be 'Renamed'
            $null = '{"id":1,"data":{"Active":false}}' | Invoke-CopperHubRequest update_project
            (Get-HubData $sandbox).Active | Should -Be '0'
        }

        It 'gives the whole answer as text with -Raw, the session id hidden' {
            $text = Invoke-CopperHubRequest check_session -Raw
            ($text | ConvertFrom-Json).data.session_id | Should -Be '********'
            ($text | ConvertFrom-Json).response_code | Should -Be 200
        }

        It 'sends nothing under -WhatIf, but reads all the same' {
            Invoke-CopperHubRequest delete_project @{ id = 1; confirm_delete = 1 } -WhatIf
            (Invoke-CopperHubRequest read_project @{ id = 1 } -WhatIf).ID | Should -Be '1'
            (Get-HubCall $sandbox).Action | Should -Not -Contain 'delete_project'
        }

        It 'says what is wrong: <Why>' -ForEach @(
            @{ Why = 'an unknown id'; Action = 'read_project'; Body = @{ id = 4711 }; Id = 'CopperNotFound,*' }
            @{ Why = 'an unknown action'; Action = 'read_galaxy'; Body = @{ id = 1 }; Id = 'CopperServerError,*' }
            @{ Why = 'a login'; Action = 'login'; Body = @{ username = 'a' }; Id = 'CopperInvalidArgument,*' }
            @{ Why = 'no action'; Action = 'read project'; Body = @{}; Id = 'CopperInvalidArgument,*' }
            @{ Why = 'a field of the session'; Action = 'read_project'; Body = @{ session_id = 'x' }; Id = 'CopperInvalidArgument,*' }
        ) {
            Invoke-CopperHubRequest $Action $Body -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problem[0].FullyQualifiedErrorId | Should -BeLike $Id
            @(Get-HubCall $sandbox | Where-Object Action -EQ $Action).Count | Should -BeLessOrEqual 1
        }

        It 'completes the actions' {
            (TabExpansion2 'Invoke-CopperHubRequest read_').CompletionMatches.CompletionText |
                Should -Be 'read_organisation', 'read_project', 'read_task', 'read_taskcomment'
        }
    }
}
