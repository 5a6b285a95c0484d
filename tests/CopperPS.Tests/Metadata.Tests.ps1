BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

BeforeDiscovery {
    $lists = @(
        @{ cmdlet = 'Get-CopperPipeline'; path = '/pipelines'; first = 'Sales'; pattern = 'Re*'; found = 'Renewals' }
        @{ cmdlet = 'Get-CopperPipelineStage'; path = '/pipeline_stages'; first = 'Qualified'; pattern = '*off*'; found = 'Offer Sent' }
        @{ cmdlet = 'Get-CopperContactType'; path = '/contact_types'; first = 'Potential Customer'; pattern = 'Part*'; found = 'Partner' }
        @{ cmdlet = 'Get-CopperCustomerSource'; path = '/customer_sources'; first = 'Email'; pattern = 'cold*'; found = 'Cold Call' }
        @{ cmdlet = 'Get-CopperLossReason'; path = '/loss_reasons'; first = 'Price'; pattern = 'T*'; found = 'Timing' }
        @{ cmdlet = 'Get-CopperLeadStatus'; path = '/lead_statuses'; first = 'New'; pattern = 'un*'; found = 'Unqualified' }
        @{
            cmdlet = 'Get-CopperCustomActivityType'; path = '/custom_activity_types'; first = 'Phone Call'; pattern = 'Site*'
            found = 'Site Visit'
        }
        @{
            cmdlet = 'Get-CopperCustomFieldDefinition'; path = '/custom_field_definitions'; first = 'Customer Number'; pattern = 'Birth*'
            found = 'Birthday'
        }
        @{
            cmdlet = 'Get-CopperActivityType'; path = '/activity_types'; first = 'Note'; pattern = 'Pipeline*'
            found = 'Pipeline Stage Changed'
        }
    )
}

Describe '<cmdlet>' -ForEach $lists {
    BeforeEach {
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
    }

    It 'reads the list once, and again after -Force or Clear-CopperCache' {
        $items = @(& $cmdlet)
        $items[0].Name | Should -Be $first
        $items.Count | Should -BeGreaterThan 1
        @(& $cmdlet) | Should -HaveCount $items.Count
        # A stage shows the name of its pipeline, for which the list of pipelines is read once, too.
        $own, $further = @(Get-SandboxRequest $sandbox)
        $own | Should -Be "GET $path"
        $further | Should -Be $(if ($cmdlet -eq 'Get-CopperPipelineStage') { 'GET /pipelines' } else { $null })

        & $cmdlet -Force | Out-Null
        Get-SandboxRequest $sandbox | Should -Be "GET $path"
        Clear-CopperCache
        & $cmdlet | Out-Null
        @(Get-SandboxRequest $sandbox)[0] | Should -Be "GET $path"
    }

    It 'finds names without case, and by wildcards' {
        (& $cmdlet -Name $first.ToUpperInvariant()).Name | Should -Be $first
        (& $cmdlet -Name $pattern).Name | Should -Contain $found
        (& $cmdlet $found).Name | Should -Be $found
        ($found | & $cmdlet).Name | Should -Be $found
    }

    It 'is silent about a wildcard that finds nothing, and names the candidates for a name that there is not' {
        & $cmdlet -Name 'No such*' -ErrorVariable problems | Should -BeNullOrEmpty
        $problems | Should -BeNullOrEmpty
        $result = & $cmdlet -Name 'Nobody', $first -ErrorVariable problems -ErrorAction SilentlyContinue
        $result.Name | Should -Be $first
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems[0].TargetObject | Should -Be 'Nobody'
        "$($problems[0])" | Should -Match ([regex]::Escape($first))
    }

    It 'finds ids, and reports those that nobody has' {
        $second = @(& $cmdlet)[1]
        $result = @(& $cmdlet -Id 987654, $second.Id -ErrorVariable problems -ErrorAction SilentlyContinue)
        $result.Name | Should -Contain $second.Name
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
        $problems[0].TargetObject | Should -Be 987654
        ($second | & $cmdlet).Name | Should -Contain $second.Name
        ("$($second.Id)" | & $cmdlet).Name | Should -Contain $second.Name
    }

    It 'rejects a record of another entity, and numbers that are no id' {
        foreach ($wrong in (Get-CopperUser -Me), -1) {
            & $cmdlet -Id $wrong -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems | Should -HaveCount 1
        }
    }

    It 'shows its objects, and they survive a trip through a file' {
        $item = @(& $cmdlet)[1]
        $item | Out-String | Should -Match ([regex]::Escape($item.Name))
        $item | ConvertTo-Json -Depth 4 | Should -Match ([regex]::Escape($item.Name))
        $file = Join-Path $TestDrive 'item.xml'
        $item | Export-Clixml $file
        @(Import-Clixml $file | & $cmdlet).Name | Should -Contain $item.Name
    }

    It 'says what the service says when it fails' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 403; body = '{"message":"Feature not enabled"}' }
        & $cmdlet -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
        "$($problems[0])" | Should -Match 'Feature not enabled'
        # What failed is not kept.
        @(& $cmdlet).Count | Should -BeGreaterThan 1
    }
}

Describe 'Get-CopperUser' {
    BeforeEach {
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
    }

    It 'gets all of them, not the first twenty' {
        @(Get-CopperUser) | Should -HaveCount 25
        Get-SandboxRequest $sandbox | Should -Be 'POST /users/search {"page_number":1,"page_size":200}'
    }

    It 'finds names, e-mail addresses and ids' {
        (Get-CopperUser -Name 'alice archer').Id | Should -Be 1002
        (Get-CopperUser -Name 'bruno.keller@copper.example').Id | Should -Be 1003
        (Get-CopperUser -Name 'a*', 'B*').Name | Should -Be 'Alice Archer', 'Bruno Keller'
        (Get-CopperUser -Id 1004).Name | Should -Be 'Carla Mendes'
        Get-SandboxRequest $sandbox | Should -HaveCount 1
    }

    It 'asks for a user who is not listed' {
        Get-CopperUser -Id 5555 -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].TargetObject | Should -Be 5555
        Get-SandboxRequest $sandbox | Select-Object -Last 1 | Should -Be 'GET /users/5555'
    }

    It 'tells who I am' {
        (Get-CopperUser -Me).Email | Should -Be $sandbox.UserEmail
        Get-SandboxRequest $sandbox | Should -Be 'GET /users/me'
    }
}

Describe 'Get-CopperAccount' {
    It 'reads id and name, once' {
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
        (Get-CopperAccount).Name | Should -Be 'Copper Demo'
        (Get-CopperAccount).Id | Should -Be 100624
        Get-SandboxRequest $sandbox | Should -Be 'GET /account'
        Get-CopperAccount -Force | Out-Null
        Get-SandboxRequest $sandbox | Should -Be 'GET /account'
    }
}

Describe 'Get-CopperPipelineStage' {
    It 'knows the stages of a pipeline, given by id, record or from the pipeline' {
        $sales = Get-CopperPipeline Sales
        $expected = 'Qualified', 'Follow-up', 'Presentation', 'Contract Sent', 'Negotiation'
        $sales.Stages.Name | Should -Be $expected
        $sales.Stages.PipelineId | Select-Object -Unique | Should -Be $sales.Id
        (Get-CopperPipelineStage -Pipeline $sales.Id).Name | Should -Be $expected
        (Get-CopperPipelineStage -Pipeline $sales -Name F*).Name | Should -Be 'Follow-up'
        ($sales | Get-CopperPipelineStage).Name | Should -Be $expected
        (Get-CopperPipelineStage -Pipeline $sales)[0].WinProbability | Should -Be 5
    }

    It 'reports a pipeline that there is not, and rejects what is none' {
        Get-CopperPipelineStage -Pipeline 77 -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].TargetObject | Should -Be 77
        { Get-CopperPipelineStage -Pipeline (Get-CopperUser -Me) } | Should -Throw -ErrorId 'CopperEntityMismatch,*'
    }
}

Describe 'Get-CopperActivityType' {
    It 'tells types apart whose ids collide between the categories' {
        $types = @(Get-CopperActivityType -Id 1)
        $types.Category | Should -Be 'user', 'system'
        $types.Name | Should -Be 'Phone Call', 'Property Changed'
        (Get-CopperActivityType -Id 1 -Category System).Name | Should -Be 'Property Changed'
        (Get-CopperActivityType -Category User).Category | Select-Object -Unique | Should -Be 'user'
    }

    It 'knows that a note is number 0' {
        (Get-CopperActivityType -Id 0).Name | Should -Be 'Note'
    }

    It 'reads a category that is not known yet' {
        Clear-CopperCache
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 200
            body = '{"user":[{"id":0,"name":"Note"}],"robot":[{"id":0,"category":"robot","name":"Call"}],"note":"x"}'
        }
        (Get-CopperActivityType -Id 0).Category | Should -Be 'user', 'robot'
        Clear-CopperCache
    }
}

Describe 'Get-CopperTag' {
    It 'finds tags with their counts, by wildcards too' {
        Clear-CopperCache
        $tags = @(Get-CopperTag)
        $tags[0].Count | Should -BeGreaterThan 0
        (Get-CopperTag $tags[0].Name).Name | Should -Be $tags[0].Name
        (Get-CopperTag -Name '*').Count | Should -Be $tags.Count
        ($tags[0] | Get-CopperTag).Count | Should -Be $tags[0].Count
        Get-CopperTag nosuchtag -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }
}

Describe 'Get-CopperFieldLayout' {
    BeforeEach {
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
    }

    It 'reads the layout of an entity once' {
        $layout = Get-CopperFieldLayout Person
        $layout[0].FieldKey | Should -Be 'full_name'
        $layout[0].EntityType | Should -Be 'person'
        $layout.Position | Should -Be (1..$layout.Count)
        Get-CopperFieldLayout Person | Should -HaveCount $layout.Count
        Get-SandboxRequest $sandbox | Should -Be 'GET /field_layouts/by_entity/people'
        Get-CopperFieldLayout Person -Force | Out-Null
        Get-SandboxRequest $sandbox | Should -Be 'GET /field_layouts/by_entity/people'
    }

    It 'needs the pipeline for opportunities, and rejects it for others, before anything is sent' {
        Get-CopperFieldLayout Opportunity -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        Get-CopperFieldLayout Task -Pipeline 213214 -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        (Get-CopperPipeline Sales | Get-CopperFieldLayout Opportunity)[0].PipelineId | Should -Be 213214
        Get-SandboxRequest $sandbox | Select-Object -Last 1 | Should -Be 'GET /field_layouts/by_entity/opportunities?pipeline_id=213214'
    }
}

Describe 'New- and Set-CopperCustomActivityType' {
    It 'makes and changes a type, and the list of all types knows it at once' {
        Get-CopperActivityType | Out-Null
        Clear-SandboxJournal $sandbox
        $type = New-CopperCustomActivityType 'Demo' -IconType 'play arrow'
        Get-SandboxRequest $sandbox | Should -Be 'POST /custom_activity_types {"icon_type":"Play Arrow","name":"Demo"}'
        (Get-CopperActivityType Demo).Id | Should -Be $type.Id
        $type | Set-CopperCustomActivityType -Name 'Demonstration' | Should -BeNullOrEmpty
        (Set-CopperCustomActivityType $type.Id -IconType Mic -PassThru).IconType | Should -Be 'Mic'
        (Get-CopperCustomActivityType $type.Id).Name | Should -Be 'Demonstration'
    }

    It 'sends nothing with -WhatIf, and reports what the service rejects' {
        Clear-SandboxJournal $sandbox
        New-CopperCustomActivityType 'X' -IconType Phone -WhatIf
        Set-CopperCustomActivityType 1 -Name X -WhatIf
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        New-CopperCustomActivityType 'X' -Property @{ icon_type = 'Nonsense' } -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
        Set-CopperCustomActivityType 9999 -Name X -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }
}

Describe 'Get-CopperActivityType' {
    AfterAll {
        Set-SandboxFault $sandbox
        Clear-CopperCache
    }

    It 'keeps the types of a group that nobody knows yet' {
        $body = '{"user":[{"id":0,"name":"Note"}],"custom":{"5":{"id":5,"name":"Demo"}},"partner":[null,{"id":6,"name":"Audit"}]}'
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = $body; times = 1; match = @{ path = 'activity_types' } }
        Get-CopperActivityType -Force | ForEach-Object { "$($_.Category) $($_.Id) $($_.Name)" } |
            Should -Be 'user 0 Note', 'custom 5 Demo', 'partner 6 Audit'
    }
}
