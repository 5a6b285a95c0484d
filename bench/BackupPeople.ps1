# Backs up the people of an account in a process of its own and prints the most memory it needed, in bytes.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Folder,
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
Backup-CopperAccount $Folder -Entity Person -Include @()
[Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
