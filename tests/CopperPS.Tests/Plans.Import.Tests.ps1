# Import-CopperRecord: rows become records, as a plan that can be looked at, run, resumed and repeated.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 60
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }

    function Get-Written { @(Get-SandboxRequest $sandbox | Where-Object { $_ -notmatch '^(GET|POST /\w+/search)' }) }
    function Get-WhatIf([scriptblock] $Script) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
        $null = Start-Transcript $file
        try { & $Script | Out-Null } finally { $null = Stop-Transcript }
        @(Get-Content $file | Where-Object { $_ -match 'Performing the operation' } | ForEach-Object { $_ -replace '^.*operation ' })
    }
    function Get-Journal { Join-Path $TestDrive "$([guid]::NewGuid()).jsonl" }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Rows' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $known = Get-CopperPerson -First 20 | Where-Object { $_.Email } | Select-Object -First 1
        $rows = @(
            [pscustomobject]@{ Name = $known.Name; Email = $known.Email; Title = 'Imported' }
            [pscustomobject]@{ Name = 'Ada Lovelace'; Email = 'ada@engines.example'; Title = 'Countess' }
        )
        Clear-SandboxJournal $sandbox
    }

    It 'update the records that they mean, and create the others' {
        $results = @($rows | Import-CopperRecord Person -MatchOn Email)
        $results.Status | Should -Be 'Done', 'Done'
        $created = $results | Where-Object Action -EQ Create
        (Get-CopperPerson $created.Id).Title | Should -Be 'Countess'
        (Get-CopperPerson $known.Id).Title | Should -Be 'Imported'
        ($results | Where-Object Action -EQ Update).Id | Should -Be $known.Id
    }

    It 'write only what differs, and nothing the second time' {
        $null = $rows | Import-CopperRecord Person -MatchOn Email
        Get-Written | Should -Contain ('PUT /people/{0} {{"title":"Imported"}}' -f $known.Id)
        $again = @($rows | Import-CopperRecord Person -MatchOn Email)
        $again.Status | Should -Be 'Skipped', 'Skipped'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'are planned with -PlanOnly, and nothing is written' {
        $steps = @($rows | Import-CopperRecord Person -MatchOn Email -PlanOnly)
        $steps.Action | Should -Be 'Update', 'Create'
        $steps[0].MatchedBy | Should -Be 'Email'
        "$($steps[0].Changes)" | Should -Be "Title: '$($known.Title)' -> 'Imported'"
        Get-Written | Should -BeNullOrEmpty
    }

    It 'are shown by -WhatIf as the run carries them out, and nothing is written' {
        $shown = Get-WhatIf { $rows | Import-CopperRecord Person -MatchOn Email -WhatIf }
        $shown | Should -Be @(
            '"Create with Name ''Ada Lovelace'', Email ''ada@engines.example'', Title ''Countess''" on target "person ''Ada Lovelace''".'
            '"Update Title: ''{0}'' -> ''Imported''" on target "person {1} ({2})".' -f $known.Title, $known.Id, $known.Name
        )
        Get-Written | Should -BeNullOrEmpty
        $results = @($rows | Import-CopperRecord Person -MatchOn Email)
        @($results | ForEach-Object { "$($_.Action) $($_.Name)" }) | Should -Be 'Create Ada Lovelace', "Update $($known.Name)"
    }

    It 'may be hashtables, and the input an argument' {
        $result = Import-CopperRecord Person @{ Name = 'Grace Hopper'; Email = 'grace@navy.example' } -MatchOn Email
        $result.Status | Should -Be 'Done'
        (Get-CopperPerson -Email grace@navy.example).Name | Should -Be 'Grace Hopper'
    }

    It 'may be rows of a data table' {
        $table = [Data.DataTable]::new()
        $null = $table.Columns.Add('Name')
        $null = $table.Columns.Add('Email')
        $null = $table.Rows.Add('Grace Hopper', 'grace@navy.example')
        ($table | Import-CopperRecord Person -MatchOn Email).Status | Should -Be 'Done'
    }

    It 'that say nothing of what to match on are held, and a warning counts them' {
        $rows[1].Email = ''
        $results = @($rows | Import-CopperRecord Person -MatchOn Email -WarningVariable warnings -WarningAction SilentlyContinue)
        $held = $results | Where-Object Status -EQ Held
        $held.Row | Should -Be 2
        $held.Reason | Should -BeLike '*nothing to match on*'
        "$warnings" | Should -BeLike '*1 updated*1 held*'
    }

    It 'that are empty are skipped without a warning, and those of a file say how to read it' {
        $empty = [pscustomobject]@{ Name = ''; Email = ''; Title = '' }
        $results = @($rows[1], $empty | Import-CopperRecord Person -MatchOn Email -WarningVariable warnings -WarningAction SilentlyContinue)
        ($results | Sort-Object Row).Status | Should -Be 'Done', 'Skipped'
        ($results | Where-Object Status -EQ Skipped).Reason | Should -Be 'The row is empty.'
        $warnings | Should -BeNullOrEmpty
        $file = New-Item (Join-Path $TestDrive 'people.csv') -ItemType File -Force
        $problem = try { $file | Import-CopperRecord Person -MatchOn Email } catch { $_ }
        "$problem" | Should -BeLike "*is the file 'people.csv'*Import-Csv 'people.csv' | Import-CopperRecord Person*"
    }

    It 'that were read in a wrong encoding are one error for all of the file' {
        $rows[0].Title = "M$([char] 0xFFFD)ller"
        $rows[1].Title = "Stra$([char] 0xFFFD)e"
        $problem = try { $rows | Import-CopperRecord Person -MatchOn Email -ErrorAction Stop } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CopperInvalidImport,*'
        "$problem" | Should -BeLike '*2 cells*-Encoding 1252*'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'that the service rejects are an error about the row, and the others are written' {
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 422; body = '{"success":false,"message":"No."}'; match = @{ method = 'POST'; path = '^/people$' }
        }
        $results = @(
            $rows | Import-CopperRecord Person -MatchOn Email -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction Ignore
        )
        Set-SandboxFault $sandbox
        ($results | Where-Object Action -EQ Create).Status | Should -Be 'Failed'
        ($results | Where-Object Action -EQ Update).Status | Should -Be 'Done'
        $problems | Should -HaveCount 1
        $problems[0].TargetObject | Should -Be $rows[1]
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperInvalidData,*'
        "$($problems[0])" | Should -BeLike "Row 2 (Create person 'Ada Lovelace'): *No.*"
    }

    It 'whose person somebody creates between plan and run update that person' {
        # As soon as the rows have been looked for, somebody else is faster.
        $results = @($rows | Import-CopperRecord Person -MatchOn Email -Verbose 4>&1 | ForEach-Object {
                if ($_ -isnot [Management.Automation.VerboseRecord]) { $_ }
                elseif ("$_" -match 'people/search' -and -not $other) {
                    $other = New-CopperPerson 'Augusta King' -Email ada@engines.example -Tag theirs
                }
            })
        $other.Id | Should -BeGreaterThan 0
        $results.Status | Should -Be 'Done', 'Done'
        $results.Action | Should -Be 'Update', 'Update'
        $now = Get-CopperPerson -Email ada@engines.example
        $now.Id, $now.Title, $now.Tags | Should -Be $other.Id, 'Countess', 'theirs'
    }

    It 'have totals that stay out of the pipeline' {
        $results = @($rows | Import-CopperRecord Person -MatchOn Email -InformationVariable totals)
        $results | Should -HaveCount 2
        $totals.MessageData.Created | Should -Be 1
        "$totals" | Should -Be '1 created, 1 updated, 0 skipped, 0 held, 0 failed'
    }

    It 'are not the path of a file: the error shows how to read it' {
        { Import-CopperRecord Person './my file.csv' -MatchOn Email } |
            Should -Throw "'./my file.csv' is a path, not a row: Import-Csv './my file.csv' | Import-CopperRecord Person*"
        { Import-CopperRecord Person hello -MatchOn Email } | Should -Throw "Row 1 is 'hello', and no row with columns.*"
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'are no rows at all: a warning, no output and no request' {
        $output = @(@() | Import-CopperRecord Person -MatchOn Email -WarningVariable warnings -WarningAction SilentlyContinue)
        $output += @(Import-CopperRecord Person @() -MatchOn Email -WarningVariable +warnings -WarningAction SilentlyContinue)
        $output | Should -BeNullOrEmpty
        $warnings | Should -HaveCount 2
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
    }
}

Describe 'The choices' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $person = New-CopperPerson 'Ada Lovelace' -Email ada@engines.example -Title Countess
        $row = [pscustomobject]@{ Name = 'Ada Lovelace'; Email = 'ada@engines.example'; Title = 'Author'; City = 'London' }
    }

    It '-OnMatch FillEmpty fills gaps only' {
        $null = $row | Import-CopperRecord Person -MatchOn Email -OnMatch FillEmpty
        $now = Get-CopperPerson $person.Id
        $now.Title, $now.Address.City | Should -Be 'Countess', 'London'
    }

    It '-OnMatch Skip and -OnNoMatch Skip leave records alone' {
        ($row | Import-CopperRecord Person -MatchOn Email -OnMatch Skip).Status | Should -Be 'Skipped'
        $row.Email = 'new@engines.example'
        ($row | Import-CopperRecord Person -MatchOn Email -OnNoMatch Skip).Status | Should -Be 'Skipped'
        (Get-CopperPerson $person.Id).Title | Should -Be 'Countess'
    }

    It '-Protect keeps a column of a record that is there' {
        $null = $row | Import-CopperRecord Person -MatchOn Email -Protect Title
        $now = Get-CopperPerson $person.Id
        $now.Title, $now.Address.City | Should -Be 'Countess', 'London'
    }

    It '-ColumnMap names columns, and leaves others out' {
        $foreign = [pscustomobject]@{ Kunde = 'Ada Lovelace'; Mail = 'ada@engines.example'; Rolle = 'Author'; Intern = 'x' }
        $map = @{ Kunde = 'Name'; Mail = 'Email'; Rolle = 'Title'; Intern = $null }
        ($foreign | Import-CopperRecord Person -MatchOn Email -ColumnMap $map).Status | Should -Be 'Done'
        (Get-CopperPerson $person.Id).Title | Should -Be 'Author'
    }

    It '-EmptyClears clears what a cell leaves empty' {
        $row.Title = ''
        ($row | Import-CopperRecord Person -MatchOn Email -PlanOnly).Changes.Property | Should -Be 'City'
        $null = $row | Import-CopperRecord Person -MatchOn Email -EmptyClears
        (Get-CopperPerson $person.Id).Title | Should -BeNullOrEmpty
    }

    It 'headings of Copper''s own export are known' {
        $export = [pscustomobject]@{
            'Copper ID' = $person.Id; 'Full Name' = 'Ada Lovelace'; 'Email 1' = 'ada@engines.example'; 'Job Title' = 'Author'
        }
        $null = $export | Import-CopperRecord Person -MatchOn Id
        (Get-CopperPerson $person.Id).Title | Should -Be 'Author'
    }

    It 'times are those of the file: -Utc' {
        $task = New-CopperTask Call
        $null = [pscustomobject]@{ Id = $task.Id; DueDate = '2027-01-31 08:00:00' } | Import-CopperRecord Task -MatchOn Id -Utc
        (Get-CopperTask $task.Id).DueDate | Should -Be ([DateTimeOffset]::new(2027, 1, 31, 8, 0, 0, [timespan]::Zero))
    }
}

Describe 'Every entity' {
    It '<_>: an exported file that nobody edited writes nothing; an edited cell writes that value' -ForEach 'Person', 'Company', 'Lead',
    'Opportunity', 'Project', 'Task' {
        Reset-SandboxHost $sandbox
        $file = Join-Path $TestDrive "$_.csv"
        & "Get-Copper$_" | ConvertTo-CopperFlatRecord | Export-Csv $file -NoTypeInformation -Encoding UTF8
        Clear-SandboxJournal $sandbox
        $rows = @(Import-Csv $file)
        $rows.Count | Should -BeGreaterThan 5
        $results = @($rows | Import-CopperRecord $_ -MatchOn Id)
        @($results | Where-Object Status -NE Skipped) | Should -BeNullOrEmpty
        Get-Written | Should -BeNullOrEmpty

        $rows[3].Name = "$($rows[3].Name) II"
        if ($_ -in 'Person', 'Lead') {
            foreach ($part in 'Prefix', 'FirstName', 'MiddleName', 'LastName', 'Suffix') { $rows[3].PSObject.Properties.Remove($part) }
        }
        $results = @($rows | Import-CopperRecord $_ -MatchOn Id)
        @($results | Where-Object Status -EQ Done).Id | Should -Be $rows[3].Id
        $written = @(Get-Written)
        $written | Should -HaveCount 1
        $written[0] | Should -BeLike ('PUT /*/{0} {{*"{1}"*}}' -f $rows[3].Id, $rows[3].Name)
    }
}

Describe 'A file that cannot be used is one error before anything is read: <case>' -ForEach @(
    @{
        case = 'an unknown column'; row = @{ Name = 'Ada'; Email = 'a@b.example'; Standnummer = 'x' }; with = @{ MatchOn = 'Email' }
        id = 'CopperInvalidImport'; text = "*'Standnummer'*-ColumnMap @{ Standnummer = `$null }*"
    }
    @{
        case = 'two headings for one column'; row = @{ Name = 'Ada'; 'Full Name' = 'Ada' }; with = @{ MatchOn = 'Name' }
        id = 'CopperInvalidImport'; text = "*stand for one column*-ColumnMap @{*"
    }
    @{
        case = 'an unknown rule'; row = @{ Name = 'Ada'; Email = 'a@b.example' }; with = @{ MatchOn = 'Emai' }; id = 'CopperInvalidImport'
        text = "*'Emai' is no rule*Email*"
    }
    @{
        case = 'a rule without its column'; row = @{ Name = 'Ada' }; with = @{ MatchOn = 'Email' }; id = 'CopperInvalidImport'
        text = '*needs a column Email*'
    }
    @{
        case = 'a mapped heading that is not there'; row = @{ Name = 'Ada' }; with = @{ MatchOn = 'Name'; ColumnMap = @{ Kunde = 'Name' } }
        id = 'CopperInvalidImport'; text = "*'Kunde'*"
    }
    @{
        case = 'a protected column that is not there'; row = @{ Name = 'Ada' }; with = @{ MatchOn = 'Name'; Protect = 'Owener' }
        id = 'CopperInvalidImport'; text = "*'Owener'*"
    }
    @{ case = 'a text'; row = 'Ada'; with = @{ MatchOn = 'Name' }; id = 'CopperInvalidArgument'; text = '*Row 1*no row*Import-Csv*' }
    @{
        case = 'a process'; row = [Diagnostics.Process]::GetCurrentProcess(); with = @{ MatchOn = 'Name' }; id = 'CopperInvalidArgument'
        text = '*Row 1*Select-Object*'
    }
    @{
        case = '-Resume without a journal'; row = @{ Name = 'Ada' }; with = @{ MatchOn = 'Name'; Resume = $true }
        id = 'CopperInvalidArgument'; text = '*-JournalPath*'
    }
    @{
        case = '-PlanOnly with a journal'; row = @{ Name = 'Ada' }; with = @{ MatchOn = 'Name'; PlanOnly = $true; JournalPath = 'x.jsonl' }
        id = 'CopperInvalidArgument'; text = '*-PlanOnly*'
    }
) {
    It 'and nothing is sent' {
        Clear-SandboxJournal $sandbox
        $problem = try { $row | Import-CopperRecord Person @with -ErrorAction Stop } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike "$id,*"
        "$problem" | Should -BeLike $text
        # The definitions of custom fields are read at most, to know the columns.
        @(Get-SandboxRequest $sandbox) -ne 'GET /custom_field_definitions' | Should -BeNullOrEmpty
    }
}

Describe 'Companies that rows name' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $rows = @(
            [pscustomobject]@{ Name = 'Ada Lovelace'; Company = 'Analytical Engines' }
            [pscustomobject]@{ Name = 'Charles Babbage'; Company = 'analytical  engines' }
            [pscustomobject]@{ Name = 'Edward Jenner'; Company = 'Vaccines' }
        )
        Clear-SandboxJournal $sandbox
    }

    It 'hold their rows, and are named once' {
        $results = @($rows | Import-CopperRecord Person -MatchOn Name -WarningVariable warnings -WarningAction SilentlyContinue)
        $results.Status | Should -Be 'Held', 'Held', 'Held'
        $warnings[0] | Should -BeLike "3 rows name 2 companies*'Analytical Engines', 'Vaccines'*-CreateCompany*"
        Get-Written | Should -BeNullOrEmpty
    }

    It 'are created with -CreateCompany, once each; the second time nothing is written' {
        $results = @($rows | Import-CopperRecord Person -MatchOn Name -CreateCompany)
        $results.Status | Select-Object -Unique | Should -Be 'Done'
        $results.Entity | Should -Be 'company', 'company', 'person', 'person', 'person'
        (Get-CopperPerson -Name 'Charles Babbage').Company.Name | Should -Be (Get-CopperPerson -Name 'Ada Lovelace').Company.Name
        (Get-CopperPerson -Name 'Charles Babbage').CompanyName | Should -Be 'Analytical Engines'
        Clear-SandboxJournal $sandbox
        ($rows | Import-CopperRecord Person -MatchOn Name -CreateCompany).Status | Select-Object -Unique | Should -Be 'Skipped'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'are shown by -WhatIf, resumed and taken back' {
        (Get-WhatIf { $rows | Import-CopperRecord Person -MatchOn Name -CreateCompany -WhatIf })[0] |
            Should -BeLike "*Create with Name 'Analytical Engines'*company*"
        Get-Written | Should -BeNullOrEmpty
        $journal = Get-Journal
        $null = $rows | Import-CopperRecord Person -MatchOn Name -CreateCompany -JournalPath $journal
        Clear-SandboxJournal $sandbox
        $resumed = @($rows | Import-CopperRecord Person -MatchOn Name -CreateCompany -JournalPath $journal -Resume)
        $resumed.Status | Select-Object -Unique | Should -Be 'Done'
        Get-Written | Should -BeNullOrEmpty
        (Undo-CopperChange $journal).Status | Select-Object -Unique | Should -Be 'Done'
        Get-CopperCompany -Name 'Vaccines' | Should -BeNullOrEmpty
    }

    It 'are for people and opportunities' {
        { @{ Name = 'x' } | Import-CopperRecord Project -MatchOn Name -CreateCompany -ErrorAction Stop } |
            Should -Throw '*people and opportunities*a project does not*'
        (@{ Name = 'Deal'; Company = 'Looms' } | Import-CopperRecord Opportunity -MatchOn Name -CreateCompany -PlanOnly).Entity |
            Should -Be 'company', 'opportunity'
    }
}

Describe 'Files of other programs' {
    BeforeAll {
        $accented = "Ada K$([char] 0xF6)hler"
        $text = "Name;Title`n$accented;Chair`nBob Stone;Chair`n"
        function Get-File([Text.Encoding] $Encoding, [string] $Content = $text) {
            $file = Join-Path $TestDrive "$([guid]::NewGuid()).csv"
            [IO.File]::WriteAllText($file, $Content, $Encoding)
            $file
        }
        function Get-Plan([object[]] $Rows) { @($Rows | Import-CopperRecord Person -MatchOn Name -PlanOnly) }
        function Get-Problem([object[]] $Rows) { try { $null = Get-Plan $Rows } catch { "$_" } }
        $ansi = [Text.Encoding]::GetEncoding(28591)
    }

    It 'in UTF-16 or with the mark of UTF-8 are read as they are' {
        foreach ($encoding in [Text.Encoding]::Unicode, [Text.Encoding]::BigEndianUnicode, [Text.UTF8Encoding]::new($true)) {
            (Get-Plan (Import-Csv (Get-File $encoding) -Delimiter ';')).Name | Should -Be $accented, 'Bob Stone'
        }
        $marked = [char] 0xFEFF + $text | ConvertFrom-Csv -Delimiter ';'
        (Get-Plan $marked).Name | Should -Be $accented, 'Bob Stone'
    }

    It 'read with another delimiter say which one' {
        Get-Problem (Import-Csv (Get-File ([Text.UTF8Encoding]::new($true)))) | Should -BeLike "*Import-Csv -Delimiter ';'*"
        Get-Problem (Import-Csv (Get-File ([Text.UTF8Encoding]::new($true)) ($text -replace ';', "`t"))) |
            Should -BeLike '*Import-Csv -Delimiter "``t"*'
    }

    It 'read in another encoding say which one' {
        $wide = Get-File ([Text.UnicodeEncoding]::new($false, $false))
        Get-Problem (Import-Csv $wide -Delimiter ';' -Encoding UTF8) | Should -BeLike '*UTF-16*-Encoding Unicode*'
        $plan = Get-Plan (Import-Csv (Get-File $ansi) -Delimiter ';' -Encoding UTF8)
        $plan[0].Action | Should -Be 'Hold'
        $plan[0].Reason | Should -BeLike '*Import-Csv -Encoding 1252 (Windows PowerShell: Default)*'
        $plan[1].Action | Should -Be 'Create'
        $bytes = [IO.File]::ReadAllBytes((Get-File ([Text.UTF8Encoding]::new($true))))
        Get-Problem ($ansi.GetString($bytes) | ConvertFrom-Csv -Delimiter ';') | Should -BeLike '*Import-Csv -Encoding UTF8*'
    }

    It 'with a column without a heading are read where it is empty' {
        $rows = "Name;;Title`nAda;;Countess`n" | ConvertFrom-Csv -Delimiter ';' -WarningAction Ignore
        (Get-Plan $rows).Action | Should -Be 'Create'
        $name = @($rows[0].PSObject.Properties.Name)[1]
        $rows[0].$name = 'x'
        Get-Problem $rows | Should -BeLike "*no heading*calls it $name*'x' in row 1*"
    }

    It 'have labels with a semicolon in them' {
        $field = New-CopperCustomFieldDefinition 'Lines of work' -DataType MultiSelect -AvailableOn Person -Option 'Tea; coffee', 'Milk'
        $one = New-CopperCustomFieldDefinition 'Main line' -DataType Dropdown -AvailableOn Person -Option 'Tea; coffee', 'Milk'
        try {
            $row = [pscustomobject]@{ Name = 'Ada Lovelace'; 'Lines of work' = 'Milk; Tea; coffee'; 'Main line' = 'Tea; coffee' }
            $result = $row | Import-CopperRecord Person -MatchOn Name
            $result.Status | Should -Be 'Done'
            $person = Get-CopperPerson $result.Id
            @($person.CustomFields['Lines of work'] | Sort-Object) | Should -Be 'Milk', 'Tea; coffee'
            $person.CustomFields['Main line'] | Should -Be 'Tea; coffee'
            $flat = $person | ConvertTo-CopperFlatRecord
            Clear-SandboxJournal $sandbox
            ($flat | Import-CopperRecord Person -MatchOn Id).Status | Should -Be 'Skipped'
            $flat | Set-CopperPerson
            Get-Written | Should -BeNullOrEmpty
        }
        finally { $field, $one | Remove-CopperCustomFieldDefinition -Confirm:$false }
    }
}

Describe 'Results' {
    It 'name their records to other cmdlets' {
        Reset-SandboxHost $sandbox
        $journal = Get-Journal
        $rows = 1..3 | ForEach-Object { [pscustomobject]@{ Name = "Guest Number $_"; Title = 'Guest' } }
        $results = @($rows | Import-CopperRecord Person -MatchOn Name -JournalPath $journal)
        ($results | Get-CopperPerson).Name | Should -Be $rows.Name
        $results | Set-CopperPerson -Title Chair
        ($results | Get-CopperPerson).Title | Select-Object -Unique | Should -Be 'Chair'
        { $results | Remove-CopperLead -Confirm:$false -ErrorAction Stop } | Should -Throw '*person*'
        { $results | Get-CopperLead -ErrorAction Stop } | Should -Throw '*person*'
        $results | Remove-CopperPerson -Confirm:$false
        Get-CopperPerson -Name 'Guest Number *' | Should -BeNullOrEmpty
        $plan = @{ Name = 'Guest Number 4' } | Import-CopperRecord Person -MatchOn Name -PlanOnly
        ($plan | Invoke-CopperPlan | Get-CopperPerson).Name | Should -Be 'Guest Number 4'
        $again = Get-Journal
        Start-CopperJournal $again
        Remove-CopperPerson 5 -Confirm:$false
        Stop-CopperJournal
        @(Undo-CopperChange $again | Where-Object Entity -EQ person | Get-CopperPerson) | Should -HaveCount 1
    }
}

Describe 'What is no row of the entity' {
    It 'is rejected: <case>' -ForEach @(
        @{ case = 'a record'; get = { Get-CopperPerson -First 1 }; text = '*ConvertTo-CopperFlatRecord*' }
        @{
            case = 'a flat record of another entity'; get = { Get-CopperLead -First 1 | ConvertTo-CopperFlatRecord }
            text = '*of a lead*a person is imported*'
        }
        @{
            case = 'its id and name alone'; get = { Get-CopperLead -First 1 | ConvertTo-CopperFlatRecord | Select-Object Id, Name }
            text = '*of a lead*'
        }
    ) {
        $given = & $get
        Clear-SandboxJournal $sandbox
        { $given | Import-CopperRecord Person -MatchOn Id -ErrorAction Stop } | Should -Throw $text
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
    }
}

Describe 'A journal' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $rows = 1..25 | ForEach-Object { [pscustomobject]@{ Name = "Guest $_"; Email = "guest$_@new.example" } }
        $journal = Get-Journal
    }

    It 'is not written twice' {
        $null = $rows | Import-CopperRecord Person -MatchOn Email -JournalPath $journal
        Clear-SandboxJournal $sandbox
        { $rows | Import-CopperRecord Person -MatchOn Email -JournalPath $journal -ErrorAction Stop } |
            Should -Throw '*exists already*-Resume*'
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
    }

    It 'is not begun by -WhatIf' {
        $null = $rows | Import-CopperRecord Person -MatchOn Email -JournalPath $journal -WhatIf
        Test-Path $journal | Should -BeFalse
    }

    It 'lets a run go on that ended in its middle' {
        $null = $rows |
            Import-CopperRecord Person -MatchOn Email -JournalPath $journal -WarningAction SilentlyContinue -WarningVariable warnings |
            Select-Object -First 3
        "$warnings" | Should -BeLike '*-Resume -JournalPath*'
        $results = @($rows | Import-CopperRecord Person -MatchOn Email -JournalPath $journal -Resume)
        $results.Status | Select-Object -Unique | Should -Be 'Done'
        $results | Should -HaveCount 25
        @(Get-CopperPerson | Where-Object Name -Like 'Guest *') | Should -HaveCount 25
    }

    It 'shows with -WhatIf what -Resume would do, and stays as it is' {
        $null = $rows | Import-CopperRecord Person -MatchOn Email -JournalPath $journal -WarningAction Ignore | Select-Object -First 3
        $before = [IO.File]::ReadAllText($journal)
        $shown = Get-WhatIf { $rows | Import-CopperRecord Person -MatchOn Email -JournalPath $journal -Resume -WhatIf }
        $shown.Count | Should -BeGreaterThan 0
        $shown.Count | Should -BeLessThan 25
        [IO.File]::ReadAllText($journal) | Should -BeExactly $before
        $results = @($rows | Import-CopperRecord Person -MatchOn Email -JournalPath $journal -Resume)
        @($results | Where-Object { -not $_.Reason }) | Should -HaveCount $shown.Count
    }

    It 'of another import is not gone on with' {
        $null = $rows | Import-CopperRecord Person -MatchOn Email -JournalPath $journal
        {
            @{ Name = 'Ada'; Email = 'a@b.example' } |
                Import-CopperRecord Person -MatchOn Email -JournalPath $journal -Resume -ErrorAction Stop
            } |
                Should -Throw '*another import*'
    }

    It 'that cannot be written is an error before anything is written' {
        $missing = [IO.Path]::Combine($TestDrive, 'none', 'run.jsonl')
        $problem = try { $rows | Import-CopperRecord Person -MatchOn Email -JournalPath $missing -ErrorAction Stop } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CopperJournalUnavailable,*'
        @(Get-CopperPerson | Where-Object Name -Like 'Guest *') | Should -BeNullOrEmpty
    }

    It 'is its owner''s only, and holds no credential' -Skip:($PSEdition -ne 'Core' -or $IsWindows) {
        $null = $rows | Import-CopperRecord Person -MatchOn Email -JournalPath $journal
        if ((Get-ModuleBuild) -eq 'net8.0') { (Get-Item $journal).UnixMode | Should -Be '-rw-------' }
        [IO.File]::ReadAllText($journal) | Should -Not -Match 'sandbox-key|demo@copper'
    }
}

Describe 'Completion' {
    It 'offers rules and columns, those of the entity' {
        $text = 'Import-CopperRecord Company -MatchOn '
        $rules = (TabExpansion2 $text $text.Length).CompletionMatches.CompletionText
        $rules | Should -Contain 'EmailDomain'
        $rules | Should -Not -Contain 'Email'
        $rules -like "'CustomField:*'" | Should -Not -BeNullOrEmpty
        $text = 'Import-CopperRecord Task -MatchOn Id -Protect Due'
        (TabExpansion2 $text $text.Length).CompletionMatches.CompletionText | Should -Be 'DueDate'
    }
}

Describe 'A file of records that were not made rows' {
    It 'is one error with the command that makes rows of them: <_>' -ForEach @(
        'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task'
    ) {
        $path = Join-Path $TestDrive "raw-$_.csv"
        & "Get-Copper$_" -First 3 | Export-Csv $path -NoTypeInformation
        Clear-SandboxJournal $sandbox
        { Import-Csv $path | Import-CopperRecord $_ -MatchOn Id } | Should -Throw -ErrorId 'CopperInvalidImport,*' `
            -ExpectedMessage "*Get-Copper$_ | ConvertTo-CopperFlatRecord | Export-Csv *"
        Get-Written | Should -BeNullOrEmpty

        # The command that the error names.
        & "Get-Copper$_" -First 3 | ConvertTo-CopperFlatRecord | Export-Csv $path -NoTypeInformation
        @(Import-Csv $path | Import-CopperRecord $_ -MatchOn Id -PlanOnly).Action | Select-Object -Unique | Should -Be 'Skip'
    }

    It 'offers a map of columns that works when it is pasted' {
        $rows = [pscustomobject]@{ Mail = 'ada@map.example'; Surname = 'King'; 'Given name' = 'Ada'; Stand = 'B12' }
        $problem = { $rows | Import-CopperRecord Person -MatchOn Email -PlanOnly } | Should -Throw -PassThru
        "$problem" | Should -BeLike ("*-ColumnMap @{ Mail = 'Email'; Surname = 'LastName'; 'Given name' = 'FirstName'; " +
            "Stand = `$null } (`$null leaves a column out).*")
        $map = [regex]::Match("$problem", '-ColumnMap (@\{.*?\})').Groups[1].Value
        $step = $rows | Import-CopperRecord Person -MatchOn Email -PlanOnly -ColumnMap (& ([scriptblock]::Create($map)))
        $step.Name | Should -Be 'Ada King'
    }
}

Describe 'A held row' {
    It 'tells its number, and its name or address' {
        $rows = @(
            [pscustomobject]@{ Email = 'nobody@held.example'; Name = '' }
            [pscustomobject]@{ Email = 'not an address'; Name = 'Ada Held' }
        )
        $steps = @($rows | Import-CopperRecord Person -MatchOn Email -PlanOnly)
        $steps.Action | Should -Be 'Hold', 'Hold'
        $steps[0].Reason | Should -BeLike 'Row 1 (nobody@held.example): *'
        $steps[1].Reason | Should -BeLike 'Row 2 (Ada Held): *'
    }

    It 'leaves no journal behind when no row was to be written' {
        $journal = Get-Journal
        $row = [pscustomobject]@{ Email = 'nobody@held.example'; Name = '' }
        ($row | Import-CopperRecord Person -MatchOn Email -JournalPath $journal -WarningAction Ignore).Status | Should -Be 'Held'
        Test-Path $journal | Should -BeFalse
        $row.Name = 'Ada Held'
        ($row | Import-CopperRecord Person -MatchOn Email -JournalPath $journal).Status | Should -Be 'Done'
        Test-Path $journal | Should -BeTrue
    }
}
