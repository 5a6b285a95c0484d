<#
.SYNOPSIS
    A service that reacts to changes in Copper as they happen and misses none, behind a reverse proxy that brings TLS.
.DESCRIPTION
    Listens on this machine only; nginx, Caddy, IIS or a tunnel takes the https requests of Copper and forwards them. At
    its start the service catches up on what changed since it was last seen, so that a restart loses nothing.

    nginx:

        location /copper/ {
            proxy_pass http://127.0.0.1:8080/copper/;
            client_max_body_size 1m;
        }

    Caddy: reverse_proxy /copper/* 127.0.0.1:8080

    Without -Sandbox and -AccountFile the script uses the session that is open, or else the credential from COPPER_USER_EMAIL and
    COPPER_API_KEY in the environment. An error ends it, and gives exit code 1 where a service manager runs it with -File.
.PARAMETER Target
    The address under which Copper reaches the proxy, for example https://hooks.example.com/copper/. Without it the address
    of the listener itself is subscribed, which only a sandbox accepts.
.PARAMETER Prefix
    Where to listen: what the proxy forwards to.
.PARAMETER Secret
    What each notification must carry, for example @{ key = '...' }. Without it the key is in the environment, in COPPER_WEBHOOK_SECRET:
    on a command line other users could read it.
.PARAMETER StatePath
    The file that keeps the moment up to which changes were seen.
.PARAMETER Action
    What is done with each notification; its Records are there. A change may come twice.
.PARAMETER ActionPath
    The same as a script file, where a service manager starts this one: it gets the notification as its first argument.
.PARAMETER Count
    Ends after so many notifications; without it the service goes on.
.PARAMETER TimeoutSec
    Ends after so many seconds; without it the service goes on.
.PARAMETER AccountFile
    A file created with: Get-Credential | Export-Clixml copper.xml
.PARAMETER Sandbox
    Works on demo data, where a person changes as soon as it listens, to try the script without an account.
.EXAMPLE
    ./CopperListener.ps1 -StatePath moment.txt -Sandbox -Prefix http://127.0.0.1:0/ -Count 1
#>
[CmdletBinding()]
param(
    [uri] $Target,

    [string] $Prefix = 'http://127.0.0.1:8080/copper/',

    [hashtable] $Secret = @{ key = $env:COPPER_WEBHOOK_SECRET },

    [Parameter(Mandatory)]
    [string] $StatePath,

    [scriptblock] $Action = { param($Notification) "$Notification $($Notification.Records)" },

    [string] $ActionPath,

    [int] $Count,

    [int] $TimeoutSec,

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

if ($Sandbox -and -not $Secret['key'] -and $Secret.Count -eq 1) { $Secret = @{ key = 'sandbox' } }
if (@($Secret.Values | Where-Object { -not $_ }).Count) {
    throw 'There is no secret: put it into the environment variable COPPER_WEBHOOK_SECRET, or give -Secret @{ key = ... }.'
}
$do = if ($ActionPath) { (Get-Command -Name (Resolve-Path -LiteralPath $ActionPath).ProviderPath -CommandType ExternalScript) } else {
    $Action
}

function Save-Moment([datetimeoffset] $Moment) {
    # Whole or not at all: a service may be killed at any time.
    $Moment.ToString('o', [cultureinfo]::InvariantCulture) | Set-Content -LiteralPath "$StatePath.next"
    Move-Item -LiteralPath "$StatePath.next" -Destination $StatePath -Force
}

$start = [datetimeoffset]::UtcNow
$watch = @{}
if ($Count) { $watch.Count = $Count }
if ($TimeoutSec) { $watch.TimeoutSec = $TimeoutSec }
if (Test-Path -LiteralPath $StatePath) {
    $text = "$(Get-Content -LiteralPath $StatePath -Raw)".Trim()
    $seen = $start
    if (-not [datetimeoffset]::TryParse($text, [cultureinfo]::InvariantCulture, 'None', [ref] $seen)) {
        throw "$StatePath holds no moment but '$text'. Correct it, or delete it to begin with now."
    }
    # Copper may deliver a quarter of an hour late, and not at all what came while nobody listened.
    $watch.CatchUp = $seen.AddMinutes(-15)
    $watch.Type = 'person', 'company', 'opportunity'
    Save-Moment $seen
}
else {
    # Before the first action: a moment that cannot be kept would lose at the next restart what came meanwhile.
    $folder = Split-Path $StatePath
    if ($folder) { $null = New-Item -ItemType Directory -Path $folder -Force }
    Save-Moment $start
}

$open = try { Get-CopperSession } catch { $null }
$connects = $Sandbox -or $AccountFile -or -not $open
if ($Sandbox) { Connect-Copper -Sandbox }
elseif ($AccountFile) { Connect-Copper -Credential (Import-Clixml -LiteralPath $AccountFile) }
elseif ($connects) { Connect-Copper }

# Registering what is there already changes nothing.
$known = $Target
$subscribe = {
    param($Uri)
    $address = if ($known) { $known } else { $Uri }
    $null = Register-CopperWebhook $address -Type person, company, opportunity -Event new, update, delete -Secret $Secret
    if ($Sandbox) { Set-CopperPerson 1 -Title Countess }
}.GetNewClosure()

try {
    Watch-CopperWebhook $Prefix -Secret $Secret -Expand -OnListening $subscribe -StatisticVariable counts @watch | ForEach-Object {
        & $do $_
        # What came was dealt with, and what came before it, too; but while the catch-up runs, older changes are still to come.
        if (-not $counts.IsCatchingUp -and $_.Timestamp) { Save-Moment $_.Timestamp }
    }
}
finally {
    if ($connects) { Disconnect-Copper }
}
