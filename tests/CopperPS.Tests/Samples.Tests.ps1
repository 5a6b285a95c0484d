# The samples, run as their schedulers run them: no terminal, nobody to answer a question.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    # A sample says Import-Module CopperPS: the module under test must be found by its name, in CopperPS or in CopperPS/1.2.3.
    $searchPath = $env:PSModulePath
    $folder = Get-ModulePath
    if ((Split-Path $folder -Leaf) -ne 'CopperPS') { $folder = Split-Path $folder }
    $env:PSModulePath = (Split-Path $folder) + [IO.Path]::PathSeparator + $env:PSModulePath
    $key = 'planted-5ecret-key'
    $sandbox = Start-SandboxHost -People 300 -ApiKey $key
    $account = @{ COPPER_USER_EMAIL = 'demo@copper.example'; COPPER_API_KEY = $key; COPPER_BASE_URL = "$($sandbox.BaseUri)" }

    # The folder of an export bears the day on which it began, which may be over by now.
    function Get-ExportDay([string] $Path) {
        (Get-ChildItem $Path -Directory | Where-Object { Test-Path (Join-Path $_.FullName '*.csv') }).Name
    }

    # A process takes seconds to start, so that only what needs one has it: -OwnProcess. Otherwise a runspace without a host runs the
    # sample, where nobody can answer either. With -Default the sample connects otherwise than it would, so that a test need not wait
    # for what is tested elsewhere.
    function Invoke-Sample([string] $Name, [string[]] $ArgumentList, [hashtable] $Environment = @{}, [hashtable] $Default = @{},
        [switch] $OwnProcess) {
        $file = Get-RepositoryPath samples $Name
        $variables = @{ COPPER_USER_EMAIL = $null; COPPER_API_KEY = $null; COPPER_BASE_URL = $null; COPPER_WEBHOOK_SECRET = $null }
        foreach ($variable in $Environment.Keys) { $variables[$variable] = $Environment[$variable] }
        if ($OwnProcess) { Invoke-SampleProcess -File $file -ArgumentList $ArgumentList -Environment $variables }
        else {
            $before = @{}
            foreach ($variable in $variables.Keys) { $before[$variable] = [Environment]::GetEnvironmentVariable($variable) }
            try {
                foreach ($variable in $variables.Keys) { [Environment]::SetEnvironmentVariable($variable, $variables[$variable]) }
                Invoke-SampleRunspace -File $file -ArgumentList $ArgumentList -Default $Default
            }
            finally {
                foreach ($variable in $before.Keys) { [Environment]::SetEnvironmentVariable($variable, $before[$variable]) }
            }
        }
    }

    function Invoke-SampleRunspace([string] $File, [string[]] $ArgumentList, [hashtable] $Default) {
        $values = ($ArgumentList | ForEach-Object { if ($_ -match '^-[a-z]') { $_ } else { "'$_'" } }) -join ' '
        $shell = [powershell]::Create()
        try {
            # The exit code is the last object, whatever the sample writes.
            # As pwsh -File does: an error that ends the script is written, and its exit code is 1. The assets are those of Azure.
            $null = $shell.AddScript(@"
param(`$Default, `$Folder)
function Get-AutomationPSCredential {
    [pscredential]::new(`$env:COPPER_USER_EMAIL, [Net.NetworkCredential]::new('', `$env:COPPER_API_KEY).SecurePassword)
}
function Get-AutomationVariable { 's3cret' }
Set-Location `$Folder
`$PSDefaultParameterValues = `$Default
`$global:LASTEXITCODE = 0
try { & '$File' $values } catch { Write-Error -ErrorRecord `$_; `$global:LASTEXITCODE = 1 }
`$global:LASTEXITCODE
"@)
            $connect = @{}
            foreach ($parameter in $Default.Keys) { $connect["Connect-Copper:$parameter"] = $Default[$parameter] }
            $output = @($shell.AddArgument($connect).AddArgument("$TestDrive").Invoke())
            $errors = (@($shell.Streams.Error | ForEach-Object { "$_ ($($_.FullyQualifiedErrorId))" }) -join "`n").Trim()
            $code = if ($output) { $output[-1] }
            [pscustomobject]@{
                Text = ($output | Select-Object -SkipLast 1 | Out-String) + $errors; ErrorText = $errors; ExitCode = [int] "$code"
            }
        }
        finally { $shell.Dispose() }
    }

    function Invoke-SampleProcess([string] $File, [string[]] $ArgumentList, [hashtable] $Environment) {
        $shell = Get-PowerShellCommand
        $start = [Diagnostics.ProcessStartInfo]@{
            FileName               = $shell.FilePath
            Arguments              = (@($shell.ArgumentList) + '-File' + $File + $ArgumentList | ForEach-Object { "`"$_`"" }) -join ' '
            UseShellExecute        = $false
            RedirectStandardInput  = $true
            RedirectStandardOutput = $true
            RedirectStandardError  = $true
            WorkingDirectory       = "$TestDrive"
        }
        foreach ($variable in $Environment.Keys) {
            if ($null -eq $Environment[$variable]) { $start.EnvironmentVariables.Remove($variable) } else {
                $start.EnvironmentVariables[$variable] = $Environment[$variable]
            }
        }
        $process = [Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        $errors = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEndAsync()
        if (-not $process.WaitForExit(180000)) {
            $process.Kill()
            throw "$File did not end."
        }
        [pscustomobject]@{ Text = $output.Result + $errors.Result; ErrorText = $errors.Result.Trim(); ExitCode = $process.ExitCode }
    }
}

AfterAll {
    $env:PSModulePath = $searchPath
    Stop-SandboxHost $sandbox
}

Describe 'The module that a sample needs' {
    It '<Name> takes the installed one, else that of the clone, else says what to do' -ForEach @(
        Get-ChildItem (Join-Path $PSScriptRoot '../../samples') -Filter *.ps1 | Where-Object Name -NotLike '*Runbook.ps1' |
            ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } }
    ) {
        $lines = @(Get-Content $Path | Select-String -Pattern 'out/CopperPS' -Context 0, 3)
        $lines | Should -HaveCount 1
        $code = (@($lines[0].Line) + $lines[0].Context.PostContext) -join "`n"
        $code | Should -Match 'Install-PSResource CopperPS'

        # The same lines with nothing installed: the root of the clone is a folder of the test.
        $samples = New-Item -ItemType Directory (Join-Path $TestDrive "$([guid]::NewGuid())/samples")
        $built = Join-Path $samples.Parent.FullName out/CopperPS
        $run = [scriptblock]::Create(@"
function Get-Module { }
function Import-Module([string] `$Name) { `$Name }
$($code.Replace('$PSScriptRoot', "'$($samples.FullName)'"))
"@)
        { & $run } | Should -Throw 'The module CopperPS is neither installed (Install-PSResource CopperPS) nor built (./build.ps1 build).'
        $null = New-Item -ItemType Directory $built
        (Resolve-Path (& $run)).Path | Should -Be (Resolve-Path $built).Path
    }
}

Describe 'CopperNightlyExport.ps1' {
    It 'writes a file for each kind of record, whole, and a log, and ends with 0' {
        $exports = Join-Path $TestDrive 'exports'
        $null = New-Item -ItemType Directory (Join-Path $exports '2001-01-01'), (Join-Path $exports 'mine')
        $run = Invoke-Sample CopperNightlyExport.ps1 '-Path', $exports, '-Entity', 'Person,Opportunity' -Environment $account -OwnProcess
        $run.ErrorText | Should -Be ''
        $run.ExitCode | Should -Be 0 -Because $run.Text
        $day = Get-ExportDay $exports
        ([datetime]::Today - [datetime] $day).TotalDays | Should -BeIn 0, 1
        $people = @(Import-Csv ([IO.Path]::Combine($exports, $day, 'Person.csv')))
        $people.Count | Should -Be 300
        $people[0].Name | Should -Not -BeNullOrEmpty
        $people[0].PSObject.Properties.Name | Should -Contain 'Assignee'
        [IO.File]::ReadAllBytes([IO.Path]::Combine($exports, $day, 'Person.csv'))[0..2] | Should -Be 0xEF, 0xBB, 0xBF
        Get-ChildItem (Join-Path $exports $day) -Filter *.part | Should -BeNullOrEmpty
        Test-Path (Join-Path $exports '2001-01-01') | Should -BeFalse
        Test-Path (Join-Path $exports 'mine') | Should -BeTrue
        $log = Get-Content (Join-Path $exports 'export.log') -Raw
        $log | Should -Match 'Person: 300 records'
        $log | Should -Match 'Export is done: \d+ requests'
        "$log$($run.Text)" | Should -Not -Match $key
    }

    It 'exports everything from the sandbox' {
        $exports = Join-Path $TestDrive 'all'
        $run = Invoke-Sample CopperNightlyExport.ps1 '-Path', $exports, '-Sandbox'
        $run.ExitCode | Should -Be 0 -Because $run.Text
        (Get-ChildItem (Join-Path $exports (Get-ExportDay $exports))).BaseName | Sort-Object |
            Should -Be 'Company', 'Lead', 'Opportunity', 'Person', 'Project', 'Task'
    }

    It 'ends with 1 and says why in the log, without the key, when <Why>' -ForEach @(
        @{ Why = 'the key is refused'; Change = @{ COPPER_API_KEY = 'wrong-5ecret' }; Words = 'CopperAuthenticationFailed' }
        @{ Why = 'there is no key'; Change = @{ COPPER_API_KEY = '' }; Words = 'FAILED: .*COPPER_API_KEY' }
        @{ Why = 'nobody answers'; Change = @{ COPPER_BASE_URL = 'http://127.0.0.1:9/developer_api/v1' }; Words = 'CopperConnectionFailed' }
    ) {
        $exports = Join-Path $TestDrive ([guid]::NewGuid().ToString('n'))
        $environment = $account.Clone()
        foreach ($name in $Change.Keys) { $environment[$name] = $Change[$name] }
        $run = Invoke-Sample CopperNightlyExport.ps1 '-Path', $exports, '-Entity',
        'Person' -Environment $environment -Default @{ MaxRetry = 0 }
        $run.ExitCode | Should -Be 1
        $log = Get-Content (Join-Path $exports 'export.log') -Raw
        $log | Should -Match $Words
        "$log$($run.Text)" | Should -Not -Match '5ecret'
    }

    It 'writes all at first with -ChangesOnly, then what has changed, with a column Change' {
        $exports = Join-Path $TestDrive 'changes'
        $given = '-Path', $exports, '-Entity', 'Task,Project', '-ChangesOnly'
        (Invoke-Sample CopperNightlyExport.ps1 $given -Environment $account).ExitCode | Should -Be 0
        Connect-SandboxHost $sandbox
        Remove-CopperTask 50000002 -Confirm:$false
        $created = New-CopperTask 'Call Ada'
        $run = Invoke-Sample CopperNightlyExport.ps1 $given -Environment $account
        $run.ExitCode | Should -Be 0 -Because $run.Text
        $run.Text | Should -BeLike '*task: 2 changes*'
        $rows = @(Import-Csv ([IO.Path]::Combine($exports, (Get-ExportDay $exports), 'Task.csv')))
        @($rows[-2..-1] | ForEach-Object { "$($_.Change) $($_.Id)" }) | Should -Be "Created $($created.Id)", 'Deleted 50000002'
        $rows[0].Change, $rows[0].PSObject.Properties.Name[0] | Should -Be 'Created', 'Change'
    }

    It 'leaves the last whole file when a run breaks off' {
        $exports = Join-Path $TestDrive 'broken'
        (Invoke-Sample CopperNightlyExport.ps1 '-Path', $exports, '-Entity', 'Person' -Environment $account).ExitCode | Should -Be 0
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 403; match = @{ path = 'people/search'; after = 1 } }
        try { $run = Invoke-Sample CopperNightlyExport.ps1 '-Path', $exports, '-Entity', 'Person' -Environment $account }
        finally { Set-SandboxFault $sandbox }
        $run.ExitCode | Should -Be 1
        @(Import-Csv ([IO.Path]::Combine($exports, (Get-ExportDay $exports), 'Person.csv'))).Count | Should -Be 300
    }
}

Describe 'CopperConfigurationDrift.ps1' {
    It 'writes the reference, reports what differs from it, and ends with 2 when something does' {
        $file = Join-Path $TestDrive reference.json
        $report = Join-Path $TestDrive drift.csv
        $run = Invoke-Sample CopperConfigurationDrift.ps1 '-ReferencePath', $file, '-Export', '-Sandbox'
        $run.ExitCode | Should -Be 0 -Because $run.Text
        $run = Invoke-Sample CopperConfigurationDrift.ps1 '-ReferencePath', $file, '-ReportPath', $report -Environment $account
        $run.ExitCode | Should -Be 0 -Because $run.Text
        Import-Csv $report | Should -BeNullOrEmpty
        [IO.File]::WriteAllText($file, [IO.File]::ReadAllText($file).Replace('"Training"', '"Training", "Robotics"'))
        $run = Invoke-Sample CopperConfigurationDrift.ps1 '-ReferencePath', $file, '-ReportPath', $report, '-Sandbox' -OwnProcess
        $run.ExitCode | Should -Be 2 -Because $run.Text
        $run.Text | Should -Match '1 by Import-CopperConfiguration'
        (Import-Csv $report).Name | Should -Be 'Interests (person): Robotics'
    }

    It 'ends with 1 and says why when there is no reference' {
        $run = Invoke-Sample CopperConfigurationDrift.ps1 '-ReferencePath', (Join-Path $TestDrive none.json), '-Sandbox'
        $run.ExitCode | Should -Be 1
        $run.Text | Should -Match 'FAILED: .*CopperFileNotReadable'
    }
}

Describe 'CopperMergeDuplicate.ps1' {
    It 'lists duplicates, merges those that are certain, and says what it leaves' {
        $list = Join-Path $TestDrive duplicates.csv
        $journal = Join-Path $TestDrive merge.jsonl
        $common = '-Entity', 'Lead', '-ListPath', $list, '-JournalPath', $journal, '-Maximum', '3', '-Sandbox'
        $run = Invoke-Sample CopperMergeDuplicate.ps1 ($common + '-WhatIf')
        $run.ExitCode | Should -Be 0 -Because $run.Text
        $journal | Should -Not -Exist
        @(Import-Csv $list | Where-Object { $_.Confidence -eq 'Exact' -and $_.Keep -eq 'True' }).Count | Should -BeGreaterThan 2
        $run = Invoke-Sample CopperMergeDuplicate.ps1 $common -Default @{ RateLimit = '100000/1s' }
        $run.ExitCode | Should -Be 0 -Because $run.Text
        $run.Text | Should -Match '3 records were merged into others'
        # A run that is complete keeps its journal under a name of its own, so that the next one can have the same arguments.
        $journal | Should -Not -Exist
        $kept = Get-Item (Join-Path $TestDrive 'merge.*.jsonl')
        @(Get-CopperJournal $kept | Where-Object { $_.Action -eq 'Delete' -and $_.Entity -eq 'lead' }) | Should -HaveCount 3
    }
}

Describe 'CopperAccessRequest.ps1' {
    BeforeAll {
        $requests = Join-Path $TestDrive requests.csv
        [pscustomobject]@{ Email = 'Oliver.Shaw@mail.example' }, [pscustomobject]@{ Email = 'nobody@nowhere.example' } |
            Export-Csv $requests -NoTypeInformation -Encoding UTF8
    }

    It 'answers each request once, and says about whom nothing was found' {
        $answers = Join-Path $TestDrive requests
        $common = '-RequestPath', $requests, '-Path', $answers, '-Sandbox'
        $run = Invoke-Sample CopperAccessRequest.ps1 $common -Default @{ RateLimit = '100000/1s' }
        $run.ExitCode | Should -Be 2 -Because $run.Text
        $run.Text | Should -Match '1 of 2 requests were answered'
        $run.Text | Should -Match "UNKNOWN: Nothing was found about 'nobody@nowhere.example'"
        Join-Path $answers oliver.shaw@mail.example | Join-Path -ChildPath README.txt | Should -Exist
        (Import-Csv (Join-Path $answers answers.csv)).OwnCount | Should -Be 2
        @(Import-Csv $requests)[0] | Export-Csv $requests -NoTypeInformation -Encoding UTF8
        $run = Invoke-Sample CopperAccessRequest.ps1 $common -Default @{ RateLimit = '100000/1s' }
        $run.ExitCode | Should -Be 0 -Because $run.Text
        $run.Text | Should -Match 'answered before'
    }

    It 'ends with 1 and says why, without the key, when <Why>' -ForEach @(
        @{ Why = 'the key is refused'; Change = @{ COPPER_API_KEY = 'wrong-5ecret' }; Words = 'CopperAuthenticationFailed' }
        @{ Why = 'nobody answers'; Change = @{ COPPER_BASE_URL = 'http://127.0.0.1:9/developer_api/v1' }; Words = 'CopperConnectionFailed' }
    ) {
        $variables = $account.Clone()
        foreach ($name in $Change.Keys) { $variables[$name] = $Change[$name] }
        $run = Invoke-Sample CopperAccessRequest.ps1 '-RequestPath', $requests, '-Path', (Join-Path $TestDrive none) `
            -Environment $variables -Default @{ MaxRetry = 0 }
        $run.ExitCode | Should -Be 1
        $run.Text | Should -Match "FAILED: .*$Words"
        $run.Text | Should -Not -Match '5ecret'
        Join-Path $TestDrive none | Should -Not -Exist
    }

    It 'ends with 1 when the file has no column Email, or the folder cannot be written' {
        $wrong = Join-Path $TestDrive wrong.csv
        [pscustomobject]@{ Mail = 'x@y.example' } | Export-Csv $wrong -NoTypeInformation
        $run = Invoke-Sample CopperAccessRequest.ps1 '-RequestPath', $wrong, '-Path', (Join-Path $TestDrive none), '-Sandbox'
        $run.ExitCode | Should -Be 1
        $run.Text | Should -Match 'FAILED: .*no column Email'
        Set-Content $requests "Email`noliver.shaw@mail.example"
        $run = Invoke-Sample CopperAccessRequest.ps1 '-RequestPath', $requests, '-Path', (Join-Path $wrong below), '-Sandbox'
        $run.ExitCode | Should -Be 1 -Because $run.Text
        $run.Text | Should -Match 'FAILED: '
    }
}

Describe 'CopperCleanUp.ps1' {
    BeforeAll {
        Connect-SandboxHost $sandbox
        # Nobody can change the past: what the demo data holds is old enough with -OlderThanDay 1.
        $found = @(Get-CopperLead -Status Unqualified -ModifiedBefore (Get-Date).AddDays(-1))
    }

    It 'lists with -WhatIf, and removes nothing' {
        $found.Count | Should -BeGreaterThan 3
        $list = Join-Path $TestDrive 'whatif.csv'
        $run = Invoke-Sample CopperCleanUp.ps1 '-ListPath', $list, '-OlderThanDay', '1', '-WhatIf' -Environment $account -OwnProcess
        $run.ErrorText | Should -Be ''
        $run.ExitCode | Should -Be 0 -Because $run.Text
        $run.Text | Should -Match "What if: .*$($found.Count) leads"
        @(Import-Csv $list).Count | Should -Be $found.Count
        @(Get-CopperLead -Status Unqualified -ModifiedBefore (Get-Date).AddDays(-1)).Count | Should -Be $found.Count
    }

    It 'ends with 1 where it would have to ask, and removes nothing' {
        $run = Invoke-Sample CopperCleanUp.ps1 '-ListPath', (Join-Path $TestDrive 'ask.csv'), '-OlderThanDay',
        '1' -Environment $account -OwnProcess
        $run.ExitCode | Should -Be 1
        $run.Text | Should -Match 'Give -Force'
        $run.Text | Should -Not -Match 'exception'
        @(Get-CopperLead -Status Unqualified -ModifiedBefore (Get-Date).AddDays(-1)).Count | Should -Be $found.Count
    }

    It 'removes nothing when there are more than -Maximum' {
        $run = Invoke-Sample CopperCleanUp.ps1 '-ListPath', (Join-Path $TestDrive 'many.csv'), '-OlderThanDay', '1', '-Maximum',
        '2' -Environment $account
        $run.ExitCode | Should -Be 1
        $run.Text | Should -Match "$($found.Count) leads were found, more than -Maximum 2"
    }

    It 'says so when there is nothing to do' {
        $run = Invoke-Sample CopperCleanUp.ps1 '-ListPath', (Join-Path $TestDrive 'none.csv'), '-OlderThanDay', '9000' -Environment $account
        $run.ExitCode | Should -Be 0
        $run.Text | Should -Match 'No lead is'
    }

    It 'says which lead could not be removed, and ends with 1' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 403; times = 1; match = @{ method = 'DELETE' } }
        try {
            $run = Invoke-Sample CopperCleanUp.ps1 '-ListPath', (Join-Path $TestDrive 'gone.csv'), '-OlderThanDay', '1',
            '-Force' -Environment $account -Default @{ RateLimit = '100000/1s' }
        }
        finally { Set-SandboxFault $sandbox }
        $run.ExitCode | Should -Be 1
        $run.Text | Should -Match "$($found.Count - 1) leads were removed"
        @(Get-CopperLead -Status Unqualified -ModifiedBefore (Get-Date).AddDays(-1)).Count | Should -Be 1
    }
}

Describe 'CopperFollowUpRunbook.ps1' {
    It 'makes tasks on the sandbox' {
        $run = Invoke-Sample CopperFollowUpRunbook.ps1 '-Maximum', '3', '-Sandbox' -OwnProcess
        $run.ErrorText | Should -Be ''
        $run.ExitCode | Should -Be 0 -Because $run.Text
        @([regex]::Matches($run.Text, '(?m)^TaskId|TaskId')).Count | Should -BeGreaterThan 0
    }

    It 'takes a snapshot before it changes something, and goes on with that of the day' {
        $folder = Join-Path $TestDrive runbook-backup
        foreach ($time in 1, 2) {
            $run = Invoke-Sample CopperFollowUpRunbook.ps1 '-Maximum', '1', '-Sandbox', '-BackupPath', $folder -Default @{
                RateLimit = '100000/1s'
            }
            $run.ErrorText | Should -Be ''
        }
        $snapshot = Get-ChildItem $folder -Directory
        @(Get-CopperSnapshotRecord $snapshot Task).Count | Should -BeGreaterThan 0
        Test-CopperSnapshot $snapshot -Quiet | Should -BeTrue
    }

    It 'uses the credential asset, and makes no task twice' {
        $script = {
            function Get-AutomationPSCredential {
                param($Name) if ($Name -ne 'Copper') { throw 'no such asset' }
                [pscredential]::new($env:COPPER_USER_EMAIL, [Net.NetworkCredential]::new('', $env:COPPER_API_KEY).SecurePassword)
            }
            # The service of the test instead of the real one.
            $PSDefaultParameterValues['Connect-Copper:BaseUri'] = $env:COPPER_BASE_URL
            $PSDefaultParameterValues['Connect-Copper:RateLimit'] = '100000/1s'
            $first = @(& $args[0] -Maximum 1000)
            $second = @(& $args[0] -Maximum 1000)
            "$($first.Count) $($second.Count)"
        }
        Connect-SandboxHost $sandbox
        $expected = @(Get-CopperOpportunity -Status Open -StageChangedBefore (Get-Date).AddDays(-30)).Count
        $expected | Should -BeGreaterThan 3
        $child = Invoke-ChildPowerShell $script -ArgumentList (Get-RepositoryPath samples CopperFollowUpRunbook.ps1) -Environment $account
        $child.ErrorOutput | Should -Be ''
        $child.Output | Should -Be "$expected 0"
        @(Get-CopperTask -Status Open | Where-Object Name -Like 'Follow up: *').Count | Should -BeGreaterOrEqual $expected
    }
}

Describe 'Every sample, unattended' {
    BeforeDiscovery {
        # What each takes to do its work once: on the service of this test, and on demo data.
        $samples = @(
            @{ Name = 'CopperNightlyExport.ps1'; Work = '-Entity', 'Task'; Output = 'Path' }
            @{ Name = 'CopperCleanUp.ps1'; Work = '-OlderThanDay', '1', '-Maximum', '1000', '-Force'; Output = 'ListPath' }
            @{ Name = 'CopperCatchUp.ps1'; Work = @(); Output = 'StatePath' }
            @{ Name = 'CopperBackup.ps1'; Work = @(); Output = 'Path' }
            @{ Name = 'CopperOffboarding.ps1'; Work = '-From', 'Jonas Weber', '-To', 'Maya Patel'; Output = 'Path' }
            @{ Name = 'CopperListener.ps1'; Work = '-Prefix', 'http://127.0.0.1:0/', '-TimeoutSec', '1'; Output = 'StatePath' }
            @{ Name = 'CopperFollowUpRunbook.ps1'; Work = '-Maximum', '2'; Output = $null }
            @{ Name = 'CopperWebhookRunbook.ps1'; Work = @(); Output = $null }
            @{ Name = 'CopperWeeklyReport.ps1'; Work = @(); Output = 'Path' }
            @{ Name = 'CopperConfigurationDrift.ps1'; Work = @('-Export'); Output = 'ReferencePath' }
            @{ Name = 'CopperMergeDuplicate.ps1'; Work = '-Entity', 'Lead', '-Maximum', '1'; Output = 'ListPath', 'JournalPath' }
            @{
                Name = 'CopperImport.ps1'; Work = '-Entity', 'Person', '-MatchOn', 'Email'; Output = 'PlanPath', 'ResultPath', 'JournalPath'
                InputName = 'Path'; Rows = 'Name,Email', 'Ada Unattended,ada@unattended.example'
            }
            @{
                Name = 'CopperAccessRequest.ps1'; Work = @(); Output = 'Path'
                InputName = 'RequestPath'; Rows = 'Email', 'oliver.shaw@mail.example'
            }
        )
        $faults = @(
            @{ Why = 'the key is wrong'; Change = @{ COPPER_API_KEY = 'wrong-5ecret' }; Words = 'CopperAuthenticationFailed' }
            @{
                Why = 'nobody responds'; Change = @{ COPPER_BASE_URL = 'http://127.0.0.1:9/developer_api/v1' }
                Words = 'CopperConnectionFailed'
            }
        )
        $failing = foreach ($sample in $samples) { foreach ($fault in $faults) { $sample + $fault } }
    }

    BeforeAll {
        # What it writes is called output, output2 and so on. What it reads stands in a folder of its own, since the other may be none.
        function Get-SampleArgument([string[]] $Output, [string[]] $Work, [string] $Name, [string] $Folder, [string] $InputName,
            [string[]] $Rows) {
            $number = ''
            foreach ($parameter in $Output) {
                "-$parameter"
                Join-Path $Folder "output$number"
                $number = 1 + [math]::Max(1, [int] "0$number")
            }
            if ($InputName) {
                $file = Join-Path (New-Folder) 'input.csv'
                $Rows | Set-Content -LiteralPath $file
                "-$InputName"
                $file
            }
            # Started by its webhook, which hands over a text.
            if ($Name -eq 'CopperWebhookRunbook.ps1') {
                '-WebhookData'; '{"RequestBody":"{\"ids\":[1],\"type\":\"person\",\"event\":\"update\",\"key\":\"s3cret\"}"}'
            }
            $Work
        }

        function New-Folder { (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid().ToString('n')))).FullName }

        function Get-SentChange {
            @(
                Get-SandboxJournal $sandbox |
                    Where-Object { $_.method -in 'PUT', 'DELETE' -or ($_.method -eq 'POST' -and $_.path -notlike '*/search') }
            )
        }
    }

    It '<Name> works on demo data, twice' -ForEach $samples {
        $arguments = @(Get-SampleArgument -Output $Output -Work $Work -Folder (New-Folder) -InputName $InputName -Rows $Rows) + '-Sandbox'
        foreach ($round in 1, 2) {
            $run = Invoke-Sample $Name $arguments -Default @{ RateLimit = '100000/1s' }
            $run.ErrorText | Should -Be '' -Because "round $round"
            $run.ExitCode | Should -Be 0 -Because "round ${round}: $($run.Text)"
        }
    }

    It '<Name> fails, says why and keeps the key when <Why>' -ForEach $failing {
        $environment = $account.Clone()
        foreach ($variable in $Change.Keys) { $environment[$variable] = $Change[$variable] }
        $environment.COPPER_WEBHOOK_SECRET = 's3cret'
        $given = @{ Output = $Output; Work = $Work; Name = $Name; Folder = New-Folder; InputName = $InputName; Rows = $Rows }
        $run = Invoke-Sample $Name (Get-SampleArgument @given) -Environment $environment -Default @{
            MaxRetry = 0; BaseUri = $environment.COPPER_BASE_URL
        }
        $run.ExitCode | Should -Be 1
        $run.Text | Should -Match $Words
        $run.Text | Should -Not -Match '5ecret'
    }

    It '<Name> changes nothing when it cannot write what it keeps' -ForEach @($samples | Where-Object { $_.Output }) {
        # A file where the folder should be: nobody can write below it, not even root.
        $file = Join-Path (New-Folder) 'file'
        'mine' | Set-Content -LiteralPath $file
        $environment = $account + @{ COPPER_WEBHOOK_SECRET = 's3cret' }
        if ($Name -eq 'CopperAccessRequest.ps1') {
            # Of nobody it would have nothing to write.
            Connect-SandboxHost $sandbox
            $Rows = 'Email', (Get-CopperPerson -First 20 | Where-Object Email | Select-Object -First 1).Email
        }
        Clear-SandboxJournal $sandbox
        $arguments = Get-SampleArgument -Output $Output -Work $Work -Name $Name -Folder $file -InputName $InputName -Rows $Rows
        $run = Invoke-Sample $Name $arguments -Environment $environment
        $run.ExitCode | Should -Be 1
        $run.Text | Should -Match 'output'
        Get-Content -LiteralPath $file | Should -Be 'mine'
        Get-SentChange | Should -BeNullOrEmpty
    }

    It '<Name> names the state that it cannot read, and changes nothing' -ForEach @($samples | Where-Object { $_.Output -eq 'StatePath' }) {
        $folder = New-Folder
        'last tuesday' | Set-Content -LiteralPath (Join-Path $folder 'output')
        Clear-SandboxJournal $sandbox
        $run = Invoke-Sample $Name (Get-SampleArgument -Output $Output -Work $Work -Name $Name -Folder $folder) -Environment ($account +
            @{ COPPER_WEBHOOK_SECRET = 's3cret' })
        $run.ExitCode | Should -Be 1
        $run.Text | Should -Match "holds no moment but 'last tuesday'"
        @(Get-SandboxJournal $sandbox) | Should -BeNullOrEmpty
    }

    It 'CopperListener.ps1 runs the script of -ActionPath' {
        $folder = New-Folder
        'param($Notification) "seen: $($Notification.Ids)"' | Set-Content -LiteralPath (Join-Path $folder 'action.ps1')
        $arguments = '-StatePath', (Join-Path $folder 'state'), '-ActionPath', (Join-Path $folder 'action.ps1')
        $run = Invoke-Sample CopperListener.ps1 ($arguments + '-Prefix' + 'http://127.0.0.1:0/' + '-Count' + '1' + '-TimeoutSec' + '60' +
            '-Sandbox')
        $run.ErrorText | Should -Be ''
        $run.Text | Should -Match 'seen: 1'
    }

    It 'CopperListener.ps1 asks for the secret that is not there' {
        $run = Invoke-Sample CopperListener.ps1 '-StatePath', (Join-Path (New-Folder) 'state') -Environment $account
        $run.ExitCode | Should -Be 1
        $run.Text | Should -Match 'COPPER_WEBHOOK_SECRET'
    }

    It 'CopperWebhookRunbook.ps1 says what starts it' {
        $run = Invoke-Sample CopperWebhookRunbook.ps1 @() -Environment $account
        $run.ExitCode | Should -Be 1
        $run.Text | Should -Match 'started by its webhook'
    }
}

Describe 'Every sample' {
    It 'is run above, on demo data and on a service that fails' {
        $files = (Get-ChildItem (Get-RepositoryPath samples) -Filter *.ps1 | Where-Object Name -NE 'Demo.ps1').Name
        $text = [IO.File]::ReadAllText((Join-Path $PSScriptRoot 'Samples.Tests.ps1'))
        foreach ($file in $files) { $text | Should -Match "Name = '$([regex]::Escape($file))'; Work = " }
    }

    It 'Demo.ps1, which needs no account, shows its tour' {
        $run = Invoke-Sample Demo.ps1 '-Path', (Join-Path $TestDrive 'demo.csv') -OwnProcess
        $run.ErrorText | Should -Be ''
        @(Import-Csv (Join-Path $TestDrive 'demo.csv')).Count | Should -BeGreaterThan 900
    }

    It '<Name> has help, strict parameters and no secret in it' -ForEach @(
        Get-Item ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'samples', '*.ps1')) -Exclude 'Demo.ps1' |
            ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } }
    ) {
        $errors = $null
        $tree = [Management.Automation.Language.Parser]::ParseFile($Path, [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty
        $tree.ParamBlock.Parameters.Name.VariablePath.UserPath | Should -Contain 'Sandbox'
        $help = $tree.GetHelpContent()
        $help.Synopsis | Should -Not -BeNullOrEmpty
        foreach ($parameter in $tree.ParamBlock.Parameters) {
            $help.Parameters.Keys | Should -Contain $parameter.Name.VariablePath.UserPath.ToUpperInvariant()
        }
        $text = [IO.File]::ReadAllText($Path)
        $text | Should -Match "ErrorActionPreference = 'Stop'"
        $text | Should -Not -Match 'ConvertTo-SecureString|-AsPlainText|Read-Host'
    }
}
