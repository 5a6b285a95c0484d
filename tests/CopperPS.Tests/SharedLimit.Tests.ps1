# One rate limit for several processes, and for all sessions of one process.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS

    # The user's folder for state, for this process and those that it starts.
    $variable = if ([Environment]::OSVersion.Platform -eq 'Win32NT') { 'LOCALAPPDATA' } else { 'XDG_STATE_HOME' }
    $saved = [Environment]::GetEnvironmentVariable($variable)
    [Environment]::SetEnvironmentVariable($variable, $TestDrive)

    # What a process of its own does first; it reads the address from its arguments.
    $connect = {
        $key = [Net.NetworkCredential]::new('', 'sandbox-key').SecurePassword
        Connect-Copper -BaseUri $args[0] -UserEmail demo@copper.example -ApiKey $key -RateLimit $args[1] -SharedLimit -MaxRetry 0
    }

    function Start-Child([scriptblock] $ScriptBlock, [string[]] $ArgumentList) {
        $file = Join-Path $TestDrive "$([Guid]::NewGuid().ToString('n')).ps1"
        $text = "Import-Module '$(Join-Path (Get-ModulePath) 'CopperPS.psd1')'", $connect, $ScriptBlock -join "`n"
        [IO.File]::WriteAllText($file, $text, [Text.UTF8Encoding]::new($true))
        $shell = Get-PowerShellCommand
        $start = [Diagnostics.ProcessStartInfo]@{
            FileName               = $shell.FilePath
            Arguments              = ($shell.ArgumentList + @('-File', $file) + $ArgumentList | ForEach-Object { "`"$_`"" }) -join ' '
            UseShellExecute        = $false
            RedirectStandardInput  = $true
            RedirectStandardOutput = $true
            RedirectStandardError  = $true
        }
        $process = [Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        [pscustomobject]@{
            Process = $process; Output = $process.StandardOutput.ReadToEndAsync(); Errors = $process.StandardError.ReadToEndAsync()
        }
    }
}

AfterAll {
    Disconnect-Copper
    [Environment]::SetEnvironmentVariable($variable, $saved)
}

Describe 'Connect-Copper -SharedLimit' {
    BeforeAll { $sandbox = Start-SandboxHost -People 10 }
    AfterAll { Stop-SandboxHost $sandbox }
    BeforeEach {
        Disconnect-Copper
        Remove-Item (Join-Path $TestDrive CopperPS) -Recurse -ErrorAction Ignore
    }

    It 'is off by default' {
        Connect-SandboxHost $sandbox
        (Get-CopperSession).SharedLimit | Should -BeFalse
        Get-CopperRateLimit | Where-Object { $null -ne $_.SharedBy } | Should -BeNullOrEmpty
        Join-Path $TestDrive CopperPS | Should -Not -Exist
    }

    It 'keeps one small file that tells neither key nor address, for the user alone' {
        Connect-SandboxHost $sandbox @{ SharedLimit = $true }
        Get-CopperPerson 1 | Out-Null
        (Get-CopperSession).SharedLimit | Should -BeTrue
        $file = Get-ChildItem (Join-Path $TestDrive CopperPS)
        @($file) | Should -HaveCount 1
        $file.Length | Should -BeLessThan 10kb
        $text = $file.Name + [Text.Encoding]::UTF8.GetString([IO.File]::ReadAllBytes($file.FullName))
        foreach ($secret in $sandbox.UserEmail, 'copper.example', $sandbox.ApiKey, '127.0.0.1') {
            $text.Contains($secret) | Should -BeFalse
        }
        if ($variable -eq 'XDG_STATE_HOME' -and (Get-ModuleBuild) -eq 'net8.0') {
            $file.UnixMode | Should -Be '-rw-------'
            (Get-Item (Join-Path $TestDrive CopperPS)).UnixMode | Should -Be 'drwx------'
        }
    }

    It 'shows by how many processes each window is kept, and what all of them have used' {
        # A service of its own, to which nobody has sent anything yet.
        $fresh = Start-SandboxHost -People 10
        Connect-SandboxHost $fresh @{ SharedLimit = $true; RateLimit = '36/10m' }
        $child = Invoke-ChildPowerShell -ArgumentList "$($fresh.BaseUri)" {
            $key = [Net.NetworkCredential]::new('', 'sandbox-key').SecurePassword
            Connect-Copper -BaseUri $args[0] -UserEmail demo@copper.example -ApiKey $key -RateLimit '18/10m' -SharedLimit
            Get-CopperRateLimit | ForEach-Object { '{0}/{1} {2} {3}' -f $_.Limit, $_.Window.TotalSeconds, $_.Used, $_.SharedBy }
        }
        $child.ErrorOutput | Should -BeNullOrEmpty
        $child.Output | Should -Be '36/600 5 2', '18/600 5 2', '3/1 0 2'

        # The other process has ended without a word, and its requests still count.
        $rows = Get-CopperRateLimit
        $rows[0].Used | Should -Be 5
        $rows[0].Free | Should -Be 31
        ($rows | Out-String -Width 120) | Should -Match 'NextSlot +SharedBy'
        Disconnect-Copper
        Stop-SandboxHost $fresh
    }

    It 'holds for a session of the same account in the same process that was created without it' {
        $shared = Connect-SandboxHost $sandbox @{ SharedLimit = $true; RateLimit = '36/10m'; PassThru = $true }
        $plain = Connect-SandboxHost $sandbox @{ RateLimit = '36/10m'; PassThru = $true }
        Get-CopperPerson 1 -Session $plain | Out-Null
        $child = Invoke-ChildPowerShell -ArgumentList "$($sandbox.BaseUri)" {
            $key = [Net.NetworkCredential]::new('', 'sandbox-key').SecurePassword
            Connect-Copper -BaseUri $args[0] -UserEmail demo@copper.example -ApiKey $key -RateLimit '36/10m' -SharedLimit -SkipVerify
            (Get-CopperRateLimit)[0].Used
        }
        # Each Connect-SandboxHost sends three; the record, and the two lists of its names, are three more.
        $child.Output | Should -Be 9
        $plain.SharedLimit | Should -BeTrue
        Disconnect-Copper $shared
        $plain.SharedLimit | Should -BeFalse
        (Get-CopperPerson 2 -Session $plain).Id | Should -Be 2
        Disconnect-Copper $plain
    }

    It 'has nothing to share in a sandbox, so that it may be a default value' {
        $PSDefaultParameterValues = @{ 'Connect-Copper:SharedLimit' = $true }
        Connect-Copper -Sandbox
        (Get-CopperSession).SharedLimit | Should -BeFalse
        (Get-CopperPerson 1).Id | Should -Be 1
    }

    It 'says which folder cannot be written and what to do, sends nothing, and leaves the former session' {
        Connect-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
        $file = Join-Path $TestDrive 'a file'
        Set-Content -LiteralPath $file -Value x
        [Environment]::SetEnvironmentVariable($variable, $file)
        try {
            $call = { Connect-SandboxHost $sandbox @{ SharedLimit = $true } }
            $call | Should -Throw -ErrorId 'CopperSharedLimitUnavailable,*' -ExpectedMessage "*a file*cannot be written*$variable*"
        }
        finally { [Environment]::SetEnvironmentVariable($variable, $TestDrive) }
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
        (Get-CopperPerson 1).Id | Should -Be 1
    }

    It 'goes on when its file was spoilt or taken away' {
        Connect-SandboxHost $sandbox @{ SharedLimit = $true; RateLimit = '100/200ms' }
        $file = Get-ChildItem (Join-Path $TestDrive CopperPS)
        [IO.File]::WriteAllText($file.FullName, 'nonsense')
        (Get-CopperPerson 1).Id | Should -Be 1
        # At once, by another name: the session may write its file again while a folder is emptied, which is then not empty.
        $gone = Join-Path $TestDrive 'gone'
        [IO.Directory]::Move((Join-Path $TestDrive CopperPS), $gone)
        Remove-Item $gone -Recurse
        (Get-CopperPerson 2).Id | Should -Be 2
        $file.FullName | Should -Exist
    }

    It 'waits for other processes no longer than until Ctrl+C' {
        # A service of its own: this process has sent nothing to it, so that it does not wait for itself.
        $fresh = Start-SandboxHost -People 10
        $child = Start-Child { 1..2 | ForEach-Object { Invoke-CopperRequest people/1 } | Out-Null; 'done' } "$($fresh.BaseUri)", '4/10m'
        $child.Process.WaitForExit(300000) | Should -BeTrue
        "$($child.Output.Result)".Trim() | Should -Be 'done'
        $session = Connect-SandboxHost $fresh @{ SharedLimit = $true; RateLimit = '4/10m'; SkipVerify = $true; PassThru = $true }
        Clear-SandboxJournal $fresh
        $said = [hashtable]::Synchronized(@{})
        Invoke-CancelledInTime {
            $said = $args[1]
            Get-CopperPerson 1 -Session $args[0] -Verbose 3>&1 4>&1 | ForEach-Object {
                if ($_ -is [Management.Automation.WarningRecord]) { $said.Warnings += @("$_") }
                if ("$_" -like '*Waiting *rate limit*') { $said.Waits = "$_" }
            }
        } @{
            ArgumentList = $session, $said; When = { $said.Waits }
        } -Before { $said.Waits = $null; $said.Warnings = @() }
        $said.Waits | Should -BeLike 'Waiting about *'
        # One wait is worth one warning; the rest is verbose.
        $said.Warnings | Should -HaveCount 1
        Get-SandboxJournal $fresh | Should -BeNullOrEmpty
        Disconnect-Copper $session
        Stop-SandboxHost $fresh
    }
}

Describe 'Scripts that run at the same time' {
    BeforeAll { $sandbox = Start-SandboxHost -People 10 -RateLimit '12/2s' -Latency 30 }
    AfterAll { Stop-SandboxHost $sandbox }

    It 'never meet a 429 together, whatever becomes of one of them' {
        $children = @(1..3 | ForEach-Object {
                Start-Child -ArgumentList "$($sandbox.BaseUri)", '12/2s' {
                    (1..12 | ForEach-Object { Get-CopperPerson 1 }).Count
                }
            })
        $victim = Start-Child { 1..1000 | ForEach-Object { Get-CopperPerson 2 } } "$($sandbox.BaseUri)", '12/2s'
        $watch = [Diagnostics.Stopwatch]::StartNew()
        while (@(Get-SandboxJournal $sandbox | Where-Object path -Like '*/people/2').Count -lt 3 -and $watch.Elapsed.TotalSeconds -lt 300) {
            Start-Sleep -Milliseconds 50
        }
        $victim.Process.Kill()
        $victim.Process.WaitForExit()
        foreach ($child in $children) {
            $child.Process.WaitForExit(300000) | Should -BeTrue
            $child.Errors.Result | Should -BeNullOrEmpty
            $child.Output.Result.Trim() | Should -Be '12'
        }
        $statistic = Get-SandboxStatistic $sandbox
        $statistic.rateLimited | Should -Be 0
        @(Get-SandboxJournal $sandbox | Where-Object path -Like '*/people/2').Count | Should -BeIn (3..900)
    }
}

Describe 'Sessions of one process' {
    BeforeAll { $sandbox = Start-SandboxHost -People 10 -RateLimit '12/1s' }
    AfterAll { Stop-SandboxHost $sandbox }

    It 'share the limit in runspaces and thread jobs that connect for themselves' {
        $script = {
            param($module, $uri)
            Import-Module $module
            $key = [Net.NetworkCredential]::new('', 'sandbox-key').SecurePassword
            Connect-Copper -BaseUri $uri -UserEmail demo@copper.example -ApiKey $key -RateLimit '12/1s' -MaxRetry 0
            1..20 | ForEach-Object { Get-CopperPerson 1 }
        }
        $arguments = (Join-Path (Get-ModulePath) 'CopperPS.psd1'), $sandbox.BaseUri
        $shells = foreach ($number in 1, 2) {
            $shell = [powershell]::Create()
            $null = $shell.AddScript($script.ToString()).AddArgument($arguments[0]).AddArgument($arguments[1])
            [pscustomobject]@{ Shell = $shell; Running = $shell.BeginInvoke() }
        }
        $expected = 40
        if (Get-Command Start-ThreadJob -ErrorAction Ignore) {
            $job = Start-ThreadJob -ScriptBlock $script -ArgumentList $arguments
            $expected = 60
        }
        $records = foreach ($one in $shells) {
            $one.Shell.EndInvoke($one.Running)
            $one.Shell.Dispose()
        }
        if ($expected -eq 60) {
            # Step by step: -AutoRemoveJob now and then finds the job gone.
            $null = Wait-Job $job
            $records += Receive-Job $job
            Remove-Job $job
        }
        $records | Should -HaveCount $expected
        (Get-SandboxStatistic $sandbox).rateLimited | Should -Be 0
    }
}

Describe 'Connect-Copper -SharedLimitUri' {
    BeforeAll {
        $sandbox = Start-SandboxHost -People 10
        # The host is blob storage too, and the endpoint of a managed identity.
        $root = ([Uri] $sandbox.BaseUri).GetLeftPart('Authority')
        $blob = "$root/blobs/account/copper/$([Guid]::NewGuid().ToString('n'))"
        $token = [Net.NetworkCredential]::new('', '?sv=2020-10-02&sp=rcw&sig=a-secret').SecurePassword
        $savedIdentity = $env:IDENTITY_ENDPOINT, $env:IDENTITY_HEADER
    }
    AfterAll {
        $env:IDENTITY_ENDPOINT, $env:IDENTITY_HEADER = $savedIdentity
        Stop-SandboxHost $sandbox
    }
    BeforeEach {
        Disconnect-Copper
        $env:IDENTITY_ENDPOINT = $env:IDENTITY_HEADER = $null
    }

    It 'shares the windows with other processes, and names them' {
        Connect-SandboxHost $sandbox @{ SharedLimitUri = $blob; SharedLimitToken = $token; RateLimit = '36/10m' }
        (Get-CopperSession).SharedLimit | Should -BeTrue
        $child = Invoke-ChildPowerShell -ArgumentList "$($sandbox.BaseUri)", "$blob`?sig=a-secret" {
            $key = [Net.NetworkCredential]::new('', 'sandbox-key').SecurePassword
            Connect-Copper -BaseUri $args[0] -UserEmail demo@copper.example -ApiKey $key -RateLimit '18/10m' -SharedLimitUri $args[1]
            Get-CopperRateLimit | ForEach-Object { '{0}/{1} {2} {3}' -f $_.Limit, $_.Window.TotalSeconds, $_.Used, $_.SharedBy }
            (Get-CopperRateLimit)[0].SharedWith
        }
        $child.ErrorOutput | Should -BeNullOrEmpty
        $child.Output[0] | Should -Match '^36/600 \d+ 2$'
        $child.Output[1] | Should -Match '^18/600 \d+ 2$'
        $child.Output | Should -Contain "process $PID on $([Environment]::MachineName)"
        (Get-CopperRateLimit)[0].SharedWith | Should -Contain "process $PID on $([Environment]::MachineName)"
    }

    It 'takes the managed identity of Azure Automation when there is no SAS' {
        $env:IDENTITY_ENDPOINT = "$root/identity"
        $env:IDENTITY_HEADER = 'identity-secret'
        Connect-SandboxHost $sandbox @{ SharedLimitUri = $blob }
        (Get-CopperPerson 1).Id | Should -Be 1
        (Get-CopperRateLimit)[0].SharedBy | Should -BeGreaterOrEqual 1
    }

    It 'says what is wrong with <_.Name>, before anything is sent, and never shows the secret' -ForEach @(
        @{ Name = 'an address without a blob'; Uri = '{0}/blobs/account'; Id = 'CopperInvalidArgument'; Text = '*names no blob*' }
        @{ Name = 'an unencrypted address'; Uri = 'http://example.com/copper/limit'; Id = 'CopperInvalidArgument'; Text = '*https*' }
        @{
            Name = 'no token at all'; Uri = '{0}/blobs/account/copper/limit'; Id = 'CopperInvalidArgument'
            Text = '*IDENTITY_ENDPOINT*not set*'; NoToken = $true
        }
        @{
            Name = 'a container that is not there'; Uri = '{0}/blobs/account/other/limit'; Id = 'CopperSharedLimitUnavailable'
            Text = '*has no container*create it*'
        }
        @{
            Name = 'the address of a container'; Uri = '{0}/account/copper?restype=container&sig=a-secret'; NoToken = $true
            Id = 'CopperInvalidArgument'; Text = '*restype=*/copper/limit*'
        }
        @{
            Name = 'a SAS that only reads'; Uri = '{0}/blobs/account/copper/limit?sp=r&sig=a-secret'; NoToken = $true
            Id = 'CopperInvalidArgument'; Text = '*sp=rcw*'
        }
        @{
            Name = 'a SAS that has expired'; Uri = '{0}/blobs/account/copper/limit?sp=rcw&se=2020-01-01&sig=a-secret'; NoToken = $true
            Id = 'CopperInvalidArgument'; Text = '*expired at 2020-01-01*'
        }
        @{
            Name = 'a connection string'; Uri = 'AccountName=a;AccountKey=a-secret'; NoToken = $true
            Id = 'CopperInvalidArgument'; Text = '*connection string*'
        }
        @{ Name = 'two tokens'; Uri = '{0}/blobs/account/copper/limit?sig=a-secret'; Id = 'CopperInvalidArgument'; Text = '*two tokens*' }
    ) {
        Clear-SandboxJournal $sandbox
        $more = @{ SharedLimitUri = $_.Uri -f $root }
        if (-not $_.NoToken) { $more.SharedLimitToken = $token }
        $failure = { Connect-SandboxHost $sandbox $more } | Should -Throw -ErrorId "$($_.Id),*" -ExpectedMessage $_.Text -PassThru
        $failure | Out-String | Should -Not -Match 'a-secret'
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
    }

    It 'wants an address for a token' {
        { Connect-SandboxHost $sandbox @{ SharedLimitToken = $token } } |
            Should -Throw -ErrorId 'CopperInvalidArgument,*' -ExpectedMessage '*-SharedLimitUri*'
    }

    It 'leaves a blob alone that holds something else' {
        $other = "$root/blobs/account/copper/other?sig=a-secret"
        $null = Invoke-RestMethod $other -Method Put -Body '{ "invoices": 1 }' -Headers @{ 'x-ms-blob-type' = 'BlockBlob' }
        { Connect-SandboxHost $sandbox @{ SharedLimitUri = $other } } |
            Should -Throw -ErrorId 'CopperSharedLimitUnavailable,*' -ExpectedMessage '*something else*'
        $content = (Invoke-WebRequest $other -UseBasicParsing).Content
        [Text.Encoding]::UTF8.GetString([byte[]] $content) | Should -Match invoices
    }

    It 'goes on with less when the storage cannot be reached, with one warning that tells no secret' {
        # Nothing listens there.
        $gone = 'http://127.0.0.1:1/account/copper/limit?sig=a-secret'
        $quiet = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
        $key = [Net.NetworkCredential]::new('', $sandbox.ApiKey).SecurePassword
        Connect-Copper -BaseUri $sandbox.BaseUri -UserEmail $sandbox.UserEmail -ApiKey $key -RateLimit '40/6s' -SharedLimitUri $gone @quiet
        $people = 1..2 | Get-CopperPerson -WarningVariable more -WarningAction SilentlyContinue
        $people.Id | Should -Be 1, 2
        $warnings = @($warnings) + @($more)
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match 'not shared.*25 % of the rate'
        "$warnings" | Should -Not -Match 'a-secret'

        # What is in force is shown, and why.
        $rows = Get-CopperRateLimit
        $rows[0].Limit | Should -Be 10
        $rows[0].Outage | Should -Match 'cannot be reached'
        ($rows | Out-String -Width 120) | Should -Match '10 +6 s .*outage'
        ($rows[0] | Format-List | Out-String -Width 300) | Should -Match 'Outage *: .*cannot be reached'
    }

    It 'goes on under -Debug where nobody can respond to a question of PowerShell' {
        $child = Invoke-ChildPowerShell -ArgumentList "$($sandbox.BaseUri)", 'http://127.0.0.1:1/account/copper/limit?sig=a-secret' {
            $key = [Net.NetworkCredential]::new('', 'sandbox-key').SecurePassword
            $connection = @{ BaseUri = $args[0]; UserEmail = 'demo@copper.example'; ApiKey = $key; SharedLimitUri = $args[1] }
            Connect-Copper @connection -Verbose -Debug 3>&1 4>&1 5>&1 | Where-Object { $_ -is [Management.Automation.WarningRecord] }
            Get-CopperPerson 0 -Debug -ErrorAction Continue -ErrorVariable failures 2>$null 5>$null
            $failures[0].FullyQualifiedErrorId
            (Get-CopperSession).SharedLimit
        }
        $child.ErrorOutput | Should -BeNullOrEmpty
        "$($child.Output)" | Should -Match 'not shared.*25 % of the rate'
        $child.Output[-1] | Should -Be 'True'
    }

    It 'calls an endpoint of the managed identity where nothing listens an error' {
        $env:IDENTITY_ENDPOINT = 'http://127.0.0.1:1/token'
        { Connect-SandboxHost $sandbox @{ SharedLimitUri = $blob } } |
            Should -Throw -ErrorId 'CopperSharedLimitUnavailable,*' -ExpectedMessage '*Nothing listens*IDENTITY_ENDPOINT*'
    }
}
