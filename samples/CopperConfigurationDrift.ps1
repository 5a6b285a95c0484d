<#
.SYNOPSIS
    Reports in what the configuration of an account differs from that of a reference account, for a nightly task.
.DESCRIPTION
    With -Export it writes the configuration of the account to -ReferencePath: run it so against the account that the others follow.
    Without it, it compares the account with that file and writes the differences to -ReportPath, a CSV file. It changes nothing:
    Import-CopperConfiguration does.

    The credential comes from -AccountFile (Windows), or from COPPER_USER_EMAIL and COPPER_API_KEY in the environment.
    Exit code 0: no difference, or the reference was written. 2: there are differences. 1: something failed.
.PARAMETER ReferencePath
    The file of the reference. It has no secrets, so that it can be kept in version control.
.PARAMETER ReportPath
    The CSV file of the differences. It is replaced at each run, and has only headings when there is none.
.PARAMETER Export
    Writes the reference instead of comparing with it.
.PARAMETER AccountFile
    A file created with: Get-Credential | Export-Clixml copper.xml
.PARAMETER Sandbox
    Works on demo data, to try the script without an account.
.EXAMPLE
    ./CopperConfigurationDrift.ps1 -ReferencePath reference.json -Export -Sandbox
.EXAMPLE
    ./CopperConfigurationDrift.ps1 -ReferencePath reference.json -ReportPath drift.csv -Sandbox
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $ReferencePath,

    [string] $ReportPath = 'drift.csv',

    [switch] $Export,

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
    $account = (Get-CopperSession).AccountName

    if ($Export) {
        Export-CopperConfiguration $ReferencePath
        "The configuration of '$account' is the reference now: $ReferencePath."
        exit 0
    }

    $differences = @(Compare-CopperConfiguration $ReferencePath)
    $columns = 'Change', 'Remedy', 'Kind', 'Name', 'Property', 'InFile', 'InAccount', 'ToDo'
    # A report of yesterday must not look like one of today.
    if ($differences) {
        $differences | Select-Object $columns | Export-Csv -LiteralPath $ReportPath -NoTypeInformation -Encoding UTF8
    }
    else { Set-Content -LiteralPath $ReportPath -Value (($columns | ForEach-Object { "`"$_`"" }) -join ',') -Encoding UTF8 }

    if (-not $differences) {
        "'$account' is as the reference says."
        exit 0
    }
    "$($differences.Count) differences of '$account' are listed in $ReportPath."
    $differences | Group-Object Remedy | ForEach-Object {
        '{0,5} {1}' -f $_.Count, @{
            Import = 'by Import-CopperConfiguration'; Prune = 'by Import-CopperConfiguration -Prune'; ByHand = 'to be done by hand'
        }[$_.Name]
    }
    exit 2
}
catch {
    "FAILED: $($_.Exception.Message) ($($_.FullyQualifiedErrorId))"
    exit 1
}
