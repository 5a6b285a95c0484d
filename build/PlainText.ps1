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
