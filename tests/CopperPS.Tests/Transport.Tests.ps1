# What leaves this machine and how often, and what comes back that no proper service would send: over a bare socket.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    . (Join-Path $PSScriptRoot 'TestKit.RawServer.ps1')
    Import-CopperPS
    $server = Start-RawServer
    $ann = '200 {"id":1,"name":"Ann"}'
    $quiet = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }

    # The requests that came since the last answers were set, without the one that warms a connection up.
    function Get-Sent { @($server.Requests | Select-Object -Skip 1) }
}

AfterAll {
    Disconnect-Copper
    $server.Dispose()
}

Describe 'A service that takes a request on a connection used before, and closes it without a response' {
    BeforeEach {
        Connect-RawServer $server @{ MaxRetry = 0 }
        $server.Respond($ann, 'close')
        $null = Get-CopperPerson 1
    }

    It 'is sent <what> once' -TestCases @(
        @{ what = 'a create'; call = { New-CopperPerson Ann @quiet -ErrorVariable +problems }; id = 'CopperOutcomeUnknown' }
        @{
            what = 'a create without a body'; call = { Invoke-CopperRequest -Method Post -Path people @quiet -ErrorVariable +problems }
            id = 'CopperOutcomeUnknown'
        }
        @{ what = 'an update'; call = { Set-CopperPerson 1 -Title x @quiet -ErrorVariable +problems }; id = 'CopperConnectionFailed' }
        @{
            what = 'a deletion'; call = { Remove-CopperPerson 1 -Confirm:$false @quiet -ErrorVariable +problems }
            id = 'CopperConnectionFailed'
        }
        @{ what = 'a search'; call = { Get-CopperPerson @quiet -ErrorVariable +problems }; id = 'CopperConnectionFailed' }
    ) {
        $problems = @()
        . $call
        Get-Sent | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike "$id,*"
        (Get-CopperSession).RequestCount | Should -Be $server.Requests.Count
    }

    # .NET Framework takes no content on a GET, and sends one again that it loses on a connection used before.
    It 'is sent a read once' -Skip:($PSEdition -ne 'Core') {
        Get-CopperPerson 1 @quiet -ErrorVariable problems
        Get-Sent | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperConnectionFailed,*'
        (Get-CopperSession).RequestCount | Should -Be $server.Requests.Count
    }
}

Describe 'The retry' {
    BeforeEach { Connect-RawServer $server @{ MaxRetry = 1 } }

    It 'ends a deletion right that was carried out before the connection broke' {
        $server.Respond('close', '404 {"message":"Resource not found"}')
        Remove-CopperPerson 1 -Confirm:$false -WarningAction SilentlyContinue -ErrorVariable problems
        $problems | Should -BeNullOrEmpty
        $server.Requests | Should -HaveCount 2
        (Get-CopperSession).RequestCount | Should -Be 2
    }

    It 'ends an update right that was carried out before the connection broke' {
        $server.Respond('close', $ann)
        (Set-CopperPerson 1 -Name Ann -PassThru -WarningAction SilentlyContinue).Name | Should -Be 'Ann'
        $server.Requests | Should -HaveCount 2
    }

    It 'does not repeat a create' {
        $server.Respond('close', $ann)
        New-CopperPerson Ann @quiet -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperOutcomeUnknown,*'
        $server.Requests | Should -HaveCount 1
    }
}

Describe 'The build for Windows PowerShell' {
    BeforeDiscovery {
        Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
        $otherBuild = (Get-ModuleBuild) -ne 'net472'
    }

    It 'sends creates and deletions on connections of their own, which end with them' -Skip:$otherBuild {
        Connect-RawServer $server
        $server.Respond($ann)
        1..2 | ForEach-Object {
            $null = Get-CopperPerson 1
            $null = New-CopperPerson Ann
            Remove-CopperPerson 1 -Confirm:$false
            Set-CopperPerson 1 -Title x
        }
        $sent = $server.Requests | ForEach-Object {
            $method, $path, $connection, $header = $_ -split ' '
            [pscustomobject]@{ Method = $method; Connection = $connection; Closes = $header -eq 'close' }
        }
        $fresh = @($sent | Where-Object Method -In POST, DELETE)
        $fresh | Should -HaveCount 4
        $fresh.Closes | Should -Not -Contain $false
        @($fresh.Connection | Select-Object -Unique) | Should -HaveCount 4
        @($sent | Where-Object { $_.Method -notin 'POST', 'DELETE' -and $_.Connection -in $fresh.Connection }) | Should -BeNullOrEmpty
    }
}

Describe 'A response without an end' {
    BeforeEach { Connect-RawServer $server }

    It 'costs one call, and the pipeline goes on' {
        $server.Respond($ann, 'endless', $ann.Replace('"id":1', '"id":3'))
        $people = 1..3 | Get-CopperPerson @quiet -ErrorVariable problems
        $people | Should -HaveCount 2
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperUnreadableAnswer,*'
        "$($problems[0])" | Should -Match 'larger than the 64 MB'
        $server.Requests | Should -HaveCount 3
    }

    It 'leaves the outcome of a create unknown, which is sent once' {
        $server.Respond('endless')
        New-CopperPerson Ann @quiet -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperOutcomeUnknown,*'
        $server.Requests | Should -HaveCount 1
    }
}

Describe 'A search that gets the same page again and again' {
    BeforeAll { $page = '200 [' + ((1..3 | ForEach-Object { "{`"id`":$_,`"name`":`"P $_`"}" }) -join ',') + ']' }
    BeforeEach {
        Connect-RawServer $server
        $server.Respond($page)
    }

    It 'ends with a warning' {
        Get-CopperPerson -PageSize 3 -WarningVariable warnings -WarningAction SilentlyContinue | Should -HaveCount 3
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match 'ended after 3 records.* nothing new'
        $server.Requests.Count | Should -BeLessOrEqual 3
    }

    It 'ends in the same way for Invoke-CopperRequest -All' {
        Invoke-CopperRequest -Method Post -Path people/search -Body @{
            page_size = 3
        } -All -WarningVariable warnings -WarningAction SilentlyContinue | Should -HaveCount 3
        "$warnings" | Should -Match 'nothing new'
    }

    It 'has a total that is unknown, and not 0' {
        $total = Get-CopperPerson -First 1 -IncludeTotalCount | Select-Object -First 1
        "$total" | Should -Be 'Unknown total count'
        $total.Accuracy | Should -Be 0
        $total -eq 0 | Should -BeFalse
    }
}

Describe 'A lead that Copper does not convert, though it says 200' {
    It 'is an error in Copper''s words, with the candidates' {
        Connect-RawServer $server
        $server.Respond('200 {"success":false,"message":"Several companies match",' +
            '"candidates":[{"id":5,"name":"Acme"},{"id":6,"name":"Acme Inc"}]}')
        Convert-CopperLead 3 -Confirm:$false -ErrorVariable problems -WarningVariable warnings @quiet | Should -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperInvalidData,*'
        "$($problems[0])" | Should -Match 'Several companies match; candidates: 5 \(Acme\), 6 \(Acme Inc\)'
        $server.Requests | Should -HaveCount 1
    }
}

Describe 'A password in an address' {
    It 'is not repeated: <address>' -TestCases @(
        @{ address = 'https://ann:5ecret word@copper.example' }
        @{ address = 'https://ann:5ecret@copper.example/v1' }
        @{ address = 'ann:5ecret@copper.example' }
        @{ address = 'ftp://ann:5ecret@copper.example' }
        @{ address = 'https://copper.example/?key=5ecret' }
        @{ address = 'not an address 5ecret' }
    ) {
        $before = $env:COPPER_BASE_URL, $env:COPPER_USER_EMAIL, $env:COPPER_API_KEY
        try {
            $env:COPPER_BASE_URL, $env:COPPER_USER_EMAIL, $env:COPPER_API_KEY = $address, 'ann@example.com', 'a-key-for-tests-only'
            $problem = { Connect-Copper -SkipVerify } | Should -Throw -PassThru
            "$problem $($problem.Exception)" | Should -Not -Match '5ecret'
        }
        finally {
            $env:COPPER_BASE_URL, $env:COPPER_USER_EMAIL, $env:COPPER_API_KEY = $before
        }
    }
}

Describe 'A proxy that wants a login' {
    It 'is named without the password in its address, and in whole quotes' {
        $server.Respond('407')
        Connect-Copper -UserEmail 'ann@example.com' -ApiKey ([Net.NetworkCredential]::new('', 'a-key-for-tests-only').SecurePassword) `
            -Proxy "http://ann:5ecret@127.0.0.1:$($server.Port)" -SkipVerify -MaxRetry 0
        Get-CopperPerson 1 -ErrorVariable problems @quiet
        "$($problems[0]) $($problems[0].Exception)" | Should -Not -Match '5ecret'
        "$($problems[0])" | Should -Not -Match '"\.|''"'
    }
}

Describe 'A value that is rejected' {
    It 'shows what is invisible in it: <what>' -TestCases @(
        @{ what = 'an id'; call = { Get-CopperPerson "7$([char] 0x200B)" -ErrorAction Stop }; shown = '7\\u200B' }
        @{ what = 'a date'; call = { New-CopperTask x -DueDate "tomorrow$([char] 0xFEFF)" }; shown = 'tomorrow\\uFEFF' }
        @{ what = 'an amount'; call = { New-CopperOpportunity x -MonetaryValue "1$([char] 0x2009)x" }; shown = '1\\u2009x' }
        @{ what = 'an address'; call = { New-CopperPerson x -Email "ann$([char] 0x200D)" }; shown = 'ann\\u200D' }
    ) {
        Connect-RawServer $server
        $server.Respond($ann)
        $problem = { & $call } | Should -Throw -PassThru
        "$problem" | Should -Match $shown
        $server.Requests | Should -BeNullOrEmpty
    }
}
