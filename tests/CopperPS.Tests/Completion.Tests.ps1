# What Tab offers where a service responds.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    # Names that need quotes, names that several have, and a name that looks like an id. The ids are those of the sandbox.
    $responses = @{
        'users/search'   = '[{"id":1001,"name":"Dana Demo","email":"demo@copper.example"},' +
        '{"id":1002,"name":"Kim Lee","email":"kim@copper.example"},{"id":1003,"name":"Kim Lee","email":"lee@copper.example"},' +
        '{"id":1004,"name":"Paddy O''Brien"},{"id":1005,"name":"Zo\u00eb d\u2019Arc","email":"zoe@copper.example"}]'
        '^/pipelines$'   = '[{"id":213214,"name":"Sales",' +
        '"stages":[{"id":1032140,"name":"Qualified"},{"id":1032141,"name":"Follow-up"}]},' +
        '{"id":213216,"name":"Partner Deals","stages":[{"id":1032160,"name":"Qualified"},{"id":1032161,"name":"2026"}]}]'
        'activity_types' = '{"user":[{"id":0,"category":"user","name":"Note"},{"id":9,"category":"user","name":"Call"},' +
        '{"id":5,"category":"user","name":"Fax","is_disabled":true}],"system":[{"id":9,"category":"system","name":"Call"}]}'
    }

    function Connect-Anew([hashtable] $Parameter = @{}) {
        Disconnect-Copper
        Set-SandboxFault $sandbox
        Connect-SandboxHost -Cold $sandbox (@{ RateLimit = '100000/1s' } + $Parameter)
        Clear-SandboxJournal $sandbox
    }

    function Set-Response {
        Set-SandboxFault $sandbox @(
            $responses.Keys | ForEach-Object {
                @{ kind = 'status'; status = 200; body = $responses[$_]; times = 99; match = @{ path = $_ } }
            }
        )
    }

    function Complete([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Completion' {
    BeforeAll {
        Connect-Anew
        # So that what is offered does not depend on how busy the machine is: beyond its patience, completion offers nothing.
        $lists = Get-Command -Module CopperPS -Noun CopperUser, CopperPipeline, CopperTag, CopperContactType, CopperCustomerSource,
        CopperLossReason,
        CopperLeadStatus, CopperActivityType, CopperCustomActivityType, CopperCustomFieldDefinition -Verb Get
        $lists | ForEach-Object { & $_ | Out-Null }
    }

    It 'offers <first> for <line>' -TestCases @(
        @{ line = 'Get-CopperPerson -Assignee a'; first = "'Alice Archer'" }
        @{ line = 'Set-CopperTask 1 -Assignee bruno.k'; first = "'Bruno Keller'" }
        @{ line = 'New-CopperActivity 7 x -User yara'; first = "'Yara Cohen'" }
        @{ line = 'Get-CopperPerson -ContactType cur'; first = "'Current Customer'" }
        @{ line = 'New-CopperCompany X -ContactType part'; first = 'Partner' }
        @{ line = 'Convert-CopperLead 1 -ContactType supp'; first = 'Supplier' }
        @{ line = 'Get-CopperLead -CustomerSource $null, ref'; first = 'Referral' }
        @{ line = 'Set-CopperOpportunity 1 -LossReason no'; first = "'No Response'" }
        @{ line = 'Get-CopperLead -Status q'; first = 'Qualified' }
        @{ line = 'Sync-CopperLead -MatchEmail -Status con'; first = 'Contacted' }
        @{ line = 'Sync-CopperPerson X -ContactType part'; first = 'Partner' }
        @{ line = 'Get-CopperCustomFieldDefinition -DataType dr'; first = 'Dropdown' }
        @{ line = 'Get-CopperCustomFieldOption Region -Entity op'; first = 'Opportunity' }
        @{ line = 'Get-CopperOpportunity -Pipeline ren'; first = 'Renewals' }
        @{ line = 'Get-CopperFieldLayout Opportunity -Pipeline '; first = 'Sales' }
        @{ line = 'Get-CopperPipelineStage -Pipeline p'; first = 'Partnerships' }
        @{ line = 'Get-CopperOpportunity -Pipeline Renewals -Stage '; first = 'Due' }
        @{ line = 'Convert-CopperLead 1 -OpportunityName x -Pipeline 213216 -Stage '; first = "'First Contact'" }
        @{ line = 'New-CopperActivity 7 x -ActivityType ph'; first = "'Phone Call'" }
        @{ line = 'Get-CopperActivity -ActivityType prop'; first = "'Property Changed'" }
        @{ line = 'Get-CopperPipeline r'; first = 'Renewals' }
        @{ line = 'Get-CopperPipeline -Name '; first = 'Sales' }
        @{ line = 'Get-CopperPipelineStage -Pipeline Renewals -Name o'; first = "'Offer Sent'" }
        @{ line = 'Get-CopperUser -Name hi'; first = "'Hiro Tanaka'" }
        @{ line = 'Get-CopperContactType -Name '; first = "'Potential Customer'" }
        @{ line = 'Get-CopperCustomerSource -Name e'; first = 'Email' }
        @{ line = 'Get-CopperLossReason -Name t'; first = 'Timing' }
        @{ line = 'Get-CopperLeadStatus -Name '; first = 'New' }
        @{ line = 'Get-CopperActivityType -Name m'; first = 'Meeting' }
        @{ line = 'Get-CopperCustomActivityType -Name site'; first = "'Site Visit'" }
        @{ line = 'Get-CopperCustomFieldDefinition -Name ext'; first = "'External Id'" }
        @{ line = 'Get-CopperCustomFieldOption pref'; first = "'Preferred Language'" }
        @{ line = 'Get-CopperCustomFieldOption "Preferred Language" -Name ger'; first = 'German' }
        @{ line = 'Get-CopperCustomFieldOption 126244 -Name tr'; first = 'Training' }
        @{ line = 'Set-CopperCustomFieldDefinition "Preferred Language" -RemoveOption '; first = 'English' }
        @{ line = 'Set-CopperCustomFieldDefinition "Preferred Language" -RenameOption fr'; first = "@{ 'French' = " }
        @{ line = 'Set-CopperCustomFieldDefinition "Preferred Language" -Option English, ger'; first = 'German' }
        @{ line = 'Set-CopperCustomFieldDefinition 5 -Currency euro'; first = 'EUR' }
        @{ line = 'New-CopperCustomFieldDefinition Fee Currency -Currency US'; first = 'USD' }
        @{ line = 'Set-CopperCustomFieldDefinition birth'; first = 'Birthday' }
        @{ line = 'Remove-CopperCustomFieldDefinition region'; first = '126248' }
        @{ line = 'Set-CopperCustomActivityType site'; first = "'Site Visit'" }
        @{ line = 'Sync-CopperLead -MatchField ext'; first = "'External Id'" }
        @{ line = 'Sync-CopperLead -MatchField Region -MatchValue '; first = 'North' }
        @{ line = 'Get-CopperConnection -FromType User -From bruno.k'; first = "'Bruno Keller'" }
        @{ line = 'Add-CopperConnection 7 -FromType Person -Type User -To alice'; first = "'Alice Archer'" }
        @{ line = 'Get-CopperConnection 7 -FromType Person -Field '; first = 'Partner' }
        @{ line = 'Get-CopperTag ref'; first = 'referral' }
        @{ line = 'Get-CopperLead -Tag $null, ref'; first = 'referral' }
        @{ line = 'Get-CopperTask -SortBy due'; first = 'DueDate' }
        @{ line = 'Get-CopperFieldLayout opp'; first = 'Opportunity' }
        @{ line = 'CopperPS\Get-CopperLead -Status u'; first = 'Unqualified' }
    ) {
        @(Complete $line)[0].CompletionText | Should -BeExactly $first
    }

    It 'works for an alias' {
        Set-Alias leads Get-CopperLead -Scope Global
        try { (Complete 'leads -Status cont').CompletionText | Should -Be 'Contacted' }
        finally { Remove-Item Alias:leads }
    }

    It 'offers no user where a record of another type is meant' {
        Complete 'Add-CopperConnection 7 -FromType Person -Type Company -To bru' | Should -BeNullOrEmpty
        Complete 'Get-CopperConnection bru' | Should -BeNullOrEmpty
    }

    It 'offers no choices of other fields for one that is created now' {
        Complete 'New-CopperCustomFieldDefinition Tongue Dropdown -Option ' | Should -BeNullOrEmpty
    }

    It 'keeps to the quotes that were begun' {
        (Complete 'Get-CopperPerson -Assignee "Bruno K').CompletionText | Should -BeExactly '"Bruno Keller"'
        (Complete "Get-CopperPerson -Assignee 'Bruno K").CompletionText | Should -BeExactly "'Bruno Keller'"
        (Complete 'Get-CopperLead -Status "unq').CompletionText | Should -BeExactly '"Unqualified"'
    }

    It 'offers only the stages of the pipelines that were typed: <typed>' -TestCases @(
        @{ typed = 'renewals'; stages = 'Due', 'Offer Sent', 'Confirmed' }
        @{ typed = '213215'; stages = 'Due', 'Offer Sent', 'Confirmed' }
        @{ typed = '"Renewals", 213216'; stages = 'Due', 'Offer Sent', 'Confirmed', 'First Contact', 'Evaluation', 'Agreement' }
        @{ typed = '$renewals'; stages = 'Due', 'Offer Sent', 'Confirmed' }
        @{ typed = 'Nowhere'; stages = @() }
    ) {
        Set-Variable -Name renewals -Value (Get-CopperPipeline Renewals) -Scope Global
        try { @((Complete "Get-CopperOpportunity -Pipeline $typed -Stage ").ListItemText) | Should -Be $stages }
        finally { Remove-Variable renewals -Scope Global }
    }

    It 'shows ids, pipelines and addresses beside the names' {
        (Complete 'New-CopperOpportunity x -Stage offer').ToolTip | Should -Be 'Offer Sent (id 1032151, pipeline Renewals)'
        (Complete 'Get-CopperPipeline sal').ToolTip | Should -Be 'Sales (id 213214)'
        (Complete 'Get-CopperPerson -Assignee bru')[0].ToolTip | Should -Be 'Bruno Keller <bruno.keller@copper.example> (id 1003)'
        (Complete 'Get-CopperActivity -ActivityType meet').ToolTip | Should -Be 'Meeting (id user:2)'
    }

    It 'puts what begins with the word before what only holds it' {
        (Complete 'Get-CopperLead -Status qual').CompletionText | Should -Be 'Qualified', 'Unqualified'
    }

    It 'makes one request for pipelines and stages, and none the next time' {
        # On a busy machine the patience may be over before the response is there, but not three times in a row.
        foreach ($try in 1..3) {
            Connect-Anew
            Complete 'Get-CopperOpportunity -Pipeline ' | Out-Null
            Complete 'Get-CopperOpportunity -Pipeline Sales -Stage ' | Out-Null
            Complete 'New-CopperOpportunity x -Stage ' | Out-Null
            $sent = @(Get-SandboxRequest $sandbox)
            if ($sent.Count -eq 1) { break }
        }
        $sent | Should -Be 'GET /pipelines'
        Get-CopperOpportunity -Pipeline Sales -Stage Qualified -First 1 | Out-Null
        (Get-SandboxJournal $sandbox).path | Where-Object { $_ -notin '/users/search', '/customer_sources' } |
            Should -Be '/opportunities/search' -Because 'the pipelines are there; the other lists are for the names of the record'
    }
}

Describe 'Completion of names that are not simple' {
    BeforeAll {
        Connect-Anew
        Set-Response
        Get-CopperUser | Out-Null
        Get-CopperPipeline | Out-Null
        Get-CopperActivityType | Out-Null
    }

    It 'quotes what would end a text: <line>' -TestCases @(
        @{ line = 'Get-CopperPerson -Assignee padd'; text = "'Paddy O''Brien'" }
        @{ line = 'Get-CopperPerson -Assignee "padd'; text = "`"Paddy O'Brien`"" }
        @{ line = "Get-CopperPerson -Assignee 'Paddy O''"; text = "'Paddy O''Brien'" }
        @{ line = 'Get-CopperPerson -Assignee zoe@'; text = "'Zo$([char] 0xeb) d$([char] 0x2019)$([char] 0x2019)Arc'" }
    ) {
        (Complete $line).CompletionText | Should -BeExactly $text
    }

    It 'what it inserts is found again' {
        foreach ($offered in Complete 'Get-CopperTask -Assignee ') {
            & ([scriptblock]::Create("Get-CopperTask -First 1 -ErrorAction Stop -Assignee $($offered.CompletionText)")) | Out-Null
        }
        (Get-SandboxJournal $sandbox | Where-Object path -EQ '/tasks/search').body |
            ForEach-Object { ($_ | ConvertFrom-Json).assignee_ids } | Should -Be (1001..1005)
    }

    It 'offers the address of users whose name several have' {
        $offered = Complete 'Get-CopperPerson -Assignee kim'
        $offered.CompletionText | Should -Be "'kim@copper.example'", "'lee@copper.example'"
        $offered.ListItemText | Should -Be 'Kim Lee <kim@copper.example>', 'Kim Lee <lee@copper.example>'
    }

    It 'offers the id of a stage whose name is no way to it, and the name where it is' {
        (Complete 'New-CopperOpportunity x -Stage qual').CompletionText | Should -Be '1032140', '1032160'
        (Complete 'New-CopperOpportunity x -Stage qual').ListItemText | Should -Be 'Qualified (Sales)', 'Qualified (Partner Deals)'
        (Complete 'New-CopperOpportunity x -Pipeline Sales -Stage qual').CompletionText | Should -Be 'Qualified'
        (Complete 'Set-CopperOpportunity 1 -Stage qual').CompletionText | Should -Be 'Qualified'
        (Complete 'Set-CopperOpportunity 1 -Stage qual').ToolTip |
            Should -Be 'Qualified (id 1032140, pipeline Sales; id 1032160, pipeline Partner Deals)'
        (Complete 'Get-CopperOpportunity -Stage 2026').CompletionText | Should -Be '1032161' -Because 'a number is taken for an id'
    }

    It 'offers types to write that can be written, and tells categories apart' {
        (Complete 'New-CopperActivity 7 x -ActivityType ').CompletionText | Should -Be 'Note', 'Call'
        (Complete 'Get-CopperActivity -ActivityType ').CompletionText | Should -Be 'Note', "'user:9'", "'system:9'", 'Fax'
    }
}
