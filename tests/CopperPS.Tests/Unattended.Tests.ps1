# Nobody is there: no terminal, no home, nothing to write to, few rights. Nothing asks, nothing hangs, and the exit code is right.

BeforeDiscovery {
    function Test-Launcher([string] $Name, [string[]] $ArgumentList) {
        if (-not (Get-Command $Name -CommandType Application -ErrorAction Ignore)) { return $false }
        $null = & $Name @ArgumentList 2>&1
        $LASTEXITCODE -eq 0
    }

    $onUnix = [Environment]::OSVersion.Platform -eq 'Unix'
    $noRights = '--bounding-set=-all', '--inh-caps=-all', '--ambient-caps=-all', '--no-new-privs'
    # A circumstance that this machine cannot make is skipped, and says so.
    $circumstances = @(
        @{ What = 'a child process with its input closed'; Launcher = @(); Possible = $true; CanWrite = $true }
        @{
            What = 'a session without a terminal'; Launcher = @('setsid', '--wait')
            Possible = $onUnix -and (Test-Launcher setsid '--wait', 'true'); CanWrite = $true
        }
        @{ What = 'a process without HOME'; Launcher = @(); Without = 'HOME'; Possible = $onUnix; CanWrite = $true }
        @{
            What = 'a read-only file system'; Launcher = @('unshare', '--mount', 'sh', 'readonly.sh')
            Possible = $onUnix -and (Test-Launcher unshare '--mount', 'sh', '-c', 'mount -o remount,bind,ro /'); CanWrite = $false
        }
        @{
            What = 'a process without any rights'; Launcher = @('setpriv') + $noRights
            Possible = $onUnix -and (Test-Launcher setpriv ($noRights + 'true')); CanWrite = $false
        }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    # A sample says Import-Module CopperPS: the module under test must be found by its name, in CopperPS or in CopperPS/1.2.3.
    $searchPath = $env:PSModulePath
    $folder = Get-ModulePath
    if ((Split-Path $folder -Leaf) -ne 'CopperPS') { $folder = Split-Path $folder }
    $env:PSModulePath = (Split-Path $folder) + [IO.Path]::PathSeparator + $env:PSModulePath

    $sandbox = Start-SandboxHost -People 450
    $account = @{ COPPER_USER_EMAIL = $sandbox.UserEmail; COPPER_API_KEY = $sandbox.ApiKey; COPPER_BASE_URL = "$($sandbox.BaseUri)" }

    # Where nothing can be written: mounted read-only, or without the right to.
    $readOnly = Join-Path $TestDrive 'readonly'
    if ([Environment]::OSVersion.Platform -eq 'Unix') {
        # PowerShell itself wants to find these.
        foreach ($part in '.config/powershell', '.cache/powershell', '.local/share/powershell/Modules', '.local/share/powershell/Scripts') {
            $null = New-Item -ItemType Directory (Join-Path $readOnly $part) -Force
        }
        chmod -R a-w $readOnly
        $mount = 'mount --bind {0} {0}; mount -o remount,bind,ro {0}; mount -o remount,bind,ro / && exec "$@"'
        Set-Content (Join-Path $TestDrive 'readonly.sh') ($mount -f [IO.Path]::GetTempPath().TrimEnd('/'))
    }

    # Some of everything, as strict as PowerShell can be. Each line is compared.
    $day = {
        Set-StrictMode -Version Latest
        $ErrorActionPreference = 'Stop'
        Connect-Copper -RateLimit 100000/1s
        "people $(@(Get-CopperPerson).Count)"
        $made = New-CopperPerson 'Ada Lovelace' -Email ada@analytical.example -Assignee 'Dana Demo' -CustomField @{ Score = 12.5 }
        $made | Set-CopperPerson -AddTag unattended
        $made.Id | Get-CopperPerson | ConvertTo-CopperFlatRecord |
            ForEach-Object { "flat $($_.Name), $($_.Email), $($_.Assignee), $($_.Tags), $($_.Score -eq 12.5)" }
        $made | Remove-CopperPerson -Confirm:$false
        Get-CopperPerson $made.Id -ErrorAction SilentlyContinue -ErrorVariable problem
        "gone $($problem[0].FullyQualifiedErrorId -like 'CopperNotFound,*')"
        $bad = foreach ($noun in $env:SHOWN_NOUNS -split ',') {
            $shown = @(& "Get-Copper$noun" | Select-Object -First 5)
            $text = ($shown | Out-String) + ($shown | Format-List | Out-String) + ($shown | ConvertTo-Json -Depth 4 -WarningAction Ignore)
            if ($text -match '#ERR|System\.|Copper\.Client' -or $text.Length -lt 100) { $noun }
        }
        "views that fail: $bad"
        "stages that complete: $((TabExpansion2 'Get-CopperOpportunity -Stage Nego' 32).CompletionMatches[0].CompletionText)"
        # Without a home the file would be left in the present folder.
        if ($env:HOME) {
            $trace = [IO.Path]::Combine($env:HOME, "written-$PID")
            try { [IO.File]::WriteAllText($trace, ''); [IO.File]::Delete($trace); 'home can be written' } catch { 'home cannot be written' }
        }
        try { Connect-Copper -SharedLimit; "shared: $(@(Get-CopperRateLimit).Count -ge 1)" } catch {
            "shared: $($_.FullyQualifiedErrorId -like 'CopperSharedLimitUnavailable,*')"
        }
        Disconnect-Copper
        'done'
    }
    $runbook = {
        function Get-AutomationPSCredential {
            param($Name) if ($Name -ne 'Copper') { throw 'no such asset' }
            [pscredential]::new($env:COPPER_USER_EMAIL, [Net.NetworkCredential]::new('', $env:COPPER_API_KEY).SecurePassword)
        }
        # The service of the test instead of the real one.
        $PSDefaultParameterValues['Connect-Copper:BaseUri'] = $env:COPPER_BASE_URL
        $PSDefaultParameterValues['Connect-Copper:RateLimit'] = '100000/1s'
        "$(@(& $args[0] -Maximum 3).Count) tasks, then $(@(& $args[0] -Maximum 2).Count)"
    }
    $expected = 'people 450', 'flat Ada Lovelace, ada@analytical.example, Dana Demo, unattended, True', 'gone True', 'views that fail: ',
    'stages that complete: Negotiation', 'shared: True', 'done'
}

AfterAll {
    $env:PSModulePath = $searchPath
    if ($readOnly -and (Test-Path $readOnly)) { chmod -R u+w $readOnly }
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'In <What>' -ForEach $circumstances {
    BeforeAll {
        $environment = $account.Clone()
        # Where a view is rendered makes no difference to it: all of them once.
        $environment.SHOWN_NOUNS = if ($_.Launcher -or $_.Without) { 'Opportunity' } else {
            'Person,Company,Lead,Opportunity,Project,Task,Activity,Pipeline,User,Tag,CustomFieldDefinition,RateLimit,Session'
        }
        if ($_.Without) { $environment[$_.Without] = $null }
        if (-not $_.CanWrite) { $environment.HOME = $environment.TMPDIR = $readOnly }
        $launcher = @($_.Launcher | ForEach-Object { $_ -replace '^readonly\.sh$', (Join-Path $TestDrive 'readonly.sh') })
        if ($_.Possible) {
            Reset-SandboxHost $sandbox
            $child = Invoke-ChildPowerShell ([scriptblock]::Create("$day`n$runbook")) `
                -ArgumentList (Get-RepositoryPath samples CopperFollowUpRunbook.ps1) -Environment $environment -Launcher $launcher
        }
    }

    It 'everything works, and nothing is asked' {
        if (-not $_.Possible) { Set-ItResult -Skipped -Because 'this machine cannot make it' }
        $child.ErrorOutput | Should -Be ''
        $child.ExitCode | Should -Be 0
        $child.Output | Where-Object { $_ -notmatch '^home can|tasks' } | Should -Be $expected
        if (-not $_.CanWrite) { $child.Output | Should -Contain 'home cannot be written' }
    }

    It 'the runbook for Azure Automation makes its tasks' {
        if (-not $_.Possible) { Set-ItResult -Skipped -Because 'this machine cannot make it' }
        $child.Output[-1] | Should -Be '3 tasks, then 2'
        $child.ExitCode | Should -Be 0
    }
}

Describe 'The exit code' {
    It 'is <Code> after <What>' -ForEach @(
        @{
            Code = 0; What = 'a run without errors'
            Script = { $ErrorActionPreference = 'Stop'; Connect-Copper; $null = Get-CopperPerson 1 }
        }
        @{
            Code = 1; What = 'a record that is not there'
            Script = { $ErrorActionPreference = 'Stop'; Connect-Copper; Get-CopperPerson 999999; 'went on' }
            Says   = 'no person with the id 999999'
        }
        @{
            Code = 1; What = 'a name that is not there'
            Script = { $ErrorActionPreference = 'Stop'; Connect-Copper; Get-CopperOpportunity -Stage Nogotiation; 'went on' }
            Says   = 'Negotiation'
        }
        @{
            Code = 1; What = 'a key that is refused'
            Script = { $ErrorActionPreference = 'Stop'; $env:COPPER_API_KEY = 'wrong'; Connect-Copper; 'went on' }; Says = 'credential'
        }
        @{
            Code = 1; What = 'no key at all'
            Script = { $ErrorActionPreference = 'Stop'; $env:COPPER_API_KEY = ''; Connect-Copper; 'went on' }; Says = 'COPPER_API_KEY'
        }
        @{
            Code = 1; What = 'a parameter that is missing'
            Script = { $ErrorActionPreference = 'Stop'; Connect-Copper; New-CopperCompany; 'went on' }; Says = 'needs a Name'
        }
        @{
            Code = 1; What = 'a question that nobody can answer'
            Script = { $ErrorActionPreference = 'Stop'; Connect-Copper; Remove-CopperPerson 1; 'went on' }; Says = '-Confirm:\$false'
        }
        @{
            Code = 0; What = 'errors that are dealt with'
            Script = {
                $ErrorActionPreference = 'Stop'; Connect-Copper; 1, 999999 |
                    Get-CopperPerson -ErrorAction SilentlyContinue -ErrorVariable problems | Out-Null; if ($problems.Count -ne 1) { exit 2 }
            }
        }
        @{ Code = 3; What = 'exit 3'; Script = { Connect-Copper; exit 3 } }
    ) {
        $child = Invoke-ChildPowerShell $Script -Environment $account
        $child.ExitCode | Should -Be $Code -Because $child.ErrorOutput
        $child.Output | Should -BeNullOrEmpty
        if ($Says) { $child.ErrorOutput -replace '\s*\r?\n[\s|]*', ' ' | Should -Match $Says } else { $child.ErrorOutput | Should -Be '' }
    }
}

Describe 'A question' {
    It 'is asked by no cmdlet that lacks what it needs: it ends with an error' {
        $child = Invoke-ChildPowerShell {
            $ErrorActionPreference = 'Stop'
            $WarningPreference = 'SilentlyContinue'
            $env:COPPER_API_KEY = ''
            Connect-Copper -Sandbox -RateLimit 100000/1s
            Connect-CopperHub -Sandbox
            # The last ones end the sessions, the first would listen for ever.
            $names = @('Watch-CopperWebhook') + @((Get-Command -Module CopperPS).Name -notmatch '^(Dis)?Connect-|^Watch-') +
            'Connect-Copper', 'Connect-CopperHub', 'Disconnect-Copper', 'Disconnect-CopperHub'
            $PSDefaultParameterValues['Watch-CopperWebhook:TimeoutSec'] = 1
            $PSDefaultParameterValues['Watch-CopperWebhook:Prefix'] = 'http://127.0.0.1:0/'
            foreach ($name in $names) {
                $id = try { $null = & $name; 'good' } catch { $_.FullyQualifiedErrorId }
                "$name $id"
            }
        }
        $child.ErrorOutput | Should -Be ''
        $child.ExitCode | Should -Be 0
        $child.Output.Count | Should -Be @(Get-Command -Module CopperPS).Count
        $child.Output | Where-Object { $_ -notmatch ' (good|MissingMandatoryParameter,\S+|Copper\w+,\S+)$' } | Should -BeNullOrEmpty
        @($child.Output -match 'MissingMandatoryParameter').Count | Should -BeGreaterThan 40
        @($child.Output -match ' good$').Count | Should -BeGreaterThan 20
    }

    It 'that nobody can answer is an error that says what to do, and nothing is sent' {
        Reset-SandboxHost $sandbox
        $child = Invoke-ChildPowerShell -Environment $account {
            $ErrorActionPreference = 'Stop'
            Connect-Copper -RateLimit 100000/1s
            Connect-CopperHub -Sandbox
            $calls = {
                { Remove-CopperPerson 1 }, { Remove-CopperCompany 10000001 }, { Remove-CopperLead 20000001 },
                { Remove-CopperOpportunity 30000001 }, { Remove-CopperProject 40000001 }
                { Remove-CopperTask 50000001 }, { Remove-CopperCustomFieldDefinition 126247 }, { Convert-CopperLead 20000001 },
                { Get-CopperPerson -First 3 | Remove-CopperPerson }
                { New-CopperPerson X -Confirm }, { Set-CopperPerson 1 -Title X -Confirm }, {
                    Add-CopperRelatedItem -From (Get-CopperPerson 1) -To (Get-CopperCompany 10000001) -Confirm
                }
                { Register-CopperWebhook https://hooks.example.com/x person new -Confirm },
                { Invoke-CopperRequest people/1 -Method Delete -Confirm }
                { Sync-CopperLead X -Email x@x.example -MatchEmail -Confirm }, { Sync-CopperPerson X -Email x@x.example -Confirm },
                { Complete-CopperTask 50000001 -Confirm }, { Remove-CopperHubTask 1 }, { Set-CopperHubTask 1 -Name X -Confirm }
            }
            foreach ($call in & $calls) {
                try {
                    $null = & $call
                    "done: $call"
                }
                catch {
                    if ($_.FullyQualifiedErrorId -notlike 'CopperNobodyAnswers,*' -or "$_" -notlike '*-Confirm:$false*') {
                        "$call -> $($_.FullyQualifiedErrorId): $_"
                    }
                }
            }
            "hub $((Get-CopperHubTask 1).Name -ne 'X')"
        }
        $child.ErrorOutput | Should -Be ''
        $child.Output | Should -Be 'hub True'
        @(Get-SandboxJournal $sandbox | Where-Object { $_.method -ne 'GET' -and $_.path -notmatch '/(search|fetch_by_email)$' }).path |
            Should -BeNullOrEmpty
    }
}

Describe 'Few rights within PowerShell' {
    It 'in constrained language, everything but the computed columns of views' {
        $child = Invoke-ChildPowerShell -NoModule -ArgumentList (Join-Path (Get-ModulePath) 'CopperPS.psd1') {
            $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            Set-StrictMode -Version Latest
            $ErrorActionPreference = 'Stop'
            Import-Module $args[0]
            Connect-Copper -Sandbox
            "people $(@(Get-CopperPerson).Count)"
            $made = New-CopperPerson Ada -CustomField @{ Score = 12.5; Interests = 'Training' } -Assignee 'Dana Demo' -Email @{
                Email = 'ada@analytical.example'; Category = 'personal'
            }
            "made $($made.Name) $($made.Emails[0].Category) $($made.CustomFields['Score'])"
            $made | Remove-CopperPerson -Confirm:$false
            Get-CopperPerson 1 | ConvertTo-CopperFlatRecord | ForEach-Object { "flat $($_.Name) $($_.Company)" }
            "stage $((TabExpansion2 'Get-CopperOpportunity -Stage Nego' 32).CompletionMatches[0].CompletionText)"
            if ((Get-CopperPerson -First 2 | Out-String) -match 'Charlie Cox') { 'view' }
            try { $null = [IO.File]::Exists('x') } catch { 'constrained' }
        }
        $child.ErrorOutput | Should -Be ''
        $child.ExitCode | Should -Be 0
        $child.Output |
            Should -Be 'people 1000', 'made Ada personal 12.5', 'flat Charlie Cox Cobalt Insurance LLP', 'stage Negotiation', 'view',
            'constrained'
    }

    It 'in a restricted runspace without language, as of a remote endpoint' {
        $initial = [Management.Automation.Runspaces.InitialSessionState]::CreateRestricted('RemoteServer')
        $initial.LanguageMode = 'NoLanguage'
        $initial.ImportPSModule(@(Join-Path (Get-ModulePath) 'CopperPS.psd1'))
        $runspace = [Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace($initial)
        $shell = [Management.Automation.PowerShell]::Create()
        try {
            $runspace.Open()
            $shell.Runspace = $runspace
            $null = $shell.AddCommand('Connect-Copper').AddParameter('Sandbox').Invoke()
            $shell.Commands.Clear()
            $shell.AddCommand('Get-CopperPerson').AddParameter('First', 3).Invoke().Name | Should -HaveCount 3
            $shell.Streams.Error | Should -BeNullOrEmpty
            $shell.Commands.Clear()
            { $shell.AddScript('1 + 1').Invoke() } | Should -Throw -Because 'else the runspace is not restricted'
        }
        finally {
            $shell.Dispose()
            $runspace.Dispose()
        }
    }
}
