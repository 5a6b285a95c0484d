# Turns the cmdlet pages of docs/en-US into the XML that Get-Help reads (MAML), and mends what PlatyPS leaves rough in it.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $PlatyPSPath,
    [Parameter(Mandatory)] [string] $DocsPath,
    [Parameter(Mandatory)] [string] $HelpPath
)

$ErrorActionPreference = 'Stop'
Import-Module $PlatyPSPath

function Get-ShortTypeName([string] $Name) {
    # "System.Nullable`1[System.DateTimeOffset]" is DateTimeOffset to a reader.
    $Name -replace '^System\.Nullable`1\[(.+)\]$', '$1' -replace '^(?:\w+\.)+'
}

function Set-Example([Xml.XmlElement] $Example, [Xml.XmlNamespaceManager] $Names) {
    # Get-Help shows an example as code and remarks; PlatyPS puts the page's Markdown, code fences included, in the introduction.
    $introduction = $Example.SelectSingleNode('maml:introduction', $Names)
    $text = @($introduction.SelectNodes('maml:para', $Names) | ForEach-Object { $_.InnerText }) -join "`n`n"
    $code, $rest = [regex]::Match($text, '(?s)^(?<before>.*?)```\w*\n(?<code>.*?)\n```(?<after>.*)$').Groups['code', 'after'].Value
    if (-not $code) { return }

    $before = [regex]::Match($text, '(?s)^(.*?)```').Groups[1].Value
    $Example.SelectSingleNode('dev:code', $Names).InnerText = $code
    $introduction.RemoveAll()
    $remarks = $Example.SelectSingleNode('dev:remarks', $Names)
    $null = Add-Paragraph $introduction $before
    # What the example prints: indented, so that it stands out as the code did.
    $rest = [regex]::Replace($rest, '(?s)```\w*\n(.*?)\n```', { param($match) $match.Groups[1].Value -replace '(?m)^', '    ' })
    $null = Add-Paragraph $remarks $rest
}

function Add-Paragraph([Xml.XmlElement] $Parent, [string] $Text) {
    foreach ($part in $Text -split '\n{2,}' | Where-Object { $_.Trim() }) {
        $paragraph = $Parent.OwnerDocument.CreateElement('maml', 'para', 'http://schemas.microsoft.com/maml/2004/10')
        $paragraph.InnerText = $part.Trim("`n")
        $Parent.AppendChild($paragraph)
    }
}

$pages = @(Get-ChildItem (Join-Path $DocsPath '*-*.md') -Exclude 'about_*')
$work = Join-Path $HelpPath 'platyps'
$null = Import-MarkdownCommandHelp -LiteralPath $pages.FullName | Export-MamlCommandHelp -OutputFolder $work

foreach ($file in Get-ChildItem $work -Recurse -Filter '*-Help.xml') {
    $help = [xml]::new()
    $help.Load($file.FullName)
    $names = [Xml.XmlNamespaceManager]::new($help.NameTable)
    $names.AddNamespace('maml', 'http://schemas.microsoft.com/maml/2004/10')
    $names.AddNamespace('dev', 'http://schemas.microsoft.com/maml/dev/2004/10')
    $names.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')

    # Between paragraphs stands one that holds a control character.
    foreach ($node in @($help.SelectNodes('//maml:para', $names) | Where-Object { -not $_.InnerText.Trim([char] 0x80, ' ') })) {
        $null = $node.ParentNode.RemoveChild($node)
    }
    foreach ($node in $help.SelectNodes('//command:parameter/command:parameterValue | //command:parameter/dev:type/maml:name', $names)) {
        $node.InnerText = Get-ShortTypeName $node.InnerText
    }
    foreach ($node in $help.SelectNodes('//command:example', $names)) { Set-Example $node $names }
    foreach ($node in $help.SelectNodes('//maml:para', $names)) { $node.InnerText = $node.InnerText -replace '\*\*' }
    foreach ($node in @($help.SelectNodes('//maml:navigationLink[not(string(maml:uri)) and maml:linkText = "Online Version"]', $names))) {
        $null = $node.ParentNode.RemoveChild($node)
    }
    $help.Save((Join-Path $HelpPath $file.Name))
}
Remove-Item $work -Recurse -Force
