# How a page of docs/en-US that was written by hand takes over what a fresh page says of its cmdlet.

function Split-Page([string] $Text) {
    # Heading to text, in order; parameters and types each by themselves, under the heading of their section and their own.
    $parts = [ordered]@{ '' = '' }
    $section = $key = ''
    $inCode = $false
    foreach ($line in $Text -split '\n') {
        if ($line -match '^\s*```') { $inCode = -not $inCode }
        if (-not $inCode -and $line -match '^## ') { $section = $key = $line }
        elseif (-not $inCode -and $line -match '^### ' -and $section -in '## PARAMETERS', '## INPUTS', '## OUTPUTS') {
            $key = "$section`n$line"
        }
        else { $line = "$line`n" }

        if ($line.EndsWith("`n")) { $parts[$key] += $line } else { $parts[$key] = '' }
    }
    $parts
}

function Merge-Page([string] $Fresh, [string] $Present) {
    # PlatyPS merges too, but writes a text of several paragraphs once more each time.
    $written = Split-Page $Present
    $facts = Split-Page $Fresh
    $merged = foreach ($key in Join-Heading -Fresh $facts -Present $written) {
        $heading = ($key -split '\n')[-1]
        if ($heading) { $heading }
        if (-not $written.Contains($key) -or $key -in '## SYNTAX', "## PARAMETERS`n### CommonParameters") { $facts[$key] }
        elseif ($key -like "## PARAMETERS`n*") { Merge-Parameter -Fresh $facts[$key] -Present $written[$key] }
        else { $written[$key] }
    }
    # Two empty lines stay in the output of an example.
    [regex]::Replace($merged -join "`n", '(?ms)^```.*?^```|\n{3,}', {
            param($match)
            if ($match.Value[0] -eq "`n") { "`n`n" } else { $match.Value }
        })
}

function Join-Heading([Collections.IDictionary] $Fresh, [Collections.IDictionary] $Present) {
    # The headings of the fresh page. PlatyPS knows only the types that a cmdlet declares; what is written about others, for example
    # rows of a file, stays after them.
    foreach ($key in $Fresh.Keys) {
        $section = ($key -split '\n')[0]
        if ($previous -in '## INPUTS', '## OUTPUTS' -and $section -ne $previous) {
            $Present.Keys | Where-Object { $_ -like "$previous`n*" -and -not $Fresh.Contains($_) -and $Present[$_].Trim() }
        }
        $previous = $section
        $key
    }
}

function Merge-Parameter([string] $Fresh, [string] $Present) {
    # The text that is there, the facts of today. What a parameter defaults to is written by hand: it is not to be seen in a type.
    $text = $Present -replace '(?s)```yaml\n.*'
    $facts = $Fresh.Substring($Fresh.IndexOf('```yaml'))
    $default = [regex]::Match($Present, '(?m)^DefaultValue: .+$').Value
    if ($default) { $facts = $facts.Replace("DefaultValue: ''", $default) }
    "$text$facts"
}
