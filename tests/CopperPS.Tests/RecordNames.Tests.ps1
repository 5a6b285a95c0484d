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

    It 'is shown for what points to it, once the session has read it, and costs no request' {
        $task = New-CopperTask 'Ask Zelda' -RelatedTo $person
        Clear-CopperCache
        (Get-CopperTask $task.Id | Format-List | Out-String) | Should -Match "RelatedResource +: person $($person.Id)\r?\n"
        $found = Get-CopperPerson $person.Id
        Clear-SandboxJournal $sandbox
        $again = Get-CopperTask $task.Id
        $again.RelatedResource.Name | Should -Be 'Zelda Quartz'
        "$($again.RelatedResource)" | Should -Be "person $($person.Id)"
        ($again | Format-List | Out-String) | Should -Match "RelatedResource +: Zelda Quartz \(person $($person.Id)\)"
        ($again | Format-Table | Out-String -Width 120) | Should -Match 'Zelda Quartz'
        (Get-CopperRelatedItem $found | Where-Object Type -EQ company).Name | Should -Be 'Zephyr Quartz Holdings'
        (Get-CopperRelatedItem $found | Out-String) | Should -Match "company +$($company.Id) +Zephyr Quartz Holdings +Zelda Quartz \(person"
        ($found | New-CopperActivity -Details 'Called').Parent.Name | Should -Be 'Zelda Quartz'
        @(Get-SandboxRequest $sandbox | Where-Object { $_ -like '*people*' -and $_ -notlike '*/related*' }) | Should -BeNullOrEmpty
    }

    It 'shows the id under -WhatIf, and writes nothing' {
        New-CopperOpportunity 'X' -Company 'Zephyr Quartz Holdings' -WhatIf
        Get-Written | Should -BeNullOrEmpty
    }
}
