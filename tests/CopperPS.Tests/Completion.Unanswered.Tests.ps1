# What Tab offers where nobody answers, or somebody else would: nothing, at once and without a word.

BeforeDiscovery {
    $silences = @(
        @{
            what = 'the key is refused'; list = '^/users/search$'; line = 'Get-CopperPerson -Session $s -Assignee '
            fault = @{ kind = 'status'; status = 401 }
        }
        @{
            what = 'the user may not look'; list = '^/contact_types$'; line = 'Get-CopperPerson -Session $s -ContactType '
            fault = @{ kind = 'status'; status = 403 }
        }
        @{
            what = 'the service is down'; list = '^/loss_reasons$'; line = 'Get-CopperOpportunity -Session $s -LossReason '
            fault = @{ kind = 'status'; status = 503 }
        }
        @{
            what = 'no answer comes'; list = '^/pipelines$'; line = 'Get-CopperOpportunity -Session $s -Pipeline Sales -Stage '
            fault = @{ kind = 'hang' }
        }
        @{
            what = 'the connection breaks'; list = '^/customer_sources$'; line = 'Get-CopperLead -Session $s -CustomerSource '
            fault = @{ kind = 'reset-before' }
        }
        @{
            what = 'the answer is not JSON'; list = '^/lead_statuses$'; line = 'Get-CopperLead -Session $s -Status '
            fault = @{ kind = 'not-json' }
        }
        @{ what = 'the answer is empty'; list = '^/tags$'; line = 'Get-CopperLead -Session $s -Tag '; fault = @{ kind = 'empty' } }
        @{ what = 'the service asks to wait'; list = '^busy /pipelines$'; line = 'Get-CopperPipeline -Session $s '; service = 'busy' }
        @{ what = 'the server is gone'; list = '^gone'; line = 'Get-CopperPipeline -Session $s '; service = 'gone'; isAsked = $false }
        @{
            what = 'the rate limit has no place'; list = '^limited'; line = 'Get-CopperPipeline -Session $s '; service = 'limited'
            isAsked = $false
        }
    )
    foreach ($case in $silences) {
        if (-not $case.ContainsKey('isAsked')) { $case.isAsked = $true }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20

    function Connect-Anew([hashtable] $Parameter = @{}) {
        Disconnect-Copper
        Set-SandboxFault $sandbox
        Connect-SandboxHost -Cold $sandbox (@{ RateLimit = '100000/1s' } + $Parameter)
        Clear-SandboxJournal $sandbox
    }

    # Tab in a runspace of its own, with a session as $s.
    function Start-Tab([string] $What, $Session, [string] $Line) {
        $initial = [Management.Automation.Runspaces.InitialSessionState]::CreateDefault()
        $initial.ImportPSModule(@(Join-Path (Get-ModulePath) 'CopperPS.psd1'))
        $shell = [Management.Automation.PowerShell]::Create($initial)
        $null = $shell.AddScript({
                param($session, $line)
                $s = $session
                $Error.Clear()
                $watch = [Diagnostics.Stopwatch]::StartNew()
                # What TabExpansion2 calls: where a restricted session was created before, new runspaces do not show that function.
                $said = @(
                    $offered = [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches
                ) 2>&1 3>&1
                @{ Session = "$s"; Offered = @($offered).Count; Said = @($said) + @($Error); Seconds = $watch.Elapsed.TotalSeconds }
            }.ToString()).AddArgument($Session).AddArgument($Line)
        @{ What = $What; Shell = $shell; Running = $shell.BeginInvoke() }
    }

    function Receive-Tab($Tab) {
        try { $Tab.Shell.EndInvoke($Tab.Running)[0] }
        finally { $Tab.Shell.Dispose() }
    }

    function Complete([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Completion without a response' -ForEach @{ cases = $silences } {
    BeforeAll {
        # All at once, for most of them take as long as completion has patience. Each is asked for a list of its own, and what holds for
        # all requests of an account, to have to wait, happens to services of their own.
        $faults = @($cases | Where-Object fault | ForEach-Object { $_.fault + @{ times = 99; match = @{ path = $_.list } } })
        Connect-Anew
        Set-SandboxFault $sandbox $faults
        $gone = Start-SandboxHost -People 1
        $limited = Start-SandboxHost -People 1
        $busy = Start-SandboxHost -People 1
        $sessions = @{ '' = Get-CopperSession }
        foreach ($name in 'gone', 'limited', 'busy') {
            $service = Get-Variable $name -ValueOnly
            $sessions[$name] = Connect-SandboxHost -Cold $service @{
                RateLimit = $(if ($name -eq 'limited') { '3/1h' } else { '100000/1s' }); PassThru = $true
            }
            Clear-SandboxJournal $service
        }
        Set-SandboxFault $busy @{ kind = 'status'; status = 429; headers = @{ 'Retry-After' = '5' }; times = 99 }
        Stop-SandboxHost $gone
        # So that the one that is answered does not depend on how busy the machine is.
        Get-CopperActivityType -Session $sessions[''] | Out-Null
        Clear-SandboxJournal $sandbox
        $tabs = @{}
        $todo = @($cases) + @{
            what = 'all is well'; line = 'Get-CopperActivity -Session $s -ActivityType '; list = 'nobody'; isAsked = $false
        }
        # On a busy machine the patience may be over before anything was sent, but not three times in a row.
        foreach ($try in 1..3) {
            $running = @(foreach ($case in $todo) { Start-Tab -What $case.what -Session $sessions["$($case.service)"] -Line $case.line })
            foreach ($tab in $running) { $tabs[$tab.What] = Receive-Tab $tab }
            $asked = @(
                Get-SandboxJournal $sandbox | ForEach-Object path
                Get-SandboxJournal $busy | ForEach-Object { "busy $($_.path)" }
                Get-SandboxJournal $limited | ForEach-Object { "limited $($_.path)" }
            )
            foreach ($case in $todo) { $tabs[$case.what].Asked = @($asked -match $case.list).Count -gt 0 }
            $todo = @(
                $todo |
                    Where-Object { $tabs[$_.what].Asked -ne $_.isAsked -or ($_.what -eq 'all is well' -and -not $tabs[$_.what].Offered) }
            )
            if (-not $todo) { break }
        }
        Stop-SandboxHost $limited
        Stop-SandboxHost $busy
    }
    BeforeEach { $Error.Clear() }

    It 'offers nothing without a connection' {
        Disconnect-Copper
        Complete 'Get-CopperPerson -Assignee ' | Should -BeNullOrEmpty
        Complete 'Get-CopperPipeline ' | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
    }

    It 'offers nothing where <what>, without an error, a warning or a wait' -TestCases $silences {
        $seen = $tabs[$what]
        $seen.Offered | Should -Be 0
        $seen.Said | Should -BeNullOrEmpty
        $seen.Seconds | Should -BeLessThan 20 -Because 'a fault of this kind would last far longer'
        $seen.Asked | Should -Be $isAsked
    }

    It 'offers what there is where all is well, in the same way' {
        $tabs['all is well'].Offered | Should -BeGreaterThan 3
    }

    It 'offers again what there is as soon as the service responds' {
        Connect-Anew
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 403; times = 9; match = @{ path = 'users' } }
        Complete 'Get-CopperPerson -Assignee bru' | Should -BeNullOrEmpty
        Set-SandboxFault $sandbox
        Get-CopperUser | Out-Null
        Complete 'Get-CopperPerson -Assignee bru' | Should -Not -BeNullOrEmpty
    }
}

Describe 'Completion with -Session' {
    BeforeAll {
        Connect-Anew
        Set-Variable -Name other -Value (Connect-Copper -Sandbox -PassThru) -Scope Global
        Set-Variable -Name otherHub -Value (Connect-CopperHub -Sandbox -PassThru) -Scope Global
        Connect-SandboxHost -Cold $sandbox @{ RateLimit = '100000/1s' }
        # The lists are there already, so that nothing depends on how busy the machine is; who is offered tells whose list it is.
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 200; body = '[{"id":5,"name":"Bruno Here"}]'; times = 1; match = @{ path = 'users/search' }
        }
        Get-CopperUser | Out-Null
        Get-CopperUser -Session $other | Out-Null
    }
    BeforeEach { Clear-SandboxJournal $sandbox }
    AfterAll {
        Disconnect-CopperHub
        Remove-Variable other, otherHub -Scope Global
    }

    It 'asks the session that the command will use' {
        (Complete 'Get-CopperPerson -Session $other -Assignee bru').CompletionText | Should -Be "'Bruno Keller'"
        (Complete 'Get-CopperPerson -Assignee bru').CompletionText | Should -Be "'Bruno Here'"
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'offers nothing of another account when the session cannot be told yet: <session>' -TestCases @(
        @{ session = '$nothing' }
        @{ session = '(Get-CopperSession)' }
        @{ session = '$other.Child' }
        @{ session = '$null' }
    ) {
        foreach ($name in 'Session', 's', 'sess') {
            Complete "Get-CopperPerson -$name $session -Assignee bru" | Should -BeNullOrEmpty
            Complete "Get-CopperHubTask -$name $session -ProjectId aurora" | Should -BeNullOrEmpty
        }
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'looks for the session in a table of parameters, too: <table>' -TestCases @(
        @{ table = @{ First = 1 }; offers = "'Bruno Here'" }
        @{ table = @{ SESSION = 'of another' }; offers = "'Bruno Keller'" }
        @{ table = @{ Session = 'none' }; offers = $null }
        @{ table = $null; offers = $null }
    ) {
        if ($table.Session -eq 'of another') { $table.Session = $other }
        Set-Variable -Name table -Value $table -Scope Global
        try { (Complete 'Get-CopperPerson @table -Assignee bru').CompletionText | Should -Be $offers }
        finally { Remove-Variable table -Scope Global }
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'looks for it in $PSDefaultParameterValues, too' {
        $global:PSDefaultParameterValues['Get-Copper*:Session'] = $other
        try {
            (Complete 'Get-CopperPerson -Assignee bru').CompletionText | Should -Be "'Bruno Keller'"
            Complete 'Get-CopperHubTask -ProjectId aurora' | Should -BeNullOrEmpty -Because 'it is no session of a CopperHub'
            (Complete 'Set-CopperPerson 1 -Assignee bru').CompletionText | Should -Be "'Bruno Here'" -Because 'of Set nothing was said'
        }
        finally { $global:PSDefaultParameterValues.Remove('Get-Copper*:Session') }
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'offers what the CopperHub has that is given, and else what the present one has' {
        (Complete 'Get-CopperHubTask -Session $otherHub -ProjectId aurora').CompletionText | Should -Contain '1'
        (Complete 'Get-CopperHubTask -ProjectId aurora').CompletionText | Should -Contain '1'
    }
}
