BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 300
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $everybody = Get-CopperPerson
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'A name with wildcards' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'is compared here with what the service finds: <pattern>' -TestCases @(
        @{ pattern = 'Ch*'; wire = '"name":"Ch"' }
        @{ pattern = '*er'; wire = '"name":"er"' }
        @{ pattern = '*A*SON*'; wire = '"name":"SON"' }
        @{ pattern = '*o?'; wire = '"name":"o"' }
        @{ pattern = '[ab]*n'; wire = '"name":"n"' }
    ) {
        $wanted = @($everybody | Where-Object Name -Like $pattern)
        $wanted | Should -Not -BeNullOrEmpty
        (Get-CopperPerson -Name $pattern).Id | Should -Be $wanted.Id
        Get-SandboxRequest $sandbox | Select-Object -First 1 | Should -Match $wire
    }

    It 'that is nothing but wildcards sends no name' {
        (Get-CopperPerson -Name '*').Count | Should -Be $everybody.Count
        Get-SandboxRequest $sandbox | Select-Object -First 1 | Should -Not -Match '"name"'
    }

    It 'takes -First and -Skip of what matches' {
        $wanted = @($everybody | Where-Object Name -Like '*a*n')
        (Get-CopperPerson -Name '*a*n' -First 2 -Skip 1).Id | Should -Be $wanted[1, 2].Id
        Get-CopperPerson -Name '*a*n' -Skip 100000 | Should -BeNullOrEmpty
    }

    It 'says in a verbose message what the service is asked for' {
        $verbose = Get-CopperCompany -Name 'North*' -First 1 -Verbose 4>&1 |
            Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$verbose" | Should -BeLike "*names with 'North'*compared with 'North``*' here*"
    }

    It 'finds nothing without an error when nothing matches' {
        Get-CopperCompany -Name 'zz*zz' -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -BeNullOrEmpty
    }

    It 'without wildcards is compared by the service alone' {
        Get-CopperPerson -Name Charlie -First 1 | Out-Null
        Get-SandboxRequest $sandbox | Should -Match '"name":"Charlie"'
    }
}

Describe 'A tag with wildcards' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'means the tags of the account that match' {
        $tag = ($everybody | Where-Object { $_.Tags.Count } | Select-Object -First 1).Tags[0]
        $pattern = $tag.Substring(0, 3) + '*'
        $wanted = $everybody | Where-Object { @($_.Tags) -like $pattern }
        (Get-CopperPerson -Tag $pattern).Id | Should -Be $wanted.Id
    }

    It 'that matches none sends no search, which would find everybody' {
        Get-CopperPerson -Tag 'zzz*' -ErrorVariable failed | Should -BeNullOrEmpty
        [long] (Get-CopperPerson -Tag 'zzz*' -IncludeTotalCount) | Should -Be 0
        $failed | Should -BeNullOrEmpty
        @(Get-SandboxRequest $sandbox | Where-Object { $_ -like '*/search*' }) | Should -BeNullOrEmpty
    }
}

Describe '-NotContactedSince' {
    It 'finds who was contacted before, and who never was: <noun>' -TestCases @(
        foreach ($noun in 'Person', 'Company', 'Lead', 'Opportunity') { @{ noun = $noun } }
    ) {
        $all = & "Get-Copper$noun"
        $since = ($all | Where-Object DateLastContacted | Sort-Object DateLastContacted | Select-Object -Last 1).DateLastContacted
        $since | Should -Not -BeNullOrEmpty
        $wanted = $all | Where-Object { -not $_.DateLastContacted -or $_.DateLastContacted -lt $since }
        $found = & "Get-Copper$noun" -NotContactedSince $since
        $found.Id | Sort-Object | Should -Be @($wanted.Id | Sort-Object)
        @($found | Where-Object { -not $_.DateLastContacted }) | Should -Not -BeNullOrEmpty
        @(& "Get-Copper$noun" -NotContactedSince $since -First 2) | Should -HaveCount 2
    }

    It 'cannot go with -InteractionBefore' {
        { Get-CopperPerson -NotContactedSince 2026-01-01 -InteractionBefore 2026-01-01 } |
            Should -Throw -ExpectedMessage '*leave these out*'
    }
}

Describe 'An order over several searches' {
    BeforeAll {
        $since = [DateTimeOffset]::Now.AddDays(-60)
        $waiting = @(Get-CopperOpportunity -NotContactedSince $since)
        $ofPeople = @($everybody | Get-CopperOpportunity)
    }

    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'is that of Sort-Object with -NotContactedSince, by <field>, descending: <descending>' -TestCases @(
        @{ field = 'Value'; property = 'MonetaryValue'; descending = $true }
        @{ field = 'Value'; property = 'MonetaryValue'; descending = $false }
        @{ field = 'CloseDate'; property = 'CloseDate'; descending = $false }
        @{ field = 'Name'; property = 'Name'; descending = $true }
        @{ field = 'DateCreated'; property = 'DateCreated'; descending = $true }
    ) {
        $without = @($waiting | Where-Object { -not $_.DateLastContacted })
        $without.Count | Should -BeGreaterThan 0 -Because 'the second search must find some'
        $without.Count | Should -BeLessThan $waiting.Count
        $withValue = @($waiting | Where-Object { $null -ne $_.$property })
        $expected = @($withValue | Sort-Object $property -Descending:$descending)
        $found = Get-CopperOpportunity -NotContactedSince $since -SortBy $field -Descending:$descending -WarningVariable warned
        @($found).Count | Should -Be $waiting.Count
        @($found.$property)[0..($expected.Count - 1)] | Should -Be $expected.$property
        @(Get-SandboxRequest $sandbox | Where-Object { $_ -like '*/search*' }) | Should -HaveCount 2
        $warned | Should -BeNullOrEmpty
        $first = Get-CopperOpportunity -NotContactedSince $since -SortBy $field -Descending:$descending -First 3
        $first.$property | Should -Be @($expected.$property)[0..2]
    }

    It 'is that of Sort-Object with more piped records than one search takes' {
        $expected = $ofPeople | Sort-Object MonetaryValue -Descending | Select-Object -First 5
        $found = $everybody | Get-CopperOpportunity -SortBy Value -Descending -First 5
        $found.MonetaryValue | Should -Be $expected.MonetaryValue
        $searches = @(Get-SandboxRequest $sandbox | Where-Object { $_ -like '*/search*' })
        $searches | Should -HaveCount 2
        $searches | Should -Match '"page_size":5'
    }

    It 'that records do not tell is one of each search, with a warning' {
        $found = Get-CopperOpportunity -NotContactedSince $since -SortBy Stage -WarningVariable warned -WarningAction SilentlyContinue
        @($found).Count | Should -Be $waiting.Count
        $warned | Should -HaveCount 1
        "$warned" | Should -BeLike '*several searches*Sort-Object*'
        Get-CopperOpportunity -SortBy Stage -First 1 -WarningVariable none | Out-Null
        $none | Should -BeNullOrEmpty
    }
}

Describe 'A criterion that takes no wildcards' {
    It 'rejects them with what to type, before anything is sent: Get-Copper<noun>' -TestCases @(
        foreach ($noun in 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task', 'Activity') { @{ noun = $noun } }
    ) {
        $sample = & "Get-Copper$noun" -First 1
        $criteria = @((Get-Command "Get-Copper$noun").ImplementingType.GetProperties() | Where-Object {
                $attributes = @([Attribute]::GetCustomAttributes($_, $true) | ForEach-Object { $_.GetType().Name })
                ($attributes -contains 'FilterAttribute' -or $_.Name -eq 'PhoneNumber') -and $_.PropertyType -in [string], [string[]] -and
                $attributes -contains 'ParameterAttribute' -and $attributes -notcontains 'SupportsWildcardsAttribute' -and
                @($attributes -match '^Text(List)?Transformation') })
        if ($noun -in 'Person', 'Company', 'Lead', 'Opportunity') { $criteria.Count | Should -BeGreaterThan 0 }
        foreach ($criterion in $criteria.Name) {
            foreach ($text in 'lond*', "o'n?w@x.example") {
                Clear-SandboxJournal $sandbox
                $given = @{ $criterion = $text }
                $message = try { & "Get-Copper$noun" @given; 'nothing' } catch { "$_" }
                $message | Should -BeLike "-$criterion *knows no wildcards*Get-Copper$noun | Where-Object * -Filter @{*" -Because $criterion
                Get-SandboxRequest $sandbox | Should -BeNullOrEmpty -Because $criterion
                # What to type runs, and names properties that the records have.
                $command = [regex]::Match($message, "Get-Copper$noun \| Where-Object .+?(?=\. A text)").Value
                { & ([scriptblock]::Create("Set-StrictMode -Version 1; $command")) } | Should -Not -Throw -Because $criterion
                $path = [regex]::Match($command, 'Where-Object (?:\{ \$_\.)?([\w.]+) -like').Groups[1].Value -split '\.'
                $sample.PSObject.Properties.Name | Should -Contain $path[0] -Because $criterion
            }
        }
    }

    It 'sends them as they are in -Filter' {
        Clear-SandboxJournal $sandbox
        Get-CopperPerson -Filter @{ city = 'lond*' } | Should -BeNullOrEmpty
        Get-SandboxRequest $sandbox | Should -Match '"city":"lond\*"'
    }
}

Describe '-Country' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'takes <text> for <code>' -TestCases @(
        @{ text = 'fr'; code = 'FR' }
        @{ text = 'France'; code = 'FR' }
        @{ text = ' united kingdom '; code = 'GB' }
        @{ text = 'UK'; code = 'GB' }
        @{ text = 'USA'; code = 'US' }
    ) {
        Get-CopperPerson -Country $text -First 1 | Out-Null
        Get-SandboxRequest $sandbox | Should -Match ('"country":"' + $code + '"')
    }

    It 'rejects a country that there is not, with suggestions, before anything is sent' {
        Get-CopperPerson -Country Frence -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$failed" | Should -BeLike "*-Country 'Frence' is not known. Did you mean 'France'*"
        $failed.FullyQualifiedErrorId | Should -BeLike 'CopperUnknownName,*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'is completed by code and by name' {
        foreach ($line in 'Get-CopperPerson -Country fran', 'Set-CopperCompany 1 -Country fran') {
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'FR'
        }
    }

    It 'is written as the code' {
        Set-CopperPerson 1 -Country Germany
        Get-SandboxRequest $sandbox | Select-Object -Last 1 | Should -Match '"country":"DE"'
    }
}

Describe 'Criteria named after properties' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'work: <call>' -TestCases @(
        @{
            call = { Get-CopperOpportunity -CloseDateAfter 2027-01-01 -CloseDateBefore 2027-02-01 -First 1 }
            wire = '"minimum_close_date":\d+,"maximum_close_date":\d+'
        }
        @{ call = { Get-CopperOpportunity -MinimumMonetaryValue 5 -First 1 }; wire = '"minimum_monetary_value":5' }
        @{ call = { Get-CopperPerson -LastContactedBefore 2026-01-01 -First 1 }; wire = '"maximum_interaction_date":\d+' }
        @{
            call = { Get-CopperPerson -DateModifiedAfter 2026-01-01 -DateCreatedBefore 2026-01-01 -First 1 }
            wire = '"maximum_created_date":\d+,"minimum_modified_date":\d+'
        }
        @{ call = { Get-CopperTask -DueDateBefore 2026-01-01 -First 1 }; wire = '"maximum_due_date":\d+' }
        @{ call = { Get-CopperActivity -ActivityDateAfter 2026-01-01 -First 1 }; wire = '"minimum_activity_date":\d+' }
    ) {
        & $call | Out-Null
        Get-SandboxRequest $sandbox | Select-Object -First 1 | Should -Match $wire
    }

    It 'sort by <property>, which the service calls <wire>' -TestCases @(
        @{ noun = 'Person'; property = 'DateModified'; wire = 'date_modified' }
        @{ noun = 'Person'; property = 'date_modified'; wire = 'date_modified' }
        @{ noun = 'Person'; property = 'LastName'; wire = 'last_name' }
        @{ noun = 'Person'; property = 'PostalCode'; wire = 'zip' }
        @{ noun = 'Lead'; property = 'MonetaryValue'; wire = 'value' }
        @{ noun = 'Opportunity'; property = 'MonetaryValue'; wire = 'monetary_value' }
        @{ noun = 'Opportunity'; property = 'closedate'; wire = 'close_date' }
        @{ noun = 'Company'; property = 'DateLastContacted'; wire = 'last_interaction' }
        @{ noun = 'Task'; property = 'Assignee'; wire = 'assigned_to' }
    ) {
        & "Get-Copper$noun" -SortBy $property -First 1 | Out-Null
        Get-SandboxRequest $sandbox | Select-Object -First 1 | Should -Match ('"sort_by":"' + $wire + '"')
    }
}

Describe 'Get-CopperPerson by an e-mail address' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'looks up the column Email of rows' {
        $people = @($everybody | Where-Object { $_.Emails.Count } | Select-Object -First 2)
        $rows = $people | ForEach-Object { [pscustomobject]@{ Email = $_.Emails[0].Email; Called = 'yes' } }
        ($rows | Get-CopperPerson).Id | Should -Be $people.Id
        (Get-CopperPerson $people[1].Emails[0].Email).Id | Should -Be $people[1].Id
    }

    It 'writes one error about each row that nobody is found for' {
        $row = [pscustomobject]@{ Email = 'no@body.example' }
        $row, [pscustomobject]@{ Id = 1; Email = 'no@body.example' } |
            Get-CopperPerson -ErrorVariable failed -ErrorAction SilentlyContinue |
            ForEach-Object Id | Should -Be 1
        $failed | Should -HaveCount 1
        $failed.FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
        $failed.TargetObject.Email | Should -Be 'no@body.example'
        "$failed" | Should -BeLike "*No person has the e-mail address 'no@body.example'*"
    }

    It 'rejects a row whose Email is none' {
        [pscustomobject]@{ Email = 'x' } | Get-CopperPerson -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -BeLike 'CopperInvalidId,*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }
}
