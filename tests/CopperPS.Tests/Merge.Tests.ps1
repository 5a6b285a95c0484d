# Merge-CopperRecord makes one record of several, and loses nothing; what it does in detail is tested in MergeTests.cs.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 60
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }

    function Get-Written { @(Get-SandboxRequest $sandbox | Where-Object { $_ -notmatch '^(GET|POST /\w+/search)' }) }
    function New-Journal { Join-Path $TestDrive "$([guid]::NewGuid()).jsonl" }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Merge-CopperRecord' {
    BeforeEach {
        $keep = New-CopperPerson 'Zoe Zyx' -Title Countess -Email "zoe@$([guid]::NewGuid()).example"
        $other = New-CopperPerson 'Zyx, Zoe' -Title Queen -Details 'Knows engines' -Email "z@$([guid]::NewGuid()).example"
        $task = New-CopperTask 'Call her' -RelatedTo $other
        $null = New-CopperActivity -RelatedTo $other -Details 'She called'
        Clear-SandboxJournal $sandbox
    }

    It 'fills what is missing, moves what belongs to the other, deletes it, and is taken back' {
        $journal = New-Journal
        $results = @(Merge-CopperRecord Person -Keep $keep -Id $other -JournalPath $journal)
        $results.Status | Select-Object -Unique | Should -Be Done
        $results[-1].Reason | Should -BeLike "Merged into person $($keep.Id). Not kept: Name 'Zyx, Zoe', Title 'Queen'."
        $merged = Get-CopperPerson $keep.Id
        $merged.Title, $merged.Details | Should -Be 'Countess', 'Knows engines'
        "$($merged.Emails)" | Should -Be "$($keep.Email) $($other.Email)"
        (Get-CopperTask $task.Id).RelatedResource.Id | Should -Be $keep.Id
        (Get-CopperActivity -RelatedTo $merged).Details | Should -Be 'She called'
        { Get-CopperPerson $other.Id -ErrorAction Stop } | Should -Throw -ErrorId 'CopperNotFound,*'

        $undone = @(Undo-CopperChange $journal)
        $undone.Status | Select-Object -Unique | Should -Be Done
        ($undone | Where-Object OldId -EQ $other.Id).Reason |
            Should -BeLike 'The activity that the journal has comes back with it; other activities and files do not.*'
        $back = Get-CopperPerson -Email $other.Email
        $back.Id | Should -Not -Be $other.Id
        (Get-CopperTask $task.Id).RelatedResource.Id | Should -Be $back.Id
        (Get-CopperActivity -RelatedTo $back).Details | Should -Be 'She called'
        (Get-CopperPerson $keep.Id).Emails.Count | Should -Be 1
    }

    It 'shows with -WhatIf and -PlanOnly what it would do, and does nothing' {
        (Merge-CopperRecord Person $keep $other -PlanOnly).Action | Should -Be 'Update', 'Update', 'Update', 'Create', 'Delete', 'Delete'
        Merge-CopperRecord Person $keep $other -WhatIf | Should -BeNullOrEmpty
        Get-Written | Should -BeNullOrEmpty
    }

    It 'says with -WhatIf which values are not kept, and why a record gives something up' {
        $file = Join-Path $TestDrive whatif.txt
        $null = Start-Transcript $file
        try { Merge-CopperRecord Person $keep $other -WhatIf } finally { $null = Stop-Transcript }
        $shown = (Get-Content $file) -join ' '
        $shown | Should -BeLike "*Delete for good (Merged into person $($keep.Id). Not kept: Name 'Zyx, Zoe', Title 'Queen')*"
        $shown | Should -BeLike "*-> nothing (person $($keep.Id) gets what only one record may have)*"
    }

    It 'names the company that is not kept, not its id' {
        $companies = 1..2 | ForEach-Object { New-CopperCompany "Works $_ $([guid]::NewGuid())" }
        Set-CopperPerson $keep -Company $companies[0]
        Set-CopperPerson $other -Company $companies[1]
        $reason = (Merge-CopperRecord Person $keep $other -PlanOnly)[-1].Reason
        $reason | Should -BeLike "*Not kept:*Company '$($companies[1].Name.Substring(0, 40))*"
        $reason | Should -Not -BeLike '*CompanyId*'
    }

    It 'holds a record with a file, and says what to do' {
        $file = Join-Path $TestDrive plan.txt
        Set-Content $file x
        $null = Add-CopperFile $file -RelatedTo $other
        Clear-SandboxJournal $sandbox
        $result = Merge-CopperRecord Person $keep $other -JournalPath (New-Journal) -WarningAction Ignore
        $result.Status, $result.Id | Should -Be 'Held', $other.Id
        $result.Reason | Should -BeLike 'It has 1 file (plan.txt), *merge it in the web app.'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'takes groups as they were found, or as a file gives them back' {
        $group = Find-CopperDuplicate Person -MatchOn Name | Where-Object { $_.Ids -contains $keep.Id }
        @($group | Merge-CopperRecord -PlanOnly | Where-Object Action -EQ Delete).Id | Should -Not -Contain $group.Keep.Id
        $row = [pscustomobject] @{ Entity = 'person'; Ids = "$($other.Id) $($keep.Id)" }
        ($row | Merge-CopperRecord -PlanOnly)[-1].Id | Should -Be $keep.Id
        ($row | Merge-CopperRecord -PlanOnly -Prefer Oldest)[-1].Id | Should -Be $other.Id
        ($row | ConvertTo-Json | ConvertFrom-Json | Merge-CopperRecord Person -PlanOnly)[-1].Id | Should -Be $keep.Id
        (Get-CopperPerson $other.Id | Merge-CopperRecord Person -Keep $keep -PlanOnly)[-1].Id | Should -Be $other.Id
    }

    It 'takes by position what is merged' {
        $group = Find-CopperDuplicate Person -MatchOn Name | Where-Object { $_.Ids -contains $keep.Id }
        (Merge-CopperRecord $group -PlanOnly)[-1].Action | Should -Be Delete
        (Merge-CopperRecord @($group) -PlanOnly)[-1].Action | Should -Be Delete
        (Merge-CopperRecord $other -Keep $keep -PlanOnly)[-1].Id | Should -Be $other.Id
        (Merge-CopperRecord $other.Id -Keep $keep -PlanOnly)[-1].Id | Should -Be $other.Id
        ($other | Merge-CopperRecord -Keep $keep -PlanOnly)[-1].Id | Should -Be $other.Id
        (Merge-CopperRecord -Keep $keep.Id -Id $other -PlanOnly)[-1].Id | Should -Be $other.Id
        { Merge-CopperRecord $other -PlanOnly -ErrorAction Stop } | Should -Throw '*is a single record*-Keep*'
        { Merge-CopperRecord -Keep $keep.Id -Id $other.Id -PlanOnly -ErrorAction Stop } | Should -Throw '*Give -Entity*'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'does nothing for no groups' {
        @() | Merge-CopperRecord -PlanOnly | Should -BeNullOrEmpty
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
    }

    It 'rejects what cannot be merged, before anything is sent' {
        { Merge-CopperRecord Person $keep $other } |
            Should -Throw -ErrorId 'CopperInvalidArgument,*' -ExpectedMessage '*needs -JournalPath*'
        { Merge-CopperRecord Person $keep $keep -PlanOnly } | Should -Throw -ErrorId 'CopperInvalidArgument,*'
        { Merge-CopperRecord Person $keep (Get-CopperLead -First 1) -PlanOnly -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperEntityMismatch,*'
        { Merge-CopperRecord Person $keep 999999 -PlanOnly } | Should -Throw -ErrorId 'CopperNotFound,*' -ExpectedMessage '*person 999999*'
        { Merge-CopperRecord Persn $keep $other -PlanOnly } | Should -Throw -ErrorId 'CopperUnknownName,*' -ExpectedMessage '*Person*'
        { Merge-CopperRecord -PlanOnly } | Should -Throw '*Give what is merged*'
        { [pscustomobject] @{ Entity = 'task'; Ids = 1, 2 } | Merge-CopperRecord -PlanOnly } | Should -Throw
        7, $null, [pscustomobject] @{ Entity = 'lead'; Ids = '1 x' }, [pscustomobject] @{ Entity = 'lead'; Ids = 1, 2 } |
            Merge-CopperRecord Person -PlanOnly -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | ForEach-Object { ($_ -split ',')[0] } |
            Should -Be 'CopperInvalidArgument', 'CopperInvalidArgument', 'CopperInvalidId', 'CopperEntityMismatch'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'completes kinds of records and preferences' {
        $text = 'Merge-CopperRecord -Entity '
        (TabExpansion2 $text $text.Length).CompletionMatches.ListItemText | Should -Be 'Company', 'Lead', 'Person'
        $text = 'Merge-CopperRecord Lead -Prefer '
        (TabExpansion2 $text $text.Length).CompletionMatches.ListItemText | Should -Be 'MostComplete', 'Newest', 'Oldest'
    }
}
