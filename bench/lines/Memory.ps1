# The most memory that a process needs to read people without keeping them: it must not grow with their number.
# When the garbage collector runs is chance, and moves one reading by 10 MB; so each is the median of several.
function Measure-Memory([int] $People = 200000, [int] $Rounds = 3) {
    $few = [int] ($People / 10)
    $sandbox = Start-BenchHost -People $People
    try {
        $peaks = foreach ($round in 1..$Rounds) {
            [pscustomobject]@{
                All       = Measure-PeakMemory -SandboxHost $sandbox -Way cmdlet -People $People
                Tenth     = Measure-PeakMemory -SandboxHost $sandbox -Way cmdlet -People $few
                AllOnce   = Measure-PeakMemory -SandboxHost $sandbox -Way cmdlet -People $People -CompileOnce
                TenthOnce = Measure-PeakMemory -SandboxHost $sandbox -Way cmdlet -People $few -CompileOnce
                Loop      = Measure-PeakMemory -SandboxHost $sandbox -Way loop -People $People
            }
        }
        $all, $tenth, $allOnce, $tenthOnce, $loop = foreach ($name in 'All', 'Tenth', 'AllOnce', 'TenthOnce', 'Loop') {
            Get-Median $peaks.$name
        }
        $name = "Peak memory for $People people"
        $why = 'the memory levels off and does not grow with the records. During the long run .NET compiles some 2,000 hot methods a ' +
        'second time; the short run ends before that. The next line is without it.'
        New-MemoryLine -Name $name -Ours $all -Rival "itself for $few" -Theirs $tenth -AtMost 1.05 -Why $why
        New-MemoryLine -Name '  each method compiled once' -Ours $allOnce -Rival "itself for $few" -Theirs $tenthOnce -AtMost 1.05
        New-MemoryLine -Name $name -Ours $all -Rival 'Invoke-RestMethod loop' -Theirs $loop
    }
    finally { Stop-SandboxHost $sandbox }
}

function Measure-PeakMemory($SandboxHost, [string] $Way, [int] $People, [switch] $CompileOnce) {
    $compilation = $env:DOTNET_TieredCompilation
    if ($CompileOnce) { $env:DOTNET_TieredCompilation = '0' }
    $shell = Get-PowerShellCommand
    $child = [IO.Path]::Combine($PSScriptRoot, '..', 'ReadPeople.ps1')
    $account = '-BaseUri', $SandboxHost.BaseUri, '-UserEmail', $SandboxHost.UserEmail, '-ApiKey', $SandboxHost.ApiKey
    try { $bytes = & $shell.FilePath @($shell.ArgumentList) -File $child -Way $Way -First $People @account }
    finally { $env:DOTNET_TieredCompilation = $compilation }
    if ($LASTEXITCODE -ne 0) { throw "ReadPeople.ps1 failed: $bytes" }
    [double] @($bytes)[-1] / 1MB
}

function New-MemoryLine([string] $Name, [double] $Ours, [string] $Rival, [double] $Theirs, [Nullable[double]] $AtMost, [string] $Why) {
    $ratio = $Ours / $Theirs
    $goal = @{}
    if ($null -ne $AtMost) { $goal = @{ Goal = 'at most {0:0.00}' -f $AtMost; Met = $ratio -le $AtMost; Why = $Why } }
    New-Line -Name $Name -Ours ('{0:N0} MB' -f $Ours) -Rival $Rival -Theirs ('{0:N0} MB' -f $Theirs) -Ratio ('{0:0.00}' -f $ratio) @goal
}
