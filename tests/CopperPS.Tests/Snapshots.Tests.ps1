# Snapshots: the account in a folder, its test, and its records without a connection.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 60
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $whole = Join-Path $TestDrive whole
    $null = Backup-CopperAccount $whole

    $large = Start-SandboxHost -People 450 -Setting @{ leads = 210; activities = 430 }
    function Get-Request($SandboxHost) {
        $counts = @{}
        Get-SandboxRequest $SandboxHost | Group-Object { ($_ -split ' ')[0, 1] -join ' ' } | ForEach-Object { $counts[$_.Name] = $_.Count }
        $counts
    }
    function Get-Folder { Join-Path $TestDrive ([guid]::NewGuid()) }
    function Get-Sum([string] $Path) {
        Get-ChildItem $Path -Recurse -File -Exclude manifest.json, SHA256SUMS | Sort-Object FullName |
            ForEach-Object { '{0} {1}' -f $_.Name, (Get-FileHash $_.FullName).Hash }
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
    Stop-SandboxHost $large
}

Describe 'Backup-CopperAccount' {
    It 'writes records, activities and lists, and a manifest that says what is in it and what is not' {
        $manifest = Get-Content (Join-Path $whole manifest.json) -Raw | ConvertFrom-Json
        $manifest.complete | Should -BeTrue
        $manifest.account.name | Should -Be 'Copper Demo'
        ($manifest.files | Where-Object name -EQ people.jsonl.gz).records | Should -Be 60
        $manifest.files.name | Should -Contain 'reference/pipelines.json'
        $manifest.files.name | Should -Contain 'activities/2026-09.jsonl.gz'
        "$($manifest.notIncluded)" | Should -Match 'The content of attached files'
        Test-Path (Join-Path $whole .partial) | Should -BeFalse
    }

    It 'writes nothing to the pipeline but with -PassThru' {
        Backup-CopperAccount (Get-Folder) -Entity Project -Include @() | Should -BeNullOrEmpty
        $folder = Get-Folder
        $snapshot = Backup-CopperAccount $folder -Entity Project, Company -Include @() -PassThru
        $snapshot.Path | Should -Be $folder
        $snapshot.IsComplete | Should -BeTrue
        $snapshot.Records | Should -Be (@(Get-CopperProject).Count + @(Get-CopperCompany).Count)
        "$($snapshot.NotIncluded)" | Should -Match 'The people: they were not asked for\..*The activities: they were not asked for\.'
    }

    It 'reads relations, connections and lists of files on demand' {
        $folder = Get-Folder
        $null = Backup-CopperAccount $folder -Entity Opportunity -Include Relation, FileList
        (Get-ChildItem $folder -Recurse -Filter opportunities.jsonl.gz).Directory.Name | Sort-Object |
            Should -Be @('files', 'relations', (Split-Path $folder -Leaf) | Sort-Object)
    }

    It 'adds what is named to the activities, and says at the end what is in it' {
        $folder = Get-Folder
        Backup-CopperAccount $folder -Entity Project -Include Relation -InformationVariable said 6> $null
        $contents = (Get-Content (Join-Path $folder manifest.json) -Raw | ConvertFrom-Json).include
        $contents | Should -Be 'Activity', 'Relation'
        "$said" | Should -Match 'records are in .*, with Activity, Relation; without Connection, FileList \(-Include adds them\)'
        $snapshot = Backup-CopperAccount (Get-Folder) -Entity Project -Include Relation -Exclude Activity -PassThru
        $snapshot.Contents | Should -Be 'Relation'
    }

    It 'takes from an earlier snapshot what has not changed' {
        Clear-SandboxJournal $sandbox
        $folder = Get-Folder
        $null = Backup-CopperAccount $folder -Previous $whole
        Get-Sum $folder | Should -Be (Get-Sum $whole)
        @(Get-SandboxJournal $sandbox | Where-Object path -EQ '/activities/search').Count | Should -BeLessOrEqual 3
    }

    It 'rejects a folder that holds something, before anything is sent' {
        Clear-SandboxJournal $sandbox
        { Backup-CopperAccount $whole -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperInvalidSnapshot,*' -ExpectedMessage '*There is a snapshot*already*'
        $folder = New-Item -ItemType Directory (Get-Folder)
        Set-Content (Join-Path $folder mine.txt) mine
        { Backup-CopperAccount $folder -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperInvalidSnapshot,*' -ExpectedMessage '*is not empty*'
        { Backup-CopperAccount env:PATH -ErrorAction Stop } | Should -Throw -ErrorId 'CopperSnapshotUnavailable,*'
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
    }

    It 'keeps what it has read when the service fails, and goes on with -Resume' {
        $folder = Get-Folder
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 400; match = @{ path = '^/people/search$' } }
        $message = try { Backup-CopperAccount $folder -ErrorAction Stop } catch { "$_" }
        $message | Should -BeLike '*What was read is kept: run the command again with -Resume.'
        Set-SandboxFault $sandbox
        { Get-CopperSnapshotRecord $folder Person -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperInvalidSnapshot,*' -ExpectedMessage '*was interrupted*-Resume*'
        { Backup-CopperAccount $folder -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperInvalidSnapshot,*' -ExpectedMessage '*Add -Resume*'
        $null = Backup-CopperAccount $folder -Resume
        Get-Sum $folder | Should -Be (Get-Sum $whole)
    }

    It 'warns when the user may not read all of it' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 403; match = @{ path = '^/leads/search$' } }
        $folder = Get-Folder
        $null = Backup-CopperAccount $folder -Entity Lead, Project -Include @() -WarningVariable warned -WarningAction SilentlyContinue
        Set-SandboxFault $sandbox
        "$warned" | Should -Match 'is not complete: Leads: '
        { Get-CopperSnapshotRecord $folder Lead -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperInvalidSnapshot,*' -ExpectedMessage '*has no leads*'
    }

    It 'goes on where other processes were killed, and reads hardly more' {
        # COPPER_TEST_KILLS says how many are killed, and COPPER_TEST_SEED where the random numbers begin.
        $kills = if ($env:COPPER_TEST_KILLS) { [int] $env:COPPER_TEST_KILLS } else { 2 }
        $random = [Random]::new($(if ($env:COPPER_TEST_SEED) { [int] $env:COPPER_TEST_SEED } else { 1 }))
        . ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'build', 'PowerShellCommand.ps1'))
        $shell = Get-PowerShellCommand
        $script = Join-Path $TestDrive backup.ps1
        Set-Content $script @"
param(`$folder)
Import-Module '$(Join-Path (Get-ModulePath) CopperPS.psd1)'
`$key = ConvertTo-SecureString sandbox-key -AsPlainText -Force
Connect-Copper -BaseUri '$($large.BaseUri)' -UserEmail demo@copper.example -ApiKey `$key -RateLimit '100000/1s' -SkipVerify
Backup-CopperAccount `$folder -Resume
"@
        Connect-SandboxHost $large @{ RateLimit = '100000/1s' }
        try {
            $expected = Get-Folder
            Clear-SandboxJournal $large
            $null = Backup-CopperAccount $expected
            $sums = Get-Sum $expected
            $once = Get-Request $large
            $total = ($once.Values | Measure-Object -Sum).Sum
            for ($killed = 0; $killed -lt $kills) {
                $folder = Get-Folder
                Clear-SandboxJournal $large
                $before = $killed
                do {
                    Set-SandboxLatency $large ($random.Next(2) * $random.Next(30))
                    $process = Start-Process $shell.FilePath -PassThru -ArgumentList (
                        @($shell.ArgumentList) + '-File', "`"$script`"", "`"$folder`"")
                    $until = $random.Next($total + 1)
                    while (-not $process.HasExited -and (Get-SandboxStatistic $large).requests -lt $until) { Start-Sleep -Milliseconds 1 }
                    $null = $process.WaitForExit($random.Next(1, 60))
                    if (-not $process.HasExited) { $killed++; $process.Kill(); $process.WaitForExit() }
                } while ($killed -gt $before -and $killed -lt $kills -and $random.Next(3) -eq 0)

                Set-SandboxLatency $large 0
                $null = Backup-CopperAccount $folder -Resume -WarningAction SilentlyContinue
                Get-Sum $folder | Should -Be $sums -Because "of kill $killed"
                $sent = Get-Request $large
                foreach ($stream in $sent.Keys) {
                    $sent[$stream] | Should -BeLessOrEqual ($once[$stream] + $killed - $before) -Because "$stream after kill $killed"
                }
                Remove-Item $folder -Recurse
            }
        }
        finally { Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' } }
    }
}

Describe 'Test-CopperSnapshot' {
    It 'has a row for each file, and all are sound' {
        $tests = @(Test-CopperSnapshot $whole)
        $tests.Status | Select-Object -Unique | Should -Be 'Sound'
        $tests.File | Should -Contain 'people.jsonl.gz'
        $tests | Should -HaveCount @(Get-ChildItem $whole -Recurse -File).Count
        Test-CopperSnapshot $whole -Quiet | Should -BeTrue
    }

    It 'takes folders and snapshots from the pipeline' {
        (Get-Item $whole | Test-CopperSnapshot).Status | Select-Object -Unique | Should -Be 'Sound'
        Backup-CopperAccount (Get-Folder) -Entity Project -Include @() -PassThru | Test-CopperSnapshot -Quiet | Should -BeTrue
    }

    It 'finds a changed byte and a missing file' {
        $folder = Get-Folder
        Copy-Item $whole $folder -Recurse
        $path = Join-Path $folder people.jsonl.gz
        $bytes = [IO.File]::ReadAllBytes($path)
        $bytes[100] = $bytes[100] -bxor 4
        [IO.File]::WriteAllBytes($path, $bytes)
        Remove-Item (Join-Path $folder tasks.jsonl.gz)
        $bad = @(Test-CopperSnapshot $folder -ErrorVariable problem -ErrorAction SilentlyContinue |
                Where-Object Status -NE Sound | Sort-Object File)
        $bad.File | Should -Be 'people.jsonl.gz', 'tasks.jsonl.gz'
        $bad.Status | Should -Be 'Changed', 'Missing'
        $bad[0].Reason | Should -Match 'SHA-256'
        $problem.FullyQualifiedErrorId | Should -Be 'CopperInvalidSnapshot,CopperPS.Cmdlets.Snapshots.TestCopperSnapshotCommand'
        "$problem" | Should -BeLike "*$folder' is not sound: 2 files*-Quiet*"
        Test-CopperSnapshot $folder -Quiet -ErrorVariable problem | Should -BeFalse
        $problem | Should -BeNullOrEmpty
    }

    It 'says of another folder that it is no snapshot' {
        Test-CopperSnapshot $TestDrive -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperInvalidSnapshot,*'
        Test-CopperSnapshot (Get-Folder) -Quiet | Should -BeFalse
    }
}

Describe 'Get-CopperSnapshotRecord' {
    It 'returns the objects that Get- cmdlets return, with names' {
        $live = Get-CopperOpportunity -First 1
        $kept = Get-CopperSnapshotRecord $whole Opportunity $live.Id
        $kept | Should -BeOfType ([Copper.Client.Models.CopperOpportunity])
        $kept.Stage | Should -Be $live.Stage
        $kept.Assignee | Should -Be $live.Assignee
        "$($kept.CustomFields)" | Should -Be "$($live.CustomFields)"
        ($kept | ConvertTo-Json -Depth 6) | Should -Be ($live | ConvertTo-Json -Depth 6)
    }

    It 'needs no connection' {
        Clear-SandboxJournal $sandbox
        $session = Get-CopperSession
        Disconnect-Copper
        try {
            @(Get-CopperSnapshotRecord $whole Person) | Should -HaveCount 60
            (Get-CopperSnapshotRecord $whole Activity | Select-Object -First 1).Type | Should -Not -BeNullOrEmpty
        }
        finally { Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' } }
        $session | Should -Not -BeNullOrEmpty
    }

    It 'finds records by id, by records from the pipeline and by name' {
        $people = @(Get-CopperPerson -First 3)
        ($people | Get-CopperSnapshotRecord $whole Person).Id | Sort-Object | Should -Be ($people.Id | Sort-Object)
        (Get-CopperSnapshotRecord $whole Person -Name $people[0].Name).Id | Should -Contain $people[0].Id
        $some = @(Get-CopperSnapshotRecord $whole Person -Name 'a*')
        $some.Count | Should -BeGreaterThan 0
        $some.Name | Where-Object { $_ -notlike 'a*' } | Should -BeNullOrEmpty
    }

    It 'has one error for an id that is not there, and takes no record of another kind' {
        $found = Get-CopperSnapshotRecord $whole Person 1, 999999 -ErrorVariable problem -ErrorAction SilentlyContinue
        $found.Id | Should -Be 1
        $problem | Should -HaveCount 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
        Get-CopperCompany -First 1 | Get-CopperSnapshotRecord $whole Person -ErrorVariable problem -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
    }
}
