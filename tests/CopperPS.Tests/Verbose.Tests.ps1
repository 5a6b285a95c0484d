# What -Verbose tells: each call, each wait, each repetition, and never a secret.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $key = 'planted-5ecret-key'
    $sandbox = Start-SandboxHost -People 450 -ApiKey $key
    Connect-SandboxHost $sandbox
    Read-AccountList
    $answer = '^{0} -> {1} in \d+ ms, request id \S+$'

    function Get-Told([scriptblock] $Script) {
        & $Script 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | ForEach-Object Message
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'A call' {
    It 'is told with method, path, status, milliseconds and request id' {
        $told = @(Get-Told { Get-CopperPerson 1 -Verbose })
        $told | Should -HaveCount 1
        $told[0] | Should -Match ($answer -f 'GET \S*/people/1', 200)
    }

    It 'is told for each page of a search, and for what is looked up for it' {
        Clear-CopperCache
        $told = @(Get-Told { Get-CopperPerson -Assignee 'Dana Demo' -PageSize 200 -Verbose | Out-Null; Get-CopperPerson -Verbose })
        @($told -match ($answer -f 'POST \S*/users/search', 200)).Count | Should -BeGreaterOrEqual 1
        @($told -match ($answer -f 'POST \S*/people/search', 200)).Count | Should -Be 4
    }

    It 'is told when it fails, too' {
        $told = @(Get-Told { Get-CopperPerson 999999 -Verbose -ErrorAction SilentlyContinue })
        $told[0] | Should -Match ($answer -f 'GET \S*/people/999999', 404)
    }

    It 'is told for a record that is created' {
        $told = @(Get-Told { New-CopperPerson 'Ada Lovelace' -Verbose })
        $told -match ($answer -f 'POST \S*/people', 200) | Should -HaveCount 1
    }

    It 'is told for each of the three requests of an upload, of which one goes to the storage' {
        $file = Join-Path $TestDrive 'told.txt'
        Set-Content $file text
        $told = @(Get-Told { Get-CopperPerson 1 | Add-CopperFile -Path $file -Verbose }) -match ' -> '
        $told | Should -HaveCount 3
        $told[0] | Should -Match ($answer -f 'GET \S*/people/1/files/s3_signed_url', 200)
        # Another server, which has no id of ours; neither its address nor the ticket, which is a credential, is shown.
        $told[1] | Should -Match '^POST \S+ -> 2\d\d in \d+ ms'
        $told[1] | Should -Not -Match 'signature|policy|https?:'
        $told[2] | Should -Match ($answer -f 'POST \S*/people/1/files', 200)
    }

    It 'is told for a group, with what it holds' {
        $told = @(Get-Told { 1..3 | ForEach-Object { [pscustomobject]@{ Name = "Person $_" } } | New-CopperPerson -Bulk -Verbose })
        @($told -match ($answer -f 'POST \S*/people/bulk_create', 200)).Count | Should -Be 1
        @($told -match '^Group 1: 3 people').Count | Should -Be 1
    }

    It 'is told for a code that becomes a token, and for one that does not' {
        $oauth = @{
            ClientId = 'sandbox-client'; RedirectUri = 'https://localhost/callback'; BaseUri = "$($sandbox.Origin)/oauth"
            Code = 'sandbox-code'
        }
        $told = @(Get-Told {
                New-CopperAccessToken @oauth -ClientSecret ([Net.NetworkCredential]::new('', 'sandbox-secret').SecurePassword) -Verbose
                try {
                    New-CopperAccessToken @oauth -ClientSecret ([Net.NetworkCredential]::new('', 'wrong-5ecret').SecurePassword) -Verbose
                }
                catch { "$_" }
            })
        @($told -match '^POST \S*token -> 200 in \d+ ms').Count | Should -Be 1
        @($told -match '^POST \S*token -> 4\d\d in \d+ ms').Count | Should -Be 1
        "$told" | Should -Not -Match 'sandbox-secret|wrong-5ecret|sandbox-code'
    }

    It 'is told for an action of the CopperHub, without its session' {
        $told = @(Get-Told { Connect-CopperHub -Sandbox -Verbose; Get-CopperHubTask 1 -Verbose })
        Disconnect-CopperHub
        @($told -match '^POST \S*action=login -> 200 in \d+ ms').Count | Should -Be 1
        @($told -match '^POST \S*action=read_task -> 200 in \d+ ms').Count | Should -Be 1
        "$told" | Should -Not -Match 'session_id|password'
    }

    It 'is not told without -Verbose' {
        Get-Told { Get-CopperPerson 1 } | Should -BeNullOrEmpty
    }
}

Describe 'A repetition' {
    It 'is told with its reason and its wait' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 503; times = 1 }
        try { $told = @(Get-Told { Get-CopperPerson 1 -Verbose }) }
        finally { Set-SandboxFault $sandbox }
        $told -match '^GET \S*/people/1 -> 503 in \d+ ms' | Should -HaveCount 1
        $told -match '^GET \S*/people/1 failed \(attempt 1, status 503\) and is retried in \d+\.\d s: ' | Should -HaveCount 1
        $told[-1] | Should -Match ($answer -f 'GET \S*/people/1', 200)
    }
}

Describe 'A wait for the rate limit' {
    It 'is told before it begins' {
        Connect-Copper -Sandbox -RateLimit '2/1s'
        # All at once, so that some have to wait on a slow machine, too.
        try { $told = @(Get-Told { 1..4 | Get-CopperPerson -ThrottleLimit 4 -Verbose }) }
        finally { Connect-SandboxHost $sandbox }
        @($told -match '^Waiting .*for Copper''s rate limit \(GET \S*/people/\d\)').Count | Should -BeGreaterOrEqual 1
    }
}

Describe 'Progress' {
    BeforeAll {
        function Get-Shown([string] $Script) {
            $shell = [powershell]::Create()
            try {
                # Where nothing stands in the stream, the preference had its way.
                $null = $shell.AddScript('param($module) Import-Module $module; ' +
                    $Script).AddArgument((Join-Path (Get-ModulePath) 'CopperPS.psd1')).Invoke()
                $shell.Streams.Progress | Where-Object Activity -EQ 'Get-CopperPerson'
            }
            finally { $shell.Dispose() }
        }
    }

    It 'tells how many of how many, how long it still takes, and that it waits for the rate limit' {
        # Fewer than are read ahead at once, so that some of them have to wait on a slow machine, too.
        $shown = @(Get-Shown 'Connect-Copper -Sandbox -RateLimit 4/500ms; Get-CopperPerson -PageSize 20 -First 400 | Out-Null')
        @($shown.StatusDescription -like '* of up to 400 records, waiting for the rate limit (* s)').Count | Should -BeGreaterOrEqual 1
        ($shown.SecondsRemaining | Measure-Object -Maximum).Maximum | Should -BeGreaterOrEqual 0
        @($shown | Where-Object RecordType -EQ 'Completed').Count | Should -Be 1
        $shown[-1].RecordType | Should -Be 'Completed'
    }

    It 'is taken away when a search <How>' -ForEach @(
        @{
            How    = 'is not read to its end'
            Script = 'Connect-Copper -Sandbox -RateLimit 100000/1s; Get-CopperPerson -PageSize 5 | Select-Object -First 300 | Out-Null'
        }
        @{
            How    = 'ends with an error of the consumer'
            Script = 'Connect-Copper -Sandbox -RateLimit 100000/1s; ' +
            'try { Get-CopperPerson -PageSize 5 | ForEach-Object { if ($_.Id -eq 300) { throw "enough" } } } catch { }'
        }
    ) {
        $shown = @(Get-Shown $Script)
        $shown.Count | Should -BeGreaterThan 1
        $shown[-1].RecordType | Should -Be 'Completed'
    }

    It 'is not shown for <What>' -ForEach @(
        @{ What = 'a search of a few requests'; Script = 'Connect-Copper -Sandbox; Get-CopperPerson -First 300 | Out-Null' }
        @{
            What   = 'who does not want any'
            Script = '$ProgressPreference = "SilentlyContinue"; Connect-Copper -Sandbox -RateLimit 100000/1s; ' +
            'Get-CopperPerson -PageSize 20 | Out-Null'
        }
    ) {
        Get-Shown $Script | Should -BeNullOrEmpty
    }
}

Describe 'A secret' {
    It 'is in no message of <What>' -ForEach @(
        @{
            What = 'the connection'; Secret = 'planted-5ecret-key'
            Script = { Connect-SandboxHost $sandbox @{ Verbose = $true; Debug = $true } }
        }
        @{ What = 'a call'; Secret = 'planted-5ecret-key'; Script = { Get-CopperPerson 1 -Verbose -Debug } }
        @{ What = 'a refused credential'; Secret = 'wrong-5ecret-key'; Script = {
                try {
                    Connect-Copper -UserEmail demo@copper.example -BaseUri $sandbox.BaseUri -Verbose -Debug `
                        -ApiKey ([Net.NetworkCredential]::new('', 'wrong-5ecret-key').SecurePassword)
                }
                catch { $_ | Format-List * -Force }
                Connect-SandboxHost $sandbox
            }
        }
        @{ What = 'a token'; Secret = 'wrong-t0ken'; Script = {
                try {
                    Connect-Copper -BearerToken ([Net.NetworkCredential]::new('', 'wrong-t0ken').SecurePassword) -BaseUri $sandbox.BaseUri `
                        -Verbose -Debug
                }
                catch { $_ | Format-List * -Force }
                Connect-SandboxHost $sandbox
            }
        }
        @{
            What = 'a subscription'; Secret = 'hook-5ecret'
            Script = {
                Register-CopperWebhook https://hooks.example.com/x -Type person -Event new -Secret @{ key = 'hook-5ecret' } -Header @{
                    Authorization = 'hook-5ecret'
                } -Verbose -Debug
            }
        }
        @{
            What = 'a notification'; Secret = 'hook-5ecret'
            Script = {
                '{"ids":[1],"type":"person","event":"new","key":"hook-5ecret"}' |
                    ConvertFrom-CopperNotification -Secret @{ key = 'hook-5ecret' } -Verbose -Debug
            }
        }
        @{
            What = 'a forged notification'; Secret = 'hook-5ecret'
            Script = {
                try {
                    '{"ids":[1],"type":"person","event":"new","key":"guess"}' |
                        ConvertFrom-CopperNotification -Secret @{ key = 'hook-5ecret' } -Verbose -Debug
                }
                catch { $_ | Format-List * -Force }
            }
        }
        @{
            What = 'an upload'; Secret = 'planted-5ecret-key'
            Script = {
                $file = Join-Path $TestDrive 'a.txt'; Set-Content $file text; Get-CopperPerson 1 |
                    Add-CopperFile -Path $file -Verbose -Debug
            }
        }
    ) {
        $DebugPreference = $VerbosePreference = 'Continue'
        $output = & $Script *>&1 | Out-String -Width 400
        $DebugPreference = $VerbosePreference = 'SilentlyContinue'
        $output | Should -Not -BeNullOrEmpty
        $output | Should -Not -Match ([regex]::Escape($Secret))
    }
}

Describe 'Debug messages' {
    It 'hold what would be verbose, and nothing is asked for, with -Debug alone' {
        $child = Invoke-ChildPowerShell -ArgumentList $sandbox.BaseUri, $key {
            $secret = [Net.NetworkCredential]::new('', $args[1]).SecurePassword
            Connect-Copper -BaseUri $args[0] -UserEmail demo@copper.example -ApiKey $secret
            $DebugPreference = 'Continue'
            $told = New-CopperPerson Q -Debug 5>&1
            "name=$(($told | Where-Object { $_ -isnot [Management.Automation.DebugRecord] }).Name)"
            $responses = @($told | Where-Object {
                    $_ -is [Management.Automation.DebugRecord] -and $_.Message -match '^POST \S*/people -> 200'
                })
            "responses=$($responses.Count)"
        }
        $child.Output | Should -Contain 'name=Q'
        $child.Output | Should -Contain 'responses=1'
        $child.ExitCode | Should -Be 0
        $child.ErrorOutput | Should -BeNullOrEmpty
    }
}
