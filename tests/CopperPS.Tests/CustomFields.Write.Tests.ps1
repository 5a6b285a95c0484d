# -CustomField on New, Set and Sync: names and labels, types, and what is refused before anything is sent.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $culture = [cultureinfo]::CurrentCulture
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $opportunity = (Get-CopperOpportunity -First 1).Id
    $company = (Get-CopperCompany -First 1).Id
    $lead = (Get-CopperLead -First 1).Id

    # The id of a field of one entity, and of a choice.
    function Get-FieldId($Name, $Entity) { (Get-CopperCustomFieldDefinition $Name -Entity $Entity).Id }
    function Get-ChoiceId($Name, $Entity, $Choice) {
        (Get-CopperCustomFieldDefinition $Name -Entity $Entity | Get-CopperCustomFieldOption -Name $Choice).Id
    }
    function Get-Write { Get-SandboxRequest $sandbox | Where-Object { $_ -notlike 'GET *' } }
}

AfterAll {
    [cultureinfo]::CurrentCulture = $culture
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Writing a custom field' {
    BeforeEach {
        [cultureinfo]::CurrentCulture = 'en-US'
        Clear-SandboxJournal $sandbox
    }

    It 'sends a <type>: <value>' -TestCases @(
        @{ type = 'String'; field = 'Customer Number'; value = 'K-7'; wire = '"K-7"' }
        @{ type = 'String'; field = 'Customer Number'; value = 4711; wire = '"4711"' }
        @{ type = 'Text'; field = 'Briefing'; value = "one`ntwo"; wire = '"one\ntwo"' }
        @{ type = 'Checkbox'; field = 'Newsletter'; value = $true; wire = 'true' }
        @{ type = 'Checkbox'; field = 'Newsletter'; value = 'False'; wire = 'false' }
        @{ type = 'Checkbox'; field = 'Newsletter'; value = 1; wire = 'true' }
        @{ type = 'Float'; field = 'score'; value = 95.5; wire = '95.5' }
        @{ type = 'Float'; field = 'SCORE'; value = 7; wire = '7' }
        @{ type = 'Float'; field = 'Score'; value = '2500.50'; wire = '2500.50' }
        @{ type = 'Date'; field = 'Birthday'; value = '1990-02-28'; wire = '636199200' }
        @{ type = 'Date'; field = 'Birthday'; value = [datetime]::new(2018, 2, 14, 23, 59, 0); wire = '1518602400' }
        @{ type = 'Date'; field = 'Birthday'; value = [datetimeoffset] '2018-02-14T22:00:00-08:00'; wire = '1518602400' }
        @{ type = 'Date'; field = 'Birthday'; value = 1518566400; wire = '1518602400' }
        @{ type = 'Date before 1970'; field = 'Birthday'; value = '1955-10-28'; wire = '"10/28/1955"' }
    ) {
        Set-CopperPerson 1 -CustomField @{ $field = $value }
        Get-Write |
            Should -Be "PUT /people/1 {`"custom_fields`":[{`"custom_field_definition_id`":$(Get-FieldId $field Person),`"value`":$wire}]}"
        (Get-CopperPerson 1).CustomFields[$field] | Should -Not -BeNullOrEmpty
    }

    It 'sends percentages, amounts and addresses: <field> = <value>' -TestCases @(
        @{ field = 'Discount'; value = 12.5; wire = '12.5' }
        @{ field = 'Discount'; value = '50'; wire = '50' }
        @{ field = 'Contract Value'; value = 250000; wire = '250000' }
        @{ field = 'Proposal'; value = 'https://files.example/a?b=c'; wire = '"https://files.example/a?b=c"' }
        @{ field = 'Proposal'; value = [uri] 'https://files.example/a'; wire = '"https://files.example/a"' }
        @{ field = 'Proposal'; value = 'www.example.com/page'; wire = '"www.example.com/page"' }
    ) {
        Set-CopperOpportunity $opportunity -CustomField @{ $field = $value }
        Get-Write |
            Should -BeLike "*`"custom_field_definition_id`":$(Get-FieldId $field Opportunity),`"value`":$($wire -replace '\?', '`?')}*"
    }

    It 'sends the id of a choice given by <how>' -TestCases @(
        @{ how = 'label'; choice = { 'French' } }
        @{ how = 'label in another case'; choice = { ' french ' } }
        @{ how = 'id'; choice = { Get-ChoiceId -Name 'Preferred Language' -Entity Person -Choice French } }
        @{ how = 'id as text'; choice = { "$(Get-ChoiceId -Name 'Preferred Language' -Entity Person -Choice French)" } }
        @{ how = 'a choice'; choice = { Get-CopperCustomFieldOption 'Preferred Language' -Name French } }
        @{ how = 'a list of one'; choice = { , @('French') } }
    ) {
        Set-CopperPerson 1 -CustomField @{ 'Preferred Language' = (& $choice) }
        Get-Write | Should -BeLike "*`"value`":$(Get-ChoiceId -Name 'Preferred Language' -Entity Person -Choice French)}*"
        (Get-CopperPerson 1).CustomFields['Preferred Language'] | Should -Be 'French'
    }

    It 'always sends a multi-select as a list: <how>' -TestCases @(
        @{ how = 'one'; value = 'Software'; labels = 'Software' }
        @{ how = 'several'; value = @('Training', 'hardware'); labels = 'Training', 'Hardware' }
        @{ how = 'one twice'; value = @('Training', 'TRAINING'); labels = 'Training' }
        @{ how = 'a cell of a CSV file'; value = 'Training; Hardware'; labels = 'Training', 'Hardware' }
    ) {
        Set-CopperPerson 1 -CustomField @{ Interests = $value }
        $ids = foreach ($label in $labels) { Get-ChoiceId -Name Interests -Entity Person -Choice $label }
        (Get-Write).EndsWith("`"value`":[$($ids -join ',')]}]}") | Should -BeTrue
    }

    It 'clears <field> with <value>' -TestCases @(
        @{ field = 'Preferred Language'; value = $null; wire = 'null' }
        @{ field = 'Birthday'; value = ''; wire = 'null' }
        @{ field = 'Score'; value = $null; wire = 'null' }
        @{ field = 'Customer Number'; value = ''; wire = 'null' }
        @{ field = 'Interests'; value = $null; wire = '[]' }
        @{ field = 'Interests'; value = @(); wire = '[]' }
    ) {
        Set-CopperPerson 1 -CustomField @{ $field = $value }
        (Get-Write).EndsWith("`"value`":$wire}]}") | Should -BeTrue
        (Get-CopperPerson 1).CustomFields[$field] | Should -BeNullOrEmpty
    }

    It 'takes names, ids and definitions, several at once in the order of their ids' {
        $score = Get-CopperCustomFieldDefinition Score
        Set-CopperPerson 1 -CustomField @{ $score = 1; 126246 = $true; 'customer number' = 'x'; '126241' = 'y' }
        [regex]::Matches((Get-Write), 'definition_id":(\d+)') | ForEach-Object { $_.Groups[1].Value } |
            Should -Be 126240, 126241, 126246, $score.Id
    }

    It 'means the field of the record''s own kind when others have the same name' {
        Set-CopperLead $lead -CustomField @{ Region = 'South' }
        Set-CopperCompany $company -CustomField @{ Region = 'Europe' }
        $sent = Get-Write
        $sent[0] | Should -BeLike "*:$(Get-FieldId Region Lead),`"value`":$(Get-ChoiceId -Name Region -Entity Lead -Choice South)}*"
        $sent[1] | Should -BeLike "*:$(Get-FieldId Region Company),`"value`":$(Get-ChoiceId -Name Region -Entity Company -Choice Europe)}*"
    }

    It 'works on every cmdlet that writes custom fields: <call>' -TestCases @(
        @{ call = { New-CopperPerson A -CustomField @{ Score = 5 } } }
        @{ call = { New-CopperLead A -CustomField @{ Score = 5 } } }
        @{ call = { New-CopperProject A -CustomField @{ Effort = 5 } } }
        @{ call = { New-CopperTask A -CustomField @{ Effort = 5 } } }
        @{ call = { New-CopperCompany A -CustomField @{ 'Annual Revenue' = 5 } } }
        @{ call = { New-CopperOpportunity A -PrimaryContact 1 -CustomField @{ Discount = 5 } } }
        @{ call = { Sync-CopperLead A -MatchEmail -Email fields@example.com -CustomField @{ Score = 5 } } }
    ) {
        (& $call).CustomFields.DisplayValue | Should -Contain 5
        Get-Write | Should -BeLike '*"value":5}*'
    }

    It 'reads the definitions once for a whole pipeline' {
        Clear-CopperCache
        1, 2, 3 | Set-CopperPerson -CustomField @{ 'Preferred Language' = 'German' }
        (Get-SandboxJournal $sandbox).path | Should -Be '/custom_field_definitions', '/people/1', '/people/bulk_update'
    }

    It 'reads numbers and days of a CSV file in the user''s culture' {
        [cultureinfo]::CurrentCulture = 'de-DE'
        Set-CopperPerson 1 -CustomField @{ Score = '2,5'; Birthday = '28.02.1990' }
        Get-Write | Should -Match '"value":636199200\}.*"value":2\.5\}'
    }

    It 'keeps the day in every time zone and calendar: <name>' -TestCases @(@{ name = 'ar-SA' }, @{ name = 'th-TH' }) {
        [cultureinfo]::CurrentCulture = $name
        Set-CopperPerson 1 -CustomField @{ Birthday = '1990-02-28' }
        Set-CopperPerson 1 -CustomField @{ Birthday = [datetime]::new(1955, 10, 28) }
        $sent = Get-Write
        $sent[0] | Should -BeLike '*636199200*'
        $sent[1] | Should -BeLike '*"10/28/1955"*'
    }

    It 'sends nothing with -WhatIf' {
        Set-CopperPerson 1 -CustomField @{ Score = 1 } -WhatIf
        Get-Write | Should -BeNullOrEmpty
    }
}

Describe 'A custom field that is wrong' {
    BeforeEach {
        [cultureinfo]::CurrentCulture = 'en-US'
        Clear-SandboxJournal $sandbox
    }

    It 'is rejected before anything is sent: <value> for <field>' -TestCases @(
        @{ field = 'Birthday'; value = 'someday'; says = '*a day*' }
        @{ field = 'Birthday'; value = 20260131; says = '*takes a day*' }
        @{ field = 'Birthday'; value = $true; says = '*takes a day*' }
        @{ field = 'Score'; value = 'many'; says = '*number*' }
        @{ field = 'Score'; value = $true; says = '*number*' }
        @{ field = 'Score'; value = [double]::NaN; says = '*number*' }
        @{ field = 'Score'; value = @(1, 2); says = '*number*a list*' }
        @{ field = 'Newsletter'; value = 'perhaps'; says = '*$true or $false*' }
        @{ field = 'Newsletter'; value = 2; says = '*$true or $false*' }
        @{ field = 'Customer Number'; value = 'x' * 256; says = '*255*256*' }
        @{ field = 'Customer Number'; value = @('a', 'b'); says = '*one text*' }
        @{ field = 'Customer Number'; value = [datetime] '2026-01-31'; says = '*date*' }
        @{ field = 'Preferred Language'; value = @('French', 'German'); says = '*one of its choices*' }
        @{ field = 'Interests'; value = @('Training', $null); says = '*$null*' }
        @{ field = 'Interests'; value = @{ a = 1 }; says = '*labels or ids*' }
        @{ field = 'Interests'; value = 99; says = '*no choice ''99''*' }
    ) {
        { Set-CopperPerson 1 -CustomField @{ $field = $value } -ErrorAction Stop } | Should -Throw -ExpectedMessage "*'$field'$says"
        Get-Write | Should -BeNullOrEmpty
    }

    It 'is rejected: <value> as an address' -TestCases @(@{ value = 'not an address' }, @{ value = 'nonsense' }, @{ value = 5 }) {
        { Set-CopperOpportunity $opportunity -CustomField @{ Proposal = $value } -ErrorAction Stop } |
            Should -Throw -ExpectedMessage '*address of a page*'
        Get-Write | Should -BeNullOrEmpty
    }

    It 'is rejected when it connects records, with the cmdlet that does' {
        { Set-CopperCompany $company -CustomField @{ Partner = 1 } -ErrorAction Stop } |
            Should -Throw -ExpectedMessage '*Add-CopperConnection*'
        Get-Write | Should -BeNullOrEmpty
    }

    It 'that is unknown is an error with the nearest first, after one look for new ones' {
        Set-CopperPerson 1 -CustomField @{ 'Prefered Lenguage' = 'x' } -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperUnknownName,*'
        "$($problems[0])" | Should -BeLike "*no custom field 'Prefered Lenguage' on people. Did you mean 'Preferred Language'*"
        $problems[0].ErrorDetails.RecommendedAction | Should -BeLike '*Get-CopperCustomFieldDefinition -Entity Person*'
        Get-SandboxRequest $sandbox | Should -Be 'GET /custom_field_definitions'
    }

    It 'whose choice is unknown is an error with the nearest first' {
        Set-CopperPerson 1 -CustomField @{ 'Preferred Language' = 'Frensh' } -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperUnknownName,*'
        "$($problems[0])" | Should -BeLike "*no choice 'Frensh'. Did you mean 'French'*"
        Get-SandboxRequest $sandbox | Should -Be 'GET /custom_field_definitions'
    }

    It 'of another kind of record says so' {
        Set-CopperLead $lead -CustomField @{ Interests = 'Training' } -ErrorVariable problems -ErrorAction SilentlyContinue
        "$($problems[0])" | Should -BeLike "*'Interests'*not available on leads; it is on: person*"
        Set-CopperLead $lead -CustomField @{ 126244 = 'Training' } -ErrorVariable problems -ErrorAction SilentlyContinue
        "$($problems[0])" | Should -BeLike "*'Interests'*not available on leads*"
        Set-CopperPerson 1 -CustomField @{ Region = 'North' } -ErrorVariable problems -ErrorAction SilentlyContinue
        "$($problems[0])" | Should -BeLike "*'Region' (126248, 126249) is not available on people; it is on: company; lead.*"
        Get-Write | Should -BeNullOrEmpty
    }

    It 'is not written when the hashtable is empty, and $null is rejected' {
        Set-CopperPerson 1 -Title 'Countess' -CustomField @{}
        Get-SandboxRequest $sandbox | Should -Be 'PUT /people/1 {"title":"Countess"}'
        { Set-CopperPerson 1 -CustomField @{} -ErrorAction Stop } | Should -Throw -ErrorId 'CopperNothingToSet,*'
        { Set-CopperPerson 1 -CustomField $null } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Get-CopperPerson -CustomField @{} } |
            Should -Throw -ErrorId 'ParameterArgumentValidationError,*' -Because 'no criterion would find everybody'
    }

    It 'looks for new names once for a whole pipeline' {
        { 1, 2, 3 | Set-CopperPerson -CustomField @{ Nonsense = 1 } } | Should -Throw -ErrorId 'CopperUnknownName,*'
        Get-SandboxRequest $sandbox | Should -Be 'GET /custom_field_definitions'
    }

    It 'given twice is rejected' {
        { Set-CopperPerson 1 -CustomField @{ Score = 1; 126247 = 2 } -ErrorAction Stop } | Should -Throw -ExpectedMessage '*twice*'
        Get-Write | Should -BeNullOrEmpty
    }

    It 'that several fields of the entity share is rejected with their ids, and works by id' {
        $one = New-CopperCustomFieldDefinition 'Double' String -AvailableOn Person
        $other = New-CopperCustomFieldDefinition 'double' Float -AvailableOn Person, Lead
        Clear-SandboxJournal $sandbox
        Set-CopperPerson 1 -CustomField @{ Double = 1 } -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperAmbiguousName,*'
        "$($problems[0])" | Should -BeLike "*$($one.Id) (String), $($other.Id) (Float)*"
        Get-Write | Should -BeNullOrEmpty
        Set-CopperPerson 1 -CustomField @{ $other.Id = 1 }
        Set-CopperLead $lead -CustomField @{ Double = 1 }
        @(Get-Write) | Should -HaveCount 2
        $one, $other | Remove-CopperCustomFieldDefinition -Confirm:$false
    }
}

Describe 'A custom field that is new' {
    It 'is found although the definitions were read before, and so is a new choice' {
        $mine = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; PassThru = $true }
        $null = Get-CopperCustomFieldDefinition -Session $mine
        # Made by somebody else: the session does not know of it.
        $elsewhere = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; PassThru = $true }
        $field = New-CopperCustomFieldDefinition 'Brand New' Dropdown -AvailableOn Person -Option a, b -Session $elsewhere
        Set-CopperPerson 1 -CustomField @{ 'Brand New' = 'b' } -Session $mine
        (Get-CopperPerson 1 -Session $mine).CustomFields['brand new'] | Should -Be 'b'
        Set-CopperCustomFieldDefinition $field -AddOption c -Session $elsewhere
        Set-CopperPerson 1 -CustomField @{ 'Brand New' = 'c' } -Session $mine
        (Get-CopperPerson 1 -Session $mine).CustomFields['Brand New'] | Should -Be 'c'
    }
}
