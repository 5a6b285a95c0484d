<#
.SYNOPSIS
    A runbook for Azure Automation: creates a task for each open opportunity that has not moved.
.DESCRIPTION
    To be run by a schedule, for example every morning. An opportunity that did not change its stage for -QuietDay days gets a task
    for its owner, due tomorrow, unless it has an open one of this runbook already.

    The Automation account needs the module CopperPS and a credential asset 'Copper': e-mail address and API key. The runtime may
    be PowerShell 5.1 or 7.4.

    An error ends the job as Failed, so that an alert can watch for it.
.PARAMETER QuietDay
    For how many days the stage did not change.
.PARAMETER Maximum
    How many tasks one run creates at most.
.PARAMETER AssetName
    The name of the credential asset.
.PARAMETER BackupPath
    A folder for a snapshot of opportunities and tasks before anything is changed, one a day; none without it. On a Hybrid Worker a
    disk or share; in the cloud the job's own folder is gone with the job.
.PARAMETER Sandbox
    Works on demo data, to try the runbook without an account.
#>
[CmdletBinding()]
[OutputType([pscustomobject])]
param(
    [int] $QuietDay = 30,

    [int] $Maximum = 25,

    [string] $AssetName = 'Copper',

    [string] $BackupPath,

    [switch] $Sandbox
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module CopperPS

$subject = 'Follow up: '
if ($Sandbox) { Connect-Copper -Sandbox }
else { Connect-Copper -Credential (Get-AutomationPSCredential -Name $AssetName) }
try {
    if ($BackupPath) {
        # -Resume: a job that Azure starts again goes on with the snapshot of the day, and a complete one is left as it is.
        $snapshot = Join-Path $BackupPath (Get-Date -Format yyyy-MM-dd)
        Backup-CopperAccount $snapshot -Entity Opportunity, Task -Include @() -Resume
        if (-not (Test-CopperSnapshot $snapshot -Quiet)) { throw "The snapshot $snapshot is not sound." }
    }

    # One search for the tasks that are there, instead of one for each opportunity.
    $known = @{}
    Get-CopperTask -Status Open | Where-Object { $_.Name -like "$subject*" -and $_.RelatedResource } |
        ForEach-Object { $known["$($_.RelatedResource.Type) $($_.RelatedResource.Id)"] = $true }

    Get-CopperOpportunity -Status Open -StageChangedBefore (Get-Date).AddDays(-$QuietDay) |
        Where-Object { -not $known.ContainsKey("opportunity $($_.Id)") } |
        # Searches of the service lag: a task of some seconds ago is in no result yet. The relations of a record do not lag.
        Where-Object {
            -not ($_ | Get-CopperRelatedItem -Type Task | Get-CopperTask |
                    Where-Object { $_.Status -eq 'Open' -and $_.Name -like "$subject*" })
            } |
            Select-Object -First $Maximum |
            ForEach-Object {
                $task = @{ Name = "$subject$($_.Name)"; RelatedTo = $_; DueDate = (Get-Date).Date.AddDays(1).AddHours(9) }
                if ($_.AssigneeId) { $task.Assignee = $_.AssigneeId }
                $created = New-CopperTask @task
                [pscustomobject] @{
                    Opportunity = $_.Name; StageSince = $_.DateStageChanged; TaskId = $created.Id; Assignee = $created.AssigneeId
                }
            }
}
finally {
    Disconnect-Copper
}
