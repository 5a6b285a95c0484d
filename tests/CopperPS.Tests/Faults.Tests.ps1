# The table of docs/reliability.md at the prompt: each cell through a cmdlet that may not repeat anything, so that what is sent again
# shows as its error. How it goes on after a wait is proved, cell by cell, by the tests of Copper.Client.
# On the way every stream is searched for the key: nothing that goes wrong may tell it.

BeforeDiscovery {
    $lines = Get-Content ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'reliability.md')) | Where-Object { $_ -match '^\|' }
    $start = 0
    while ($lines[$start] -notmatch '^\| what goes wrong ') { $start++ }
    $headings = $lines[$start].Trim('|').Split('|').Trim()
    $script:cells = foreach ($line in $lines | Select-Object -Skip ($start + 2)) {
        $row = $line.Trim('|').Split('|').Trim()
        if ($row.Count -ne $headings.Count) { break }
        foreach ($column in 1..7) { @{ fault = $row[0]; operation = $headings[$column]; word = $row[$column]; errorId = $row[8] } }
    }
    # An answer without an end takes a socket of its own: Transport.Tests.ps1.
    $script:cells = @($cells | Where-Object { $_.fault -notlike 'a response larger*' })
    # Those that nobody answers wait in the background until all others are done.
    $script:cells = @($cells | Where-Object { $_.fault -ne 'no response at all' }) + @(
        $cells | Where-Object { $_.fault -eq 'no response at all' }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $key = 'planted-5ecret-key'
    # A little more than a page.
    $sandbox = Start-SandboxHost -People 210 -ApiKey $key
    $own = @{ RateLimit = '100000/1s'; MaxRetry = 0; PassThru = $true }
    $script:session = Connect-SandboxHost $sandbox $own
    # A port at which nobody listens, and that nobody else is given meanwhile.
    $taken = [Net.Sockets.Socket]::new([Net.Sockets.AddressFamily]::InterNetwork, [Net.Sockets.SocketType]::Stream,
        [Net.Sockets.ProtocolType]::Tcp)
    $taken.Bind([Net.IPEndPoint]::new([Net.IPAddress]::Loopback, 0))
    $port = $taken.LocalEndPoint.Port
    $secret = [Net.NetworkCredential]::new('', $key).SecurePassword
    $script:deadEnd = Connect-Copper -BaseUri "http://127.0.0.1:$port/v1" -UserEmail demo@copper.example -ApiKey $secret -SkipVerify `
        -MaxRetry 0 -PassThru

    $script:operations = @{
        'GET'                = @{ method = 'GET'; path = '^/people/1$'; call = { Get-CopperPerson 1 -Session $args[0] } }
        'search, later page' = @{ method = 'POST'; path = '^/people/search$'; after = 1; call = { Get-CopperPerson -Session $args[0] } }
        'create'             = @{ method = 'POST'; path = '^/people$'; call = { New-CopperPerson -Name $args[1] -Session $args[0] } }
        'PUT'                = @{
            method = 'PUT'; path = '^/people/2$'; call = { Set-CopperPerson 2 -Title $args[1] -PassThru -Session $args[0] }
        }
        'DELETE'             = @{
            method = 'DELETE'; path = '^/people/\d+$'
            prepare = { (New-CopperPerson -Name $args[1] -Session $args[0]).Id }
            call    = { Remove-CopperPerson $args[2] -PassThru -Confirm:$false -Session $args[0] }
        }
        'convert'            = @{
            method = 'POST'; path = '^/leads/\d+/convert$'
            prepare = { (New-CopperLead -Name $args[1] -Session $args[0]).Id }
            call    = { Convert-CopperLead $args[2] -Confirm:$false -Session $args[0] }
        }
        'bulk create'        = @{
            method = 'POST'; path = '^/people/bulk_create$'
            call = {
                [pscustomobject]@{ Name = $args[1] }, [pscustomobject]@{ Name = $args[1] + ' too' } |
                    New-CopperPerson -Bulk -Session $args[0]
            }
        }
    }
    $script:faults = @{
        'reset before the request is read'         = { @{ kind = 'reset-before' } }
        'reset after it was carried out'           = { @{ kind = 'reset-after' } }
        'reset in the middle of the response'      = { @{ kind = 'reset-body' } }
        'JSON that is cut off'                     = { @{ kind = 'truncate-json' } }
        'no response at all'                       = { @{ kind = 'hang' } }
        'a response that arrives slowly'           = { @{ kind = 'slow-body'; msPerChunk = 1; bytesPerChunk = 2000 } }
        '429'                                      = { @{ kind = 'status'; status = 429; body = '' } }
        '429 with Retry-After in seconds'          = { @{ kind = 'status'; status = 429; headers = @{ 'Retry-After' = '200' } } }
        '429 with Retry-After as a date'           = {
            @{ kind = 'status'; status = 429; headers = @{ 'Retry-After' = [DateTimeOffset]::UtcNow.AddSeconds(200).ToString('R') } }
        }
        '500'                                      = { @{ kind = 'status'; status = 500 } }
        '502 with a web page'                      = {
            @{ kind = 'status'; status = 502; body = "<html><head><title>502 Bad Gateway</title></head><body>$key</body></html>" }
        }
        '503'                                      = { @{ kind = 'status'; status = 503 } }
        '401 in the middle of a run'               = {
            @{ kind = 'status'; status = 401; body = "{`"message`":`"The key $key is not valid`"}" }
        }
        'redirect to another host (301, 307, 308)' = {
            @{ kind = 'redirect'; status = 307; location = "http://127.0.0.1:9/elsewhere?key=$key" }
        }
        'redirect to another page (302, 303)'      = {
            @{ kind = 'redirect'; status = 303; location = "http://127.0.0.1:9/elsewhere?key=$key" }
        }
        '408, 409, 425, 499'                       = {
            @{ kind = 'status'; status = 499; body = "<html><title>Closed $key</title></html>" }
        }
        '200 without a body'                       = { @{ kind = 'empty' } }
        '200 with a web page'                      = { @{ kind = 'not-json' } }
        'gzip, asked for or not'                   = { @{ kind = 'gzip' } }
        'chunked'                                  = { @{ kind = 'chunked' } }
    }
    $script:count = 0

    # What goes into a call: the fault is armed for just the request that it is about.
    function New-Trial($Operation, $Fault, $Session) {
        $way = $operations[$Operation]
        $script:count++
        $name = "Somebody $count"
        $id = if ($way.prepare) { & $way.prepare $Session $name }
        $match = @{ method = $way.method; path = $way.path; after = [int] $way.after }
        @{ way = $way; name = $name; id = $id; fault = if ($faults[$Fault]) { (& $faults[$Fault]) + @{ match = $match } } }
    }

    function Get-Sent($Sandbox, $Trial) {
        Get-SandboxJournal $Sandbox | Where-Object { $_.method -eq $Trial.way.method -and $_.path -match $Trial.way.path }
    }

    # Everything that a call says, with all streams open; and whether it ended the pipeline. Text, since it runs in other runspaces, too.
    $script:listen = {
        param($call, $session, $name, $id)
        $Error.Clear()
        $block = [scriptblock]::Create($call)
        $given = $session, $name, $id
        $stops = @{}
        $said = @(& {
                $VerbosePreference = $DebugPreference = $InformationPreference = $WarningPreference = $ErrorActionPreference = 'Continue'
                try { . $block @given } catch { $stops.here = $true; $_ }
            } *>&1)
        @{ said = $said; stops = [bool] $stops.here; errors = @($Error) }
    }

    # A service that answers none of the operations: all of them begin now, and nobody waits for them before the others are done.
    # So the time allowed can be long enough for a busy machine.
    $silent = Start-SandboxHost -People 210 -ApiKey $key
    $script:impatient = Connect-SandboxHost $silent ($own + @{ TimeoutSec = 10 })
    $script:unanswered = @{}
    foreach ($operation in $operations.Keys) {
        $unanswered[$operation] = New-Trial -Operation $operation -Fault 'no response at all' -Session $impatient
    }
    Set-SandboxFault $silent @($unanswered.Values | ForEach-Object { $_.fault })
    Clear-SandboxJournal $silent
    $initial = [Management.Automation.Runspaces.InitialSessionState]::CreateDefault()
    $initial.ImportPSModule(@(Join-Path (Get-ModulePath) 'CopperPS.psd1'))
    foreach ($trial in $unanswered.Values) {
        $trial.shell = [powershell]::Create($initial)
        $null = $trial.shell.AddScript("$listen")
        $null = $trial.shell.AddArgument("$($trial.way.call)").AddArgument($impatient).AddArgument($trial.name).AddArgument($trial.id)
        $trial.running = $trial.shell.BeginInvoke()
    }

    # Some pages come, then the service is gone.
    function Invoke-WithoutService($Trial) {
        $mortal = Start-SandboxHost -People 210 -ApiKey $key -OwnProcess
        try {
            $used = Connect-SandboxHost $mortal $own
            $call = "`$service = `$args[1].Process; $($Trial.way.call) | " +
            'ForEach-Object { if (-not $service.HasExited) { $service.Kill(); $service.WaitForExit() }; $_ }'
            & $listen $call $used $mortal
        }
        finally {
            Disconnect-Copper $used
            Stop-SandboxHost $mortal
        }
    }
}

AfterAll {
    if ($unanswered) { $unanswered.Values | ForEach-Object { $_.shell.Dispose() } }
    $session, $impatient, $deadEnd | ForEach-Object { Disconnect-Copper $_ }
    if ($taken) { $taken.Dispose() }
    Stop-SandboxHost $silent
    Stop-SandboxHost $sandbox
}

Describe 'When something goes wrong on the way' {
    It '<fault>, <operation>: <word>' -ForEach $cells {
        if ($fault -eq 'no response at all') {
            $trial = $unanswered[$operation]
            $trial.result = $trial.shell.EndInvoke($trial.running)[0]
            $trial.sent = @(Get-Sent $silent $trial)
        }
        else {
            # After a 429 all sessions of the account wait, so each has a service of its own.
            $service = if ($fault -like '429*') { Start-SandboxHost -People 210 -ApiKey $key } else { $sandbox }
            $apart = if ($fault -like '429*') { Connect-SandboxHost $service $own } else { $session }
            $trial = New-Trial -Operation $operation -Fault $fault -Session $apart
            $used = if ($fault -eq 'connection refused') { $deadEnd } else { $apart }
            if ($trial.fault) { Set-SandboxFault $service $trial.fault }
            Clear-SandboxJournal $service
            $trial.result = if ($fault -eq 'connection refused' -and $operation -like 'search*') { Invoke-WithoutService $trial }
            else { & $listen "$($trial.way.call)" $used $trial.name $trial.id }
            $trial.sent = @(Get-Sent $service $trial)
            Set-SandboxFault $service
            if ($fault -like '429*') {
                Disconnect-Copper $used
                Stop-SandboxHost $service
            }
        }
        $said = $trial.result.said

        # The error, by the word of the table, for each item of the request.
        $problems = @($said | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
        $expected = @(switch ($word) { 'done' { } 'unknown' { 'CopperOutcomeUnknown' } default { $errorId } })
        if ($expected -and $operation -eq 'bulk create' -and -not $trial.result.stops) { $expected *= 2 }
        $problems | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } | Should -Be $expected
        $trial.result.stops | Should -Be ($word -eq 'stop')
        if ($word -eq 'unknown') { $problems[0].Exception.Message | Should -Match 'unknown.*look .* before you try again' }

        # Records that came stay, and how to go on is said.
        $records = @($said | Where-Object { $_.PSObject.TypeNames -like 'Copper*' })
        $warnings = @($said | Where-Object { $_ -is [Management.Automation.WarningRecord] })
        if ($operation -like 'search*' -and $expected) {
            $records | Should -HaveCount 200
            "$warnings" | Should -BeLike '*-Skip 200 goes on from there*'
        }
        elseif ($expected) { $records | Should -BeNullOrEmpty }
        else { $records | Should -Not -BeNullOrEmpty }

        # After a refusal all wait: for a second, or as long as the service asks.
        if ($fault -like '429*') {
            "$warnings" | Should -Match 'wait (\d+)\.\d s'
            $wait = [int] [regex]::Match("$warnings", 'wait (\d+)').Groups[1].Value
            if ($fault -like '*Retry-After*') { $wait | Should -BeIn (100..200) } else { $wait | Should -BeIn 0, 1 }
        }

        # Sent once; made once or not at all.
        $trial.sent.Count | Should -Be $(if ($fault -eq 'connection refused') { 0 } elseif ($operation -like 'search*') { 2 } else { 1 })
        if ($operation -in 'create', 'bulk create' -and $fault -notlike '429*') {
            @(
                Get-CopperPerson -Name $trial.name -Session $(if ($fault -eq 'no response at all') { $impatient } else { $session }) |
                    Where-Object Name -EQ $trial.name
                ).Count | Should -BeLessOrEqual 1
            }

            # Whatever was said.
            $text = @($said; $trial.result.errors | ForEach-Object { $_.Exception.ToString(); $_ | Format-List * -Force }) |
                Out-String -Width 4000
        $text | Should -Not -BeLike "*$key*"
        $text | Should -Match 'GET|POST|PUT|DELETE'
    }
}

Describe 'A search that ends early' {
    It 'says how to go on, and what is said is right: <what>' -ForEach @(
        @{
            what = '-Skip counts from the beginning'; count = 180
            call = { Get-CopperPerson -PageSize 20 -Skip 30 -Session $session @silently }
            rest = { Get-CopperPerson -Skip $args[0] -Session $session }; says = '-Skip (\d+) goes on'
        }
        @{
            what = 'the pages of Invoke-CopperRequest'; count = 210
            call = { Invoke-CopperRequest people/search -Method Post -Body @{ page_size = 30 } -All -Session $session @silently }
            says = 'page_number (\d+) of page_size 30'
            rest = {
                $args[0]..7 |
                    ForEach-Object {
                        Invoke-CopperRequest people/search -Method Post -Body @{ page_size = 30; page_number = $_ } -Session $session
                    }
            }
        }
    ) {
        Reset-SandboxHost $sandbox
        # Whether something was read ahead makes no difference.
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 500; times = -1; match = @{ path = 'search$'; after = if ($what -like 'the pages*') { 2 } else { 4 } }
        }
        $script:silently = @{
            ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems'; WarningAction = 'SilentlyContinue'; WarningVariable = 'warnings'
        }
        $came = @(. $call)
        Set-SandboxFault $sandbox
        @($problems | Where-Object { $_ -is [Management.Automation.ErrorRecord] }).FullyQualifiedErrorId |
            Should -BeLike 'CopperServerError,*'
        @($warnings).Count | Should -Be 1
        "$warnings" | Should -Match $says
        $all = @($came; & $rest ([int] [regex]::Match("$warnings", $says).Groups[1].Value)) | ForEach-Object { $_.Id }
        $all.Count | Should -Be $count
        @($all | Sort-Object -Unique).Count | Should -Be $count
    }
}

Describe 'A deletion that is repeated' {
    It 'is done when the repetition finds nothing: the first one was carried out' {
        $patient = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 1; PassThru = $true }
        Set-SandboxFault $sandbox @{ kind = 'reset-after'; times = 1; match = @{ method = 'DELETE' } }
        Clear-SandboxJournal $sandbox
        Remove-CopperPerson 9 -PassThru -Confirm:$false -Session $patient -ErrorVariable problems | ForEach-Object Id | Should -Be 9
        $problems | Should -BeNullOrEmpty
        Get-SandboxJournal $sandbox | ForEach-Object status | Select-Object -Last 1 | Should -Be 404
        Disconnect-Copper $patient
    }
}

Describe 'A long wait' {
    It 'before a repetition is a warning, so that nobody takes it for the end' {
        $patient = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 1; PassThru = $true }
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 503; headers = @{ 'Retry-After' = '60' } }
        Clear-SandboxJournal $sandbox
        # It stops at the warning, and the wait with it.
        { Get-CopperPerson 1 -Session $patient -WarningAction Stop } |
            Should -Throw '*GET /people/1 failed (attempt 1, status 503) and is retried in 6[01].? s*'
        @(Get-SandboxJournal $sandbox).Count | Should -Be 1
        Disconnect-Copper $patient
    }
}

Describe 'A pipeline that breaks off' {
    It 'says how many items of a group were not sent' {
        $child = Invoke-ChildPowerShell {
            Connect-Copper -Sandbox
            try {
                1..3 | ForEach-Object { if ($_ -eq 3) { throw 'no more' }; [pscustomobject]@{ Name = "Left behind $_" } } |
                    New-CopperPerson -Bulk
            }
            catch { "$_" }
            @(Get-CopperPerson -Name 'Left behind').Count
        }
        $child.ErrorOutput | Should -Be ''
        "$($child.Output)" -replace '\s+', ' ' |
            Should -Match 'New-CopperPerson: the pipeline ended before the last group was complete\. Its 2 items were not sent\.'
        $child.Output | Should -Contain 'no more'
        $child.Output[-1] | Should -Be '0'
    }
}
