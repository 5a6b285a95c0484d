# What the help says is true: every example runs against the sandbox and prints what its page shows.
#
# An example whose heading ends in "(needs an account)" is not run, one that ends in "(PowerShell 7)" not in Windows
# PowerShell. A block ```output holds what the example prints on a console of 115 columns, which Get-Help indents by four.

BeforeDiscovery {
    . ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'build', 'PowerShellCommand.ps1'))
    $repository = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    $pages = Get-Item ([IO.Path]::Combine($repository, 'docs', 'en-US', '*-*.md')) -Exclude 'about_*'
    $examples = foreach ($page in $pages) {
        $text = [IO.File]::ReadAllText($page.FullName) -replace '\r\n', "`n"
        $section = [regex]::Match($text, '(?s)\n## EXAMPLES\n(.*?)\n## PARAMETERS\n').Groups[1].Value
        foreach ($match in [regex]::Matches($section, '(?ms)^### (?<title>Example \d+.*?)\n(?<body>.*?)(?=^### |\z)')) {
            $body = $match.Groups['body'].Value
            @{
                Page         = $page.BaseName
                Title        = $match.Groups['title'].Value
                Code         = [regex]::Match($body, '(?s)```powershell\n(.*?)\n```').Groups[1].Value
                Output       = [regex]::Match($body, '(?s)```output\n(.*?)\n```').Groups[1].Value
                Text         = ($body -replace '(?s)```.*?\n```').Trim()
                NeedsAccount = $match.Groups['title'].Value.EndsWith('(needs an account)')
                NeedsCore    = $match.Groups['title'].Value.EndsWith('(PowerShell 7)')
            }
        }
    }
    $examples = @($examples)
    $runnable = @($examples | Where-Object { -not $_.NeedsAccount -and ($PSEdition -eq 'Core' -or -not $_.NeedsCore) })
    # PowerShell 7 runs every example with its own build. With the other one, which differs from it below what an example shows, it runs
    # the first of each page, so that the whole suite ends in time. Windows PowerShell runs all of them.
    if ($PSEdition -eq 'Core' -and $env:COPPERPS_BUILD -eq 'net472') {
        $runnable = @($runnable | Group-Object { $_.Page } | ForEach-Object { $_.Group[0] })
    }
    $topics = @(
        Get-Item ([IO.Path]::Combine($repository, 'docs', 'en-US', 'about_*.md')) |
            ForEach-Object { @{ Topic = $_.BaseName; Path = $_.FullName } }
    )
    $texts = @($pages.FullName) + @($topics.Path) + @(
        'README.md', 'CONTRIBUTING.md', 'SECURITY.md' | ForEach-Object { Join-Path $repository $_ }
    ) |
        ForEach-Object { @{ File = Split-Path $_ -Leaf; Path = $_ } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $culture = [cultureinfo]::CurrentCulture
    [cultureinfo]::CurrentCulture = 'en-US'
    if ($PSEdition -eq 'Core') {
        $rendering = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
    }
    # Where an example starts further runspaces, the module has to be found by its name: in CopperPS or in CopperPS/1.2.3.
    $searchPath = $env:PSModulePath
    $folder = Get-ModulePath
    if ((Split-Path $folder -Leaf) -ne 'CopperPS') { $folder = Split-Path $folder }
    $env:PSModulePath = (Split-Path $folder) + [IO.Path]::PathSeparator + $env:PSModulePath
    $hasHelp = Test-Path ([IO.Path]::Combine((Get-ModulePath), 'en-US', 'CopperPS.dll-Help.xml'))

    function Get-Line([string] $Text) { @($Text -split '\r?\n' | ForEach-Object TrimEnd | Where-Object { $_ }) }

    # The blocks of PowerShell in a text, each as what the parser makes of it.
    function Get-Code([string] $Path) {
        $text = [IO.File]::ReadAllText($Path) -replace '\r\n', "`n"
        [regex]::Matches($text, '(?s)```powershell\n(.*?)\n```') | ForEach-Object { $_.Groups[1].Value }
    }
}

AfterAll {
    [cultureinfo]::CurrentCulture = $culture
    $env:PSModulePath = $searchPath
    if ($PSEdition -eq 'Core') { $PSStyle.OutputRendering = $rendering }
    Disconnect-Copper
}

Describe 'Examples' {
    It '<Page>, <Title>: runs and prints what the page shows' -ForEach $runnable {
        # Of its own: examples of several pages write files of one name.
        Push-Location (New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid())))
        try {
            # Waiting for the rate limit has tests of its own; these pages show the limit.
            $shown = 'Connect-Copper', 'Get-CopperRateLimit', 'Get-CopperSession'
            $quick = if ($Page -in $shown) { @{} } else { @{ RateLimit = '100000/1s' } }
            Connect-Copper -Sandbox @quick
            Connect-CopperHub -Sandbox
            # Nobody is there to answer.
            $ConfirmPreference = 'None'
            $ProgressPreference = 'SilentlyContinue'
            $ErrorActionPreference = 'Stop'
            # Another program may listen at the port: the tests of another build, for one.
            $printed = & ([scriptblock]::Create($Code.Replace('http://127.0.0.1:8080/', 'http://127.0.0.1:0/'))) | Out-String -Width 115
        }
        finally { Pop-Location }
        # Windows PowerShell cuts with three dots.
        if ($Output -and $PSEdition -eq 'Core') { Get-Line $printed | Should -Be (Get-Line $Output) }
        elseif ($Output) { Get-Line $printed | Should -Not -BeNullOrEmpty }
    }

    It 'have code and a sentence about it, and two of each page at least are run here' {
        $poor = foreach ($example in $examples) {
            if ("$($example.Code)" -notmatch [regex]::Escape($example.Page)) { "$($example.Page), $($example.Title): code" }
            if ($example.Text -notmatch '\w.*[.!?]') { "$($example.Page), $($example.Title): a sentence" }
        }
        $poor | Should -BeNullOrEmpty -Because 'an example uses the cmdlet of its page, and a sentence says what it does'
        $run = $examples | Where-Object { -not $_.NeedsAccount } | Group-Object { $_.Page } | Where-Object Count -GE 2
        (Get-Command -Module CopperPS).Name | Where-Object { $_ -notin $run.Name } |
            Should -BeNullOrEmpty -Because 'two examples of docs/en-US/<cmdlet>.md have to run on the sandbox'
    } -ForEach @(, @{ Examples = $examples })

    It 'show what is printed, at least one on each page of a cmdlet that returns something' {
        $shown = ($examples | Where-Object Output).Page
        Get-Command -Module CopperPS | Where-Object { $_.OutputType.Type -and $_.OutputType.Type -ne [void] -and $_.Name -notin $shown } |
            Where-Object Name -NE 'Remove-CopperRelatedItem' |
            Should -BeNullOrEmpty -Because 'an example of docs/en-US/<cmdlet>.md needs a block ```output after its code'
    } -ForEach @(, @{ Examples = $examples })

    It 'few need an account: those that show how to connect to one' {
        $kept = $examples | Where-Object NeedsAccount
        @($kept).Count | Should -BeLessOrEqual 6
        $kept.Page | Where-Object { $_ -notin 'Connect-Copper', 'Connect-CopperHub', 'New-CopperAccessToken' } | Should -BeNullOrEmpty
    } -ForEach @(, @{ Examples = $examples })
}

Describe 'Code in <File>' -ForEach $texts {
    It 'is PowerShell, and gives our cmdlets parameters that they have' {
        $wrong = foreach ($code in Get-Code $Path) {
            $errors = $null
            $tree = [Management.Automation.Language.Parser]::ParseInput($code, [ref] $null, [ref] $errors)
            $errors | ForEach-Object { "$($_.Message): $code" }
            foreach ($call in $tree.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
                if ("$($call.GetCommandName())" -notmatch '-Copper') { continue }
                $command = Get-Command $call.GetCommandName() -ErrorAction Ignore
                if (-not $command) {
                    "no such cmdlet: $($call.GetCommandName())"
                    continue
                }
                $call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] } |
                    Where-Object { -not $command.Parameters.ContainsKey($_.ParameterName) } |
                    ForEach-Object { "$($command.Name) has no -$($_.ParameterName)" }
            }
        }
        $wrong | Should -BeNullOrEmpty
    }

    It 'links to files that are there' {
        $text = [IO.File]::ReadAllText($Path)
        $missing = [regex]::Matches($text, '\]\((?!\w+:|#)([^)#\s]+)') | ForEach-Object { $_.Groups[1].Value } |
            Where-Object { -not (Test-Path (Join-Path (Split-Path $Path) $_)) }
        # So do addresses of files in the repository, which Get-Help shows.
        $missing = @($missing) + @(
            [regex]::Matches($text, 'https://github\.com/copperps/CopperPS/(?:blob|tree)/main/([\w./-]+\w)') |
                ForEach-Object { $_.Groups[1].Value } | Where-Object { -not (Test-Path (Get-RepositoryPath $_)) }
        )
        $missing | Should -BeNullOrEmpty
    }
}

Describe 'The cmdlets by task' {
    BeforeAll {
        . (Get-RepositoryPath build ModulePage.ps1)
        $docs = Get-RepositoryPath docs en-US
    }

    It 'are on the page of the module as ./build.ps1 docs writes it' {
        $guid = (Import-PowerShellDataFile (Get-RepositoryPath CopperPS.psd1)).GUID
        $page = [IO.File]::ReadAllText((Join-Path $docs CopperPS.md)) -replace '\r\n', "`n"
        $page | Should -BeExactly (Get-ModulePage -DocsPath $docs -ModuleGuid $guid) -Because './build.ps1 docs writes it'
    }

    It 'are all that the module has' {
        $page = [IO.File]::ReadAllText((Join-Path $docs CopperPS.md))
        (Get-Command -Module CopperPS).Name | Where-Object { -not $page.Contains("[$_]($_.md)") } | Should -BeNullOrEmpty
    }

    It 'name the cmdlet that <Fault>' -ForEach @(
        @{ Fault = 'is in no task'; Old = "'Undo-CopperChange'"; New = ''; Message = '*Undo-CopperChange is in no task*' }
        @{ Fault = 'has no page'; Old = "'Undo-CopperChange'"; New = "'Undo-CopperChanges'"; Message = '*Undo-CopperChanges has no page*' }
        @{
            Fault = 'is listed twice'; Old = "'Undo-CopperChange'"; New = "'Undo-CopperChange', 'Undo-CopperChange'"
            Message = '*Undo-CopperChange is listed twice*'
        }
    ) {
        $folder = Join-Path $TestDrive ([Guid]::NewGuid().ToString('n'))
        $null = New-Item -ItemType Directory -Path $folder
        Copy-Item -LiteralPath $docs -Destination $folder -Recurse
        $tasks = [IO.File]::ReadAllText((Get-RepositoryPath docs cmdlets-by-task.psd1)).Replace($Old, $New)
        [IO.File]::WriteAllText((Join-Path $folder cmdlets-by-task.psd1), ($tasks -replace ', \)', ')'))
        { Get-ModulePage -DocsPath (Join-Path $folder en-US) -ModuleGuid ([Guid]::Empty) } | Should -Throw $Message
    }
}

Describe 'Get-Help' {
    BeforeAll {
        $cmdlets = Get-Command -Module CopperPS
        # Read once: PowerShell looks for each of them anew.
        $help = @{}
        if ($hasHelp) {
            foreach ($cmdlet in $cmdlets) { $help[$cmdlet.Name] = Get-Help $cmdlet.Name -Full }
        }
    }

    It 'describes every parameter' {
        if (-not $hasHelp) { Set-ItResult -Skipped -Because 'the module was built where PlatyPS is not to be had' }
        $common = [Management.Automation.PSCmdlet]::CommonParameters
        $mute = foreach ($cmdlet in $cmdlets) {
            $described = @($help[$cmdlet.Name].parameters.parameter)
            foreach ($name in $cmdlet.Parameters.Keys | Where-Object { $_ -notin $common }) {
                $text = ($described | Where-Object name -EQ $name).description.Text -join ' '
                # A sentence, not the name of the parameter once more.
                if ($text.Length -lt 20 -or $text -match '\{\{') { "$cmdlet -$name" }
            }
        }
        $mute | Should -BeNullOrEmpty -Because './build.ps1 docs adds a parameter to the page of the cmdlet, where it has to be described'
    }

    It 'says of every date how it may be written, as the code reads it' {
        $dates = foreach ($cmdlet in $cmdlets) {
            $page = [IO.File]::ReadAllText((Get-RepositoryPath docs en-US "$cmdlet.md")) -replace '\r\n', "`n"
            foreach ($parameter in $cmdlet.Parameters.Values) {
                $reader = $parameter.Attributes | Where-Object { $_.GetType().Name -like '*DateTransformationAttribute' }
                if ($reader) {
                    $text = [regex]::Match($page, "(?s)### -$($parameter.Name)\n\n(.*?)\n``````").Groups[1].Value
                    # A day has no hours.
                    $isDay = $reader.IsCalendarDate -or $reader.GetType().Name -like 'Hub*'
                    @{ Name = "$cmdlet -$($parameter.Name)"; Text = $text; Reader = $reader; IsDay = $isDay }
                }
            }
        }
        @($dates).Count | Should -BeGreaterThan 60
        foreach ($date in $dates) {
            $sentence = [regex]::Match($date.Text, 'Write a date as [^.]*\.').Value
            $sentence | Should -Match 'as your culture writes dates' -Because "the help of $($date.Name) says how to write a date"
            $written = @([regex]::Matches($sentence, '`([^`]+)`|\b(20\d\d-[-\dT:]+)') |
                    ForEach-Object { $_.Groups[1].Value + $_.Groups[2].Value })
            foreach ($form in 'today', 'yesterday', 'tomorrow', '+7d', '-2w', '-3m', '-1y') { $written | Should -Contain $form }
            $written -match 'h$' | Should -HaveCount ([int] -not $date.IsDay) -Because "of $($date.Name)"
            foreach ($form in $written) { $date.Reader.Transform($null, $form) | Should -Not -BeNullOrEmpty }
        }
    }

    It 'has a description, notes and links for every cmdlet' {
        if (-not $hasHelp) { Set-ItResult -Skipped -Because 'the module was built where PlatyPS is not to be had' }
        $poor = foreach ($cmdlet in $cmdlets) {
            $page = $help[$cmdlet.Name]
            if ("$($page.description.Text)".Length -lt 80) { "${cmdlet}: description" }
            if (-not "$($page.alertSet.alert.Text)".Trim()) { "${cmdlet}: notes" }
            if (@($page.relatedLinks.navigationLink).Count -lt 2) { "${cmdlet}: links" }
        }
        $poor | Should -BeNullOrEmpty -Because 'the page needs a description of 80 letters, notes and two related links'
    }

    It 'names in the notes the errors about names and about custom fields, where a cmdlet can write them' {
        if (-not $hasHelp) { Set-ItResult -Skipped -Because 'the module was built where PlatyPS is not to be had' }
        $wrong = foreach ($cmdlet in $cmdlets) {
            $notes = "$($help[$cmdlet.Name].alertSet.alert.Text)"
            $attributes = $cmdlet.Parameters.Values.Attributes
            # What a Get cmdlet lists is looked for among itself, which is CopperNotFound.
            $takesNames = $attributes |
                Where-Object {
                    $_ -is [Management.Automation.ArgumentCompleterAttribute] -and $_.Type.BaseType.Name -eq 'NameCompleter' -and
                    $_.Type.Name -ne 'ListedNameCompleter'
                }
            $takesWords = $attributes |
                Where-Object { $_.GetType().BaseType.Name -eq 'VocabularyAttribute' -and $_.GetType().Name -ne 'RelatedTypeAttribute' }
            if (($takesNames -or $takesWords) -and $notes -notmatch 'CopperUnknownName') { "${cmdlet}: CopperUnknownName" }
            if ($cmdlet.Parameters.ContainsKey('CustomField') -and $notes -notmatch 'CopperInvalidCustomField') {
                "${cmdlet}: CopperInvalidCustomField"
            }
        }
        $wrong | Should -BeNullOrEmpty -Because 'the section NOTES of the page names the errors that the cmdlet can write'
    }

    It 'has cause and cure of each error in about_CopperPS_Errors, and of no other' {
        # Whatever text of the sources looks like an id and is neither the noun of a cmdlet nor a tag.
        $ids = @(
            Get-ChildItem (Get-RepositoryPath src CopperPS) -Recurse -Filter '*.cs' | Where-Object FullName -NotMatch '[\\/]obj[\\/]' |
                Select-String '"(Copper[A-Z][A-Za-z]+)"' -AllMatches |
                Where-Object Line -NotMatch 'Verbs\w+\.|PSHOST|TellNothing|\bTags\b|cref=' |
                ForEach-Object { $_.Matches } | ForEach-Object { $_.Groups[1].Value } | Sort-Object -Unique
        )
        $ids.Count | Should -BeGreaterThan 40
        $rows = @([IO.File]::ReadAllLines((Get-RepositoryPath docs en-US about_CopperPS_Errors.md)) -match '^\| Copper')
        $known = foreach ($row in $rows) {
            $cells = @($row.Trim('|') -split '\|' | ForEach-Object Trim)
            $cells.Count | Should -Be 3 -Because $row
            $cells | ForEach-Object { $_.Length | Should -BeGreaterThan 8 -Because "$row needs a cause and a cure" }
            $cells[0] -split ', '
        }
        $known | Sort-Object | Should -Be $ids -Because 'docs/en-US/about_CopperPS_Errors.md says of each what happened and what to do'
    }

    It 'shows <Topic>, of which no line is too long for a console of 80 columns' -ForEach $topics {
        $file = [IO.Path]::Combine((Get-ModulePath), 'en-US', "$Topic.help.txt")
        Test-Path $file | Should -BeTrue
        $lines = @([IO.File]::ReadAllLines($file))
        $lines[0] | Should -Be $Topic
        $lines | Where-Object { $_.Length -ge 80 } |
            Should -BeNullOrEmpty -Because "code of docs/en-US/$Topic.md has lines of 71 characters at most; the build wraps the rest"
        "$(Get-Help $Topic)" | Should -Match "^$Topic"
    }

    It 'leads on from <Topic> to others' -ForEach $topics {
        $end = [regex]::Match([IO.File]::ReadAllText($Path), '(?s)\n## See also\r?\n(.*)$').Groups[1].Value
        @([regex]::Matches($end, '(?m)^- ')).Count | Should -BeGreaterThan 2
    }
}
