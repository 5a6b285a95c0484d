# The name of a stage: pipelines may have stages of the same name.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }

    # Two pipelines with a stage of the same name; the ids are those of the sandbox.
    function Set-TwinStage([int] $Times = 1) {
        Clear-CopperCache
        $body = '[{"id":213214,"name":"Sales","stages":[{"id":1032140,"name":"Qualified"},{"id":1032141,"name":"Follow-up"}]},' +
        '{"id":213216,"name":"Partnerships","stages":[{"id":1032160,"name":"Qualified"},{"id":1032161,"name":"Evaluation"}]}]'
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = $body; times = $Times; match = @{ path = '^/pipelines$' } }
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'The name of a stage' {
    BeforeEach {
        Set-SandboxFault $sandbox
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
    }

    It 'means one of the pipeline given, in <what>' -TestCases @(
        @{
            what = 'a search'; call = { Get-CopperOpportunity -Pipeline partnerships -Stage Qualified -First 1 }
            wire = '"pipeline_ids":[213216],"pipeline_stage_ids":[1032160]'
        }
        @{
            what = 'a search of several pipelines'
            call = { Get-CopperOpportunity -Pipeline Sales, Partnerships -Stage qualified, Evaluation -First 1 }
            wire = '"pipeline_stage_ids":[1032140,1032160,1032161]'
        }
        @{
            what = 'New'; call = { New-CopperOpportunity X -Pipeline Partnerships -Stage Qualified }
            wire = '"pipeline_id":213216,"pipeline_stage_id":1032160'
        }
        @{
            what = 'New, by the id of the pipeline'; call = { New-CopperOpportunity X -Pipeline 213216 -Stage Qualified }
            wire = '"pipeline_id":213216,"pipeline_stage_id":1032160'
        }
        @{
            what = 'New, by a raw member'; call = { New-CopperOpportunity X -Property @{ pipeline_id = 213216 } -Stage Qualified }
            wire = '"pipeline_stage_id":1032160,"pipeline_id":213216'
        }
        @{
            what = 'Set'; call = { Set-CopperOpportunity 30000001 -Pipeline Partnerships -Stage Qualified }
            wire = '"pipeline_id":213216,"pipeline_stage_id":1032160'
        }
        @{
            what = 'a conversion'
            call = { Convert-CopperLead 20000004 -OpportunityName X -Pipeline Partnerships -Stage Qualified -Confirm:$false }
            wire = '"pipeline_id":213216,"pipeline_stage_id":1032160'
        }
    ) {
        Set-TwinStage
        & $call | Out-Null
        # The lists by which the records that come show names are none of it.
        $sent = @(
            Get-SandboxJournal $sandbox |
                Where-Object path -NotIn '/custom_field_definitions', '/users/search', '/customer_sources', '/contact_types'
        )
        $sent | Should -HaveCount 2 -Because 'one list serves for pipelines and stages'
        $sent[0].path | Should -Be '/pipelines'
        $sent[1].body.Contains($wire) | Should -BeTrue -Because $sent[1].body
    }

    It 'brings its pipeline along when it is the only one of that name' {
        (New-CopperOpportunity X -Stage Evaluation).PipelineId | Should -Be 213216
        (Convert-CopperLead 20000003 -OpportunityName X -Stage 'offer sent' -Confirm:$false).Opportunity.PipelineId | Should -Be 213215
    }

    It 'is ambiguous without a pipeline when several have it, in <what>' -TestCases @(
        @{ what = 'a search'; call = { Get-CopperOpportunity -Stage Qualified -ErrorAction Stop } }
        @{ what = 'New'; call = { New-CopperOpportunity X -Stage Qualified -ErrorAction Stop } }
        @{
            what = 'a conversion'
            call = { Convert-CopperLead 20000001 -OpportunityName X -Stage Qualified -Confirm:$false -ErrorAction Stop }
        }
    ) {
        Set-TwinStage
        $call | Should -Throw -ErrorId 'CopperAmbiguousName,*' `
            -ExpectedMessage "*1032140 in the pipeline 'Sales', 1032160 in the pipeline 'Partnerships'. Say which pipeline with -Pipeline*"
        (Get-SandboxJournal $sandbox).path | Should -Be '/pipelines'
    }

    Context 'of an opportunity that is there already' {
        BeforeAll { $opportunity = New-CopperOpportunity 'In Partnerships' -Pipeline Partnerships -Stage Evaluation }

        It 'means one of its own pipeline, which a piped record knows' {
            Set-TwinStage
            $opportunity | Set-CopperOpportunity -Stage Qualified
            Get-SandboxRequest $sandbox |
                Should -Be 'GET /pipelines', "PUT /opportunities/$($opportunity.Id) {`"pipeline_stage_id`":1032160}"
        }

        It 'means one of its own pipeline, which is read when only the id is known' {
            Set-TwinStage
            (Set-CopperOpportunity $opportunity.Id -Stage qualified -PassThru).PipelineStageId | Should -Be 1032160
            Get-SandboxRequest $sandbox | Where-Object { $_ -ne 'GET /custom_field_definitions' } | Should -Be @(
                'GET /pipelines'
                "GET /opportunities/$($opportunity.Id)"
                "PUT /opportunities/$($opportunity.Id) {`"pipeline_stage_id`":1032160}"
            )
        }

        It 'follows the opportunity, also when the piped record was read before it moved' {
            $moved = New-CopperOpportunity Moving -Pipeline Sales
            Set-CopperOpportunity $moved.Id -Pipeline Renewals
            $moved | Set-CopperOpportunity -Stage Confirmed
            (Get-CopperOpportunity $moved).PipelineStageId | Should -Be 1032152
        }

        It 'that its pipeline does not have is an error that says which has it' {
            Set-CopperOpportunity $opportunity.Id -Stage Negotiation -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperUnknownName,*'
            "$($problems[0])" | Should -BeLike (
                "There is no stage 'Negotiation' in the pipeline 'Partnerships' of the opportunity $($opportunity.Id); " +
                "'Sales' has one. There are: *Agreement*")
            $problems[0].TargetObject | Should -Be $opportunity.Id -Because 'it may be one out of many'
            (Get-SandboxJournal $sandbox).method | Should -Not -Contain 'PUT'
        }

        It 'is not read for -WhatIf, nor when nobody has such a stage' {
            Set-CopperOpportunity $opportunity.Id -Stage Negotiation -WhatIf
            Set-CopperOpportunity $opportunity.Id -Stage Negotiaton -ErrorVariable problems -ErrorAction SilentlyContinue
            "$($problems[0])" |
                Should -BeLike "There is no pipeline stage 'Negotiaton'. Did you mean 'Negotiation' (Sales)? There are also: Qualified *"
            (Get-SandboxJournal $sandbox).path | Sort-Object -Unique | Should -Be '/pipelines'
        }

        It 'is told for each row of a file' {
            $other = New-CopperOpportunity 'In Sales' -Pipeline Sales -Stage Follow-up
            Set-TwinStage
            $opportunity.Id, $other.Id | ForEach-Object { [pscustomobject]@{ Id = $_; Stage = 'Qualified' } } |
                Set-CopperOpportunity -PassThru |
                ForEach-Object PipelineStageId | Should -Be 1032160, 1032140
        }
    }

    It 'narrows Get-CopperPipelineStage and Get-CopperFieldLayout by the name of the pipeline' {
        (Get-CopperPipelineStage -Pipeline renewals).Name | Should -Be 'Due', 'Offer Sent', 'Confirmed'
        (Get-CopperFieldLayout Opportunity -Pipeline renewals)[0].PipelineId | Should -Be 213215
        Get-CopperPipelineStage -Pipeline Renewal -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$($problems[0])" | Should -BeLike "There is no pipeline 'Renewal'. Did you mean 'Renewals'*"
    }
}
