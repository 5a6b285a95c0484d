# The topics and guides are true: their code runs, one block after the other, as a reader would type it.

BeforeDiscovery {
    $repository = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    # The topics about connecting and about CopperHub show what needs an account; react-to-changes.md has tests of its own.
    $texts = @(Get-Item ([IO.Path]::Combine($repository, 'docs', 'en-US', 'about_CopperPS*.md')) -Exclude 'about_CopperPS_Connecting.md') +
    @(Get-Item ([IO.Path]::Combine($repository, 'docs', 'guides', '*.md')) -Exclude 'react-to-changes.md') |
        ForEach-Object { @{ File = $_.Name; Path = $_.FullName } }
    $guides = @(
        Get-Item ([IO.Path]::Combine($repository, 'docs', 'guides', '*.md')) | ForEach-Object { @{ File = $_.Name; Path = $_.FullName } }
    )
    $topics = @(@{ Topic = 'Connecting' }, @{ Topic = 'Searching' }, @{ Topic = 'CustomFields' }, @{ Topic = 'RateLimits' },
        @{ Topic = 'Errors' },
        @{ Topic = 'Automation' }, @{ Topic = 'Webhooks' }, @{ Topic = 'Sandbox' })
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $culture = [cultureinfo]::CurrentCulture
    [cultureinfo]::CurrentCulture = 'en-US'
    # Waiting for the rate limit has tests of its own.
    $quick = @{ 'Connect-Copper:RateLimit' = '100000/1s' }

    # A block that says "Needs" in its first line, such as "# Needs an account.", is for reading only.
    function Get-Block([string] $Path) {
        $text = [IO.File]::ReadAllText($Path) -replace '\r\n', "`n"
        [regex]::Matches($text, '(?s)```powershell\n(.*?)\n```') | ForEach-Object { $_.Groups[1].Value }
    }
}

AfterAll {
    [cultureinfo]::CurrentCulture = $culture
    Disconnect-Copper
}

Describe 'docs/README.md' {
    It 'lists every guide, topic and sample' {
        $text = [IO.File]::ReadAllText((Get-RepositoryPath docs README.md))
        $links = [regex]::Matches($text, '\]\(([^)]+)\)') | ForEach-Object { $_.Groups[1].Value }
        foreach ($link in $links) { Join-Path (Get-RepositoryPath docs) $link | Should -Exist }
        $files = Get-Item (Get-RepositoryPath docs guides *.md), (Get-RepositoryPath docs en-US about_*.md),
        (Get-RepositoryPath samples Copper*.ps1)
        $files | Where-Object { $name = $_.Name; -not ($links -like "*/$name") } | Should -BeNullOrEmpty
    }
}

Describe '<File>' -ForEach $texts {
    It 'has code that runs on the sandbox' {
        Push-Location $TestDrive
        try {
            # In a script of its own: the topics set strict mode and preferences, as scripts should.
            $blocks = @(Get-Block $Path)
            $blocks.Count | Should -BeGreaterThan 0
            $script = {
                param($Blocks) Connect-Copper -Sandbox
                foreach ($block in $Blocks) {
                    if ($block -notmatch '^# Needs') { try { . ([scriptblock]::Create($block)) } catch { throw "$_ in: $block" } }
                }
            }
            $PSDefaultParameterValues = $quick
            $ConfirmPreference = 'None'
            $ProgressPreference = 'SilentlyContinue'
            $ErrorActionPreference = 'Continue'
            $null = & $script $blocks 3>&1 4>&1 6>&1 2>&1 | Tee-Object -Variable printed
            $errors = @($printed | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
            # Examples of errors are about ids that do not exist.
            $errors | Where-Object { $_.FullyQualifiedErrorId -notlike 'CopperNotFound,*' } | Should -BeNullOrEmpty
        }
        finally { Pop-Location }
    }
}

Describe '<File>' -ForEach $guides {
    It 'names only cmdlets and parameters that there are, in its code, its text and its tables' {
        $text = [IO.File]::ReadAllText($Path)
        # What stands between back quotes, outside of blocks.
        $inline = [regex]::Matches(($text -replace '(?s)```.*?```'), '`([^`\n]+)`') |
            ForEach-Object { $_.Groups[1].Value.Replace('\|', '|') } | Where-Object { $_ -cmatch '\b[A-Z]\w+-Copper' }
        $wrong = foreach ($code in @(Get-Block $Path) + @($inline)) {
            $errors = $null
            $tree = [Management.Automation.Language.Parser]::ParseInput($code, [ref] $null, [ref] $errors)
            $errors | ForEach-Object { "$($_.Message): $code" }
            foreach ($call in $tree.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
                if ("$($call.GetCommandName())" -cnotmatch '^[A-Z]\w+-Copper') { continue }
                $command = Get-Command $call.GetCommandName() -ErrorAction Ignore
                if (-not $command) {
                    "no such cmdlet: $($call.GetCommandName())"
                    continue
                }
                $call.CommandElements |
                    Where-Object {
                        $_ -is [Management.Automation.Language.CommandParameterAst] -and
                        -not $command.Parameters.ContainsKey($_.ParameterName)
                    } |
                    ForEach-Object { "$($command.Name) has no -$($_.ParameterName)" }
            }
        }
        $wrong | Should -BeNullOrEmpty
    }

    It 'calls samples by parameters that they have, whatever the scheduler' {
        $wrong = foreach ($call in [regex]::Matches([IO.File]::ReadAllText($Path),
                '(Copper\w+\.ps1)((?: +(?:-[A-Za-z]\w*|[^-\s''`|)]\S*))+)')) {
            $sample = Get-RepositoryPath samples $call.Groups[1].Value
            if (-not (Test-Path $sample)) {
                "no such sample: $sample"
                continue
            }
            $possible = (Get-Command $sample).Parameters.Keys
            [regex]::Matches($call.Groups[2].Value, '(?<= )-(\w+)') | ForEach-Object { $_.Groups[1].Value } |
                Where-Object { $_ -notin $possible } | ForEach-Object { "$sample has no -$_" }
        }
        $wrong | Should -BeNullOrEmpty
    }

    It 'links to files that are there' {
        $text = [IO.File]::ReadAllText($Path)
        [regex]::Matches($text, '\]\((?!\w+:|#)([^)#\s]+)') | ForEach-Object { $_.Groups[1].Value } |
            Where-Object { -not (Test-Path (Join-Path (Split-Path $Path) $_)) } | Should -BeNullOrEmpty
    }

    It 'leads on to other guides, topics and cmdlets' {
        $end = [regex]::Match([IO.File]::ReadAllText($Path), '(?s)\n## See also\r?\n(.*)$').Groups[1].Value
        $links = @([regex]::Matches($end, '\]\(([^)]+)\)') | ForEach-Object { $_.Groups[1].Value })
        @($links -match '^[\w-]+\.md').Count | Should -BeGreaterThan 0 -Because 'a reader of one guide needs another one'
        @($links -match '^\.\./en-US/').Count | Should -BeGreaterThan 0 -Because 'the details are in the help'
    }

    It 'has a script to start from' {
        [IO.File]::ReadAllText($Path) | Should -Match '\]\(\.\./\.\./samples/Copper\w+\.ps1\)'
    }

    It 'has lines that can be read without turning the head' {
        $inCode = $false
        foreach ($line in [IO.File]::ReadAllLines($Path)) {
            if ($line -match '^\s*```') { $inCode = -not $inCode }
            if (-not $inCode -and $line -notmatch '^\|' -and $line -notmatch '^\S+$') {
                $line.Length | Should -BeLessOrEqual 130 -Because $line
            }
        }
    }
}

Describe 'The guide about schedulers' {
    It 'shows <Scheduler>, which runs the sample without a profile and without questions' -ForEach @(
        @{ Scheduler = 'the Windows Task Scheduler'; Heading = 'Windows Task Scheduler'; Has = 'Register-ScheduledTask' }
        @{ Scheduler = 'cron'; Heading = 'cron'; Has = '(?m)^0 2 \* \* \* ' }
        @{ Scheduler = 'systemd'; Heading = 'systemd'; Has = '(?m)^ExecStart=' }
    ) {
        $text = [IO.File]::ReadAllText((Get-RepositoryPath docs guides nightly-export.md))
        $section = [regex]::Match($text, "(?ms)^## $Heading\b(.*?)(?=^## |\z)").Groups[1].Value
        $section | Should -Match $Has
        $section | Should -Match '-NoProfile -NonInteractive -File \S*CopperNightlyExport\.ps1 -Path '
    }
}

Describe 'A table of a guide' {
    BeforeAll {
        # The exports of copperr 0.1.0 (github.com/fatkahawai/copperr, file NAMESPACE).
        $functions = @(
            'cppr_initialize', 'cppr_getUsers', 'cppr_getUserId', 'cppr_getPeople',
            'cppr_getPersonById', 'cppr_getPersonByName', 'cppr_getPersonByEmail', 'cppr_getPersonId',
            'cppr_getAllRecordsRelatedToPerson', 'cppr_getOppsRelatedToPerson', 'cppr_createNewPerson', 'cppr_updatePerson',
            'cppr_updatePersonCustomFieldDirect', 'cppr_deletePerson', 'cppr_getCompanies', 'cppr_getCompanyById',
            'cppr_getCompanyByName', 'cppr_createNewCompany', 'cppr_updateCompany', 'cppr_updateCompanyCustomFieldDirect',
            'cppr_deleteCompany', 'cppr_getLeads', 'cppr_createNewLead', 'cppr_updateLead',
            'cppr_deleteLead', 'cppr_getOpps', 'cppr_getOppById', 'cppr_getOppByName',
            'cppr_createNewOpp', 'cppr_updateOpp', 'cppr_updateOppCloseDate', 'cppr_updateOppStage',
            'cppr_updateOppCustomFieldDirect', 'cppr_updateOppCustomFieldDropdown', 'cppr_updateOppCustomFieldDropdownMulti',
            'cppr_deleteOpp',
            'cppr_getContactTypes', 'cppr_getCustomerSources', 'cppr_getCustomerSourceId', 'cppr_getCustomFieldDefinitions',
            'cppr_getCustomFieldDatatype', 'cppr_getCustomFieldId', 'cppr_getCustomFieldName', 'cppr_getCustomFieldOptionId',
            'cppr_getCustomFieldOptionName', 'cppr_getCustomFieldOptionsAll', 'cppr_extractCustomFieldValues', 'cppr_getPipelines',
            'cppr_getPipelineStages', 'cppr_getPipelineStageId', 'cppr_getLeadStatuses', 'cppr_getLeadStatusId',
            'cppr_getLossReasons', 'cppr_getLossReasonId'
        )
        # The commands in the last column of a row: text between back quotes that names one of our cmdlets.
        function Get-RowCommand([string] $Path) {
            foreach ($line in [IO.File]::ReadAllLines($Path) -match '^\|') {
                $cells = @($line -split '(?<!\\)\|' | ForEach-Object { $_.Trim() } | Where-Object { $_ })
                [regex]::Matches("$($cells[-1])", '`([^`]+)`') | ForEach-Object { $_.Groups[1].Value.Replace('\|', '|') } |
                    Where-Object { $_ -match '(^|\| )\(?\w+-Copper' } |
                    ForEach-Object { [pscustomobject]@{ Left = $cells[0]; Command = $_ } }
            }
        }
    }

    It 'has something to type for each of the 54 functions of copperr' {
        $functions | Should -HaveCount 54
        $rows = @(Get-RowCommand (Get-RepositoryPath docs guides from-copperr.md))
        $named = @(
            $rows.Left | Where-Object { $_ -match '^`(cppr_\w+)\(' } | ForEach-Object { [regex]::Match($_, 'cppr_\w+').Value } |
                Select-Object -Unique
        )
        $named | Should -Be $functions
    }

    It 'has something to type for each command of copper-pp-cli' {
        # The commands in its README (github.com/mvanhorn/printing-press-library, library/sales-and-crm/copper).
        $commands = 'account', 'activities', 'activity-types', 'bulk', 'companies', 'contact-types', 'custom-activity-types',
        'custom-field-definitions', 'customer-sources', 'dedupe', 'doctor', 'forecast', 'lead-statuses', 'leads', 'log', 'loss-reasons',
        'opportunities', 'people', 'pipeline-stages', 'pipelines', 'projects', 'stale', 'sync', 'tags', 'tasks', 'upsert', 'users',
        'webhooks', 'who'
        $left = (Get-RowCommand (Get-RepositoryPath docs guides from-copper-pp-cli.md)).Left -join ' '
        $commands | Where-Object { $left -notmatch "``$_[ ``]" } | Should -BeNullOrEmpty
    }

    It 'has commands that run on the sandbox, in <Guide>' -ForEach @(
        @{ Guide = 'from-copperr.md' }, @{ Guide = 'from-rest-calls.md' }, @{ Guide = 'from-copper-pp-cli.md' }
    ) {
        Push-Location $TestDrive
        try {
            $PSDefaultParameterValues = $quick
            Connect-Copper -Sandbox
            $ConfirmPreference = 'None'
            $rows = @(Get-RowCommand (Get-RepositoryPath docs guides $Guide))
            $rows.Count | Should -BeGreaterThan 10
            $failures = foreach ($row in $rows) {
                # A real account is not here.
                if ($row.Command -match '-Credential') { continue }
                try {
                    $ErrorActionPreference = 'Stop'
                    $found = @(& ([scriptblock]::Create($row.Command)))
                    # An id, a type or a name that is looked up must be found.
                    if ($row.Command -match '^\(' -and -not "$($found[0])") { "nothing: $($row.Command)" }
                }
                catch { "$($row.Command): $_" }
            }
            $failures | Should -BeNullOrEmpty
        }
        finally { Pop-Location }
    }
}

Describe 'Pages of cmdlets' {
    It 'are valid for PlatyPS' {
        # In a process of its own: PlatyPS brings libraries that this one need not have.
        $child = Invoke-ChildPowerShell -NoModule -ArgumentList (Get-RepositoryPath build Common.ps1), (Get-RepositoryPath docs en-US) {
            . $args[0]
            $tool = Find-ToolModule Microsoft.PowerShell.PlatyPS
            if (-not $tool) { 'no PlatyPS'; exit 0 }
            Import-Module $tool
            $pages = @(Get-Item (Join-Path $args[1] '*-*.md') -Exclude 'about_*')
            foreach ($page in $pages) { if (-not (Test-MarkdownCommandHelp -Path $page.FullName)) { "wrong: $($page.Name)" } }
            "checked: $($pages.Count)"
        }
        if ($child.Output -contains 'no PlatyPS') { Set-ItResult -Skipped -Because 'PlatyPS is not to be had here' }
        $child.ErrorOutput | Should -Be ''
        $child.Output | Should -Be "checked: $(@(Get-Command -Module CopperPS).Count)"
    }
}

Describe 'Get-Help about_CopperPS_<Topic>' -ForEach $topics {
    It 'shows the topic' {
        $text = Get-Help "about_CopperPS_$Topic" | Out-String
        $text | Should -Match "about_CopperPS_$Topic"
        $text | Should -Match 'Short description'
        $text.Length | Should -BeGreaterThan 1500
    }

    It 'is named in about_CopperPS' {
        Get-Help about_CopperPS | Out-String | Should -Match "about_CopperPS_$Topic\b"
    }
}
