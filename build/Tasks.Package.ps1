# package: what is handed to users, as a folder for a module path and as packages for a PowerShell repository and for C# programs.
. (Join-Path $PSScriptRoot 'PlainText.ps1')

function Invoke-PackageTask([string] $Configuration) {
    Invoke-BuildTask -Configuration $Configuration
    $notes = Get-ReleaseNote -Path (Join-Path $paths.Root 'CHANGELOG.md')
    $file = New-ModulePackage -Path $paths.Module -Destination $paths.Package -ReleaseNote $notes
    Write-Step "packed $file"
    foreach ($library in 'Copper.Client', 'Copper.Data') {
        $project = Join-Path $paths.Root "src/$library"
        Invoke-Dotnet pack, $project, --configuration, $Configuration, --output, $paths.Package, --nologo, --verbosity, quiet
        Write-Step "packed $library"
    }
}

function New-ModulePackage {
    # Creates <Destination>/CopperPS/<version> and <Destination>/CopperPS.<version>.nupkg, and returns the latter's path.
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string] $Destination,
        # What the gallery shows beside the version, as text.
        [Parameter(Mandatory)] [string] $ReleaseNote
    )

    $manifest = Import-PowerShellDataFile (Join-Path $Path 'CopperPS.psd1')
    $name = "CopperPS.$($manifest.ModuleVersion)"
    $folder = [IO.Path]::Combine($Destination, 'CopperPS', $manifest.ModuleVersion)
    if (Test-Path $Destination) { Remove-Item $Destination -Recurse -Force }
    $null = New-Item -ItemType Directory -Path $folder -Force
    Copy-Item -Path (Join-Path $Path '*') -Destination $folder -Recurse
    # The gallery takes the notes from the manifest.
    $copy = Join-Path $folder 'CopperPS.psd1'
    $text = [IO.File]::ReadAllText($copy)
    $address = [Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($manifest.PrivateData.PSData.ReleaseNotes)
    $notes = [Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($ReleaseNote)
    [IO.File]::WriteAllText($copy, $text.Replace("'$address'", "'$notes'"))
    $manifest = Import-PowerShellDataFile $copy
    if ($manifest.PrivateData.PSData.ReleaseNotes -cne $ReleaseNote) { throw "$copy has no place for the release notes." }

    # NuGet itself packs, so the package is one: no PowerShell need have the cmdlets for it.
    $nuspec = Join-Path $Destination "$name.nuspec"
    (ConvertTo-Nuspec -Manifest $manifest -Folder $folder).Save($nuspec)
    Invoke-Dotnet pack, $nuspec, --output, $Destination, --nologo, --verbosity, quiet
    Remove-Item -LiteralPath $nuspec
    Join-Path $Destination "$name.nupkg"
}

function ConvertTo-Nuspec([hashtable] $Manifest, [string] $Folder) {
    # The metadata that a PowerShell repository searches. A tag for each command, as older tools add them, would exceed the
    # 4,000 characters that a NuGet server accepts; the PowerShell Gallery reads the commands from the manifest.
    $data = $Manifest.PrivateData.PSData
    $editions = $Manifest.CompatiblePSEditions | ForEach-Object { "PSEdition_$_" }
    $tags = @('PSModule') + $editions + 'PSIncludes_Cmdlet' + $data.Tags
    $metadata = [ordered]@{
        id                       = 'CopperPS'
        version                  = $Manifest.ModuleVersion
        authors                  = $Manifest.Author
        owners                   = $Manifest.CompanyName
        requireLicenseAcceptance = 'false'
        licenseUrl               = $data.LicenseUri
        projectUrl               = $data.ProjectUri
        iconUrl                  = $data.IconUri
        description              = $Manifest.Description
        releaseNotes             = $data.ReleaseNotes
        copyright                = $Manifest.Copyright
        tags                     = $tags -join ' '
    }

    $nuspec = [xml] '<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd"><metadata /><files /></package>'
    $namespace = $nuspec.DocumentElement.NamespaceURI
    $parent = $nuspec.SelectSingleNode('/*/*[local-name() = "metadata"]')
    foreach ($key in $metadata.Keys) {
        $node = $parent.AppendChild($nuspec.CreateElement($key, $namespace))
        $node.InnerText = $metadata[$key]
    }
    $file = $nuspec.SelectSingleNode('/*/*[local-name() = "files"]').AppendChild($nuspec.CreateElement('file', $namespace))
    $file.SetAttribute('src', [IO.Path]::Combine($Folder, '**'))
    $file.SetAttribute('target', '')
    $nuspec
}

function Get-ReleaseNote([string] $Path) {
    # The newest section of the changelog as plain text, each paragraph on one line.
    $text = [IO.File]::ReadAllText($Path) -replace '\r\n', "`n"
    $section = [regex]::Match($text, '(?ms)^## (?!\[Unreleased\]\s*^## ).*?(?=^## |^\[[^\]]+\]: |\z)').Value.Trim()
    if (-not $section) { throw "$Path has no section '## [version]'." }
    (ConvertTo-PlainText ($section -replace '\A## ' -replace '(?m)^### ')) -replace '(?<=\S)\n {2}(?=\S)', ' '
}
