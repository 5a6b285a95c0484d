<#
.SYNOPSIS
    Finds what changed in Copper since the last run: the safety net below webhooks, which may miss a change.
.DESCRIPTION
    To be run by a scheduler, for example every quarter of an hour. The file keeps the moment up to which changes were seen. It is
    written last: when a run fails, the next one begins where that one began.
.PARAMETER StatePath
    The file that keeps the moment. Without it the first run begins with yesterday.
.PARAMETER Overlap
    How far each run goes back beyond that moment. Copper's dates are whole seconds, and its clock is not yours.
.PARAMETER Action
    What is done with each record. A record may come twice, so it must not matter if it does.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $StatePath,

    [timespan] $Overlap = '00:05:00',

    [scriptblock] $Action = { param($Record) "$($Record.GetType().Name) $($Record.Id): $Record" }
)

$ErrorActionPreference = 'Stop'
Import-Module CopperPS

$begin = [datetimeoffset]::UtcNow
$since = if (Test-Path -LiteralPath $StatePath) {
    [datetimeoffset]::Parse((Get-Content -LiteralPath $StatePath -Raw).Trim(), [cultureinfo]::InvariantCulture)
}
else { $begin.AddDays(-1) }
$since -= $Overlap

# Deletions leave nothing to find: for those keep a list of ids, and compare.
Get-CopperPerson -ModifiedAfter $since | ForEach-Object { & $Action $_ }
Get-CopperCompany -ModifiedAfter $since | ForEach-Object { & $Action $_ }
Get-CopperOpportunity -ModifiedAfter $since | ForEach-Object { & $Action $_ }

# The moment at which this run began, not ended: what changed meanwhile is the next one's.
$begin.ToString('o', [cultureinfo]::InvariantCulture) | Set-Content -LiteralPath $StatePath
