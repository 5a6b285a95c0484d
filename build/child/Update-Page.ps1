# Brings the pages of docs/en-US in step with the cmdlets: a new page for a new cmdlet, new and changed parameters in the
# others. What was written by hand stays. Where nothing is written yet, the comments of the source code fill in.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $PlatyPSPath,
    [Parameter(Mandatory)] [string] $ModulePath,
    # Where the compiler put the assemblies and, beside them, the comments of the source code.
    [Parameter(Mandatory)] [string] $CommentPath,
    [Parameter(Mandatory)] [string] $DocsPath
)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'PageMerge.ps1')
. ([IO.Path]::Combine($PSScriptRoot, '..', 'ModulePage.ps1'))
Import-Module $PlatyPSPath
$module = Import-Module (Join-Path $ModulePath 'CopperPS.psd1') -PassThru

function Get-PageText([string] $Path) { [IO.File]::ReadAllText($Path) -replace '\r\n', "`n" }

function Set-PageText([string] $Path, [string] $Text) {
    # PlatyPS writes a byte order mark, and the day on which it ran: both would look like a change.
    $Text = $Text -replace '(?m)^ms\.date: .*\n'
    [IO.File]::WriteAllText($Path, $Text.TrimEnd() + "`n", [Text.UTF8Encoding]::new($false))
}

function Get-CommentTable([string[]] $Path) {
    # The compiler's documentation files, by member and element: "summary T:Namespace.Type", "remarks P:Namespace.Type.Property".
    $table = @{}
    foreach ($member in $Path | ForEach-Object { ([xml] (Get-PageText $_)).SelectNodes('/doc/members/member') }) {
        foreach ($comment in $member.SelectNodes('summary | remarks')) {
            foreach ($reference in @($comment.SelectNodes('.//see | .//paramref'))) {
                $name = "$($reference.GetAttribute('cref'))$($reference.GetAttribute('langword'))$($reference.GetAttribute('name'))"
                $reference.InnerText = $name -replace '^\w:' -replace '^.*\.'
            }
            $table["$($comment.LocalName) $($member.name)"] = ($comment.InnerText -replace '\s+', ' ').Trim()
        }
    }
    $table
}

function Get-ParameterComment([Management.Automation.CmdletInfo] $Command, [string] $Name) {
    # A parameter is often declared in a base class, and that one generic: the comment stands under its name.
    for ($type = $Command.ImplementingType; $type; $type = $type.BaseType) {
        $declaring = if ($type.IsGenericType) { $type.GetGenericTypeDefinition() } else { $type }
        $comment = $comments["summary P:$($declaring.FullName).$Name"]
        if ($comment) { return $comment }
    }
}

function Add-Comment([string] $Text, [Management.Automation.CmdletInfo] $Command) {
    $type = "T:$($Command.ImplementingType.FullName)"
    $summary, $remarks = $comments["summary $type", "remarks $type"]
    if ($summary) { $Text = $Text.Replace('{{ Fill in the Synopsis }}', $summary) }
    if ($remarks) { $Text = $Text.Replace("## DESCRIPTION`n`n{{ Fill in the Description }}", "## DESCRIPTION`n`n$remarks") }
    # What goes in and what comes out; where the type says nothing about itself, its name is enough.
    $Text = [regex]::Replace($Text, '(?m)^### (\S+)\n\n\{\{ Fill in the Description \}\}$', {
            param($match)
            ("### $($match.Groups[1].Value)`n`n" + $comments["summary T:$($match.Groups[1].Value)"]).TrimEnd()
        })
    $Text = $Text -replace '\{\{ Fill in the related links here \}\}'
    [regex]::Replace($Text, '\{\{ Fill (\w+) Description \}\}', {
            param($match)
            $comment = Get-ParameterComment -Command $Command -Name $match.Groups[1].Value
            if ($comment) { $comment } else { $match.Value }
        })
}

function Get-FreshPage([Management.Automation.CmdletInfo] $Command) {
    # What can be said of the cmdlet without knowing it: syntax, parameters, types.
    $work = Join-Path ([IO.Path]::GetTempPath()) "CopperPS-$([Guid]::NewGuid().ToString('n'))"
    try {
        $file = New-MarkdownCommandHelp -CommandInfo $Command -OutputFolder $work -WarningAction SilentlyContinue
        # Only here does PlatyPS write the syntax in full.
        $null = Update-MarkdownCommandHelp -Path $file.FullName -NoBackup
        $text = Get-PageText $file.FullName
        $text = $text -replace '(?s)(?<=## NOTES\n).*?(?=## RELATED LINKS)', "`n"
        if (-not $Command.OutputType) { $text = $text.Replace("## OUTPUTS`n`n### System.Object", "## OUTPUTS`n`n### None") }
        $text.Replace("HelpUri: ''", "HelpUri: $($module.ProjectUri)/blob/main/docs/en-US/$($Command.Name).md")
    }
    finally {
        Remove-Item $work -Recurse -ErrorAction Ignore
    }
}

$null = New-Item -ItemType Directory -Path $DocsPath -Force
$comments = Get-CommentTable (Get-Item (Join-Path $CommentPath '*.xml')).FullName
$commands = @($module.ExportedCmdlets.Values | Sort-Object Name)
foreach ($command in $commands) {
    $page = Join-Path $DocsPath "$($command.Name).md"
    $before = if (Test-Path -LiteralPath $page) { Get-PageText $page }
    $text = Get-FreshPage $command
    if ($before) { $text = Merge-Page -Fresh $text -Present $before }
    Set-PageText $page (Add-Comment $text $command)

    if (-not $before) { Write-Host "    new      $($command.Name)" }
    elseif ($before -ne (Get-PageText $page)) { Write-Host "    changed  $($command.Name)" }
}

$wrong = 0
foreach ($page in Get-ChildItem (Join-Path $DocsPath '*-*.md') -Exclude 'about_*') {
    if ($page.BaseName -notin $commands.Name) {
        Write-Host "    no such cmdlet: $($page.Name). Rename or remove the page."
        $wrong++
        continue
    }
    if (-not (Test-MarkdownCommandHelp -Path $page.FullName)) {
        Write-Host "    not a valid page: $($page.Name). See: Test-MarkdownCommandHelp $($page.FullName) -DetailView"
        $wrong++
    }
    $left = @([regex]::Matches((Get-PageText $page.FullName), '\{\{\s*(.*?)\s*\}\}') | ForEach-Object { $_.Groups[1].Value })
    if ($left) { Write-Host "    to write in $($page.Name): $($left -join ', ')" }
}
if (-not $wrong) {
    Set-PageText (Join-Path $DocsPath 'CopperPS.md') (Get-ModulePage -DocsPath $DocsPath -ModuleGuid $module.Guid)
}
exit $wrong
