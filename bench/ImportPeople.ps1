# Plans the import of people that the account has, in a process of its own, and prints the heap at the last row, at the first step and at
# the last one, and the most memory that the process needed, all in bytes.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [int] $Rows,
    [Parameter(Mandatory)] [uri] $BaseUri,
    [Parameter(Mandatory)] [string] $UserEmail,
    [Parameter(Mandatory)] [string] $ApiKey
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module CopperPS
$env:COPPER_USER_EMAIL = $UserEmail
$env:COPPER_API_KEY = $ApiKey
Connect-Copper -BaseUri $BaseUri -RateLimit '1000000/1s'
$read = 0
$planned = 0
$heap = [ordered]@{}
Get-CopperPerson | Where-Object { $_.Emails } | Select-Object -First $Rows | ForEach-Object {
    $read++
    if ($read -eq $Rows) { $heap.Rows = [GC]::GetTotalMemory($true) }
    [pscustomobject]@{
        Name    = $_.Name
        Email   = $_.Emails[0].Email
        Title   = "Title number $read"
        Street  = "$read Long Bench Road"
        City    = 'Greifswald'
        Details = "Row $read of a file that somebody keeps, with a sentence that makes it as long as such rows are."
    }
} | Import-CopperRecord Person -MatchOn Email -PlanOnly | ForEach-Object {
    if ($_.Action -ne "Update") { throw "$_ $($_.Reason)" }
    $planned++
    if ($planned -eq 1) { $heap.First = [GC]::GetTotalMemory($true) }
    if ($planned -eq $Rows) { $heap.Last = [GC]::GetTotalMemory($true) }
}
if ($planned -ne $Rows) { throw "$planned of $Rows rows were planned." }
$heap.Values
[Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
