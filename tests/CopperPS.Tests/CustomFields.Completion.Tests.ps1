# Tab after -CustomField. PowerShell asks no completer within the braces of a hashtable.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 5
    Connect-SandboxHost -Cold $sandbox @{ RateLimit = '100000/1s' }

    function Get-Completion($Line) { @((TabExpansion2 $Line $Line.Length).CompletionMatches) }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Completion of -CustomField' {
    It 'offers the fields of the entity, each as the beginning of a hashtable' {
        $offered = Get-Completion 'Set-CopperPerson 1 -CustomField '
        $offered.ListItemText |
            Should -Be (Get-CopperCustomFieldDefinition -Entity Person | Where-Object DataType -NE Connect | Sort-Object Name).Name
        ($offered | Where-Object ListItemText -EQ 'Preferred Language').CompletionText | Should -Be "@{ 'Preferred Language' = "
        ($offered | Where-Object ListItemText -EQ 'Preferred Language').ToolTip |
            Should -Be 'Preferred Language (id 126243): Dropdown, English, German, French, Spanish'
    }

    It 'offers what fits the word, and the choices once one field is left: <line>' -TestCases @(
        @{
            line = 'Set-CopperPerson 1 -CustomField pref'
            text = "@{ 'Preferred Language' = ", "@{ 'Preferred Language' = 'English' }", "@{ 'Preferred Language' = 'German' }",
            "@{ 'Preferred Language' = 'French' }", "@{ 'Preferred Language' = 'Spanish' }"
        }
        @{
            line = 'New-CopperLead x -CustomField region'
            text = "@{ 'Region' = ", "@{ 'Region' = 'North' }", "@{ 'Region' = 'South' }", "@{ 'Region' = 'East' }",
            "@{ 'Region' = 'West' }"
        }
        @{ line = 'Sync-CopperLead x -CustomField sco'; text = "@{ 'Score' = " }
        @{ line = 'Sync-CopperPerson x -CustomField sco'; text = "@{ 'Score' = " }
        @{ line = 'Get-CopperTask -CustomField eff'; text = "@{ 'Effort' = " }
        @{ line = 'Get-CopperPerson -CustomField nonsense'; text = @() }
    ) {
        (Get-Completion $line).CompletionText | Should -Be $text
    }

    It 'offers to a search only what can be searched' {
        (Get-Completion 'Get-CopperPerson -CustomField ').ListItemText |
            Should -Be 'Birthday', 'Interests', 'Newsletter', 'Preferred Language', 'Score'
    }

    It 'quotes what must be, and offers the id of a name that several have' {
        $odd = New-CopperCustomFieldDefinition "Owner's choice" Dropdown -AvailableOn Task -Option "don't know"
        $twins = 1, 2 | ForEach-Object { New-CopperCustomFieldDefinition 'Twin' String -AvailableOn Task }
        (Get-Completion 'Set-CopperTask 1 -CustomField owner').CompletionText |
            Should -Be "@{ 'Owner''s choice' = ", "@{ 'Owner''s choice' = 'don''t know' }"
        (Get-Completion 'Set-CopperTask 1 -CustomField twin').CompletionText | Should -Be ($twins.Id | ForEach-Object { "@{ $_ = " })
        $odd, $twins[0], $twins[1] | Remove-CopperCustomFieldDefinition -Confirm:$false
    }

    It 'asks once, and then the cache' {
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
        1..3 | ForEach-Object { Get-Completion 'Set-CopperPerson 1 -CustomField ' | Out-Null }
        Get-SandboxRequest $sandbox | Should -Be 'GET /custom_field_definitions'
    }

    It 'offers nothing when the definitions cannot be read, or without a session, and shows no error' {
        Clear-CopperCache
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 403; times = 1; match = @{ path = 'custom_field_definitions' } }
        $Error.Clear()
        Get-Completion 'Set-CopperPerson 1 -CustomField ' | Where-Object CompletionText -Like '@{*' | Should -BeNullOrEmpty
        Disconnect-Copper
        Get-Completion 'Set-CopperPerson 1 -CustomField ' | Where-Object CompletionText -Like '@{*' | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
        Connect-SandboxHost -Cold $sandbox @{ RateLimit = '100000/1s' }
    }
}
