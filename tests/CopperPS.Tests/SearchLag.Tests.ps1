# The samples, the guides and the commands of the README on an account as slow and as picky as a real one may be: no search shows what
# was written, and tags are kept in lower case.

BeforeDiscovery {
    $repository = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
    $texts = @(Get-Item ([IO.Path]::Combine($repository, 'docs', 'guides', '*.md'))) + @(Get-Item (Join-Path $repository 'README.md')) |
        ForEach-Object { @{ File = $_.Name; Path = $_.FullName } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    # A sample says Import-Module CopperPS, and must find the module under test by its name.
    $searchPath = $env:PSModulePath
    $folder = Get-ModulePath
    if ((Split-Path $folder -Leaf) -ne 'CopperPS') { $folder = Split-Path $folder }
    $env:PSModulePath = (Split-Path $folder) + [IO.Path]::PathSeparator + $env:PSModulePath
    $culture = [cultureinfo]::CurrentCulture
    [cultureinfo]::CurrentCulture = 'en-US'
    # So many searches that none of a test shows what the test has written.
    $sandbox = Start-SandboxHost -People 1000 -Setting @{ 'search-lag' = 100000; 'lower-case-tags' = 'true' }
    $quick = @{ RateLimit = '100000/1s' }

    # The code of a text, one block after the other: fenced blocks, and what stands behind the prompt in the README.
    function Get-Code([string] $Path) {
        $text = [IO.File]::ReadAllText($Path) -replace '\r\n', "`n"
        $blocks = [regex]::Matches($text, '(?s)```(?:powershell|text)\n(.*?)\n```') | ForEach-Object { $_.Value }
        foreach ($block in $blocks) {
            $code = if ($block.StartsWith('```text')) {
                ([regex]::Matches($block, '(?m)^PS> (.+)$') | ForEach-Object { $_.Groups[1].Value }) -join "`n"
            }
            else { $block -replace '^```powershell\n' -replace '\n```$' }
            # What needs an account, another program or the gallery is for reading only. What restores a mass deletion says that it
            # has to wait until searches show it, which they never do here. The port may be taken here, and Windows PowerShell knows
            # no utf8BOM.
            $waits = '(?s)Remove-CopperLead.+Restore-CopperSnapshot'
            if ($code -and $code -notmatch "^# Needs|Install-(PSResource|Module)|$waits") {
                $code.Replace('http://127.0.0.1:8080/', 'http://127.0.0.1:0/').Replace('utf8BOM', 'UTF8')
            }
        }
    }

    # What opens a sandbox in a text connects to the host of this test.
    function Connect-TestAccount([switch] $PassThru) {
        Connect-SandboxHost $sandbox $quick
        if ($PassThru) { Get-CopperSession }
    }
}

AfterAll {
    [cultureinfo]::CurrentCulture = $culture
    $env:PSModulePath = $searchPath
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Where searches lag and tags are in lower case' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Connect-TestAccount
    }

    Context 'The account of these tests' {
        It 'shows no change in a search, and every change by id' {
            $ada = New-CopperPerson 'Ada Lovelace' -Tag 'Analytical Engine'
            $ada.Tags | Should -BeExactly 'analytical engine'
            Get-CopperPerson -Name 'Ada Lovelace' | Should -BeNullOrEmpty
            (Get-CopperPerson $ada.Id).Name | Should -Be 'Ada Lovelace'
        }
    }

    Context '<File>' -ForEach $texts {
        It 'has code that runs without an error' {
            $blocks = @(Get-Code $Path)
            $blocks.Count | Should -BeGreaterThan 0
            Push-Location $TestDrive
            try {
                $ConfirmPreference = 'None'
                $ProgressPreference = 'SilentlyContinue'
                $ErrorActionPreference = 'Continue'
                $script = {
                    foreach ($block in $args[0]) {
                        . ([scriptblock]::Create(($block -replace 'Connect-Copper -Sandbox', 'Connect-TestAccount')))
                    }
                }
                $null = & $script $blocks 2>&1 3>&1 4>&1 6>&1 | Tee-Object -Variable printed
                @($printed | Where-Object { $_ -is [Management.Automation.ErrorRecord] }) | Should -BeNullOrEmpty
            }
            finally { Pop-Location }
        }
    }

    Context 'The guide about cleaning up' {
        It 'deletes every lead that it has found, and says how many are left' {
            $ConfirmPreference = 'None'
            Push-Location $TestDrive
            try {
                $found = @(Get-CopperLead -Status Unqualified -ModifiedBefore (Get-Date).AddDays(-1))
                $found.Count | Should -BeGreaterThan 3
                # Nobody can change the past: what the demo data holds is a day old.
                $blocks = @(
                    Get-Code (Get-RepositoryPath docs guides clean-up.md) | ForEach-Object { $_ -replace 'AddDays\(-365\)', 'AddDays(-1)' }
                )
                $check = @($blocks | Where-Object { $_ -match 'Measure-Object' })
                $check | Should -HaveCount 1
                $script = {
                    foreach ($block in $args[0]) {
                        $result = . ([scriptblock]::Create(($block -replace 'Connect-Copper -Sandbox', 'Connect-TestAccount')))
                        if ($block -eq $args[1]) { "left: $($result.Count)" }
                    }
                }
                & $script $blocks $check[0] 3>$null 6>$null | Where-Object { "$_" -like 'left: *' } | Should -Be 'left: 0'
                foreach ($lead in $found | Select-Object -First 5) {
                    Get-CopperLead $lead.Id -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
                    $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
                }
            }
            finally { Pop-Location }
        }
    }

    Context 'The samples' {
        BeforeAll {
            # A runspace without a host and with the variables of a scheduled task.
            function Invoke-Sample([string] $Name, [string] $Arguments) {
                $shell = [powershell]::Create()
                try {
                    $null = $shell.AddScript("
                        param(`$Default, `$Folder)
                        Set-Location `$Folder
                        `$PSDefaultParameterValues = `$Default
                        & '$(Get-RepositoryPath samples $Name)' $Arguments
                        `$LASTEXITCODE
                    ")
                    $output = @($shell.AddArgument(@{ 'Connect-Copper:RateLimit' = '100000/1s' }).AddArgument("$TestDrive").Invoke())
                    [pscustomobject]@{ Text = @($output | Select-Object -SkipLast 1); ExitCode = $output[-1] }
                }
                finally { $shell.Dispose() }
            }
            $variables = @{
                COPPER_USER_EMAIL = $sandbox.UserEmail; COPPER_API_KEY = $sandbox.ApiKey; COPPER_BASE_URL = "$($sandbox.BaseUri)"
            }
            $before = @{}
            foreach ($name in $variables.Keys) {
                $before[$name] = [Environment]::GetEnvironmentVariable($name)
                [Environment]::SetEnvironmentVariable($name, $variables[$name])
            }
        }

        AfterAll { foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) } }

        It 'CopperNightlyExport.ps1 exports every record' {
            $run = Invoke-Sample CopperNightlyExport.ps1 '-Path exports -Entity Person,Task'
            $run.ExitCode | Should -Be 0 -Because "$($run.Text)"
            @(
                Get-ChildItem (Join-Path $TestDrive 'exports') -Recurse -Filter Person.csv | ForEach-Object { Import-Csv $_.FullName }
            ).Count | Should -Be 1000
        }

        It 'CopperCleanUp.ps1 finds nothing to complain about in leads that are gone already' {
            $first = Invoke-Sample CopperCleanUp.ps1 '-ListPath leads.csv -OlderThanDay 1 -Force'
            $first.ExitCode | Should -Be 0 -Because "$($first.Text)"
            "$($first.Text)" | Should -Match '(\d+) leads were removed'
            $count = [int] [regex]::Match("$($first.Text)", '(\d+) leads were removed').Groups[1].Value
            $count | Should -BeGreaterThan 3
            $second = Invoke-Sample CopperCleanUp.ps1 '-ListPath leads.csv -OlderThanDay 1 -Force'
            $second.ExitCode | Should -Be 0 -Because "$($second.Text)"
            "$($second.Text)" | Should -Match "0 leads were removed\. $count leads were gone already\."
        }

        It 'CopperFollowUpRunbook.ps1 creates no task twice, although its search does not show the first' {
            function global:Get-AutomationPSCredential {
                [pscredential]::new($env:COPPER_USER_EMAIL, [Net.NetworkCredential]::new('', $env:COPPER_API_KEY).SecurePassword)
            }
            try {
                $sample = Get-RepositoryPath samples CopperFollowUpRunbook.ps1
                $PSDefaultParameterValues = @{ 'Connect-Copper:BaseUri' = $env:COPPER_BASE_URL; 'Connect-Copper:RateLimit' = '100000/1s' }
                $first = @(& $sample -Maximum 5)
                $first.Count | Should -Be 5
                Clear-SandboxJournal $sandbox
                $second = @(& $sample -Maximum 1000)
                $created = @(Get-SandboxJournal $sandbox | Where-Object { $_.method -eq 'POST' -and $_.path -eq '/tasks' })
                $created.Count | Should -Be $second.Count
                $second.Opportunity | Where-Object { $_ -in $first.Opportunity } | Should -BeNullOrEmpty
                @(& $sample -Maximum 1000).Count | Should -Be 0
            }
            finally { Remove-Item Function:Get-AutomationPSCredential }
        }

        It 'CopperCatchUp.ps1 sees in a later run what a search did not show in an earlier one' {
            $state = Join-Path $TestDrive 'moment.txt'
            $sample = Get-RepositoryPath samples CopperCatchUp.ps1
            Reset-SandboxHost $sandbox @{ 'search-lag' = 3 }
            try {
                Connect-TestAccount
                $null = & $sample -StatePath $state
                Set-CopperPerson 5 -Title Countess
                # The three searches of this run do not show the change yet; the next run goes back beyond it.
                @(& $sample -StatePath $state -Action { $args[0].Id }) | Should -Not -Contain 5
                @(& $sample -StatePath $state -Action { $args[0].Id }) | Should -Contain 5
            }
            finally { Reset-SandboxHost $sandbox @{ 'search-lag' = 100000 } }
        }

        It 'CopperWebhookRunbook.ps1 finds the record of a notification' {
            function global:Get-AutomationVariable { 's3cret' }
            function global:Get-AutomationPSCredential {
                [pscredential]::new($env:COPPER_USER_EMAIL, [Net.NetworkCredential]::new('', $env:COPPER_API_KEY).SecurePassword)
            }
            try {
                $PSDefaultParameterValues = @{ 'Connect-Copper:BaseUri' = $env:COPPER_BASE_URL; 'Connect-Copper:RateLimit' = '100000/1s' }
                $id = (New-CopperPerson 'Ada Lovelace').Id
                $data = [pscustomobject]@{ RequestBody = "{`"ids`":[$id],`"type`":`"person`",`"event`":`"new`",`"key`":`"s3cret`"}" }
                @(& (Get-RepositoryPath samples CopperWebhookRunbook.ps1) -WebhookData $data) | Should -Be "person $id new: Ada Lovelace"
            }
            finally { Remove-Item Function:Get-AutomationVariable, Function:Get-AutomationPSCredential }
        }
    }
}
