# Texts of the service may hold characters that control a terminal: escape sequences, bells, line breaks, marks of the direction of
# writing. No view hands one on; the objects keep their data.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $views = Get-FormatData -TypeName 'Copper*' -PowerShellVersion $PSVersionTable.PSVersion |
        ForEach-Object { @{ type = $_.TypeNames[0]; definition = $_ } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    if ($PSEdition -eq 'Core') {
        $rendering = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
    }

    $hostile = "a$([char] 27)[31m$([char] 7)`rb`tc$([char] 0x202E)d$([char] 0x9B)e"

    # What a terminal may not get. The lines of Out-String end with the system's own line break.
    function Get-Control([string[]] $Text) {
        [regex]::Matches(($Text -join '' -replace '\r?\n'), '[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]')
    }
}

AfterAll { if ($PSEdition -eq 'Core') { $PSStyle.OutputRendering = $rendering } }

Describe 'The views' {
    It 'are found' { @(Get-FormatData -TypeName 'Copper*' -PowerShellVersion $PSVersionTable.PSVersion).Count | Should -BeGreaterThan 40 }
}

Describe 'A view of <type>' -ForEach $views {
    It 'shows no text that controls a terminal' {
        $names = $definition.FormatViewDefinition.Control | ForEach-Object {
            $_.Rows.Columns.DisplayEntry.Value
            $_.Entries.Items.DisplayEntry.Value
        } | ForEach-Object {
            if ($_ -match '^\w+$') { $_ } else { [regex]::Matches("$_", '\$_\.(\w+)') | ForEach-Object { $_.Groups[1].Value } }
        } | Select-Object -Unique
        $names | Should -Not -BeNullOrEmpty
        $properties = [ordered]@{ PSTypeName = "Deserialized.$type" }
        $numbers = 'Id|Row|Step|Count|Position|Rank|Length|Records|Bytes|Limit|Used|Free|SharedBy|StatusCode|Value|Probability|' +
        'PercentComplete|HoursWorked'
        foreach ($name in $names) {
            $properties[$name] = if ($name -match "($numbers)`$") { 7 } else { $hostile }
        }
        $object = [pscustomobject] $properties
        $object.PSObject.TypeNames.Insert(0, $type)
        $table = $object | Format-Table | Out-String -Width 500
        $list = $object | Format-List | Out-String -Width 500
        Get-Control $table, $list | Should -BeNullOrEmpty
        if ($names -match 'Name$|Email') { "$table$list" | Should -BeLike '*a\u001B`[31m\u0007*' -Because 'what was there is shown' }
    }
}

Describe 'A record with such texts' {
    BeforeAll {
        Connect-Copper -Sandbox
        $person = New-CopperPerson "Eve $hostile" -Title "one`r`ntwo" -Details "first`r`nsecond`nthird" -Tag "tag $hostile" -Address @{
            Street = $hostile; City = $hostile
        } -Email @{ Email = 'eve@control.example' } -CustomField @{ Briefing = $hostile }
    }

    AfterAll { Disconnect-Copper }

    It 'keeps them' {
        $person.Name | Should -Be "Eve $hostile"
        (Get-CopperPerson $person.Id).Tags | Should -Be "tag $hostile"
    }

    It 'has one line in a table, and the lines of its text in a list' {
        $twoLines = [Copper.Client.Models.CopperPerson] @{ Id = 7; Name = "one`r`ntwo" }
        $lines = @(($twoLines | Out-String -Width 200) -split '\r?\n' -ne '')
        $lines | Should -HaveCount 3
        $lines[2] | Should -Match 'one two'
        $list = ($person | Format-List | Out-String -Width 200) -replace '\r\n', "`n"
        $list | Should -Match 'Details +: first\n +second\n +third\n'
    }

    It 'shows pictures and letters of every language as they are' {
        $family = [char]::ConvertFromUtf32(0x1F468) + [char] 0x200D + [char]::ConvertFromUtf32(0x1F467)
        $name = "$family Jos$([char] 0xE9) $([char] 0x5F20)"
        New-CopperPerson $name | Out-String -Width 200 | Should -BeLike "*$name*"
    }

    It 'shows them escaped as a flat record too, custom fields included' {
        $flat = $person | ConvertTo-CopperFlatRecord
        $list = $flat | Format-List | Out-String -Width 200
        Get-Control $list, ($flat | Format-Table | Out-String -Width 200) | Should -BeNullOrEmpty
        $list | Should -Match 'CustomFields +: .*Briefing=a\\u001B'
        $fields = (Get-CopperCustomFieldDefinition).Name
        foreach ($noun in 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task', 'Activity') {
            $row = & "Get-Copper$noun" -First 1 | ConvertTo-CopperFlatRecord
            $list = $row | Format-List | Out-String -Width 200
            $columns = ($row | Get-Member -MemberType NoteProperty).Name | Where-Object { $_ -notin $fields -and $_ -notmatch '\(\d+\)$' }
            foreach ($column in $columns) { $list | Should -Match "(?m)^$column +:" -Because "$noun $column" }
        }
    }

    It 'is named without them in -WhatIf, in verbose messages, warnings and errors' {
        $child = Invoke-ChildPowerShell {
            Connect-Copper -Sandbox
            $name = "Eve $([char] 27)[31m$([char] 7)`rX$([char] 0x202E)"
            $person = New-CopperPerson $name
            $person | Remove-CopperPerson -WhatIf
            $person | Set-CopperPerson -Title "T$([char] 27)" -WhatIf
            [pscustomobject]@{ Id = $person.Id; Name = $name; "Odd$([char] 27)" = 1 } | Set-CopperPerson -Title b
            [pscustomobject]@{ Name = $name; Email = "no$([char] 27)" } | New-CopperPerson
            Get-CopperPerson $person.Id -Verbose
        }
        Get-Control $child.Output, $child.ErrorOutput | Should -BeNullOrEmpty
        "$($child.Output)" | Should -BeLike '*Eve \u001B*'
    }

    It 'is shown in constrained language too' {
        $child = Invoke-ChildPowerShell -NoModule -ArgumentList (Join-Path (Get-ModulePath) 'CopperPS.psd1') {
            $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            Import-Module $args[0]
            Connect-Copper -Sandbox
            $person = New-CopperPerson "Eve $([char] 27)[31m" -Details "first`nsecond"
            $person | Format-Table | Out-String -Width 200
            $person | Format-List | Out-String -Width 200
        }
        $child.ErrorOutput | Should -Be ''
        Get-Control $child.Output | Should -BeNullOrEmpty
        "$($child.Output)" | Should -BeLike '*Eve \u001B`[31m*Details*: first*second*'
    }
}
