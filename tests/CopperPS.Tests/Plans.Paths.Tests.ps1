# Every parameter that names a journal, a snapshot or a list of the suppressed, given what is none: one error that says what it is.

BeforeDiscovery {
    $wrong = foreach ($name in 'missing', 'below a missing folder', 'a folder', 'empty', 'another file', 'below a file', 'damaged') {
        @{ wrong = $name }
    }
    $readers = @(
        @{ what = 'Undo-CopperChange'; call = { param($path) Undo-CopperChange $path } }
        @{ what = 'Get-CopperJournal'; call = { param($path) Get-CopperJournal $path -ErrorAction Stop } }
        @{ what = 'Invoke-CopperPlan -Resume'; call = { param($path) Invoke-CopperPlan -Resume -JournalPath $path } }
        @{ what = 'Compare-CopperSnapshot -JournalPath'; call = { param($path) Compare-CopperSnapshot $whole -JournalPath $path } }
        @{ what = 'Compare-CopperSnapshot'; call = { param($path) Compare-CopperSnapshot $path } }
        @{ what = 'Compare-CopperSnapshot -DifferencePath'; call = { param($path) Compare-CopperSnapshot $whole $path } }
        @{ what = 'Test-CopperSnapshot'; call = { param($path) Test-CopperSnapshot $path -ErrorAction Stop } }
        @{ what = 'Get-CopperSnapshotRecord'; call = { param($path) Get-CopperSnapshotRecord $path Lead } }
        @{ what = 'Restore-CopperSnapshot'; call = { param($path) Restore-CopperSnapshot $path -PlanOnly } }
        @{ what = 'Backup-CopperAccount -Previous'; call = { param($path) Backup-CopperAccount $fresh -Previous $path } }
        @{
            what = 'Import-CopperRecord -SuppressionPath'
            call = { param($path) $row | Import-CopperRecord Lead -MatchOn Email -SuppressionPath $path }
        }
    )
    # They create the file, so that only what stands in its way is an error.
    $writers = @(
        @{ what = 'Start-CopperJournal'; call = { param($path) Start-CopperJournal $path } }
        @{
            what = 'Import-CopperRecord -JournalPath'
            call = { param($path) $row | Import-CopperRecord Lead -MatchOn Email -JournalPath $path }
        }
        @{
            what = 'Import-CopperRecord -Resume'
            call = { param($path) $row | Import-CopperRecord Lead -MatchOn Email -JournalPath $path -Resume }
        }
        @{ what = 'Invoke-CopperPlan'; call = { param($path) $step | Invoke-CopperPlan -JournalPath $path } }
        @{ what = 'Restore-CopperSnapshot -JournalPath'; call = { param($path) Restore-CopperSnapshot $whole -JournalPath $path } }
        @{ what = 'Get-CopperChange'; call = { param($path) Get-CopperChange -StatePath $path -Entity Lead } }
    )
    $cases = @(
        foreach ($one in $readers) { foreach ($kind in $wrong) { $one + $kind } }
        foreach ($one in $writers) {
            foreach ($kind in $wrong | Where-Object wrong -NotIn 'missing', 'empty') { $one + $kind }
        }
        foreach ($name in 'another file', 'below a file') {
            @{ what = 'Backup-CopperAccount'; call = { param($path) Backup-CopperAccount $path -Include @() }; wrong = $name }
        }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20 -Setting @{
        companies = 3; leads = 3; opportunities = 3; projects = 2; tasks = 2; activities = 5
    }
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $whole = Join-Path $TestDrive whole
    $null = Backup-CopperAccount $whole 6> $null
    $row = [pscustomobject]@{ Name = 'Ada King'; Email = 'ada@paths.example' }
    $step = $row | Import-CopperRecord Lead -MatchOn Email -PlanOnly
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'A path of the wrong kind' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item $folder -ItemType Directory
        $fresh = Join-Path $folder fresh
        $file = Join-Path $folder notes.txt
        'Notes of a meeting.' | Set-Content $file
        $path = switch ($wrong) {
            missing { Join-Path $folder none.jsonl }
            'below a missing folder' { Join-Path $folder none | Join-Path -ChildPath run.jsonl }
            'a folder' { $folder }
            empty { (New-Item (Join-Path $folder empty.jsonl) -ItemType File).FullName }
            'another file' { $file }
            'below a file' { Join-Path $file run.jsonl }
            damaged {
                $damaged = Join-Path $folder damaged.jsonl
                '{"kind":"plan","version":1,"steps":1', '{"some":"thing"}' | Set-Content $damaged
                $damaged
            }
        }
        $before = @(Get-ChildItem $folder -Recurse -File | ForEach-Object { "$($_.FullName) $($_.Length)" })
    }
    AfterEach { Stop-CopperJournal -WarningAction Ignore }

    It '<what> of <wrong> is one error that names it and says what it is' -ForEach $cases {
        $problem = $null
        try { $null = & $call $path 3> $null 6> $null } catch { $problem = $_ }
        $problem | Should -Not -BeNullOrEmpty
        $kinds = 'Journal', 'Plan', 'Snapshot', 'State', 'SuppressionList', 'Argument'
        $problem.FullyQualifiedErrorId | Should -Match "^Copper(Invalid($($kinds -join '|'))|(Journal|Snapshot|State)Unavailable),"
        "$problem" | Should -BeLike "*$([WildcardPattern]::Escape($path))*"
        "$problem" | Should -Not -Match '^(Could not|Access to|The (file|directory) )|(Could not find (file|a part)|Access to the path)'
        if ($wrong -eq 'a folder' -and $what -match 'Journal|Plan|Undo|Resume|Change') { "$problem" | Should -BeLike '*is a folder*' }
        if ($wrong -eq 'below a file' -and $problem.FullyQualifiedErrorId -match 'Unavailable') {
            "$problem" | Should -BeLike '*is a file*'
        }
        @(Get-ChildItem $folder -Recurse -File | ForEach-Object { "$($_.FullName) $($_.Length)" }) | Should -Be $before
        (Get-CopperSession).JournalPath | Should -BeNullOrEmpty
    }
}
