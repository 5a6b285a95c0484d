# build, clean, and the two tasks that only run a script with the built module: demo and bench.

function Invoke-BuildTask([string] $Configuration) {
    Invoke-Compiler -Path $paths.Cmdlets -Configuration $Configuration
    Update-StagedModule -Configuration $Configuration
}

function Invoke-Compiler([string] $Path, [string] $Configuration) {
    Write-Step "compile $(Split-Path $Path -Leaf) ($Configuration)"
    Invoke-Dotnet build, $Path, --configuration, $Configuration, --nologo, --verbosity, quiet, '-tl:off'
}

function Update-StagedModule([string] $Configuration, [switch] $SkipHelp) {
    Write-Step 'put the module together in out/CopperPS'
    if (-not $SkipHelp) { Update-ModuleHelp }
    Sync-Folder -Path $paths.Module -File (Get-ModuleFile -Configuration $Configuration -SkipHelp:$SkipHelp)
    # Stands for the whole module: Test-Newer compares the sources with it.
    (Get-Item (Join-Path $paths.Module 'CopperPS.psd1')).LastWriteTimeUtc = [DateTime]::UtcNow
}

function Get-ModuleFile {
    # Everything that the module consists of: its path in the module, and where it comes from.
    [OutputType([hashtable])]
    param([string] $Configuration, [switch] $SkipHelp)

    $files = @{
        'CopperPS.psd1'                    = $paths.Manifest
        'LICENSE'                          = Join-Path $paths.Root 'LICENSE'
        'THIRD-PARTY-NOTICES.txt'          = Join-Path $paths.Root 'THIRD-PARTY-NOTICES.txt'
        # What the files of Export-CopperConfiguration may hold; they name it by its address.
        'copper-configuration.schema.json' = [IO.Path]::Combine($paths.Root, 'docs', 'copper-configuration.schema.json')
    }
    foreach ($file in Get-ChildItem (Join-Path $paths.Cmdlets '*') -Include *.psm1) {
        $files[$file.Name] = $file.FullName
    }
    foreach ($kind in 'Format', 'Types') {
        $files["CopperPS.$kind.ps1xml"] = Join-ViewFile -Kind $kind
    }
    foreach ($build in 'net472', 'net8.0') {
        $output = [IO.Path]::Combine($paths.Cmdlets, 'bin', $Configuration, $build)
        foreach ($file in Get-ChildItem (Join-Path $output '*.dll')) {
            $files["bin/$build/$($file.Name)"] = $file.FullName
        }
    }
    if ($SkipHelp) { return $files }
    foreach ($file in Get-ChildItem (Join-Path $paths.Help '*') -Include *.xml, *.txt -ErrorAction Ignore) {
        $files["en-US/$($file.Name)"] = $file.FullName
    }
    $files
}

function Join-ViewFile([ValidateSet('Format', 'Types')] [string] $Kind) {
    # Each area keeps its views beside its cmdlets, as src/CopperPS/Cmdlets/<Noun>/<Noun>.Format.ps1xml and .Types.ps1xml; the module
    # has one file of each kind, which loads faster and lets the manifest stay as it is. Returns the path of the joined file.
    $first, $others = @(Get-Item (Join-Path $paths.Cmdlets "CopperPS.$Kind.ps1xml")) +
    @(Get-Item ([IO.Path]::Combine($paths.Cmdlets, 'Cmdlets', '*', "*.$Kind.ps1xml")) | Sort-Object FullName)
    $joined = [xml]::new()
    $joined.Load($first.FullName)
    foreach ($comment in @($joined.SelectNodes('/comment()'))) { $null = $joined.RemoveChild($comment) }
    $xpath = if ($Kind -eq 'Format') { '/Configuration/ViewDefinitions' } else { '/Types' }
    $parent = $joined.SelectSingleNode($xpath)
    foreach ($file in $others) {
        $part = [xml]::new()
        $part.Load($file.FullName)
        foreach ($node in $part.SelectNodes("$xpath/*")) { $null = $parent.AppendChild($joined.ImportNode($node, $true)) }
    }

    if ($Kind -eq 'Format') { Protect-ViewText $joined }
    $target = [IO.Path]::Combine($paths.Out, 'views', "CopperPS.$Kind.ps1xml")
    $null = New-Item -ItemType Directory -Path (Split-Path $target) -Force
    # Written only when it changed: a module in use blocks only the files that must change.
    if (-not (Test-Path $target) -or [IO.File]::ReadAllText($target) -ne $joined.OuterXml) {
        [IO.File]::WriteAllText($target, $joined.OuterXml, [Text.UTF8Encoding]::new($false))
    }
    $target
}

function Protect-ViewText([xml] $View) {
    # A text of the service may hold characters that control a terminal: every property in a view, and every script that is not one of
    # the helper's, shows them escaped. The script calls no method, so that it works in constrained language too.
    foreach ($name in @($View.SelectNodes('//TableColumnItem/PropertyName | //ListItem/PropertyName'))) {
        $item = $name.ParentNode
        $labelled = $item
        if ($item.Name -eq 'TableColumnItem') {
            $place = $item.SelectNodes('preceding-sibling::TableColumnItem').Count
            $labelled = $item.SelectSingleNode('ancestor::TableControl/TableHeaders').SelectNodes('TableColumnHeader')[$place]
            # Numbers.
            if ($labelled.SelectSingleNode('Alignment[. = "Right"]')) { continue }
        }
        if (-not $labelled.SelectSingleNode('Label')) {
            $label = $View.CreateElement('Label')
            $label.InnerText = $name.InnerText
            $null = $labelled.PrependChild($label)
        }
        $script = $View.CreateElement('ScriptBlock')
        $script.InnerText = "`$_.$($name.InnerText)"
        $null = $item.ReplaceChild($script, $name)
    }

    foreach ($script in @($View.SelectNodes('//TableColumnItem/ScriptBlock | //ListItem/ScriptBlock'))) {
        if ($script.InnerText -match '^\[CopperPS\.[\w.]+\]::\w+\([^()]*(\(.*\))?\)$') { continue }
        $isTable = $script.ParentNode.Name -eq 'TableColumnItem'
        # A line break stays in a list, where PowerShell indents the next line.
        $control = "[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069$(if (-not $isTable) { '-[\n]' })]"
        $spaced = if ($isTable) { "`"`$v`" -replace '\r?\n|\t', ' '" } else { "`"`$v`" -replace '\r\n', `"``n`" -replace '\t', ' '" }
        $script.InnerText = "`$v = $($script.InnerText); `$p = '$control'; if (`$v -isnot [ValueType] -and `"`$v`" -match `$p) " +
        "{ -join `$(foreach (`$c in [char[]] ($spaced)) { if (`"`$c`" -match `$p) { '\u{0:X4}' -f [int] `$c } else { `$c } }) } " +
        'else { , $v }'
    }
}

function Sync-Folder([string] $Path, [hashtable] $File) {
    # Copies only what changed and removes what is no longer there, so a module in use blocks only the files that must change.
    try {
        $kept = @{}
        foreach ($name in $File.Keys) {
            $target = [IO.Path]::GetFullPath((Join-Path $Path $name))
            $kept[$target] = $true
            $source = Get-Item -LiteralPath $File[$name]
            $present = Get-Item -LiteralPath $target -ErrorAction Ignore
            if ($present -and $present.Length -eq $source.Length -and $present.LastWriteTimeUtc -eq $source.LastWriteTimeUtc) { continue }
            $null = New-Item -ItemType Directory -Path (Split-Path $target) -Force
            Copy-Item -LiteralPath $source.FullName -Destination $target -Force
        }
        Get-ChildItem -LiteralPath $Path -Recurse -File | Where-Object { -not $kept[$_.FullName] } | Remove-Item -Force
    }
    catch [IO.IOException], [UnauthorizedAccessException] {
        throw "$($_.Exception.Message) If a PowerShell session has imported $Path, close it and try again."
    }
}

function Invoke-SampleTask([string] $Path, [string] $Configuration, [string[]] $ArgumentList = @()) {
    $script = Join-Path $paths.Root $Path
    if (-not (Test-Path $script)) { throw "There is no $Path here." }
    $sources = @('src', 'docs/en-US', 'CopperPS.psd1', 'Directory.Build.props', 'Directory.Packages.props') |
        ForEach-Object { Join-Path $paths.Root $_ } | Where-Object { Test-Path $_ }
    if (Test-Newer -Target (Join-Path $paths.Module 'CopperPS.psd1') -Source $sources) {
        Invoke-BuildTask -Configuration $Configuration
    }

    Write-Step "run $Path"
    # So that the script says what a user's script says: Import-Module CopperPS.
    $code = Invoke-Script -Path $script -ArgumentList $ArgumentList -Environment @{
        PSModulePath = $paths.Out + [IO.Path]::PathSeparator + $env:PSModulePath
    }
    if ($code) { throw "$Path ended with exit code $code; its messages are above." }
}

function Invoke-BenchTask([string] $Configuration, [string] $Only) {
    # The measurements also use the sandbox host and programs in C#.
    Invoke-Compiler -Path $paths.Solution -Configuration $Configuration
    Invoke-SampleTask -Path 'bench/Run.ps1' -Configuration $Configuration -ArgumentList @(if ($Only) { '-Only', $Only })
}

function Invoke-CleanTask {
    $created = @($paths.Out)
    $projects = 'src', 'tests', 'samples', 'bench' | ForEach-Object { Join-Path $paths.Root $_ }
    $created += Get-ChildItem -Path $projects -Recurse -Directory -ErrorAction Ignore |
        Where-Object { $_.Name -in 'bin', 'obj', 'TestResults' } | ForEach-Object FullName
    foreach ($folder in $created) {
        # A folder inside one that is gone by now.
        if (Test-Path -LiteralPath $folder) { Remove-Item -LiteralPath $folder -Recurse -Force }
    }
    Write-Note 'The modules in .tools are kept: they came from the gallery.'
}
