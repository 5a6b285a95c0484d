# Help is written as Markdown and shown by Get-Help as plain text.

function ConvertTo-PlainText([string] $Markdown) {
    # Takes away what only a Markdown reader would not show: emphasis, link targets within the docs, code fences. Code is indented instead.
    $inCode = $false
    $lines = foreach ($line in $Markdown -split '\r?\n') {
        if ($line -match '^\s*```') { $inCode = -not $inCode }
        elseif ($inCode) { "    $line".TrimEnd() }
        else {
            $line -replace '\[([^\]]+)\]\((?!\w+://)[^)]+\)', '$1' -replace '\[([^\]]+)\]\(([^)]+)\)',
            '$1 ($2)' -replace '\*\*' -replace '^> ?(\[!(\w+)\])?', '$2'
        }
    }
    $lines -join "`n"
}

function Format-Markdown([string] $Markdown, [int] $Width) {
    # The lines of a text as a console of that width shows them best: paragraphs and lists are wrapped, code stays as it is, and a table
    # has columns where they fit; otherwise the first cell of a row stands alone, and the others below it.
    $kind = $null
    $block = [Collections.Generic.List[string]]::new()
    # An empty line at the end closes the last block.
    foreach ($line in @($Markdown -split '\r?\n') + '') {
        $next = if ($kind -eq 'code') { 'code' }
        elseif ($line -match '^\s*```') { 'code' }
        elseif ($line -match '^\|') { 'table' }
        elseif ($line -match '^#+ ') { 'heading' }
        elseif (-not $line.Trim()) { 'empty' }
        elseif ($line -match '^ {4}' -and $kind -notin 'item', 'paragraph') { 'indented' }
        elseif ($line -match '^\s*([-*]|\d+\.) ') { 'item' }
        elseif ($kind -in 'item', 'paragraph') { $kind }
        else { 'paragraph' }
        $begins = $kind -ne 'code' -and ($next -ne $kind -or ($next -eq 'item' -and $line -match '^\s*([-*]|\d+\.) '))
        if ($begins -and $block.Count) {
            Format-MarkdownBlock -Kind $kind -Line $block -Width $Width
            $block.Clear()
        }
        if ($begins) { $kind = $next }
        $block.Add($line)
        if ($kind -eq 'code' -and $block.Count -gt 1 -and $line -match '^\s*```') {
            Format-MarkdownBlock -Kind code -Line $block -Width $Width
            $block.Clear()
            $kind = $null
        }
    }
}

function Format-MarkdownBlock([string] $Kind, [string[]] $Line, [int] $Width) {
    switch ($Kind) {
        'table' { Format-MarkdownTable -Line $Line -Width $Width }
        'item' {
            $mark = [regex]::Match($Line[0], '^\s*(?:[-*]|\d+\.) +').Value
            $rest = @($Line | Select-Object -Skip 1 | ForEach-Object Trim)
            $text = ConvertTo-PlainText (@($Line[0].Substring($mark.Length)) + $rest -join ' ')
            foreach ($part in Split-Text -Text $text -Width ($Width - $mark.Length)) {
                "$mark$part"
                $mark = ' ' * $mark.Length
            }
        }
        'paragraph' { Split-Text -Text (ConvertTo-PlainText (@($Line | ForEach-Object Trim) -join ' ')) -Width $Width }
        'empty' { '' }
        default { (ConvertTo-PlainText ($Line -join "`n")) -split "`n" }
    }
}

function Format-MarkdownTable([string[]] $Line, [int] $Width) {
    $rows = @(
        foreach ($row in $Line -notmatch '^\|[\s:|-]+$') {
            , @($row.Trim().Trim('|') -split '(?<!\\)\|' | ForEach-Object { (ConvertTo-PlainText $_.Replace('\|', '|')).Trim() })
        }
    )
    $widths = @(
        foreach ($column in 0..($rows[0].Count - 1)) {
            ($rows | ForEach-Object { $_[$column].Length } | Measure-Object -Maximum).Maximum
        }
    )
    if (($widths | Measure-Object -Sum).Sum + 2 * ($widths.Count - 1) -le $Width) {
        foreach ($row in $rows) {
            (@(foreach ($column in 0..($widths.Count - 1)) { $row[$column].PadRight($widths[$column]) }) -join '  ').TrimEnd()
        }
        return
    }
    # The headings say nothing that the cells do not say.
    foreach ($row in $rows | Select-Object -Skip 1) {
        Split-Text -Text $row[0] -Width $Width
        foreach ($cell in $row | Select-Object -Skip 1 | Where-Object { $_ }) {
            Split-Text -Text $cell -Width ($Width - 4) | ForEach-Object { "    $_" }
        }
    }
}

function Split-Text([string] $Text, [int] $Width) {
    # What stands between back quotes stays on one line, so that it can be copied.
    $line = ''
    foreach ($match in [regex]::Matches($Text, '(?:`[^`]*`|[^\s`])+')) {
        $words = if ($match.Length -gt $Width) { $match.Value -split ' ' } else { $match.Value }
        foreach ($word in $words) {
            if ($line -and $line.Length + 1 + $word.Length -gt $Width) {
                $line
                $line = ''
            }
            $line = if ($line) { "$line $word" } else { $word }
        }
    }
    if ($line) { $line }
}
