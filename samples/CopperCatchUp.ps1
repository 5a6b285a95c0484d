<#
.SYNOPSIS
    Finds what changed in Copper since the last run: the safety net below webhooks, which may miss a change.
.DESCRIPTION
    To be run by a scheduler, for example every quarter of an hour. The file keeps the moment up to which changes were seen. Whether it
    can be read and written is checked before the first action; it is written last, so when a run fails, the next one begins where
    that one began.

    Without -Sandbox and -AccountFile the script uses the session that is open, or else the credential from COPPER_USER_EMAIL and
    COPPER_API_KEY in the environment. An error ends it, and gives exit code 1 where a scheduler runs it with -File.
.PARAMETER StatePath
    The file that keeps the moment. Without it the first run begins with yesterday. Its folder is created when it does not exist.
.PARAMETER Overlap
    How far each run goes back beyond that moment. Copper's dates are whole seconds, and its clock is not yours.
.PARAMETER Action
    What is done with each record. A record may come twice, so it must not matter if it does.
.PARAMETER AccountFile
    A file created with: Get-Credential | Export-Clixml copper.xml
.PARAMETER Sandbox
    Works on demo data, to try the script without an account.
.EXAMPLE
    ./CopperCatchUp.ps1 -StatePath moment.txt -Sandbox
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $StatePath,

    [timespan] $Overlap = '00:05:00',

    [scriptblock] $Action = { param($Record) "$($Record.GetType().Name) $($Record.Id): $Record" },

    [string] $AccountFile,

    [switch] $Sandbox
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
# Installed, or built in a clone of the repository.
$built = Join-Path $PSScriptRoot '../out/CopperPS'
if ((Get-Module CopperPS) -or (Get-Module CopperPS -ListAvailable)) { Import-Module CopperPS }
elseif (Test-Path $built) { Import-Module $built }
else { throw 'The module CopperPS is neither installed (Install-PSResource CopperPS) nor built (./build.ps1 build).' }

$begin = [datetimeoffset]::UtcNow
$since = $begin.AddDays(-1)
if (Test-Path -LiteralPath $StatePath) {
    $text = "$(Get-Content -LiteralPath $StatePath -Raw)".Trim()
    if (-not [datetimeoffset]::TryParse($text, [cultureinfo]::InvariantCulture, 'None', [ref] $since)) {
        throw "$StatePath holds no moment but '$text'. Correct it, or delete it to begin with yesterday."
    }
}
$since -= $Overlap

# What cannot be written must be known now: later it would mean that every run repeats the actions of the one before.
$folder = Split-Path $StatePath
if ($folder) { $null = New-Item -ItemType Directory -Path $folder -Force }
$next = "$StatePath.next"
$begin.ToString('o', [cultureinfo]::InvariantCulture) | Set-Content -LiteralPath $next

$open = try { Get-CopperSession } catch { $null }
$connects = $Sandbox -or $AccountFile -or -not $open
if ($Sandbox) { Connect-Copper -Sandbox }
elseif ($AccountFile) { Connect-Copper -Credential (Import-Clixml -LiteralPath $AccountFile) }
elseif ($connects) { Connect-Copper }
try {
    # Deletions leave nothing to find: for those keep a list of ids, and compare.
    Get-CopperPerson -ModifiedAfter $since | ForEach-Object { & $Action $_ }
    Get-CopperCompany -ModifiedAfter $since | ForEach-Object { & $Action $_ }
    Get-CopperOpportunity -ModifiedAfter $since | ForEach-Object { & $Action $_ }

    # The moment at which this run began, not ended: what changed meanwhile is the next one's.
    Move-Item -LiteralPath $next -Destination $StatePath -Force
}
finally {
    if ($connects) { Disconnect-Copper }
}
