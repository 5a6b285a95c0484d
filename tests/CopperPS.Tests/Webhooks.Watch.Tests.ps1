# Watch-CopperWebhook: the circle from a subscription to its notification, and every way to an end.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    Connect-Copper -Sandbox
    $any = 'http://127.0.0.1:0/'

    # Loaded before anybody waits for it.
    Add-Type -AssemblyName System.Net.Http

    # Posts as Copper does; gives the status.
    function Send-Notification([uri] $Uri, [string] $Body, [string] $Method = 'Post') {
        $client = [Net.Http.HttpClient]::new()
        try {
            $request = [Net.Http.HttpRequestMessage]::new($Method, $Uri)
            if ($Body) { $request.Content = [Net.Http.StringContent]::new($Body) }
            [int] $client.SendAsync($request).GetAwaiter().GetResult().StatusCode
        }
        finally { $client.Dispose() }
    }

    function Get-Body([long] $Id, [string] $Key = 'k') { "{`"ids`":[$Id],`"type`":`"person`",`"event`":`"new`",`"key`":`"$Key`"}" }

    function Test-Port([uri] $Uri) {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, $Uri.Port)
        try { $listener.Start(); $true } catch { $false } finally { $listener.Stop() }
    }
}

AfterAll { Disconnect-Copper }

Describe 'The circle' {
    AfterEach { Get-CopperWebhook | Unregister-CopperWebhook -Confirm:$false }

    It 'register, change, receive and fetch, on one machine' {
        $got = @(Watch-CopperWebhook $any -Secret @{ key = 's3cret' } -Expand -Count 4 -TimeoutSec 60 -OnListening {
                param($Uri)
                $null = Register-CopperWebhook $Uri -Type person -Event new, update, delete -Secret @{ key = 's3cret' }
                $null = Register-CopperWebhook $Uri -Type task -Event new -Secret @{ key = 's3cret' }
                $ada = New-CopperPerson 'Ada Lovelace'
                $ada | Set-CopperPerson -Title Countess
                $ada | Remove-CopperPerson -Confirm:$false
                $null = New-CopperTask 'Call back'
            })
        $got | ForEach-Object { "$($_.Type) $($_.Event)" } | Should -Be 'person new', 'person update', 'person delete', 'task new'
        $got[1].UpdatedAttributes['title'].NewValue | Should -Be 'Countess'
        $got[3].Records[0].Name | Should -Be 'Call back'
        $got.AdditionalMembers.Values | Select-Object -Unique | Should -Be '***'
    }

    It 'goes through the pipeline as it arrives' {
        $titles = Watch-CopperWebhook $any -Count 3 -TimeoutSec 60 -OnListening {
            param($Uri)
            $null = Register-CopperWebhook $Uri person update
            Set-CopperPerson 1 -Title one
        } | ForEach-Object {
            # The next change is made only when this one has come.
            $_.UpdatedAttributes['title'].NewValue
            if ($_.UpdatedAttributes['title'].NewValue -eq 'one') { Set-CopperPerson 1 -Title two }
            else { Set-CopperPerson 1 -Title three }
        }
        $titles | Should -Be 'one', 'two', 'three'
    }
}

Describe 'Requests' {
    AfterEach { Get-CopperWebhook | Unregister-CopperWebhook -Confirm:$false }

    It 'are answered by what they are, and counted' {
        $got = @(Watch-CopperWebhook $any -Secret @{
                key = 'k'
            } -MaximumBodySize 2000 -Count 1 -TimeoutSec 60 -StatisticVariable counts `
                -WarningVariable warned -WarningAction SilentlyContinue -OnListening {
                param($Uri)
                Set-Variable -Scope Script -Name answers -Value @(
                    Send-Notification $Uri (Get-Body 1 'wrong')
                    Send-Notification $Uri -Method Get
                    Send-Notification $Uri ('x' * 5000)
                    Send-Notification $Uri 'nonsense'
                    Send-Notification $Uri (Get-Body 7)
                    Send-Notification $Uri (Get-Body 8))
            })
        $script:answers | Should -Be 401, 405, 413, 400, 200, 503
        $got.Ids | Should -Be 7
        $counts.Accepted, $counts.WrongSecret, $counts.WrongMethod, $counts.TooLarge, $counts.Malformed, $counts.Unavailable |
            Should -Be 1, 1, 1, 1, 1, 1
        "$warned" | Should -Match '1 wrong secret'
    }

    It 'are held back, not lost, while the pipeline is busy' {
        $got = @(Watch-CopperWebhook $any -QueueSize 2 -Count 12 -TimeoutSec 60 -OnListening {
                param($Uri)
                $null = Register-CopperWebhook $Uri person new
                1..12 | ForEach-Object { $null = New-CopperPerson "Person $_" }
            } | ForEach-Object { Start-Sleep -Milliseconds 20; $_ })
        $got | Should -HaveCount 12
        $got.Ids | Should -Be @($got.Ids | Sort-Object)
    }
}

Describe 'The end' {
    AfterEach { Get-CopperWebhook | Unregister-CopperWebhook -Confirm:$false }

    It 'comes after -TimeoutSec, with what was accepted until then' -Tag Timing {
        # On a busy machine the time may be over before all are sent.
        $got = @(Watch-CopperWebhook $any -TimeoutSec 5 -StatisticVariable counts -OnListening {
                param($Uri)
                try { 1..3 | ForEach-Object { $null = Send-Notification $Uri (Get-Body $_) } } catch [Net.Http.HttpRequestException] {
                    $null
                }
            } | ForEach-Object { Start-Sleep -Seconds 2; $_ })
        $counts.Accepted | Should -BeIn 1, 2, 3
        $got | Should -HaveCount $counts.Accepted
        Test-Port $counts.Prefix | Should -BeTrue
    }

    It 'comes with Select-Object -First and frees the port' {
        $got = @(Watch-CopperWebhook $any -TimeoutSec 60 -StatisticVariable counts -OnListening {
                param($Uri)
                1..5 | ForEach-Object { $null = Send-Notification $Uri (Get-Body $_) }
            } | Select-Object -First 3)
        $got.Ids | Should -Be 1, 2, 3
        Test-Port $counts.Prefix | Should -BeTrue
    }

    It 'comes with Ctrl+C within a second and frees the port' {
        # The listener says where it listens: to try the port from outside would take it away from it.
        $said = [hashtable]::Synchronized(@{})
        Invoke-CancelledInTime {
            $said = $args[0]; Watch-CopperWebhook http://127.0.0.1:0/ -OnListening { param($Uri) $said.Uri = "$Uri" }
        } @{
            ArgumentList = $said; When = { $said.Uri }
        } -Before { $said.Uri = $null }
        Test-Port $said.Uri | Should -BeTrue
    }

    It 'comes when -OnListening fails, and frees the port' {
        { Watch-CopperWebhook $any -StatisticVariable counts -OnListening { throw 'no' } } | Should -Throw 'no'
        Test-Port $counts.Prefix | Should -BeTrue
    }

    It 'comes at once when the port is in use or the address makes no sense' {
        $taken = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $taken.Start()
        try { { Watch-CopperWebhook "http://127.0.0.1:$($taken.LocalEndpoint.Port)/" } | Should -Throw -ErrorId 'CopperCannotListen,*' }
        finally { $taken.Stop() }
        { Watch-CopperWebhook https://127.0.0.1/ } | Should -Throw '*TLS*'
    }
}

Describe 'Watch-CopperWebhook -CatchUp' {
    AfterEach { Get-CopperWebhook | Unregister-CopperWebhook -Confirm:$false }

    It 'begins with what changed since, and goes on with what arrives' {
        $since = [datetimeoffset]::Now
        Set-CopperPerson 5 -Title 'missed one'
        $missed = New-CopperPerson 'Missed Two'
        $got = @(Watch-CopperWebhook $any -CatchUp $since -Type person, company -Count 1 -TimeoutSec 60 -OnListening {
                param($Uri)
                $null = Register-CopperWebhook $Uri person update
                Set-CopperPerson 6 -Title live
            })
        $past = @($got | Where-Object IsCatchUp)
        # What arrives meanwhile may come twice; nothing comes never.
        @($past.Ids) | Should -Contain 5
        @($past | Where-Object { $_.Ids[0] -eq $missed.Id }).Event | Should -Be 'new'
        @($past | Where-Object { $_.Ids[0] -eq 5 }).Records[0].Title | Should -Be 'missed one'
        @($got | Where-Object { -not $_.IsCatchUp }).Ids | Should -Be 6
    }

    It 'catches up on every kind of record when none is named' {
        $since = [datetimeoffset]::Now
        $null = New-CopperCompany 'Also missed'
        $null = New-CopperTask 'Also missed'
        $got = @(Watch-CopperWebhook $any -CatchUp $since -TimeoutSec 1)
        ($got | Where-Object { $_.Records[0].Name -eq 'Also missed' }).Type | Should -Be 'company', 'task'
    }

    It 'rejects kinds that cannot be searched, and works only with a session' {
        { Watch-CopperWebhook $any -CatchUp 2026-01-01 -Type invoice } | Should -Throw '*activity_log*'
        $none = Invoke-ChildPowerShell { Watch-CopperWebhook http://127.0.0.1:0/ -CatchUp 2026-01-01 }
        $none.ErrorOutput | Should -Match 'Connect-Copper'
    }
}
