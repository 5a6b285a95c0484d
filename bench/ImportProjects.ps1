# Imports projects in a process of its own, all of which are updated, and prints, last of all, the most memory it needed, in bytes. The
# lines before are the heap after the last row was read, at the first result and at the last one.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [int] $Rows,
    [Parameter(Mandatory)] [string] $Details,
    [Parameter(Mandatory)] [uri] $BaseUri,
    [Parameter(Mandatory)] [string] $UserEmail,
    [Parameter(Mandatory)] [string] $ApiKey,
    [string] $JournalPath
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module CopperPS
$env:COPPER_USER_EMAIL = $UserEmail
$env:COPPER_API_KEY = $ApiKey
Connect-Copper -BaseUri $BaseUri -RateLimit '1000000/1s'
$journal = if ($JournalPath) { @{ JournalPath = $JournalPath } } else { @{} }
$done = 0
& {
    for ($number = 1; $number -le $Rows; $number++) {
        [pscustomobject]@{
            Name     = "Bench project number $number"
            Status   = 'Open'
            Details  = "$Details of row $number, in a sentence that makes the row as long as those of files that people keep are."
            Tags     = 'bench; imported'
            Assignee = 'Dana Demo'
        }
        if ($number -eq $Rows) { Write-Host "rows read: $([GC]::GetTotalMemory($true))" }
    }
} | Import-CopperRecord Project -MatchOn Name @journal | ForEach-Object {
    if ($_.Status -ne 'Done') { throw "$_ $($_.Reason)" }
    $done++
    if ($done -eq 1) { Write-Host "first result: $([GC]::GetTotalMemory($true))" }
    if ($done -eq $Rows) { Write-Host "last result: $([GC]::GetTotalMemory($true))" }
}
if ($done -ne $Rows) { throw "$done of $Rows rows were imported." }
[Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
