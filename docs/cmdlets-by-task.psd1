# The cmdlets by what somebody wants to do. ./build.ps1 docs writes docs/en-US/CopperPS.md from it, with the synopsis of each page.
@{
    Tasks = @(
        @{
            Title   = 'Connect'
            Text    = 'Everything else needs a session. `Connect-Copper -Sandbox` needs no account.'
            Cmdlets = @(
                'Connect-Copper', 'Disconnect-Copper', 'Get-CopperSession', 'Test-CopperConnection', 'Get-CopperRateLimit',
                'Clear-CopperCache', 'New-CopperAccessToken'
            )
        }
        @{
            Title   = 'Find and read records'
            Text    = 'People, deals, their history, for a report or Excel: [about_CopperPS_Searching](about_CopperPS_Searching.md).'
            Cmdlets = @(
                'Get-CopperPerson', 'Get-CopperCompany', 'Get-CopperLead', 'Get-CopperOpportunity', 'Show-CopperPipeline',
                'Get-CopperProject', 'Get-CopperTask', 'Get-CopperActivity'
            )
        }
        @{
            Title   = 'Create records'
            Text    = 'From parameters, from rows of a file, or from a piped record that the new one is about.'
            Cmdlets = @(
                'New-CopperPerson', 'New-CopperCompany', 'New-CopperLead', 'New-CopperOpportunity', 'New-CopperProject',
                'New-CopperTask', 'New-CopperActivity', 'Sync-CopperPerson', 'Sync-CopperLead', 'Convert-CopperLead'
            )
        }
        @{
            Title   = 'Update records'
            Text    = 'One record, or many in bulk. `-WhatIf` shows former and new values. Guide: [in bulk](../guides/clean-up.md).'
            Cmdlets = @(
                'Set-CopperPerson', 'Set-CopperCompany', 'Set-CopperLead', 'Set-CopperOpportunity', 'Set-CopperProject',
                'Set-CopperTask', 'Complete-CopperTask', 'Set-CopperActivity', 'Move-CopperAssignment'
            )
        }
        @{
            Title   = 'Delete records'
            Text    = 'The service has no recycle bin for its API, so these ask before each record. Back up first.'
            Cmdlets = @(
                'Remove-CopperPerson', 'Remove-CopperCompany', 'Remove-CopperLead', 'Remove-CopperOpportunity', 'Remove-CopperProject',
                'Remove-CopperTask', 'Remove-CopperActivity'
            )
        }
        @{
            Title   = 'Relate records and attach files'
            Text    = 'Related items are what the web app shows beside a record; connections are values of connect fields.'
            Cmdlets = @(
                'Get-CopperRelatedItem', 'Add-CopperRelatedItem', 'Remove-CopperRelatedItem',
                'Get-CopperConnection', 'Add-CopperConnection', 'Remove-CopperConnection',
                'Get-CopperFile', 'Add-CopperFile', 'Remove-CopperFile'
            )
        }
        @{
            Title   = 'Import and export files'
            Text    = 'CSV and Excel. A plan shows what a file would change before anything is sent. [Guide](../guides/spreadsheets.md).'
            Cmdlets = @('ConvertTo-CopperFlatRecord', 'Import-CopperRecord', 'Invoke-CopperPlan')
        }
        @{
            Title   = 'Undo'
            Text    = 'A journal is the history of your own changes. Imports, plans and restores write one each.'
            Cmdlets = @('Start-CopperJournal', 'Stop-CopperJournal', 'Get-CopperJournal', 'Undo-CopperChange')
        }
        @{
            Title   = 'Back up, compare and restore'
            Text    = 'The whole account in a folder. Guide: [Back up the account](../guides/backup.md).'
            Cmdlets = @(
                'Backup-CopperAccount', 'Test-CopperSnapshot', 'Get-CopperSnapshotRecord', 'Compare-CopperSnapshot',
                'Restore-CopperSnapshot'
            )
        }
        @{
            Title   = 'Follow changes'
            Text    = 'By asking ([guide](../guides/changes.md)), or by being told ([guide](../guides/react-to-changes.md)).'
            Cmdlets = @(
                'Get-CopperChange', 'Register-CopperWebhook', 'Get-CopperWebhook', 'Set-CopperWebhook', 'Unregister-CopperWebhook',
                'Watch-CopperWebhook', 'ConvertFrom-CopperNotification'
            )
        }
        @{
            Title   = 'Clean up duplicates'
            Text    = 'Guide: [Find and clean up duplicates](../guides/duplicates.md).'
            Cmdlets = @('Find-CopperDuplicate', 'Merge-CopperRecord')
        }
        @{
            Title   = 'Privacy requests (GDPR): export or erase a person'
            Text    = 'Guide: [Answer an access request, and erase a person](../guides/access-request.md).'
            Cmdlets = @('Export-CopperDataSubject', 'Remove-CopperDataSubject')
        }
        @{
            Title   = 'Read the lists of the account'
            Text    = 'Users, pipelines, statuses and the like. Each list is read once per session; parameters take its names.'
            Cmdlets = @(
                'Get-CopperAccount', 'Get-CopperUser', 'Get-CopperPipeline', 'Get-CopperPipelineStage', 'Get-CopperContactType',
                'Get-CopperCustomerSource', 'Get-CopperLossReason', 'Get-CopperLeadStatus', 'Get-CopperActivityType',
                'Get-CopperCustomActivityType', 'Get-CopperTag', 'Get-CopperFieldLayout', 'Get-CopperCustomFieldDefinition',
                'Get-CopperCustomFieldOption'
            )
        }
        @{
            Title   = 'Configure the account'
            Text    = 'Create, rename and delete custom fields and activity types, also from a file. [Guide](../guides/two-accounts.md).'
            Cmdlets = @(
                'New-CopperCustomFieldDefinition', 'Set-CopperCustomFieldDefinition', 'Remove-CopperCustomFieldDefinition',
                'New-CopperCustomActivityType', 'Set-CopperCustomActivityType',
                'Export-CopperConfiguration', 'Compare-CopperConfiguration', 'Import-CopperConfiguration'
            )
        }
        @{
            Title   = 'Call any other endpoint'
            Text    = 'With the credential, rate limit, retries and paging of the session.'
            Cmdlets = @('Invoke-CopperRequest')
        }
        @{
            Title   = 'CopperHub: connect'
            Text    = 'The project management has its own server, login and session: [about_CopperHub](about_CopperHub.md).'
            Cmdlets = @(
                'Connect-CopperHub', 'Disconnect-CopperHub', 'Get-CopperHubSession', 'Test-CopperHubSession', 'Invoke-CopperHubRequest'
            )
        }
        @{
            Title   = 'CopperHub: organisations, projects and tasks'
            Text    = 'Names in place of ids, `-WhatIf` and streaming, as for the CRM.'
            Cmdlets = @(
                'Get-CopperHubOrganisation', 'New-CopperHubOrganisation', 'Set-CopperHubOrganisation', 'Remove-CopperHubOrganisation',
                'Get-CopperHubProject', 'New-CopperHubProject', 'Set-CopperHubProject', 'Remove-CopperHubProject',
                'Get-CopperHubTask', 'New-CopperHubTask', 'Set-CopperHubTask', 'Remove-CopperHubTask',
                'Get-CopperHubTaskComment', 'New-CopperHubTaskComment', 'Remove-CopperHubTaskComment'
            )
        }
    )
}
