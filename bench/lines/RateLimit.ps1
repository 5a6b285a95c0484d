# Long searches under a limit that is enforced, 300 ms away.
function Measure-RateLimit([int] $Pages = 120) {
    $latency = 0.3
    $sandbox = Start-BenchHost -People (200 * $Pages) -RateLimit '36/6s' -Setting @{ latency = [int] (1000 * $latency) }
    try {
        Connect-SandboxHost $sandbox @{ RateLimit = '36/6s'; SkipVerify = $true }
        $before = Get-HostStatistic $sandbox
        $ours = (Measure-Command { Get-CopperPerson | Out-Null }).TotalSeconds
        $after = Get-HostStatistic $sandbox

        # A place is free again six seconds after its answer: the earliest moment at which the service has surely forgotten the request.
        # The best schedule asks for 36 pages at once and loses no moment; but each of its requests takes as long as one takes here.
        Start-Sleep -Seconds 7
        $trip = Measure-RoundTrip $sandbox
        $best = [Math]::Floor(($Pages - 1) / 36) * (6 + $trip) + $trip
        $name = "$Pages pages, 36 per 6 s, 300 ms away"
        # Three trips go by before many pages are under way: the first page, the second, and the third, which is asked for when
        # half of the second is taken. The last twelve pages wait for the places that the first twelve have given back.
        $cautious = $best + 3 * $trip
        $why = 'who stops early may cost the service one request that was in vain, so three round trips go by before many are under way. With them, {0:0.0} s are the best possible ({1:0.000}).' -f $cautious, ($cautious / $best)
        New-Line -Name $name -Ours ('{0:0.0} s' -f $ours) -Rival 'the best possible schedule' -Theirs ('{0:0.0} s' -f $best) -Ratio ('{0:0.00}' -f ($ours / $best)) -Goal 'at most 1.05' -Met ($ours / $best -le 1.05) -Why $why
        $refused = $after.rateLimited - $before.rateLimited
        New-Line -Name '  refused with 429' -Ours "$refused" -Goal '0' -Met ($refused -eq 0)

        Start-Sleep -Seconds 7
        $page = Get-PageReader $sandbox
        $loop = (Measure-Command { Read-AllPage $page | Out-Null }).TotalSeconds
        New-Line -Name $name -Ours ('{0:0.0} s' -f $ours) -Rival 'one page after the other' -Theirs ('{0:0.0} s' -f $loop) -Ratio ('{0:0.00}' -f ($ours / $loop))
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
            (Measure-Command { $client.PostAsync("$($SandboxHost.BaseUri)/people/search", $body).GetAwaiter().GetResult().EnsureSuccessStatusCode() }).TotalSeconds
        }
        Get-Median $times
    }
    finally { $client.Dispose() }
}
