<#
.SYNOPSIS
    A service that reacts to changes in Copper as they happen and misses none, behind a reverse proxy that brings TLS.
.DESCRIPTION
    Listens on this machine only; nginx, Caddy, IIS or a tunnel takes the https requests of Copper and forwards them. At
    its start the service catches up on what changed since it was last seen, so that a restart loses nothing. A session is
    needed: Connect-Copper first.

    nginx:

        location /copper/ {
            proxy_pass http://127.0.0.1:8080/copper/;
            client_max_body_size 1m;
        }

    Caddy: reverse_proxy /copper/* 127.0.0.1:8080
.PARAMETER Target
    The address under which Copper reaches the proxy, for example https://hooks.example.com/copper/. Without it the address
    of the listener itself is subscribed, which only a sandbox accepts.
.PARAMETER Prefix
    Where to listen: what the proxy forwards to.
.PARAMETER Secret
    What each notification must carry.
.PARAMETER StatePath
    The file that keeps the moment up to which changes were seen.
.PARAMETER Action
    What is done with each notification; its Records are there. A change may come twice.
.PARAMETER Parameter
    Further parameters of Watch-CopperWebhook, for example @{ TimeoutSec = 3600 }.
#>
[CmdletBinding()]
param(
    [uri] $Target,

    [string] $Prefix = 'http://127.0.0.1:8080/copper/',

    [Parameter(Mandatory)]
    [hashtable] $Secret,

    [Parameter(Mandatory)]
    [string] $StatePath,

    [scriptblock] $Action = { param($Notification) "$Notification $($Notification.Records)" },

    [hashtable] $Parameter = @{}
)

$ErrorActionPreference = 'Stop'
Import-Module CopperPS

function Save-Moment([datetimeoffset] $Moment) {
    $Moment.ToString('o', [cultureinfo]::InvariantCulture) | Set-Content -LiteralPath $StatePath
}

$start = [datetimeoffset]::UtcNow
if (Test-Path -LiteralPath $StatePath) {
    # Copper may deliver a quarter of an hour late, and not at all what came while nobody listened.
    $Parameter.CatchUp = [datetimeoffset]::Parse((Get-Content -LiteralPath $StatePath -Raw).Trim(), [cultureinfo]::InvariantCulture).AddMinutes(-15)
    $Parameter.Type = 'person', 'company', 'opportunity'
}

# Registering what is there already changes nothing.
$known = $Target
$subscribe = {
    param($Uri)
    $address = if ($known) { $known } else { $Uri }
    $null = Register-CopperWebhook $address -Type person, company, opportunity -Event new, update, delete -Secret $Secret
}.GetNewClosure()

Watch-CopperWebhook $Prefix -Secret $Secret -Expand -OnListening $subscribe -StatisticVariable counts @Parameter | ForEach-Object {
    & $Action $_
    # What came was dealt with, and what came before it, too; but while the catch-up runs, older changes are still to come.
    if (-not $counts.IsCatchingUp -and $_.Timestamp) { Save-Moment $_.Timestamp }
}
if (-not (Test-Path -LiteralPath $StatePath)) { Save-Moment $start }
