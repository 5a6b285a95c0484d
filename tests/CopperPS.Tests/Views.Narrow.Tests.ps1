# Tables on a console of 80 columns: what a row is about can be read there.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $format = [xml] [IO.File]::ReadAllText((Join-Path (Get-ModulePath) 'CopperPS.Format.ps1xml'))
    # Flat records are for files; a table of them shows the first columns.
    $tables = foreach ($view in $format.SelectNodes('//View[TableControl]')) {
        if ($view.SelectSingleNode('ViewSelectedBy/TypeName').InnerText -like 'CopperPS.Flat*') { continue }
        $headings = @($view.SelectNodes('TableControl/TableHeaders/TableColumnHeader'))
        $items = @($view.SelectNodes('TableControl/TableRowEntries/TableRowEntry/TableColumnItems/TableColumnItem'))
        $columns = for ($i = 0; $i -lt $headings.Count; $i++) {
            $name = if ($headings[$i].Label) { $headings[$i].Label } else { $items[$i].PropertyName }
            $width = if ($headings[$i].Width) { [int] $headings[$i].Width } else { 0 }
            [pscustomobject] @{ Name = $name; Width = $width; IsFlexible = $width -eq 0 }
        }
        @{ Type = ($view.SelectSingleNode('ViewSelectedBy/TypeName').InnerText -split '\.')[-1]; Columns = $columns }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    if ($PSEdition -eq 'Core') {
        $rendering = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
    }
    Connect-Copper -Sandbox
}

AfterAll {
    if ($PSEdition -eq 'Core') { $PSStyle.OutputRendering = $rendering }
    Disconnect-Copper
}

Describe 'The table of <Type>' -ForEach $tables {
    It 'has room for what a row is about, at <Width> columns' -ForEach @{ Width = 79 }, @{ Width = 80 } {
        # As PowerShell does it: what is left is shared by the columns without a width; where nothing is, the last columns are cut or
        # left out.
        $shown = @($Columns | ForEach-Object { if ($_.IsFlexible) { 4 } else { $_.Width } })
        $left = $Width - ($shown | Measure-Object -Sum).Sum - ($shown.Count - 1)
        $flexible = @(0..($shown.Count - 1) | Where-Object { $Columns[$_].IsFlexible })
        if ($left -gt 0) { foreach ($i in $flexible) { $shown[$i] += [math]::Floor($left / $flexible.Count) } }
        for ($i = $shown.Count - 1; $left -lt 0 -and $i -ge 0; $i--) {
            $rest = $shown[$i] + $left
            if ($rest -ge 1) { $shown[$i] = $rest; break }
            $left += $shown[$i] + 1
            $shown[$i] = 0
        }
        $text = 'Reason', 'Changes', 'What', 'Message', 'Details', 'Description', 'Body', 'Value' | Where-Object { $_ -in $Columns.Name }
        for ($i = 0; $i -lt $shown.Count; $i++) {
            $column = $Columns[$i]
            if ($shown[$i] -gt 0) { $shown[$i] | Should -BeGreaterOrEqual $column.Name.Length -Because "$($column.Name) would wrap" }
            if ($column.IsFlexible -and $column.Name -in $text -and $shown[$i] -gt 0) {
                $shown[$i] | Should -BeGreaterOrEqual 15 -Because "$($column.Name) is what one reads"
            }
        }
        $main = @($Columns | Where-Object Name -In 'Reason', 'Changes', 'What', 'Message', 'Details')[-1]
        if ($main) { $shown[[array]::IndexOf($Columns, $main)] | Should -BeGreaterThan 14 -Because "$($main.Name) is what one reads" }
    }
}

Describe 'At 80 columns' {
    It 'one can read <Type>' -ForEach @(
        @{
            Type = 'opportunities'; Texts = 'Name', 'Status', 'Stage', 'Assignee'; Least = 6
            Get = { Get-CopperOpportunity -Pipeline Sales -Assignee 1001, 1002, 1003 -First 10 }
        }
        @{ Type = 'tasks'; Texts = 'Name', 'Status', 'Assignee'; Least = 15; Get = { Get-CopperTask -Assignee 1001 -First 10 } }
        @{ Type = 'activities'; Texts = @('Details'); Least = 15; Get = { Get-CopperActivity -First 10 } }
        @{
            Type = 'plans'; Texts = 'Name', 'Action', 'Changes'; Least = 15
            Get = {
                [pscustomobject] @{ Id = 37; Title = 'Senior Vice President of Sales' } | Import-CopperRecord Person -MatchOn Id -PlanOnly
            }
        }
        @{
            Type = 'results'; Texts = 'Name', 'Status', 'Reason'; Least = 15
            Get = { [pscustomobject] @{ Id = 1; Email = 'foo' } | Import-CopperRecord Person -MatchOn Id -WarningAction Ignore }
        }
        @{
            Type = 'journals'; Texts = 'Action', 'Entity', 'Changes'; Least = 15
            Get = {
                $null = Start-CopperJournal "$TestDrive/narrow.jsonl"
                Set-CopperPerson 36 -Title 'Senior Vice President of Sales'
                $null = Stop-CopperJournal
                Get-CopperJournal "$TestDrive/narrow.jsonl"
            }
        }
        @{ Type = 'duplicates'; Texts = 'Confidence', 'Count'; Least = 15; Get = { Find-CopperDuplicate Lead | Select-Object -First 3 } }
        @{
            Type = 'differences of the configuration'; Texts = 'Name', 'What'; Least = 15
            Get = {
                Export-CopperConfiguration "$TestDrive/narrow.json"
                $null = New-CopperCustomFieldDefinition 'Brand new field of ours' -DataType String -AvailableOn Person
                Compare-CopperConfiguration "$TestDrive/narrow.json"
            }
        }
        @{
            Type = 'changes'; Texts = 'Name', 'Change'; Least = 15
            Get = {
                $null = Get-CopperChange "$TestDrive/narrow.state" -Entity Task
                Set-CopperTask 50000001 -Name 'A name that is rather long, and goes on'
                Get-CopperChange "$TestDrive/narrow.state" -Entity Task
            }
        }
    ) {
        $items = @(& $Get)
        $items.Count | Should -BeGreaterThan 0
        # A text that is wrapped is read across lines.
        $table = $items | Out-String -Width 80
        $seen = $table -replace '\s'
        $table -split '\r?\n' | Where-Object { $_.Length -gt 80 } | Should -BeNullOrEmpty
        foreach ($property in $Texts) {
            $text = "$($items[0].$property)" -replace '\s+', ' '
            $text | Should -Not -BeNullOrEmpty -Because "there is a $property to look at"
            $start = $text.Substring(0, [math]::Min($Least - 1, $text.Length)) -replace '\s'
            $seen | Should -BeLike "*$([WildcardPattern]::Escape($start))*" -Because "$property is shown in:`n$table"
        }
    }
}
