# Duplicates: people, companies and leads that are there twice.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 60
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $zoes = @(
        New-CopperPerson 'Zoe Zyx' -PhoneNumber '+44 20 7946 0011' -Title Countess
        New-CopperPerson 'Zyx, Zoë' -PhoneNumber '(020) 7946-0011'
    )

    function Find-Zoe { Find-CopperDuplicate Person @args | Where-Object { $_.Ids -contains $zoes[0].Id } }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Find-CopperDuplicate' {
    It 'groups records, says why, and which one is worth keeping' {
        $group = Find-Zoe
        $group.Entity | Should -Be person
        $group.Count | Should -Be 2
        $group.Confidence | Should -Be Exact
        $group.Reasons | Should -Be 'Name+PhoneNumber'
        $group.Keep | Should -Be $zoes[0]
        $group.KeepReason | Should -BeLike 'It is the most complete: *'
        $group.Records | Should -Be $zoes
        $group.Ids | Should -Be $zoes.Id
    }

    It 'reads the account once, and nothing for a single record' {
        Clear-SandboxJournal $sandbox
        $null = Find-CopperDuplicate Person
        $requests = @(Get-SandboxJournal $sandbox | ForEach-Object { "$($_.method) $($_.path)" })
        @($requests -eq 'POST /people/search').Count | Should -Be 2
        $requests | Where-Object { $_ -match '/\d+$' } | Should -BeNullOrEmpty
    }

    It 'finds companies and leads' {
        $company = New-CopperCompany 'Zyx Engines GmbH & Co. KG'
        $null = New-CopperCompany 'ZYX ENGINES S.A.S.'
        @(Find-CopperDuplicate Company | Where-Object { $_.Ids -contains $company.Id }).Confidence | Should -Be Exact
        $lead = New-CopperLead 'Zora Zyx' -Email zora@zyx.example
        $null = New-CopperLead 'Z. Zyx' -Email Zora@ZYX.example
        @(Find-CopperDuplicate -Entity Lead | Where-Object { $_.Ids -contains $lead.Id }).Reasons | Should -Be Email
    }

    It 'compares records of the pipeline, and sends nothing' {
        $people = Get-CopperPerson
        Clear-SandboxJournal $sandbox
        $groups = @($people | Find-CopperDuplicate)
        @($groups | Where-Object { $_.Ids -contains $zoes[1].Id }).Count | Should -Be 1
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
        @(Find-CopperDuplicate -InputObject $zoes).Count | Should -Be 1
    }

    It 'compares the records of a snapshot without a connection' {
        $folder = Join-Path $TestDrive snapshot
        $null = Backup-CopperAccount $folder -Entity Person -Include @()
        Disconnect-Copper
        try {
            $group = Get-CopperSnapshotRecord $folder Person | Find-CopperDuplicate | Where-Object { $_.Ids -contains $zoes[0].Id }
            $group.Count | Should -Be 2
        }
        finally {
            Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
        }
    }

    It 'writes nothing for no records' {
        Clear-SandboxJournal $sandbox
        @() | Find-CopperDuplicate | Should -BeNullOrEmpty
        @() | Find-CopperDuplicate Person | Should -BeNullOrEmpty
        $zoes[0] | Find-CopperDuplicate | Should -BeNullOrEmpty
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
    }

    It 'takes rules in the words of an import' {
        Find-Zoe -MatchOn Email | Should -BeNullOrEmpty
        (Find-Zoe -MatchOn 'name + phonenumber', Email).Reasons | Should -Be 'name + phonenumber'
        (Find-Zoe -MatchOn Name).Confidence | Should -Be Likely
    }

    It 'leaves out what a file says is different, which a pipeline writes' {
        $csv = Join-Path $TestDrive different.csv
        Find-Zoe | Select-Object Entity, @{ Name = 'Ids'; Expression = { $_.Ids -join ' ' } } |
            Export-Csv $csv -Append -NoTypeInformation -Encoding UTF8
        Find-Zoe -ExceptPath $csv | Should -BeNullOrEmpty
        $whole = Join-Path $TestDrive whole.csv
        Find-Zoe | Export-Csv $whole -NoTypeInformation -Encoding UTF8
        Get-Content $whole | Should -Not -Match 'System\.|`1'
        Find-Zoe -ExceptPath $whole | Should -BeNullOrEmpty
        $lines = Join-Path $TestDrive different.jsonl
        Find-Zoe | ForEach-Object { $_ | Select-Object Entity, Ids | ConvertTo-Json -Compress } | Add-Content $lines
        Find-Zoe -ExceptPath (Get-Item $lines) | Should -BeNullOrEmpty
        Find-Zoe -ExceptPath $csv -MatchOn PhoneNumber | Should -BeNullOrEmpty
    }

    It 'rejects what cannot be used, before anything is sent' {
        Clear-SandboxJournal $sandbox
        $bad = Join-Path $TestDrive bad.csv
        Set-Content $bad 'Ids', '1 x'
        { Find-CopperDuplicate Person -MatchOn Nmae -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperInvalidArgument,*' -ExpectedMessage "'Nmae' is no rule for a person*"
        { $zoes[0] | Find-CopperDuplicate -MatchOn Id -ErrorAction Stop } | Should -Throw -ErrorId 'CopperInvalidArgument,*'
        { Find-CopperDuplicate Person -ExceptPath $bad -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperInvalidArgument,*' -ExpectedMessage "Line 2 of*'x' is no id*"
        { Find-CopperDuplicate Person -ExceptPath (Join-Path $TestDrive none.csv) -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperFileNotReadable,*'
        { Find-CopperDuplicate Task -ErrorAction Stop } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
        { Find-CopperDuplicate Person -MatchOn 'CustomField:Zyx' -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperInvalidCustomField,*'
    }

    It 'goes on after an item that is no such record' {
        $groups = @($zoes[0], 7, $null, (Get-CopperLead -First 1), $zoes[1] |
                Find-CopperDuplicate -ErrorVariable problems -ErrorAction SilentlyContinue)
        $groups.Count | Should -Be 1
        $problems.FullyQualifiedErrorId | ForEach-Object { ($_ -split ',')[0] } |
            Should -Be 'CopperNoRecord', 'CopperNoRecord', 'CopperEntityMismatch'
    }

    It 'warns of a value that too many share' {
        $people = foreach ($number in 1..30) {
            $person = [Copper.Client.Models.CopperPerson] @{ Id = $number; Name = "Person $number" }
            $person.PhoneNumbers.Add([Copper.Client.Models.CopperPhoneNumber] @{ Number = '020 7946 0000' })
            $person
        }
        $people | Find-CopperDuplicate -MatchOn PhoneNumber -WarningVariable warned -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$warned" | Should -BeLike 'PhoneNumber: one value is shared by more than 25 people*at most by 30*no reason by itself*'
    }

    It 'completes rules and kinds of records' {
        $text = 'Find-CopperDuplicate Company -MatchOn Sim'
        (TabExpansion2 $text $text.Length).CompletionMatches.ListItemText | Should -Be 'SimilarName+PhoneNumber', 'SimilarName'
        $text = 'Find-CopperDuplicate -Entity '
        (TabExpansion2 $text $text.Length).CompletionMatches.ListItemText | Should -Be 'Company', 'Lead', 'Person'
    }
}
