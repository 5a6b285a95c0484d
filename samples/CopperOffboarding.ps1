<#
.SYNOPSIS
    Hands the records of a user who leaves over to another user: lists first, then the handover, with a journal.
.DESCRIPTION
    Writes into -Path what the two of them should talk about and what you should look at:

    deals.csv     the open opportunities of the user
    tasks.csv     the open tasks, with the names of the records that they belong to
    webhooks.csv  the webhook subscriptions of the account: those of the user's API key end with the key
    plan.csv      each record that changes hands

    Without -WhatIf it then runs the plan and writes what came of each record to result.csv. The journal of a complete run is kept with
    the time in its name; Undo-CopperChange takes back what it says. If there is one without the time, the last run was interrupted:
    then the script goes on with that.

    Run it before the user is deleted in the web app: deletion leaves the records without an owner.

    The credential comes from -AccountFile (Windows), or from COPPER_USER_EMAIL and COPPER_API_KEY in the environment. Use the key of an
    administrator: what its user cannot see is not handed over.
    Exit code 0: nothing belongs to the user any more, or -WhatIf was given. 2: some records are held or failed; result.csv says which.
    1: nothing was written, or the run was interrupted.
.PARAMETER From
    The user who leaves: name, e-mail address or id.
.PARAMETER To
    The user who gets the records: name, e-mail address or id.
.PARAMETER Path
    The folder of the files. It is created if it is not there.
.PARAMETER OpenOnly
    Leaves opportunities that are won, lost or abandoned, and completed tasks and projects, with the user who leaves.
.PARAMETER AccountFile
    A file created with: Get-Credential | Export-Clixml copper.xml
.PARAMETER Sandbox
    Works on demo data, to try the script without an account.
.EXAMPLE
    ./CopperOffboarding.ps1 -From 'Jonas Weber' -To 'Maya Patel' -Path ./handover -Sandbox -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [string] $From,

    [Parameter(Mandatory)]
    [string] $To,

    [Parameter(Mandatory)]
    [string] $Path,

    [switch] $OpenOnly,

    [string] $AccountFile,

    [switch] $Sandbox
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# Lists are written with -WhatIf, too: they are what you want to look at before you go on. One of an earlier run does not stay.
function Export-List([object[]] $Row, [string] $Name) {
    $file = Join-Path $Path $Name
    if ($Row) { $Row | Export-Csv -LiteralPath $file -NoTypeInformation -Encoding UTF8 -WhatIf:$false }
    elseif (Test-Path -LiteralPath $file) { Remove-Item -LiteralPath $file -WhatIf:$false }
    "{0,5} in $file" -f $Row.Count
}

try {
    $null = New-Item -ItemType Directory -Path $Path -Force -WhatIf:$false
    # Installed, or built in a clone of the repository.
    $built = Join-Path $PSScriptRoot '../out/CopperPS'
    if ((Get-Module CopperPS) -or (Get-Module CopperPS -ListAvailable)) { Import-Module CopperPS }
    elseif (Test-Path $built) { Import-Module $built }
    else { throw 'The module CopperPS is neither installed (Install-PSResource CopperPS) nor built (./build.ps1 build).' }
    if ($Sandbox) { Connect-Copper -Sandbox }
    elseif ($AccountFile) { Connect-Copper -Credential (Import-Clixml -LiteralPath $AccountFile) }
    else { Connect-Copper }

    $journal = Join-Path $Path 'handover.jsonl'
    $run = @{ JournalPath = $journal; WarningAction = 'SilentlyContinue'; ErrorAction = 'Continue' }
    if ((Test-Path -LiteralPath $journal) -and -not $WhatIfPreference) {
        "An earlier run is gone on with: $journal"
        $results = @(Invoke-CopperPlan -Resume @run 2>$null)
    }
    else {
        $me = Get-CopperUser -Me
        if ($From -in $me.Name, $me.Email, "$($me.Id)") { 'NOTE: this is the key of the user who leaves. It ends with the user.' }
        $plan = @(Move-CopperAssignment $From $To -OpenOnly:$OpenOnly -PlanOnly)
        Export-List @(Get-CopperOpportunity -Assignee $From -Status Open | ConvertTo-CopperFlatRecord -SpreadsheetSafe) deals.csv
        Export-List @(
            Get-CopperTask -Assignee $From -Status Open -IncludeRelatedName | ConvertTo-CopperFlatRecord -SpreadsheetSafe
        ) tasks.csv
        Export-List @(Get-CopperWebhook | Select-Object Id, Target, Type, Event, CreatedAt) webhooks.csv
        Export-List $plan plan.csv
        if (-not $plan) {
            "Nothing belongs to '$From'."
            exit 0
        }
        $plan | Group-Object Entity | Sort-Object Name | ForEach-Object { '{0,5} {1}' -f $_.Count, $_.Name }
        if (-not $PSCmdlet.ShouldProcess("$($plan.Count) records of '$From'", "Hand over to '$To'")) { exit 0 }
        $results = @($plan | Invoke-CopperPlan @run 2>$null)
    }

    # What is there under this name is a run that was interrupted: one that is complete is kept under a name of its own.
    $kept = $null
    if (Test-Path -LiteralPath $journal) {
        $kept = Join-Path $Path ('handover.{0:yyyyMMdd-HHmmss-fff}.jsonl' -f (Get-Date))
        Move-Item -LiteralPath $journal -Destination $kept
    }
    Export-List $results result.csv
    $results | Group-Object Status | Sort-Object Name | ForEach-Object { '{0,5} {1}' -f $_.Count, $_.Name }
    $open = @($results | Where-Object Status -NotIn 'Done', 'Skipped')
    foreach ($result in $open) { "$($result.Status): $($result.Entity) $($result.Id) ($($result.Name)): $($result.Reason)" }
    if ($kept) { "To take it back: Undo-CopperChange '$kept'" }
    exit $(if ($open) { 2 } else { 0 })
}
catch {
    "FAILED: $($_.Exception.Message) ($($_.FullyQualifiedErrorId))"
    exit 1
}
