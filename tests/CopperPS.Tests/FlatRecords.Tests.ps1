# ConvertTo-CopperFlatRecord: the same columns for every record of an entity, names instead of ids, clean CSV files.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $culture = [cultureinfo]::CurrentCulture
    $sandbox = Start-SandboxHost -People 60
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $stages = @{}
    foreach ($pipeline in Get-CopperPipeline) {
        foreach ($stage in $pipeline.Stages) { $stages[$stage.Id] = @($pipeline.Name, $stage.Name) }
    }

    function Get-Column($Row) { @($Row.PSObject.Properties.Name) }
}

AfterAll {
    [cultureinfo]::CurrentCulture = $culture
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'The columns of <noun>' -ForEach @(
    @{
        noun = 'Person'; first = 'Id', 'Name'
        has                                                  = 'Company', 'ContactType', 'Assignee', 'Email', 'Email2', 'Email3', 'Phone',
        'Phone2', 'Phone3', 'Street', 'City', 'State',
        'PostalCode', 'Country', 'Tags', 'DateCreated'; last = 'Profile'
    }
    @{
        noun = 'Company'; first = 'Id', 'Name'
        has = 'ContactType', 'Assignee', 'EmailDomain', 'Phone', 'Street', 'PrimaryContactId', 'Region'; last = 'Profile'
    }
    @{
        noun = 'Lead'; first = 'Id', 'Name'
        has = 'Company', 'Status', 'CustomerSource', 'Assignee', 'Email', 'Phone', 'MonetaryValue', 'Region'; last = 'Profile'
    }
    @{
        noun = 'Opportunity'; first = 'Id', 'Name'
        has  = 'Company', 'Pipeline', 'Stage', 'Status', 'Priority', 'CustomerSource', 'LossReason', 'Assignee', 'CloseDate', 'Products'
        last = 'Weight'
    }
    @{ noun = 'Project'; first = 'Id', 'Name'; has = 'Status', 'RelatedType', 'RelatedId', 'Assignee'; last = 'Profile' }
    @{ noun = 'Task'; first = 'Id', 'Name'; has = 'Status', 'Priority', 'DueDate', 'RelatedType', 'Assignee'; last = 'Profile' }
    @{
        noun = 'Activity'; first = 'Id', 'ActivityDate'; has = 'ActivityType', 'RelatedType', 'RelatedId', 'User', 'Details'
        last = 'DateModified'
    }
) {
    BeforeAll { $rows = @(& "Get-Copper$noun" -First 50 | ConvertTo-CopperFlatRecord) }

    It 'are the same for every record, whatever it holds' {
        $rows.Count | Should -BeGreaterThan 20
        @($rows | ForEach-Object { (Get-Column $_) -join '|' } | Sort-Object -Unique) | Should -HaveCount 1
        $bare = New-Object "Copper.Client.Models.Copper$noun"
        Get-Column ($bare | ConvertTo-CopperFlatRecord) | Should -Be (Get-Column $rows[0])
    }

    It 'begin with what names the record, and end with the custom fields in the order of their ids' {
        $columns = Get-Column $rows[0]
        $columns[0, 1] | Should -Be $first
        $columns[-1] | Should -Be $last
        $has | Where-Object { $_ -notin $columns } | Should -BeNullOrEmpty
        if ($noun -ne 'Activity') {
            $fields = Get-CopperCustomFieldDefinition -Entity $noun | Where-Object DataType -NE Connect | Sort-Object Id
            @($columns | Select-Object -Last $fields.Count) | Should -Be $fields.Name
        }
    }

    It 'hold text, numbers, flags or nothing' {
        $types = foreach ($row in $rows) {
            foreach ($value in $row.PSObject.Properties.Value) { if ($null -ne $value) { $value.GetType().Name } }
        }
        $types | Sort-Object -Unique | Where-Object { $_ -notin 'String', 'Int64', 'Decimal', 'Double', 'Boolean' } | Should -BeNullOrEmpty
        $rows[0].PSObject.TypeNames[0] | Should -Be "CopperPS.Flat$noun"
    }

    It 'are shown as a table that fits 120 columns' {
        $lines = @(($rows | Out-String -Width 120) -split '\r?\n' | Where-Object { $_.Trim() })
        $lines[0] -replace '\e\[[\d;]*m' | Should -Match "^$($first[-1])\b"
        $lines | Where-Object { ($_ -replace '\e\[[\d;]*m').Length -gt 120 } | Should -BeNullOrEmpty
    }
}

Describe 'The values' {
    It 'are names instead of ids' {
        $deals = @(Get-CopperOpportunity -First 100)
        $rows = @($deals | ConvertTo-CopperFlatRecord)
        $users = @{}
        Get-CopperUser | ForEach-Object { $users[$_.Id] = $_.Name }
        for ($i = 0; $i -lt $deals.Count; $i++) {
            $rows[$i].Pipeline, $rows[$i].Stage | Should -Be $stages[$deals[$i].PipelineStageId]
            $rows[$i].Assignee | Should -Be $(if ($deals[$i].AssigneeId) { $users[$deals[$i].AssigneeId] })
            $rows[$i].Products |
                Should -Be $(if ($deals[$i].CustomFields['Products'].Count) { $deals[$i].CustomFields['Products'].ToString() })
            $rows[$i].MonetaryValue | Should -Be $deals[$i].MonetaryValue
        }
        $rows.LossReason | Where-Object { $_ } | Should -Match '[a-z]'
        $rows.CustomerSource | Where-Object { $_ } | Should -Match '[a-z]'
        (Get-CopperPerson -First 50 | ConvertTo-CopperFlatRecord).ContactType | Where-Object { $_ } | Should -Match '^\D+$'
        (Get-CopperLead -First 50 | ConvertTo-CopperFlatRecord).Status | Should -Match '^\D+$'
        (Get-CopperActivity -First 50 | ConvertTo-CopperFlatRecord).ActivityType | Should -Match '^\D+$'
    }

    It 'lose no e-mail address and no phone number' {
        $person = New-CopperPerson Many -Email (1..5 | ForEach-Object { "a$_@many.example" }) -PhoneNumber '1', '2' -Tag a, b
        $row = $person | ConvertTo-CopperFlatRecord
        $row.Email, $row.Email2, $row.Email3 |
            Should -Be 'a1@many.example', 'a2@many.example', 'a3@many.example; a4@many.example; a5@many.example'
        $row.Phone, $row.Phone2, $row.Phone3 | Should -Be '1', '2', $null
        $row.Tags | Should -Be 'a; b'
    }

    It 'have days and times that every spreadsheet reads, local or UTC' {
        $deal = Get-CopperOpportunity -First 1
        $row = $deal | ConvertTo-CopperFlatRecord
        $row.CloseDate | Should -Be $deal.CloseDate.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)
        $row.DateCreated | Should -Be $deal.DateCreated.LocalDateTime.ToString('yyyy-MM-dd HH:mm:ss', [cultureinfo]::InvariantCulture)
        ($deal | ConvertTo-CopperFlatRecord -Utc).DateCreated |
            Should -Be $deal.DateCreated.UtcDateTime.ToString('yyyy-MM-dd HH:mm:ss', [cultureinfo]::InvariantCulture)
    }

    It 'are the id where the name is gone, without an error' {
        $deal = [Copper.Client.Models.CopperOpportunity] @{
            Id = 1; AssigneeId = 99; PipelineId = 98; PipelineStageId = 97; LossReasonId = 96; CustomerSourceId = 95
        }
        $row = $deal | ConvertTo-CopperFlatRecord -ErrorAction Stop
        $row.Assignee, $row.Pipeline, $row.Stage, $row.LossReason, $row.CustomerSource | Should -Be '99', '98', '97', '96', '95'
        $activity = [Copper.Client.Models.CopperActivity] @{
            Id = 1; Type = [Copper.Client.Models.CopperActivityTypeKey] @{ Category = 'user'; Id = 77 }
        }
        ($activity | ConvertTo-CopperFlatRecord).ActivityType | Should -Be 'user:77'
    }
}

Describe 'The requests' {
    BeforeEach {
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
    }

    It 'are one for each kind of name, whatever the number of records' {
        Get-CopperOpportunity | ConvertTo-CopperFlatRecord | Out-Null
        $paths = @(Get-SandboxJournal $sandbox).path | Where-Object { $_ -ne '/opportunities/search' } | Sort-Object
        $paths | Should -Be '/custom_field_definitions', '/customer_sources', '/loss_reasons', '/pipelines', '/users/search'
    }

    It 'are none for what no record has, and none the second time' {
        $person = [Copper.Client.Models.CopperPerson] @{ Id = 1; Name = 'A' }
        $person | ConvertTo-CopperFlatRecord | Out-Null
        Get-SandboxRequest $sandbox | Should -Be 'GET /custom_field_definitions'
        $person | ConvertTo-CopperFlatRecord | Out-Null
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'stream: what the consumer does not take is not asked for' {
        Get-CopperPerson -PageSize 10 | ConvertTo-CopperFlatRecord | Select-Object -First 3 | Should -HaveCount 3
        @(Get-SandboxJournal $sandbox | Where-Object path -EQ '/people/search') | Should -HaveCount 1
    }

    It 'that fail are one warning, and ids stand in place of the names' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 403; times = -1; match = @{ path = 'contact_types' } }
        $rows = Get-CopperPerson -First 20 -WarningAction SilentlyContinue |
            ConvertTo-CopperFlatRecord -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        $rows.ContactType | Should -Match '^\d*$'
        $rows.Assignee -join '' | Should -Match '[a-z]'
        Set-SandboxFault $sandbox
    }

    It 'that fail for the custom fields leave their ids as columns' {
        $person = Get-CopperPerson -First 1
        Clear-CopperCache
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 403; times = 1; match = @{ path = 'custom_field_definitions' } }
        $row = $person | ConvertTo-CopperFlatRecord -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        Get-Column $row | Should -Contain '126243'
        Set-SandboxFault $sandbox
    }

    It 'bring a field that is newer than the session''s definitions' {
        $mine = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; PassThru = $true }
        $null = Get-CopperCustomFieldDefinition -Session $mine
        $elsewhere = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; PassThru = $true }
        $field = New-CopperCustomFieldDefinition 'Newcomer' String -AvailableOn Task -Session $elsewhere
        Get-Column (Get-CopperTask -First 1 -Session $mine | ConvertTo-CopperFlatRecord -Session $mine) | Should -Contain 'Newcomer'
        $field | Remove-CopperCustomFieldDefinition -Session $elsewhere -Confirm:$false
    }
}

Describe 'A value of a custom field' {
    BeforeAll {
        $field = New-CopperCustomFieldDefinition 'Only Leads' String -AvailableOn Lead
        $id = $field.Id
    }

    AfterAll {
        Set-SandboxFault $sandbox
        $field | Remove-CopperCustomFieldDefinition -Confirm:$false
    }

    It 'stands under its id when <what>' -TestCases @(
        @{ what = 'its field is not available on the entity'; list = '{"custom_field_definition_id":@id,"value":"kept"}'; column = '@id' }
        @{
            what   = 'its field stands twice'
            list   = '{"custom_field_definition_id":126240,"value":"first"},{"custom_field_definition_id":126240,"value":"kept"}'
            column = '126240'
        }
        @{ what = 'the id cannot be read'; list = '{"custom_field_definition_id":"12x","value":"kept"}'; column = '12x' }
        @{ what = 'there is no id'; list = '{"value":"kept"}'; column = 'custom field' }
        @{ what = 'the definition is gone'; list = '{"custom_field_definition_id":99,"value":"kept"}'; column = '99' }
    ) {
        $body = '{"id":1,"name":"Ann","custom_fields":[' + $list.Replace('@id', $id) + ']}'
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = $body; times = 1; match = @{ path = 'people/1' } }
        $person = Get-CopperPerson 1
        $other = Get-CopperPerson 2
        "$($person.CustomFields)" | Should -BeLike '*=kept*'
        ($person | Format-List | Out-String) | Should -BeLike '*=kept*'

        $rows = @($person, $other | ConvertTo-CopperFlatRecord -WarningVariable warnings -WarningAction SilentlyContinue)
        $rows[0].($column.Replace('@id', $id)) | Should -Be 'kept'
        Get-Column $rows[1] | Should -Be (Get-Column $rows[0]) -Because 'a file takes its columns from the first row'
        $warnings | Should -BeNullOrEmpty

        $rows = @($other, $person | ConvertTo-CopperFlatRecord -WarningVariable warnings -WarningAction SilentlyContinue)
        $rows[1].($column.Replace('@id', $id)) | Should -Be 'kept'
        "$warnings" | Should -BeLike "*$($column.Replace('@id', $id))*Export-Csv leaves out*"
    }

    It 'that stands twice in the same words is one' {
        $body = '{"id":1,"name":"Ann","custom_fields":[' +
        '{"custom_field_definition_id":126240,"value":"a"},{"custom_field_definition_id":126240,"value":"a"}]}'
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = $body; times = 1; match = @{ path = 'people/1' } }
        Get-Column (Get-CopperPerson 1 | ConvertTo-CopperFlatRecord) | Should -Not -Contain '126240'
    }
}

Describe 'A CSV file in the culture <name>' -ForEach @(@{ name = 'en-US' }, @{ name = 'de-DE' }, @{ name = 'ar-SA' }, @{ name = 'th-TH' }) {
    It 'has the columns and values of the rows' {
        [cultureinfo]::CurrentCulture = $name
        $file = Join-Path $TestDrive "$name.csv"
        $rows = @(Get-CopperOpportunity | ConvertTo-CopperFlatRecord)
        Get-CopperOpportunity | ConvertTo-CopperFlatRecord | Export-Csv $file -NoTypeInformation -UseCulture -Encoding UTF8
        $read = @(Import-Csv $file -UseCulture)
        $read.Count | Should -Be $rows.Count
        $rows.Count | Should -BeGreaterThan 20
        Get-Column $read[0] | Should -Be (Get-Column $rows[0])
        [IO.File]::ReadAllText($file) | Should -Not -Match 'System\.|Copper\.Client|\{'
        for ($i = 0; $i -lt $rows.Count; $i++) {
            foreach ($column in 'Id', 'Name', 'Stage', 'Tags', 'Details', 'Products') {
                $read[$i].$column | Should -Be "$($rows[$i].$column)"
            }
            $read[$i].CloseDate | Should -Match '^(\d{4}-\d\d-\d\d)?$'
            $read[$i].DateCreated | Should -Match '^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d$'
            if ($null -ne $rows[$i].MonetaryValue) {
                [decimal]::Parse($read[$i].MonetaryValue, [cultureinfo]::CurrentCulture) | Should -Be $rows[$i].MonetaryValue
            }
        }
    }
}

Describe 'Columns that clash' {
    It 'have the id of the field behind the name, whichever record comes first' {
        $email = New-CopperCustomFieldDefinition 'email' String -AvailableOn Person
        $twin = New-CopperCustomFieldDefinition 'Score' String -AvailableOn Person
        $person = New-CopperPerson Clash -CustomField @{ $email.Id = 'mine'; $twin.Id = 'high'; 126247 = 5 }
        $row = $person | ConvertTo-CopperFlatRecord
        $row."email ($($email.Id))" | Should -Be 'mine'
        $row."Score ($($twin.Id))" | Should -Be 'high'
        $row.Score | Should -Be 5
        $row.Email | Should -BeNullOrEmpty
        $email, $twin | Remove-CopperCustomFieldDefinition -Confirm:$false
    }
}

Describe 'Input' {
    It 'of several entities has the columns of each, in the order in which it came' {
        $rows = @(& { Get-CopperPerson -First 2; Get-CopperTask -First 1; Get-CopperPerson -First 1 } | ConvertTo-CopperFlatRecord)
        $rows.ForEach({ $_.PSObject.TypeNames[0] }) |
            Should -Be 'CopperPS.FlatPerson', 'CopperPS.FlatPerson', 'CopperPS.FlatTask', 'CopperPS.FlatPerson'
        Get-Column $rows[3] | Should -Be (Get-Column $rows[0])
    }

    It 'may be a list, or nothing' {
        @(ConvertTo-CopperFlatRecord (Get-CopperPerson -First 3)) | Should -HaveCount 3
        @() | ConvertTo-CopperFlatRecord | Should -BeNullOrEmpty
    }

    It 'that is no record is one error each, and the others go on' {
        $mixed = 'text', $null, (Get-CopperUser)[0], [pscustomobject] @{ Id = 1 }, (Get-CopperPerson 1)
        $rows = @($mixed | ConvertTo-CopperFlatRecord -ErrorVariable problems -ErrorAction SilentlyContinue)
        $rows.Id | Should -Be 1
        @($problems | Where-Object { $_.FullyQualifiedErrorId -like 'CopperNoRecord,*' }) | Should -HaveCount 4
    }

    It 'that only stands for a record is one error each, and the others go on' {
        $related = @(foreach ($id in 1..20) { Get-CopperRelatedItem $id -FromType person })
        $related.Count | Should -BeGreaterThan 0
        $rows = @($related + (Get-CopperPerson 1) | ConvertTo-CopperFlatRecord -ErrorVariable problems -ErrorAction SilentlyContinue)
        $rows.Id | Should -Be 1
        @($problems | Where-Object { $_.FullyQualifiedErrorId -like 'CopperNoRecord,*' }) | Should -HaveCount $related.Count
        "$($problems[0])" | Should -BeLike "The related item '$($related[0])'*"
    }

    It 'may come from a job or a file: <noun>' -TestCases @(
        'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task', 'Activity' | ForEach-Object { @{ noun = $_ } }
    ) {
        $records = @(& "Get-Copper$noun" -First 30)
        $file = Join-Path $TestDrive "$noun.clixml"
        $records | Export-Clixml $file
        $past = Import-Clixml $file | ConvertTo-CopperFlatRecord | ConvertTo-Csv -NoTypeInformation
        $past.Count | Should -BeGreaterThan 10
        $past | Should -Be ($records | ConvertTo-CopperFlatRecord | ConvertTo-Csv -NoTypeInformation)
    }

    It 'needs a session' {
        $person = Get-CopperPerson 1
        Disconnect-Copper
        { $person | ConvertTo-CopperFlatRecord } | Should -Throw -ErrorId 'CopperNotConnected,*'
        Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    }
}

Describe '-SpreadsheetSafe' {
    It 'puts an apostrophe before text that would run: <text>' -TestCases @(
        @{ text = '=HYPERLINK("http://evil.example","x")'; safe = $false }
        @{ text = '+1-212-555-0100'; safe = $false }
        @{ text = '-2+3'; safe = $false }
        @{ text = '@SUM(1)'; safe = $false }
        @{ text = "`t=1"; safe = $false }
        @{ text = "`r=1"; safe = $false }
        @{ text = [char] 0xFF1D + '1+1'; safe = $false }
        @{ text = '-'; safe = $false }
        @{ text = '-5'; safe = $true }
        @{ text = '+4930123456'; safe = $true }
        @{ text = '-12,50'; safe = $true }
        @{ text = 'a=b'; safe = $true }
        @{ text = "'=1"; safe = $true }
    ) {
        $person = [Copper.Client.Models.CopperPerson] @{ Id = 1; Name = 'A'; Details = $text }
        ($person | ConvertTo-CopperFlatRecord).Details | Should -BeExactly $text
        ($person | ConvertTo-CopperFlatRecord -SpreadsheetSafe).Details | Should -BeExactly $(if ($safe) { $text } else { "'" + $text })
    }

    It 'leaves numbers and days as they are, and looks after the headings' {
        $field = New-CopperCustomFieldDefinition '=cmd' Float -AvailableOn Opportunity
        $deal = [Copper.Client.Models.CopperOpportunity] @{
            Id = 1; Name = '=1'; MonetaryValue = -5.50; CloseDate = [datetime]::new(2026, 1, 31)
        }
        $row = $deal | ConvertTo-CopperFlatRecord -SpreadsheetSafe
        $row.MonetaryValue | Should -Be -5.5
        $row.MonetaryValue | Should -BeOfType decimal
        $row.CloseDate | Should -Be '2026-01-31'
        $row.Name | Should -Be "'=1"
        Get-Column $row | Should -Contain "'=cmd"
        Get-Column $row | Should -Not -Contain '=cmd'
        $field | Remove-CopperCustomFieldDefinition -Confirm:$false
    }
}

Describe 'Columns that are asked for' {
    It 'come alone and in their order, with wildcards, and keep what kind of record they show' {
        Connect-Copper -Sandbox
        $row = Get-CopperPerson 1 | ConvertTo-CopperFlatRecord -Property Title, Email*, Score, Id
        $row.PSObject.Properties.Name | Should -Be 'Title', 'Email', 'Email2', 'Email3', 'Score', 'Id'
        $row.PSTypeNames | Should -Contain 'Selected.CopperPS.FlatPerson'
        { $row | Set-CopperLead -ErrorAction Stop } | Should -Throw '*person*not a lead*'
        { Get-CopperPerson 1 | ConvertTo-CopperFlatRecord -Property Name, Emial } |
            Should -Throw "'Emial' is no column of a person. Did you mean 'Email'*"
        Disconnect-Copper
    }
}
