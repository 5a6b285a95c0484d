# 20,000 people without latency and limit: what the cmdlet itself costs.
function Measure-Reading([int] $Rounds, [int] $People = 20000) {
    $sandbox = Start-BenchHost -People $People
    try {
        Connect-SandboxHost $sandbox @{ RateLimit = '1000000/1s' }
        $page = Get-PageReader $sandbox
        # The host renders each page once; that is not what is measured.
        Get-CopperPerson | Out-Null
        Read-AllPage $page | Out-Null

        $pair = Measure-Pair -Rounds $Rounds -Ours { Get-CopperPerson | Out-Null } -Theirs { Read-AllPage $page | Out-Null }
        New-TimeLine "Read $People people" $pair.Ours 'Invoke-RestMethod loop' $pair.Theirs 0.2

        # C# in this process, on the module's own assembly, after rounds that do not count: the same for all of them.
        Import-BenchProgram
        $reading = [Copper.Client.Bench.PeopleReading]::new($sandbox.BaseUri, $sandbox.UserEmail, $sandbox.ApiKey)
        try {
            $count = @{}
            $times = foreach ($round in 1..(2 * $Rounds)) {
                [GC]::Collect()
                $time = @{ Bare = Measure-Command { $count.Bare = $reading.ReadBare() } }
                [GC]::Collect()
                $time.Sequential = Measure-Command { $count.Sequential = $reading.ReadSequentially() }
                [GC]::Collect()
                $time.Client = Measure-Command { $count.Client = $reading.Read() }
                [GC]::Collect()
                $time.Cmdlet = Measure-Command { Get-CopperPerson | Out-Null }
                if ($count.Values -ne $People) { throw "Read $($count.Values) people, not $People." }
                # The first half is for the just-in-time compiler.
                if ($round -gt $Rounds) { [pscustomobject] $time }
            }
        }
        finally {
            $reading.Dispose()
        }
        $bare, $sequential, $client, $cmdlet = foreach ($way in 'Bare', 'Sequential', 'Client', 'Cmdlet') {
            Get-Median $times.$way.TotalMilliseconds
        }
        $rival = 'HttpClient and JsonSerializer in C#'
        New-TimeLine '  by Copper.Client, page after page' $sequential $rival $bare 1.3
        New-TimeLine '  by Copper.Client, as it is' $client $rival $bare 1.3
        New-TimeLine '  by the cmdlet' $cmdlet $rival $bare 1.3
        New-TimeLine '  by the cmdlet' $cmdlet 'Copper.Client, as it is' $client 1.3 -Why (
            'PowerShell itself passes each object through the pipeline, which Copper.Client does not; the requests and the reading are ' +
            'the same.')

        $first = Measure-Pair -Rounds (3 * $Rounds) -Ours { Get-CopperPerson | Select-Object -First 1 | Out-Null } -Theirs {
            & $page 1 | Out-Null
        }
        $delay = $first.Ours - $first.Theirs
        New-Line -Name 'First object of a search' -Ours ('{0:N0} ms' -f $first.Ours) -Rival 'one Invoke-RestMethod' `
            -Theirs ('{0:N0} ms' -f $first.Theirs) -Ratio ('{0:+0;-0;0} ms' -f $delay) -Goal 'at most +30 ms' -Met ($delay -le 30)

        $before = (Get-HostStatistic $sandbox).requests
        $few = Measure-Pair -Rounds (3 * $Rounds) -Ours { Get-CopperPerson -First 5 | Out-Null } -Theirs { & $page 1 | Out-Null }
        $requests = ((Get-HostStatistic $sandbox).requests - $before) / (3 * $Rounds) - 1
        New-Line -Name 'Get-CopperPerson -First 5' -Ours ('{0:N0} ms' -f $few.Ours) -Rival 'one Invoke-RestMethod' `
            -Theirs ('{0:N0} ms' -f $few.Theirs) -Ratio "$requests request" -Goal '1 request' -Met ($requests -eq 1)
    }
    finally {
        Disconnect-Copper
        Stop-SandboxHost $sandbox
    }
}
