# Configurations: how an account is set up, as a file, compared with another account, and brought into it.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 60
    $new = Start-SandboxHost -People 60 -Setting @{ new = 'true' }
    $unlimited = @{ RateLimit = '100000/1s'; PassThru = $true }
    $second = Connect-SandboxHost $new $unlimited
    $first = Connect-SandboxHost $sandbox $unlimited
    $null = Register-CopperWebhook -Target https://hooks.example/people -Type person -Event new
    $null = Register-CopperWebhook -Target 'https://hooks.example/leads?code=t0ps3cret' -Type lead -Event new -Secret @{ key = 'hidden-7' }
    $file = Join-Path $TestDrive reference.json
    Export-CopperConfiguration $file

    function Get-Written { @(Get-SandboxRequest $new | Where-Object { $_ -notmatch '^(GET|POST /\w+/search)' }) }

    # The file with another text in it.
    function New-File([string] $Old, [string] $New) {
        $text = [IO.File]::ReadAllText($file)
        $text.Contains($Old) | Should -BeTrue
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        [IO.File]::WriteAllText($path, $text.Replace($Old, $New))
        $path
    }
}

AfterAll {
    Disconnect-Copper -Session $first
    Disconnect-Copper -Session $second
    Stop-SandboxHost $sandbox
    Stop-SandboxHost $new
}

Describe 'Export-CopperConfiguration' {
    It 'writes names, no ids and no secrets, in a form that its schema describes' {
        $text = [IO.File]::ReadAllText($file)
        $text | Should -Not -Match '\d{5}|t0ps3cret|hidden-7'
        $schema = Join-Path (Get-ModulePath) copper-configuration.schema.json
        $content = $text | ConvertFrom-Json
        Split-Path $content.'$schema' -Leaf | Should -Be (Split-Path $schema -Leaf)
        if ($PSEdition -eq 'Core') { Test-Json -Json $text -SchemaFile $schema | Should -BeTrue }
        ($content.customFields | Where-Object { $_.name -eq 'Region' -and $_.availableOn -eq 'lead' }).options |
            Should -Be 'North', 'South', 'East', 'West'
        @($content.webhooks | Where-Object hasSecret).target | Should -Be 'https://hooks.example/leads?code=***'
    }

    It 'replaces a file unless it must not, and writes none with -WhatIf' {
        $path = Join-Path $TestDrive again.json
        (Export-CopperConfiguration $path -PassThru).FullName | Should -Be $path
        [IO.File]::ReadAllText($path) | Should -BeExactly ([IO.File]::ReadAllText($file))
        Export-CopperConfiguration $path | Should -BeNullOrEmpty
        { Export-CopperConfiguration $path -NoClobber } | Should -Throw -ErrorId 'CopperInvalidArgument,*'
        Export-CopperConfiguration (Join-Path $TestDrive none.json) -WhatIf
        Join-Path $TestDrive none.json | Should -Not -Exist
    }

    It 'says what is wrong with a path' {
        { Export-CopperConfiguration "$TestDrive" } | Should -Throw -ErrorId 'CopperInvalidArgument,*' -ExpectedMessage '*is a folder*'
        { Export-CopperConfiguration ([IO.Path]::Combine($TestDrive, 'none', 'x.json')) } | Should -Throw -ErrorId 'CopperFileNotWritable,*'
    }
}

Describe 'Compare-CopperConfiguration' {
    It 'writes nothing for the account of the file, whose path may be piped' {
        Compare-CopperConfiguration $file | Should -BeNullOrEmpty
        Get-Item $file | Compare-CopperConfiguration | Should -BeNullOrEmpty
        $file | Compare-CopperConfiguration | Should -BeNullOrEmpty
    }

    It 'says what differs, and who can bring it in line' {
        $path = New-File '"winProbability": 40' '"winProbability": 45'
        $difference = Compare-CopperConfiguration $path
        "$difference" | Should -Be "Different: pipeline stage 'Sales: Presentation' (WinProbability)"
        $difference.InFile, $difference.InAccount, $difference.Remedy | Should -Be '45 %', '40 %', 'ByHand'
        $difference = Compare-CopperConfiguration (New-File '"Training"' '"Training", "Robotics"')
        $difference.Change, $difference.Kind, $difference.Remedy | Should -Be 'Missing', 'option', 'Import'
        (Compare-CopperConfiguration (New-File '        "Consulting"' '        "Robotics"')).Change | Should -Be 'Missing', 'Extra'
    }

    It 'rejects a file that is none, before anything is sent' {
        Clear-SandboxJournal $sandbox
        $bad = New-File '"version": 1' '"version": 1, "customField": []'
        { Compare-CopperConfiguration $bad } |
            Should -Throw -ErrorId 'CopperInvalidConfiguration,*' -ExpectedMessage "*a member 'customField', which is none of*"
        { Import-CopperConfiguration (New-File '"type": "Checkbox"' '"type": "Chekbox"') } |
            Should -Throw -ErrorId 'CopperInvalidConfiguration,*' -ExpectedMessage "*: 'Chekbox' is none of Checkbox, *"
        { Compare-CopperConfiguration (Join-Path $TestDrive none.json) } | Should -Throw -ErrorId 'CopperFileNotReadable,*'
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
    }
}

Describe 'Import-CopperConfiguration' {
    BeforeEach {
        Reset-SandboxHost $new
        Clear-CopperCache -Session $second
    }

    It 'brings a new account in line but for what is done by hand, and the second time writes nothing' {
        $results = @(Import-CopperConfiguration $file -Session $second -WarningVariable warned -WarningAction SilentlyContinue)
        $results.Status | Sort-Object -Unique | Should -Be 'Done', 'Held'
        "$warned" | Should -BeLike '* held*'
        $left = @(Compare-CopperConfiguration $file -Session $second)
        $left.Remedy | Select-Object -Unique | Should -Be 'ByHand'
        $named = @($results | Where-Object Status -EQ Held)
        ($named | ForEach-Object { "$($_.Entity) $($_.Name)" } | Sort-Object) |
            Should -Be ($left | ForEach-Object { "$($_.Kind) $($_.Name)" } | Sort-Object)
        $named.Reason | Should -Not -Contain $null
        $named.Reason | Where-Object { $_ -match 'Register-CopperWebhook .*-Secret' } | Should -HaveCount 1
        Clear-SandboxJournal $new
        $null = Import-CopperConfiguration $file -Session $second -WarningAction Ignore
        Get-Written | Should -BeNullOrEmpty
    }

    It 'shows with -WhatIf and -PlanOnly what it would do, and does nothing' {
        Clear-SandboxJournal $new
        $steps = @(Import-CopperConfiguration $file -Session $second -PlanOnly)
        ($steps | Where-Object Name -EQ 'Interests (person)').Changes.Property |
            Should -Be 'Type', 'AvailableOn', 'Filterable', 'Options'
        $transcript = Join-Path $TestDrive whatif.txt
        $null = Start-Transcript $transcript
        try { Import-CopperConfiguration $file -Session $second -WhatIf -WarningAction Ignore } finally { $null = Stop-Transcript }
        @(Get-Content $transcript | Where-Object { $_ -match 'Create.*Interests \(person\)' }) | Should -HaveCount 1
        Get-Written | Should -BeNullOrEmpty
        { Import-CopperConfiguration $file -PlanOnly -JournalPath (Join-Path $TestDrive x.jsonl) } |
            Should -Throw -ErrorId 'CopperInvalidArgument,*'
    }

    It 'runs a plan that was looked at in a spreadsheet, and takes it back' {
        $journal = Join-Path $TestDrive import.jsonl
        $csv = Join-Path $TestDrive plan.csv
        Import-CopperConfiguration $file -Session $second -PlanOnly | Where-Object Name -Like 'Region*' |
            Export-Csv $csv -NoTypeInformation -Encoding UTF8
        $null = Import-Csv $csv | Invoke-CopperPlan -Session $second -JournalPath $journal
        $fields = @(Get-CopperCustomFieldDefinition -Session $second -Force)
        $fields.Name | Should -Be 'Region', 'Region'
        (Get-CopperJournal $journal).Entity | Select-Object -Unique | Should -Be 'custom field definition'
        (Undo-CopperChange $journal -Session $second).Status | Select-Object -Unique | Should -Be 'Done'
        Get-CopperCustomFieldDefinition -Session $second -Force | Should -BeNullOrEmpty
    }

    It 'keeps what the file does not have, and says so, unless it prunes' {
        $null = New-CopperCustomFieldDefinition Old String -AvailableOn Person -Session $second
        $person = New-CopperPerson Ada -CustomField @{ Old = 'x' } -Session $second
        $parts = Join-Path $TestDrive parts.json
        Set-Content $parts '{ "version": 1, "customFields": [] }'
        Clear-SandboxJournal $new
        Import-CopperConfiguration $parts -Session $second -Verbose 4>&1 |
            Where-Object { "$_" -like '1 difference stays*-Prune deletes it*' } | Should -HaveCount 1
        Get-Written | Should -BeNullOrEmpty
        $result = Import-CopperConfiguration $parts -Session $second -Prune -Confirm:$false
        $result.Action, $result.Reason | Should -Be 'Delete', '1 record holds a value.'
        (Get-CopperPerson $person.Id -Session $second).CustomFields | Should -BeNullOrEmpty
    }

    It 'asks before it prunes, and says where nobody can answer' {
        $null = New-CopperCustomFieldDefinition Old String -AvailableOn Person -Session $second
        $parts = Join-Path $TestDrive parts.json
        Set-Content $parts '{ "version": 1, "customFields": [] }'
        Clear-SandboxJournal $new
        $shell = [powershell]::Create()
        try {
            $script = { param($Module, $Path, $Session) Import-Module $Module; Import-CopperConfiguration $Path -Prune -Session $Session }
            $null = $shell.AddScript($script).AddArgument((Get-ModulePath)).AddArgument($parts).AddArgument($second)
            $null = $shell.Invoke()
            $shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'CopperNobodyAnswers,*'
            "$($shell.Streams.Error[0])" | Should -BeLike '*0 records hold a value*-Confirm:$false*'
        }
        finally { $shell.Dispose() }
        Get-Written | Should -BeNullOrEmpty
    }
}
