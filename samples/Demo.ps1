# A tour of CopperPS on an account with demo data, inside this process: no account and no network needed.
# ./build.ps1 demo runs it; with the module installed it runs by itself.
[CmdletBinding()]
param(
    # Where the CSV file goes.
    [string] $Path = (Join-Path ([IO.Path]::GetTempPath()) 'copper-people.csv')
)

$ErrorActionPreference = 'Stop'
$watch = [Diagnostics.Stopwatch]::StartNew()
# Installed, or built in a clone of the repository.
$built = Join-Path $PSScriptRoot '../out/CopperPS'
if ((Get-Module CopperPS) -or (Get-Module CopperPS -ListAvailable)) { Import-Module CopperPS }
elseif (Test-Path $built) { Import-Module $built }
else { throw 'The module CopperPS is neither installed (Install-PSResource CopperPS) nor built (./build.ps1 build).' }

function Step([string] $Text, [string] $Command) {
    Write-Host "`n# $Text" -ForegroundColor Cyan
    Write-Host "PS> $Command"
}

Step 'Connect. With your own account: Connect-Copper -Credential you@example.com' 'Connect-Copper -Sandbox'
Connect-Copper -Sandbox

Step 'The first people of one city: one request, however many there are.' 'Get-CopperPerson -City Paris | Select-Object -First 5'
Get-CopperPerson -City Paris | Select-Object -First 5 | Format-Table | Out-Host

Step 'Everybody into a CSV file, streamed page by page.' "Get-CopperPerson | Export-Csv $Path -NoTypeInformation"
Get-CopperPerson | Export-Csv $Path -NoTypeInformation -Encoding utf8
$rows = @(Import-Csv $Path)
Write-Host "$($rows.Count) people, for example $($rows[0].Name) <$($rows[0].Email)>"

Step 'What would a change do? Nothing is sent.' "Get-CopperPerson -City Paris -First 2 | Set-CopperPerson -AddTag 'Paris 2026' -WhatIf"
Get-CopperPerson -City Paris -First 2 | Set-CopperPerson -AddTag 'Paris 2026' -WhatIf

Step 'Create a person.' "`$ada = New-CopperPerson 'Ada Lovelace' -Email ada@analytical.example -City London -Tag vip"
$ada = New-CopperPerson 'Ada Lovelace' -Email ada@analytical.example -City London -Tag vip
$ada | Format-Table | Out-Host

Step 'Change it: only what you name is sent.' '$ada | Set-CopperPerson -Title Countess -AddTag analyst -PassThru'
$ada | Set-CopperPerson -Title Countess -AddTag analyst -PassThru | Format-List Name, Title, Tags | Out-Host

Step 'Remove it.' '$ada | Remove-CopperPerson -Confirm:$false -PassThru'
$ada | Remove-CopperPerson -Confirm:$false -PassThru | Format-Table | Out-Host

Step 'A lead becomes a person, and what it wants an opportunity.' ('Get-CopperLead -Status Qualified -First 1 | ' +
    "Convert-CopperLead -OpportunityName 'First order' -MonetaryValue 2500 -Confirm:`$false")
$conversion = Get-CopperLead -Status Qualified -First 1 |
    Convert-CopperLead -OpportunityName 'First order' -MonetaryValue 2500 -Confirm:$false
$conversion.Opportunity | Format-Table | Out-Host

Step 'React to changes: register, change, receive and fetch, all on this machine.' (
    'Watch-CopperWebhook http://127.0.0.1:0/ -Count 1 -Expand -OnListening { ' +
    'param($Uri) Register-CopperWebhook $Uri person update; Set-CopperPerson 1 -Title Countess }')
$notification = Watch-CopperWebhook http://127.0.0.1:0/ -Count 1 -TimeoutSec 30 -Expand -OnListening {
    param($Uri)
    Register-CopperWebhook $Uri -Type person -Event update
    Set-CopperPerson 1 -Title Countess
}
$notification | Format-Table | Out-Host
$notification.Records | Format-Table | Out-Host
Get-CopperWebhook | Unregister-CopperWebhook -Confirm:$false

Step 'The rate limit is kept by itself.' 'Get-CopperRateLimit'
Get-CopperRateLimit | Format-Table | Out-Host

$session = Get-CopperSession
Write-Host ('{0} records, {1} requests, {2:0.0} seconds: {3}' -f $rows.Count, $session.RequestCount, $watch.Elapsed.TotalSeconds,
    $Path) -ForegroundColor Green
Disconnect-Copper
