# Long searches under a limit that is enforced, 300 ms away.
function Measure-RateLimit([int] $Pages = 120) {
    $latency = 0.3
    $sandbox = Start-BenchHost -People (200 * $Pages) -RateLimit '36/6s' -Setting @{ latency = [int] (1000 * $latency) }
    try {
        Connect-SandboxHost $sandbox @{ RateLimit = '36/6s'; SkipVerify = $true }
        $before = Get-HostStatistic $sandbox
        # The host renders each page once; that is not what is measured. After it all permits have to be free.
        Get-CopperPerson | Out-Null
        Start-Sleep -Seconds 7
        $ours = (Measure-Command { Get-CopperPerson | Out-Null }).TotalSeconds
        $after = Get-HostStatistic $sandbox

        # A permit is free again six seconds after the response: only then does the service surely no longer count the request.
        # The best schedule asks for 36 pages at once and loses no moment; but each of its requests takes as long as one takes here.
        Start-Sleep -Seconds 7
        $trip = Measure-RoundTrip $sandbox
        $best = [Math]::Floor(($Pages - 1) / 36) * (6 + $trip) + $trip
        $name = "$Pages pages, 36 per 6 s, 300 ms away"
        # Two round trips pass before many pages are in flight: the first page, then the second and the third. The last twelve pages
        # wait for the permits that the first twelve have released.
        $cautious = $best + 2 * $trip
        $why = 'a consumer that stops within its first three pages may cost at most one request in vain, so it takes two round trips ' +
        'before many requests are in flight. ' +
        'With them, {0:0.0} s are the best possible ({1:0.000}). The next line is without that caution.' -f $cautious, ($cautious / $best)
        $ratio = $ours / $best
        New-Line -Name $name -Ours ('{0:0.0} s' -f $ours) -Rival 'the best possible schedule' -Theirs ('{0:0.0} s' -f $best) `
            -Ratio ('{0:0.00}' -f $ratio) -Goal 'at most 1.03' -Met ($ratio -le 1.03) -Why $why

        Start-Sleep -Seconds 7
        Import-BenchProgram
        $reading = [Copper.Client.Bench.PeopleReading]::new($sandbox.BaseUri, $sandbox.UserEmail, $sandbox.ApiKey, '36/6s')
        $count = @{}
        try { $list = (Measure-Command { $count.People = $reading.ReadList() }).TotalSeconds }
        finally { $reading.Dispose() }
        if ($count.People -ne 200 * $Pages) { throw "Read $($count.People) people." }
        $ratio = $list / $best
        New-Line -Name '  by Copper.Client, all of them (ToListAsync)' -Ours ('{0:0.0} s' -f $list) -Rival 'the best possible schedule' `
            -Theirs ('{0:0.0} s' -f $best) -Ratio ('{0:0.00}' -f $ratio) -Goal 'at most 1.03' -Met ($ratio -le 1.03)
        $rejected = $after.rateLimited - $before.rateLimited
        New-Line -Name '  rejected with 429' -Ours "$rejected" -Goal '0' -Met ($rejected -eq 0)

        Start-Sleep -Seconds 7
        $page = Get-PageReader $sandbox
        $loop = (Measure-Command { Read-AllPage $page | Out-Null }).TotalSeconds
        New-Line -Name $name -Ours ('{0:0.0} s' -f $ours) -Rival 'one page after the other' -Theirs ('{0:0.0} s' -f $loop) `
            -Ratio ('{0:0.00}' -f ($ours / $loop))
    }
    finally {
        Disconnect-Copper
        Stop-SandboxHost $sandbox
    }
}

function Measure-Rate {
    # What the rate of today's documentation saves. All windows and the way to the service are 20 times shorter than the real ones, and
    # the time that is shown 20 times longer than what was measured.
    $faster = 20
    $default = '36/300ms', '180/3s', '600/30s'
    $sandbox = Start-BenchHost -People 250000 -RateLimit '180/3s' -Setting @{ latency = 300 / $faster; 'search-cap' = 100000 }
    try {
        # The host renders each page once, and .NET compiles what is used for the first time: that is not what is measured.
        Connect-SandboxHost $sandbox @{ RateLimit = '180/3s'; SkipVerify = $true }
        Get-CopperPerson | Out-Null
        foreach ($people in 100000, 250000) {
            $minutes = foreach ($limit in @('180/3s'), $default) {
                # The windows of the run before are over.
                Start-Sleep -Seconds 31
                Connect-SandboxHost $sandbox @{ RateLimit = $limit; SkipVerify = $true }
                (Measure-Command { Get-CopperPerson -First $people | Out-Null }).TotalMinutes * $faster
                Disconnect-Copper
            }
            New-Line -Name "$people people with -RateLimit Documented" -Ours ('{0:0.0} min' -f $minutes[0]) -Rival 'the default limit' `
                -Theirs ('{0:0.0} min' -f $minutes[1]) -Ratio ('{0:0.00}' -f ($minutes[0] / $minutes[1]))
        }
        $rejected = (Get-HostStatistic $sandbox).rateLimited
        New-Line -Name '  rejected with 429' -Ours "$rejected" -Goal '0' -Met ($rejected -eq 0)
    }
    finally {
        Disconnect-Copper
        Stop-SandboxHost $sandbox
    }
}

function Measure-RoundTrip($SandboxHost) {
    # Seconds from asking for a page to having its bytes, which are not read any further.
    Add-Type -AssemblyName System.Net.Http
    $client = [Net.Http.HttpClient]::new()
    try {
        $client.DefaultRequestHeaders.Add('X-PW-AccessToken', $SandboxHost.ApiKey)
        $client.DefaultRequestHeaders.Add('X-PW-Application', 'developer_api')
        $client.DefaultRequestHeaders.Add('X-PW-UserEmail', $SandboxHost.UserEmail)
        $times = foreach ($round in 1..5) {
            $body = [Net.Http.StringContent]::new('{"page_size":200}', [Text.Encoding]::UTF8, 'application/json')
            (Measure-Command {
                $client.PostAsync("$($SandboxHost.BaseUri)/people/search", $body).GetAwaiter().GetResult().EnsureSuccessStatusCode()
            }).TotalSeconds
        }
        Get-Median $times
    }
    finally { $client.Dispose() }
}
