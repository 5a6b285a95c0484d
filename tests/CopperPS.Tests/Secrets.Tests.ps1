BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $key = 'planted-5ecret-key'
    $sandbox = Start-SandboxHost -People 10 -ApiKey $key

    function Assert-NoSecret($Text, $Because) {
        $Text | Should -Not -BeNullOrEmpty -Because "$Because must have something to say, or the test proves nothing"
        $Text | Should -Not -BeLike "*$key*" -Because $Because
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'The key' {
    It 'occurs in no stream, whatever goes wrong' {
        $Error.Clear()
        $output = & {
            $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
            $ErrorActionPreference = 'Continue'
            Connect-SandboxHost $sandbox @{ MaxRetry = 1 }
            Get-CopperSession | Format-List * -Force
            Get-CopperPerson -First 2
            Get-CopperPerson 999999
            Set-CopperPerson 1 -Property @{ nonsense = 1 }
            foreach ($kind in 'reset-before', 'reset-body', 'not-json', 'empty', 'truncate-json') {
                Set-SandboxFault $sandbox @{ kind = $kind; times = 2 }
                Get-CopperPerson 1
            }
            Set-SandboxFault $sandbox @{ kind = 'redirect'; location = 'http://127.0.0.1:9/elsewhere'; times = 1 }
            Get-CopperPerson 1
            Set-SandboxFault $sandbox @{ kind = 'status'; status = 401; times = 1 }
            try { Get-CopperPerson 1 } catch { $_ }
            Set-SandboxFault $sandbox
        } *>&1
        Assert-NoSecret ($output | Out-String -Width 500) 'every stream'
        Assert-NoSecret ($Error | ForEach-Object { $_; $_.Exception.ToString(); $_ | Format-List * -Force } |
                Out-String -Width 500) 'the errors'
        @($Error).Count | Should -BeGreaterThan 5
    }

    It 'occurs in no form of the session' {
        Connect-SandboxHost $sandbox
        $session = Get-CopperSession
        Assert-NoSecret ($session | Format-List * -Force | Out-String) 'Format-List'
        Assert-NoSecret ($session | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue) 'ConvertTo-Json'
        Assert-NoSecret ([Management.Automation.PSSerializer]::Serialize($session, 5)) 'Export-Clixml'
        Assert-NoSecret ($session | Get-Member -Force | Out-String) 'Get-Member'
        Assert-NoSecret "$session" 'ToString'
    }

    It 'does not go to another host with a redirect' {
        $other = Start-SandboxHost -People 1
        try {
            Connect-SandboxHost $sandbox
            Set-SandboxFault $sandbox @{ kind = 'redirect'; location = "$($other.BaseUri)/people/1"; times = 1 }
            Get-CopperPerson 1 -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperRedirected,*'
            Get-SandboxJournal $other | Should -BeNullOrEmpty
        }
        finally {
            Set-SandboxFault $sandbox
            Stop-SandboxHost $other
        }
    }

    It 'is not in a transcript' {
        $log = Join-Path $TestDrive 'transcript.txt'
        Start-Transcript $log | Out-Null
        Connect-SandboxHost $sandbox
        Get-CopperPerson 1 -Verbose -Debug | Out-Null
        Get-CopperSession | Out-Host
        Stop-Transcript | Out-Null
        Assert-NoSecret (Get-Content $log -Raw) 'a transcript'
    }
}
