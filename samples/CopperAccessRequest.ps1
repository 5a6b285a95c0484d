<#
.SYNOPSIS
    Answers the access requests of a CSV file: a folder for each person, and a list of the answers.
.DESCRIPTION
    Reads the addresses from the column Email, and writes what the account has about each person into a folder of its own below -Path.
    A person whose folder is there already was answered before, and is left out, so that the script can run every night. With
    -SnapshotPath the snapshots below that folder are looked at, too. It changes nothing in the account: Remove-CopperDataSubject does.

    The credential comes from -AccountFile (Windows), or from COPPER_USER_EMAIL and COPPER_API_KEY in the environment.
    Exit code 0: every request was answered. 2: nothing was found about somebody. 1: something failed.
.PARAMETER RequestPath
    The CSV file, with a column Email.
.PARAMETER Path
    The folder of the answers. answers.csv in it says what was found about whom.
.PARAMETER SnapshotPath
    A folder that has snapshots in it, one a folder.
.PARAMETER AccountFile
    A file created with: Get-Credential | Export-Clixml copper.xml
.PARAMETER Sandbox
    Works on demo data, to try the script without an account.
.EXAMPLE
    ./CopperAccessRequest.ps1 -RequestPath requests.csv -Path answers -Sandbox
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $RequestPath,

    [Parameter(Mandatory)]
    [string] $Path,

    [string] $SnapshotPath,

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
    $requests = @(Import-Csv -LiteralPath $RequestPath)
    if ($requests -and -not $requests[0].PSObject.Properties['Email']) { throw "The file $RequestPath has no column Email." }
    $open = @($requests | Where-Object { $_.Email } |
            Where-Object { -not (Test-Path -LiteralPath (Join-Path $Path $_.Email.Trim().ToLower())) })
    if (-not $open) {
        'Every request was answered before.'
        exit 0
    }

    if ($Sandbox) { Connect-Copper -Sandbox }
    elseif ($AccountFile) { Connect-Copper -Credential (Import-Clixml -LiteralPath $AccountFile) }
    else { Connect-Copper }

    $snapshots = @{}
    if ($SnapshotPath) {
        $folders = @(Get-ChildItem -LiteralPath $SnapshotPath -Directory |
                Where-Object { Test-Path -LiteralPath (Join-Path $_.FullName 'manifest.json') })
        if ($folders) { $snapshots.SnapshotPath = $folders }
    }

    $problems = @()
    $answers = @($open | Export-CopperDataSubject -Path $Path @snapshots -WarningAction SilentlyContinue -ErrorAction SilentlyContinue `
            -ErrorVariable problems)
    if ($answers) {
        $answers | Select-Object Email, OwnCount, ReferenceCount, MentionCount, UnclearCount, Path |
            Export-Csv -LiteralPath (Join-Path $Path 'answers.csv') -NoTypeInformation -Encoding UTF8 -Append
    }
    "$($answers.Count) of $($open.Count) requests were answered in $Path."
    foreach ($answer in $answers | Where-Object UnclearCount) { "LOOK: $($answer.Email): $($answer.UnclearCount) records are unclear." }
    $unknown = @($problems | Where-Object FullyQualifiedErrorId -Like 'CopperNotFound,*')
    foreach ($problem in $unknown) { "UNKNOWN: $problem" }
    $failed = @($problems | Where-Object FullyQualifiedErrorId -NotLike 'CopperNotFound,*')
    foreach ($problem in $failed) { "FAILED: $problem" }
    if ($failed) { exit 1 }
    if ($unknown) { exit 2 }
    exit 0
}
catch {
    "FAILED: $($_.Exception.Message) ($($_.FullyQualifiedErrorId))"
    exit 1
}
