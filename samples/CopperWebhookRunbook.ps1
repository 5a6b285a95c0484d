<#
.SYNOPSIS
    A runbook for an Azure Automation webhook that reacts to changes in Copper.
.DESCRIPTION
    Copper posts each notification to the webhook's address, and Azure Automation starts this runbook with it. The runbook
    checks that the notification is genuine, reads the records as they stand, and hands them to the part at the end, which
    is yours.

    The Automation account needs the module CopperPS, a credential 'Copper' (e-mail address and API key) and an encrypted
    variable 'CopperWebhookSecret'. Subscribe once, with the address that Azure shows when the webhook is created:

        Register-CopperWebhook $address -Type person -Event new, update -Secret @{ key = 'the same as in the variable' }

    A notification may be missed: Copper posts it once, whatever happens. Schedule CopperCatchUp.ps1 beside it.

    An error ends the job as Failed, so that an alert can watch for it.
.PARAMETER WebhookData
    What Azure Automation hands over: the body and the headers of the request.
.PARAMETER Sandbox
    Works on demo data, with a notification about its first person unless one is given, to try the runbook without an account.
.EXAMPLE
    ./CopperWebhookRunbook.ps1 -Sandbox
#>
[CmdletBinding()]
param(
    [object] $WebhookData,

    [switch] $Sandbox
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module CopperPS

$secret = if ($Sandbox) { @{ key = 'sandbox' } } else { @{ key = Get-AutomationVariable -Name 'CopperWebhookSecret' } }
if ($Sandbox -and -not $WebhookData) {
    $WebhookData = [pscustomobject] @{ RequestBody = '{"ids":[1],"type":"person","event":"update","key":"sandbox"}' }
}
if (-not $WebhookData) { throw 'There is no WebhookData: this runbook is started by its webhook. To try it, give -Sandbox.' }
$notification = ConvertFrom-CopperNotification $WebhookData -Secret $secret

if ($Sandbox) { Connect-Copper -Sandbox }
else { Connect-Copper -Credential (Get-AutomationPSCredential -Name 'Copper') }
try {
    # A CopperNotification is taken too: it was checked above, before anything else happened.
    $notification = $notification | ConvertFrom-CopperNotification -Expand
    foreach ($record in $notification.Records) {
        # Yours: what is to happen with the record. It may come twice, so do nothing that must not happen twice.
        Write-Output "$($notification.Type) $($record.Id) $($notification.Event): $record"
    }
    foreach ($id in $notification.MissingIds) {
        Write-Output "$($notification.Type) $id is gone already."
    }
}
finally {
    Disconnect-Copper
}
