# docs, and the help files that build makes from docs/en-US: the pages are the one place where help is written.

function Invoke-DocsTask([string] $Configuration) {
    $platyPS = Get-ToolModule -Name Microsoft.PowerShell.PlatyPS
    if (-not $platyPS) { throw (Get-ToolModuleAdvice -Name Microsoft.PowerShell.PlatyPS -Lost 'the pages cannot be written') }
    Invoke-BuildTask -Configuration $Configuration

    Write-Step 'bring docs/en-US in step with the cmdlets'
    $code = Invoke-Script -Path ([IO.Path]::Combine($PSScriptRoot, 'child', 'Update-Page.ps1')) -ArgumentList @(
        '-PlatyPSPath', $platyPS
        '-ModulePath', $paths.Module
        '-CommentPath', [IO.Path]::Combine($paths.Cmdlets, 'bin', $Configuration, 'net8.0', 'CopperPS.xml')
        '-DocsPath', $paths.Docs
    )
    if ($code) { throw 'the pages are not in order; what is wrong is written above.' }
    Update-StagedModule -Configuration $Configuration
}

function Update-ModuleHelp {
    # Fills out/help: cmdlet help (MAML) by PlatyPS, about topics as plain text. Does nothing while the pages stay as they are.
    $pages = @(Get-ChildItem (Join-Path $paths.Docs '*.md') -ErrorAction Ignore | Sort-Object Name)
    $state = ($pages | ForEach-Object { '{0} {1} {2}' -f $_.Name, $_.Length, $_.LastWriteTimeUtc.Ticks }) -join "`n"
    $stateFile = Join-Path $paths.Help 'state'
    if ((Test-Path $stateFile) -and (Get-Content $stateFile -Raw) -eq $state) { return }

    if (Test-Path $paths.Help) { Remove-Item $paths.Help -Recurse -Force }
    $null = New-Item -ItemType Directory -Path $paths.Help
    foreach ($topic in $pages | Where-Object { $_.Name -like 'about_*' }) {
        # Windows PowerShell reads a file without byte order mark as ANSI.
        $text = ConvertTo-AboutTopic -Markdown (Get-Content -LiteralPath $topic.FullName -Encoding UTF8)
        [IO.File]::WriteAllText((Join-Path $paths.Help "$($topic.BaseName).help.txt"), $text, [Text.UTF8Encoding]::new($true))
    }
    if ($pages | Where-Object { $_.Name -like '*-*' }) {
        $platyPS = Get-ToolModule -Name Microsoft.PowerShell.PlatyPS
        if (-not $platyPS) {
            Write-Note (Get-ToolModuleAdvice -Name Microsoft.PowerShell.PlatyPS -Lost 'the module gets no cmdlet help')
            return
        }
        $code = Invoke-Script -Path ([IO.Path]::Combine($PSScriptRoot, 'child', 'Export-Help.ps1')) -ArgumentList @(
            '-PlatyPSPath', $platyPS
            '-DocsPath', $paths.Docs
            '-HelpPath', $paths.Help
        )
        if ($code) { throw 'docs/en-US could not be turned into help; what is wrong is written above.' }
    }
    Set-Content -LiteralPath $stateFile -Value $state -NoNewline
}

function ConvertTo-AboutTopic([string[]] $Markdown) {
    # As the topics of PowerShell itself: headings at the margin, text indented, code indented once more.
    $inCode = $inHeader = $false
    $lines = foreach ($line in $Markdown) {
        if ($line -eq '---' -and ($inHeader -or $line.ReadCount -eq 1)) { $inHeader = -not $inHeader; continue }
        if ($inHeader) { continue }
        if ($line -match '^\s*```') { $inCode = -not $inCode; continue }
        if ($inCode) { "        $line"; continue }
        if ($line -match '^#+\s+(.+)$') { $Matches[1]; continue }
        $plain = $line -replace '\[([^\]]+)\]\(([^)]+)\)', '$1 ($2)' -replace '\*\*'
        if ($plain) { "    $plain" } else { '' }
    }
    ($lines -join "`r`n").Trim() + "`r`n"
}
