# Every view, with values as long as real life has them: names of companies that do not end, ids of ten digits, millions of
# dollars, the longest dates. A table fits 80 and 120 columns, its headings are whole, and what would be wrong when cut, numbers
# and dates, is not cut. A console may keep its last column free, so that 79 and 119 count too.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $format = [xml] [IO.File]::ReadAllText((Join-Path (Get-ModulePath) 'CopperPS.Format.ps1xml'))
    # Flat records are made of the records below. Those that cannot be made by hand are rendered in Views.Tests.ps1 and Hub.Views.Tests.ps1,
    # as they come.
    $onlyByCmdlet = 'RateLimitStatus', 'CopperRemoval', 'CopperConnectionTest', 'CopperSession', 'CopperHubSession', 'CopperHubSessionTest',
    'CopperPlanResult', 'PlanChange', 'CopperChange', 'CopperSnapshot', 'CopperSnapshotFileTest', 'CopperSnapshotDifference',
    'CopperDuplicateGroup', 'CopperDataSubject', 'CopperDataSubjectFinding', 'CopperDataSubjectResult'
    $types = @($format.SelectNodes('//View/ViewSelectedBy/TypeName').InnerText | Sort-Object -Unique |
            Where-Object { ($_ -split '\.')[-1] -notin $onlyByCmdlet -and $_ -notlike 'CopperPS.Flat*' } |
            ForEach-Object { foreach ($name in 'en-US', 'de-DE') { @{ TypeName = $_; Type = ($_ -split '\.')[-1]; Culture = $name } } })
    $tables = foreach ($view in $format.SelectNodes('//View[TableControl]')) {
        $headings = @($view.SelectNodes('TableControl/TableHeaders/TableColumnHeader'))
        $items = @($view.SelectNodes('TableControl/TableRowEntries/TableRowEntry/TableColumnItems/TableColumnItem'))
        $labels = for ($i = 0; $i -lt $headings.Count; $i++) {
            if ($headings[$i].Label) { $headings[$i].Label } else { $items[$i].PropertyName }
        }
        foreach ($typeName in $view.SelectNodes('ViewSelectedBy/TypeName').InnerText) {
            @{ TypeName = $typeName; Type = ($typeName -split '\.')[-1]; Labels = $labels }
        }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $culture = [cultureinfo]::CurrentCulture
    if ($PSEdition -eq 'Core') {
        $rendering = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
    }
    $prose = 'a long value with many words, and averyveryverylong.word-without-any.space@in-it.example ' * 3 + "`nand a second line"

    function Get-LongValue([Reflection.PropertyInfo] $Property, [int] $Depth) {
        $type = [Nullable]::GetUnderlyingType($Property.PropertyType)
        if (-not $type) { $type = $Property.PropertyType }
        switch ($type.FullName) {
            'System.String' {
                if ($Property.Name -match 'Unit$|^Currency$') { 'USD' } elseif ($Property.Name -eq 'Status') { 'Abandoned' } else {
                    "$($Property.Name): $prose"
                }
            }
            # An installation of the CopperHub has fewer records than the CRM of the whole world.
            'System.Int64' {
                if ($Property.Name -match 'Id$') {
                    if ($Property.DeclaringType.FullName -like '*.Hub.*') { [long] 98765432 } else { [long] 9876543210 }
                }
                elseif ($Property.Name -match 'Probability$') { [long] 100 } else { [long] 98765 }
            }
            'System.Int32' { [int] 98765 }
            'System.Decimal' { if ($Property.Name -match 'Percent') { [decimal] 100 } else { [decimal] 98765432.1 } }
            'System.Double' { 0.5 }
            'System.Boolean' { $true }
            'System.DateTime' { [datetime]::new(2026, 12, 31) }
            'System.DateTimeOffset' { [DateTimeOffset] [datetime]::new(2026, 12, 31, 22, 58, 0) }
            'System.TimeSpan' { [timespan] '1.02:03:04' }
            default {
                if ($_ -like 'Copper*.Models.*' -and -not $type.IsGenericType -and $type.GetConstructor([type[]] @()) -and $Depth -lt 2) {
                    New-LongObject $type ($Depth + 1)
                }
            }
        }
    }

    function New-LongObject([type] $Type, [int] $Depth = 0) {
        $object = [Activator]::CreateInstance($Type)
        foreach ($property in $Type.GetProperties() | Where-Object { -not $_.GetIndexParameters().Count }) {
            $list = $property.GetValue($object)
            if ($list -is [Collections.IList] -and -not $list.IsReadOnly) {
                $itemType = $list.GetType()
                while ($itemType -and -not $itemType.IsGenericType) { $itemType = $itemType.BaseType }
                $itemType = if ($itemType) { $itemType.GetGenericArguments()[-1] }
                $item = if ($itemType -eq [string]) { 'a tag of some words' } elseif ($itemType -eq [long]) {
                    [long] 9876543210
                }
                elseif ("$itemType" -like 'Copper*.Models.*' -and -not $itemType.IsInterface -and $Depth -lt 2) {
                    New-LongObject $itemType ($Depth + 1)
                }
                if ($null -ne $item) { 1..4 | ForEach-Object { $null = $list.Add($item) } }
            }
            elseif ($property.CanWrite -and $property.GetSetMethod()) {
                $value = Get-LongValue $property $Depth
                if ($null -ne $value) { $property.SetValue($object, $value) }
            }
        }
        $object
    }
}

AfterAll {
    [cultureinfo]::CurrentCulture = $culture
    if ($PSEdition -eq 'Core') { $PSStyle.OutputRendering = $rendering }
}

Describe 'The table of <Type>' -ForEach $tables {
    It 'has whole headings in one line, at 80 and at 120 columns' {
        foreach ($width in 79, 80, 119, 120) {
            # A view is chosen by the name of the type; what the object holds does not change the headings.
            $lines = @([pscustomobject] @{ PSTypeName = $TypeName; Any = 1 } | Format-Table | Out-String -Width $width) -split '\r?\n'
            $dashes = @(for ($i = 0; $i -lt $lines.Count; $i++) { if ($lines[$i] -match '^[\s-]*-[\s-]*$') { $i } })[0]
            $dashes | Should -BeGreaterThan 0
            $shown = @($lines[$dashes - 1].Trim() -split '\s+')
            $shown | Should -Be @($Labels)[0..($shown.Count - 1)] -Because "of $width columns"
            $shown.Count | Should -BeGreaterThan ([math]::Min(2, @($Labels).Count - 1)) -Because "of $width columns"
            # A heading of two lines would leave its first half above.
            if ($dashes -gt 1) { $lines[$dashes - 2].Trim() | Should -Match '^$|: ' -Because "of $width columns" }
        }
    }
}

Describe '<Type> with long values, in <Culture>' -ForEach $types {
    BeforeAll {
        [cultureinfo]::CurrentCulture = $Culture
        $object = New-LongObject ($TypeName -as [type])
        $table = @($object | Out-String -Width 120) -split '\r?\n' | Where-Object { $_.Trim() }
        $narrow = @($object | Out-String -Width 80) -split '\r?\n' | Where-Object { $_.Trim() }
        $list = @($object | Format-List | Out-String -Width 120) -split '\r?\n'
    }

    It 'fits 120 columns' {
        $table.Count | Should -BeGreaterThan 2
        $table | Where-Object { $_.Length -gt 120 } | Should -BeNullOrEmpty
        $list | Where-Object { $_.Length -gt 120 } | Should -BeNullOrEmpty
    }

    It 'has whole numbers and dates' {
        # Numbers and dates stand at the right and would lose their beginning.
        $table + $narrow | Where-Object { $_ -match '(\u2026|\.\.\.)[\d/.,]+( [AP]M| USD)?(\s|$)' } | Should -BeNullOrEmpty
    }

    It 'fits 80 columns' {
        $narrow.Count | Should -BeGreaterThan 2
        $narrow | Where-Object { $_.Length -gt 80 } | Should -BeNullOrEmpty
    }
}

Describe 'The views of the module' {
    It 'are all rendered: here, or as they come in another file' {
        $format = [xml] [IO.File]::ReadAllText((Join-Path (Get-ModulePath) 'CopperPS.Format.ps1xml'))
        @(Get-Item (Join-Path (Get-ModulePath) '*.Format.ps1xml')).Count | Should -Be 1
        $names = @($format.SelectNodes('//View/ViewSelectedBy/TypeName').InnerText | Sort-Object -Unique)
        $names.Count | Should -BeGreaterThan 40
        $elsewhere = 'Views.Tests.ps1', 'Hub.Views.Tests.ps1' | ForEach-Object { [IO.File]::ReadAllText((Join-Path $PSScriptRoot $_)) }
        $flat = 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task', 'Activity' | ForEach-Object { "CopperPS.Flat$_" }
        $names | Where-Object { $_ -notin $rendered -and $_ -notin $flat -and "$elsewhere" -notmatch "Type = '$(($_ -split '\.')[-1])'" } |
            Should -BeNullOrEmpty
    }
} -ForEach @{ Rendered = @($types.TypeName | Sort-Object -Unique) }

Describe 'A real account' {
    It 'has <Noun> in tables that fit, in <Culture>' -ForEach @(
        foreach ($noun in 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task', 'Activity', 'Pipeline', 'PipelineStage', 'User',
            'Tag', 'CustomFieldDefinition', 'CustomActivityType', 'ActivityType') {
            foreach ($name in 'en-US', 'de-DE') { @{ Noun = $noun; Culture = $name } }
        }
    ) {
        [cultureinfo]::CurrentCulture = $Culture
        Connect-Copper -Sandbox
        $lines = @(& "Get-Copper$Noun" | Select-Object -First 100 | Out-String -Width 120) -split '\r?\n'
        $lines.Count | Should -BeGreaterThan 3
        $lines | Where-Object { $_.Length -gt 120 } | Should -BeNullOrEmpty
        $lines | Where-Object { $_ -match '(\u2026|\.\.\.)[\d/.,]+( [AP]M| USD)?(\s|$)' } | Should -BeNullOrEmpty
        Disconnect-Copper
    }
}

Describe 'Flat records with long values' {
    It 'of <Noun> fit 80 and 120 columns, in <Culture>' -ForEach @(
        foreach ($noun in 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task', 'Activity') {
            foreach ($name in 'en-US', 'de-DE') { @{ Noun = $noun; Culture = $name } }
        }
    ) {
        [cultureinfo]::CurrentCulture = $Culture
        Connect-Copper -Sandbox
        $flat = New-LongObject ("Copper.Client.Models.Copper$Noun" -as [type]) | ConvertTo-CopperFlatRecord
        Disconnect-Copper
        $flat.PSTypeNames | Should -Contain "CopperPS.Flat$Noun"
        foreach ($width in 80, 120) {
            $lines = @($flat | Out-String -Width $width) -split '\r?\n' | Where-Object { $_.Trim() }
            $lines.Count | Should -BeGreaterThan 2
            $lines | Where-Object { $_.Length -gt $width } | Should -BeNullOrEmpty
            $lines | Where-Object { $_ -match '(\u2026|\.\.\.)[\d/.,]+( [AP]M| USD)?(\s|$)' } | Should -BeNullOrEmpty
        }
    }
}
