# The most memory that a process needs to read people without keeping them: it must not grow with their number.
# When the garbage collector runs is chance, and moves one reading by 10 MB; so each is the median of several.
function Measure-Memory([int] $People = 200000, [int] $Rounds = 3) {
    $few = [int] ($People / 10)
    $sandbox = Start-BenchHost -People $People
    try {
        $peaks = foreach ($round in 1..$Rounds) {
            [pscustomobject]@{
                All   = Measure-PeakMemory -SandboxHost $sandbox -Way cmdlet -People $People
                Tenth = Measure-PeakMemory -SandboxHost $sandbox -Way cmdlet -People $few
                Loop  = Measure-PeakMemory -SandboxHost $sandbox -Way loop -People $People
            }
        }
        $all, $tenth, $loop = foreach ($name in 'All', 'Tenth', 'Loop') { Get-Median $peaks.$name }
        New-MemoryLine -Name "Peak memory for $People people" -Ours $all -Rival "itself for $few" -Theirs $tenth -AtMost 1.1
        New-MemoryLine -Name "Peak memory for $People people" -Ours $all -Rival 'Invoke-RestMethod loop' -Theirs $loop
    }
    finally { Stop-SandboxHost $sandbox }
}

function Measure-PeakMemory($SandboxHost, [string] $Way, [int] $People) {
    $shell = Get-PowerShellCommand
    $child = [IO.Path]::Combine($PSScriptRoot, '..', 'ReadPeople.ps1')
    $bytes = & $shell.FilePath @($shell.ArgumentList) -File $child -Way $Way -First $People -BaseUri $SandboxHost.BaseUri -UserEmail $SandboxHost.UserEmail -ApiKey $SandboxHost.ApiKey
    if ($LASTEXITCODE -ne 0) { throw "ReadPeople.ps1 failed: $bytes" }
    [double] @($bytes)[-1] / 1MB
}

function New-MemoryLine([string] $Name, [double] $Ours, [string] $Rival, [double] $Theirs, [Nullable[double]] $AtMost) {
    $ratio = $Ours / $Theirs
    $goal = @{}
    if ($null -ne $AtMost) { $goal = @{ Goal = 'at most {0:0.00}' -f $AtMost; Met = $ratio -le $AtMost } }
    New-Line -Name $Name -Ours ('{0:N0} MB' -f $Ours) -Rival $Rival -Theirs ('{0:N0} MB' -f $Theirs) -Ratio ('{0:0.00}' -f $ratio) @goal
}
