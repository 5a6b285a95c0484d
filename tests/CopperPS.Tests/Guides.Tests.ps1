# The topics and guides are true: their code runs, one block after the other, as a reader would type it.

BeforeDiscovery {
    $repository = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    # The topics about connecting and about CopperHub show what needs an account; react-to-changes.md has tests of its own.
    $texts = @(Get-Item ([IO.Path]::Combine($repository, 'docs', 'en-US', 'about_CopperPS*.md')) -Exclude 'about_CopperPS_Connecting.md') +
    @(Get-Item ([IO.Path]::Combine($repository, 'docs', 'guides', '*.md')) -Exclude 'react-to-changes.md') |
        ForEach-Object { @{ File = $_.Name; Path = $_.FullName } }
    $guides = @(Get-Item ([IO.Path]::Combine($repository, 'docs', 'guides', '*.md')) | ForEach-Object { @{ File = $_.Name; Path = $_.FullName } })
    $topics = @(@{ Topic = 'Connecting' }, @{ Topic = 'Searching' }, @{ Topic = 'CustomFields' }, @{ Topic = 'RateLimits' }, @{ Topic = 'Errors' },
        @{ Topic = 'Automation' }, @{ Topic = 'Webhooks' }, @{ Topic = 'Sandbox' })
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $culture = [cultureinfo]::CurrentCulture
    [cultureinfo]::CurrentCulture = 'en-US'

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

Describe '<File>' -ForEach $texts {
    It 'has code that runs on the sandbox' {
        Push-Location $TestDrive
        try {
            # In a script of its own: the topics set strict mode and preferences, as scripts should.
            $blocks = @(Get-Block $Path)
            $blocks.Count | Should -BeGreaterThan 0
            $script = { param($Blocks) Connect-Copper -Sandbox; foreach ($block in $Blocks) { if ($block -notmatch '^# Needs') { try { . ([scriptblock]::Create($block)) } catch { throw "$_ in: $block" } } } }
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
    It 'gives our cmdlets only parameters that they have' {
        $wrong = foreach ($code in Get-Block $Path) {
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
                $call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] -and -not $command.Parameters.ContainsKey($_.ParameterName) } |
                    ForEach-Object { "$($command.Name) has no -$($_.ParameterName)" }
            }
        }
        $wrong | Should -BeNullOrEmpty
    }

    It 'links to files that are there' {
        $text = [IO.File]::ReadAllText($Path)
        [regex]::Matches($text, '\]\((?!\w+:|#)([^)#\s]+)') | ForEach-Object { $_.Groups[1].Value } |
            Where-Object { -not (Test-Path (Join-Path (Split-Path $Path) $_)) } | Should -BeNullOrEmpty
    }

    It 'has lines that can be read without turning the head' {
        $inCode = $false
        foreach ($line in [IO.File]::ReadAllLines($Path)) {
            if ($line -match '^\s*```') { $inCode = -not $inCode }
            if (-not $inCode -and $line -notmatch '^\|' -and $line -notmatch '^\S+$') { $line.Length | Should -BeLessOrEqual 130 -Because $line }
        }
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
