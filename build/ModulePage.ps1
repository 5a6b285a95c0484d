# docs/en-US/CopperPS.md: the tables of cmdlets by task, from docs/cmdlets-by-task.psd1 and the synopses of the pages.

function Get-ModulePage {
    # The text of the page. A cmdlet without a page, and a page that belongs to no task, are errors that name it.
    [OutputType([string])]
    param(
        # docs/en-US.
        [Parameter(Mandatory)] [string] $DocsPath,
        [Parameter(Mandatory)] [string] $ModuleGuid
    )

    $taskPath = Join-Path (Split-Path $DocsPath) 'cmdlets-by-task.psd1'
    $tasks = (Import-PowerShellDataFile -LiteralPath $taskPath).Tasks
    $listed = @($tasks.Cmdlets)
    $pages = @(Get-ChildItem (Join-Path $DocsPath '*-*.md') -Exclude 'about_*').BaseName
    $wrong = @($pages | Where-Object { $_ -notin $listed } | ForEach-Object { "$_ is in no task" }) +
    @($listed | Where-Object { $_ -notin $pages } | ForEach-Object { "$_ has no page" }) +
    @($listed | Group-Object | Where-Object Count -GT 1 | ForEach-Object { "$($_.Name) is listed twice" })
    if ($wrong) { throw "$($taskPath): $($wrong -join ', ')." }

    @(
        # What PlatyPS expects of the page of a module.
        '---'
        'document type: module'
        "HelpInfoUri: ''"
        'Locale: en-US'
        "Module Guid: $ModuleGuid"
        'Module Name: CopperPS'
        'PlatyPS schema version: 2024-05-01'
        'title: CopperPS Module'
        '---'
        ''
        '# Cmdlets by task'
        ''
        'New to the module? [about_CopperPS](about_CopperPS.md) comes first. Every page has examples that the tests run:'
        '`Get-Help Get-CopperPerson -Examples`.'
        foreach ($task in $tasks) {
            ''
            "## $($task.Title)"
            ''
            $task.Text
            ''
            '| cmdlet | what it does |'
            '| --- | --- |'
            foreach ($cmdlet in $task.Cmdlets) {
                "| [$cmdlet]($cmdlet.md) | $(Get-PageSynopsis -Path (Join-Path $DocsPath "$cmdlet.md")) |"
            }
        }
        ''
    ) -join "`n"
}

function Get-PageSynopsis([string] $Path) {
    $synopsis = [regex]::Match([IO.File]::ReadAllText($Path), '(?s)## SYNOPSIS\s+(.+?)\s+## ').Groups[1].Value
    $synopsis -replace '\s+', ' ' -replace '(?<!\\)\|', '\|'
}
