# docs, and the help files that build creates from docs/en-US: the pages are the one place where help is written.
. (Join-Path $PSScriptRoot 'PlainText.ps1')

function Invoke-DocsTask([string] $Configuration) {
    $platyPS = Get-ToolModule -Name Microsoft.PowerShell.PlatyPS
    if (-not $platyPS) { throw (Get-ToolModuleAdvice -Name Microsoft.PowerShell.PlatyPS -Lost 'the pages cannot be written') }
    Invoke-Compiler -Path $paths.Cmdlets -Configuration $Configuration
    # The help comes after the pages: a page that is broken must not stop the task that mends it, and PlatyPS would take what it says
    # of a cmdlet from the help that is there.
    Update-StagedModule -Configuration $Configuration -SkipHelp

    Write-Step 'bring docs/en-US in step with the cmdlets'
    $code = Invoke-Script -Path ([IO.Path]::Combine($PSScriptRoot, 'child', 'Update-Page.ps1')) -ArgumentList @(
        '-PlatyPSPath', $platyPS
        '-ModulePath', $paths.Module
        '-CommentPath', [IO.Path]::Combine($paths.Cmdlets, 'bin', $Configuration, 'net8.0')
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
        $text = ConvertTo-AboutTopic -Markdown ([IO.File]::ReadAllText($topic.FullName))
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

function ConvertTo-AboutTopic([string] $Markdown) {
    # As the topics of PowerShell itself: headings at the margin, everything else indented. Get-Help does not wrap a topic, so that it is
    # wrapped here, for a console of 80 columns.
    $body = $Markdown -replace '\r\n', "`n" -replace '(?s)\A---\n.*?\n---\n'
    $lines = foreach ($line in Format-Markdown -Markdown $body.Trim() -Width 75) {
        if ($line -match '^#+ (.+)') { $Matches[1] } elseif ($line) { "    $line" } else { '' }
    }
    ($lines -join "`r`n") + "`r`n"
}
