# Every kind of secret, in every form that an object of the module can take; and the ways by which a secret may leave this machine.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    . (Join-Path $PSScriptRoot 'TestKit.Hub.ps1')
    function ConvertTo-Secret($Text) { [Net.NetworkCredential]::new('', $Text).SecurePassword }

    $script:planted = @{
        key = 'planted-5ecret-key'; token = 'planted-5ecret-token'; 'webhook secret' = 'planted-5ecret-hook'
        header = 'planted-5ecret-header'
        password = 'sandbox-password'; 'client secret' = 'sandbox-secret'
    }
    $script:sandbox = Start-SandboxHost -People 12 -ApiKey $planted.key -Setting @{ 'bearer-token' = $planted.token }
    $script:session = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0; PassThru = $true }
    $script:hub = Connect-HubHost $sandbox @{ MaxRetry = 0; PassThru = $true }
    # A second session, with the token.
    $script:bearer = Connect-Copper -BaseUri $sandbox.BaseUri -BearerToken (ConvertTo-Secret $planted.token) -RateLimit '100000/1s' `
        -MaxRetry 0 -PassThru

    function Get-Leak($Text, $Form) {
        # What of the planted is in a text; a session id of the CopperHub is 32 hexadecimal digits.
        foreach ($name in $planted.Keys) { if ($Text -like "*$($planted[$name])*") { "$name in $Form" } }
        if ($Text -cmatch '\b[0-9A-F]{32}\b') { "a session id in $Form" }
    }

    function Get-LeakOfObject($Object) {
        $type = $Object.PSObject.TypeNames[0]
        Get-Leak ($Object | ConvertTo-Json -Depth 6 -WarningAction SilentlyContinue) "ConvertTo-Json of $type"
        Get-Leak ([Management.Automation.PSSerializer]::Serialize($Object, 5)) "Export-Clixml of $type"
        Get-Leak ($Object | Format-List * -Force | Out-String -Width 4000) "Format-List of $type"
        Get-Leak ($Object | Format-Custom -Depth 4 | Out-String -Width 4000) "Format-Custom of $type"
        Get-Leak ($Object | Get-Member -Force | Out-String -Width 4000) "Get-Member of $type"
        Get-Leak ($Object | ConvertTo-Csv -NoTypeInformation | Out-String -Width 4000) "ConvertTo-Csv of $type"
        Get-Leak "$Object" "the text of $type"
    }
}

AfterAll {
    $session, $bearer | ForEach-Object { Disconnect-Copper $_ }
    Disconnect-CopperHub $hub
    Stop-SandboxHost $sandbox
}

Describe 'No secret is in any form of an object' {
    It 'of what the cmdlets of the CRM write' {
        $hook = @{ Secret = @{ key = $planted.'webhook secret' }; Header = @{ 'X-Token' = $planted.header }; Session = $session }
        $notification = '{"ids":[1],"type":"person","event":"new","subscription_id":1,"key":"' + $planted.'webhook secret' + '"}'
        $objects = @(
            $session, $bearer
            Get-CopperSession
            Register-CopperWebhook 'https://hooks.example/x' person new @hook
            Get-CopperWebhook -Session $session
            ConvertFrom-CopperNotification $notification -Secret @{ key = $planted.'webhook secret' }
            Get-CopperRateLimit -Session $session
            Get-CopperAccount -Session $session
            Get-CopperUser -Session $session
            New-CopperAccessToken -BaseUri "$($sandbox.Origin)/oauth" -ClientId sandbox-client `
                -ClientSecret (ConvertTo-Secret $planted.'client secret') -Code sandbox-code -RedirectUri https://localhost/callback
            foreach ($entity in 'Person', 'Company', 'Lead', 'Opportunity', 'Task', 'Project', 'Activity') {
                & "Get-Copper$entity" -First 1 -Session $session
            }
            foreach ($list in 'Pipeline', 'ContactType', 'CustomFieldDefinition', 'CustomActivityType', 'Tag') {
                & "Get-Copper$list" -Session $session | Select-Object -First 1
            }
            Invoke-CopperRequest account -Session $session
        )
        $objects.Count | Should -BeGreaterThan 20
        @($objects | ForEach-Object { $_.PSObject.TypeNames[0] } | Sort-Object -Unique).Count | Should -BeGreaterThan 15
        $objects | ForEach-Object { Get-LeakOfObject $_ } | Should -BeNullOrEmpty
    }

    It 'of what the cmdlets of the CopperHub write' {
        $objects = @(
            $hub
            Get-CopperHubSession
            foreach ($noun in 'Organisation', 'Project') { & "Get-CopperHub$noun" -Session $hub | Select-Object -First 1 }
            Get-CopperHubProject -Session $hub | Select-Object -First 1 | Get-CopperHubTask -Session $hub | Select-Object -First 1
            Invoke-CopperHubRequest check_session -Session $hub
        )
        $objects.Count | Should -BeGreaterThan 4
        $objects | ForEach-Object { Get-LeakOfObject $_ } | Should -BeNullOrEmpty
    }
}

Describe 'No secret is told when something goes wrong' {
    It 'to a <session> session: no stream, no error, no transcript has it' -ForEach @{ session = 'key' }, @{ session = 'token' } {
        $used = if ($session -eq 'token') { $script:bearer } else { $script:session }
        $log = Join-Path $TestDrive "$session.txt"
        $all = $planted.Values -join ' '
        $said = @(
            @{ kind = 'reset-before' }, @{ kind = 'reset-after' }, @{ kind = 'reset-body' }, @{ kind = 'truncate-json' },
            @{ kind = 'not-json'; body = "<html>$all</html>" }, @{ kind = 'empty' }
            @{ kind = 'redirect'; location = "http://127.0.0.1:9/?$($planted.key)&$($planted.token)" }
            @{ kind = 'status'; status = 422; body = (ConvertTo-Json @{ message = $all; errors = @{ name = $all } }) }
            @{ kind = 'status'; status = 503; body = $all; headers = @{ 'X-Request-Id' = 'a1' } },
            @{ kind = 'status'; status = 401; body = $all }
        )
        $Error.Clear()
        Start-Transcript $log | Out-Null
        $output = foreach ($fault in $said) {
            # Only the session's own secret can be known to it, and taken out where the service repeats it.
            $fault = $fault.Clone()
            foreach ($part in 'body', 'location') {
                if ($fault[$part]) {
                    foreach ($other in $planted.Keys -ne $session) { $fault[$part] = $fault[$part].Replace($planted[$other], 'x') }
                }
            }
            Set-SandboxFault $sandbox ($fault + @{ times = 1 })
            & {
                $VerbosePreference = $DebugPreference = $InformationPreference = $WarningPreference = $ErrorActionPreference = 'Continue'
                try { New-CopperPerson -Name 'Ann' -Session $used -Verbose -Debug } catch { $_ }
            } *>&1 | ForEach-Object {
                $_
                # What is shown is what a transcript writes down.
                if ($_ -is [Management.Automation.ErrorRecord]) { $_ | Out-Host }
            }
        }
        Stop-Transcript | Out-Null
        Set-SandboxFault $sandbox
        @($Error).Count | Should -BeGreaterOrEqual $said.Count
        $texts = @{
            'a stream'          = $output | Out-String -Width 4000
            'an error'          = $Error | ForEach-Object { $_; $_ | Format-List * -Force; $_.Exception | Format-List * -Force } |
                Out-String -Width 4000
            'an exception'      = $Error | ForEach-Object { $_.Exception.ToString() } | Out-String
            'a CliXml of error' = $Error | ForEach-Object { [Management.Automation.PSSerializer]::Serialize($_, 2) } | Out-String
            'a transcript'      = Get-Content $log -Raw
        }
        foreach ($form in $texts.Keys) {
            $texts[$form] | Should -Match 'people' -Because "$form says nothing, and proves nothing"
            Get-Leak $texts[$form] $form | Should -BeNullOrEmpty
        }
    }

    It 'of a webhook that the service rejects' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 500; times = 1; match = @{ method = 'POST' } }
        $Error.Clear()
        $output = & {
            Register-CopperWebhook 'https://hooks.example/y' person new -Secret @{
                key = $planted.'webhook secret'
            } -Session $session -Verbose -Debug -ErrorAction Continue
        } *>&1
        Set-SandboxFault $sandbox
        $Error.Count | Should -BeGreaterThan 0
        Get-Leak (@($output; $Error | ForEach-Object { $_.Exception.ToString(); [Management.Automation.PSSerializer]::Serialize($_, 2) }) |
                Out-String -Width 4000) 'an error' | Should -BeNullOrEmpty
    }
}

Describe 'A SecureString' {
    It 'stays as it is: it is neither emptied nor closed, and can be used again' {
        $secret = ConvertTo-Secret $planted.key
        foreach ($i in 1, 2) {
            Connect-Copper -BaseUri $sandbox.BaseUri -UserEmail $sandbox.UserEmail -ApiKey $secret -PassThru | Disconnect-Copper
        }
        $secret.Length | Should -Be $planted.key.Length
        [Net.NetworkCredential]::new('', $secret).Password | Should -Be $planted.key
    }

    It 'is read whole: what cannot be sent is rejected, not cut short' {
        $null = Clear-SandboxJournal $sandbox
        $cut = ConvertTo-Secret ($planted.key + [char] 0 + 'rest')
        { Connect-Copper -BaseUri $sandbox.BaseUri -UserEmail $sandbox.UserEmail -ApiKey $cut } |
            Should -Throw -ErrorId 'CopperInvalidArgument,*'
        {
            Connect-CopperHub -Uri (Get-HubUri $sandbox) `
                -Credential ([pscredential]::new('admin', (ConvertTo-Secret ($planted.password + [char] 0))))
        } | Should -Throw -ErrorId 'CopperInvalidArgument,*'
        @(Get-SandboxJournal $sandbox).Count | Should -Be 0
    }

    It 'is overwritten where a copy of it was made to be read' {
        # Freed memory can be looked at by nobody: what is called is told by the code.
        $method = [CopperPS.Core.CopperCmdlet].Assembly.GetType('CopperPS.Core.SecretText').GetMethod('Reveal')
        $code = $method.GetMethodBody().GetILAsByteArray()
        $called = foreach ($at in 0..($code.Length - 5)) {
            if ($code[$at] -eq 0x28) { try { $method.Module.ResolveMethod([BitConverter]::ToInt32($code, $at + 1)).Name } catch { $null } }
        }
        $called | Should -Contain 'SecureStringToGlobalAllocUnicode'
        $called | Should -Contain 'ZeroFreeGlobalAllocUnicode'
        $called | Should -Not -Contain 'FreeHGlobal'
        # It is the only place where one is read.
        Get-ChildItem (Get-RepositoryPath src) -Recurse -Filter *.cs | Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]' |
            Select-String 'SecureStringTo|SecureStringMarshal' | ForEach-Object Filename | Should -Be 'SecretText.cs'
    }

    It 'is what a new token comes as, closed to changes' {
        $token = New-CopperAccessToken -BaseUri "$($sandbox.Origin)/oauth" -ClientId sandbox-client `
            -ClientSecret (ConvertTo-Secret $planted.'client secret') -Code sandbox-code -RedirectUri https://localhost/callback
        $token | Should -BeOfType securestring
        $token.IsReadOnly() | Should -BeTrue
        [Net.NetworkCredential]::new('', $token).Password | Should -Match '^\w{20,}$'
        Get-LeakOfObject $token | Should -BeNullOrEmpty
    }
}

Describe 'The way out' {
    It 'is never an open one: <what>' -ForEach @(
        @{
            what = 'Connect-Copper'
            call = {
                Connect-Copper -BaseUri 'http://copper.example/v1' -UserEmail a@b.example `
                    -ApiKey (ConvertTo-Secret $planted.key) -SkipVerify
            }
        }
        @{
            what = 'Connect-Copper with a token'
            call = { Connect-Copper -BaseUri 'http://10.0.0.1/v1' -BearerToken (ConvertTo-Secret $planted.token) -SkipVerify }
        }
        @{
            what = 'files'
            call = {
                Connect-Copper -BaseUri $sandbox.BaseUri -StorageUri 'http://storage.example' -UserEmail a@b.example `
                    -ApiKey (ConvertTo-Secret $planted.key) -SkipVerify
            }
        }
        @{ what = 'Connect-CopperHub'; call = { Connect-CopperHub -Uri 'http://hub.example' -Credential (Get-HubCredential) } }
        @{
            what = 'New-CopperAccessToken'
            call = {
                New-CopperAccessToken -BaseUri 'http://copper.example' -ClientId x -ClientSecret (ConvertTo-Secret 'x') -Code x `
                    -RedirectUri https://localhost/callback
            }
        }
    ) {
        $problem = $null
        try { & $call -ErrorAction Stop | Out-Null } catch { $problem = $_ }
        $problem.Exception.Message | Should -Match 'http'
        $problem.FullyQualifiedErrorId | Should -Match 'Invalid|Argument'
        Get-Leak ($problem.Exception.ToString()) 'the error' | Should -BeNullOrEmpty
    }

    It 'is closed when nobody vouches for the certificate' {
        $key = [Security.Cryptography.RSA]::Create(2048)
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=localhost', $key, 'SHA256',
            [Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $certificate = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $server = [powershell]::Create().AddScript({
                param($listener, $certificate)
                $stream = [Net.Security.SslStream]::new($listener.AcceptTcpClient().GetStream())
                try {
                    $stream.AuthenticateAsServer($certificate)
                    $stream.Read([byte[]]::new(1000), 0, 1000)
                }
                catch { 0 }
                finally { $stream.Dispose() }
            }).AddArgument($listener).AddArgument($certificate)
        $wait = $server.BeginInvoke()
        try {
            $call = @{
                BaseUri = "https://localhost:$($listener.LocalEndpoint.Port)/v1"; UserEmail = 'a@b.example'
                ApiKey = (ConvertTo-Secret $planted.key)
            }
            { Connect-Copper @call } | Should -Throw -ErrorId 'CopperConnectionFailed,*' -ExpectedMessage '*certificate*'
            $wait.AsyncWaitHandle.WaitOne(60000) | Should -BeTrue
            $server.EndInvoke($wait) | Should -Be 0
        }
        finally {
            $listener.Stop()
            $server.Dispose()
            $certificate.Dispose()
        }
    }

    It 'leaves the protocols that the process allows as they are, or adds TLS 1.2: <before>' -ForEach @{ before = 'SystemDefault' },
    @{ before = 'Tls13' }, @{ before = 'Tls12, Tls13' } {
        $child = Invoke-ChildPowerShell -ArgumentList $before, "$($sandbox.BaseUri)", $sandbox.UserEmail, $planted.key -ScriptBlock {
            [Net.ServicePointManager]::SecurityProtocol = $args[0]
            Connect-Copper -BaseUri $args[1] -UserEmail $args[2] -ApiKey ([Net.NetworkCredential]::new('', $args[3]).SecurePassword)
            [Net.ServicePointManager]::SecurityProtocol
        }
        $child.ErrorOutput | Should -BeNullOrEmpty
        $after = [Net.SecurityProtocolType] $child.Output[-1]
        $was = [Net.SecurityProtocolType] $before
        if ($was -eq 0) { [int] $after | Should -Be 0 }
        else { $after | Should -BeIn $was, ($was -bor [Net.SecurityProtocolType]::Tls12) }
    }
}
