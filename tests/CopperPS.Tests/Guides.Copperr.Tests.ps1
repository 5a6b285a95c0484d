# The guide for users of copperr is true: what its table says to type instead of a function shows what that function is about.

BeforeDiscovery {
    $path = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'guides', 'from-copperr.md')
    $rows = foreach ($line in [IO.File]::ReadAllText($path) -split '\r?\n') {
        $match = [regex]::Match($line, '^\| `(?<function>cppr_\w+)\([^`]*`[^|]*\| `(?<code>(\\\||[^`])+)`')
        if ($match.Success) { @{ Function = $match.Groups['function'].Value; Code = $match.Groups['code'].Value.Replace('\|', '|') } }
    }
    $rows = @($rows)
    $reading = @($rows | Where-Object { $_.Function -cmatch '^cppr_(get|extract)' })
    $writing = @($rows | Where-Object { $_.Function -cmatch '^cppr_(create|update|delete)' })
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 1000
    Connect-SandboxHost $sandbox
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'The guide for users of copperr' {
    It 'has a row for each function of copperr' {
        @($rows).Count | Should -Be 54
    } -ForEach @{ rows = $rows }

    It '<Function>: finds something' -ForEach $reading {
        $found = @(& ([scriptblock]::Create($Code)))
        $found | Should -Not -BeNullOrEmpty
    }

    It '<Function>: does something without an error' -ForEach $writing {
        $ConfirmPreference = 'None'
        Clear-SandboxJournal $sandbox
        { & ([scriptblock]::Create($Code)) -ErrorAction Stop } | Should -Not -Throw
        Get-SandboxJournal $sandbox | Where-Object Method -In 'POST', 'PUT', 'DELETE' | Should -Not -BeNullOrEmpty
    }

    It 'shows a dropdown of an opportunity where copperr has one' {
        Set-CopperOpportunity 30000001 -CustomField @{ 'Deal Type' = 'Renewal' }
        (Get-CopperOpportunity 30000001).CustomFields['Deal Type'] | Should -Be 'Renewal'
    }
}
