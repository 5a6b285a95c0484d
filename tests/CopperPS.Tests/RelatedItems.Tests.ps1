BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 40
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $company = Get-CopperCompany -First 1
    $opportunity = Get-CopperOpportunity -First 1
    $lead = Get-CopperLead -First 1
    $project = Get-CopperProject -First 1
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Related items' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        # Somebody without a company and without a deal, so that each test starts from the same place.
        $person = New-CopperPerson 'Ada Lovelace'
        $task = New-CopperTask 'Call Ada'
        Clear-SandboxJournal $sandbox
    }

    Context 'Get-CopperRelatedItem' {
        It 'has names for up to three records, and asks for no more without the switch' {
            $people = @($person) + (1..3 | ForEach-Object { New-CopperPerson "Ada $_" })
            $people | Add-CopperRelatedItem -To $opportunity
            Clear-SandboxJournal $sandbox
            $items = @($opportunity.Id | Get-CopperRelatedItem -FromType Opportunity -Type Person)
            ($items | Where-Object Id -In $people.Id).Name | Sort-Object | Should -Be 'Ada 1', 'Ada 2', 'Ada 3', 'Ada Lovelace'
            @(Get-SandboxRequest $sandbox).Count | Should -BeLessOrEqual 3
            Clear-SandboxJournal $sandbox
            @($people.Id | Get-CopperRelatedItem -FromType Person | Where-Object Name) | Should -BeNullOrEmpty
            @(Get-SandboxRequest $sandbox) | Should -HaveCount 4
            @($people.Id | Get-CopperRelatedItem -FromType Person -IncludeRelatedName).Name | Select-Object -Unique |
                Should -Be $opportunity.Name
            Clear-SandboxJournal $sandbox
            $null = $person.Id | Get-CopperRelatedItem -FromType Person -IncludeRelatedName:$false
            @(Get-SandboxRequest $sandbox) | Should -HaveCount 1
        }

        It 'says of a kind and an id as two words how a record is named' {
            { Get-CopperRelatedItem Person 7 } | Should -Throw "*7 is an id, and no kind of record*'person 7'*"
            { Get-CopperRelatedItem Nobody -ErrorAction Stop } | Should -Throw 'There is no record called*' -PassThru |
                ForEach-Object { $_.ErrorDetails.RecommendedAction } | Should -BeLike "*'person 7'*"
        }
    }

    Context 'Add-CopperRelatedItem' {
        It 'relates two records, and says so only with -PassThru' {
            $person | Add-CopperRelatedItem -To $opportunity | Should -BeNullOrEmpty
            Get-SandboxRequest $sandbox |
                Should -Be "POST /people/$($person.Id)/related {`"resource`":{`"id`":$($opportunity.Id),`"type`":`"opportunity`"}}"
            $item = Add-CopperRelatedItem -From $task -To $person -PassThru
            $item.Type, $item.Id, $item.FromType, $item.FromId | Should -Be 'person', $person.Id, 'task', $task.Id
        }

        It 'takes bare ids when their entities are named' {
            Add-CopperRelatedItem -From $person.Id -FromType Person -To $company.Id -Type Company
            (Get-CopperPerson $person.Id).CompanyId | Should -Be $company.Id
        }

        It 'rejects <what> before anything is sent' -TestCases @(
            @{
                what = 'leads and people, which Copper does not relate'; call = { $lead | Add-CopperRelatedItem -To $person }
                say = 'does not relate leads to people'
            }
            @{ what = 'two people'; call = { $person | Add-CopperRelatedItem -To $person }; say = 'does not relate' }
            @{ what = 'leads and companies'; call = { Add-CopperRelatedItem $lead $company }; say = 'can be related to: task' }
            @{ what = 'a bare id'; call = { Add-CopperRelatedItem 7 $company }; say = '-FromType' }
            @{ what = 'a bare id as target'; call = { Add-CopperRelatedItem $person 7 }; say = '-Type' }
            @{
                what = 'a person who is called a lead'; call = { Add-CopperRelatedItem $person -FromType Lead -To $task }
                say = 'not a lead'
            }
            @{ what = 'a user'; call = { Add-CopperRelatedItem (Get-CopperUser -Me) $company }; say = 'cannot stand here' }
        ) {
            Get-CopperUser -Me | Out-Null
            Clear-SandboxJournal $sandbox
            $ErrorActionPreference = 'SilentlyContinue'
            & $call | Out-Null
            "$($Error[0])" | Should -Match ([regex]::Escape($say))
            Get-SandboxRequest $sandbox | Where-Object { $_ -notlike 'GET /users/me' } | Should -BeNullOrEmpty
        }

        It 'says what the service says when a person would get a second company, and goes on' {
            $person | Add-CopperRelatedItem -To $company
            $other = New-CopperCompany 'Another'
            $problems = @()
            $person, $task | Add-CopperRelatedItem -To $other -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems | Should -HaveCount 1
            $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
            ($task | Get-CopperRelatedItem).Id | Should -Be $other.Id
        }

        It 'sends nothing with -WhatIf' {
            $person | Add-CopperRelatedItem -To $opportunity -WhatIf
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }
    }

    Context 'Get-CopperRelatedItem' {
        BeforeEach {
            $person | Add-CopperRelatedItem -To $opportunity, $company, $project
            Clear-SandboxJournal $sandbox
        }

        It 'reads all of them, or those of some entities' {
            ($person | Get-CopperRelatedItem -IncludeRelatedName:$false).Type | Should -Be 'company', 'opportunity', 'project'
            ($person | Get-CopperRelatedItem -IncludeRelatedName:$false -Type Opportunity).Id | Should -Be $opportunity.Id
            (Get-CopperRelatedItem -IncludeRelatedName:$false $person -Type Project, Company).Type | Should -Be 'project', 'company'
            Get-SandboxRequest $sandbox | Should -Be @(
                "GET /people/$($person.Id)/related"
                "GET /people/$($person.Id)/related/opportunities"
                "GET /people/$($person.Id)/related/projects"
                "GET /people/$($person.Id)/related/companies"
            )
        }

        It 'puts out what stands for the related record' {
            $found = Get-CopperPerson $person.Id | Get-CopperRelatedItem -Type Opportunity | Get-CopperOpportunity
            $found.Name | Should -Be $opportunity.Name
            { $person | Get-CopperRelatedItem -Type Opportunity | Get-CopperLead -ErrorAction Stop } |
                Should -Throw -ErrorId 'CopperEntityMismatch,*'
        }

        It 'holds in both directions' {
            ($opportunity | Get-CopperRelatedItem -Type Person).Id | Should -Contain $person.Id
        }

        It 'is silent about a record without any' {
            $task | Get-CopperRelatedItem -ErrorVariable problems | Should -BeNullOrEmpty
            $problems | Should -BeNullOrEmpty
        }

        It 'reports a record that there is not, and goes on' {
            $items = Get-CopperRelatedItem 999999, $person.Id -FromType Person -ErrorVariable problems -ErrorAction SilentlyContinue
            $items | Should -HaveCount 3
            $problems | Should -HaveCount 1
            $problems[0].TargetObject | Should -Be 999999
            "$($problems[0])" | Should -Match 'There is no person'
        }

        It 'rejects a pair that there cannot be' {
            $lead | Get-CopperRelatedItem -Type Person -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }
    }

    Context 'Remove-CopperRelatedItem' {
        BeforeEach {
            $person | Add-CopperRelatedItem -To $opportunity, $company
            Clear-SandboxJournal $sandbox
        }

        It 'sends the body that says what to remove, which a DELETE seldom has' {
            Remove-CopperRelatedItem $person -To $opportunity -Confirm:$false | Should -BeNullOrEmpty
            Get-SandboxRequest $sandbox |
                Should -Be "DELETE /people/$($person.Id)/related {`"resource`":{`"id`":$($opportunity.Id),`"type`":`"opportunity`"}}"
            ($person | Get-CopperRelatedItem).Type | Should -Be 'company'
        }

        It 'removes what Get-CopperRelatedItem put out' {
            $removed = Get-CopperRelatedItem $person | Remove-CopperRelatedItem -Confirm:$false -PassThru
            $removed.Type | Should -Be 'company', 'opportunity'
            $person | Get-CopperRelatedItem | Should -BeNullOrEmpty
        }

        It 'accepts a response without a body' {
            Set-SandboxFault $sandbox @{ kind = 'empty'; match = @{ method = 'DELETE' } }
            Remove-CopperRelatedItem $person -To $company -Confirm:$false -ErrorVariable problems
            $problems | Should -BeNullOrEmpty
        }

        It 'counts a relation that is not there as ended' {
            Remove-CopperRelatedItem $task -To $company -Confirm:$false -PassThru -ErrorVariable problems | Should -HaveCount 1
            $problems | Should -BeNullOrEmpty
        }

        It 'reports a record that is not there' {
            Remove-CopperRelatedItem 424242 -FromType Person -To $company -Confirm:$false -ErrorVariable problems `
                -ErrorAction SilentlyContinue
            $problems | Should -HaveCount 1
        }

        It 'sends nothing with -WhatIf, nor without -To' {
            Remove-CopperRelatedItem $person -To $company -WhatIf
            $person | Remove-CopperRelatedItem -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems | Should -HaveCount 1
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }

        It 'keeps a stream complete from which it takes away' {
            $of = New-CopperCompany 'Leaving Ltd'
            1..9 | ForEach-Object { New-CopperPerson "P $_" -Company $of } | Out-Null
            Get-CopperPerson -Company $of -PageSize 2 | Remove-CopperRelatedItem -To $of -Confirm:$false
            Get-CopperPerson -Company $of | Should -BeNullOrEmpty
        }
    }
}
