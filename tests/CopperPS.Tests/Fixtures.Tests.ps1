# The published answers of the service (tests/Fixtures), each replayed to the cmdlet that would receive it.

BeforeDiscovery {
    $reads = [ordered] @{
        'GET_account'                     = 'GET', '^/account$', { Get-CopperAccount -Force }
        'GET_users_ID'                    = 'GET', '^/users/me$', { Get-CopperUser -Me }
        'POST_users_search'               = 'POST', '^/users/search$', { Get-CopperUser -Force }
        'GET_activity_types'              = 'GET', '^/activity_types$', { Get-CopperActivityType -Force }
        'GET_contact_types'               = 'GET', '^/contact_types$', { Get-CopperContactType -Force }
        'GET_customer_sources'            = 'GET', '^/customer_sources$', { Get-CopperCustomerSource -Force }
        'GET_loss_reasons'                = 'GET', '^/loss_reasons$', { Get-CopperLossReason -Force }
        'GET_lead_statuses'               = 'GET', '^/lead_statuses$', { Get-CopperLeadStatus -Force }
        'GET_pipelines'                   = 'GET', '^/pipelines$', { Get-CopperPipeline -Force }
        'GET_pipeline_stages'             = 'GET', '^/pipeline_stages$', { Get-CopperPipelineStage -Force }
        'GET_pipeline_stages_pipeline_ID' = 'GET', '^/pipeline_stages$', { Get-CopperPipelineStage -Force }
        'GET_custom_activity_types'       = 'GET', '^/custom_activity_types$', { Get-CopperCustomActivityType -Force }
        'GET_custom_field_definitions'    = 'GET', '^/custom_field_definitions$', { Get-CopperCustomFieldDefinition -Force }
        'GET_tags_names'                  = 'GET', '^/tags$', { Get-CopperTag -Force }
        'GET_webhooks'                    = 'GET', '^/webhooks$', { Get-CopperWebhook }
        'GET_webhooksID'                  = 'GET', '^/webhooks/#$', { Get-CopperWebhook '#' }
        'GET_field_layouts_by_entity_ID'  = 'GET', '^/field_layouts', { Get-CopperFieldLayout -Entity Lead -Force }
        'GET_ID_ID_files'                 = 'GET', '^/people/1/files$', { Get-CopperFile -RelatedTo 1 -RelatedType Person }
        'GET_ID_ID_related'               = 'GET', '^/people/1/related$', { Get-CopperRelatedItem 1 -FromType Person }
        'POST_people_fetch_by_email'      = 'POST', '^/people/fetch_by_email$', { Get-CopperPerson -Email a@b.example }
        'POST_leads_ID_convert'           = 'POST', '^/leads/20000001/convert$', { Convert-CopperLead 20000001 -Confirm:$false }
        'PUT_leads_upsert'                = 'PUT', '^/leads/upsert$', { Sync-CopperLead -MatchEmail -Email a@b.example -Name x }
        'POST_leads_ID_activities'        = 'POST', '^/activities/search$', { Get-CopperActivity }
        'POST_people_ID_activities'       = 'POST', '^/activities/search$', { Get-CopperActivity }
        'POST_companies_ID_activities'    = 'POST', '^/activities/search$', { Get-CopperActivity }
    }
    foreach ($noun in 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task', 'Activity') {
        $path = @{ Person = 'people'; Company = 'companies'; Opportunity = 'opportunities'; Activity = 'activities' }[$noun]
        if (-not $path) { $path = $noun.ToLowerInvariant() + 's' }
        $reads["GET_${path}_ID"] = 'GET', "^/$path/#$", [scriptblock]::Create("Get-Copper$noun '#'")
        $reads["POST_${path}_search"] = 'POST', "^/$path/search$", [scriptblock]::Create("Get-Copper$noun")
        if ($noun -ne 'Activity') {
            $reads["POST_$path"] = 'POST', "^/$path$", [scriptblock]::Create("New-Copper$noun x")
            $reads["PUT_${path}_ID"] = 'PUT', "^/$path/#$", [scriptblock]::Create("Set-Copper$noun '#' -Name x -PassThru")
        }
    }
    $answers = foreach ($file in Get-ChildItem (Join-Path $PSScriptRoot '../Fixtures/*.json')) {
        $read = $reads[($file.BaseName -replace '\.\d+$')]
        if ($read) { @{ name = $file.BaseName; file = $file.FullName; method = $read[0]; path = $read[1]; call = $read[2] } }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 5
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0 }
    $null = Get-CopperCustomFieldDefinition

    function Get-Text($Node) {
        # The texts in an answer that are no numbers or days, which become such.
        if ($Node -is [string]) { if ($Node -notmatch '^[\d./-]*$') { $Node } }
        elseif ($Node -is [System.Collections.IEnumerable]) { foreach ($item in $Node) { Get-Text $item } }
        elseif ($Node -is [pscustomobject]) {
            foreach ($property in $Node.PSObject.Properties) { if ($property.Name -ne 'secret') { Get-Text $property.Value } }
        }
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'The published response <name>' -ForEach $answers {
    BeforeAll {
        $body = [IO.File]::ReadAllText($file)
        # A # stands for the id of the record in the response: a response about another record is an error.
        $id = "$((ConvertFrom-Json $body).id)"
        $call = [scriptblock]::Create("$call".Replace('#', $id))
        $path = $path.Replace('#', $id)
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = $body; match = @{ method = $method; path = $path } }
        $read = @(& $call -ErrorAction Continue 3>&1 2>&1)
    }

    It 'is read, without an error or a warning' {
        $read.Count | Should -BeGreaterThan 0
        $read | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] -or $_ -is [System.Management.Automation.WarningRecord] } |
            Should -BeNullOrEmpty
        $sent = ConvertFrom-Json $body
        if ($sent -is [array]) { $read | Should -HaveCount $sent.Count }
    }

    It 'keeps its texts in ConvertTo-Json' {
        $json = $read | ConvertTo-Json -Depth 10 | ForEach-Object { [regex]::Unescape($_) }
        foreach ($text in Get-Text (ConvertFrom-Json $body)) {
            # The ends of connections and relations are spelled alike everywhere.
            if ($text -ne 'people') { "$json".Contains($text) | Should -BeTrue -Because $text }
        }
    }

    It 'shows in every view, in CSV and in flat rows' {
        foreach ($view in { Out-String }, { Format-Table | Out-String }, { Format-List | Out-String }, { Format-List * | Out-String },
            { Format-Wide | Out-String }) {
            ($read | & ([scriptblock]::Create("`$input | $view")) 2>&1) -join '' | Should -Not -BeNullOrEmpty
        }
        $csv = $read | ConvertTo-Csv -NoTypeInformation
        $csv | Should -HaveCount ($read.Count + 1) -Because 'a row is a line, and no text of the answers has line breaks'
        "$csv" | Should -Not -Match 'System\.|Copper\.Client'
        if ($read[0].PSObject.TypeNames[0] -match 'Copper(Person|Company|Lead|Opportunity|Project|Task|Activity)$') {
            $rows = @($read | ConvertTo-CopperFlatRecord -WarningAction SilentlyContinue)
            $rows | Should -HaveCount $read.Count
            $rows[0].Id | Should -Be $read[0].Id
        }
    }
}
