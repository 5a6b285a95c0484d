# More people than one search of the service returns: all of them, each once, with hardly more requests than pages.
function Measure-BeyondTheCeiling([int] $People = 250000) {
    $sandbox = Start-BenchHost -People $People -Setting @{ 'search-cap' = 100000 }
    try {
        Connect-SandboxHost $sandbox @{ RateLimit = '1000000/1s' }
        $before = (Get-HostStatistic $sandbox).requests
        $seen = [Collections.Generic.HashSet[long]]::new()
        $records = 0
        Get-CopperPerson | ForEach-Object { $records++; $null = $seen.Add($_.Id) }
        $requests = (Get-HostStatistic $sandbox).requests - $before
        if ($records -ne $People -or $seen.Count -ne $People) {
            throw "$records records with $($seen.Count) different ids were returned instead of $People."
        }
        $fewest = $People / 200
        $ratio = $requests / $fewest
        New-Line -Name "$People people beyond the 100,000 of one search" -Ours "$requests requests" -Rival 'full pages' `
            -Theirs "$fewest requests" -Ratio ('{0:0.000}' -f $ratio) -Goal 'at most 1.05' -Met ($ratio -le 1.05)
    }
    finally {
        Disconnect-Copper
        Stop-SandboxHost $sandbox
    }
}
