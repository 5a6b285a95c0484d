BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 300
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Records of another kind piped into a Get- cmdlet' {
    BeforeAll {
        $withCompany = Get-CopperPerson | Where-Object CompanyId | Select-Object -First 1
        $contact = Get-CopperOpportunity | Where-Object PrimaryContactId | Select-Object -First 1
        $ofCompany = Get-CopperOpportunity | Where-Object CompanyId | Select-Object -First 1
        $projectTask = Get-CopperTask | Where-Object { $_.RelatedResource.Type -eq 'project' } | Select-Object -First 1
        $personTask = Get-CopperTask | Where-Object { $_.RelatedResource.Type -eq 'person' } | Select-Object -First 1
        $project = Get-CopperProject | Where-Object { $_.RelatedResource.Type -eq 'company' } | Select-Object -First 1
        $activity = Get-CopperActivity | Where-Object { $_.Parent.Type -eq 'person' } | Select-Object -First 1
    }
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'brings the people of a company, and nobody else' {
        $found = Get-CopperCompany $withCompany.CompanyId | Get-CopperPerson
        $found.Id | Should -Contain $withCompany.Id
        $found.CompanyId | Sort-Object -Unique | Should -Be $withCompany.CompanyId
    }

    It 'brings the company of a person, and of an opportunity' {
        (Get-CopperPerson $withCompany.Id | Get-CopperCompany).Id | Should -Be $withCompany.CompanyId
        (Get-CopperOpportunity $ofCompany.Id | Get-CopperCompany).Id | Should -Be $ofCompany.CompanyId
    }

    It 'brings nothing for a person without a company, and sends no search for it' {
        $alone = Get-CopperPerson | Where-Object { -not $_.CompanyId } | Select-Object -First 1
        Clear-SandboxJournal $sandbox
        $alone | Get-CopperCompany | Should -BeNullOrEmpty
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'brings the opportunities of a person and of a company' {
        $found = Get-CopperPerson $contact.PrimaryContactId | Get-CopperOpportunity
        $found.Id | Should -Contain $contact.Id
        $found.PrimaryContactId | Sort-Object -Unique | Should -Be $contact.PrimaryContactId
        $found = Get-CopperCompany $ofCompany.CompanyId | Get-CopperOpportunity
        $found.Id | Should -Contain $ofCompany.Id
        $found.CompanyId | Sort-Object -Unique | Should -Be $ofCompany.CompanyId
    }

    It 'brings the tasks of a project and of a person, and the projects of a company' {
        (Get-CopperProject $projectTask.RelatedResource.Id | Get-CopperTask).Id | Should -Contain $projectTask.Id
        (Get-CopperPerson $personTask.RelatedResource.Id | Get-CopperTask).Id | Should -Contain $personTask.Id
        (Get-CopperCompany $project.RelatedResource.Id | Get-CopperProject).Id | Should -Contain $project.Id
    }

    It 'brings the activities about each record' {
        $found = Get-CopperPerson $activity.Parent.Id | Get-CopperActivity
        $found.Id | Should -Contain $activity.Id
        @($found | Where-Object { $_.Parent.Id -ne $activity.Parent.Id }) | Should -BeNullOrEmpty
    }

    It 'brings what a user owns' {
        $owned = Get-CopperPerson | Where-Object AssigneeId | Select-Object -First 1
        $found = Get-CopperUser -Id $owned.AssigneeId | Get-CopperPerson
        $found.Id | Should -Contain $owned.Id
        $found.AssigneeId | Sort-Object -Unique | Should -Be $owned.AssigneeId
    }

    It 'takes many parents in one search where the service takes a list' {
        $companies = Get-CopperCompany -First 60
        Clear-SandboxJournal $sandbox
        $people = $companies | Get-CopperPerson
        $people | Should -Not -BeNullOrEmpty
        @($people.CompanyId | Where-Object { $_ -notin $companies.Id }) | Should -BeNullOrEmpty
        @(Get-SandboxRequest $sandbox).Count | Should -Be 1
    }

    It 'sends the same search once for parents that come twice' {
        $company = Get-CopperCompany $withCompany.CompanyId
        Clear-SandboxJournal $sandbox
        $company, $company | Get-CopperPerson -First 1 | Out-Null
        Get-SandboxRequest $sandbox | Should -Match ('"company_ids":\[' + $company.Id + '\]')
    }

    It 'is narrowed by criteria, and -First and the total count in the whole' {
        $companies = Get-CopperCompany -First 60
        $people = $companies | Get-CopperPerson
        $titled = $people | Where-Object Title | Select-Object -First 1
        ($companies | Get-CopperPerson -Title $titled.Title).Id | Should -Contain $titled.Id
        @($companies | Get-CopperPerson -First 3).Id | Should -Be @($people)[0..2].Id
        $total, $null = $companies | Get-CopperPerson -First 1 -IncludeTotalCount
        [long] $total | Should -Be @($people).Count
    }

    It 'counts none, when nothing belongs to the records' {
        $alone = Get-CopperPerson | Where-Object { -not $_.CompanyId } | Select-Object -First 1
        [long] ($alone | Get-CopperCompany -IncludeTotalCount) | Should -Be 0
    }

    It 'takes <what> as the record' -TestCases @(
        @{ what = 'selected columns'; convert = { process { $_ | Select-Object Id, Name } } }
        @{
            what    = 'a deserialized record'
            convert = {
                process {
                    [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_))
                }
            }
        }
        @{ what = 'a flat record'; convert = { process { $_ | ConvertTo-CopperFlatRecord } } }
        @{
            what    = 'a row of an exported file'
            convert = { process { $_ | ConvertTo-CopperFlatRecord | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv } }
        }
    ) {
        $company = Get-CopperCompany $withCompany.CompanyId
        ($company | & $convert | Get-CopperPerson).Id | Should -Contain $withCompany.Id
        ($withCompany | & $convert | Get-CopperCompany).Id | Should -Be $withCompany.CompanyId
    }

    It 'is never a search for everything when the pipeline brings nothing' {
        Get-CopperCompany -Name 'no such company' | Get-CopperPerson | Should -BeNullOrEmpty
        @() | Get-CopperPerson | Should -BeNullOrEmpty
        @(Get-SandboxRequest $sandbox) | Should -HaveCount 1
    }

    It 'is an error, and no search, for what the pipeline brings in vain' {
        $null | Get-CopperPerson -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed | Should -HaveCount 1
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'rejects a record of a kind that has none of them' {
        Get-CopperCompany -First 1 | Get-CopperLead -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
        { Get-CopperCompany -First 1 | Get-CopperLead -Tag x } | Should -Throw -ErrorId 'CopperEntityMismatch,*'
        @(Get-SandboxRequest $sandbox) | Should -HaveCount 2
    }

    It 'rejects an id together with a criterion' {
        { 1, 2 | Get-CopperPerson -Tag vip } | Should -Throw -ErrorId 'CopperInvalidArgument,*' -ExpectedMessage '*-Tag*-AnyId*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'still reads records by their ids' {
        (1, 2 | Get-CopperPerson).Id | Should -Be 1, 2
        (1, 2 | Get-CopperPerson -ThrottleLimit 2).Id | Should -Be 1, 2
        (Get-CopperPerson 1 | Get-CopperPerson).Id | Should -Be 1
        ([pscustomobject]@{ Id = 3 } | Get-CopperPerson).Id | Should -Be 3
    }

    It 'writes one error about a record that does not exist any more' {
        $gone = [Copper.Client.Models.CopperPerson]@{ Id = 999999 }
        $found = $gone, (Get-CopperPerson $personTask.RelatedResource.Id) |
            Get-CopperTask -ErrorVariable failed -ErrorAction SilentlyContinue
        $found.Id | Should -Contain $personTask.Id
        $failed.FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
        $failed | Should -HaveCount 1
    }

    It 'rejects the same criterion twice' {
        { Get-CopperCompany -First 1 | Get-CopperPerson -Company 10000001 } | Should -Throw -ExpectedMessage '*company_ids*twice*'
    }
}

Describe 'Get-CopperTask -RelatedTo and Get-CopperProject -RelatedTo' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'find what belongs to a record, or to its id with -RelatedType' {
        $task = Get-CopperTask | Where-Object { $_.RelatedResource.Type -eq 'company' } | Select-Object -First 1
        (Get-CopperTask -RelatedTo (Get-CopperCompany $task.RelatedResource.Id)).Id | Should -Contain $task.Id
        (Get-CopperTask -RelatedTo $task.RelatedResource.Id -RelatedType Company -Status $task.Status).Id | Should -Contain $task.Id
        $project = Get-CopperProject | Where-Object { $_.RelatedResource.Type -eq 'company' } | Select-Object -First 1
        (Get-CopperProject -RelatedTo $project.RelatedResource).Id | Should -Contain $project.Id
    }

    It 'use the criterion of the search for an opportunity' {
        Get-CopperTask -RelatedTo 30000001 -RelatedType opportunity | Out-Null
        Get-SandboxRequest $sandbox | Should -Match '"opportunity_ids":\[30000001\]'
    }

    It 'reject an id alone, a kind that cannot be, and a kind alone, before anything is sent' {
        { Get-CopperTask -RelatedTo 7 } | Should -Throw -ExpectedMessage '*-RelatedType*'
        { Get-CopperTask -RelatedTo ([Copper.Client.Models.CopperTask]@{ Id = 1 }) } |
            Should -Throw -ExpectedMessage '*a task is not possible here*'
        { Get-CopperProject -RelatedType person } | Should -Throw -ExpectedMessage '*give the id too*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }
}

Describe 'Columns of a record piped into a New- cmdlet' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $person = Get-CopperPerson 1
        $company = Get-CopperCompany -First 1
        Clear-SandboxJournal $sandbox
    }

    It 'stand for the record when its Id is among them' {
        $task = $person | Select-Object Id, Name, Details, Tags | New-CopperTask 'Call'
        "$($task.Name) / $($task.RelatedResource)" | Should -Be 'Call / person 1'
        Get-SandboxRequest $sandbox | Should -BeExactly 'POST /tasks {"name":"Call","related_resource":{"id":1,"type":"person"}}'
        ($person | Select-Object Id, Name | New-CopperOpportunity 'Renewal').PrimaryContactId | Should -Be 1
        ($company | Select-Object Id, Name | New-CopperOpportunity 'Renewal').CompanyId | Should -Be $company.Id
        ($company | Select-Object Id | New-CopperPerson 'Ann Lee').CompanyId | Should -Be $company.Id
        ($person | Select-Object Id | New-CopperActivity -Details 'Called').Parent.Id | Should -Be 1
    }

    It 'stand for the record as rows of an exported file, when the new one has its name from the command' {
        $row = $person | ConvertTo-CopperFlatRecord | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv
        $row | New-CopperTask 'Call' | Out-Null
        Get-SandboxRequest $sandbox | Select-Object -Last 1 |
            Should -BeExactly 'POST /tasks {"name":"Call","related_resource":{"id":1,"type":"person"}}'
    }

    It 'are values without the Id' {
        ($person | Select-Object Name | New-CopperTask).Name | Should -Be $person.Name
    }

    It 'are rejected where such a record means nothing to the new one' {
        $company | Select-Object Id, Name | New-CopperLead 'Ann Lee' -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.Exception.Message | Should -BeLike '*a company, and nothing tells what it should be to a new lead*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'never delete a record of another kind' {
        $person, ($person | Select-Object Id, Name) | Remove-CopperLead -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }
}
