# What many records cost in requests, as the sandbox host counts them, and what a file of them costs in time.
function Measure-Request([int] $People = 20000) {
    $sandbox = Start-BenchHost -People $People
    try {
        Measure-ChangeOfMany $sandbox
        Measure-ManyId $sandbox
        Measure-CompanyName $sandbox
        Measure-NothingChanged $sandbox
        Measure-FlatFile $sandbox
    }
    finally {
        Disconnect-Copper
        Stop-SandboxHost $sandbox
    }
}

function Get-RequestCount($SandboxHost, [scriptblock] $Command) {
    # A session of its own, that has read its lists.
    Connect-SandboxHost $SandboxHost @{ RateLimit = '100000/1s' }
    $before = (Get-HostStatistic $SandboxHost).requests
    & $Command | Out-Null
    (Get-HostStatistic $SandboxHost).requests - $before
}

function New-RequestLine([string] $Name, [long] $Ours, [string] $Rival, [long] $Theirs, [long] $AtMost, [string] $Why) {
    New-Line -Name $Name -Ours "$Ours requests" -Rival $Rival -Theirs "$Theirs requests" -Ratio ('{0:0.000}' -f ($Ours / $Theirs)) `
        -Goal "at most $AtMost requests" -Met ($Ours -le $AtMost) -Why $Why
}

function Measure-ChangeOfMany($SandboxHost) {
    Connect-SandboxHost $SandboxHost @{ RateLimit = '100000/1s' }
    $rows = Get-CopperPerson -First 1000 | ForEach-Object { [pscustomobject]@{ Id = $_.Id; Title = "Title $($_.Id)" } }
    $all = Get-RequestCount $SandboxHost { $rows | Set-CopperPerson }
    New-RequestLine -Name '1000 rows of changed people' -Ours $all -Rival 'one by one' -Theirs 1000 -AtMost 107
    $none = Get-RequestCount $SandboxHost { $rows | Set-CopperPerson }
    New-RequestLine -Name '  the same rows again' -Ours $none -Rival 'one by one' -Theirs 1000 -AtMost 6
    for ($place = 0; $place -lt $rows.Count; $place += 5) { $rows[$place].Title = "Other $place" }
    $some = Get-RequestCount $SandboxHost { $rows | Set-CopperPerson }
    New-RequestLine -Name '  one of five changed' -Ours $some -Rival 'one by one' -Theirs 1000 -AtMost 30
    $output = Get-RequestCount $SandboxHost { $rows.Id | Set-CopperPerson -AddTag bench -PassThru }
    New-RequestLine -Name '1000 people -AddTag -PassThru' -Ours $output -Rival 'one by one' -Theirs 2000 -AtMost 107
}

function Measure-ManyId($SandboxHost) {
    Connect-SandboxHost $SandboxHost @{ RateLimit = '100000/1s' }
    $ids = (Get-CopperPerson -First 10000).Id | Sort-Object { ($_ * 7919) % 10007 }
    for ($place = 50; $place -lt $ids.Count; $place += 100) { $gone += , $ids[$place] }
    $gone | Remove-CopperPerson -Confirm:$false
    $count = @{}
    $requests = Get-RequestCount $SandboxHost {
        $count.Found = @(Get-CopperPerson $ids -ErrorVariable problems -ErrorAction SilentlyContinue).Count
        $count.Missing = $problems.Count
    }
    if ($count.Found -ne $ids.Count - $gone.Count -or $count.Missing -ne $gone.Count) {
        throw "$($count.Found) found and $($count.Missing) errors, for $($gone.Count) of $($ids.Count) that are missing."
    }
    New-RequestLine -Name "10000 ids, $($gone.Count) of them deleted" -Ours $requests -Rival 'one by one' -Theirs 10000 -AtMost 50
}

function Measure-CompanyName($SandboxHost) {
    Connect-SandboxHost $SandboxHost @{ RateLimit = '100000/1s' }
    $people = Get-CopperPerson -First 1000
    1..700 | ForEach-Object { [pscustomobject]@{ Name = "Bench Company $_" } } | New-CopperCompany -Bulk | Out-Null
    $names = (Get-CopperCompany -First 1000).Name
    $rows = for ($place = 0; $place -lt 1000; $place++) {
        [pscustomobject]@{ Name = "New $place"; Email = "new$place@requests.example"; Company = $names[$place] }
    }
    $pages = [Math]::Ceiling(@(Get-CopperCompany).Count / 200)
    # The company that the person has: what is looked up is all that is sent.
    $same = foreach ($person in $people | Where-Object CompanyName) {
        [pscustomobject]@{ Id = $person.Id; Company = $person.CompanyName }
    }

    $line = @{ Rival = 'a search each'; Theirs = 1000 }
    $requests = Get-CompanySearch $SandboxHost { $rows | Import-CopperRecord Person -MatchOn Email -PlanOnly }
    New-RequestLine -Name '1000 companies by name, Import' -Ours $requests @line -AtMost $pages
    $requests = Get-CompanySearch $SandboxHost { $rows | New-CopperPerson -Bulk }
    New-RequestLine -Name '1000 companies by name, New' -Ours $requests @line -AtMost 10
    $line.Theirs = $same.Count
    $requests = Get-RequestCount $SandboxHost { $same | Set-CopperPerson }
    New-RequestLine -Name "$($same.Count) rows with the company that each has" -Ours $requests @line -AtMost 10
}

function Get-CompanySearch($SandboxHost, [scriptblock] $Command) {
    Connect-SandboxHost $SandboxHost @{ RateLimit = '100000/1s' }
    Clear-SandboxJournal $SandboxHost
    & $Command | Out-Null
    @(Get-SandboxJournal $SandboxHost | Where-Object path -EQ '/companies/search').Count
}

function Measure-NothingChanged($SandboxHost) {
    # What was modified in the last ten minutes is read once more, so the account is one that nobody has changed.
    Reset-SandboxHost $SandboxHost
    $state = Join-Path ([IO.Path]::GetTempPath()) "CopperPS-requests-$PID.state"
    try {
        $first = Get-RequestCount $SandboxHost { Get-CopperChange $state }
        $again = Get-RequestCount $SandboxHost { Get-CopperChange $state }
        New-RequestLine -Name 'Changes since the last run: none' -Ours $again -Rival 'all records' -Theirs $first -AtMost 8
    }
    finally {
        Remove-Item -LiteralPath $state -ErrorAction Ignore
    }
}

function Measure-ThrottledFlatFile([string] $File) {
    # The same as users meet it: the service is 300 ms away and allows 36 requests per 6 s.
    $sandbox = Start-BenchHost -People 20000 -RateLimit '36/6s' -Setting @{ latency = 300 }
    try {
        $read, $all = foreach ($command in @(
                { Get-CopperPerson | Out-Null }
                { Get-CopperPerson | ConvertTo-CopperFlatRecord | Export-Csv $File -NoTypeInformation }
            )) {
            # A session of its own, once the permits of the one before are free.
            Start-Sleep -Seconds 7
            Connect-SandboxHost $sandbox @{ RateLimit = '36/6s'; SkipVerify = $true }
            (Measure-Command $command).TotalSeconds
            Disconnect-Copper
        }
        New-Line -Name '  36 requests per 6 s, 300 ms away' -Ours ('{0:0.0} s' -f $all) -Rival 'reading them' `
            -Theirs ('{0:0.0} s' -f $read) -Ratio ('{0:0.00}' -f ($all / $read)) -Goal 'at most 1.30' -Met ($all / $read -le 1.3)
    }
    finally { Stop-SandboxHost $sandbox }
}

function Measure-FlatFile($SandboxHost, [int] $Rounds = 5) {
    # In this process, warm: the first rounds do not count.
    Connect-SandboxHost $SandboxHost @{ RateLimit = '1000000/1s' }
    $file = Join-Path ([IO.Path]::GetTempPath()) "CopperPS-flat-$PID.csv"
    try {
        # What Export-Csv costs by itself; the rows are gone before anything else is measured.
        $rows = @(Get-CopperPerson | ConvertTo-CopperFlatRecord)
        $people = $rows.Count
        $columns = @($rows[0].PSObject.Properties).Count
        $csv = Get-Median (1..(2 * $Rounds) | ForEach-Object {
                (Measure-Command { $rows | Export-Csv $file -NoTypeInformation }).TotalMilliseconds
            } | Select-Object -Last $Rounds)
        $rows = $null
        $times = foreach ($round in 1..(2 * $Rounds)) {
            [GC]::Collect()
            $time = @{ Read = (Measure-Command { Get-CopperPerson | Out-Null }).TotalMilliseconds }
            [GC]::Collect()
            $time.All = (Measure-Command {
                    Get-CopperPerson | ConvertTo-CopperFlatRecord | Export-Csv $file -NoTypeInformation
                }).TotalMilliseconds
            if ($round -gt $Rounds) { [pscustomobject] $time }
        }
        $read, $all = foreach ($part in 'Read', 'All') { Get-Median $times.$part }
        New-Line -Name "$people people into a CSV file" -Ours ('{0:N0} ms' -f $all) -Rival 'reading them' `
            -Theirs ('{0:N0} ms' -f $read) -Ratio ('{0:0.00}' -f ($all / $read)) -Goal 'at most 1.30' -Met ($all / $read -le 1.3) -Why (
            'without a network and a limit, Export-Csv alone takes {0:N0} ms for rows that are there: with the reading, {1:0.00}. ' +
            'PowerShell itself also gives each row its {2} columns one by one. The next line is what users meet.' -f
            $csv, (($read + $csv) / $read), $columns)
        Measure-ThrottledFlatFile -File $file
    }
    finally {
        Remove-Item -LiteralPath $file -ErrorAction Ignore
    }
}
