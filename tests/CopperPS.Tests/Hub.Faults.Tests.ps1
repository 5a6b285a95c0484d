# What the CRM cmdlets promise when something goes wrong, and about secrets, promised here too.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    . (Join-Path $PSScriptRoot 'TestKit.Hub.ps1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 1
}

AfterAll {
    Disconnect-CopperHub -WarningAction SilentlyContinue
    Stop-SandboxHost $sandbox
}

Describe 'A CopperHub with which something is wrong' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Connect-HubHost $sandbox @{ MaxRetry = 1; TimeoutSec = 100 }
    }

    Context 'Faults' {
        It 'survives one <Kind> when it reads' -ForEach @(
            @{ Kind = 'reset-before' }, @{ Kind = 'reset-after' }, @{ Kind = 'reset-body' }, @{ Kind = 'truncate-json' },
            @{ Kind = 'empty' }, @{ Kind = 'not-json' }
            @{ Kind = 'gzip' }, @{ Kind = 'chunked' }, @{ Kind = 'slow-body' }
        ) {
            Set-HubFault $sandbox @{ match = @{ path = '/read_project$' }; kind = $Kind; bytesPerChunk = 64; msPerChunk = 1 }
            (Get-CopperHubProject 1 -ErrorAction Stop).Id | Should -Be 1
        }

        It 'has one error for <Kind> <Status>: <Id>' -ForEach @(
            @{ Kind = 'status'; Status = 400; Id = 'CopperInvalidRequest'; Category = 'InvalidArgument' }
            @{ Kind = 'status'; Status = 500; Id = 'CopperServerError'; Category = 'ResourceUnavailable' }
            @{ Kind = 'status'; Status = 501; Id = 'CopperServerError'; Category = 'ResourceUnavailable' }
            @{ Kind = 'status'; Status = 503; Id = 'CopperServerError'; Category = 'ResourceUnavailable' }
            @{ Kind = 'redirect'; Status = 302; Id = 'CopperRedirected'; Category = 'ConnectionError' }
            @{ Kind = 'reset-before'; Status = 0; Id = 'CopperConnectionFailed'; Category = 'ConnectionError' }
            @{ Kind = 'not-json'; Status = 0; Id = 'CopperUnreadableAnswer'; Category = 'InvalidResult' }
            @{ Kind = 'empty'; Status = 0; Id = 'CopperUnreadableAnswer'; Category = 'InvalidResult' }
        ) {
            Connect-HubHost $sandbox @{ MaxRetry = 0 }
            Set-HubFault $sandbox @{
                match = @{ path = '/read_project$' }; kind = $Kind; status = $Status; location = 'http://127.0.0.1:9/'
            }
            $projects = Get-CopperHubProject 1, 2 -ErrorVariable problem -ErrorAction SilentlyContinue
            $projects.Id | Should -Be 2
            @($problem).Count | Should -Be 1
            $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
            $problem[0].CategoryInfo.Category | Should -Be $Category
            $problem[0].TargetObject | Should -Be 1
            $problem[0].ErrorDetails.RecommendedAction | Should -Not -Match 'BaseUri|Connect-Copper\b'
        }

        It 'has one error for each use of <name>, whatever is wrong for good, and says what came' -ForEach @(
            @{ name = 'Get-CopperHubOrganisation'; action = 'get_organisations'; call = { Get-CopperHubOrganisation } }
            @{ name = 'Get-CopperHubOrganisation -Id'; action = 'read_organisation'; call = { Get-CopperHubOrganisation 1 } }
            @{ name = 'Get-CopperHubProject'; action = 'get_projects'; call = { Get-CopperHubProject } }
            @{ name = 'Get-CopperHubProject -Id'; action = 'read_project'; call = { Get-CopperHubProject 1 } }
            @{ name = 'Get-CopperHubTask -ProjectId'; action = 'get_project_tasks'; call = { Get-CopperHubTask -ProjectId 1 } }
            @{ name = 'Get-CopperHubTask -Id'; action = 'read_task'; call = { Get-CopperHubTask 1 } }
            @{ name = 'Get-CopperHubTaskComment'; action = 'read_taskcomment'; call = { Get-CopperHubTaskComment 1 } }
        ) {
            Connect-HubHost $sandbox @{ MaxRetry = 0 }
            function Get-Problem {
                $ErrorActionPreference = 'SilentlyContinue'
                $Error.Clear()
                & $call | Should -BeNullOrEmpty
                $Error | Should -HaveCount 1
                $Error[0]
            }
            foreach ($fault in @(
                    @{ kind = 'status'; status = 401; id = 'Copper*'; text = '*401*' }
                    @{ kind = 'status'; status = 403; id = 'CopperPermissionDenied'; text = '*403*' }
                    @{ kind = 'status'; status = 404; id = 'CopperNotFound'; text = '*404*' }
                    @{ kind = 'status'; status = 500; id = 'CopperServerError'; text = '*500*' }
                    @{ kind = 'not-json'; status = 0; id = 'CopperUnreadableAnswer'; text = '*text/html, not JSON*' }
                    @{ kind = 'empty'; status = 0; id = 'CopperUnreadableAnswer'; text = '*it is empty*' }
                    @{ kind = 'truncate-json'; status = 0; id = 'CopperUnreadableAnswer'; text = '*cut off after*' }
                )) {
                Set-HubFault $sandbox @{ match = @{ path = "/$action$" }; kind = $fault.kind; status = $fault.status }
                $problem = Get-Problem
                $problem.FullyQualifiedErrorId | Should -BeLike "$($fault.id),*" -Because $fault.kind
                "$problem" | Should -BeLike $fault.text
            }
            foreach ($data in '[]', 'null', '5', '"a text"') {
                Set-HubResponse $sandbox $action $data
                $problem = Get-Problem
                $problem.FullyQualifiedErrorId | Should -BeLike 'CopperUnreadableAnswer,*' -Because $data
                "$problem" | Should -Match 'cannot be read: (it has no \w+|its data is no object)'
            }
            Set-HubFault $sandbox
        }

        It 'ends a request that gets no response' {
            Connect-HubHost $sandbox @{ MaxRetry = 0; TimeoutSec = 1 }
            Set-HubFault $sandbox @{ match = @{ path = '/read_project$' }; kind = 'hang' }
            Get-CopperHubProject 1 -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperTimeout,*'
        }

        It 'believes the envelope when the status says 200' {
            Set-HubResponse $sandbox update_project '{"api_version":1}' -Code 400
            Set-CopperHubProject 1 -Name x -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperInvalidRequest,*'
            $problem[0].Exception.ServerMessage | Should -Be 'Scripted'
        }

        It 'believes the status when the envelope says 200' {
            Connect-HubHost $sandbox @{ MaxRetry = 0 }
            Set-HubResponse $sandbox read_project '{"ID":"1"}' -Status 500
            Get-CopperHubProject 1 -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperServerError,*'
        }

        It 'says that a 401 may mean either when check_session gives no response' {
            Connect-HubHost $sandbox @{ MaxRetry = 0 }
            Set-HubFault $sandbox @{ match = @{ path = '/check_session$' }; kind = 'status'; status = 503 }
            { Get-CopperHubProject 4711 } |
                Should -Throw '*either the session has ended, or there is no project 4711*' -ErrorId 'CopperAuthenticationFailed,*'
        }

        It 'stops within a second at Ctrl+C' {
            $session = Get-CopperHubSession
            $called = { @(Get-HubCall $sandbox | Where-Object Action -EQ 'get_projects').Count }
            Invoke-CancelledInTime { Get-CopperHubProject -Session $args[0] } @{ ArgumentList = $session; When = $called } -Before {
                Clear-SandboxJournal $sandbox
                Set-HubFault $sandbox @{ match = @{ path = '/get_projects$' }; kind = 'hang' }
            }
        }
    }

    Context 'Secrets' {
        BeforeAll {
            $password = 'sandbox-password'
            function Assert-NoSecret($Text, $Because) {
                $Text | Should -Not -BeNullOrEmpty -Because "$Because must have something to say, or the test proves nothing"
                $Text | Should -Not -BeLike "*$password*" -Because $Because
                # A session id is 32 hexadecimal digits.
                $Text | Should -Not -Match '\b[0-9A-F]{32}\b' -Because $Because
            }
        }

        It 'occur in no stream, whatever goes wrong' {
            $Error.Clear()
            $output = & {
                $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
                $ErrorActionPreference = 'Continue'
                Connect-HubHost $sandbox @{ MaxRetry = 0 }
                Get-CopperHubSession | Format-List * -Force
                Get-CopperHubProject 1, 4711
                Set-CopperHubProject 1 -Property @{ nonsense = 1 }
                foreach ($kind in 'reset-before', 'reset-body', 'not-json', 'empty', 'truncate-json') {
                    Set-HubFault $sandbox @{ match = @{ path = '/read_' }; kind = $kind }
                    Get-CopperHubProject 1
                }
                Stop-HubSession $sandbox
                Get-CopperHubProject 1
                Invoke-CopperHubRequest check_session -Raw
                Invoke-CopperHubRequest check_session | ConvertTo-Json
                Test-CopperHubSession
                try { Connect-CopperHub (Get-HubUri $sandbox) (Get-HubCredential -Word 'sandbox-password-but-wrong') } catch { $_ }
            } *>&1
            Assert-NoSecret ($output | Out-String -Width 500) 'every stream'
            Assert-NoSecret ($Error | ForEach-Object { $_; $_.Exception.ToString(); $_ | Format-List * -Force } |
                    Out-String -Width 500) 'the errors'
            @($Error).Count | Should -BeGreaterThan 5
        }

        It 'occur in no form of the session' {
            $session = Get-CopperHubSession
            Assert-NoSecret ($session | Format-List * -Force | Out-String) 'Format-List'
            Assert-NoSecret ($session | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue) 'ConvertTo-Json'
            Assert-NoSecret ([Management.Automation.PSSerializer]::Serialize($session, 5)) 'Export-Clixml'
            Assert-NoSecret ($session | Get-Member -Force | Out-String) 'Get-Member'
            Assert-NoSecret "$session" 'ToString'
        }

        It 'are sent in the form only: the password at the login alone' {
            $null = Get-CopperHubProject 1
            $calls = @(Get-HubCall $sandbox)
            $calls[0].Body | Should -Match '^username=admin&password=sha256:'
            $calls[1].Body | Should -Match '^session_id=sha256:'
            @($calls | Where-Object { $_.Body -match 'password' }).Count | Should -Be 1
            $calls.Query | Should -Be '?module=api&v=1&action=login', '?module=api&v=1&action=read_project'
            $calls.Method | Select-Object -Unique | Should -Be 'POST'
        }

        It 'do not go to another host with a redirect' {
            $other = Start-SandboxHost -People 1
            try {
                Set-HubFault $sandbox @{ kind = 'redirect'; location = "$($other.Origin)/hub/index.php"; times = 1 }
                Get-CopperHubProject 1 -ErrorVariable problem -ErrorAction SilentlyContinue
                $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperRedirected,*'
                Get-SandboxJournal $other | Should -BeNullOrEmpty
            }
            finally { Stop-SandboxHost $other }
        }
    }
}
