# How the records of the CopperHub look on a console of 120 columns.

BeforeDiscovery {
    $shown = @(
        @{ Type = 'CopperHubOrganisation'; First = 'Id'; Has = 'Aurora Robotics'; Get = { Get-CopperHubOrganisation } }
        @{ Type = 'CopperHubProject'; First = 'Id'; Has = 'Website relaunch Aurora'; Get = { Get-CopperHubProject } }
        @{ Type = 'CopperHubTask'; First = 'Id'; Has = 'Kick-off'; Get = { Get-CopperHubTask -ProjectId 1 } }
        @{ Type = 'CopperHubTaskComment'; First = 'Id'; Has = '4.00'; Get = { Get-CopperHubTaskComment 1, 2 } }
        @{
            Type = 'CopperHubUser'; First = 'Id'; Has = 'admin'
            Get = { [Copper.Client.Hub.Models.CopperHubUser] @{ Id = 1; UserName = 'admin' } }
        }
        @{ Type = 'CopperHubSession'; First = 'UserName'; Has = 'admin'; Get = { Get-CopperHubSession } }
        @{ Type = 'CopperHubSessionTest'; First = 'Success'; Has = 'Logged in as admin.'; Get = { Test-CopperHubSession } }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    if ($PSEdition -eq 'Core') {
        $rendering = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
    }
    Connect-CopperHub -Sandbox
}

AfterAll {
    Disconnect-CopperHub
    if ($PSEdition -eq 'Core') { $PSStyle.OutputRendering = $rendering }
}

Describe 'View of <Type>' -ForEach $shown {
    BeforeAll {
        $objects = @(& $Get)
        # One result whose message is a sentence is a list unless a table is asked for.
        $view = if ($Type -eq 'CopperHubSessionTest') { $objects | Format-Table } else { $objects }
        $lines = @(($view | Out-String -Width 120) -split '\r?\n' | Where-Object { $_.Trim() })
    }

    It 'is a table that fits 120 columns' {
        $lines[0] | Should -Match "^\s*$First\b"
        $lines[1] | Should -Match '^[\s-]+$'
        $lines.Count | Should -BeGreaterOrEqual ($objects.Count + 2)
        $lines | Where-Object { $_.Length -gt 120 } | Should -BeNullOrEmpty
    }

    It 'shows values, no names of types' {
        "$lines" | Should -Match ([regex]::Escape($Has))
        "$lines" | Should -Not -Match 'System\.|Copper\.Client|CopperPS\.|#ERR'
    }
}

Describe 'Export' {
    It 'writes no type names into a CSV' {
        $csv = Get-CopperHubTask 1 | ConvertTo-Csv -NoTypeInformation
        "$csv" | Should -Not -Match 'System\.|Copper\.Client'
        $csv[1] | Should -Match 'Kick-off for Website relaunch'
    }
}
