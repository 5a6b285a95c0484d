<#
.SYNOPSIS
    Removes leads that nobody touched for a long time: a list first, then the deed.
.DESCRIPTION
    Finds leads of a status that were not changed for -OlderThanDay days, writes them whole to a CSV file, and removes them. With
    -WhatIf it writes the list only. It asks once before it removes; with -Force it does not ask, for a scheduler.

    The credential comes from -AccountFile (Windows), or from COPPER_USER_EMAIL and COPPER_API_KEY in the environment.
    Exit code 0: all of them are gone, or there were none, or -WhatIf was given. 1: something failed, or you said no.
.PARAMETER ListPath
    The CSV file of what was found. It is what remains of the leads, so keep it.
.PARAMETER Status
    The status of the leads.
.PARAMETER OlderThanDay
    Since how many days nobody changed them.
.PARAMETER Maximum
    More than that many are not removed: a mistake in the criteria must not empty the account.
.PARAMETER Force
    Removes without asking.
.PARAMETER AccountFile
    A file created with: Get-Credential | Export-Clixml copper.xml
.PARAMETER Sandbox
    Works on demo data, to try the script without an account.
.EXAMPLE
    ./CopperCleanUp.ps1 -ListPath leads.csv -Sandbox -WhatIf
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    [Parameter(Mandatory)]
    [string] $ListPath,

    [string] $Status = 'Unqualified',

    [ValidateRange(1, 36500)]
    [int] $OlderThanDay = 365,

    [ValidateRange(1, 100000)]
    [int] $Maximum = 500,

    [switch] $Force,

    [string] $AccountFile,

    [switch] $Sandbox
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
if ($Force -and -not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }

try {
    # Installed, or built in a clone of the repository.
    $built = Join-Path $PSScriptRoot '../out/CopperPS'
    if ((Get-Module CopperPS) -or (Get-Module CopperPS -ListAvailable)) { Import-Module CopperPS }
    elseif (Test-Path $built) { Import-Module $built }
    else { throw 'The module CopperPS is neither installed (Install-PSResource CopperPS) nor built (./build.ps1 build).' }
    if ($Sandbox) { Connect-Copper -Sandbox }
    elseif ($AccountFile) { Connect-Copper -Credential (Import-Clixml -LiteralPath $AccountFile) }
    else { Connect-Copper }

    $leads = @(Get-CopperLead -Status $Status -ModifiedBefore (Get-Date).AddDays(-$OlderThanDay))
    if (-not $leads) {
        "No lead is '$Status' and older than $OlderThanDay days."
        exit 0
    }
    if ($leads.Count -gt $Maximum) { throw "$($leads.Count) leads were found, more than -Maximum $Maximum. Nothing was removed." }

    # The list is written with -WhatIf, too: it is what you want to look at before you go on.
    $leads | ConvertTo-CopperFlatRecord -SpreadsheetSafe |
        Export-Csv -LiteralPath $ListPath -NoTypeInformation -Encoding UTF8 -WhatIf:$false
    "$($leads.Count) leads are listed in $ListPath."

    try { $goesOn = $PSCmdlet.ShouldProcess("$($leads.Count) leads", 'Remove') }
    catch [Management.Automation.MethodInvocationException] {
        # PowerShell's own words are about an exception in a method.
        throw 'Nothing was removed: removing asks first, and nobody is here to reply. Give -Force, or -WhatIf for the list alone.'
    }
    if ($goesOn) {
        $problems = @()
        $gone = @($leads | Remove-CopperLead -Confirm:$false -PassThru -ErrorAction SilentlyContinue -ErrorVariable problems)
        "$($gone.Count) leads were removed."
        # Searches of the service lag: they still show leads that were deleted some seconds ago.
        $absent = @($problems | Where-Object FullyQualifiedErrorId -Like 'CopperNotFound,*')
        if ($absent) { "$($absent.Count) leads were gone already." }
        $failures = @($problems | Where-Object FullyQualifiedErrorId -NotLike 'CopperNotFound,*')
        foreach ($failure in $failures) { "FAILED: $failure" }
        exit [int] ($failures.Count -gt 0)
    }
    exit [int] (-not $WhatIfPreference)
}
catch {
    "FAILED: $($_.Exception.Message) ($($_.FullyQualifiedErrorId))"
    exit 1
}
