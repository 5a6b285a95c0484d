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
.PARAMETER WebhookData
    What Azure Automation hands over: the body and the headers of the request.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [object] $WebhookData
)

$ErrorActionPreference = 'Stop'
Import-Module CopperPS

$secret = @{ key = Get-AutomationVariable -Name 'CopperWebhookSecret' }
$notification = ConvertFrom-CopperNotification $WebhookData -Secret $secret

Connect-Copper -Credential (Get-AutomationPSCredential -Name 'Copper')
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
