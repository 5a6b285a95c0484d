<#
.SYNOPSIS
    Brings a CSV file into Copper: a plan first, then the run, with a journal by which it can go on and be taken back.
.DESCRIPTION
    Reads -Path, finds the record of each row by -MatchOn, and writes the plan to -PlanPath, where it can be looked at in a
    spreadsheet. Without -WhatIf it then runs the plan and writes what came of each row to -ResultPath. The journal of a complete run is
    kept with the time in its name. If there is one without, the last run was interrupted: then the script goes on with that, and -Path
    is for the next run.

    More creates than -MaximumNew are not carried out: a wrong -MatchOn would create every record a second time.

    The credential comes from -AccountFile (Windows), or from COPPER_USER_EMAIL and COPPER_API_KEY in the environment.
    Exit code 0: every row is in Copper. 2: some rows are held or failed; -ResultPath says which. 1: nothing was written, or the run
    was interrupted.
.PARAMETER Path
    The CSV file. Its columns are those of ConvertTo-CopperFlatRecord, custom fields by name, or headings of Copper's own export.
.PARAMETER Entity
    What the rows are: Person, Company, Lead, Opportunity, Project or Task.
.PARAMETER MatchOn
    How the record of a row is found, for example Email, or Id.
.PARAMETER ColumnMapPath
    A file that says which columns the headings stand for, such as @{ Firma = 'Company'; Stand = $null } in fair.psd1. $null leaves a
    heading out.
.PARAMETER OnMatch
    What is done with a row whose record is there: Update writes what differs, FillEmpty only what the record does not have, Skip nothing.
.PARAMETER CreateCompany
    Creates the companies that rows name and that are not there. Without it these rows are held.
.PARAMETER Delimiter
    What separates the columns: a comma, or a semicolon as Excel writes it where the decimal sign is a comma.
.PARAMETER PlanPath
    The file of the plan.
.PARAMETER ResultPath
    The file of the results.
.PARAMETER JournalPath
    The journal. Undo-CopperChange takes back what it says.
.PARAMETER MaximumNew
    More than that many new records are not created.
.PARAMETER AccountFile
    A file created with: Get-Credential | Export-Clixml copper.xml
.PARAMETER Sandbox
    Works on demo data, to try the script without an account.
.EXAMPLE
    ./CopperImport.ps1 -Path people.csv -Entity Person -MatchOn Email -Sandbox -WhatIf
.EXAMPLE
    ./CopperImport.ps1 -Path fair.csv -Entity Person -MatchOn Email,Name+CompanyName -ColumnMapPath fair.psd1 -OnMatch FillEmpty -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [string] $Path,

    [Parameter(Mandatory)]
    [ValidateSet('Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task')]
    [string] $Entity,

    [Parameter(Mandatory)]
    [string[]] $MatchOn,

    [string] $ColumnMapPath,

    [ValidateSet('Update', 'FillEmpty', 'Skip')]
    [string] $OnMatch = 'Update',

    [switch] $CreateCompany,

    [char] $Delimiter = ',',

    [string] $PlanPath = [IO.Path]::ChangeExtension($Path, '.plan.csv'),

    [string] $ResultPath = [IO.Path]::ChangeExtension($Path, '.result.csv'),

    [string] $JournalPath = [IO.Path]::ChangeExtension($Path, '.journal.jsonl'),

    [ValidateRange(0, 1000000)]
    [int] $MaximumNew = 500,

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

    $run = @{ JournalPath = $JournalPath; WarningAction = 'SilentlyContinue'; ErrorAction = 'Continue' }
    if ((Test-Path -LiteralPath $JournalPath) -and -not $WhatIfPreference) {
        "An earlier run is gone on with: $JournalPath"
        $results = @(Invoke-CopperPlan -Resume @run 2>$null)
    }
    else {
        $rows = @(Import-Csv -LiteralPath $Path -Delimiter $Delimiter)
        # pwsh -File hands a list over as one text. With -WhatIf, ForEach-Object Trim would not call the method.
        $how = @{ MatchOn = @($MatchOn -split ',' | ForEach-Object { $_.Trim() }); OnMatch = $OnMatch; CreateCompany = $CreateCompany }
        if ($ColumnMapPath) { $how.ColumnMap = Import-PowerShellDataFile -LiteralPath $ColumnMapPath }
        $plan = @($rows | Import-CopperRecord -Entity $Entity @how -PlanOnly)
        $plan | Export-Csv -LiteralPath $PlanPath -NoTypeInformation -Encoding UTF8 -WhatIf:$false
        $plan | Group-Object Action | Sort-Object Name | ForEach-Object { "$($_.Count) $($_.Name)" }
        "The plan is in $PlanPath."
        $new = @($plan | Where-Object Action -EQ Create).Count
        if ($new -gt $MaximumNew) { throw "$new records would be created, more than -MaximumNew $MaximumNew. Nothing was written." }
        if ($WhatIfPreference) { exit 0 }
        $results = @($plan | Invoke-CopperPlan @run 2>$null)
    }

    # What is at -JournalPath is a run that was interrupted: one that is complete is kept under a name of its own.
    if (Test-Path -LiteralPath $JournalPath) {
        $end = '.{0:yyyyMMdd-HHmmss-fff}{1}' -f (Get-Date), [IO.Path]::GetExtension($JournalPath)
        $kept = [IO.Path]::ChangeExtension((Resolve-Path -LiteralPath $JournalPath).ProviderPath, $null).TrimEnd('.') + $end
        Move-Item -LiteralPath $JournalPath -Destination $kept
        $JournalPath = $kept
    }

    $results | Sort-Object Row | Export-Csv -LiteralPath $ResultPath -NoTypeInformation -Encoding UTF8
    $results | Group-Object Status | Sort-Object Name | ForEach-Object { "$($_.Count) $($_.Name)" }
    $open = @($results | Where-Object Status -NotIn 'Done', 'Skipped')
    foreach ($result in $open) { "ROW $($result.Row): $($result.Status): $($result.Reason)" }
    "The results are in $ResultPath. To take the run back: Undo-CopperChange '$JournalPath'"
    exit $(if ($open) { 2 } else { 0 })
}
catch {
    "FAILED: $($_.Exception.Message) ($($_.FullyQualifiedErrorId))"
    exit 1
}
