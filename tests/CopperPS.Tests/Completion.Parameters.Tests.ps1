# That no parameter is forgotten, and that no completer throws.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
}

AfterAll { Disconnect-Copper }

Describe 'Every parameter' {
    BeforeAll {
        $common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters +
        'Session'
        # Numbers, dates and switches are typed as they are.
        $selfEvident = 'switch', 'bool', 'int', 'long', 'ulong', 'decimal', 'double', 'datetime', 'DateTimeOffset', 'TimeSpan', 'uri',
        'securestring', 'pscredential', 'scriptblock'
        # Texts that are free, and records, which are found by searching and not by listing all of them.
        $free = (
            'Address', 'Address1', 'Address2', 'AddOption', 'AnyId', 'Body', 'CanonicalName', 'City', 'ClientId', 'Code', 'Colour',
            'ColumnMap', 'Company', 'CompanyName',
            'ContactEmail', 'Country', 'Description', 'Details', 'DifferencePath', 'Email', 'EmailDomain', 'ExceptPath', 'ExcludeProperty',
            'Fax', 'Filter', 'FirstName', 'From', 'Header', 'IM1',
            'IM2', 'Id', 'InputObject', 'JournalPath', 'Keep', 'LastName', 'LiteralPath', 'MapUser', 'MiddleName', 'Name', 'Opportunity',
            'OpportunityName', 'Owner', 'Path',
            'PersonName', 'Phone1', 'PhoneNumber', 'PostalCode', 'Postcode', 'Prefix', 'Previous', 'PrimaryContact', 'Project', 'Property',
            'Query',
            'ReferencePath', 'RelatedTo', 'Secret', 'SnapshotPath', 'Social', 'State', 'StatePath', 'StatisticVariable', 'Street', 'Suffix',
            'SuppressionPath', 'Target',
            'TaskId', 'Title', 'To', 'Url',
            'UserEmail', 'Website'
        )
        $parameters = foreach ($cmdlet in Get-Command -Module CopperPS) {
            foreach ($parameter in $cmdlet.Parameters.Values | Where-Object Name -NotIn $common) {
                $type = if ($parameter.ParameterType.IsArray) { $parameter.ParameterType.GetElementType() } else {
                    $parameter.ParameterType
                }
                $type = if ([Nullable]::GetUnderlyingType($type)) { [Nullable]::GetUnderlyingType($type) } else { $type }
                [pscustomobject]@{
                    Cmdlet      = $cmdlet.Name
                    Name        = $parameter.Name
                    IsTyped     = $type.IsEnum -or $type -in ($selfEvident -as [type[]])
                    Completer   = ($parameter.Attributes | Where-Object { $_ -is [Management.Automation.ArgumentCompleterAttribute] }).Type
                    IsCompleted = [bool] ($parameter.Attributes |
                            Where-Object {
                                $_ -is [Management.Automation.ArgumentCompleterAttribute] -or
                                $_ -is [Management.Automation.ValidateSetAttribute]
                            })
                }
            }
        }
    }

    It 'offers at Tab what it can mean, or is free text' {
        $parameters | Where-Object { -not ($_.IsTyped -or $_.IsCompleted) -and $_.Name -notin $free } |
            ForEach-Object { "$($_.Cmdlet) -$($_.Name)" } |
            Should -BeNullOrEmpty -Because ('each needs [ArgumentCompleter] with a class of src/CopperPS/Binding/Completers, ' +
                'or [ValidateSet], or stands in $free of Completion.Parameters.Tests.ps1 when it is free text')
    }

    It 'completes without an exception, whatever was typed: <state>' -TestCases @(
        @{ state = 'connected' }
        @{ state = 'not connected' }
    ) {
        # PowerShell hides the exceptions of completers, so they are asked themselves.
        if ($state -eq 'connected') { Connect-Copper -Sandbox } else { Disconnect-Copper }
        $words = '', "'", '"', "O'Br", '"a`', '[', '*', '@{', '@{ ''x'' = ', '$(', '-1', '2026', [string] [char] 0x201c, ('x' * 2000)
        $command = [Management.Automation.Language.Parser]::ParseInput('x -y z', [ref] $null,
            [ref] $null).EndBlock.Statements[0].PipelineElements[0]
        $bounds = @{}, @{ Pipeline = 'Sales'; Id = 'x', $null; Field = 5; MatchField = @{}; FromType = 3; Type = 'user' },
        @{ Session = 'no session' }
        $failed = foreach ($parameter in $parameters | Where-Object Completer) {
            $completer = [Activator]::CreateInstance($parameter.Completer)
            foreach ($word in $words) {
                foreach ($bound in $bounds) {
                    try { @($completer.CompleteArgument($parameter.Cmdlet, $parameter.Name, $word, $command, $bound)).Count | Out-Null }
                    catch { "$($parameter.Cmdlet) -$($parameter.Name) $word : $_" }
                }
            }
        }
        $failed | Should -BeNullOrEmpty
        @($parameters | Where-Object Completer).Count | Should -BeGreaterThan 100
    }

    It 'that is named here as free text is there, and without a completer somewhere' {
        $uncompleted = ($parameters | Where-Object { -not $_.IsCompleted }).Name | Sort-Object -Unique
        $free | Where-Object { $_ -notin $uncompleted } |
            Should -BeNullOrEmpty -Because 'no parameter without a completer has the name any more: delete it from $free of this file'
    }
}
