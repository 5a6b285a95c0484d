# Turns the cmdlet pages of docs/en-US into the XML that Get-Help reads (MAML), and mends what PlatyPS leaves rough in it.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $PlatyPSPath,
    [Parameter(Mandatory)] [string] $DocsPath,
    [Parameter(Mandatory)] [string] $HelpPath
)

$ErrorActionPreference = 'Stop'
Import-Module $PlatyPSPath
. ([IO.Path]::Combine($PSScriptRoot, '..', 'PlainText.ps1'))

function Get-ShortTypeName([string] $Name) {
    # "System.Nullable`1[System.DateTimeOffset]" is DateTimeOffset to a reader.
    $Name -replace '^System\.Nullable`1\[(.+)\]$', '$1' -replace '^(?:\w+\.)+'
}

function Set-Example([Xml.XmlElement] $Example, [Xml.XmlNamespaceManager] $Names) {
    # Get-Help shows an example as introduction, code and remarks; PlatyPS puts the whole of it in the introduction, fences included.
    $introduction = $Example.SelectSingleNode('maml:introduction', $Names)
    $text = @($introduction.SelectNodes('maml:para', $Names) | ForEach-Object { $_.InnerText }) -join "`n`n"
    $match = [regex]::Match($text, '(?s)^(?<before>.*?)```\w*\n(?<code>.*?)\n```(?<after>.*)$')
    if (-not $match.Success) { return }

    $Example.SelectSingleNode('dev:code', $Names).InnerText = $match.Groups['code'].Value
    $introduction.RemoveAll()
    if ($match.Groups['before'].Value.Trim()) { Add-Paragraph $introduction ($match.Groups['before'].Value.Trim() + "`n`n") }
    # No indentation here: Get-Help would take it from the first line only, and the columns of what is printed would not match.
    $rest = [regex]::Replace($match.Groups['after'].Value, '(?s)```output\n(.*?)\n```', { Get-TextAtMargin $args[0].Groups[1].Value })
    $rest = ($rest -replace '(?m)^```.*\n?').Trim("`n")
    foreach ($part in "$rest`n" -split '\n{2,}') { Add-Paragraph $Example.SelectSingleNode('dev:remarks', $Names) $part }
}

function Get-TextAtMargin([string] $Text) {
    # The lines without the spaces that all of them begin with.
    $lines = @($Text -split '\n')
    $indents = @($lines | Where-Object { $_.Trim() } | ForEach-Object { $_.Length - $_.TrimStart().Length })
    $indent = ($indents | Measure-Object -Minimum).Minimum
    @($lines | ForEach-Object { if ($_.Trim()) { $_.Substring($indent) } else { '' } }) -join "`n"
}

function Add-Paragraph([Xml.XmlElement] $Parent, [string] $Text) {
    $paragraph = $Parent.OwnerDocument.CreateElement('maml', 'para', 'http://schemas.microsoft.com/maml/2004/10')
    $paragraph.InnerText = $Text
    $null = $Parent.AppendChild($paragraph)
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
    foreach ($node in $help.SelectNodes('//maml:para', $names)) { $node.InnerText = ConvertTo-PlainText $node.InnerText }
    # A guide is read in a browser. A page of this folder is to Get-Help a name, not an address.
    foreach ($node in $help.SelectNodes('//maml:navigationLink/maml:uri[starts-with(., "../")]', $names)) {
        $node.InnerText = 'https://github.com/copperps/CopperPS/blob/main/docs/' + $node.InnerText.Substring(3)
    }
    foreach ($node in $help.SelectNodes('//maml:navigationLink/maml:uri[not(contains(., "://"))]', $names)) { $node.InnerText = '' }
    $help.Save((Join-Path $HelpPath $file.Name))
}
Remove-Item $work -Recurse -Force
