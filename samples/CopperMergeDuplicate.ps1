<#
.SYNOPSIS
    Merges records that are certainly one: a list first, then the deed.
.DESCRIPTION
    Finds the duplicates of a kind of record and writes them to a CSV file, one row for each record. Groups that are certain are merged,
    with a journal, by which Undo-CopperChange takes it back. Groups that are only likely, and records with something that no program can
    move, such as files, stay: they are in the list, for somebody to look at. With -WhatIf it writes the list only.

    The credential comes from -AccountFile (Windows), or from COPPER_USER_EMAIL and COPPER_API_KEY in the environment.
    Exit code 0: done, or there was nothing to do, or -WhatIf was given. 1: something failed.
.PARAMETER Entity
    The kind of records: Person, Company or Lead.
.PARAMETER ListPath
    The CSV file of the groups.
.PARAMETER JournalPath
    The file that keeps what is changed. It must not exist yet.
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
    Import-Module CopperPS
    if ($Sandbox) { Connect-Copper -Sandbox }
    elseif ($AccountFile) { Connect-Copper -Credential (Import-Clixml -LiteralPath $AccountFile) }
    else { Connect-Copper }

    $except = if ($ExceptPath) { @{ ExceptPath = $ExceptPath } } else { @{} }
    $groups = @(Find-CopperDuplicate $Entity @except)
    if (-not $groups) {
        'There are no duplicates.'
        exit 0
    }
    $rows = foreach ($group in $groups) {
        $group.Records | ConvertTo-CopperFlatRecord -SpreadsheetSafe |
            Select-Object @{ Name = 'Group'; Expression = { $group.Group } },
            @{ Name = 'Confidence'; Expression = { $group.Confidence } }, @{ Name = 'Reasons'; Expression = { $group.Reasons -join ', ' } },
            @{ Name = 'Keep'; Expression = { $_.Id -eq $group.Keep.Id } }, Id, Name
    }
    $rows | Export-Csv -LiteralPath $ListPath -NoTypeInformation -Encoding UTF8 -WhatIf:$false
    "$($groups.Count) groups are listed in $ListPath."

    $certain = @($groups | Where-Object Confidence -EQ Exact | Select-Object -First $Maximum)
    if (-not $certain -or -not $PSCmdlet.ShouldProcess("$($certain.Count) groups", 'Merge')) { exit 0 }
    $problems = @()
    $results = @($certain | Merge-CopperRecord -JournalPath $JournalPath -WarningAction SilentlyContinue `
            -ErrorAction SilentlyContinue -ErrorVariable problems)
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
