# package: what is handed to users, as a folder for a module path and as a package for a PowerShell repository.

function Invoke-PackageTask([string] $Configuration) {
    Invoke-BuildTask -Configuration $Configuration
    $file = New-ModulePackage -Path $paths.Module -Destination $paths.Package
    Write-Step "packed $file"
}

function New-ModulePackage {
    # Makes <Destination>/CopperPS/<version> and <Destination>/CopperPS.<version>.nupkg, and returns the latter's path.
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Destination)

    $manifest = Import-PowerShellDataFile (Join-Path $Path 'CopperPS.psd1')
    $version = $manifest.ModuleVersion
    if (Test-Path $Destination) { Remove-Item $Destination -Recurse -Force }
    $folder = [IO.Path]::Combine($Destination, 'CopperPS', $version)
    $null = New-Item -ItemType Directory -Path $folder -Force
    Copy-Item -Path (Join-Path $Path '*') -Destination $folder -Recurse

    $nuspec = Join-Path $Destination 'CopperPS.nuspec'
    New-Nuspec -Manifest $manifest -Folder $folder | Set-Content -LiteralPath $nuspec -Encoding UTF8
    Invoke-Dotnet pack, $nuspec, --output, $Destination, --nologo, --verbosity, quiet
    Remove-Item -LiteralPath $nuspec
    Join-Path $Destination "CopperPS.$version.nupkg"
}
