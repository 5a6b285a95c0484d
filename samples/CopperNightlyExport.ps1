<#
.SYNOPSIS
    Exports Copper to CSV files, unattended: for the Windows Task Scheduler, cron or systemd.
.DESCRIPTION
    Each run creates a folder named after the day, with a CSV file for each kind of record: one row a record, names instead of ids,
    one column for each custom field. A file appears under its name only when it is whole. Folders of runs long ago are removed.

    The credential comes from -AccountFile (Windows), or from COPPER_USER_EMAIL and COPPER_API_KEY in the environment.
    Exit code 0: everything is there. 1: something failed; the last lines of the log say what.
.PARAMETER Path
    The folder of the exports. It is created when it does not exist.
.PARAMETER Entity
    What is exported: Person, Company, Lead, Opportunity, Project, Task, Activity. A scheduler gives several as one text, with commas.
.PARAMETER ChangesOnly
    Exports what has changed since the last run, deleted records included: each file has a column Change. The first run exports all. How far
    it came is kept in copper.state in -Path. Not for activities.
.PARAMETER KeepDay
    For how many days exports are kept.
.PARAMETER AccountFile
    A file created with: Get-Credential | Export-Clixml copper.xml. Only the user who created it can read it, on the same machine, and it is
    encrypted on Windows only.
.PARAMETER LogPath
    The log; export.log in -Path without it.
.PARAMETER Sandbox
    Exports demo data, to try the task without an account.
.EXAMPLE
    ./CopperNightlyExport.ps1 -Path ./exports -Sandbox
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Path,

    [string[]] $Entity = @('Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task'),

    [switch] $ChangesOnly,

    [ValidateRange(1, 3650)]
    [int] $KeepDay = 30,

    [string] $AccountFile,

    [string] $LogPath = (Join-Path $Path 'export.log'),

    [switch] $Sandbox
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$log = $LogPath
function Add-LogEntry([string] $Text) {
    $line = '{0:yyyy-MM-dd HH:mm:ss} {1}' -f (Get-Date), $Text
    Add-Content -LiteralPath $log -Value $line
    $line
}

try {
    $null = New-Item -ItemType Directory -Path $Path -Force
    $Entity = @($Entity -split ',' | ForEach-Object Trim)
    $possible = 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task', 'Activity'
    if ($ChangesOnly -and 'Activity' -in $Entity) { throw '-ChangesOnly exports no activities: Copper cannot say which of them are new.' }
    foreach ($name in $Entity) { if ($name -notin $possible) { throw "-Entity: '$name' is none of $($possible -join ', ')." } }
    # Installed, or built in a clone of the repository.
    $built = Join-Path $PSScriptRoot '../out/CopperPS'
    if ((Get-Module CopperPS) -or (Get-Module CopperPS -ListAvailable)) { Import-Module CopperPS }
    elseif (Test-Path $built) { Import-Module $built }
    else { throw 'The module CopperPS is neither installed (Install-PSResource CopperPS) nor built (./build.ps1 build).' }

    if ($Sandbox) { Connect-Copper -Sandbox }
    elseif ($AccountFile) { Connect-Copper -Credential (Import-Clixml -LiteralPath $AccountFile) }
    else { Connect-Copper }
    Add-LogEntry "Export begins: $((Get-CopperSession).AccountName)"

    $folder = Join-Path $Path (Get-Date -Format 'yyyy-MM-dd')
    $null = New-Item -ItemType Directory -Path $folder -Force
    # Excel takes a file without byte order mark for ANSI.
    $encoding = if ($PSVersionTable.PSVersion.Major -ge 6) { 'utf8BOM' } else { 'UTF8' }
    if ($ChangesOnly) {
        # The state advances when the files are written, which -End does: a run that fails before gets the same changes again.
        $state = Join-Path $Path 'copper.state'
        $changes = @{}
        Get-CopperChange $state -Entity $Entity -IncludeDeleted | ForEach-Object -Process {
            $row = if ($_.Record) { $_.Record | ConvertTo-CopperFlatRecord -SpreadsheetSafe }
            else { [pscustomobject] @{ Id = $_.Id; Name = $_.Name } }
            if (-not $changes.ContainsKey($_.Entity)) { $changes[$_.Entity] = [Collections.Generic.List[object]]::new() }
            $changes[$_.Entity].Add(($row | Add-Member Change $_.Change -PassThru))
        } -End {
            foreach ($kind in $changes.Keys) {
                # A deleted record has no columns but these: a row with all of them comes first. A second run of the day adds to the first.
                $rows = @($changes[$kind] | Sort-Object { $_.Change -eq 'Deleted' })
                $file = Join-Path $folder ('{0}{1}.csv' -f [char]::ToUpperInvariant($kind[0]), $kind.Substring(1))
                $earlier = @(if (Test-Path -LiteralPath $file) { Import-Csv -LiteralPath $file })
                $rows = $earlier + @($rows | Select-Object Change, * -ErrorAction Ignore)
                $columns = @($rows | ForEach-Object { $_.PSObject.Properties.Name } | Select-Object -Unique)
                $rows | Select-Object $columns | Export-Csv -LiteralPath "$file.part" -NoTypeInformation -Encoding $encoding
                Move-Item -LiteralPath "$file.part" -Destination $file -Force
                Add-LogEntry "$kind`: $($changes[$kind].Count) changes"
            }
        }
        $Entity = @()
    }

    foreach ($name in $Entity) {
        $file = Join-Path $folder "$name.csv"
        $count = 0
        & "Get-Copper$name" | ConvertTo-CopperFlatRecord -SpreadsheetSafe | ForEach-Object { $count++; $_ } |
            Export-Csv -LiteralPath "$file.part" -NoTypeInformation -Encoding $encoding
        Move-Item -LiteralPath "$file.part" -Destination $file -Force
        Add-LogEntry "$name`: $count records"
    }

    $oldest = (Get-Date).Date.AddDays(-$KeepDay)
    foreach ($old in Get-ChildItem -LiteralPath $Path -Directory) {
        $day = [datetime]::MinValue
        $isDay = [datetime]::TryParseExact($old.Name, 'yyyy-MM-dd', [cultureinfo]::InvariantCulture, 'None', [ref] $day)
        if ($isDay -and $day -lt $oldest) {
            Remove-Item -LiteralPath $old.FullName -Recurse
            Add-LogEntry "Removed $($old.Name)"
        }
    }

    $session = Get-CopperSession
    $waited = [int] $session.ThrottledTime.TotalSeconds
    Add-LogEntry "Export is done: $($session.RequestCount) requests, $waited s waited for the rate limit"
    Disconnect-Copper
    exit 0
}
catch {
    # Neither the error nor the log shows the key: the module never does.
    $failure = "FAILED: $($_.Exception.Message) ($($_.FullyQualifiedErrorId))"
    try { Add-LogEntry $failure } catch { $failure }
    exit 1
}
