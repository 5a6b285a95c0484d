# Ctrl+C in every state in which a command can be: it ends within a second, nothing of it stays behind, and the session works on.
# While it listens for notifications: Webhooks.Watch.Tests.ps1. While another process has the places: SharedLimit.Tests.ps1.

BeforeDiscovery {
    $longWait = @{ 'Retry-After' = '2' }
    $states = @(
        @{ State = 'the service does not answer'; Fault = @{ kind = 'hang' }; Script = { Get-CopperPerson 1 -Session $args[0] } }
        @{
            State = 'an answer drips in'; Fault = @{ kind = 'slow-body'; msPerChunk = 200 }
            Script = { Get-CopperPerson -PageSize 2 -Session $args[0] }
        }
        @{
            State = 'a repetition waits'; Fault = @{ kind = 'status'; status = 503; headers = $longWait }
            Script = { Get-CopperPerson 1 -Session $args[0] }; Answered = 1
        }
        @{
            State = 'all wait after a refusal'; Fault = @{ kind = 'status'; status = 429; headers = $longWait }
            Script = { Get-CopperPerson 1 -Session $args[0] }; Answered = 1
        }
        @{ State = 'the rate limit makes it wait'; RateLimit = '1/2s'; Script = { Get-CopperPerson 1, 2 -Session $args[0] }; Answered = 1 }
        @{
            State = 'pages are read ahead'; Fault = @{ kind = 'hang'; times = 20; match = @{ path = 'people/search'; after = 3 } }
            Script = { Get-CopperPerson -PageSize 5 -Session $args[0] | Out-Null }; UnderWay = 2
        }
        @{ State = 'many ids are read'; Fault = @{ kind = 'hang'; times = 20 }; Script = { Get-CopperPerson (1..450) -Session $args[0] } }
        @{
            State = '-ThrottleLimit has several requests under way'; Fault = @{ kind = 'hang'; times = 20 }
            Script = { 1..20 | Get-CopperPerson -ThrottleLimit 4 -Session $args[0] }; UnderWay = 4
        }
        @{
            State = 'a group is written and another waits'; Fault = @{ kind = 'hang'; times = 20 }
            Script = { 1..25 | ForEach-Object { [pscustomobject] @{ Name = "Stop $_" } } | New-CopperLead -Bulk -Session $args[0] }
        }
        @{ State = 'a record is made'; Fault = @{ kind = 'hang' }; Script = { New-CopperPerson 'Stop Me' -Session $args[0] } }
        @{
            State = 'a file is uploaded'; Fault = @{ kind = 'hang'; match = @{ path = '_storage' } }
            Script = { Get-CopperPerson 1 -Session $args[0] | Add-CopperFile $args[2] -Session $args[0] }; Received = 3
        }
        @{
            State = 'a name is looked up'; Fault = @{ kind = 'hang'; match = @{ path = '/users' } }
            Script = { Get-CopperPerson -Assignee Nobody -Session $args[0] }
        }
        @{
            State = 'a credential is checked'; Fault = @{ kind = 'hang' }
            Script = { Connect-Copper -BaseUri $args[1] -UserEmail demo@copper.example -ApiKey $args[3] -PassThru }
        }
        @{
            State = 'the CopperHub is asked for a session'; Fault = @{ kind = 'hang' }
            Script = { Connect-CopperHub -Uri $args[4] -Credential ([pscredential]::new('admin', $args[3])) }
        }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS

    function Wait-Until([scriptblock] $Condition) {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        while (-not (& $Condition)) {
            if ($watch.Elapsed.TotalSeconds -gt 120) { return $false }
            Start-Sleep -Milliseconds 20
        }
        $true
    }

    # The client's ends of connections that are open or about to be.
    function Get-Connection([int] $Port) {
        [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpConnections() |
            Where-Object { $_.RemoteEndPoint.Port -eq $Port -and $_.State -in 'SynSent', 'Established', 'CloseWait' }
    }
}

Describe 'Ctrl+C' {
    BeforeAll {
        $sandbox = Start-SandboxHost -People 450
        $key = [Net.NetworkCredential]::new('', $sandbox.ApiKey).SecurePassword
        $file = Join-Path $TestDrive 'large.bin'
        [IO.File]::WriteAllBytes($file, [byte[]]::new(1mb))
    }
    AfterAll { Stop-SandboxHost $sandbox }
    AfterEach { Disconnect-Copper }

    It 'ends within a second while <State>, and leaves nothing behind' -Tag Timing -TestCases $states {
        $limit = if ($RateLimit) { $RateLimit } else { '100000/1s' }
        $session = Connect-SandboxHost $sandbox @{ RateLimit = $limit; SkipVerify = $true; PassThru = $true }
        $when = if ($Answered) { { $state = Get-SandboxStatistic $sandbox; $state.requests -ge $Answered -and $state.underWay -eq 0 } }
        else {
            { $state = Get-SandboxStatistic $sandbox; $state.underWay -ge [math]::Max(1, $UnderWay) -and $state.requests -ge $Received }
        }
        $arguments = $session, $sandbox.BaseUri, $file, $key, "$($sandbox.Origin)/hub"
        $parameter = @{ ArgumentList = $arguments; When = $when }
        # A second, and room for a machine that is busy with something else.
        Invoke-CancelledInTime $Script -Parameter $parameter -Within '0:0:10' -Before {
            Set-SandboxFault $sandbox @($Fault | Where-Object { $_ })
            Clear-SandboxJournal $sandbox
        }

        # Nothing is under way any more, nothing comes later, and the session works.
        Wait-Until { (Get-SandboxStatistic $sandbox).underWay -eq 0 } | Should -BeTrue
        Set-SandboxFault $sandbox
        Clear-SandboxJournal $sandbox
        (Get-CopperPerson 3 -Session $session).Id | Should -Be 3
        @(Get-SandboxJournal $sandbox | Where-Object path -Like '*/people/3').Count | Should -Be 1
        Disconnect-Copper $session

        # On .NET Framework the process keeps idle connections for a while, whoever opened them.
        if ($PSEdition -eq 'Core') { Wait-Until { -not (Get-Connection $sandbox.BaseUri.Port) } | Should -BeTrue }
    }

    It 'ends within a second while a file of the shared limit is kept open by another process' {
        $variable = if ([Environment]::OSVersion.Platform -eq 'Win32NT') { 'LOCALAPPDATA' } else { 'XDG_STATE_HOME' }
        $saved = [Environment]::GetEnvironmentVariable($variable)
        [Environment]::SetEnvironmentVariable($variable, $TestDrive)
        try {
            $session = Connect-SandboxHost $sandbox @{ SharedLimit = $true; RateLimit = '100000/1s'; PassThru = $true }
            $shared = Get-ChildItem (Join-Path $TestDrive CopperPS)
            $held = $null
            # Nothing can be seen of who waits for a file, so these stop after a time.
            $hold = {
                while (-not $held) {
                    try { $held = [IO.File]::Open($shared.FullName, 'Open', 'ReadWrite', 'None') } catch [IO.IOException] {
                        Start-Sleep -Milliseconds 1
                    }
                }
            }
            . $hold
            Clear-SandboxJournal $sandbox
            Invoke-CancelledInTime { Get-CopperPerson 1 -Session $args[0] } @{ ArgumentList = $session }
            Invoke-CancelledInTime { Connect-Copper -BaseUri $args[0] -UserEmail demo@copper.example -ApiKey $args[1] -SharedLimit } @{
                ArgumentList = $sandbox.BaseUri, $key
            }
            @(Get-SandboxJournal $sandbox).Count | Should -Be 0
            $held.Dispose()
            (Get-CopperPerson 1 -Session $session).Id | Should -Be 1
            Disconnect-Copper $session
        }
        finally {
            if ($held) { $held.Dispose() }
            [Environment]::SetEnvironmentVariable($variable, $saved)
        }
    }
}

Describe 'Ctrl+C on a socket' {
    BeforeAll {
        # It listens, and takes nothing that arrives.
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start(1)
        $port = $listener.LocalEndpoint.Port
        $key = [Net.NetworkCredential]::new('', 'no-key').SecurePassword
        $large = Join-Path $TestDrive 'very large.bin'
        $stream = [IO.File]::Create($large)
        $stream.SetLength(64mb)
        $stream.Dispose()
    }
    AfterAll { $listener.Stop() }
    AfterEach { Disconnect-Copper }

    BeforeEach {
        $arrived = @{}
        # A connection without a request on it would rightly be kept for the next one.
        $request = {
            if (-not $arrived.Peer -and $listener.Pending()) { $arrived.Peer = $listener.AcceptTcpClient() }
            $arrived.Peer -and $arrived.Peer.Available -gt 0
        }

        # What has arrived there, however much that is, comes to its end: the other side has closed it.
        function Assert-Closed {
            $peer = $arrived.Peer
            try {
                $peer.ReceiveTimeout = 20000
                $buffer = [byte[]]::new(1mb)
                try { while ($peer.GetStream().Read($buffer, 0, $buffer.Length) -gt 0) { $null } }
                catch { "$($_.Exception.InnerException.InnerException.SocketErrorCode)" | Should -Be 'ConnectionReset' }
            }
            finally { $peer.Dispose() }
        }
    }

    It 'ends within a second while nobody responds at the other end' {
        $session = Connect-Copper -BaseUri "http://127.0.0.1:$port/developer_api/v1" -UserEmail a@b.example -ApiKey $key `
            -SkipVerify -PassThru
        Invoke-CancelledInTime { Get-CopperPerson 1 -Session $args[0] } @{ ArgumentList = $session; When = $request } -Before {
            $arrived.Clear()
        }
        Assert-Closed
    }

    It 'ends within a second while nobody takes the bytes of a file' {
        $sandbox = Start-SandboxHost -People 10
        try {
            $session = Connect-SandboxHost $sandbox @{ SkipVerify = $true; PassThru = $true; RateLimit = '100000/1s' }
            Disconnect-Copper $session
            $session = Connect-Copper -BaseUri $sandbox.BaseUri -StorageUri "http://127.0.0.1:$port/" -UserEmail $sandbox.UserEmail `
                -SkipVerify -PassThru -ApiKey (
                [Net.NetworkCredential]::new('', $sandbox.ApiKey).SecurePassword)
            Invoke-CancelledInTime { Get-CopperPerson 1 -Session $args[0] | Add-CopperFile $args[1] -Session $args[0] } @{
                ArgumentList = $session, $large; When = $request
            } -Before { $arrived.Clear() }
            Assert-Closed
            $person = Get-CopperPerson 1 -Session $session
            $person.Id | Should -Be 1
            $person | Get-CopperFile -Session $session | Where-Object Name -EQ 'very large.bin' | Should -BeNullOrEmpty
        }
        finally { Stop-SandboxHost $sandbox }
    }

    It 'ends within a second while the connection is made' -Skip:($PSEdition -ne 'Core' -or -not $IsLinux) {
        # When the queue of those who want in is full, Linux lets further ones wait.
        $waiting = @(foreach ($number in 1..4) {
                $client = [Net.Sockets.TcpClient]::new()
                $null = $client.ConnectAsync('127.0.0.1', $port)
                $client
            })
        try {
            Wait-Until { @(Get-Connection $port | Where-Object State -EQ 'SynSent').Count -gt 0 } | Should -BeTrue
            $before = @(Get-Connection $port).Count
            $session = Connect-Copper -BaseUri "http://127.0.0.1:$port/developer_api/v1" -UserEmail a@b.example -ApiKey $key `
                -SkipVerify -PassThru
            Invoke-CancelledInTime { Get-CopperPerson 1 -Session $args[0] } @{
                ArgumentList = $session; When = { @(Get-Connection $port).Count -gt $before }
            }
            Disconnect-Copper $session
            Wait-Until { @(Get-Connection $port).Count -le $before } | Should -BeTrue
        }
        finally { $waiting | ForEach-Object { $_.Dispose() } }
    }
}
