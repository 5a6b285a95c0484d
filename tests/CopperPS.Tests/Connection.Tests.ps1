BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 10
    $secret = [Net.NetworkCredential]::new('', $sandbox.ApiKey).SecurePassword
    $wrong = [Net.NetworkCredential]::new('', 'not-the-key').SecurePassword
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Connect-Copper' {
    BeforeEach {
        Disconnect-Copper
        Clear-SandboxJournal $sandbox
    }

    It 'prints nothing, checks the credential, and makes the session the default' {
        Connect-Copper -UserEmail $sandbox.UserEmail -ApiKey $secret -BaseUri $sandbox.BaseUri | Should -BeNullOrEmpty
        Get-SandboxRequest $sandbox | Should -Be 'GET /users/me', 'GET /account'
        (Get-CopperSession).UserEmail | Should -Be $sandbox.UserEmail
        (Get-CopperSession).AccountName | Should -Not -BeNullOrEmpty
    }

    It 'takes a PSCredential' {
        Connect-Copper -Credential ([pscredential]::new($sandbox.UserEmail, $secret)) -BaseUri $sandbox.BaseUri
        Test-CopperConnection -Quiet | Should -BeTrue
    }

    It 'takes the environment variables when nothing is given' {
        $saved = $env:COPPER_USER_EMAIL, $env:COPPER_API_KEY, $env:COPPER_BASE_URL
        try {
            $env:COPPER_USER_EMAIL, $env:COPPER_API_KEY, $env:COPPER_BASE_URL = $sandbox.UserEmail, $sandbox.ApiKey, $sandbox.BaseUri
            Connect-Copper
            (Get-CopperSession).BaseUri | Should -Be $sandbox.BaseUri
        }
        finally { $env:COPPER_USER_EMAIL, $env:COPPER_API_KEY, $env:COPPER_BASE_URL = $saved }
    }

    It 'takes a bearer token, which New-CopperAccessToken gets for a code' {
        $oauth = @{ ClientId = 'sandbox-client'; RedirectUri = 'https://localhost/callback'; BaseUri = "$($sandbox.Origin)/oauth" }
        $address = New-CopperAccessToken @oauth -AuthorizeUri -State 'a b'
        $address |
            Should -Be ("$($sandbox.Origin)/oauth/authorize?response_type=code&client_id=sandbox-client&" +
                'redirect_uri=https%3A%2F%2Flocalhost%2Fcallback&scope=developer%2Fv1%2Fall&state=a%20b')
        $clientSecret = [Net.NetworkCredential]::new('', 'sandbox-secret').SecurePassword
        $token = New-CopperAccessToken @oauth -ClientSecret $clientSecret -Code 'sandbox-code'
        $token | Should -BeOfType securestring
        Connect-Copper -BearerToken $token -BaseUri $sandbox.BaseUri
        (Get-CopperPerson 1).Id | Should -Be 1
    }

    It 'says what the service said of a code that it rejects, and nothing of the secret' {
        $call = {
            New-CopperAccessToken -ClientId 'sandbox-client' -RedirectUri 'https://app.example/back' -BaseUri "$($sandbox.Origin)/oauth" `
                -ClientSecret $wrong -Code 'a-code'
        }
        $call | Should -Throw -ErrorId 'CopperAuthenticationFailed,*' -ExpectedMessage '*invalid_client*'
        $Error[0].Exception.ToString() | Should -Not -BeLike '*not-the-key*'
    }

    It 'asks nobody for a token with -WhatIf' {
        New-CopperAccessToken -ClientId c -RedirectUri 'https://app.example/back' -BaseUri "$($sandbox.Origin)/oauth" `
            -ClientSecret $secret -Code x -WhatIf | Should -BeNullOrEmpty
    }

    It 'opens an account with demo data, without network or credential' {
        Connect-Copper -Sandbox
        (Get-CopperPerson -First 3) | Should -HaveCount 3
        (Get-CopperSession).IsSandbox | Should -BeTrue
    }

    It 'outputs the session with -PassThru' {
        $session = Connect-Copper -Sandbox -PassThru
        $session.GetType().Name | Should -Be 'CopperSession'
        (Get-CopperPerson 1 -Session $session).Id | Should -Be 1
    }

    It 'keeps a session that was handed out when another becomes the default' {
        $first = Connect-Copper -Sandbox -PassThru
        Connect-Copper -Sandbox
        $first.IsClosed | Should -BeFalse
        (Get-CopperPerson 1 -Session $first).Id | Should -Be 1
    }

    It 'rejects a wrong key, with what to do, and keeps no session' {
        { Connect-Copper -UserEmail $sandbox.UserEmail -ApiKey $wrong -BaseUri $sandbox.BaseUri } |
            Should -Throw -ErrorId 'CopperAuthenticationFailed,*' -ExpectedMessage '*credential*'
        { Get-CopperPerson 1 } | Should -Throw -ErrorId 'CopperNotConnected,*'
    }

    It 'sends nothing with -SkipVerify' {
        Connect-Copper -UserEmail $sandbox.UserEmail -ApiKey $wrong -BaseUri $sandbox.BaseUri -SkipVerify
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        { 1, 2 | Get-CopperPerson } | Should -Throw -ErrorId 'CopperAuthenticationFailed,*'
        @(Get-SandboxRequest $sandbox) | Should -HaveCount 1 -Because 'no further call can succeed'
    }

    It 'rejects <what> before anything is sent' -TestCases @(
        @{
            what = 'http to another machine'
            call = { Connect-Copper -UserEmail a@b.example -ApiKey $secret -BaseUri 'http://copper.example/v1' }; message = '*https*'
        }
        @{
            what    = 'an address with a password in it'
            call    = { Connect-Copper -UserEmail a@b.example -ApiKey $secret -BaseUri 'https://u:pw@copper.example/v1' }
            message = '*user name or password*'
        }
        @{
            what = 'what is no address'; call = { Connect-Copper -UserEmail a@b.example -ApiKey $secret -BaseUri 'copper' }
            message = '*not an address*'
        }
        @{ what = 'a rate limit that is none'; call = { Connect-Copper -Sandbox -RateLimit '36 per 6' }; message = "*'36/6s'*" }
        @{
            what    = 'a user name without @'
            call    = { Connect-Copper -Credential ([pscredential]::new('ada', $secret)) -BaseUri $sandbox.BaseUri }
            message = "The user name must be the e-mail address of the key's owner, and it has no @. The key is the password."
        }
        @{
            what    = 'a key as plain text'
            call    = { Connect-Copper -UserEmail a@b.example -ApiKey 'plain-key' }
            message = '*-ApiKey is a SecureString. Use -Credential ada@example.com, which asks for the key, or -ApiKey (Read-Host *'
        }
        @{
            what = 'a token as plain text'
            call = { Connect-Copper -BearerToken 'plain-key' }; message = '*-BearerToken (Read-Host -AsSecureString).'
        }
        @{
            what = 'an empty key'
            call = { Connect-Copper -UserEmail a@b.example -ApiKey ([securestring]::new()) -BaseUri $sandbox.BaseUri }; message = '*empty*'
        }
        @{
            what       = 'a key with a line break'
            call       = {
                Connect-Copper -UserEmail a@b.example -ApiKey ([Net.NetworkCredential]::new('', "se`ncret").SecurePassword) `
                    -BaseUri $sandbox.BaseUri
            }; message = '*header*'
        }
        @{
            what = 'a proxy credential without a proxy'
            call = { Connect-Copper -Sandbox -ProxyCredential ([pscredential]::new('u', $secret)) }; message = '*-Proxy*'
        }
    ) {
        { & $call } | Should -Throw -ExpectedMessage $message
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'says which environment variable is missing' {
        $result = Invoke-ChildPowerShell -Environment @{ COPPER_USER_EMAIL = 'a@b.example'; COPPER_API_KEY = '' } {
            try { Connect-Copper } catch { $_.Exception.Message }
        }
        $result.Output -join ' ' | Should -BeLike '*the environment has no COPPER_API_KEY*Connect-Copper -Sandbox*'
    }

    It 'says plainly that the service cannot be reached' {
        { Connect-Copper -UserEmail a@b.example -ApiKey $secret -BaseUri 'http://127.0.0.1:9/v1' -MaxRetry 0 } |
            Should -Throw -ErrorId 'CopperConnectionFailed,*' -ExpectedMessage '127.0.0.1:9 cannot be reached*'
    }
}

Describe 'The session' {
    BeforeEach { Connect-SandboxHost $sandbox }

    It 'shows who, where and how much, and counts' {
        $session = Get-CopperSession
        Read-AccountList
        $before = $session.RequestCount
        1, 2 | Get-CopperPerson | Out-Null
        $session.RequestCount - $before | Should -Be 2
        $session.RateLimit | Should -Be '36/6s; 180/1m; 600/10m'
        "$session" | Should -Be "$($sandbox.UserEmail) @ $(([uri] $sandbox.BaseUri).Authority)"
    }

    It 'is closed by Disconnect-Copper, and says so to whoever still holds it' {
        $session = Get-CopperSession
        Disconnect-Copper
        $session.IsClosed | Should -BeTrue
        { Get-CopperPerson 1 -Session $session } | Should -Throw -ErrorId 'CopperSessionClosed,*'
        { Get-CopperPerson 1 } | Should -Throw -ErrorId 'CopperNotConnected,*'
        { Disconnect-Copper } | Should -Not -Throw
    }

    It 'is disconnected through the pipeline' {
        $sessions = (Connect-Copper -Sandbox -PassThru), (Connect-Copper -Sandbox -PassThru)
        $sessions | Disconnect-Copper
        $sessions.IsClosed | Should -Be $true, $true
    }

    It 'belongs to its runspace' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('
                param($module)
                Import-Module $module
                try { Get-CopperPerson 1 } catch { $_.FullyQualifiedErrorId }
            ').AddArgument((Join-Path (Get-ModulePath) 'CopperPS.psd1'))
            $shell.Invoke() | Should -BeLike 'CopperNotConnected,*'
        }
        finally { $shell.Dispose() }
    }

    It 'may be handed to another runspace' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($module, $session) Import-Module $module; (Get-CopperPerson 1 -Session $session).Id')
            $null = $shell.AddArgument((Join-Path (Get-ModulePath) 'CopperPS.psd1')).AddArgument((Get-CopperSession))
            $shell.Invoke() | Should -Be 1
        }
        finally { $shell.Dispose() }
    }
}

Describe 'Test-CopperConnection' {
    It 'says yes or no in one word with -Quiet, whatever is wrong' {
        Connect-SandboxHost $sandbox
        Test-CopperConnection -Quiet | Should -BeTrue
        Disconnect-Copper
        Test-CopperConnection -Quiet | Should -BeFalse
        Connect-Copper -UserEmail $sandbox.UserEmail -ApiKey $wrong -BaseUri $sandbox.BaseUri -SkipVerify
        Test-CopperConnection -Quiet | Should -BeFalse
    }

    It 'tells the outcome without an error' {
        Connect-Copper -UserEmail $sandbox.UserEmail -ApiKey $wrong -BaseUri $sandbox.BaseUri -SkipVerify
        $test = Test-CopperConnection -ErrorVariable problems
        $problems | Should -BeNullOrEmpty
        $test.Success | Should -BeFalse
        $test.StatusCode | Should -Be 401
        Connect-SandboxHost $sandbox
        (Test-CopperConnection).UserEmail | Should -Be $sandbox.UserEmail
    }
}

Describe 'Invoke-CopperRequest' {
    BeforeAll { Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' } }
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'reads any path as objects, or as text' {
        (Invoke-CopperRequest users/me).email | Should -Be $sandbox.UserEmail
        Invoke-CopperRequest /people/1 -Raw | ConvertFrom-Json | Select-Object -ExpandProperty id | Should -Be 1
    }

    It 'sends a body that is <what>' -TestCases @(
        @{ what = 'a hashtable'; body = @{ name = 'Ada' } }
        @{ what = 'an object'; body = [pscustomobject]@{ name = 'Ada' } }
        @{ what = 'JSON text'; body = '{ "name": "Ada" }' }
    ) {
        (Invoke-CopperRequest people -Method Post -Body $body).name | Should -Be 'Ada'
        (Get-SandboxJournal $sandbox).body | Should -Be '{"name":"Ada"}'
    }

    It 'escapes the query' {
        Invoke-CopperRequest people/1 -Query @{ custom_field_computed_values = $true } | Out-Null
        (Get-SandboxJournal $sandbox).query | Should -BeLike '*custom_field_computed_values=true'
    }

    It 'reads all pages of a search' {
        $all = Invoke-CopperRequest people/search -Method Post -Body @{ page_size = 4; sort_by = 'name' } -All
        $all | Should -HaveCount @(Get-CopperPerson).Count
        @(Get-SandboxJournal $sandbox | Where-Object body -Like '*"page_size":4*"sort_by":"name"*').Count | Should -BeGreaterThan 2
    }

    It 'changes nothing with -WhatIf, but reads' {
        Invoke-CopperRequest people/1 -Method Delete -WhatIf
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        (Invoke-CopperRequest people/1 -WhatIf).id | Should -Be 1
    }

    It 'reports an error of the service with its words' {
        Invoke-CopperRequest people/999999 -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'rejects <path> before anything is sent' -TestCases @(
        @{ path = '../admin' }, @{ path = 'people/%2e%2e/admin' }, @{ path = 'people%2f7' }, @{ path = 'people?x=1' },
        @{ path = 'https://elsewhere.example/people' }, @{ path = 'a b' }
    ) {
        Invoke-CopperRequest $path -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperInvalidArgument,*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'rejects a body that is no JSON object, and -All for what is no search' {
        { Invoke-CopperRequest people -Method Post -Body '[1]' -ErrorAction Stop } | Should -Throw
        { Invoke-CopperRequest people -Method Post -Body 'nonsense' -ErrorAction Stop } | Should -Throw
        { Invoke-CopperRequest people/1 -All -ErrorAction Stop } | Should -Throw
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }
}

Describe 'Clear-CopperCache' {
    It 'makes the next completion ask again' {
        Connect-SandboxHost $sandbox
        $line = 'Get-CopperPerson -Tag '
        foreach ($round in 1, 2) {
            # A cmdlet waits for the answer, which completion on a busy machine does not.
            Get-CopperTag | Out-Null
            Clear-SandboxJournal $sandbox
            TabExpansion2 $line $line.Length | Out-Null
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
            Clear-CopperCache
            foreach ($try in 1..30) {
                TabExpansion2 $line $line.Length | Out-Null
                $asked = @(Get-SandboxRequest $sandbox)
                if ($asked) { break }
            }
            $asked | Should -Contain 'GET /tags'
        }
    }

    It 'offers nothing, without a wait or an error, when there is no connection' {
        Disconnect-Copper
        $line = 'Get-CopperPerson -Tag zzz'
        (TabExpansion2 $line $line.Length).CompletionMatches | Should -BeNullOrEmpty
    }
}

Describe 'A session that nobody has disconnected' {
    BeforeAll {
        function Open-Runspace {
            $initial = [Management.Automation.Runspaces.InitialSessionState]::CreateDefault()
            $initial.ImportPSModule(@(Join-Path (Get-ModulePath) 'CopperPS.psd1'))
            $runspace = [Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace($initial)
            $runspace.Open()
            $runspace
        }
        function Invoke-InRunspace([string] $Script, $Runspace) {
            $used = if ($Runspace) { $Runspace } else { Open-Runspace }
            $shell = [Management.Automation.PowerShell]::Create()
            $shell.Runspace = $used
            $null = $shell.AddScript($Script).AddArgument($sandbox.BaseUri).AddArgument($sandbox.ApiKey)
            $shell.Invoke()
            $shell.Dispose()
            if (-not $Runspace) { $used.Dispose() }
        }
        $connect = 'param($uri, $key) Connect-Copper -BaseUri $uri -UserEmail demo@copper.example -RateLimit 1000/1h -ErrorAction Stop ' +
        '-ApiKey ([Net.NetworkCredential]::new("", $key).SecurePassword)'
    }
    BeforeEach { Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' } }

    It 'leaves no limit behind when its runspace closes' {
        1..5 | ForEach-Object { Invoke-InRunspace $connect }
        (Get-CopperRateLimit).Limit | Should -Be 100000, 3
    }

    It 'holds its limit while its runspace is open' {
        $open = Open-Runspace
        Invoke-InRunspace $connect $open
        (Get-CopperRateLimit).Limit | Should -Contain 1000
        $open.Dispose()
        (Get-CopperRateLimit).Limit | Should -Be 100000, 3
    }

    It 'leaves no limit behind when <what>' -TestCases @(
        @{ what = 'it was shown in a runspace that closes'; script = '; Get-CopperSession | Out-Null' }
        @{ what = 'it was passed on in a runspace that closes'; script = ' -PassThru | Out-Null' }
        @{ what = 'another one took its place'; script = ' -PassThru | Out-Null; Connect-Copper -Sandbox' }
    ) {
        Invoke-InRunspace ($connect + $script)
        # The next session sees to what nobody holds any more.
        Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
        (Get-CopperRateLimit).Limit | Should -Be 100000, 3
    }

    It 'goes on in another runspace that holds it' {
        $session = Invoke-InRunspace ($connect + ' -PassThru')
        Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
        (Get-CopperRateLimit).Limit | Should -Contain 1000
        (Get-CopperPerson 1 -Session $session).Id | Should -Be 1
        Disconnect-Copper $session
        (Get-CopperRateLimit).Limit | Should -Be 100000, 3
    }
}
