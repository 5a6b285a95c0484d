# What one types at a prompt without a look at the help: misspelled tags, names of columns, plurals, dates without a sign, Tab.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 60
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }

    function Get-Completion([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'A tag that nothing in the account has' {
    BeforeAll {
        Set-CopperPerson 1 -Tag newsletter, 'only one'
        Set-CopperCompany (Get-CopperCompany -First 1) -Tag 'only company'
    }
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'is a warning with the nearest ones when a search by it finds nothing: <call>' -ForEach @(
        @{ call = { Get-CopperPerson -Tag nesletter } }, @{ call = { Get-CopperCompany -Tag 'nesletter' } }
        @{ call = { Get-CopperLead -Tag nesletter } }, @{ call = { Get-CopperTask -Tag 'only one', nesletter } }
        @{ call = { Get-CopperPerson -Tag nesl* } }
    ) {
        Clear-CopperCache
        $warnings = @(& $call 3>&1)
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike "*the tag 'nesl*', and nothing in the account has it. *: *"
        if ("$warnings" -like '*nesletter*') { "$warnings" | Should -BeLike '*Did you mean ''newsletter''*' }
    }

    It 'costs no request while something is found, and no warning when other records have the tag' {
        Clear-CopperCache
        @(Get-CopperPerson -Tag 'only one' 3>&1).Id | Should -Be 1
        (Get-SandboxRequest $sandbox).path | Should -Not -Contain '/tags'
        Get-CopperPerson -Tag 'only company' 3>&1 | Should -BeNullOrEmpty
    }

    It 'is a warning when it is to be removed, once for all records' {
        $warnings = @(Get-CopperPerson -First 3 | Set-CopperPerson -RemoveTag nesletter 3>&1)
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike "*the tag 'nesletter'*newsletter*"
        Get-CopperPerson -First 3 | Set-CopperPerson -RemoveTag newsletter 3>&1 | Should -BeNullOrEmpty
    }
}

Describe 'The heading of a column' {
    It 'sorts and selects, and is shown nowhere twice: <type> <heading>' -ForEach @(
        @{ type = 'Opportunity'; heading = 'Value'; property = 'MonetaryValue' }
        @{ type = 'Opportunity'; heading = 'Company'; property = 'CompanyName' }
        @{ type = 'Lead'; heading = 'Value'; property = 'MonetaryValue' }
    ) {
        $records = & "Get-Copper$type" -First 20
        ($records | Sort-Object $heading).$property | Should -Be ($records | Sort-Object $property).$property
        $records[0].$heading | Should -Be $records[0].$property
        ($records[0] | Select-Object *).PSObject.Properties.Name | Should -Not -Contain $heading
        ($records | ConvertTo-Csv -NoTypeInformation)[0] | Should -Not -Match "`"$heading`""
        $records[0] | Format-List * | Out-String | Should -Not -Match "(?m)^$heading "
        $records[0] | ConvertTo-Json -Depth 3 -WarningAction SilentlyContinue | Should -Not -Match "(?m)^  `"$heading`":"
    }

    It 'of a company or a person is what the table shows' {
        $company = Get-CopperCompany | Where-Object { $_.Address.City -and $_.PhoneNumbers } | Select-Object -First 1
        $company.City | Should -Be $company.Address.City
        $company.Phone | Should -Be "$($company.PhoneNumbers[0])"
        (Get-CopperPerson | Where-Object Phone | Select-Object -First 1).PhoneNumbers | Should -Not -BeNullOrEmpty
    }

    It 'is the name of a parameter too' {
        $deal = New-CopperOpportunity Deal -PrimaryContact 1 -Value 1200
        $deal.MonetaryValue | Should -Be 1200
        Set-CopperOpportunity $deal -Value 1300
        (Get-CopperOpportunity $deal.Id).MonetaryValue | Should -Be 1300
        (New-CopperLead Lead -Value 50).MonetaryValue | Should -Be 50
        $activity = New-CopperActivity (Get-CopperPerson 1) 'Called' -Type 'Phone Call' -Date 2026-05-05
        $activity.Type.ToString() | Should -Be 'Phone Call'
        $activity.ActivityDate.LocalDateTime | Should -Be ([datetime] '2026-05-05')
        (Get-CopperOpportunity -First 3 -SortBy Value -Descending)[0].MonetaryValue | Should -BeGreaterThan 0
    }

    It 'in a row is the parameter, unless a custom field has the name' {
        $row = [pscustomobject]@{ Name = 'Row'; PrimaryContactId = 1; Value = 77 }
        ($row | New-CopperOpportunity).MonetaryValue | Should -Be 77
        $field = New-CopperCustomFieldDefinition Value -DataType Float -AvailableOn Opportunity
        Clear-CopperCache
        $row | New-CopperOpportunity -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problems" | Should -BeLike "*The column 'Value' may be MonetaryValue, and may be the custom field 'Value ($($field.Id))'*"
        Remove-CopperCustomFieldDefinition $field.Id -Confirm:$false
        Clear-CopperCache
    }
}

Describe 'A word that is almost right' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'to sort by is an error with the nearest one, before anything is sent' {
        { Get-CopperOpportunity -SortBy Vlue } | Should -Throw "*-SortBy 'Vlue' is not known. Did you mean 'Value'*"
        { Get-CopperPerson -SortBy LastNam } | Should -Throw '*Did you mean ''LastName''*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'to sort by what the service does not is an error that says who can, and what to type: <call>' -ForEach @(
        @{
            call = { Get-CopperPerson -SortBy DateLastContacted }
            text = 'The service does not sort people by DateLastContacted, only companies and opportunities. Sort what the search ' +
            'returns: Get-CopperPerson | Sort-Object DateLastContacted -Descending. -SortBy takes: *DateModified*'
        }
        @{ call = { Get-CopperLead -SortBy last_interaction }; text = '*sort leads by DateLastContacted, only companies and *' }
        @{ call = { Get-CopperCompany -SortBy Tags }; text = '*does not sort companies by Tags. Sort what*Sort-Object Tags*' }
    ) {
        $call | Should -Throw $text
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'is a plural: <call>' -ForEach @(
        @{ call = { [pscustomobject]@{ Name = 'Ada' } | Import-CopperRecord People -MatchOn Name -PlanOnly } }
        @{ call = { Find-CopperDuplicate People } }
        @{ call = { Get-CopperCustomFieldDefinition -Entity Companies, People } }
        @{ call = { Get-CopperFieldLayout people } }
        @{ call = { Move-CopperAssignment 1001 1002 -Entity Opportunities, Tasks -PlanOnly } }
        @{ call = { Get-CopperActivity -RelatedTo 1 -RelatedType people } }
        @{ call = { New-CopperTask Call -RelatedTo 1 -RelatedType People -WhatIf } }
        @{ call = { Get-CopperRelatedItem 1 -FromType people -Type opportunities } }
    ) {
        $null = & $call -ErrorAction Stop
    }

    It 'is a date without a sign: <call>' -ForEach @(
        @{ call = { Get-CopperPerson -NotContactedSince 1y }; text = '*1y* needs a sign: +1y is from now on, -1y is ago.' }
        @{ call = { New-CopperTask Call -DueDate 7d }; text = '*7d* needs a sign: +7d is from now on, -7d is ago.' }
        @{ call = { New-CopperTask Call -DueDate '2W' }; text = '*2W* needs a sign*' }
    ) {
        $call | Should -Throw $text
    }

    It 'is a name where an id is due, and the error shows how to look for it' {
        Get-CopperPerson "Charlie O'Cox" -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -Not -BeLike '*Get-CopperPerson*'
        $problems[0].ErrorDetails.RecommendedAction |
            Should -Be "-Id takes no names. By name: Get-CopperPerson -Name 'Charlie O''Cox'"
    }
}

Describe 'Tab' {
    It 'offers the country that begins so before those that hold the word' {
        (Get-Completion 'Get-CopperPerson -Country Ger').ListItemText[0] | Should -Be 'DE Germany'
        (Get-Completion 'Get-CopperPerson -Country uni').ListItemText[0] | Should -Match '^[A-Z]{2} United'
        (Get-Completion 'New-CopperCustomFieldDefinition x -Currency Dol').CompletionText | Should -Contain 'USD'
    }

    It 'offers the columns of flat records: those of the records that are piped' {
        $columns = (Get-Completion 'Get-CopperPerson | ConvertTo-CopperFlatRecord -Property ').CompletionText
        $columns | Should -Contain 'Email2'
        $columns | Should -Contain 'Score'
        $columns | Should -Not -Contain 'Stage'
        (Get-Completion 'ConvertTo-CopperFlatRecord -Property Sta').CompletionText | Should -Contain 'Stage'
    }

    It 'offers ways to write a date for every parameter of one' {
        $today = [datetime]::Today.ToString('yyyy-MM-dd')
        (Get-Completion 'New-CopperTask Call -DueDate ').CompletionText | Should -Be 'today', "'-7d'", "'+7d'", "'$today'"
        (Get-Completion 'Get-CopperPerson -CreatedAfter t').CompletionText | Should -Be 'today'
        (Get-Completion 'New-CopperTask Call -DueDate ').ToolTip | Should -Not -Contain $null
        $missing = foreach ($cmdlet in Get-Command -Module CopperPS) {
            foreach ($property in $cmdlet.ImplementingType.GetProperties()) {
                $attributes = [Attribute]::GetCustomAttributes($property, $true)
                $isDate = $attributes |
                    Where-Object { $_.GetType().Name -in 'DateTransformationAttribute', 'HubDateTransformationAttribute' }
                $completer = $attributes | Where-Object { $_ -is [Management.Automation.ArgumentCompleterAttribute] }
                if ($isDate -and $completer.Type.Name -ne 'DateCompleter') { "$cmdlet -$($property.Name)" }
            }
        }
        $missing | Should -BeNullOrEmpty -Because 'a date needs [ArgumentCompleter(typeof(DateCompleter))]'
    }
}
