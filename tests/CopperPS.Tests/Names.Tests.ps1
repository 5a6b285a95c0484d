BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $status = Get-CopperLeadStatus | Where-Object Name -EQ 'New'

    # Two pipelines with a stage of the same name; the ids are those of the sandbox.
    function Set-TwinStage([int] $Times = 1) {
        Clear-CopperCache
        $body = '[{"id":213214,"name":"Sales","stages":[{"id":1032140,"name":"Qualified"},{"id":1032141,"name":"Follow-up"}]},' +
        '{"id":213216,"name":"Partnerships","stages":[{"id":1032160,"name":"Qualified"},{"id":1032161,"name":"Evaluation"}]}]'
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = $body; times = $Times; match = @{ path = '^/pipelines$' } }
    }

    function Get-LastBody { (Get-SandboxJournal $sandbox | Select-Object -Last 1).body | ConvertFrom-Json }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'A name instead of an id' {
    BeforeEach {
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
    }

    It 'finds leads by status, without case, and reads the list once' {
        Get-CopperLead -Status new -First 1 | Out-Null
        Get-CopperLead -Status New -First 1 | Out-Null
        $sent = @(Get-SandboxJournal $sandbox)
        $sent.path | Should -Be '/lead_statuses', '/leads/search', '/leads/search'
        $sent[1].body | Should -BeLike "*`"status_ids`":``[$($status.Id)``]*"
    }

    It 'converts every new lead' {
        @(Get-CopperLead -Status New).Count | Should -BeGreaterThan 0
        Get-CopperLead -Status New | Convert-CopperLead -Confirm:$false | Out-Null
        Get-CopperLead -Status New | Should -BeNullOrEmpty
    }

    It 'writes the owner given by name or e-mail address' {
        $owner = Get-CopperUser | Select-Object -Last 1
        Set-CopperPerson 1 -Assignee $owner.Name
        Set-CopperPerson 1 -Assignee $owner.Email.ToUpperInvariant()
        (Get-SandboxJournal $sandbox | Where-Object method -EQ PUT).body | Should -Be "{`"assignee_id`":$($owner.Id)}", "{`"assignee_id`":$($owner.Id)}"
    }

    It 'takes names from a CSV file' {
        $source = (Get-CopperCustomerSource)[0]
        (@{ Name = 'Ada'; Status = 'New'; CustomerSource = $source.Name } | ForEach-Object { [pscustomobject] $_ } | New-CopperLead).CustomerSourceId | Should -Be $source.Id
    }

    It 'that is unknown is an error with the nearest first, and nothing is changed' {
        Get-CopperLeadStatus | Out-Null
        Set-CopperLead 20000001 -Status 'Nwe' -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperUnknownName,*'
        "$($problems[0])" | Should -BeLike "*lead status 'Nwe'. There are: New,*"
        # The list is read again: the name could have been new.
        (Get-SandboxJournal $sandbox).path | Should -Be '/lead_statuses', '/lead_statuses'
    }

    It 'that several have is an error with their ids' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = '[{"id":1,"name":"Price"},{"id":2,"name":"price"}]'; times = 1; match = @{ path = 'loss_reasons' } }
        { Get-CopperOpportunity -LossReason Price -ErrorAction Stop } | Should -Throw -ErrorId 'CopperAmbiguousName,*' -ExpectedMessage '*1, 2*'
        (Get-SandboxJournal $sandbox).path | Should -Be '/loss_reasons'
        Set-SandboxFault $sandbox
    }

    It 'that is unknown in a search is an error that does not end the script' {
        Get-CopperOpportunity -Assignee 'Bruno Kelter' -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperUnknownName,*'
        $problems[0].TargetObject | Should -Be 'Bruno Kelter'
        "$($problems[0])" | Should -BeLike '*There are: Bruno Keller, * and 13 more.'
        (Get-SandboxJournal $sandbox).path | Should -Be '/users/search'
    }

    It 'is looked up anew once for a whole file of misspelt rows' {
        Get-CopperLeadStatus | Out-Null
        Clear-SandboxJournal $sandbox
        1..5 | ForEach-Object { [pscustomobject]@{ Name = "Lead $_"; Status = 'Nwe' } } | New-CopperLead -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 5
        (Get-SandboxJournal $sandbox).path | Should -Be '/lead_statuses'
    }

    It 'is found although it is newer than the list that the session has' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = '[{"id":1,"name":"Email"}]'; times = 1; match = @{ path = 'customer_sources' } }
        Get-CopperCustomerSource | Out-Null
        $source = Get-CopperLead -CustomerSource Referral -First 1
        $source.CustomerSourceId | Should -Be 331243
    }

    It 'of one user out of two is their e-mail address' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = '[{"id":1,"name":"Kim Lee","email":"kim@a.example"},{"id":2,"name":"Kim Lee","email":"lee@a.example"}]'; times = 1; match = @{ path = 'users/search' } }
        Get-CopperTask -Assignee 'kim lee' -ErrorVariable problems -ErrorAction SilentlyContinue
        "$($problems[0])" | Should -BeLike "*'kim lee': user 1 (kim@a.example), 2 (lee@a.example). Give the e-mail address or the id."
        Get-CopperTask -Assignee lee@a.example -First 1 | Out-Null
        (Get-LastBody).assignee_ids | Should -Be 2
        Set-SandboxFault $sandbox
    }

    It 'me is the user of the credential, unless somebody is called so' {
        $me = (Get-CopperUser -Me).Id
        Get-CopperTask -Assignee me -First 1 | Out-Null
        (Get-LastBody).assignee_ids | Should -Be $me
        Clear-CopperCache
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = '[{"id":5,"name":"Me"}]'; times = 1; match = @{ path = 'users/search' } }
        Get-CopperTask -Assignee me -First 1 | Out-Null
        (Get-LastBody).assignee_ids | Should -Be 5
        Set-SandboxFault $sandbox
    }

    It '$null beside a name finds what has none as well' {
        Get-CopperLead -CustomerSource $null, email -First 1 | Out-Null
        (Get-LastBody).customer_source_ids | Should -Be -2, 331240
    }

    It 'of a company is not looked up, and the error says how to find it' {
        { New-CopperPerson Ada -Company Acme -ErrorAction Stop } | Should -Throw -ErrorId 'CopperInvalidId,*'
        $Error[0].ErrorDetails.RecommendedAction | Should -BeLike "*Get-CopperCompany -Name 'Acme'"
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
    }

    It 'that cannot be looked up is one error, and nothing is written' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 403; times = 9; match = @{ path = 'pipelines|users' } }
        Convert-CopperLead 20000001 -OpportunityName X -Pipeline Sales -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        New-CopperOpportunity X -Stage Qualified -ErrorVariable +problems -ErrorAction SilentlyContinue
        Get-CopperOpportunity -Stage Qualified -ErrorVariable +problems -ErrorAction SilentlyContinue
        Get-CopperFieldLayout Opportunity -Pipeline Sales -ErrorVariable +problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -HaveCount 4
        $problems.FullyQualifiedErrorId | Should -BeLike 'CopperPermissionDenied,*'
        (Get-SandboxJournal $sandbox).path | Sort-Object -Unique | Should -Be '/pipelines'
        Set-SandboxFault $sandbox
    }
}

Describe 'The name of a stage' {
    BeforeEach {
        Set-SandboxFault $sandbox
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
    }

    It 'means one of the pipeline given, in <what>' -TestCases @(
        @{ what = 'a search'; call = { Get-CopperOpportunity -Pipeline partnerships -Stage Qualified -First 1 }; wire = '"pipeline_ids":[213216],"pipeline_stage_ids":[1032160]' }
        @{ what = 'a search of several pipelines'; call = { Get-CopperOpportunity -Pipeline Sales, Partnerships -Stage qualified, Evaluation -First 1 }; wire = '"pipeline_stage_ids":[1032140,1032160,1032161]' }
        @{ what = 'New'; call = { New-CopperOpportunity X -Pipeline Partnerships -Stage Qualified }; wire = '"pipeline_id":213216,"pipeline_stage_id":1032160' }
        @{ what = 'New, by the id of the pipeline'; call = { New-CopperOpportunity X -Pipeline 213216 -Stage Qualified }; wire = '"pipeline_id":213216,"pipeline_stage_id":1032160' }
        @{ what = 'New, by a raw member'; call = { New-CopperOpportunity X -Property @{ pipeline_id = 213216 } -Stage Qualified }; wire = '"pipeline_stage_id":1032160,"pipeline_id":213216' }
        @{ what = 'Set'; call = { Set-CopperOpportunity 30000001 -Pipeline Partnerships -Stage Qualified }; wire = '"pipeline_id":213216,"pipeline_stage_id":1032160' }
        @{ what = 'a conversion'; call = { Convert-CopperLead 20000004 -OpportunityName X -Pipeline Partnerships -Stage Qualified -Confirm:$false }; wire = '"pipeline_id":213216,"pipeline_stage_id":1032160' }
    ) {
        Set-TwinStage
        & $call | Out-Null
        $sent = @(Get-SandboxJournal $sandbox)
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
        @{ what = 'a conversion'; call = { Convert-CopperLead 20000001 -OpportunityName X -Stage Qualified -Confirm:$false -ErrorAction Stop } }
    ) {
        Set-TwinStage
        $call | Should -Throw -ErrorId 'CopperAmbiguousName,*' -ExpectedMessage "*1032140 in the pipeline 'Sales', 1032160 in the pipeline 'Partnerships'. Say which pipeline with -Pipeline*"
        (Get-SandboxJournal $sandbox).path | Should -Be '/pipelines'
    }

    Context 'of an opportunity that is there already' {
        BeforeAll { $opportunity = New-CopperOpportunity 'In Partnerships' -Pipeline Partnerships -Stage Evaluation }

        It 'means one of its own pipeline, which a piped record knows' {
            Set-TwinStage
            $opportunity | Set-CopperOpportunity -Stage Qualified
            Get-SandboxRequest $sandbox | Should -Be 'GET /pipelines', "PUT /opportunities/$($opportunity.Id) {`"pipeline_stage_id`":1032160}"
        }

        It 'means one of its own pipeline, which is read when only the id is known' {
            Set-TwinStage
            (Set-CopperOpportunity $opportunity.Id -Stage qualified -PassThru).PipelineStageId | Should -Be 1032160
            Get-SandboxRequest $sandbox | Should -Be @(
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
            "$($problems[0])" | Should -BeLike "There is no stage 'Negotiation' in the pipeline 'Partnerships' of the opportunity $($opportunity.Id); 'Sales' has one. There are: *Agreement*"
            $problems[0].TargetObject | Should -Be $opportunity.Id -Because 'it may be one out of many'
            (Get-SandboxJournal $sandbox).method | Should -Not -Contain 'PUT'
        }

        It 'is not read for -WhatIf, nor when nobody has such a stage' {
            Set-CopperOpportunity $opportunity.Id -Stage Negotiation -WhatIf
            Set-CopperOpportunity $opportunity.Id -Stage Negotiaton -ErrorVariable problems -ErrorAction SilentlyContinue
            "$($problems[0])" | Should -BeLike "There is no pipeline stage 'Negotiaton'. There are: Negotiation (Sales), *"
            (Get-SandboxJournal $sandbox).path | Sort-Object -Unique | Should -Be '/pipelines'
        }

        It 'is told for each row of a file' {
            $other = New-CopperOpportunity 'In Sales' -Pipeline Sales -Stage Follow-up
            Set-TwinStage
            $opportunity.Id, $other.Id | ForEach-Object { [pscustomobject]@{ Id = $_; Stage = 'Qualified' } } | Set-CopperOpportunity -PassThru |
                ForEach-Object PipelineStageId | Should -Be 1032160, 1032140
        }
    }

    It 'narrows Get-CopperPipelineStage and Get-CopperFieldLayout by the name of the pipeline' {
        (Get-CopperPipelineStage -Pipeline renewals).Name | Should -Be 'Due', 'Offer Sent', 'Confirmed'
        (Get-CopperFieldLayout Opportunity -Pipeline renewals)[0].PipelineId | Should -Be 213215
        Get-CopperPipelineStage -Pipeline Renewal -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$($problems[0])" | Should -BeLike "There is no pipeline 'Renewal'. There are: Renewals, *"
    }
}

Describe 'The name of a type of activities' {
    BeforeEach {
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
    }

    It 'goes out as category and id: <type>' -TestCases @(
        @{ type = 'phone call'; wire = '{"category":"user","id":1}' }
        @{ type = 'Property Changed'; wire = '{"category":"system","id":1}' }
        @{ type = 'system:Pipeline Stage Changed'; wire = '{"category":"system","id":3}' }
        @{ type = 'Fax'; wire = '{"category":"user","id":5}' }
    ) {
        Get-CopperActivity -ActivityType $type -First 1 | Out-Null
        $sent = @(Get-SandboxJournal $sandbox)
        $sent.path | Should -Be '/activity_types', '/activities/search'
        $sent[1].body.Contains("`"activity_types`":[$wire]") | Should -BeTrue -Because $sent[1].body
    }

    It 'is written, and can be changed' {
        $meeting = New-CopperActivity 7 'Talked' -RelatedType person -ActivityType Meeting -User 'Bruno Keller'
        "$($meeting.Type)" | Should -Be 'user:2'
        $meeting.UserId | Should -Be 1003
        "$((Set-CopperActivity $meeting -ActivityType 'user:Phone Call' -PassThru).Type)" | Should -Be 'user:1'
    }

    It 'is refused where it cannot be written: <type>' -TestCases @(
        @{ type = 'Fax'; id = 'CopperInvalidArgument,*'; message = '*disabled*' }
        @{ type = 'system:Property Changed'; id = 'CopperInvalidArgument,*'; message = "*not of 'system'*" }
        @{ type = 'Property Changed'; id = 'CopperUnknownName,*'; message = '*There are: *Meeting*' }
        @{ type = 'Meting'; id = 'CopperUnknownName,*'; message = '*There are: Meeting,*' }
    ) {
        { New-CopperActivity 7 x -RelatedType person -ActivityType $type -ErrorAction Stop } | Should -Throw -ErrorId $id -ExpectedMessage $message
        (Get-SandboxJournal $sandbox).method | Should -Not -Contain 'POST'
    }

    It 'that two categories have is ambiguous without its category' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = '{"user":[{"id":9,"category":"user","name":"Sent: mail"}],"system":[{"id":9,"category":"system","name":"sent: mail"}]}'; times = 1; match = @{ path = 'activity_types' } }
        { Get-CopperActivity -ActivityType 'Sent: Mail' -ErrorAction Stop } | Should -Throw -ErrorId 'CopperAmbiguousName,*' -ExpectedMessage '*user:9, system:9*'
        Get-CopperActivity -ActivityType 'system:Sent: Mail' -First 1 | Out-Null
        (Get-LastBody).activity_types.category | Should -Be system
    }
}

Describe 'The name of what an account made for itself' {
    BeforeEach {
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
    }

    It 'says what to change' {
        (Set-CopperCustomFieldDefinition 'effort' -AddOption X -ErrorAction SilentlyContinue -ErrorVariable problems) | Should -BeNullOrEmpty
        "$($problems[0])" | Should -BeLike '*no choices*' -Because 'it was found, and is a number'
        (Set-CopperCustomFieldDefinition 'preferred language' -AddOption Welsh -PassThru).Options.Name | Should -Contain Welsh
        (Set-CopperCustomActivityType 'site visit' -Name 'Factory Visit' -PassThru).Name | Should -Be 'Factory Visit'
        ('Factory Visit' | Set-CopperCustomActivityType -Name 'Site Visit' -PassThru).Name | Should -Be 'Site Visit'
    }

    It 'says what to delete, and -WhatIf shows both id and name' {
        $field = New-CopperCustomFieldDefinition 'Passing Fancy' String -AvailableOn Task
        $lines = & { Remove-CopperCustomFieldDefinition 'passing fancy' -WhatIf } *>&1
        Get-CopperCustomFieldDefinition $field.Id | Should -Not -BeNullOrEmpty -Because "-WhatIf only says: $lines"
        (Remove-CopperCustomFieldDefinition 'passing fancy' -Confirm:$false -PassThru).Id | Should -Be $field.Id
        { Remove-CopperCustomFieldDefinition 'passing fancy' -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'CopperUnknownName,*'
    }

    It 'that several have, or none, changes and deletes nothing: <what>' -TestCases @(
        @{ what = 'several'; call = { Remove-CopperCustomFieldDefinition Region -Confirm:$false -ErrorAction Stop }; id = 'CopperAmbiguousName,*'; message = '*126248 (company), 126249 (lead)*' }
        @{ what = 'several, to change'; call = { Set-CopperCustomFieldDefinition Region -AddOption X -ErrorAction Stop }; id = 'CopperAmbiguousName,*'; message = '*126248 (company), 126249 (lead)*' }
        @{ what = 'none'; call = { Remove-CopperCustomFieldDefinition 'Birtday' -Confirm:$false -ErrorAction Stop }; id = 'CopperUnknownName,*'; message = '*There are: Birthday, *' }
        @{ what = 'none, to change'; call = { Set-CopperCustomActivityType 'Sight Visit' -Name X -ErrorAction Stop }; id = 'CopperUnknownName,*'; message = '*There are: Site Visit, *' }
        @{ what = 'no choice of the field'; call = { Set-CopperCustomFieldDefinition 'Preferred Language' -RemoveOption Germn -ErrorAction Stop }; id = 'CopperUnknownName,*'; message = '*There are: German, *' }
    ) {
        $call | Should -Throw -ErrorId $id -ExpectedMessage $message
        (Get-SandboxJournal $sandbox).method | Sort-Object -Unique | Should -Be 'GET'
    }

    It 'that cannot be looked up changes nothing' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 403; times = 2; match = @{ path = 'custom_field_definitions' } }
        $problems = @()
        Remove-CopperCustomFieldDefinition Birthday -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        Set-CopperCustomFieldDefinition Birthday -Name X -ErrorVariable +problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -BeLike 'CopperPermissionDenied,*'
        $problems.TargetObject | Should -Be 'Birthday', 'Birthday'
        Set-SandboxFault $sandbox
        (Get-SandboxJournal $sandbox).method | Sort-Object -Unique | Should -Be 'GET'
    }
}

Describe 'The name of what is to be read' {
    BeforeEach {
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
    }

    It 'that is unknown is an error with the nearest first: <call>' -TestCases @(
        @{ call = { Get-CopperUser 'bruno.keler@copper.example' }; message = "*named 'bruno.keler@copper.example'. There are: Bruno Keller, *" }
        @{ call = { Get-CopperContactType custmer }; message = '*There are: Current Customer, Potential Customer, Partner*' }
        @{ call = { Get-CopperPipelineStage -Name 'Offer Snt' }; message = '*There are: Offer Sent, *' }
        @{ call = { Get-CopperTag referal }; message = '*There are: referral, *' }
        @{ call = { Get-CopperCustomFieldDefinition 'birth day' }; message = '*There are: Birthday, *' }
        @{ call = { Get-CopperCustomFieldOption 'prefered language' }; message = '*There are: Preferred Language, *' }
        @{ call = { Get-CopperCustomFieldOption 'Preferred Language' -Name Germn }; message = '*There are: German, *' }
    ) {
        $ErrorActionPreference = 'Stop'
        $call | Should -Throw -ExpectedMessage $message
        Get-SandboxJournal $sandbox | Should -HaveCount 1 -Because 'what was just read is not read again'
    }

    It 'is looked for once more in a list that the session had kept' {
        Get-CopperLossReason | Out-Null
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = '[{"id":7,"name":"Fashion"}]'; times = 1; match = @{ path = 'loss_reasons' } }
        (Get-CopperLossReason fashion).Id | Should -Be 7
        Get-CopperLossReason nope, 'no way' -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        (Get-SandboxJournal $sandbox).path | Should -Be '/loss_reasons', '/loss_reasons', '/loss_reasons' -Because 'it is read again once in a run'
    }
}

Describe 'Connections' {
    It 'take users and custom fields by their names' {
        Clear-SandboxJournal $sandbox
        Add-CopperConnection 7 alice.archer@copper.example Partner -FromType Person -Type User -WhatIf
        Get-CopperConnection 'Alice Archer' -FromType User -Field Partner
        $sent = Get-SandboxRequest $sandbox
        $sent[-1] | Should -BeLike 'GET /*1002*'
    }
}

Describe 'Every parameter that points to something' {
    BeforeAll {
        $common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters
        # Records: several may share a name, and finding one is a search of its own, which its Get cmdlet makes. What the account made
        # for itself has names; that -Id takes those is seen above.
        $records = 'Id', 'AnyId', 'From', 'To', 'RelatedTo', 'Company', 'PrimaryContact', 'Opportunity', 'Project'
        # CopperHub has no list of its users; its records are meant by their ids alone, which completion finds by name.
        $ofHub = 'Owner', 'OrganisationId', 'ProjectId', 'TaskId'
        # Resolved among the custom fields of leads, as -CustomField is.
        $ofFields = 'MatchField'
        $given = @{
            Id = 7; Name = 'X'; Details = 'x'; RelatedTo = 7; RelatedType = 'person'; Entity = 'Opportunity'; OpportunityName = 'X'
            From = 7; FromType = 'Person'; To = 8; Type = 'Company'; Field = 126258; MatchEmail = $true; MatchValue = 'x'; Confirm = $false
        }
        $parameters = foreach ($cmdlet in Get-Command -Module CopperPS) {
            foreach ($parameter in $cmdlet.Parameters.Values) {
                if ($parameter.Name -notin $common + $records + $ofHub -and $parameter.ParameterType.Name -like 'CopperReference*') {
                    [pscustomobject]@{ Cmdlet = $cmdlet; Parameter = $parameter; Name = "$cmdlet -$($parameter.Name)" }
                }
            }
        }
    }

    It 'takes a name, and sends nothing but the look-up when nothing is called so' {
        $parameters.Count | Should -BeGreaterThan 50
        $wrong = foreach ($item in $parameters | Where-Object { $_.Parameter.Name -notin $ofFields }) {
            Clear-SandboxJournal $sandbox
            $set = $item.Cmdlet.ParameterSets | Where-Object { $_.Parameters.Name -contains $item.Parameter.Name } | Select-Object -First 1
            $splat = @{ $item.Parameter.Name = 'No such thing' }
            foreach ($name in @(($set.Parameters | Where-Object IsMandatory).Name) + 'RelatedType', 'FromType', 'Type', 'OpportunityName', 'Confirm', 'MatchValue') {
                if ($name -and $set.Parameters.Name -contains $name -and -not $splat.ContainsKey($name)) { $splat[$name] = $given[$name] }
            }
            if (-not $splat.ContainsKey('RelatedTo')) { $splat.Remove('RelatedType') }
            $problems = @()
            $output = & $item.Cmdlet @splat -ErrorVariable problems -ErrorAction SilentlyContinue
            $sent = Get-SandboxJournal $sandbox | Where-Object { $_.method -ne 'GET' -and $_.path -ne '/users/search' }
            if ($output -or $sent -or $problems.Count -ne 1 -or $problems[0].FullyQualifiedErrorId -notlike 'CopperUnknownName,*' -or $problems[0].TargetObject -ne 'No such thing') {
                "$($item.Name): $($problems -join ' | ') $($sent.path)"
            }
        }
        $wrong | Should -BeNullOrEmpty
    }

    It 'offers what there is at Tab' {
        $parameters | Where-Object {
            $completer = $_.Parameter.Attributes | Where-Object { $_ -is [Management.Automation.ArgumentCompleterAttribute] }
            -not $completer -or $completer.Type.BaseType.Name -ne 'NameCompleter'
        } | ForEach-Object Name | Should -BeNullOrEmpty
    }

    It 'belongs to a cmdlet that there is, where it is named here as an exception' {
        $all = Get-Command -Module CopperPS | ForEach-Object { $_.Parameters.Values } | Where-Object { $_.ParameterType.Name -like 'CopperReference*' } | ForEach-Object Name
        $records + $ofHub + $ofFields | Where-Object { $_ -notin $all } | Should -BeNullOrEmpty
    }
}
