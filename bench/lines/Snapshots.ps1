# A snapshot of an account with 20,000 people: hardly more requests than full pages, and no more memory for ten times the people.
function Measure-Snapshot([int] $People = 20000) {
    $records = [ordered]@{ companies = 5000; leads = 3000; opportunities = 2000; projects = 500; tasks = 3000; activities = 60000 }
    $sandbox = Start-BenchHost -People $People -Setting $records
    $folder = Join-Path ([IO.Path]::GetTempPath()) "copper-bench-$([guid]::NewGuid())"
    try {
        Connect-SandboxHost $sandbox @{ RateLimit = '1000000/1s' }
        $before = (Get-HostStatistic $sandbox).requests
        $snapshot = Backup-CopperAccount (Join-Path $folder whole) -PassThru
        $requests = (Get-HostStatistic $sandbox).requests - $before
        if (-not $snapshot.IsComplete -or $snapshot.Records -ne $People + ($records.Values | Measure-Object -Sum).Sum) {
            throw "The snapshot has $($snapshot.Records) records."
        }
        $fewest = 15 + (@($People) + @($records.Values) | ForEach-Object { [Math]::Ceiling($_ / 200) } | Measure-Object -Sum).Sum
        $ratio = $requests / $fewest
        New-Line -Name "Backup of an account with $People people" -Ours "$requests requests" -Rival 'full pages and 15 lists' `
            -Theirs "$fewest requests" -Ratio ('{0:0.000}' -f $ratio) -Goal 'at most 1.05' -Met ($ratio -le 1.05)
        Disconnect-Copper
        $few = Measure-BackupMemory $sandbox $folder
    }
    finally { Stop-SandboxHost $sandbox }

    $sandbox = Start-BenchHost -People ($People * 10)
    try { $many = Measure-BackupMemory $sandbox $folder }
    finally {
        Stop-SandboxHost $sandbox
        Remove-Item -LiteralPath $folder -Recurse -Force
    }
    New-MemoryLine -Name "Peak memory of a backup of $($People * 10) people" -Ours $many -Rival "itself for $People" -Theirs $few `
        -AtMost 1.1 -Why ('as for reading, .NET compiles hot methods a second time during the long run; ' +
        'what is kept of each person is 24 bytes of an index.')
}

function Measure-BackupMemory($SandboxHost, [string] $Folder, [int] $Rounds = 3) {
    $shell = Get-PowerShellCommand
    $child = [IO.Path]::Combine($PSScriptRoot, '..', 'BackupPeople.ps1')
    $account = '-BaseUri', $SandboxHost.BaseUri, '-UserEmail', $SandboxHost.UserEmail, '-ApiKey', $SandboxHost.ApiKey
    $peaks = foreach ($round in 1..$Rounds) {
        $target = Join-Path $Folder ([guid]::NewGuid())
        $bytes = & $shell.FilePath @($shell.ArgumentList) -File $child -Folder $target @account
        if ($LASTEXITCODE -ne 0) { throw "BackupPeople.ps1 failed: $bytes" }
        Remove-Item -LiteralPath $target -Recurse -Force
        [double] @($bytes)[-1] / 1MB
    }
    Get-Median $peaks
}
