# How output looks: every view is rendered as a console of 120 columns shows it.

BeforeDiscovery {
    # Each type that has a view: how to get an object of it, and what its table shows as the first heading.
    $shown = @(
        @{ Type = 'CopperPerson'; First = 'Name'; Get = { $people } }
        @{ Type = 'CopperSession'; First = 'User'; Get = { Get-CopperSession } }
        @{ Type = 'CopperConnectionTest'; First = 'Success'; Get = { Test-CopperConnection } }
        @{ Type = 'RateLimitStatus'; First = 'AppliesTo'; Get = { Get-CopperRateLimit } }
        @{ Type = 'CopperRemoval'; First = 'EntityType'; Get = { Remove-CopperPerson 900 -PassThru -Confirm:$false } }
        @{ Type = 'CopperEmail'; First = 'Email'; Get = { $person.Emails } }
        @{ Type = 'CopperPhoneNumber'; First = 'Number'; Get = { $person.PhoneNumbers } }
        @{ Type = 'CopperSocial'; First = 'Url'; Get = { $person.Socials } }
        @{ Type = 'CopperWebsite'; First = 'Url'; Get = { $person.Websites } }
        @{ Type = 'CopperAddress'; First = 'Street'; Get = { $person.Address } }
        @{ Type = 'CopperCustomFieldValue'; First = 'DefinitionId'; Get = { $person.CustomFields } }
        @{
            Type = 'CopperWebhook'; First = 'Id'
            Get = { Register-CopperWebhook https://hooks.example.com/copper person new -Secret @{ key = 'x' } }
        }
        @{ Type = 'CopperNotification'; First = 'Timestamp'; Get = { $notification } }
        @{ Type = 'CopperAttributeChange'; First = 'Name'; Get = { $notification.UpdatedAttributes } }
        @{
            Type = 'CopperUser'; First = 'Name'
            Get = { [Copper.Client.Models.CopperUser] @{ Id = 1001; Name = 'Dana Demo'; Email = 'demo@copper.example' } }
        }
        @{ Type = 'CopperAccount'; First = 'Name'; Get = { [Copper.Client.Models.CopperAccount] @{ Id = 100624; Name = 'Copper Demo' } } }
        @{ Type = 'CopperPlanStep'; First = 'Step'; Get = { $steps } }
        @{ Type = 'PlanChange'; First = 'Property'; Get = { $steps.Changes } }
        @{ Type = 'CopperPlanResult'; First = 'Status'; Get = { $steps | Invoke-CopperPlan } }
        @{ Type = 'CopperChange'; First = 'Change'; Get = { $changes } }
        @{ Type = 'CopperSnapshot'; First = 'AccountName'; Get = { $snapshot } }
        @{ Type = 'CopperSnapshotFileTest'; First = 'Status'; Get = { $snapshot | Test-CopperSnapshot } }
        @{
            Type = 'CopperSnapshotDifference'; First = 'Change'
            Get = {
                Set-CopperProject 40001 -Details new
                Remove-CopperProject 40002 -Confirm:$false
                Compare-CopperSnapshot $snapshot -Entity Project
            }
        }
        @{ Type = 'CopperDuplicateGroup'; First = 'Group'; Get = { $duplicates } }
        @{ Type = 'CopperDataSubject'; First = 'Email'; Get = { $subject } }
        @{ Type = 'CopperDataSubjectFinding'; First = 'Relation'; Get = { $subject.Findings } }
        @{
            Type = 'CopperDataSubjectResult'; First = 'Status'
            Get = { Remove-CopperDataSubject $subject.Email -Confirm:$false -WarningAction Ignore }
        }
        @{ Type = 'CopperTag'; First = 'Name'; Get = { [Copper.Client.Models.CopperTag] @{ Name = 'vip'; Count = 12 } } }
    )
    # Objects of which nothing but the id is known.
    $bare = 'CopperPerson', 'CopperUser', 'CopperAccount', 'CopperTag', 'CopperEmail', 'CopperPhoneNumber', 'CopperSocial',
    'CopperWebsite', 'CopperAddress', 'CopperCustomFieldValue' | ForEach-Object { @{ Type = $_ } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $culture = [cultureinfo]::CurrentCulture
    if ($PSEdition -eq 'Core') {
        $rendering = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
    }

    Connect-Copper -Sandbox
    $people = @(Get-CopperPerson -First 200)
    $notification = '{"ids":[26349111,26349112,26349113],"type":"opportunity","event":"update","timestamp":"2026-02-03T04:05:06Z",' +
    '"updated_attributes":{"title":["Countess","Lady"],"tags":[[],["a","b"]],"custom_fields":{"126247":[1,2.5]}},"key":"x"}' |
        ConvertFrom-CopperNotification
    $person = New-CopperPerson -Name 'Ada King Countess of Lovelace, born Byron' -Title 'Mathematician and Writer of Programs' `
        -Email ada@analytical-engine-company-of-london.example, @{ Email = 'ada@home.example'; Category = 'personal' } `
        -PhoneNumber '(212) 555-0100', @{ Number = '(212) 555-0101'; Category = 'mobile' } `
        -Social https://www.linkedin.com/in/ada -Website https://analytical.example/with/a/path/that/goes/on `
        -Address @{ Street = '12 St James''s Square'; City = 'London'; PostalCode = 'SW1Y 4JH'; Country = 'GB' } `
        -Tag pioneer, 'decision maker' -Details "first line`nsecond line" `
        -CustomField @{ 126247 = 12.5; 126246 = $true; 126242 = "one`ntwo" }
    $people += $person
    $steps = @(
        @{ Id = 36; Title = 'Chair'; Details = "one`ntwo" }, @{ Id = 37; Title = 'A title that is rather long, and that goes on' } |
            Import-CopperRecord Person -MatchOn Id -PlanOnly
    )

    $null = Get-CopperChange (Join-Path $TestDrive copper.state) -Entity Task
    Set-CopperTask 50000001 -Name 'A name that is rather long, and that goes on' -Details "one`ntwo"
    $null = New-CopperTask Call
    $changes = @(Get-CopperChange (Join-Path $TestDrive copper.state) -Entity Task)

    $duplicates = @(Find-CopperDuplicate Lead)[0]
    $subject = Export-CopperDataSubject (Get-CopperPerson 478) (Join-Path $TestDrive requests)
    $snapshot = Backup-CopperAccount (Join-Path $TestDrive snapshot) -Entity Project -Include @() -PassThru

    # The lines as a console shows them, without the empty ones.
    function Get-Rendered($InputObject, [switch] $List, [int] $Width = 120) {
        $text = if ($List) { $InputObject | Format-List | Out-String -Width $Width } else { $InputObject | Out-String -Width $Width }
        @($text -split '\r?\n' | Where-Object { $_.Trim() })
    }
}

AfterAll {
    [cultureinfo]::CurrentCulture = $culture
    if ($PSEdition -eq 'Core') { $PSStyle.OutputRendering = $rendering }
    Disconnect-Copper
}

Describe 'View of <Type>' -ForEach $shown {
    BeforeAll { $objects = @(& $Get) }

    It 'is a table that fits 120 columns and starts with what tells the rows apart' {
        # One result whose message is a sentence is a list unless a table is asked for.
        $lines = Get-Rendered $(if ($Type -eq 'CopperConnectionTest') { $objects | Format-Table } else { $objects })
        $lines[0] | Should -Match "^\s*$First\b"
        $lines[1] | Should -Match '^[\s-]+$'
        $lines.Count | Should -BeGreaterOrEqual ($objects.Count + 2)
        $lines | Where-Object { $_.Length -gt 120 } | Should -BeNullOrEmpty
    }

    It 'is a list on demand, of which no line is longer than 120 columns' {
        $lines = Get-Rendered $objects[-1] -List
        $lines[0] | Should -Match '^\w+ +: '
        $lines | Where-Object { $_.Length -gt 120 } | Should -BeNullOrEmpty
    }

    It 'shows values, no names of types and no errors' {
        @(Get-Rendered $objects) + @(Get-Rendered $objects[-1] -List) |
            Where-Object { $_ -match 'System\.|Copper\.Client|CopperPS\.|#ERR' } | Should -BeNullOrEmpty
    }

    It 'shows every property, in the table or in the list, by Format-List * without a type name' {
        $text = $objects[-1] | Format-List * | Out-String -Width 120
        $text | Should -Not -Match 'System\.(?!Xml)|Copper\.Client\.'
    }
}

Describe 'View of a <Type> of which nothing is known' -ForEach $bare {
    It 'has empty cells' {
        $object = New-Object "Copper.Client.Models.$Type"
        @(Get-Rendered $object)[0] | Should -Match '^\s*\w+'
        (Get-Rendered $object) + (Get-Rendered $object -List) | Where-Object { $_ -match 'System\.|Copper\.Client|#ERR' } |
            Should -BeNullOrEmpty
    }
}

Describe 'Person' {
    It 'has name, id and company on the narrowest console' {
        (Get-Rendered $people -Width 80)[0] | Should -Match '^Name +Id +CompanyName'
    }

    It 'groups in the list what belongs together' {
        $text = Get-Rendered $person -List | Out-String
        $text | Should -Match 'Emails +: ada@analytical-engine-company-of-london\.example \(work\)\r?\n +ada@home\.example \(personal\)'
        $text | Should -Match 'PhoneNumbers +: \(212\) 555-0100 \(work\)\r?\n +\(212\) 555-0101 \(mobile\)'
        $text | Should -Match "Address +: 12 St James's Square, London, SW1Y 4JH, GB"
        $text | Should -Match 'Tags +: pioneer; decision maker'
        $text | Should -Match 'Briefing=one two'
        # Fields without a value would bury the others.
        $text | Should -Not -Match 'Birthday'
    }

    It 'leaves out of the list what the account does not use' {
        Get-Rendered $person -List | Out-String | Should -Not -Match 'MonetaryValue|DateLeadCreated'
    }

    It 'shows money with its currency' {
        [cultureinfo]::CurrentCulture = 'de-DE'
        $rich = [Copper.Client.Models.CopperPerson] @{ Id = 7; Name = 'A'; MonetaryValue = 1234.5; MonetaryUnit = 'EUR' }
        Get-Rendered $rich -List | Out-String | Should -Match 'MonetaryValue +: 1\.234,50 EUR'
    }

    It 'looks the same when it comes out of a job or a file' {
        [cultureinfo]::CurrentCulture = 'en-US'
        $file = Join-Path $TestDrive 'person.clixml'
        $person | Export-Clixml $file
        $past = Import-Clixml $file
        Get-Rendered $past | Should -Be (Get-Rendered $person)
        Get-Rendered $past -List | Should -Be (Get-Rendered $person -List)
        $past.Emails[1].Category | Should -Be 'personal'
    }

    It 'goes whole into a CSV file' {
        $row = $person | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv
        $row.Emails | Should -Be 'ada@analytical-engine-company-of-london.example; ada@home.example'
        $row.Address | Should -Be "12 St James's Square, London, SW1Y 4JH, GB"
        $row.PSObject.Properties.Value | Where-Object { $_ -match 'System\.|Copper\.' } | Should -BeNullOrEmpty
    }
}

Describe 'Culture' {
    It 'shows dates in local time, short, as in <Name>' -ForEach @(
        @{ Name = 'de-DE'; Pattern = '^\d\d\.\d\d\.\d{4} \d\d:\d\d$' }
        @{ Name = 'en-US'; Pattern = '^\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d [AP]M$' }
    ) {
        [cultureinfo]::CurrentCulture = $Name
        $line = Get-Rendered $person -List | Where-Object { $_ -match '^DateCreated' }
        $value = $line -replace '^DateCreated +: '
        $value | Should -Match $Pattern
        $created = $person.DateCreated.LocalDateTime
        [datetime]::Parse($value, [cultureinfo]::CurrentCulture) |
            Should -Be ($created.Date.AddMinutes([math]::Floor($created.TimeOfDay.TotalMinutes)))
    }

    It 'names the unit of a span' {
        [cultureinfo]::CurrentCulture = 'de-DE'
        $duration = { [CopperPS.Formatting.FormatHelper]::Duration([timespan] $args[0]) }
        & $duration '0:00:00' | Should -Be '0 s'
        & $duration '0:00:00.250' | Should -Be '250 ms'
        & $duration '0:00:01.500' | Should -Be '1,5 s'
        & $duration '0:10:00' | Should -Be '10 min'
        & $duration '0:01:30' | Should -Be '1 min 30 s'
        & $duration '3:05:00' | Should -Be '3 h 5 min'
        & $duration '2.00:00:00' | Should -Be '48 h'
        [CopperPS.Formatting.FormatHelper]::Duration($null) | Should -Be ''
    }
}

Describe 'Colours' {
    BeforeAll {
        $escape = [string] [char] 27
        $deals = 'Open', 'Won', 'Lost', 'Abandoned' |
            ForEach-Object { [Copper.Client.Models.CopperOpportunity] @{ Id = 1; Name = 'A'; Status = $_ } }
        $noColour = $env:NO_COLOR
    }

    AfterAll {
        $env:NO_COLOR = $noColour
        if ($PSEdition -eq 'Core') { $PSStyle.OutputRendering = 'PlainText' }
    }

    It 'are those of $PSStyle' -Skip:($PSEdition -ne 'Core') {
        $env:NO_COLOR = $null
        $PSStyle.OutputRendering = 'Ansi'
        $helper = [CopperPS.Formatting.FormatHelper]
        $helper::Status('Won') | Should -Be "$($PSStyle.Foreground.Green)Won$($PSStyle.Reset)"
        $helper::Status('Lost') | Should -Be "$($PSStyle.Foreground.Red)Lost$($PSStyle.Reset)"
        $helper::Status('Open') | Should -Be 'Open'
        $helper::DueDate([DateTimeOffset]::Now.AddDays(-1), 'Open') |
            Should -Match ([regex]::Escape($PSStyle.Foreground.Red) + '.+' + [regex]::Escape($PSStyle.Reset))
        $helper::DueDate([DateTimeOffset]::Now.AddDays(-1), 'Completed') | Should -Not -Match $escape
        $helper::DueDate([DateTimeOffset]::Now.AddDays(1), 'Open') | Should -Not -Match $escape
        $helper::DueDate($null, 'Open') | Should -Be ''
        # The columns still stand below each other.
        $lines = @($deals | Format-Table | Out-String -Width 120) -split '\r?\n' -replace "$escape\[[\d;]*m" |
            Where-Object { $_ -match '^ *1 A' }
        $lines.Count | Should -Be 4
        $lines[0].IndexOf('Open') | Should -BeGreaterThan 12
        $lines.ForEach({ $_.Substring($lines[0].IndexOf('Open')).TrimEnd() -replace '\W.*' }) | Should -Be 'Open', 'Won', 'Lost', 'Aband'
    }

    It 'are none while <Why>' -ForEach @(
        @{ Why = 'NO_COLOR is set'; Variable = '1'; Rendering = 'Ansi' }
        @{ Why = 'the user wants plain text'; Variable = $null; Rendering = 'PlainText' }
    ) {
        $env:NO_COLOR = $Variable
        if ($PSEdition -eq 'Core') { $PSStyle.OutputRendering = $Rendering }
        [CopperPS.Formatting.FormatHelper]::Status('Won') | Should -Be 'Won'
    }

    It 'are none in a process whose output is redirected' {
        $child = Invoke-ChildPowerShell -Environment @{ NO_COLOR = '' } {
            [CopperPS.Formatting.FormatHelper]::Status('Won')
            [CopperPS.Formatting.FormatHelper]::Status('Lost')
        }
        $child.ErrorOutput | Should -Be ''
        $child.Output | Should -Be 'Won', 'Lost'
    }
}

Describe 'Pipeline' {
    It 'shows its stages, all of them however many, and in the list their probabilities' {
        $pipeline = Get-CopperPipeline Sales
        1..8 | ForEach-Object { $pipeline.Stages.Add([Copper.Client.Models.CopperPipelineStage] @{ Id = $_; Name = "A further stage $_" }) }
        $text = Get-Rendered $pipeline | Out-String
        $text | Should -Match 'Qualified; Follow-up; Presentation'
        $text | Should -Match 'further stage 8'
        $list = Get-Rendered $pipeline -List | Out-String
        $list | Should -Match 'Stages : Qualified \(5 %\)\r?\n +Follow-up \(12 %\)'
        $list | Should -Match 'A further stage 8\r?\n'
    }
}

Describe 'Strict mode' {
    It 'takes nothing away from a view' {
        $bare = [Copper.Client.Models.CopperCompany] @{ Id = 7; Name = 'Analytical Engines' }
        $loose = Get-Rendered $bare
        Set-StrictMode -Version Latest
        Get-Rendered $bare | Should -Be $loose
        $bare | Format-List | Out-String | Should -Not -Match '#ERR'
        Set-StrictMode -Off
    }
}

Describe 'Secrets' {
    It 'are in no view of a session' {
        $session = Get-CopperSession
        $text = @(
            $session | Out-String -Width 400; $session | Format-List | Out-String; $session | Format-List * | Out-String; $session |
                ConvertTo-Json -Depth 5 -WarningAction Ignore
        ) -join "`n"
        $text | Should -Not -Match 'sandbox-key|AccessToken|ApiKey'
    }
}
