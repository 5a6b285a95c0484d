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
    foreach ($name in $Entity) { if ($name -notin $possible) { throw "-Entity: '$name' is none of $($possible -join ', ')." } }
    Import-Module CopperPS

    if ($Sandbox) { Connect-Copper -Sandbox }
    elseif ($AccountFile) { Connect-Copper -Credential (Import-Clixml -LiteralPath $AccountFile) }
    else { Connect-Copper }
    Add-LogEntry "Export begins: $((Get-CopperSession).AccountName)"

    $folder = Join-Path $Path (Get-Date -Format 'yyyy-MM-dd')
    $null = New-Item -ItemType Directory -Path $folder -Force
    # Excel takes a file without byte order mark for ANSI.
    $encoding = if ($PSVersionTable.PSVersion.Major -ge 6) { 'utf8BOM' } else { 'UTF8' }
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
    Add-LogEntry "Export is done: $($session.RequestCount) requests, $([int] $session.ThrottledTime.TotalSeconds) s waited for the rate limit"
    Disconnect-Copper
    exit 0
}
catch {
    # Neither the error nor the log shows the key: the module never does.
    $failure = "FAILED: $($_.Exception.Message) ($($_.FullyQualifiedErrorId))"
    try { Add-LogEntry $failure } catch { $failure }
    exit 1
}
