# What the Pester files share: the module under test, a Copper service of their own, other processes and runspaces.
. ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'build', 'PowerShellCommand.ps1'))
. (Join-Path $PSScriptRoot 'TestKit.Sandbox.ps1')
. (Join-Path $PSScriptRoot 'TestKit.Process.ps1')

$repositoryRoot = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))

function Get-RepositoryPath {
    <#
    .SYNOPSIS
        The path of something in the repository: Get-RepositoryPath docs en-US.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(ValueFromRemainingArguments)] [string[]] $Part)

    [IO.Path]::Combine([string[]] (@($repositoryRoot) + $Part))
}

function Get-ModulePath {
    <#
    .SYNOPSIS
        The folder of the module under test: COPPERPS_MODULE, else out/CopperPS.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    if ($env:COPPERPS_MODULE) { $env:COPPERPS_MODULE } else { Get-RepositoryPath out CopperPS }
}

function Get-ModuleBuild {
    <#
    .SYNOPSIS
        The build that the module under test loads in this PowerShell: net8.0 or net472.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    if ($PSEdition -ne 'Core' -or $env:COPPERPS_BUILD -eq 'net472') { 'net472' } else { 'net8.0' }
}

function Import-CopperPS {
    <#
    .SYNOPSIS
        Imports the module under test, for the caller and everyone else in this session.
    .DESCRIPTION
        build.ps1 test says in COPPERPS_MODULE and COPPERPS_BUILD which module and which of its builds is meant.
    #>
    [CmdletBinding()]
    [OutputType([Management.Automation.PSModuleInfo])]
    param([switch] $PassThru)

    $manifest = Join-Path (Get-ModulePath) 'CopperPS.psd1'
    if (-not (Test-Path -LiteralPath $manifest)) { throw "There is no module at $manifest. Build it: ./build.ps1 build" }
    Import-Module $manifest -Global -PassThru:$PassThru
}

Export-ModuleMember -Function *-*
