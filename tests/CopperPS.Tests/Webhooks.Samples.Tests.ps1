# The samples and the guide about webhooks do what they say, on a sandbox.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    # A sample says Import-Module CopperPS: the module under test is imported already, and must be found by its name.
    $searchPath = $env:PSModulePath
    $folder = Get-ModulePath
    if ((Split-Path $folder -Leaf) -ne 'CopperPS') { $folder = Split-Path $folder }
    $env:PSModulePath = (Split-Path $folder) + [IO.Path]::PathSeparator + $env:PSModulePath
    Connect-Copper -Sandbox
}

AfterAll {
    $env:PSModulePath = $searchPath
    Disconnect-Copper
}

Describe 'CopperWebhookRunbook.ps1' {
    BeforeAll {
        # What Azure Automation offers a runbook. The credential is not looked at here: the sandbox of this test is connected.
        function global:Get-AutomationVariable { 's3cret' }
        function global:Get-AutomationPSCredential { [pscredential]::new('demo@copper.example', [securestring]::new()) }
        Set-Alias -Name Connect-Copper -Value Skip-Connection -Scope Global
        Set-Alias -Name Disconnect-Copper -Value Skip-Connection -Scope Global
        function global:Skip-Connection { [CmdletBinding()] param([pscredential] $Credential) $null = $Credential }
        $sample = Get-RepositoryPath samples CopperWebhookRunbook.ps1
    }

    AfterAll {
        Remove-Item Alias:Connect-Copper, Alias:Disconnect-Copper
        Remove-Item Function:Get-AutomationVariable, Function:Get-AutomationPSCredential, Function:Skip-Connection
    }

    It 'reacts to what Azure hands over, as an object and as text' {
        $data = @{
            WebhookName = 'copper'; RequestBody = '{"ids":[1,999999],"type":"person","event":"update","key":"s3cret"}'; RequestHeader = @{}
        }
        foreach ($form in [pscustomobject] $data, ($data | ConvertTo-Json)) {
            $said = @(& $sample -WebhookData $form)
            $said | Should -HaveCount 2
            $said[0] | Should -Match '^person 1 update: \w'
            $said[1] | Should -Be 'person 999999 is gone already.'
        }
    }

    It 'does nothing with a forged notification' {
        { & $sample -WebhookData ([pscustomobject] @{ RequestBody = '{"ids":[1],"type":"person","event":"update","key":"guessed"}' }) } |
            Should -Throw -ErrorId 'CopperWrongSecret,*'
    }
}

Describe 'CopperCatchUp.ps1' {
    It 'finds what changed since its last run' {
        $state = Join-Path $TestDrive 'moment.txt'
        $sample = Get-RepositoryPath samples CopperCatchUp.ps1
        $null = & $sample -StatePath $state
        Test-Path $state | Should -BeTrue
        Set-CopperPerson 5 -Title Countess
        $ada = New-CopperCompany 'Analytical Engines'
        $found = @(& $sample -StatePath $state -Action { param($Record) $Record.Id })
        $found | Should -Contain 5
        $found | Should -Contain $ada.Id
    }
}

Describe 'CopperListener.ps1' {
    It 'reacts to what happens, and after a restart to what happened meanwhile' {
        $state = Join-Path $TestDrive 'listener.txt'
        $service = @{ Prefix = 'http://127.0.0.1:0/copper/'; Secret = @{ key = 's3cret' }; StatePath = $state }
        $sample = Get-RepositoryPath samples CopperListener.ps1

        # Somebody else works in the account meanwhile.
        $other = [powershell]::Create()
        $null = $other.AddScript({
                param($Session, $Module)
                Import-Module $Module
                # Far longer than it takes: what does not listen at all is to be a failure, and no standstill.
                $watch = [Diagnostics.Stopwatch]::StartNew()
                while (@(Get-CopperWebhook -Session $Session).Count -lt 9 -and $watch.Elapsed.TotalMinutes -lt 2) {
                    Start-Sleep -Milliseconds 50
                }
                Set-CopperPerson 6 -Title Countess -Session $Session
            }.ToString()).AddArgument((Get-CopperSession)).AddArgument((Join-Path (Get-ModulePath) 'CopperPS.psd1'))
        $running = $other.BeginInvoke()
        $first = @(& $sample @service -Count 1 -TimeoutSec 60)
        $null = $other.EndInvoke($running)
        $other.Dispose()
        $first[0] | Should -Match '^person update 6 \w'

        Get-CopperWebhook | Unregister-CopperWebhook -Confirm:$false
        Set-CopperPerson 7 -Title Lady
        $second = @(& $sample @service -TimeoutSec 1)
        $second -match '^person update 7 ' | Should -HaveCount 1
    }
}

Describe 'The guide' {
    It 'has code that runs' {
        $text = [IO.File]::ReadAllText((Get-RepositoryPath docs guides react-to-changes.md)) -replace '\r\n', "`n"
        $blocks = @([regex]::Matches($text, '(?s)```powershell\n(.*?)\n```') | ForEach-Object { $_.Groups[1].Value } |
                Where-Object { $_ -notmatch '^# Needs' })
        $blocks.Count | Should -BeGreaterThan 5
        $ErrorActionPreference = 'Stop'
        foreach ($block in $blocks) {
            # One after the other, as a reader types them. Port 8080 may be taken here.
            $code = $block.Replace('http://127.0.0.1:8080/', 'http://127.0.0.1:0/')
            { $null = & ([scriptblock]::Create($code)) } | Should -Not -Throw -Because $block
        }
    }

    It 'links to files that are there' {
        $folder = Get-RepositoryPath docs guides
        [regex]::Matches([IO.File]::ReadAllText((Join-Path $folder react-to-changes.md)), '\]\(([^)]+)\)') |
            ForEach-Object { Join-Path $folder $_.Groups[1].Value } | Where-Object { -not (Test-Path $_) } | Should -BeNullOrEmpty
    }
}
