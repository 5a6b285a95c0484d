# The package that users get: NuGet's form, a PowerShell repository's metadata, the module unharmed.

BeforeDiscovery {
    $installer = if (Get-Command Save-PSResource -ErrorAction Ignore) { 'PSResourceGet' }
    elseif (Get-Command Save-Module -ErrorAction Ignore) { 'PowerShellGet' }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    . (Get-RepositoryPath build Common.ps1)
    . (Get-RepositoryPath build Tasks.Package.ps1)
    $modulePath = Get-ModulePath
    $manifest = Import-PowerShellDataFile (Join-Path $modulePath 'CopperPS.psd1')
    $repository = Join-Path $TestDrive 'repository'
    $notes = Get-ReleaseNote -Path (Get-RepositoryPath CHANGELOG.md)
    $package = New-ModulePackage -Path $modulePath -Destination $repository -ReleaseNote $notes

    Add-Type -AssemblyName System.IO.Compression.FileSystem
    $unpacked = Join-Path $TestDrive 'unpacked'
    [IO.Compression.ZipFile]::ExtractToDirectory($package, $unpacked)

    function Get-RelativeName([string] $Folder) {
        Get-ChildItem $Folder -Recurse -File | ForEach-Object { $_.FullName.Substring($Folder.Length + 1).Replace('\', '/') } | Sort-Object
    }
}

Describe 'Package' {
    It 'is called CopperPS.<version>.nupkg' {
        Split-Path $package -Leaf | Should -Be "CopperPS.$($manifest.ModuleVersion).nupkg"
    }

    It 'holds the whole module, file by file, and what NuGet adds' {
        $added = '_rels/.rels', '[Content_Types].xml', 'CopperPS.nuspec', 'package/services/metadata/core-properties/nuget.psmdcp'
        Get-RelativeName $unpacked | Where-Object { $_ -notin $added } | Should -Be (Get-RelativeName $modulePath)
    }

    It 'carries the metadata that a repository searches' {
        $metadata = ([xml] (Get-Content (Join-Path $unpacked 'CopperPS.nuspec') -Raw)).package.metadata
        $metadata.id | Should -BeExactly 'CopperPS'
        $metadata.version | Should -Be $manifest.ModuleVersion
        $metadata.description | Should -Be $manifest.Description
        $metadata.projectUrl | Should -Be $manifest.PrivateData.PSData.ProjectUri
        $tags = -split $metadata.tags
        $tags | Should -Contain 'PSModule'
        $tags | Should -Contain 'PSEdition_Desktop'
        $tags | Should -Contain 'PSEdition_Core'
        $metadata.tags.Length | Should -BeLessOrEqual 4000 -Because 'a NuGet server accepts no more'
    }

    It 'has the newest section of the changelog as its release notes, and an icon' {
        $notes | Should -BeLike "?$($manifest.ModuleVersion)?*- *"
        $notes | Should -Not -Match '\*\*|^#|\n  \S'
        $packed = Import-PowerShellDataFile (Join-Path $unpacked 'CopperPS.psd1')
        $packed.PrivateData.PSData.ReleaseNotes | Should -BeExactly $notes
        $metadata = ([xml] (Get-Content (Join-Path $unpacked 'CopperPS.nuspec') -Raw)).package.metadata
        $metadata.releaseNotes -replace '\r' | Should -BeExactly $notes
        $metadata.iconUrl | Should -Be $manifest.PrivateData.PSData.IconUri
        $icon = [regex]::Match($metadata.iconUrl, '(?<=/main/).+').Value
        Join-Path (Get-RepositoryPath) $icon | Should -Exist
    }

    It 'lies beside a folder that can be copied onto a module path' {
        $folder = [IO.Path]::Combine($repository, 'CopperPS', $manifest.ModuleVersion)
        Get-RelativeName $folder | Should -Be (Get-RelativeName $modulePath)
        $child = Invoke-ChildPowerShell -NoModule -Environment @{
            PSModulePath = "$repository$([IO.Path]::PathSeparator)$env:PSModulePath"
        } {
            (Get-Module CopperPS -ListAvailable).Version.ToString()
            (Import-Module CopperPS -PassThru).Name
        }
        $child.ErrorOutput | Should -BeNullOrEmpty
        $child.Output | Should -Be $manifest.ModuleVersion, 'CopperPS'
    }

    It 'can be installed from a repository that is a folder' -Skip:(-not $installer) {
        $target = (New-Item -ItemType Directory (Join-Path $TestDrive 'installed')).FullName
        $name = "CopperPS-test-$PID"
        $ProgressPreference = 'SilentlyContinue'
        if (Get-Command Save-PSResource -ErrorAction Ignore) {
            Register-PSResourceRepository -Name $name -Uri $repository -Trusted
            try { Save-PSResource -Name CopperPS -Repository $name -Path $target }
            finally { Unregister-PSResourceRepository -Name $name }
        }
        else {
            Register-PSRepository -Name $name -SourceLocation $repository -InstallationPolicy Trusted
            try { Save-Module -Name CopperPS -Repository $name -Path $target }
            finally { Unregister-PSRepository -Name $name }
        }
        Join-Path (Join-Path $target 'CopperPS') (Join-Path $manifest.ModuleVersion 'CopperPS.psd1') | Should -Exist
    }
}
