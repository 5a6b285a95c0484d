<#
.SYNOPSIS
    Writes the week in Copper as one HTML page: pipelines, won and lost deals, activity by user, stale deals.
.DESCRIPTION
    The page is one file without scripts and without links to other files, so it can be mailed, printed and archived. It follows the light
    or dark mode of whoever looks at it. Its charts are SVG. Every chart has a table or texts with the same figures.

    It needs three searches: open deals, deals that were closed in the period, and activities of the period.

    The credential comes from -AccountFile (Windows), or from COPPER_USER_EMAIL and COPPER_API_KEY in the environment.
    Exit code 0: the page is written, and mailed if -MailTo was given. 1: something failed; the last line says what.
.PARAMETER Path
    The page to write. A page that is there is replaced when the new one is complete.
.PARAMETER Days
    How many days the report covers, up to and including yesterday.
.PARAMETER StaleDays
    An open deal is stale when for this many days nobody was in contact and its stage did not change, or when its close date is over.
.PARAMETER Pipeline
    Only these pipelines, by name. A scheduler gives several as one text, with commas.
.PARAMETER MailTo
    Mails the page, as an attachment, to these addresses. The text of the mail has the most important figures.
.PARAMETER MailFrom
    The sender of the mail.
.PARAMETER SmtpServer
    The mail server, as host or host:port. The connection is encrypted, except to this machine.
.PARAMETER MailAccountFile
    The account for the mail server, if it wants one, created with: Get-Credential | Export-Clixml mail.xml
.PARAMETER AccountFile
    A file created with: Get-Credential | Export-Clixml copper.xml. Only the user who created it can read it, on the same machine, and it is
    encrypted on Windows only.
.PARAMETER Sandbox
    Reports on demo data, to try it without an account.
.EXAMPLE
    ./CopperWeeklyReport.ps1 -Path week.html -Sandbox
.EXAMPLE
    ./CopperWeeklyReport.ps1 -Path week.html -MailTo sales@example.com -MailFrom copper@example.com -SmtpServer smtp.example.com:587
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Path,

    [ValidateRange(1, 366)]
    [int] $Days = 7,

    [ValidateRange(1, 3650)]
    [int] $StaleDays = 30,

    [string[]] $Pipeline,

    [string[]] $MailTo,

    [string] $MailFrom,

    [string] $SmtpServer,

    [string] $MailAccountFile,

    [string] $AccountFile,

    [switch] $Sandbox
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# Light or dark, as the reader's system is. Nothing is loaded from elsewhere.
$style = @'
:root {
  color-scheme: light dark; --text: #22262b; --muted: #5d656e; --page: #f6f4f1; --card: #fff; --line: #e2ddd6;
  --solid: #a8501f; --pale: #e6bd9f; --type1: #a8501f; --type2: #2f6f8f; --type3: #7a8b3c; --type4: #8a5a9e; --type0: #9aa0a6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e9e6e2; --muted: #a5a29d; --page: #191715; --card: #242120; --line: #3b3633;
    --solid: #e08a55; --pale: #6b442c; --type1: #e08a55; --type2: #6fb3d2; --type3: #b3c46a; --type4: #c49ad6; --type0: #7d8085;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 "Segoe UI", system-ui, sans-serif; }
main { max-width: 900px; margin: 0 auto; padding: 24px 16px 48px; }
h1 { font-size: 26px; margin: 0; }
h2 { font-size: 18px; margin: 0 0 12px; }
.period, .note, .more, .key, footer { color: var(--muted); font-size: 13px; }
.period { margin: 4px 0 20px; }
section, .tile { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
section { padding: 18px 20px; margin: 0 0 16px; }
.tiles { display: grid; grid-template-columns: repeat(3, 1fr); gap: 12px; margin: 0 0 16px; }
@media (max-width: 560px) { .tiles { grid-template-columns: repeat(2, 1fr); } }
.tile { padding: 12px 14px; }
.title { font-size: 13px; color: var(--muted); }
.figure { font-size: 21px; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
svg { width: 100%; min-width: 600px; height: auto; display: block; }
svg text { font-size: 13px; fill: var(--text); }
svg .label { text-anchor: end; fill: var(--muted); }
.solid { fill: var(--solid); background: var(--solid); }
.pale { fill: var(--pale); background: var(--pale); }
.type0 { fill: var(--type0); background: var(--type0); }
.type1 { fill: var(--type1); background: var(--type1); }
.type2 { fill: var(--type2); background: var(--type2); }
.type3 { fill: var(--type3); background: var(--type3); }
.type4 { fill: var(--type4); background: var(--type4); }
.key span { display: inline-block; width: 11px; height: 11px; border-radius: 2px; margin: 0 6px 0 12px; }
.key span:first-child { margin-left: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: left; padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--muted); font-weight: 500; }
tr:last-child td { border-bottom: 0; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; padding-right: 0; }
.none { color: var(--muted); margin: 0; }
@media print { body { background: #fff; } section, .tile { break-inside: avoid; } }
'@

# What comes from Copper is text, never markup.
function Format-Html([object] $Text) { [Net.WebUtility]::HtmlEncode("$Text") }

function Format-Amount([decimal] $Amount, [string] $Currency) { "$($Amount.ToString('N0')) $Currency".Trim() }

# SVG numbers have a point in every culture.
function Format-Coordinate([double] $Number) { $Number.ToString('0.#', [cultureinfo]::InvariantCulture) }

function Format-DealCount([int] $Count) { "$($Count.ToString('N0')) $(if ($Count -eq 1) { 'deal' } else { 'deals' })" }

# Amounts of different currencies are never added.
function Get-Sum([object[]] $Deal) {
    $sums = @($Deal | Where-Object { $null -ne $_.MonetaryValue } | Group-Object { "$($_.MonetaryUnit)" } | ForEach-Object {
            Format-Amount ($_.Group | Measure-Object MonetaryValue -Sum).Sum $_.Name
        })
    if ($sums) { $sums -join ' + ' } else { '0' }
}

# When something happened to a deal: a contact, a change of its stage, its creation.
function Get-LastSign([object] $Deal) {
    $Deal.DateLastContacted, $Deal.DateStageChanged, $Deal.DateCreated | Where-Object { $_ } | Sort-Object | Select-Object -Last 1
}

# One figure of the row at the top.
function New-Tile([string] $Title, [string] $Figure, [string] $Note) {
    '<div class="tile"><div class="title">{0}</div><div class="figure">{1}</div><div class="note">{2}</div></div>' -f
    (Format-Html $Title), (Format-Html $Figure), (Format-Html $Note)
}

# Rows of an SVG: a label on the left, bars, and a text behind them. -Part gives a row its bars, as values and classes.
function New-BarChart([object[]] $Row, [string] $Label) {
    $left, $width, $height, $right = 150, 470, 30, 190
    $largest = [double] ($Row | ForEach-Object { ($_.Parts | Measure-Object Value -Sum).Sum } | Measure-Object -Maximum).Maximum
    $scale = if ($largest -gt 0) { $width / $largest } else { 0 }
    $total = $Row.Count * $height + 4
    '<div class="scroll"><svg viewBox="0 0 {0} {1}" role="img" aria-label="{2}">' -f ($left + $width + $right), $total, (Format-Html $Label)
    $y = 4
    foreach ($line in $Row) {
        '<text x="{0}" y="{1}" class="label">{2}</text>' -f ($left - 10), ($y + 16), (Format-Html (Get-Short $line.Name 20))
        $x = [double] $left
        foreach ($part in $line.Parts) {
            $length = [Math]::Max([double] $part.Value * $scale, $(if ($part.Value) { 1.5 } else { 0 }))
            '<rect x="{0}" y="{1}" width="{2}" height="{3}" class="{4}"><title>{5}</title></rect>' -f (Format-Coordinate $x), $y,
            (Format-Coordinate $length), ($height - 8), $part.Class, (Format-Html $part.Title)
            $x += $length
        }
        '<text x="{0}" y="{1}">{2}</text>' -f (Format-Coordinate ($x + 8)), ($y + 16), (Format-Html $line.Text)
        $y += $height
    }
    '</svg></div>'
}

function Get-Short([string] $Text, [int] $Length) {
    if ($Text.Length -le $Length) { $Text } else { $Text.Substring(0, $Length - 1).TrimEnd() + [char] 0x2026 }
}

# A table. A column has a title, and a script that returns its cell for a row; -Number columns are aligned to the right.
function New-Column([string] $Title, [scriptblock] $Value, [switch] $Number) {
    @{ Title = $Title; Value = $Value; Class = if ($Number) { ' class="number"' } else { '' } }
}

function New-Table([object[]] $Row, [hashtable[]] $Column, [int] $First = 25) {
    $headings = $Column | ForEach-Object { "<th$($_.Class)>$(Format-Html $_.Title)</th>" }
    '<div class="scroll"><table><thead><tr>' + (-join $headings) + '</tr></thead><tbody>'
    foreach ($item in $Row | Select-Object -First $First) {
        $cells = foreach ($part in $Column) {
            $cell = & $part.Value $item
            "<td$($part.Class)>$(Format-Html $cell)</td>"
        }
        "<tr>$(-join $cells)</tr>"
    }
    '</tbody></table></div>'
    if ($Row.Count -gt $First) { "<p class=`"more`">and $(($Row.Count - $First).ToString('N0')) more</p>" }
}

# The stages of one pipeline: the whole bar is the value, its solid part the weighted value.
function New-Funnel([object[]] $Stage) {
    $rows = foreach ($item in $Stage) {
        $value = Format-Amount $item.Value $item.Currency
        $weighted = Format-Amount $item.WeightedValue $item.Currency
        @{
            Name  = $item.Stage
            Text  = "$value, $(Format-DealCount $item.Count)"
            Parts = @(
                @{ Value = $item.WeightedValue; Class = 'solid'; Title = "weighted: $weighted" }
                @{ Value = $item.Value - $item.WeightedValue; Class = 'pale'; Title = "value: $value" }
            )
        }
    }
    New-BarChart -Row $rows -Label "Value of the open deals of $($Stage[0].Pipeline) by stage"
    '<p class="key"><span class="solid"></span>weighted by the probability of winning <span class="pale"></span>the rest of the value</p>'
}

# The activities of each user: one part of the bar for each of the most frequent types, and one for all others.
function New-ActivityChart([object[]] $Activity) {
    $types = @($Activity | Group-Object { "$($_.Type)" } | Sort-Object Count -Descending | Select-Object -First 4 -ExpandProperty Name)
    $users = $Activity | Group-Object { if ($_.User) { $_.User } else { 'nobody' } } |
        Sort-Object @{ Expression = 'Count'; Descending = $true }, Name
    $rows = foreach ($user in $users | Select-Object -First 20) {
        $counts = @($user.Group | Group-Object { $type = "$($_.Type)"; if ($type -in $types) { $type } else { 'other' } })
        @{
            Name  = $user.Name
            Text  = $user.Count.ToString('N0')
            Parts = @(foreach ($name in $types + 'other') {
                    $count = [int] ($counts | Where-Object Name -EQ $name | ForEach-Object Count)
                    @{ Value = $count; Class = "type$([array]::IndexOf($types, $name) + 1)"; Title = "${name}: $count" }
                })
        }
    }
    New-BarChart -Row $rows -Label 'Activities of the period by user'
    $keys = for ($index = 0; $index -lt $types.Count; $index++) {
        "<span class=`"type$($index + 1)`"></span>$(Format-Html $types[$index]) "
    }
    "<p class=`"key`">$(-join $keys)<span class=`"type0`"></span>other</p>"
}

function New-Page([hashtable] $Report) {
    $open, $won, $lost = @($Report.Open), @($Report.Won), @($Report.Lost)
    $name = New-Column Deal { param($deal) $deal.Name }
    $company = New-Column Company { param($deal) $deal.CompanyName }
    $owner = New-Column Owner { param($deal) $deal.Assignee }
    $value = New-Column Value -Number {
        param($deal)
        if ($null -ne $deal.MonetaryValue) { Format-Amount $deal.MonetaryValue $deal.MonetaryUnit }
    }
    $none = '<p class="none">None.</p>'

    '<!doctype html>'
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
    "<title>$(Format-Html $Report.Title)</title><style>$style</style></head><body><main>"
    "<h1>$(Format-Html $Report.Title)</h1><p class=`"period`">$(Format-Html $Report.Period)</p>"
    '<div class="tiles">'
    foreach ($kind in 'Open', 'Won', 'Lost', 'New') {
        New-Tile -Title $kind -Figure (Get-Sum $Report.$kind) -Note (Format-DealCount @($Report.$kind).Count)
    }
    New-Tile -Title Stale -Figure (Get-Sum $Report.Stale) -Note "$(@($Report.Stale).Count) of $($open.Count) open"
    New-Tile -Title Activities -Figure @($Report.Activities).Count.ToString('N0') -Note 'logged by users'
    '</div>'
    foreach ($pipe in $Report.Stages | Group-Object Pipeline, Currency) {
        "<section><h2>$(Format-Html "Pipeline $($pipe.Group[0].Pipeline)")</h2>"
        New-Funnel $pipe.Group
        '</section>'
    }
    '<section><h2>Won</h2>'
    if ($won) { New-Table ($won | Sort-Object MonetaryValue -Descending) $name, $company, $owner, $value } else { $none }
    '</section><section><h2>Lost</h2>'
    $reason = New-Column Reason { param($deal) $deal.LossReason }
    if ($lost) { New-Table ($lost | Sort-Object MonetaryValue -Descending) $name, $company, $owner, $reason, $value } else { $none }
    '</section><section><h2>Activity by user</h2>'
    if ($Report.Activities) { New-ActivityChart $Report.Activities } else { $none }
    '</section><section><h2>Stale deals</h2>'
    $why = New-Column Why {
        param($deal)
        if ($deal.CloseDate -and $deal.CloseDate -lt $today) { "was to close on $($deal.CloseDate.ToString('d'))" }
        else { "nothing since $((Get-LastSign $deal).LocalDateTime.ToString('d'))" }
    }
    if ($Report.Stale) { New-Table ($Report.Stale | Sort-Object MonetaryValue -Descending) $name, $owner, $why, $value } else { $none }
    "</section><footer>$(Format-Html $Report.Footer)</footer></main></body></html>"
}

function Send-Page([string] $File, [string] $Subject, [string] $Text, [string] $AccountPath) {
    $server, $port = $SmtpServer -split ':'
    $mail = [Net.Mail.MailMessage] @{ From = $MailFrom; Subject = $Subject; Body = $Text }
    $client = [Net.Mail.SmtpClient]::new($server, $(if ($port) { [int] $port } else { 25 }))
    try {
        foreach ($address in $MailTo) { $mail.To.Add($address) }
        $mail.Attachments.Add([Net.Mail.Attachment]::new($File, 'text/html'))
        $client.EnableSsl = $server -notin 'localhost', '127.0.0.1', '::1'
        if ($AccountPath) { $client.Credentials = (Import-Clixml -LiteralPath $AccountPath).GetNetworkCredential() }
        $client.Send($mail)
    }
    finally {
        $mail.Dispose()
        $client.Dispose()
    }
}

try {
    # Everything that can be wrong is found before the first request.
    $Pipeline, $MailTo = @($Pipeline -split ',' | ForEach-Object Trim | Where-Object { $_ }),
    @($MailTo -split ',' | ForEach-Object Trim | Where-Object { $_ })
    if ($MailTo -and -not ($MailFrom -and $SmtpServer)) { throw '-MailTo needs -MailFrom and -SmtpServer.' }
    $file = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
    Set-Content -LiteralPath "$file.part" -Value '' -Encoding UTF8
    # Installed, or built in a clone of the repository.
    $built = Join-Path $PSScriptRoot '../out/CopperPS'
    if ((Get-Module CopperPS) -or (Get-Module CopperPS -ListAvailable)) { Import-Module CopperPS }
    elseif (Test-Path $built) { Import-Module $built }
    else { throw 'The module CopperPS is neither installed (Install-PSResource CopperPS) nor built (./build.ps1 build).' }

    if ($Sandbox) { Connect-Copper -Sandbox }
    elseif ($AccountFile) { Connect-Copper -Credential (Import-Clixml -LiteralPath $AccountFile) }
    else { Connect-Copper }

    $today = (Get-Date).Date
    $begin = $today.AddDays(-$Days)
    $in = @{}
    if ($Pipeline) { $in.Pipeline = $Pipeline }
    $open = @(Get-CopperOpportunity -Status Open @in)
    $closed = @(Get-CopperOpportunity -ClosedAfter $begin -ClosedBefore $today.AddDays(-1) @in)
    # What users logged; what Copper logs by itself has another category.
    $activities = @(Get-CopperActivity -After $begin -Before $today | Where-Object { $_.Type.Category -eq 'user' })
    $quiet = $today.AddDays(-$StaleDays)
    $account = (Get-CopperSession).AccountName
    $report = @{
        Title      = "$account`: $(if ($Days -eq 7) { 'the week' } else { "$Days days" })"
        Period     = "$($begin.ToString('D')) to $($today.AddDays(-1).ToString('D'))"
        Open       = $open
        Won        = @($closed | Where-Object Status -EQ Won)
        Lost       = @($closed | Where-Object Status -EQ Lost)
        New        = @($open + $closed | Where-Object { $_.DateCreated -ge $begin -and $_.DateCreated -lt $today })
        Stale      = @($open | Where-Object {
                ($_.CloseDate -and $_.CloseDate -lt $today) -or (Get-LastSign $_) -lt $quiet
            })
        Stages     = @($open | Show-CopperPipeline)
        Activities = $activities
        Footer     = "Created on $((Get-Date).ToString('f')). A deal is stale after $StaleDays days without a contact or a change of " +
        'its stage, or when its close date is over. Won and lost deals count by their close date.'
    }
    # The page gets its name only when it is complete.
    Set-Content -LiteralPath "$file.part" -Value (New-Page $report) -Encoding UTF8
    Move-Item -LiteralPath "$file.part" -Destination $file -Force
    $summary = "$($report.Title), $($report.Period): open $(Get-Sum $open), won $(Get-Sum $report.Won), lost $(Get-Sum $report.Lost), " +
    "$($report.Stale.Count) of $($open.Count) open deals are stale."
    Write-Output $summary
    if ($MailTo) {
        Send-Page -File $file -Subject $report.Title -Text "$summary`r`n`r`nThe page is attached." -AccountPath $MailAccountFile
        Write-Output "Mailed to $($MailTo -join ', ')"
    }
    Disconnect-Copper
    exit 0
}
catch {
    "FAILED: $($_.Exception.Message) ($($_.FullyQualifiedErrorId))"
    exit 1
}
