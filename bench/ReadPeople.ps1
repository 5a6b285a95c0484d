# Reads people in a process of its own and prints the most memory it needed, in bytes.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [ValidateSet('cmdlet', 'loop')] [string] $Way,
    [Parameter(Mandatory)] [int] $First,
    [Parameter(Mandatory)] [uri] $BaseUri,
    [Parameter(Mandatory)] [string] $UserEmail,
    [Parameter(Mandatory)] [string] $ApiKey
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
if ($Way -eq 'cmdlet') {
    Import-Module CopperPS
    $env:COPPER_USER_EMAIL = $UserEmail
    $env:COPPER_API_KEY = $ApiKey
    Connect-Copper -BaseUri $BaseUri -RateLimit '1000000/1s'
    Get-CopperPerson -First $First | Out-Null
}
else {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $page = Get-PageReader ([pscustomobject]@{ BaseUri = $BaseUri; UserEmail = $UserEmail; ApiKey = $ApiKey })
    Read-AllPage $page | Select-Object -First $First | Out-Null
}
[Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
