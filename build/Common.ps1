# What every task uses: where things lie, how to speak to the person at the terminal, how to run other programs.
. (Join-Path $PSScriptRoot 'PowerShellCommand.ps1')
. (Join-Path $PSScriptRoot 'ChildScript.ps1')
. (Join-Path $PSScriptRoot 'RepositoryScript.ps1')

$root = Split-Path $PSScriptRoot
$paths = @{
    Root     = $root
    Out      = Join-Path $root 'out'
    Module   = [IO.Path]::Combine($root, 'out', 'CopperPS')
    Help     = [IO.Path]::Combine($root, 'out', 'help')
    Package  = [IO.Path]::Combine($root, 'out', 'package')
    Results  = [IO.Path]::Combine($root, 'out', 'test-results')
    Docs     = [IO.Path]::Combine($root, 'docs', 'en-US')
    Cmdlets  = [IO.Path]::Combine($root, 'src', 'CopperPS')
    Solution = Join-Path $root 'CopperPS.sln'
    Manifest = Join-Path $root 'CopperPS.psd1'
    Tools    = Join-Path $root '.tools'
    Packages = [IO.Path]::Combine($root, 'build', 'tools', 'Tools.csproj')
}

# The modules that the tasks use, each in the version that it was tried with.
$packageVersions = [xml] [IO.File]::ReadAllText((Join-Path $root 'Directory.Packages.props'))
$toolModules = @{
    'Pester'                       = $packageVersions.SelectSingleNode('//PackageVersion[@Include="Pester"]').Version
    'PSScriptAnalyzer'             = '1.24.0'
    'Microsoft.PowerShell.PlatyPS' = '1.0.3'
}
$toolModuleCache = @{}

$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'
# The PowerShell processes that are started from here need not report to anyone, nor look for updates.
$env:POWERSHELL_TELEMETRY_OPTOUT = '1'
$env:POWERSHELL_UPDATECHECK = 'Off'

# A log file wants no colour codes. NO_COLOR tells the programs that are started from here.
if ([Console]::IsOutputRedirected) {
    $env:NO_COLOR = '1'
    if ($PSVersionTable.PSVersion -ge '7.2') { $PSStyle.OutputRendering = 'PlainText' }
}

function Write-Line([string] $Text, [ConsoleColor] $Color) {
    if ($env:NO_COLOR) { Write-Host $Text } else { Write-Host $Text -ForegroundColor $Color }
}
function Write-Step([string] $Text) { Write-Line "==> $Text" Cyan }
function Write-Note([string] $Text) { Write-Line "    $Text" Yellow }
function Write-Failure([string] $Text) { Write-Line $Text Red }

function Write-TaskList {
    Write-Host 'Use: ./build.ps1 <task> [-Configuration Release|Debug]'
    Write-Host ''
    foreach ($name in $tasks.Keys) { Write-Host ('  {0,-8} {1}' -f $name, $tasks[$name]) }
    Write-Host ''
    Write-Host 'More: Get-Help ./build.ps1 -Full'
}

function Invoke-Dotnet {
    # Runs the .NET SDK and shows what it wrote only when it failed: its output on success is of no use to anyone.
    param([Parameter(Mandatory)] [string[]] $ArgumentList)

    Assert-Dotnet
    # With "Stop", Windows PowerShell would end at the first line that a program writes to its error stream.
    $ErrorActionPreference = 'Continue'
    $output = & dotnet @ArgumentList 2>&1 | ForEach-Object { "$_" }
    if ($LASTEXITCODE) {
        $output | Out-Host
        throw "dotnet $($ArgumentList[0]) failed; its messages are above."
    }
}

function Assert-Dotnet {
    if (-not (Get-Command dotnet -CommandType Application -ErrorAction Ignore)) {
        throw 'The .NET SDK 10 is needed and "dotnet" is not on the PATH. Get it from https://dotnet.microsoft.com/download.'
    }
}

function Get-ToolModule {
    # The manifest of a module that a task uses: a package of NuGet, or installed, or saved before in .tools, or from the gallery.
    # $null: not to be had.
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Name)

    if (-not $toolModuleCache.ContainsKey($Name)) {
        $toolModuleCache[$Name] = foreach ($source in 'Restore-ToolModule', 'Find-ToolModule', 'Save-ToolModule') {
            $found = & $source -Name $Name
            if ($found) { $found; break }
        }
    }
    $toolModuleCache[$Name]
}

function Get-ToolModuleAdvice([string] $Name, [string] $Lost) {
    "$Name $($toolModules[$Name]) is neither installed nor available from the PowerShell Gallery here: $Lost. " +
    "Where there is a network: Install-Module $Name"
}

function Restore-ToolModule([string] $Name) {
    # From NuGet, as build/tools/Tools.csproj says. $null when it is no package of NuGet, or NuGet cannot be reached.
    if (-not (Select-String -LiteralPath $paths.Packages -Pattern "Include=`"$Name`"" -Quiet)) { return }
    if (-not (Get-Command dotnet -CommandType Application -ErrorAction Ignore)) { return }
    $ErrorActionPreference = 'Continue'
    $output = & dotnet restore $paths.Packages --verbosity quiet 2>&1
    if ($LASTEXITCODE) { Write-Verbose "NuGet gave no ${Name}: $output"; return }
    $package = & dotnet msbuild $paths.Packages -nologo "-getProperty:Pkg$Name"
    $manifest = [IO.Path]::Combine("$package".Trim(), 'tools', "$Name.psd1")
    if (Test-Path -LiteralPath $manifest) { $manifest }
}

function Find-ToolModule([string] $Name) {
    $wanted = [version] $toolModules[$Name]
    $saved = [IO.Path]::Combine($paths.Tools, $Name, $wanted, "$Name.psd1")
    if (Test-Path -LiteralPath $saved) { return $saved }
    # Windows ships Pester 3: a module counts only with the same major version.
    Get-Module -ListAvailable -Name $Name |
        Where-Object { $_.Version.Major -eq $wanted.Major -and $_.Version -ge $wanted } |
        Sort-Object Version -Descending |
        Select-Object -First 1 -ExpandProperty Path
}

function Save-ToolModule([string] $Name) {
    $version = $toolModules[$Name]
    $null = New-Item -ItemType Directory -Path $paths.Tools -Force
    $ProgressPreference = 'SilentlyContinue'
    try {
        if (Get-Command Save-PSResource -ErrorAction Ignore) {
            Save-PSResource -Name $Name -Version $version -Path $paths.Tools -TrustRepository -ErrorAction Stop
        }
        elseif (Get-Command Save-Module -ErrorAction Ignore) {
            # Windows PowerShell asks for its package provider at the first use, and old ones speak no TLS 1.2 by themselves.
            [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
            $null = Get-PackageProvider -Name NuGet -ForceBootstrap -ErrorAction Stop
            Save-Module -Name $Name -RequiredVersion $version -Path $paths.Tools -Force -ErrorAction Stop
        }
    }
    catch {
        Write-Verbose "The PowerShell Gallery gave no ${Name}: $($_.Exception.Message)"
    }
    Find-ToolModule -Name $Name
}

function Test-Newer {
    # Whether anything among the sources is newer than the target. A target that is missing is older than everything.
    [OutputType([bool])]
    param([Parameter(Mandatory)] [string] $Target, [Parameter(Mandatory)] [string[]] $Source)

    if (-not (Test-Path -LiteralPath $Target)) { return $true }
    $time = (Get-Item -LiteralPath $Target).LastWriteTimeUtc
    $newer = Get-ChildItem -Path $Source -Recurse -File |
        Where-Object { $_.LastWriteTimeUtc -gt $time -and $_.FullName -notmatch '[\\/](bin|obj)[\\/]' } |
        Select-Object -First 1
    [bool] $newer
}
