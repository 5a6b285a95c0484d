# The table of docs/reliability.md at the prompt: each cell through a cmdlet that may not repeat anything, so that what is sent again
# shows as its error. How it goes on after a wait is proved, cell by cell, by the tests of Copper.Client.
# On the way every stream is searched for the key: nothing that goes wrong may tell it.

BeforeDiscovery {
    $lines = Get-Content ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'reliability.md')) | Where-Object { $_ -match '^\|' }
    $start = 0
    while ($lines[$start] -notmatch '^\| what goes wrong ') { $start++ }
    $headings = $lines[$start].Trim('|').Split('|').Trim()
    # Each 429 makes the account wait a second, and each silence lasts one: two operations tell enough.
    $slow = 'GET', 'create'
    $script:cells = foreach ($line in $lines | Select-Object -Skip ($start + 2)) {
        $row = $line.Trim('|').Split('|').Trim()
        if ($row.Count -ne $headings.Count) { break }
        foreach ($column in 1..7) {
            if ($row[0] -match '429|no answer' -and $headings[$column] -notin $slow) { continue }
            # At the prompt everything is refused, or nothing: a later page cannot be.
            if ($row[0] -eq 'connection refused' -and $headings[$column] -match 'search') { continue }
            @{ fault = $row[0]; operation = $headings[$column]; word = $row[$column]; errorId = $row[8] }
        }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $key = 'planted-5ecret-key'
    # A little more than a page.
    $sandbox = Start-SandboxHost -People 210 -ApiKey $key
    $own = @{ RateLimit = '100000/1s'; MaxRetry = 0; PassThru = $true }
    $script:session = Connect-SandboxHost $sandbox $own
    $script:impatient = Connect-SandboxHost $sandbox ($own + @{ TimeoutSec = 1 })
    $secret = [Net.NetworkCredential]::new('', $key).SecurePassword
    $script:deadEnd = Connect-Copper -BaseUri 'http://127.0.0.1:9/v1' -UserEmail demo@copper.example -ApiKey $secret -SkipVerify -MaxRetry 0 -PassThru

    $script:operations = @{
        'GET'                = @{ method = 'GET'; path = '^/people/1$'; call = { Get-CopperPerson 1 -Session $args[0] } }
        'search, later page' = @{ method = 'POST'; path = '^/people/search$'; after = 1; call = { Get-CopperPerson -Session $args[0] } }
        'create'             = @{ method = 'POST'; path = '^/people$'; call = { New-CopperPerson -Name $args[1] -Session $args[0] } }
        'PUT'                = @{ method = 'PUT'; path = '^/people/2$'; call = { Set-CopperPerson 2 -Title $args[1] -PassThru -Session $args[0] } }
        'DELETE'             = @{
            method = 'DELETE'; path = '^/people/\d+$'
            prepare = { (New-CopperPerson -Name $args[1] -Session $args[0]).Id }; call = { Remove-CopperPerson $args[2] -PassThru -Confirm:$false -Session $args[0] }
        }
        'convert'            = @{
            method = 'POST'; path = '^/leads/\d+/convert$'
            prepare = { (New-CopperLead -Name $args[1] -Session $args[0]).Id }; call = { Convert-CopperLead $args[2] -Confirm:$false -Session $args[0] }
        }
        'bulk create'        = @{
            method = 'POST'; path = '^/people/bulk_create$'
            call = { [pscustomobject]@{ Name = $args[1] }, [pscustomobject]@{ Name = $args[1] + ' too' } | New-CopperPerson -Bulk -Session $args[0] }
        }
    }
    $script:faults = @{
        'reset before the request is read'  = { @{ kind = 'reset-before' } }
        'reset after it was carried out'    = { @{ kind = 'reset-after' } }
        'reset in the middle of the answer' = { @{ kind = 'reset-body' } }
        'JSON that is cut off'              = { @{ kind = 'truncate-json' } }
        'no answer at all'                  = { @{ kind = 'hang' } }
        'an answer that drips in'           = { @{ kind = 'slow-body'; msPerChunk = 1; bytesPerChunk = 2000 } }
        '429'                               = { @{ kind = 'status'; status = 429; body = '' } }
        '429 with Retry-After in seconds'   = { @{ kind = 'status'; status = 429; headers = @{ 'Retry-After' = '1' } } }
        '429 with Retry-After as a date'    = { @{ kind = 'status'; status = 429; headers = @{ 'Retry-After' = [DateTimeOffset]::UtcNow.AddSeconds(1).ToString('R') } } }
        '500'                               = { @{ kind = 'status'; status = 500 } }
        '502 with a web page'               = { @{ kind = 'status'; status = 502; body = "<html><head><title>502 Bad Gateway</title></head><body>$key</body></html>" } }
        '503'                               = { @{ kind = 'status'; status = 503 } }
        '401 in the middle of a run'        = { @{ kind = 'status'; status = 401; body = "{`"message`":`"The key $key is not valid`"}" } }
        'redirect to another host'          = { @{ kind = 'redirect'; location = "http://127.0.0.1:9/elsewhere?key=$key" } }
        '200 without a body'                = { @{ kind = 'empty' } }
        '200 with a web page'               = { @{ kind = 'not-json' } }
        'gzip, asked for or not'            = { @{ kind = 'gzip' } }
        'chunked'                           = { @{ kind = 'chunked' } }
    }
    $script:count = 0
}

AfterAll {
    $session, $impatient, $deadEnd | ForEach-Object { Disconnect-Copper $_ }
    Stop-SandboxHost $sandbox
}

Describe 'When something goes wrong on the way' {
    It '<fault>, <operation>: <word>' -ForEach $cells {
        $way = $operations[$operation]
        $script:count++
        $name = "Somebody $count"
        $id = if ($way.prepare) { & $way.prepare $session $name }
        $used = switch ($fault) { 'connection refused' { $deadEnd } 'no answer at all' { $impatient } default { $session } }
        if ($fault -ne 'connection refused') {
            Set-SandboxFault $sandbox ((& $faults[$fault]) + @{ match = @{ method = $way.method; path = $way.path; after = [int] $way.after } })
        }
        Clear-SandboxJournal $sandbox
        $Error.Clear()
        $stops = @{}
        $said = @(& {
                $VerbosePreference = $DebugPreference = $InformationPreference = $WarningPreference = $ErrorActionPreference = 'Continue'
                try { & $way.call $used $name $id } catch { $stops.here = $true; $_ }
            } *>&1)
        $sent = @(Get-SandboxJournal $sandbox | Where-Object { $_.method -eq $way.method -and $_.path -match $way.path })
        Set-SandboxFault $sandbox

        # The error, by the word of the table, for each item of the request.
        $problems = @($said | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
        $expected = @(switch ($word) { 'done' { } 'unknown' { 'CopperOutcomeUnknown' } default { $errorId } })
        if ($expected -and $operation -eq 'bulk create' -and -not $stops.here) { $expected *= 2 }
        $problems | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } | Should -Be $expected
        [bool] $stops.here | Should -Be ($word -eq 'stop')
        if ($word -eq 'unknown') { $problems[0].Exception.Message | Should -Match 'unknown.*look .* before you try again' }

        # Records that came stay, and how to go on is said.
        $records = @($said | Where-Object { $_.PSObject.TypeNames -like 'Copper*' })
        $warnings = @($said | Where-Object { $_ -is [Management.Automation.WarningRecord] -and "$_" -like '*-Skip*' })
        if ($operation -like 'search*' -and $expected) {
            $records | Should -HaveCount 200
            "$warnings" | Should -BeLike '*-Skip 200 goes on from there*'
        }
        elseif ($expected) { $records | Should -BeNullOrEmpty }
        else { $records | Should -Not -BeNullOrEmpty }

        # Sent once; made once or not at all.
        $sent.Count | Should -Be $(if ($fault -eq 'connection refused') { 0 } elseif ($operation -like 'search*') { 2 } else { 1 })
        if ($operation -eq 'create' -or $operation -eq 'bulk create') { @(Get-CopperPerson -Name $name -Session $session | Where-Object Name -EQ $name).Count | Should -BeLessOrEqual 1 }

        # Whatever was said.
        $text = @($said; $Error | ForEach-Object { $_.Exception.ToString(); $_ | Format-List * -Force }) | Out-String -Width 4000
        $text | Should -Not -BeLike "*$key*"
        $text | Should -Match 'GET|POST|PUT|DELETE'
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
