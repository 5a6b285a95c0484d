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

Describe 'Convert-CopperLead' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $lead = New-CopperLead 'Grace Hopper' -Email 'grace@cobol.example' -CompanyName 'Cobol Corp' -MonetaryValue 500
        $company = New-CopperCompany 'Navy'
        Clear-SandboxJournal $sandbox
    }

    It 'makes a person and a company, and no opportunity, when nothing else is said' {
        $conversion = $lead | Convert-CopperLead -Confirm:$false
        Get-SandboxRequest $sandbox | Should -Be "POST /leads/$($lead.Id)/convert {`"details`":{}}"
        $conversion.LeadId | Should -Be $lead.Id
        $conversion.Person.Name | Should -Be 'Grace Hopper'
        $conversion.PersonId | Should -Be $conversion.Person.Id
        $conversion.Company.Name | Should -Be 'Cobol Corp'
        $conversion.CompanyId | Should -Be $conversion.Company.Id
        $conversion.Opportunity, $conversion.OpportunityId | Should -Be $null, $null
    }

    It 'sends <what>' -TestCases @(
        @{ what = 'the choices of the person'; parameters = { @{ PersonName = 'G. Hopper'; ContactType = 451490; Assignee = 1002 } }
            wire = { '"person":{"name":"G. Hopper","contact_type_id":451490,"assignee_id":1002}' }
        }
        @{ what = 'a company by its id'; parameters = { @{ Company = $company.Id } }; wire = { "`"company`":{`"id`":$($company.Id)}" } }
        @{ what = 'a company record'; parameters = { @{ Company = $company } }; wire = { "`"company`":{`"id`":$($company.Id)}" } }
        @{ what = 'a company by its name'; parameters = { @{ CompanyName = 'Univac' } }; wire = { '"company":{"name":"Univac"}' } }
        @{
            what = 'that the name must be the same'; parameters = { @{ CompanyName = 'Univac'; ExactMatch = $true } }
            wire = { '"company":{"name":"Univac","exact_match":true}' }
        }
        @{ what = 'that there is to be no company'; parameters = { @{ NoCompany = $true } }; wire = { '"company":{"name":""}' } }
        @{ what        = 'an opportunity'
            parameters = { @{ OpportunityName = 'Compiler'; Pipeline = 213215; Stage = 1032150; MonetaryValue = 1000.5; Assignee = 1003 } }
            wire       = {
                '"opportunity":{"name":"Compiler","pipeline_id":213215,"pipeline_stage_id":1032150,' +
                '"monetary_value":1000.5,"assignee_id":1003}'
            }
        }
    ) {
        $given = & $parameters
        $conversion = Convert-CopperLead $lead.Id @given -Confirm:$false
        $conversion.PersonId | Should -BeGreaterThan 0
        $sent = Get-SandboxRequest $sandbox
        $sent.Contains((& $wire)) | Should -BeTrue -Because $sent
    }

    It 'makes an opportunity with a pipeline and a stage from the lists of the account' {
        $renewals = Get-CopperPipeline Renewals
        $conversion = $lead | Convert-CopperLead -OpportunityName 'Renewal' -Pipeline $renewals -Stage $renewals.Stages[1] -Confirm:$false
        $conversion.Opportunity.Name | Should -Be 'Renewal'
        $conversion.Opportunity.PipelineStageId | Should -Be $renewals.Stages[1].Id
        $conversion.Opportunity.PrimaryContactId | Should -Be $conversion.PersonId
    }

    It 'takes the lead away: it is not found afterwards, and cannot be converted twice' {
        $lead | Convert-CopperLead -Confirm:$false | Out-Null
        Get-CopperLead $lead.Id -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $lead | Convert-CopperLead -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems[0].TargetObject | Should -Be $lead.Id
        "$($problems[0])" | Should -Match 'may have been converted'
    }

    It 'accepts a response that only has ids' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = '{"person_id":5,"company_id":"6","opportunity_id":null}' }
        $conversion = $lead | Convert-CopperLead -Confirm:$false
        $conversion.PersonId, $conversion.CompanyId, $conversion.OpportunityId | Should -Be 5, 6, $null
        $conversion.Person | Should -BeNullOrEmpty
        $conversion | Out-String | Should -Match '5'
    }

    It 'accepts a response without a body, and says that it does not know more' {
        Set-SandboxFault $sandbox @{ kind = 'empty' }
        $conversion = $lead | Convert-CopperLead -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue
        $conversion.LeadId | Should -Be $lead.Id
        $warnings | Should -HaveCount 1
        Get-SandboxRequest $sandbox | Should -HaveCount 1
    }

    It 'is not tried twice when it is not known whether it worked' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 502; times = -1 }
        $lead | Convert-CopperLead -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperOutcomeUnknown,*'
        Set-SandboxFault $sandbox
        Get-SandboxRequest $sandbox | Should -HaveCount 1
    }

    It 'rejects <what> before anything is sent' -TestCases @(
        @{ what = 'a stage without an opportunity'; call = { Convert-CopperLead 1 -Stage 1032140 -Confirm:$false } }
        @{ what = 'a person'; call = { Convert-CopperLead ([Copper.Client.Models.CopperPerson]@{ Id = 1 }) -Confirm:$false } }
        @{
            what = 'a stage as pipeline'
            call = {
                Convert-CopperLead 1 -OpportunityName x -Pipeline ([Copper.Client.Models.CopperPipelineStage]@{ Id = 1 }) -Confirm:$false
            }
        }
        @{ what = 'two choices of the company'; call = { Convert-CopperLead 1 -NoCompany -CompanyName x -Confirm:$false } }
        @{ what = 'an exact match without a name'; call = { Convert-CopperLead 1 -Company 1 -ExactMatch -Confirm:$false } }
        @{ what = 'an empty company name, for which there is -NoCompany'; call = { Convert-CopperLead 1 -CompanyName '' -Confirm:$false } }
    ) {
        { $ErrorActionPreference = 'Stop'; & $call } | Should -Throw
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf, and says of an id that no lead has it' {
        $lead | Convert-CopperLead -WhatIf | Should -BeNullOrEmpty
        Get-SandboxRequest $sandbox | Where-Object { $_ -notmatch '^(GET|POST /\w+/search)' } | Should -BeNullOrEmpty
        999999 | Convert-CopperLead -WhatIf -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.FullyQualifiedErrorId | Should -Be 'CopperNotFound,CopperPS.Cmdlets.Leads.ConvertCopperLeadCommand'
    }

    It 'says of a value without an opportunity that piped leads take a script block' {
        { $lead | Convert-CopperLead -Pipeline Sales -ErrorAction Stop } | Should -Throw '*-OpportunityName { "Deal with $($_.Name)" }*'
    }

    It 'names with -WhatIf all that becomes of a lead: <what>' -TestCases @(
        @{
            what = 'friendly names of what was given by name'
            call = { $lead | Convert-CopperLead -OpportunityName Deal -Pipeline Sales -Stage Negotiation -MonetaryValue 9999 -WhatIf }
            text = "company 'Cobol Corp' that Copper creates, unless it finds one with a similar name, and opportunity 'Deal' with " +
            "Pipeline 'Sales', Stage 'Negotiation', MonetaryValue '9999'"
        }
        @{
            what = 'and by id, with the pipeline that follows from the stage'
            call = { Convert-CopperLead $lead.Id -OpportunityName Deal -Pipeline 213214 -Stage 1032144 -Company $company -WhatIf }
            text = "company 'Navy', and opportunity 'Deal' with Pipeline 'Sales', Stage 'Negotiation', the lead's MonetaryValue '500'"
        }
        @{
            what = 'the stage and the value that it gets by itself'
            call = { Convert-CopperLead $lead.Id -OpportunityName Deal -NoCompany -WhatIf }
            text = "no company, and opportunity 'Deal' with the default pipeline, its first stage, the lead's MonetaryValue '500'"
        }
        @{
            what = 'a company that exists'
            call = { $lead | Convert-CopperLead -CompanyName Navy -WhatIf }
            text = "company 'Navy' that exists (id *), and no opportunity, so that the lead's MonetaryValue '500' is not kept"
        }
        @{
            what = 'the person'
            call = { $lead | Convert-CopperLead -PersonName 'G. Hopper' -ContactType 451490 -Assignee 1002 -NoCompany -WhatIf }
            text = "no company, PersonName 'G. Hopper', ContactType '*', Assignee '*', and no opportunity, so that the lead's " +
            "MonetaryValue '500' is not kept"
        }
    ) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
        $null = Start-Transcript $file
        try { & $call } finally { $null = Stop-Transcript }
        $line = @((Get-Content $file) -join ' ' -split '(?=What if: )' | Where-Object { $_ -like 'What if: *' })[0]
        $line | Should -BeLike "*Convert to a person with $text`" on target*"
        $line | Should -Not -Match "ContactType '\d|Assignee '\d"
        Get-SandboxRequest $sandbox | Where-Object { $_ -notmatch '^(GET|POST /\w+/search)' } | Should -BeNullOrEmpty
    }

    It 'takes the value from a script block for each lead, and not from the piped lead itself' {
        $other = New-CopperLead 'Ada' -MonetaryValue 100
        Clear-SandboxJournal $sandbox
        $null = $lead, $other | Convert-CopperLead -OpportunityName x -MonetaryValue { $_.MonetaryValue * 2 } -Confirm:$false
        $sent = @(Get-SandboxRequest $sandbox)
        $sent[0] | Should -BeLike '*"monetary_value":1000*'
        $sent[1] | Should -BeLike '*"monetary_value":200*'
        $third = New-CopperLead 'Third' -MonetaryValue 300
        Clear-SandboxJournal $sandbox
        $null = $third | Convert-CopperLead -OpportunityName x -Confirm:$false
        Get-SandboxRequest $sandbox | Should -Not -BeLike '*monetary_value*'
    }

    It 'takes the value of a row for its opportunity, and lets it be where none is made' {
        $other = New-CopperLead 'Ada' -MonetaryValue 100
        Clear-SandboxJournal $sandbox
        [pscustomobject] @{ Id = $lead.Id; MonetaryValue = '750.5'; OpportunityName = 'Deal' },
        [pscustomobject] @{ Id = $other.Id; MonetaryValue = '5'; OpportunityName = '' } | Convert-CopperLead -Confirm:$false | Out-Null
        $sent = @(Get-SandboxRequest $sandbox)
        $sent[0] | Should -BeLike '*"monetary_value":750.5*'
        $sent[1] | Should -Not -BeLike '*monetary_value*'
    }

    It 'converts every lead of a search, although each one that is converted leaves it' {
        1..23 | ForEach-Object { New-CopperLead "Lead $_" -Email "lead$_@many.example" -Tag batch } | Out-Null
        $conversions = @(Get-CopperLead -Tag batch -PageSize 5 | Convert-CopperLead -Confirm:$false)
        $conversions | Should -HaveCount 23
        ($conversions.LeadId | Sort-Object -Unique) | Should -HaveCount 23
        Get-CopperLead -Tag batch | Should -BeNullOrEmpty
    }

    It 'converts all new leads in one line, without asking' {
        $new = @(Get-CopperLead -Status 208231)
        $new.Count | Should -BeGreaterThan 1
        $conversions = @(Get-CopperLead -Status 208231 -PageSize 2 | Convert-CopperLead -Confirm:$false)
        $conversions.LeadId | Sort-Object | Should -Be @($new.Id | Sort-Object)
    }

    It 'leaves a stream of people complete that it makes people for' {
        $before = @(Get-CopperPerson).Count
        $seen = @(Get-CopperPerson -PageSize 5 | ForEach-Object {
                if ($_.Id -eq 1) { $lead | Convert-CopperLead -Confirm:$false | Out-Null }
                $_
            })
        $seen.Count | Should -Be ($before + 1)
    }
}

Describe 'Sync-CopperLead' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $field = Get-CopperCustomFieldDefinition 'External Id'
        Clear-SandboxJournal $sandbox
    }

    It 'makes a lead, and changes it the next time' {
        $made = Sync-CopperLead -MatchEmail -Email 'ada@sync.example' -Name 'Ada'
        Get-SandboxRequest $sandbox |
            Should -Be ('PUT /leads/upsert {"properties":{"name":"Ada","email":{"email":"ada@sync.example","category":"work"}},' +
                '"match":{"field_name":"email","field_value":"ada@sync.example"}}')
        $changed = Sync-CopperLead 'Ada L.' -MatchEmail -Email 'ada@sync.example' -Title 'Countess'
        $changed.Id | Should -Be $made.Id
        $changed.Name, $changed.Title | Should -Be 'Ada L.', 'Countess'
    }

    It 'matches by a custom field, whose value a new lead gets' {
        $made = Sync-CopperLead 'Ada' -MatchField $field -MatchValue 'A-1'
        $again = Sync-CopperLead -MatchField $field.Id -CustomField @{ $field.Id = 'A-1' } -Details 'x'
        $again.Id | Should -Be $made.Id
        $again.Name, $again.Details | Should -Be 'Ada', 'x'
        $sent = Get-SandboxRequest $sandbox
        $value = "{`"custom_field_definition_id`":$($field.Id),`"value`":`"A-1`"}"
        $match = "`"match`":{`"field_name`":`"custom`",`"field_value`":$value}"
        $sent[0].Contains($match) | Should -BeTrue -Because $sent[0]
    }

    It 'reads rows of a CSV file, an empty cell of which is not given' {
        $rows = "Name,Email,City`nAda,ada@csv.example,London`nBob,bob@csv.example,`nNobody,," | ConvertFrom-Csv
        $leads = @($rows | Sync-CopperLead -MatchEmail -ErrorVariable problems -ErrorAction SilentlyContinue)
        $leads.Name | Should -Be 'Ada', 'Bob'
        $problems | Should -HaveCount 1
        (Get-SandboxRequest $sandbox)[1] | Should -Not -Match 'address'
        @($rows[0, 1] | Sync-CopperLead -MatchEmail).Id | Should -Be $leads.Id
    }

    It 'names the leads when several match, and changes none' {
        $twins = 1, 2 | ForEach-Object { New-CopperLead "Twin $_" -Email 'twin@sync.example' }
        Sync-CopperLead 'Changed' -MatchEmail -Email 'twin@sync.example' -ErrorVariable problems -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
        foreach ($twin in $twins) { "$($problems[0])" | Should -Match $twin.Id }
        (Get-CopperLead $twins.Id).Name | Should -Be 'Twin 1', 'Twin 2'
    }

    It 'rejects <what> before anything is sent' -TestCases @(
        @{ what = 'a match by an address that is not given'; call = { Sync-CopperLead 'Ada' -MatchEmail } }
        @{ what = 'a match by a value that is not given'; call = { Sync-CopperLead 'Ada' -MatchField $field } }
        @{
            what = 'a person as field'
            call = { Sync-CopperLead 'Ada' -MatchField ([Copper.Client.Models.CopperPerson]@{ Id = 1 }) -MatchValue 1 }
        }
        @{ what = 'both kinds of match'; call = { Sync-CopperLead 'Ada' -MatchEmail -Email a@b.example -MatchField 1 } }
    ) {
        { $ErrorActionPreference = 'Stop'; & $call } | Should -Throw
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'matches by the name of a custom field, and by the label of a choice' {
        $lead = Sync-CopperLead 'Ada' -MatchField 'external id' -MatchValue 'B-1'
        (Sync-CopperLead 'Ada' -MatchField 'External Id' -CustomField @{ 'External Id' = 'B-1' }).Id | Should -Be $lead.Id
        Clear-SandboxJournal $sandbox
        $south = (Get-CopperCustomFieldDefinition Region -Entity Lead | Get-CopperCustomFieldOption -Name South)
        Sync-CopperLead 'Ada' -MatchField 'Region' -MatchValue south -ErrorAction SilentlyContinue | Out-Null
        @(Get-SandboxRequest $sandbox)[-1] | Should -Match "`"custom_field_definition_id`":$($south.DefinitionId),`"value`":$($south.Id)\}"
    }

    It 'rejects a field that is not filterable or not on leads' {
        $plain = New-CopperCustomFieldDefinition 'Plain' String -AvailableOn Lead
        Clear-SandboxJournal $sandbox
        Sync-CopperLead 'Ada' -MatchField $plain -MatchValue x -ErrorVariable problems -ErrorAction SilentlyContinue
        "$($problems[0])" | Should -Match '-Filterable'
        Sync-CopperLead 'Ada' -MatchField Interests -MatchValue x -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperUnknownName,*'
        Get-SandboxRequest $sandbox | Where-Object { $_ -notlike 'GET *' } | Should -BeNullOrEmpty
    }

    It 'sends nothing with -WhatIf, and accepts a response without a body' {
        Sync-CopperLead 'Ada' -MatchEmail -Email a@b.example -WhatIf
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        Set-SandboxFault $sandbox @{ kind = 'empty' }
        Sync-CopperLead 'Ada' -MatchEmail -Email a@b.example -WarningVariable warnings -WarningAction SilentlyContinue |
            Should -BeNullOrEmpty
        $warnings | Should -HaveCount 1
    }
}
