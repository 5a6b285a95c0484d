# Every endpoint of the Developer API, the cmdlet that reaches it, and the proof: the call is made, and the journal of the
# sandbox has to show it. Without a cmdlet of its own an endpoint is reached by Invoke-CopperRequest.

BeforeDiscovery {
    $endpoints = @(
        @{ Endpoint = 'GET /account'; Cmdlet = 'Get-CopperAccount'; Call = { Get-CopperAccount -Force } }
        @{ Endpoint = 'GET /users/{id}'; Cmdlet = 'Invoke-CopperRequest'; Call = { Invoke-CopperRequest users/1001 } }
        @{ Endpoint = 'GET /users/me'; Cmdlet = 'Get-CopperUser'; Call = { Get-CopperUser -Me } }
        @{ Endpoint = 'POST /users/search'; Cmdlet = 'Get-CopperUser'; Call = { Get-CopperUser -Force } }

        @{ Endpoint = 'GET /leads/{id}'; Cmdlet = 'Get-CopperLead'; Call = { Get-CopperLead $lead.Id } }
        @{ Endpoint = 'POST /leads'; Cmdlet = 'New-CopperLead'; Call = { New-CopperLead 'Ada' } }
        @{ Endpoint = 'PUT /leads/{id}'; Cmdlet = 'Set-CopperLead'; Call = { $lead | Set-CopperLead -Details x } }
        @{
            Endpoint = 'DELETE /leads/{id}'; Cmdlet = 'Remove-CopperLead'
            Call = { New-CopperLead 'Ada' | Remove-CopperLead -Confirm:$false }
        }
        @{ Endpoint = 'POST /leads/search'; Cmdlet = 'Get-CopperLead'; Call = { Get-CopperLead -First 1 } }
        @{
            Endpoint = 'PUT /leads/upsert'; Cmdlet = 'Sync-CopperLead'
            Call = { Sync-CopperLead -Name 'Ada' -Email 'ada@engine.example' -MatchEmail }
        }
        @{
            Endpoint = 'POST /leads/{id}/convert'; Cmdlet = 'Convert-CopperLead'
            Call = { New-CopperLead 'Ada' | Convert-CopperLead -NoCompany -Confirm:$false }
        }
        @{
            Endpoint = 'POST /leads/{id}/activities'; Cmdlet = 'Invoke-CopperRequest'
            Call = { Invoke-CopperRequest "leads/$($lead.Id)/activities" -Method Post -All }
        }
        @{
            Endpoint = 'POST /leads/bulk_create'; Cmdlet = 'New-CopperLead'
            Call = { [pscustomobject]@{ Name = 'Ada' } | New-CopperLead -Bulk }
        }
        @{ Endpoint = 'POST /leads/bulk_update'; Cmdlet = 'Set-CopperLead'; Call = { $lead | Set-CopperLead -Bulk -Details x } }
        @{ Endpoint = 'GET /lead_statuses'; Cmdlet = 'Get-CopperLeadStatus'; Call = { Get-CopperLeadStatus -Force } }
        @{ Endpoint = 'GET /customer_sources'; Cmdlet = 'Get-CopperCustomerSource'; Call = { Get-CopperCustomerSource -Force } }

        @{ Endpoint = 'GET /people/{id}'; Cmdlet = 'Get-CopperPerson'; Call = { Get-CopperPerson 1 } }
        @{
            Endpoint = 'POST /people/fetch_by_email'; Cmdlet = 'Get-CopperPerson'
            Call = { Get-CopperPerson -Email 'nobody@nowhere.example' }
        }
        @{ Endpoint = 'POST /people'; Cmdlet = 'New-CopperPerson'; Call = { New-CopperPerson 'Ada' } }
        @{ Endpoint = 'PUT /people/{id}'; Cmdlet = 'Set-CopperPerson'; Call = { Set-CopperPerson 1 -Details x } }
        @{
            Endpoint = 'DELETE /people/{id}'; Cmdlet = 'Remove-CopperPerson'
            Call = { New-CopperPerson 'Ada' | Remove-CopperPerson -Confirm:$false }
        }
        @{ Endpoint = 'POST /people/search'; Cmdlet = 'Get-CopperPerson'; Call = { Get-CopperPerson -First 1 } }
        @{
            Endpoint = 'POST /people/{id}/activities'; Cmdlet = 'Invoke-CopperRequest'
            Call = { Invoke-CopperRequest people/1/activities -Method Post -All }
        }
        @{
            Endpoint = 'POST /people/bulk_create'; Cmdlet = 'New-CopperPerson'
            Call = { [pscustomobject]@{ Name = 'Ada' } | New-CopperPerson -Bulk }
        }
        @{ Endpoint = 'POST /people/bulk_update'; Cmdlet = 'Set-CopperPerson'; Call = { 1 | Set-CopperPerson -Bulk -Details x } }
        @{ Endpoint = 'GET /contact_types'; Cmdlet = 'Get-CopperContactType'; Call = { Get-CopperContactType -Force } }

        @{ Endpoint = 'GET /companies/{id}'; Cmdlet = 'Get-CopperCompany'; Call = { Get-CopperCompany $company.Id } }
        @{ Endpoint = 'POST /companies'; Cmdlet = 'New-CopperCompany'; Call = { New-CopperCompany 'Engines' } }
        @{ Endpoint = 'PUT /companies/{id}'; Cmdlet = 'Set-CopperCompany'; Call = { $company | Set-CopperCompany -Details x } }
        @{
            Endpoint = 'DELETE /companies/{id}'; Cmdlet = 'Remove-CopperCompany'
            Call = { New-CopperCompany 'Engines' | Remove-CopperCompany -Confirm:$false }
        }
        @{ Endpoint = 'POST /companies/search'; Cmdlet = 'Get-CopperCompany'; Call = { Get-CopperCompany -First 1 } }
        @{
            Endpoint = 'POST /companies/{id}/activities'; Cmdlet = 'Invoke-CopperRequest'
            Call = { Invoke-CopperRequest "companies/$($company.Id)/activities" -Method Post -All }
        }
        @{
            Endpoint = 'POST /companies/bulk_create'; Cmdlet = 'New-CopperCompany'
            Call = { [pscustomobject]@{ Name = 'Engines' } | New-CopperCompany -Bulk }
        }
        @{
            Endpoint = 'POST /companies/bulk_update'; Cmdlet = 'Set-CopperCompany'; Call = { $company | Set-CopperCompany -Bulk -Details x }
        }

        @{ Endpoint = 'GET /opportunities/{id}'; Cmdlet = 'Get-CopperOpportunity'; Call = { Get-CopperOpportunity $opportunity.Id } }
        @{ Endpoint = 'POST /opportunities'; Cmdlet = 'New-CopperOpportunity'; Call = { New-CopperOpportunity 'Engine' -PrimaryContact 1 } }
        @{
            Endpoint = 'PUT /opportunities/{id}'; Cmdlet = 'Set-CopperOpportunity'
            Call = { $opportunity | Set-CopperOpportunity -Details x }
        }
        @{
            Endpoint = 'DELETE /opportunities/{id}'; Cmdlet = 'Remove-CopperOpportunity'
            Call = { New-CopperOpportunity 'Engine' -PrimaryContact 1 | Remove-CopperOpportunity -Confirm:$false }
        }
        @{ Endpoint = 'POST /opportunities/search'; Cmdlet = 'Get-CopperOpportunity'; Call = { Get-CopperOpportunity -First 1 } }
        @{
            Endpoint = 'POST /opportunities/{id}/activities'; Cmdlet = 'Invoke-CopperRequest'
            Call = { Invoke-CopperRequest "opportunities/$($opportunity.Id)/activities" -Method Post -All }
        }
        @{
            Endpoint = 'POST /opportunities/bulk_create'; Cmdlet = 'New-CopperOpportunity'
            Call = { [pscustomobject]@{ Name = 'Engine'; PrimaryContact = 1 } | New-CopperOpportunity -Bulk }
        }
        @{ Endpoint = 'GET /pipelines'; Cmdlet = 'Get-CopperPipeline'; Call = { Get-CopperPipeline -Force } }
        @{ Endpoint = 'GET /pipeline_stages'; Cmdlet = 'Get-CopperPipelineStage'; Call = { Get-CopperPipelineStage -Force } }
        @{
            Endpoint = 'GET /pipeline_stages/pipeline/{id}'; Cmdlet = 'Invoke-CopperRequest'
            Call = { Invoke-CopperRequest "pipeline_stages/pipeline/$((Get-CopperPipeline)[0].Id)" }
        }
        @{ Endpoint = 'GET /loss_reasons'; Cmdlet = 'Get-CopperLossReason'; Call = { Get-CopperLossReason -Force } }

        @{ Endpoint = 'GET /projects/{id}'; Cmdlet = 'Get-CopperProject'; Call = { Get-CopperProject $project.Id } }
        @{ Endpoint = 'POST /projects'; Cmdlet = 'New-CopperProject'; Call = { New-CopperProject 'Engine' } }
        @{ Endpoint = 'PUT /projects/{id}'; Cmdlet = 'Set-CopperProject'; Call = { $project | Set-CopperProject -Details x } }
        @{
            Endpoint = 'DELETE /projects/{id}'; Cmdlet = 'Remove-CopperProject'
            Call = { New-CopperProject 'Engine' | Remove-CopperProject -Confirm:$false }
        }
        @{ Endpoint = 'POST /projects/search'; Cmdlet = 'Get-CopperProject'; Call = { Get-CopperProject -First 1 } }

        @{ Endpoint = 'GET /tasks/{id}'; Cmdlet = 'Get-CopperTask'; Call = { Get-CopperTask $task.Id } }
        @{ Endpoint = 'POST /tasks'; Cmdlet = 'New-CopperTask'; Call = { New-CopperTask 'Call Ada' } }
        @{ Endpoint = 'PUT /tasks/{id}'; Cmdlet = 'Complete-CopperTask'; Call = { $task | Complete-CopperTask } }
        @{
            Endpoint = 'DELETE /tasks/{id}'; Cmdlet = 'Remove-CopperTask'
            Call = { New-CopperTask 'Call Ada' | Remove-CopperTask -Confirm:$false }
        }
        @{ Endpoint = 'POST /tasks/search'; Cmdlet = 'Get-CopperTask'; Call = { Get-CopperTask -First 1 } }

        @{ Endpoint = 'GET /activities/{id}'; Cmdlet = 'Get-CopperActivity'; Call = { Get-CopperActivity $activity.Id } }
        @{
            Endpoint = 'POST /activities'; Cmdlet = 'New-CopperActivity'; Call = { New-CopperActivity -RelatedTo $person -Details 'Called' }
        }
        @{ Endpoint = 'PUT /activities/{id}'; Cmdlet = 'Set-CopperActivity'; Call = { $activity | Set-CopperActivity -Details x } }
        @{
            Endpoint = 'DELETE /activities/{id}'; Cmdlet = 'Remove-CopperActivity'
            Call = { New-CopperActivity -RelatedTo $person -Details 'x' | Remove-CopperActivity -Confirm:$false }
        }
        @{ Endpoint = 'POST /activities/search'; Cmdlet = 'Get-CopperActivity'; Call = { Get-CopperActivity -First 1 } }
        @{
            Endpoint = 'POST /activities/bulk_create'; Cmdlet = 'New-CopperActivity'
            Call = { $person | ForEach-Object { [pscustomobject]@{ RelatedTo = $_; Details = 'x' } } | New-CopperActivity -Bulk }
        }
        @{ Endpoint = 'GET /activity_types'; Cmdlet = 'Get-CopperActivityType'; Call = { Get-CopperActivityType -Force } }

        @{
            Endpoint = 'GET /custom_activity_types'; Cmdlet = 'Get-CopperCustomActivityType'; Call = { Get-CopperCustomActivityType -Force }
        }
        @{
            Endpoint = 'GET /custom_activity_types/{id}'; Cmdlet = 'Invoke-CopperRequest'
            Call = { Invoke-CopperRequest "custom_activity_types/$($activityType.Id)" }
        }
        @{
            Endpoint = 'POST /custom_activity_types'; Cmdlet = 'New-CopperCustomActivityType'
            Call = { New-CopperCustomActivityType 'Lunch' -IconType Event }
        }
        @{
            Endpoint = 'PUT /custom_activity_types/{id}'; Cmdlet = 'Set-CopperCustomActivityType'
            Call = { $activityType | Set-CopperCustomActivityType -IconType Todo }
        }

        @{
            Endpoint = 'GET /custom_field_definitions'; Cmdlet = 'Get-CopperCustomFieldDefinition'
            Call = { Get-CopperCustomFieldDefinition -Force }
        }
        @{
            Endpoint = 'GET /custom_field_definitions/{id}'; Cmdlet = 'Invoke-CopperRequest'
            Call = { Invoke-CopperRequest "custom_field_definitions/$($field.Id)" }
        }
        @{
            Endpoint = 'POST /custom_field_definitions'; Cmdlet = 'New-CopperCustomFieldDefinition'
            Call = { New-CopperCustomFieldDefinition 'Shoe size' Float -AvailableOn Person }
        }
        @{
            Endpoint = 'PUT /custom_field_definitions/{id}'; Cmdlet = 'Set-CopperCustomFieldDefinition'
            Call = { $field | Set-CopperCustomFieldDefinition -Name 'Hat size' }
        }
        @{
            Endpoint = 'DELETE /custom_field_definitions/{id}'; Cmdlet = 'Remove-CopperCustomFieldDefinition'
            Call = {
                New-CopperCustomFieldDefinition 'Gone' String -AvailableOn Person | Remove-CopperCustomFieldDefinition -Confirm:$false
            }
        }

        @{ Endpoint = 'GET /related_links'; Cmdlet = 'Get-CopperConnection'; Call = { $company | Get-CopperConnection } }
        @{
            Endpoint = 'POST /related_links'; Cmdlet = 'Add-CopperConnection'
            Call = { $company | Add-CopperConnection -To (New-CopperCompany 'Partner') -Field $connect }
        }
        @{
            Endpoint = 'DELETE /related_links/{id}'; Cmdlet = 'Remove-CopperConnection'
            Call = {
                $company | Add-CopperConnection -To (New-CopperCompany 'Partner') -Field $connect -PassThru |
                    Remove-CopperConnection -Confirm:$false
            }
        }

        @{ Endpoint = 'GET /people/{id}/related'; Cmdlet = 'Get-CopperRelatedItem'; Call = { $person | Get-CopperRelatedItem } }
        @{
            Endpoint = 'GET /people/{id}/related/opportunities'; Cmdlet = 'Get-CopperRelatedItem'
            Call = { $person | Get-CopperRelatedItem -Type Opportunity }
        }
        @{
            Endpoint = 'POST /people/{id}/related'; Cmdlet = 'Add-CopperRelatedItem'
            Call = { New-CopperPerson 'Ada' | Add-CopperRelatedItem -To $opportunity }
        }
        @{
            Endpoint = 'DELETE /people/{id}/related'; Cmdlet = 'Remove-CopperRelatedItem'
            Call = {
                $ada = New-CopperPerson 'Ada'; $ada | Add-CopperRelatedItem -To $opportunity; $ada |
                    Remove-CopperRelatedItem -To $opportunity -Confirm:$false
            }
        }

        @{
            Endpoint = 'GET /field_layouts/by_entity/{id}'; Cmdlet = 'Get-CopperFieldLayout'; Call = { Get-CopperFieldLayout Person -Force }
        }
        @{ Endpoint = 'GET /tags'; Cmdlet = 'Get-CopperTag'; Call = { Get-CopperTag -Force } }

        @{ Endpoint = 'GET /people/{id}/files'; Cmdlet = 'Get-CopperFile'; Call = { $person | Get-CopperFile } }
        @{ Endpoint = 'GET /people/{id}/files/{id}'; Cmdlet = 'Get-CopperFile'; Call = { $person | Get-CopperFile -Id $attached.Id } }
        @{ Endpoint = 'GET /people/{id}/files/s3_signed_url'; Cmdlet = 'Add-CopperFile'; Call = { $person | Add-CopperFile $document } }
        @{ Endpoint = 'POST /people/{id}/files'; Cmdlet = 'Add-CopperFile'; Call = { $person | Add-CopperFile $document } }
        @{
            Endpoint = 'DELETE /people/{id}/files/{id}'; Cmdlet = 'Remove-CopperFile'
            Call = { $person | Add-CopperFile $document -PassThru | Remove-CopperFile -Confirm:$false }
        }

        @{ Endpoint = 'GET /webhooks'; Cmdlet = 'Get-CopperWebhook'; Call = { Get-CopperWebhook } }
        @{ Endpoint = 'GET /webhooks/{id}'; Cmdlet = 'Get-CopperWebhook'; Call = { Get-CopperWebhook $webhook.Id } }
        @{
            Endpoint = 'POST /webhooks'; Cmdlet = 'Register-CopperWebhook'
            Call = { Register-CopperWebhook https://hooks.example.com/new -Type person -Event new }
        }
        @{
            Endpoint = 'PUT /webhooks/{id}'; Cmdlet = 'Set-CopperWebhook'
            Call = { $webhook | Set-CopperWebhook -Target https://hooks.example.com/other }
        }
        @{
            Endpoint = 'DELETE /webhooks/{id}'; Cmdlet = 'Unregister-CopperWebhook'
            Call = {
                Register-CopperWebhook https://hooks.example.com/gone -Type lead -Event new | Unregister-CopperWebhook -Confirm:$false
            }
        }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }

    $person = Get-CopperPerson 1
    $lead = New-CopperLead 'Grace'
    $company = New-CopperCompany 'Analytical Engines'
    $opportunity = New-CopperOpportunity 'Engine' -PrimaryContact 1
    $project = New-CopperProject 'Engine'
    $task = New-CopperTask 'Call'
    $activity = New-CopperActivity -RelatedTo $person -Details 'Met'
    $activityType = New-CopperCustomActivityType 'Dinner' -IconType Event
    $field = New-CopperCustomFieldDefinition 'Size' Float -AvailableOn Person
    $connect = Get-CopperCustomFieldDefinition Partner
    $webhook = Register-CopperWebhook https://hooks.example.com/copper -Type task -Event new
    $document = Join-Path $TestDrive 'offer.txt'
    Set-Content $document 'Dear Ada'
    $attached = $person | Add-CopperFile $document -PassThru
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Endpoints' {
    It '<Endpoint> is reached by <Cmdlet>' -ForEach $endpoints {
        Clear-SandboxJournal $sandbox
        & $Call | Out-Null
        $pattern = '^' + [regex]::Escape($Endpoint).Replace('\{id}', '[^/]+') + '$'
        $reached = @(Get-SandboxJournal $sandbox | Where-Object { "$($_.method) $($_.path)" -match $pattern })
        $reached | Should -Not -BeNullOrEmpty
        $reached[-1].status | Should -BeIn 200, 404
        "$Call" | Should -Match $Cmdlet
    }

    It 'are all ninety' {
        # Counted without the upload itself, which is the storage host's.
        @($endpoints.Endpoint | Sort-Object -Unique) | Should -HaveCount 90
    } -ForEach @(, @{ endpoints = $endpoints })
}
