<#
.SYNOPSIS
    Merges records that are certainly one: a list first, then the deed.
.DESCRIPTION
    Finds the duplicates of a kind of record and writes them to a CSV file, one row for each record. Groups that are certain are merged,
    with a journal, by which Undo-CopperChange takes it back. Groups that are only likely, and records with something that no program can
    move, such as files, stay: they are in the list, for somebody to look at. With -WhatIf it writes the list only.

    The journal of a complete run is kept with the time in its name. If there is one without, the last run was interrupted: then the
    script goes on with that, and merges nothing else.

    The credential comes from -AccountFile (Windows), or from COPPER_USER_EMAIL and COPPER_API_KEY in the environment.
    Exit code 0: done, or there was nothing to do, or -WhatIf was given. 1: something failed.
.PARAMETER Entity
    The kind of records: Person, Company or Lead.
.PARAMETER ListPath
    The CSV file of the groups.
.PARAMETER JournalPath
    The file that keeps what is changed.
.PARAMETER ExceptPath
    A file of records that were found to be different.
.PARAMETER Maximum
    Merges so many groups at most.
.PARAMETER AccountFile
    A file created with: Get-Credential | Export-Clixml copper.xml
.PARAMETER Sandbox
    Works on demo data, to try the script without an account.
.EXAMPLE
    ./CopperMergeDuplicate.ps1 -Entity Lead -ListPath leads.csv -JournalPath merge.jsonl -Sandbox -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [ValidateSet('Person', 'Company', 'Lead')]
    [string] $Entity,

    [Parameter(Mandatory)]
    [string] $ListPath,

    [Parameter(Mandatory)]
    [string] $JournalPath,

    [string] $ExceptPath,

    [ValidateRange(1, 100000)]
    [int] $Maximum = 100,

    [string] $AccountFile,

    [switch] $Sandbox
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

try {
    # Installed, or built in a clone of the repository.
    $built = Join-Path $PSScriptRoot '../out/CopperPS'
    if ((Get-Module CopperPS) -or (Get-Module CopperPS -ListAvailable)) { Import-Module CopperPS }
    elseif (Test-Path $built) { Import-Module $built }
    else { throw 'The module CopperPS is neither installed (Install-PSResource CopperPS) nor built (./build.ps1 build).' }
    if ($Sandbox) { Connect-Copper -Sandbox }
    elseif ($AccountFile) { Connect-Copper -Credential (Import-Clixml -LiteralPath $AccountFile) }
    else { Connect-Copper }

    $quiet = @{ JournalPath = $JournalPath; WarningAction = 'SilentlyContinue'; ErrorAction = 'SilentlyContinue' }
    $problems = @()
    if ((Test-Path -LiteralPath $JournalPath) -and -not $WhatIfPreference) {
        "An earlier run is gone on with: $JournalPath"
        $results = @(Invoke-CopperPlan -Resume @quiet -ErrorVariable problems)
    }
    else {
        $except = if ($ExceptPath) { @{ ExceptPath = $ExceptPath } } else { @{} }
        $groups = @(Find-CopperDuplicate $Entity @except)
        if (-not $groups) {
            'There are no duplicates.'
            exit 0
        }
        $rows = foreach ($group in $groups) {
            $group.Records | ConvertTo-CopperFlatRecord -SpreadsheetSafe |
                Select-Object @{ Name = 'Group'; Expression = { $group.Group } },
                @{ Name = 'Confidence'; Expression = { $group.Confidence } },
                @{ Name = 'Reasons'; Expression = { $group.Reasons -join ', ' } },
                @{ Name = 'Keep'; Expression = { $_.Id -eq $group.Keep.Id } }, Id, Name
        }
        $rows | Export-Csv -LiteralPath $ListPath -NoTypeInformation -Encoding UTF8 -WhatIf:$false
        "$($groups.Count) groups are listed in $ListPath."

        $certain = @($groups | Where-Object Confidence -EQ Exact | Select-Object -First $Maximum)
        if (-not $certain -or -not $PSCmdlet.ShouldProcess("$($certain.Count) groups", 'Merge')) { exit 0 }
        $results = @($certain | Merge-CopperRecord @quiet -ErrorVariable problems)
    }

    # What is at -JournalPath is a run that was interrupted: one that is complete is kept under a name of its own.
    if (Test-Path -LiteralPath $JournalPath) {
        $end = '.{0:yyyyMMdd-HHmmss-fff}{1}' -f (Get-Date), [IO.Path]::GetExtension($JournalPath)
        $kept = [IO.Path]::ChangeExtension((Resolve-Path -LiteralPath $JournalPath).ProviderPath, $null).TrimEnd('.') + $end
        Move-Item -LiteralPath $JournalPath -Destination $kept
        $JournalPath = $kept
    }
    $gone = @($results | Where-Object { $_.Status -eq 'Done' -and $_.Action -eq 'Delete' -and $_.Entity -eq $Entity })
    "$($gone.Count) records were merged into others. Undo-CopperChange '$JournalPath' takes it back."
    foreach ($held in $results | Where-Object Status -EQ Held) { "HELD: $($held.Entity) $($held.Id) ($($held.Name)): $($held.Reason)" }
    foreach ($problem in $problems) { "FAILED: $problem" }
    exit [int] ($problems.Count -gt 0)
}
catch {
    "FAILED: $($_.Exception.Message) ($($_.FullyQualifiedErrorId))"
    exit 1
}
