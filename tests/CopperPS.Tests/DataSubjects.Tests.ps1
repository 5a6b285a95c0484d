# What an account has about a person is written into a folder, and erased: in the account, in snapshots and in journals.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 40 -Setting @{
        companies = 10; leads = 12; opportunities = 10; projects = 4; tasks = 8; activities = 40
    }
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }

    function Get-Folder { Join-Path $TestDrive ([guid]::NewGuid()) }
    function Get-Written { @(Get-SandboxRequest $sandbox | Where-Object { $_ -notmatch '^(GET|POST /\w+/search)' }) }

    # Zelda stands in nine places; Sancho is somebody else.
    function New-Zelda {
        $zelda = New-CopperPerson 'Zelda Quixote' -Email zelda@quixote.example, zelda.home@quixote.example -PhoneNumber '+44 20 7946 0991'
        $null = New-CopperPerson 'Sancho Rocinante' -Email sancho@rocinante.example, zelda.side@quixote.example
        $null = New-CopperLead 'Zelda Quixote' -Email ZELDA@quixote.example
        $null = New-CopperCompany 'Windmills Ltd' -PrimaryContact $zelda -Details 'Ask zelda@quixote.example for the keys'
        $null = New-CopperOpportunity Sails -PrimaryContact $zelda
        Add-CopperRelatedItem -From $zelda -To (New-CopperProject Restoration)
        $null = New-CopperTask 'Send the keys' -RelatedTo $zelda
        $null = New-CopperActivity -RelatedTo $zelda -Details 'Called about the sails'
        $null = New-CopperActivity -RelatedTo (Get-CopperCompany 10000001) -Details 'Met ZELDA QUIXOTE at the mill'
        $file = Join-Path $TestDrive contract.txt
        Set-Content $file 'A contract'
        $null = $zelda | Add-CopperFile -Path $file
        $zelda
    }

    # The lines of all files below a folder, unpacked, that have something of Zelda.
    function Get-Trace([string] $Path) {
        Get-ChildItem $Path -Recurse -File | ForEach-Object {
            $stream = [IO.File]::OpenRead($_.FullName)
            $content = if ($_.Extension -ne '.gz') { $stream } else {
                [IO.Compression.GZipStream]::new($stream, [IO.Compression.CompressionMode]::Decompress)
            }
            $reader = [IO.StreamReader]::new($content)
            try { $reader.ReadToEnd() -split "`n" -match 'quixote|7946 0991' } finally { $reader.Dispose() }
        }
    }
    $both = 'zelda@quixote.example', 'zelda.side@quixote.example'
    $texts = 'Ask zelda@quixote.example for the keys|Met ZELDA QUIXOTE at the mill'
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Export-CopperDataSubject' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-CopperCache
        $zelda = New-Zelda
        $path = Get-Folder
    }

    It 'writes what is there about a person, and why, and sends nothing that writes' {
        Clear-SandboxJournal $sandbox
        $subject = Export-CopperDataSubject $both $path
        Get-Written | Should -BeNullOrEmpty
        $subject.Name | Should -Be 'Zelda Quixote'
        $subject.Addresses | Should -Contain 'zelda.home@quixote.example'
        $found = $subject.Findings | ForEach-Object { "$($_.Relation) $($_.Entity) $($_.Field)".Trim() } | Sort-Object
        $found | Should -Be @(
            'Mention activity details', 'Mention company details', 'Own activity parent', 'Own file', 'Own lead', 'Own person',
            'Reference company primary_contact_id', 'Reference opportunity primary_contact_id', 'Reference person emails',
            'Reference project related', 'Reference task related_resource'
        )
        $subject.Path | Should -Be (Join-Path $path zelda@quixote.example)
        (Get-ChildItem $subject.Path).Name | Should -Contain 'README.txt'
        (Import-Csv (Join-Path $subject.Path people.csv) -Encoding UTF8).Name | Sort-Object | Should -Be 'Sancho Rocinante', 'Zelda Quixote'
        (Import-Csv (Join-Path $subject.Path mentions.csv) -Encoding UTF8).Text | Should -Contain 'Met ZELDA QUIXOTE at the mill'
        (Get-Content (Join-Path $subject.Path index.json) -Raw | ConvertFrom-Json).findings | Should -HaveCount 11
    }

    It 'takes addresses, people and rows from the pipeline, reads the account once, and each gets a folder' {
        $other = Get-CopperPerson 3
        Clear-SandboxJournal $sandbox
        $subjects = @(
            'zelda@quixote.example', $other, [pscustomobject]@{ Name = 'S'; Email = 'sancho@rocinante.example' } |
                Export-CopperDataSubject -Path $path
        )
        $subjects.Email | Should -Be 'zelda@quixote.example', $other.Email.ToLowerInvariant(), 'sancho@rocinante.example'
        (Get-ChildItem $path -Directory).Name | Should -HaveCount 3
        @(Get-SandboxRequest $sandbox | Where-Object { $_ -like '*/activities/search*' }) | Should -HaveCount 1
    }

    It 'says clearly that nobody has an address, and writes nothing' {
        $result = Export-CopperDataSubject zelda@quixotte.example $path -WarningVariable warnings -WarningAction SilentlyContinue `
            -ErrorVariable problem -ErrorAction SilentlyContinue
        $result | Should -BeNullOrEmpty
        "$warnings" | Should -BeLike "*No person and no lead has the address 'zelda@quixotte.example'. Check its spelling*"
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
        $path | Should -Not -Exist
    }

    It 'rejects what is no address before anything is sent, and goes on with the others: <given>' -ForEach @(
        @{ given = 'zelda' }, @{ given = 'a@b@c' }, @{ given = [pscustomobject]@{ Email = '' } }
    ) {
        Clear-SandboxJournal $sandbox
        $given | Export-CopperDataSubject -Path $path -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperInvalidArgument,*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        @($given, 'zelda@quixote.example' | Export-CopperDataSubject -Path $path -ErrorAction Ignore) | Should -HaveCount 1
    }

    It 'rejects a row without a column Email, and a record that has no address' {
        { [pscustomobject]@{ Mail = 'x@y.example' } | Export-CopperDataSubject -Path $path -ErrorAction Stop } |
            Should -Throw '*column Email*'
        { Get-CopperCompany -First 1 | Export-CopperDataSubject -Path $path -ErrorAction Stop } |
            Should -Throw '*neither a person nor a lead*'
    }

    It 'replaces no folder, and writes none with -WhatIf' {
        Export-CopperDataSubject zelda@quixote.example $path -WhatIf
        $path | Should -Not -Exist
        $null = Export-CopperDataSubject zelda@quixote.example $path
        { Export-CopperDataSubject zelda@quixote.example $path -ErrorAction Stop } | Should -Throw '*exists already*'
    }

    It 'looks into snapshots and journals, and rejects a folder that is none' {
        $snapshot = Get-Folder
        Backup-CopperAccount $snapshot
        $subject = Export-CopperDataSubject $both $path -SnapshotPath $snapshot
        @($subject.Findings | Where-Object Place -EQ Snapshot).Count | Should -BeGreaterThan 7
        { Export-CopperDataSubject $both $path -SnapshotPath (Get-Folder) } | Should -Throw -ErrorId 'CopperInvalidSnapshot,*'
        { Export-CopperDataSubject $both $path -JournalPath (Join-Path $TestDrive none.jsonl) } |
            Should -Throw -ErrorId 'CopperFileNotReadable,*'
    }
}

Describe 'Remove-CopperDataSubject' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-CopperCache
        $zelda = New-Zelda
        $snapshot = Get-Folder
        Backup-CopperAccount $snapshot -Include Activity, Relation, FileList
        $list = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
        $journal = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
    }

    It 'sends and writes nothing with -WhatIf, and says what it would do' {
        Clear-SandboxJournal $sandbox
        $before = (Get-FileHash (Join-Path $snapshot manifest.json)).Hash
        $kept = @(Remove-CopperDataSubject $both -SnapshotPath $snapshot -SuppressionPath $list -WhatIf)
        Get-Written | Should -BeNullOrEmpty
        (Get-FileHash (Join-Path $snapshot manifest.json)).Hash | Should -Be $before
        $list | Should -Not -Exist
        $kept.Action | Sort-Object -Unique | Should -Be 'Keep'
        (Get-CopperPerson $zelda.Id).Name | Should -Be 'Zelda Quixote'
    }

    It 'leaves nothing but listed texts in account, snapshots and journals, and what restores brings nobody back' {
        Start-CopperJournal $journal
        Set-CopperPerson $zelda.Id -Title Knight
        Set-CopperPerson 1 -Title Chair
        { Remove-CopperDataSubject $both -Confirm:$false -WarningAction Ignore } |
            Should -Throw -ErrorId 'CopperInvalidArgument,*' -ExpectedMessage '*Stop-CopperJournal*'
        Stop-CopperJournal
        $old = Get-Folder
        Copy-Item $snapshot $old -Recurse
        $results = @(Remove-CopperDataSubject $both -SnapshotPath $snapshot -JournalPath $journal -SuppressionPath $list -Confirm:$false)
        $results | Where-Object Status -NotIn Done, Skipped | Should -BeNullOrEmpty
        $results | Where-Object Action -EQ Keep | ForEach-Object { "$($_.Place) $($_.Entity)" } | Sort-Object |
            Should -Be 'Account activity', 'Account company', 'Snapshot activity', 'Snapshot company'
        Get-Trace $snapshot | Should -Match $texts
        Get-Trace (Split-Path $list) | Where-Object { $_ -match 'suppression list' } | Should -BeNullOrEmpty
        Get-Content $list, $journal | Should -Not -Match 'quixote'
        Test-CopperSnapshot $snapshot | Where-Object Status -NE Sound | Should -BeNullOrEmpty
        $now = Get-Folder
        Backup-CopperAccount $now
        Get-Trace $now | Should -Match $texts
        (Get-CopperPerson -Email sancho@rocinante.example).Emails.Email | Should -Be 'sancho@rocinante.example'

        $restored = @(Restore-CopperSnapshot $old -SuppressionPath $list -JournalPath (Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"))
        @($restored | Where-Object Reason -Like '*suppression list*').Count | Should -BeGreaterThan 2
        Get-CopperPerson -Name 'Zelda Quixote' | Should -BeNullOrEmpty
        Get-CopperLead -Name 'Zelda Quixote' | Should -BeNullOrEmpty
        $undone = @(Undo-CopperChange $journal -SuppressionPath $list -WarningAction Ignore)
        $undone | Where-Object Id -EQ $zelda.Id | ForEach-Object Status | Should -Be 'Skipped'
        (Get-CopperPerson 1).Title | Should -Not -Be 'Chair'
        $rows = [pscustomobject]@{ Name = 'Z'; Email = 'Zelda@quixote.example' }, [pscustomobject]@{ Name = 'Q'; Email = 'q@q.example' }
        ($rows | Import-CopperRecord Person -MatchOn Email -SuppressionPath $list).Status | Should -Be 'Skipped', 'Done'
        $steps = $rows[0] | Import-CopperRecord Person -MatchOn Email -PlanOnly
        ($steps | Invoke-CopperPlan -SuppressionPath $list).Status | Should -Be 'Skipped'

        # Once more: nothing is left, and nothing is an error.
        $again = Remove-CopperDataSubject zelda@quixote.example -SnapshotPath (Get-Item $now) -SuppressionPath $list -Confirm:$false
        $again | Where-Object Action -NE Keep | ForEach-Object { "$($_.Status) $($_.Action)" } | Should -Not -Contain 'Done Delete'
    }

    It 'goes on where it was interrupted' {
        $null = Remove-CopperDataSubject $both -SuppressionPath $list -Confirm:$false -WarningVariable warnings -WarningAction Ignore |
            Select-Object -First 4
        "$warnings" | Should -BeLike '*run the same command again*'
        $null = Remove-CopperDataSubject $both -SuppressionPath $list -Confirm:$false
        Get-CopperPerson -Name 'Zelda Quixote' | Should -BeNullOrEmpty
        Get-CopperLead -Name 'Zelda Quixote' | Should -BeNullOrEmpty
    }

    It 'warns without -SuppressionPath, and says clearly that nobody has an address' {
        $null = Remove-CopperDataSubject nobody@quixote.example -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue `
            -ErrorVariable problem -ErrorAction SilentlyContinue
        "$($warnings[0])" | Should -BeLike 'Without -SuppressionPath*'
        "$($warnings[1])" | Should -BeLike "*No person and no lead*"
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
    }

    It 'reports a snapshot that cannot be rewritten, and erases the rest' {
        Add-Content (Join-Path $snapshot people.jsonl.gz) 'x'
        Set-Content $list 'no list'
        { Remove-CopperDataSubject $both -SuppressionPath $list -Confirm:$false } |
            Should -Throw -ErrorId 'CopperInvalidSuppressionList,*'
        { Restore-CopperSnapshot $snapshot -SuppressionPath "$list.none" -PlanOnly } |
            Should -Throw -ErrorId 'CopperInvalidSuppressionList,*'
        (Get-CopperPerson $zelda.Id).Name | Should -Be 'Zelda Quixote'
    }
}
