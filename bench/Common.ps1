# What every measurement needs: medians, hosts, and the lines of the table.

function Get-Median([double[]] $Value) {
    @($Value | Sort-Object)[[int] [Math]::Floor($Value.Count / 2)]
}

function Measure-Pair {
    # Each round takes both, one after the other, so that both meet the same machine. Returns the medians in milliseconds.
    param([scriptblock] $Ours, [scriptblock] $Theirs, [int] $Rounds)

    $times = foreach ($round in 1..$Rounds) {
        [pscustomobject]@{
            Ours   = (Measure-Command $Ours).TotalMilliseconds
            Theirs = (Measure-Command $Theirs).TotalMilliseconds
        }
    }
    [pscustomobject]@{ Ours = Get-Median $times.Ours; Theirs = Get-Median $times.Theirs }
}

function New-Line {
    # One line of the table. Without a figure to be reached, -Goal is empty and -Met left out. -Why says what holds a goal that is
    # missed, and stands below the table when it is.
    param(
        [string] $Name, [string] $Ours, [string] $Rival, [string] $Theirs, [string] $Ratio, [string] $Goal, [Nullable[bool]] $Met,
        [string] $Why
    )

    [pscustomobject]@{
        Measurement = $Name
        CopperPS    = $Ours
        Rival       = $Rival
        Theirs      = $Theirs
        Ratio       = $Ratio
        Goal        = $Goal
        Met         = if ($null -eq $Met) { '' } elseif ($Met) { 'yes' } else { 'no' }
        Why         = if ($Met -eq $false) { $Why }
    }
}

function New-TimeLine([string] $Name, [double] $Ours, [string] $Rival, [double] $Theirs, [Nullable[double]] $AtMost,
    [string] $Why) {
    $ratio = $Ours / $Theirs
    $goal = @{ Why = $Why }
    if ($null -ne $AtMost) { $goal = @{ Goal = 'at most {0:0.00}' -f $AtMost; Met = $ratio -le $AtMost; Why = $Why } }
    New-Line -Name $Name -Ours ('{0:N0} ms' -f $Ours) -Rival $Rival -Theirs ('{0:N0} ms' -f $Theirs) -Ratio ('{0:0.00}' -f $ratio) @goal
}

function Start-BenchHost([int] $People, [string[]] $RateLimit = 'none', [hashtable] $Setting = @{}) {
    Start-SandboxHost -People $People -RateLimit $RateLimit -Setting (@{ 'keep-pages' = 'true' } + $Setting) -OwnProcess
}

function Import-BenchProgram {
    # The measurements in C#, for this process.
    $bench = Join-Path $PSScriptRoot 'Copper.Client.Bench'
    & dotnet build $bench --configuration Release --nologo --verbosity quiet '-tl:off' | Out-Null
    if ($LASTEXITCODE -ne 0) { throw 'Copper.Client.Bench does not compile.' }
    Add-Type -Path ([IO.Path]::Combine($bench, 'bin', 'Release', 'net10.0', 'Copper.Client.Bench.dll'))
}

function Get-PageReader($SandboxHost) {
    # What people write today: one page of 200 by Invoke-RestMethod.
    $headers = @{
        'X-PW-AccessToken' = $SandboxHost.ApiKey
        'X-PW-Application' = 'developer_api'
        'X-PW-UserEmail'   = $SandboxHost.UserEmail
    }
    $search = @{
        Uri = "$($SandboxHost.BaseUri)/people/search"; Method = 'Post'; Headers = $headers; ContentType = 'application/json'
        UseBasicParsing = $true
    }
    {
        param($Number) Invoke-RestMethod @search -Body "{`"page_number`":$Number,`"page_size`":200,`"sort_by`":`"date_created`"}"
    }.GetNewClosure()
}

function Read-AllPage([scriptblock] $Page) {
    $number = 0
    do {
        $number++
        $records = @(& $Page $number | ForEach-Object { $_ })
        $records
    } while ($records.Count -eq 200)
}

function Get-HostStatistic($SandboxHost) {
    Invoke-RestMethod "$($SandboxHost.Origin)/_sandbox/stats"
}
