BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 60
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $company = New-CopperCompany 'Zephyr Quartz Holdings' -EmailDomain zephyr-quartz.example
    $person = New-CopperPerson 'Zelda Quartz' -Email zelda@zephyr-quartz.example -Company $company
    $project = New-CopperProject 'Zephyr relaunch' -RelatedTo $company
    $deal = New-CopperOpportunity 'Zephyr licences' -PrimaryContact $person
    $twins = 1, 2 | ForEach-Object { New-CopperCompany 'Twin Peaks Ltd' }

    function Get-Written {
        @(
            Get-SandboxJournal $sandbox |
                Where-Object { $_.method -ne 'GET' -and $_.path -notlike '*/search' -and $_.path -notlike '*/fetch_by_email' }
        )
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'A record that is given by its name' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'is a company by name or domain: <text>' -TestCases @(
        @{ text = 'Zephyr Quartz Holdings' }
        @{ text = ' zephyr quartz HOLDINGS ' }
        @{ text = 'zephyr-quartz.example' }
    ) {
        (Get-CopperPerson -Company $text).Id | Should -Be $person.Id
        (New-CopperOpportunity 'By name' -Company $text).CompanyId | Should -Be $company.Id
    }

    It 'is a person by name or e-mail address: <text>' -TestCases @(
        @{ text = 'Zelda Quartz' }
        @{ text = 'zelda@zephyr-quartz.example' }
    ) {
        (Get-CopperOpportunity -PrimaryContact $text).Id | Should -Contain $deal.Id
        (New-CopperOpportunity 'By name' -PrimaryContact $text).PrimaryContactId | Should -Be $person.Id
        (Set-CopperCompany $company.Id -PrimaryContact $text -PassThru).PrimaryContactId | Should -Be $person.Id
    }

    It 'is a project or an opportunity' {
        $task = New-CopperTask 'Kick-off' -RelatedTo $project
        (Get-CopperTask -Project 'zephyr relaunch').Id | Should -Contain $task.Id
        Get-CopperTask -Opportunity 'Zephyr licences' | Out-Null
        Get-SandboxRequest $sandbox | Select-Object -Last 1 | Should -Match ('"opportunity_ids":\[' + $deal.Id + '\]')
    }

    It 'is whatever record is called so with -RelatedTo, or of the kind of -RelatedType' {
        (New-CopperTask 'Call' -RelatedTo 'Zephyr Quartz Holdings').RelatedResource.ToString() | Should -Be "company $($company.Id)"
        (New-CopperTask 'Call' -RelatedTo 'zelda@zephyr-quartz.example').RelatedResource.ToString() | Should -Be "person $($person.Id)"
        (New-CopperActivity 'Zelda Quartz' 'Called' -RelatedType Person).Parent.Id | Should -Be $person.Id
        (Get-CopperTask -RelatedTo 'Zephyr Quartz Holdings').RelatedResource.Id | Sort-Object -Unique | Should -Be $company.Id
        (Get-CopperActivity -RelatedTo 'Zelda Quartz' -RelatedType person).Details | Should -Contain 'Called'
        (Get-CopperProject -RelatedTo 'Zephyr Quartz Holdings').Id | Should -Contain $project.Id
    }

    It 'moves a person to the company of the name' {
        $other = New-CopperPerson 'Zeno Quartz'
        (Set-CopperPerson $other.Id -Company 'Zephyr Quartz Holdings' -PassThru).CompanyId | Should -Be $company.Id
    }

    It 'stands in rows too, and is looked up once for all of them' {
        $rows = foreach ($n in 1..3) { [pscustomobject]@{ Name = "Deal $n"; Company = 'Zephyr Quartz Holdings' } }
        ($rows | New-CopperOpportunity).CompanyId | Sort-Object -Unique | Should -Be $company.Id
        @(Get-SandboxRequest $sandbox | Where-Object { $_ -like '*companies/search*' }) | Should -HaveCount 1
    }

    It 'is among all companies, which are read once, where many rows name many' {
        $companies = @(1..12 | ForEach-Object { [pscustomobject]@{ Name = "Many $_ Ltd" } } | New-CopperCompany -Bulk)
        $rows = 1..12 | ForEach-Object { [pscustomobject]@{ Name = "Of many $_"; Company = "many $_ LTD" } }
        Clear-SandboxJournal $sandbox
        ($rows | New-CopperPerson).CompanyId | Should -Be $companies.Id
        $searches = @(Get-SandboxRequest $sandbox | Where-Object { $_ -like '*companies/search*' })
        @($searches -like '*"name":*').Count | Should -Be 4
        # The account has 313 companies, on two pages.
        $searches.Count | Should -Be 6
    }

    It 'may have been created since all were read' {
        $created = [Collections.Generic.List[long]]::new()
        $rows = 1..7 | ForEach-Object { [pscustomobject]@{ Name = "Of new $_"; Company = "New $_ Ltd" } }
        $people = $rows | ForEach-Object { $created.Add((New-CopperCompany $_.Company).Id); $_ } | New-CopperPerson
        $people.CompanyId | Should -Be $created
    }

    It 'is one of several of the name also where all were read, and similar ones are suggested' {
        $names = 'Many 1 Ltd', 'Many 2 Ltd', 'Many 3 Ltd', 'Many 4 Ltd', 'Many 5 Ltd', 'Twin Peaks Ltd', 'Many 6 Ldt'
        $rows = $names | ForEach-Object { [pscustomobject]@{ Name = "Of $_"; Company = $_ } }
        ($rows | New-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue).Name | Should -Be $rows[0..4].Name
        "$($problems[0])" | Should -BeLike "*several called 'Twin Peaks Ltd': Twin Peaks Ltd (id $($twins[0].Id)), Twin Peaks Ltd (id *"
        "$($problems[1])" | Should -BeLike "*no company called 'Many 6 Ldt'. Similar: Many *"
    }

    It 'is an error with the ids when several are called so, and nothing is written' {
        New-CopperOpportunity 'X' -Company 'Twin Peaks Ltd' -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'CopperAmbiguousName,*'
        foreach ($twin in $twins) { "$failed" | Should -BeLike "*$($twin.Id)*" }
        Get-CopperPerson -Company 'Twin Peaks Ltd' -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -BeLike 'CopperAmbiguousName,*'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is an error with suggestions when nothing is called so, and nothing is written' {
        New-CopperOpportunity 'X' -Company 'Zephyr Quarz' -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'CopperUnknownName,*'
        "$failed" | Should -BeLike "*no company called 'Zephyr Quarz'. Similar: Zephyr Quartz Holdings (id $($company.Id))*"
        New-CopperTask 'X' -RelatedTo 'nobody@nowhere.example' -ErrorVariable failed -ErrorAction SilentlyContinue
        "$failed" | Should -BeLike "*no record with the e-mail address 'nobody@nowhere.example'*"
        Get-Written | Should -BeNullOrEmpty
    }

    It 'that is unknown ends a pipeline with one error, and is one error for each row' {
        { Get-CopperPerson -First 3 | Set-CopperPerson -Company 'Zephyr Quarz' } | Should -Throw -ExpectedMessage '*no company called*'
        $rows = foreach ($n in 1, 2) { [pscustomobject]@{ Name = "Deal $n"; Company = 'Zephyr Quarz' } }
        $rows | New-CopperOpportunity -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.TargetObject | Should -Be $rows
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is not taken for what would be changed or deleted' {
        Set-CopperCompany 'Zephyr Quartz Holdings' -Details x -ErrorVariable failed -ErrorAction SilentlyContinue
        Remove-CopperCompany 'Zephyr Quartz Holdings' -Confirm:$false -ErrorVariable +failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'CopperInvalidId,*'
        $failed | Should -HaveCount 2
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'is what a file is attached to, and what is related or connected' {
        $file = Join-Path $TestDrive 'offer.txt'
        Set-Content -LiteralPath $file 'An offer.'
        (Add-CopperFile $file -RelatedTo 'Zelda Quartz' -PassThru).RelatedId | Should -Be $person.Id
        (Get-Item $file | Add-CopperFile -RelatedTo zephyr-quartz.example -RelatedType Company -PassThru).RelatedId | Should -Be $company.Id
        $attached = Get-CopperFile 'Zelda Quartz'
        $attached.Name, $attached.RelatedName | Should -Be 'offer.txt', 'Zelda Quartz'
        ($attached | Out-String -Width 140) | Should -Match "Zelda Quartz \(person $($person.Id)\)"
        $item = Add-CopperRelatedItem 'Zephyr relaunch' -To 'zelda@zephyr-quartz.example' -PassThru
        $item.FromId, $item.FromType, $item.Id, $item.Type | Should -Be $project.Id, 'project', $person.Id, 'person'
        (Get-CopperRelatedItem 'Zephyr relaunch').Id | Should -Contain $person.Id
        Remove-CopperRelatedItem 'Zephyr relaunch' -To 'Zelda Quartz' -Confirm:$false
        (Get-CopperRelatedItem 'Zephyr relaunch').Id | Should -Not -Contain $person.Id
        $lead = New-CopperLead 'Zoe Quartz'
        ($lead | Convert-CopperLead -Company 'Zephyr Quartz Holdings' -Confirm:$false).CompanyId | Should -Be $company.Id
    }

    It 'that is unknown is one error for a file, a relation or a connection, and nothing is written: <call>' -TestCases @(
        @{ call = { Get-CopperPerson -First 3 | Add-CopperRelatedItem -To 'Zephyr relanch' -Type Project } }
        @{ call = { Get-CopperPerson -First 3 | Remove-CopperRelatedItem -To 'Zephyr relanch' -Type Project -Confirm:$false } }
        @{ call = { Get-ChildItem $TestDrive | Add-CopperFile -RelatedTo 'Zephyr relanch' } }
        @{ call = { Add-CopperRelatedItem 1 -FromType Person -To 'Zephyr relanch' -ErrorAction Stop } }
        @{ call = { Get-CopperRelatedItem 'Zephyr relanch' -ErrorAction Stop } }
        @{ call = { Get-CopperFile 'Zephyr relanch' -ErrorAction Stop } }
        @{ call = { Remove-CopperFile 1 -RelatedTo 'Zephyr relanch' -Confirm:$false -ErrorAction Stop } }
    ) {
        'x' | Set-Content (Join-Path $TestDrive 'one.txt')
        'x' | Set-Content (Join-Path $TestDrive 'two.txt')
        Clear-SandboxJournal $sandbox
        $call | Should -Throw -ExpectedMessage "*called 'Zephyr relanch'*"
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is shown for what points to it where the command was given it, and costs no request' {
        $task = New-CopperTask 'Ask Zelda' -RelatedTo $person
        $task.RelatedResource.Name | Should -Be 'Zelda Quartz'
        "$($task.RelatedResource)" | Should -Be "person $($person.Id)"
        ($task | Format-List | Out-String) | Should -Match "RelatedResource +: Zelda Quartz \(person $($person.Id)\)"
        ($task | Format-Table | Out-String -Width 120) | Should -Match 'Zelda Quartz'
        Clear-SandboxJournal $sandbox
        $person | Get-CopperTask | ForEach-Object { $_.RelatedResource.Name | Should -Be 'Zelda Quartz' }
        (Get-CopperTask -RelatedTo 'zelda@zephyr-quartz.example').RelatedResource.Name | Sort-Object -Unique | Should -Be 'Zelda Quartz'
        (Get-CopperTask -Project 'zephyr relaunch').RelatedResource.Name | Sort-Object -Unique | Should -Be 'Zephyr relaunch'
        (Get-CopperRelatedItem $person | Where-Object Type -EQ company).Name | Should -Be 'Zephyr Quartz Holdings'
        (Get-CopperRelatedItem $person | Out-String) |
            Should -Match "company +$($company.Id) +Zephyr Quartz Holdings +Zelda Quartz \(person"
        ($person | New-CopperActivity -Details 'Called').Parent.Name | Should -Be 'Zelda Quartz'
        ($task | Set-CopperTask -Details 'x' -PassThru).RelatedResource.Name | Should -Be 'Zelda Quartz'
        ($task | Complete-CopperTask -PassThru).RelatedResource.Name | Should -Be 'Zelda Quartz'
        @(Get-SandboxRequest $sandbox | Where-Object { $_ -like '*people/search*' -or $_ -like '*companies*' }) | Should -BeNullOrEmpty
    }

    It 'shows the id under -WhatIf, and writes nothing' {
        New-CopperOpportunity 'X' -Company 'Zephyr Quartz Holdings' -WhatIf
        Get-Written | Should -BeNullOrEmpty
    }
}

Describe 'What points to a record' {
    BeforeAll {
        $lead = New-CopperLead 'Zoe Quartz'
        foreach ($one in $person, $company, $lead, $deal, $project) { $null = New-CopperTask 'Named task' -RelatedTo $one }
        $null = New-CopperActivity $person 'Named note'
        $gone = New-CopperPerson 'Gone Quartz'
        $ofGone = New-CopperTask 'Task of nobody' -RelatedTo $gone
        $readEverything = {
            foreach ($noun in 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task') { $null = & "Get-Copper$noun" }
            Read-AccountList
        }
    }

    BeforeEach {
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
    }

    It 'shows the same whatever was looked at before: <call>' -TestCases @(
        @{ call = { Get-CopperTask } }
        @{ call = { Get-CopperActivity -First 50 } }
        @{ call = { Get-CopperProject } }
        @{ call = { Get-CopperTask -RelatedTo $person.Id -RelatedType Person } }
        @{ call = { Get-CopperRelatedItem $person.Id -FromType Person } }
        @{ call = { Get-CopperFile $person.Id -RelatedType Person } }
        @{ call = { Set-CopperPerson $person.Id -Assignee 1002 -Title x -WhatIf } }
        @{ call = { Set-CopperTask $ofGone.Id -RelatedTo $person.Id -RelatedType Person -WhatIf } }
        @{ call = { Remove-CopperPerson $person.Id -WhatIf } }
        @{ call = { Add-CopperRelatedItem $person.Id -FromType Person -To $project.Id -Type Project -WhatIf } }
        @{ call = { Get-CopperPerson $person.Id | Get-CopperTask } }
        @{ call = { Get-CopperTask -IncludeRelatedName } }
    ) {
        function Get-Shown {
            $file = Join-Path $TestDrive 'shown.txt'
            $null = Start-Transcript $file -Force
            try { $text = (& $call | Format-List * | Out-String -Width 200) + (& $call | Out-String -Width 120) }
            finally { $null = Stop-Transcript }
            $text + (@(Get-Content $file | Where-Object { $_ -like 'What if*' }) -join "`n")
        }
        $cold = Get-Shown
        $cold | Should -Match '\S'
        & $readEverything
        Get-Shown | Should -Be $cold
    }

    It 'shows its name with -IncludeRelatedName, for one request of each kind and page' {
        Read-AccountList
        Clear-SandboxJournal $sandbox
        $tasks = Get-CopperTask -Name 'Named task' -IncludeRelatedName
        $tasks.RelatedResource.Name | Sort-Object |
            Should -Be 'Zelda Quartz', 'Zephyr licences', 'Zephyr Quartz Holdings', 'Zephyr relaunch', 'Zoe Quartz'
        Get-SandboxRequest $sandbox | Should -HaveCount 6
        ($tasks | Format-Table | Out-String -Width 120) | Should -Match 'Zoe Quartz \(lead'
        Clear-SandboxJournal $sandbox
        (Get-CopperActivity -First 1 -IncludeRelatedName).Parent.Name | Should -Not -BeNullOrEmpty
        (Get-CopperProject $project.Id -IncludeRelatedName).RelatedResource.Name | Should -Be 'Zephyr Quartz Holdings'
        Get-SandboxRequest $sandbox | Should -HaveCount 4
    }

    It 'asks for no name that is not written: -First, wildcards' {
        Read-AccountList
        $all = @(Get-CopperTask | Where-Object RelatedResource)
        $all.Count | Should -BeGreaterThan 20
        Clear-SandboxJournal $sandbox
        $two = Get-CopperTask -First 2 -IncludeRelatedName
        $named = @(Get-CopperTask -Name 'Named t*' -First 2 -IncludeRelatedName)
        $named.RelatedResource.Name | Should -Be 'Zelda Quartz', 'Zephyr Quartz Holdings'
        $asked = Get-SandboxJournal $sandbox |
            Where-Object { $_.body -like '*"ids":*' } |
            ForEach-Object { ($_.body | ConvertFrom-Json).ids }
        @($asked).Count | Should -BeLessOrEqual (@($two | Where-Object RelatedResource).Count + 2)
        Clear-SandboxJournal $sandbox
        Get-CopperTask -PageSize 10 -IncludeRelatedName | Select-Object -First 1 | Should -HaveCount 1
        @(Get-SandboxRequest $sandbox | Where-Object { $_ -like '*tasks/search*' }) | Should -HaveCount 1
    }

    It 'that is gone keeps its id, and is asked for once' {
        Remove-CopperPerson $gone.Id -Confirm:$false
        Read-AccountList
        Clear-SandboxJournal $sandbox
        $found = @(Get-CopperTask -AnyId $ofGone.Id -IncludeRelatedName)
        $found += Get-CopperTask $ofGone.Id, $ofGone.Id, $ofGone.Id -IncludeRelatedName
        $found | Should -HaveCount 4
        $found.RelatedResource.Name | Where-Object { $_ } | Should -BeNullOrEmpty
        @(Get-SandboxRequest $sandbox | Where-Object { $_ -like '*people/search*' }).Count | Should -BeLessOrEqual 2
    }

    It 'is named for all records of a pipeline together' {
        Read-AccountList
        Clear-SandboxJournal $sandbox
        $items = $person.Id, $person.Id, $person.Id | Get-CopperRelatedItem -FromType Person -IncludeRelatedName
        $items.FromName | Sort-Object -Unique | Should -Be 'Zelda Quartz'
        ($items | Where-Object Type -EQ company).Name | Sort-Object -Unique | Should -Be 'Zephyr Quartz Holdings'
        $searches = @(Get-SandboxRequest $sandbox | Where-Object { $_ -like '*/search*' })
        $searches.Count | Should -Be @(@($items.Type) + 'person' | Sort-Object -Unique).Count
        @(Get-CopperFile $person.Id -RelatedType Person -IncludeRelatedName).RelatedName | Sort-Object -Unique | Should -Be 'Zelda Quartz'
    }

    It 'costs one warning where its name cannot be read, and no record' {
        Read-AccountList
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 403; times = -1; match = @{ path = 'people/search' } }
        try {
            $tasks = Get-CopperTask -PageSize 20 -IncludeRelatedName -WarningVariable warnings -WarningAction SilentlyContinue
            $tasks.Count | Should -Be @(Get-CopperTask).Count
            $warnings | Should -HaveCount 1
            "$warnings" | Should -BeLike 'The names of some related records cannot be read*'
            ($tasks | Where-Object { $_.RelatedResource.Type -eq 'company' }).RelatedResource.Name | Should -Not -Contain $null
        }
        finally { Set-SandboxFault $sandbox }
    }
}
