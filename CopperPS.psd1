@{
    RootModule             = 'CopperPS.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = 'cf2b9f1f-f09b-47c8-9b50-a13d8f9eea4d'
    Author                 = 'The CopperPS contributors'
    CompanyName            = 'The CopperPS contributors'
    Copyright              = '(c) The CopperPS contributors. MIT licence.'
    Description            = 'Cmdlets for the Copper CRM: people, companies, leads, opportunities, tasks, activities, webhooks and the CopperHub, streamed, throttled and retried, for Windows PowerShell 5.1 and PowerShell 7.4 or later.'

    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Desktop', 'Core')

    FormatsToProcess       = @('CopperPS.Format.ps1xml')
    TypesToProcess         = @('CopperPS.Types.ps1xml')

    # Every name is written out: a wildcard would hide the commands from Get-Command and stop the module from loading by itself.
    CmdletsToExport        = @(
        'Clear-CopperCache'
        'Complete-CopperTask'
        'Connect-Copper'
        'ConvertFrom-CopperNotification'
        'Disconnect-Copper'
        'Get-CopperActivity'
        'Get-CopperCompany'
        'Get-CopperLead'
        'Get-CopperOpportunity'
        'Get-CopperPerson'
        'Get-CopperProject'
        'Get-CopperRateLimit'
        'Get-CopperSession'
        'Get-CopperTask'
        'Get-CopperWebhook'
        'Invoke-CopperRequest'
        'New-CopperAccessToken'
        'New-CopperActivity'
        'New-CopperCompany'
        'New-CopperLead'
        'New-CopperOpportunity'
        'New-CopperPerson'
        'New-CopperProject'
        'New-CopperTask'
        'Register-CopperWebhook'
        'Remove-CopperActivity'
        'Remove-CopperCompany'
        'Remove-CopperLead'
        'Remove-CopperOpportunity'
        'Remove-CopperPerson'
        'Remove-CopperProject'
        'Remove-CopperTask'
        'Set-CopperActivity'
        'Set-CopperCompany'
        'Set-CopperLead'
        'Set-CopperOpportunity'
        'Set-CopperPerson'
        'Set-CopperProject'
        'Set-CopperTask'
        'Set-CopperWebhook'
        'Test-CopperConnection'
        'Unregister-CopperWebhook'
        'Watch-CopperWebhook'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()

    PrivateData            = @{
        PSData = @{
            Tags         = @('Copper', 'CopperCRM', 'CRM', 'ProsperWorks', 'CopperHub', 'REST', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://github.com/copperps/CopperPS/blob/main/LICENSE'
            ProjectUri   = 'https://github.com/copperps/CopperPS'
            ReleaseNotes = 'https://github.com/copperps/CopperPS/blob/main/CHANGELOG.md'
        }
    }
}
