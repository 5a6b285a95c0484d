<#
.SYNOPSIS
    Writes a snapshot of the account for each day, tests it, and removes old ones.
.DESCRIPTION
    A snapshot is a folder below -Path that is named after its day. After an interruption the next run of the day goes on with it. Old
    snapshots are removed only after the new one is known to be sound: the last -KeepDay stay, and those of the last -KeepSunday Sundays.

    The credential comes from -AccountFile (Windows), or from COPPER_USER_EMAIL and COPPER_API_KEY in the environment. Use the key of an
    administrator: what its user cannot see is not in the snapshot.
    Exit code 0: the snapshot is sound. 1: something failed, and the output says what.
.PARAMETER Path
    The folder of the snapshots.
.PARAMETER Include
    What to read beside records and activities, at a request for each record: Relation, Connection, FileList.
.PARAMETER KeepDay
    How many snapshots stay, counted from the newest.
.PARAMETER KeepSunday
    How many snapshots of Sundays stay beside them.
.PARAMETER AccountFile
    A file created with: Get-Credential | Export-Clixml copper.xml
.PARAMETER Sandbox
    Works on demo data, to try the script without an account.
.EXAMPLE
    ./CopperBackup.ps1 -Path ./copper-backup -Sandbox
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Path,

    [string[]] $Include = @(),

    [ValidateRange(1, 3650)]
    [int] $KeepDay = 7,

    [ValidateRange(0, 520)]
    [int] $KeepSunday = 4,

    [string] $AccountFile,

    [switch] $Sandbox
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

try {
    $null = New-Item -ItemType Directory -Path $Path -Force
    # Installed, or built in a clone of the repository.
    $built = Join-Path $PSScriptRoot '../out/CopperPS'
    if ((Get-Module CopperPS) -or (Get-Module CopperPS -ListAvailable)) { Import-Module CopperPS }
    elseif (Test-Path $built) { Import-Module $built }
    else { throw 'The module CopperPS is neither installed (Install-PSResource CopperPS) nor built (./build.ps1 build).' }
    if ($Sandbox) { Connect-Copper -Sandbox }
    elseif ($AccountFile) { Connect-Copper -Credential (Import-Clixml -LiteralPath $AccountFile) }
    else { Connect-Copper }

    $today = Join-Path $Path (Get-Date -Format 'yyyy-MM-dd')
    $more = @($Include -split ',' | ForEach-Object Trim | Where-Object { $_ })
    $more = if ($more) { @{ Include = $more } } else { @{} }
    # -Resume begins a snapshot, goes on with one that was interrupted, and leaves one that is complete as it is.
    Backup-CopperAccount $today -Resume @more
    $unsound = @(Test-CopperSnapshot $today -ErrorAction SilentlyContinue | Where-Object Status -NE Sound)
    foreach ($file in $unsound) { "$($file.Status): $($file.File)" }
    if ($unsound) { throw "The snapshot $today is not sound. Nothing was removed." }
    "The snapshot $today is sound."

    $days = @(
        foreach ($folder in Get-ChildItem -LiteralPath $Path -Directory) {
            $day = [datetime]::MinValue
            $isDay = [datetime]::TryParseExact($folder.Name, 'yyyy-MM-dd', [cultureinfo]::InvariantCulture, 'None', [ref] $day)
            if ($isDay) { [pscustomobject] @{ Day = $day; Folder = $folder } }
        }
    ) | Sort-Object Day -Descending
    $sundays = @($days | Where-Object { $_.Day.DayOfWeek -eq 'Sunday' } | Select-Object -First $KeepSunday | ForEach-Object Day)
    foreach ($old in $days | Select-Object -Skip $KeepDay | Where-Object Day -NotIn $sundays) {
        Remove-Item -LiteralPath $old.Folder.FullName -Recurse
        "Removed $($old.Folder.Name)."
    }
    exit 0
}
catch {
    "FAILED: ${Path}: $($_.Exception.Message) ($($_.FullyQualifiedErrorId))"
    exit 1
}
