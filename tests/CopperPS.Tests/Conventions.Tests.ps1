# What holds for every cmdlet, checked on all of them at once: a test that fails names those that break the rule, and what to do.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    $module = Import-CopperPS -PassThru
    $modulePath = Get-ModulePath
    $manifestPath = Join-Path $modulePath 'CopperPS.psd1'
    $cmdlets = @($module.ExportedCmdlets.Values | Sort-Object Name)
    $assembly = ($module.NestedModules | Where-Object ModuleType -EQ 'Binary').ImplementingAssembly
    $ourAssemblies = 'CopperPS', 'Copper.Client', 'Copper.Data', 'Copper.Sandbox'

    $changingVerbs = 'New', 'Set', 'Remove', 'Convert', 'Add', 'Register', 'Unregister', 'Sync', 'Complete'
    $confirmedVerbs = 'Remove', 'Convert', 'Unregister'
    # They end with the account as it was, the runspace without a session, or a file that is written.
    $withoutOutput = 'Disconnect-Copper', 'Disconnect-CopperHub', 'Clear-CopperCache', 'Start-CopperJournal', 'Stop-CopperJournal'
    # They create a session, list the sessions, or need none.
    $withoutSession = 'Connect-Copper', 'Connect-CopperHub', 'Get-CopperSession', 'Get-CopperHubSession', 'New-CopperAccessToken',
    'ConvertFrom-CopperNotification', 'Watch-CopperWebhook', 'Get-CopperJournal', 'Test-CopperSnapshot', 'Get-CopperSnapshotRecord'
    # It exchanges a code for a token and changes nothing in the account.
    $withoutConfirmation = 'New-CopperAccessToken'

    function Get-CmdletAttribute($Cmdlet) {
        $Cmdlet.ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)[0]
    }

    function Get-OwnParameter($Cmdlet) {
        $common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters
        $Cmdlet.Parameters.Keys | Where-Object { $_ -notin $common }
    }

    function Get-PagePath($Cmdlet) { Get-RepositoryPath docs en-US "$($Cmdlet.Name).md" }

    # The members of request bodies that the parameters of a cmdlet stand for, by their attribute Field or Filter.
    function Get-BodyMember([string] $Cmdlet, [string] $Attribute) {
        $properties = (Get-Command $Cmdlet).ImplementingType.GetProperties()
        @($properties | ForEach-Object { [Attribute]::GetCustomAttributes($_, $true) } |
                Where-Object { $_.GetType().Name -eq "${Attribute}Attribute" } | ForEach-Object Name | Sort-Object -Unique)
    }

    # The noun of an entity, for example CopperPerson.
    function Get-Noun([string] $Entity) { 'Copper' + $Entity.Substring(0, 1).ToUpperInvariant() + $Entity.Substring(1) }

    # What a parameter makes of a value, as PowerShell binds it: its own attributes first, then its type.
    function Get-BindingError($Parameter, $Value) {
        try {
            $transformations = $Parameter.Attributes |
                Where-Object { $_ -is [Management.Automation.ArgumentTransformationAttribute] }
            foreach ($attribute in $transformations) {
                $Value = $attribute.Transform($ExecutionContext, $Value)
            }
            $null = [Management.Automation.LanguagePrimitives]::ConvertTo($Value, $Parameter.ParameterType, [cultureinfo]::InvariantCulture)
        }
        catch { "$($_.Exception.GetBaseException().Message)" }
    }

    function Test-Plural($Word) { $Word -cmatch 's$' -and $Word -cnotmatch '(ss|us|Details|Clears)$' }
}

Describe 'Manifest' {
    It 'is data, with nothing to run in it' {
        { Import-PowerShellDataFile $manifestPath } | Should -Not -Throw
        (Test-ModuleManifest $manifestPath -ErrorAction Stop).Name | Should -Be 'CopperPS'
    }

    It 'names every cmdlet of the assembly, one by one, and exports nothing else' {
        $manifest = Import-PowerShellDataFile $manifestPath
        $inAssembly = $assembly.GetExportedTypes() | ForEach-Object {
            foreach ($attribute in $_.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)) {
                "$($attribute.VerbName)-$($attribute.NounName)"
            }
        }
        Compare-Object @($inAssembly) @($manifest.CmdletsToExport) | ForEach-Object InputObject |
            Should -BeNullOrEmpty -Because 'CmdletsToExport of CopperPS.psd1 has to name each cmdlet that there is, and no other'
        $cmdlets.Name | Should -Be @($manifest.CmdletsToExport | Sort-Object)
        $manifest.FunctionsToExport + $manifest.AliasesToExport + $manifest.VariablesToExport | Should -BeNullOrEmpty
        $module.ExportedFunctions.Count + $module.ExportedAliases.Count + $module.ExportedVariables.Count | Should -Be 0
    }

    It 'has the version of the assemblies' {
        foreach ($file in Get-Item ([IO.Path]::Combine($modulePath, 'bin', '*', 'Copper*.dll'))) {
            [Reflection.AssemblyName]::GetAssemblyName($file.FullName).Version.ToString(3) |
                Should -Be $module.Version.ToString() -Because $file.FullName
        }
    }
}

Describe 'Names' {
    It 'verbs are approved' {
        $approved = (Get-Verb).Verb
        $cmdlets | Where-Object { $_.Verb -cnotin $approved } | Should -BeNullOrEmpty -Because 'Get-Verb lists the verbs to choose from'
    }

    It 'nouns start with Copper and are singular' {
        $cmdlets | Where-Object { $_.Noun -cnotmatch '^Copper([A-Z]|$)' -or (Test-Plural $_.Noun) } |
            Should -BeNullOrEmpty -Because 'a noun is Copper and a word in the singular'
    }

    It 'parameters are singular, also those that take several values' {
        $plural = foreach ($cmdlet in $cmdlets) {
            Get-OwnParameter $cmdlet | Where-Object { Test-Plural $_ } | ForEach-Object { "$cmdlet -$_" }
        }
        $plural | Should -BeNullOrEmpty -Because 'a parameter has a name in the singular; see Test-Plural for words that only end in s'
    }

    It 'classes are sealed and called VerbNounCommand' {
        $cmdlets | Where-Object {
            -not $_.ImplementingType.IsSealed -or $_.ImplementingType.Name -cne "$($_.Verb)$($_.Noun)Command"
        } | Should -BeNullOrEmpty -Because 'the class of Get-CopperPerson is the sealed class GetCopperPersonCommand'
    }
}

Describe 'Behaviour' {
    It 'says what it puts out' {
        $cmdlets | Where-Object { -not $_.OutputType -and $_.Name -notin $withoutOutput } |
            Should -BeNullOrEmpty -Because 'each needs [OutputType], or stands in $withoutOutput of this file'
    }

    It 'takes no code of a script block for a value, nor of one in a list or a hashtable' {
        # Such a value is told apart by its type already.
        $apart = [switch], [securestring], [pscredential], [scriptblock], [object], [psobject], [psobject[]]
        $taken = foreach ($cmdlet in $cmdlets) {
            foreach ($parameter in Get-OwnParameter $cmdlet | ForEach-Object { $cmdlet.Parameters[$_] }) {
                if ($parameter.ParameterType -in $apart) { continue }
                $fromPipeline = $parameter.ParameterSets.Values.Where({ $_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName })
                $given = @(
                    # PowerShell runs it for each item where the pipeline can fill the parameter.
                    if (-not $fromPipeline) { , { 'code' } }
                    , @('a', { 'code' })
                    if ([Collections.IDictionary].IsAssignableFrom($parameter.ParameterType)) { , { 'code' } }
                )
                if ($given | Where-Object { -not (Get-BindingError $parameter $_) }) { "$cmdlet -$($parameter.Name)" }
            }
        }
        $taken | Should -BeNullOrEmpty -Because 'each needs an attribute of src/CopperPS/Binding that reads its values'
    }

    It 'says in plain words that a parameter takes one value' {
        $apart = [switch], [securestring], [pscredential], [scriptblock], [object], [psobject], [hashtable], [Collections.IDictionary]
        $unclear = foreach ($cmdlet in $cmdlets) {
            foreach ($parameter in Get-OwnParameter $cmdlet | ForEach-Object { $cmdlet.Parameters[$_] }) {
                $type = $parameter.ParameterType
                # PowerShell's own, for paging.
                if ($parameter.Name -in 'First', 'Skip') { continue }
                if ($type.IsArray -or $type -in $apart -or $type.FullName -like 'Copper.Client.Models.*') { continue }
                $message = Get-BindingError $parameter @('2026-01-01', '2026-01-02')
                if ($message -notlike 'There can be one value here*') { "$cmdlet -$($parameter.Name): $message" }
            }
        }
        $unclear | Should -BeNullOrEmpty -Because 'each needs an attribute of src/CopperPS/Binding that reads its values'
    }

    It 'asks before it changes something' {
        $cmdlets | Where-Object {
            $_.Verb -in $changingVerbs -and $_.Name -notin $withoutConfirmation -and -not (Get-CmdletAttribute $_).SupportsShouldProcess
        } | Should -BeNullOrEmpty -Because 'what changes something needs SupportsShouldProcess = true and ShouldProcess before it'
    }

    It 'asks without being told to only before what cannot be undone' {
        $asking = $cmdlets | Where-Object { (Get-CmdletAttribute $_).ConfirmImpact -eq 'High' }
        Compare-Object @($asking.Name) @(($cmdlets | Where-Object { $_.Verb -in $confirmedVerbs }).Name) | ForEach-Object InputObject |
            Should -BeNullOrEmpty -Because 'ConfirmImpact = ConfirmImpact.High belongs to the verbs in $confirmedVerbs, and to no other'
    }

    It 'takes a session' {
        $cmdlets | Where-Object { -not $_.Parameters.ContainsKey('Session') -and $_.Name -notin $withoutSession } |
            Should -BeNullOrEmpty -Because 'its base is SessionCmdlet or HubSessionCmdlet, or it stands in $withoutSession of this file'
    }

    It 'shows each of its output types in a table and in a list' {
        $formats = Get-Item (Join-Path $modulePath '*.Format.ps1xml') | ForEach-Object { [xml] (Get-Content $_ -Raw) }
        $shown = @{}
        foreach ($control in 'TableControl', 'ListControl') {
            $shown[$control] = @($formats | ForEach-Object { $_.SelectNodes("//View[$control]/ViewSelectedBy/TypeName") } |
                    ForEach-Object { $_.InnerText })
        }
        $ours = $cmdlets.OutputType.Type | Where-Object { $_ -and $_.Assembly.GetName().Name -in $ourAssemblies -and -not $_.IsEnum } |
            Sort-Object FullName -Unique
        $ours | ForEach-Object { foreach ($control in $shown.Keys) { if ($_.FullName -notin $shown[$control]) { "$_ $control" } } } |
            Should -BeNullOrEmpty -Because 'each needs a view with it in the file *.Format.ps1xml beside the cmdlet'
    }

    It 'shows in the list of a record each value that a row can write' {
        $format = [xml] (Get-Content (Join-Path $modulePath 'CopperPS.Format.ps1xml') -Raw)
        $hidden = foreach ($map in [Copper.Data.Columns.ColumnMap]::All) {
            $model = ([Copper.Client.CopperEntities]::Searchable | Where-Object Name -EQ $map.Entity).ModelType.FullName
            $list = $format.SelectNodes("//View[ViewSelectedBy/TypeName = '$model']/ListControl").InnerXml -join ' '
            # The parts of a name are shown as the name.
            $map.Columns | Where-Object { $_.CanBeWritten -and $_.Kind -ne 'NamePart' } |
                Where-Object { -not ($_.Properties | Where-Object { $list -match "\b$_\b" }) } | ForEach-Object { "$model $($_.Name)" }
        }
        $hidden | Should -BeNullOrEmpty -Because 'each needs an item in the list view of the record, in its *.Format.ps1xml'
    }

    It 'has a property for every heading of a table, so that Sort-Object and Format-Table find it' {
        # The columns of flat records are properties of each object.
        $format = [xml] (Get-Content (Join-Path $modulePath 'CopperPS.Format.ps1xml') -Raw)
        $missing = foreach ($view in $format.SelectNodes('//View[TableControl]')) {
            foreach ($typeName in $view.SelectNodes('ViewSelectedBy/TypeName').InnerText | Where-Object { $_ -notlike 'CopperPS.Flat*' }) {
                $type = $typeName -as [type]
                $type | Should -Not -BeNullOrEmpty -Because "a view names $typeName"
                $known = @($type.GetProperties().Name) + @((Get-TypeData $typeName).Members.Keys)
                $headings = @($view.SelectNodes('TableControl/TableHeaders/TableColumnHeader'))
                $items = @($view.SelectNodes('TableControl/TableRowEntries/TableRowEntry/TableColumnItems/TableColumnItem'))
                for ($i = 0; $i -lt $headings.Count; $i++) {
                    $heading = if ($headings[$i].Label) { $headings[$i].Label } else { $items[$i].PropertyName }
                    if ($heading -notin $known) { "$typeName $heading" }
                }
            }
        }
        $missing | Should -BeNullOrEmpty -Because 'a heading that is no property needs a hidden one in *.Types.ps1xml'
    }

    It 'knows the assignee by the other usual word: -Owner, and a property Owner' {
        $records = $cmdlets | Where-Object { $_.Name -notlike '*-CopperHub*' -and $_.Parameters.ContainsKey('Assignee') }
        @($records).Count | Should -BeGreaterThan 15
        $records | Where-Object { $_.Parameters.Assignee.Aliases -notcontains 'Owner' } | Should -BeNullOrEmpty
        $models = [Copper.Client.CopperEntities]::Searchable.ModelType | Where-Object { $_.GetProperty('Assignee') }
        @($models).Count | Should -BeGreaterThan 5
        $models | Where-Object { (Get-TypeData $_.FullName).Members['Owner'].ReferencedMemberName -ne 'Assignee' } |
            Should -BeNullOrEmpty -Because 'each needs the hidden alias in its *.Types.ps1xml'
    }

    It 'has one word for a thing, and takes the other one too: <Parameter>' -ForEach @(
        @{ Parameter = 'Entity'; Alias = 'Type'; Except = @() }
        # Kinds of records as webhooks have them; related items, connections and activities have types of their own.
        @{ Parameter = 'Type'; Alias = 'Entity'; Only = '*-CopperWebhook'; Except = @() }
        # A path of the service, and one with wildcards, which has -LiteralPath beside it.
        @{ Parameter = 'Path'; Alias = 'LiteralPath'; Except = 'Invoke-CopperRequest', 'Add-CopperFile' }
        @{ Parameter = 'ReferencePath'; Alias = 'Path'; Except = @() }
        @{ Parameter = 'StatePath'; Alias = 'Path'; Except = @() }
    ) {
        $with = $cmdlets | Where-Object { $_.Parameters.ContainsKey($Parameter) -and (-not $Only -or $_.Name -like $Only) }
        @($with).Count | Should -BeGreaterThan 0
        $with | Where-Object { $_.Name -notin $Except -and $_.Parameters[$Parameter].Aliases -notcontains $Alias } |
            Should -BeNullOrEmpty -Because "-$Parameter needs [Alias(""$Alias"")]"
    }

    It 'takes the journal that it reads as -JournalPath and as -Path' {
        foreach ($name in 'Get-CopperJournal', 'Start-CopperJournal', 'Undo-CopperChange') {
            $parameter = (Get-Command $name).Parameters.Values | Where-Object { $_.Name -in 'Path', 'JournalPath' }
            @($parameter.Name) + @($parameter.Aliases) | Where-Object { $_ -in 'Path', 'JournalPath' } | Sort-Object |
                Should -Be 'JournalPath', 'Path' -Because $name
        }
    }

    It 'has cmdlets for every kind of record that can be searched' {
        $names = [Copper.Client.CopperEntities]::Searchable.Name | ForEach-Object { Get-Noun $_ } |
            ForEach-Object { "Get-$_", "New-$_", "Set-$_", "Remove-$_" }
        $names | Where-Object { $_ -notin $cmdlets.Name } |
            Should -BeNullOrEmpty -Because 'each belongs into the folder of its noun below src/CopperPS/Cmdlets'
    }

    It 'reaches each <Kind> of <Client>' -ForEach @(
        @{ Client = 'CopperClient'; Kind = 'RecordEndpoint'; Table = 'Base.RecordEndpoints' }
        @{ Client = 'Metadata.CopperMetadata'; Kind = 'Metadata.MetadataList'; Table = 'Base.MetadataLists' }
        @{ Client = 'Hub.CopperHubClient'; Kind = 'Hub.CopperHubEndpoint'; Table = 'Hub.HubEndpoints' }
    ) {
        $generic = "Copper.Client.$Kind``1" -as [type]
        $models = @("Copper.Client.$Client" -as [type]).GetProperties().PropertyType |
            Where-Object { $_.IsGenericType -and $_.GetGenericTypeDefinition() -eq $generic } |
            ForEach-Object { $_.GetGenericArguments()[0] }
        $models.Count | Should -BeGreaterThan 3
        $byModel = $assembly.GetType("CopperPS.Cmdlets.$Table").GetField('ByModel', 'NonPublic, Static').GetValue($null)
        $models | Where-Object { -not $byModel.ContainsKey($_) } | ForEach-Object Name |
            Should -BeNullOrEmpty -Because "each needs a line in src/CopperPS/Cmdlets/$($Table.Replace('.', '/')).cs"
    }

    It 'fills the typed fields and criteria that C# programs use' {
        $table = $assembly.GetType('CopperPS.Cmdlets.Base.TypedRecords')
        $ofEndpoints = $assembly.GetType('CopperPS.Cmdlets.Base.RecordEndpoints').GetField('ByModel', 'NonPublic, Static').GetValue($null)
        foreach ($part in 'New', 'Changes') {
            $types = $table.GetField($part, 'NonPublic, Static').GetValue($null)
            $ofEndpoints.Keys | Where-Object { -not $types.ContainsKey($_) } | ForEach-Object Name | Should -BeNullOrEmpty
            $types.Values | ForEach-Object { $_.Invoke() } | Should -BeOfType ([Copper.Client.FieldSet])
        }

        $searches = $table.GetField('Searches', 'NonPublic, Static').GetValue($null)
        [Copper.Client.CopperEntities]::Searchable.ModelType | Where-Object { -not $searches.ContainsKey($_) } |
            Should -BeNullOrEmpty
        $searches.Values | ForEach-Object { $_.Invoke() } | Should -BeOfType ([Copper.Client.RecordSearch])
    }

    It 'has a parameter for every field that a row can write' {
        # Given in parts, chosen by several parameters, or written by a request of their own.
        $byCode = 'address', 'tags', 'close_date', 'related_resource', 'company_id'
        $missing = foreach ($map in [Copper.Data.Columns.ColumnMap]::All) {
            foreach ($cmdlet in 'New', 'Set' | ForEach-Object { "$_-$(Get-Noun $map.Entity)" }) {
                $known = $byCode + (Get-BodyMember $cmdlet Field)
                $map.Columns | Where-Object { $_.CanBeWritten -and $_.Field -notin $known } | ForEach-Object { "$cmdlet $($_.Field)" }
            }
        }
        $missing |
            Should -BeNullOrEmpty -Because 'each needs a parameter with [Field("...")], or its column in ColumnMap.cs is ReadOnly'
    }

    It 'takes each field from the property of that name of a piped row' {
        $deaf = foreach ($map in [Copper.Data.Columns.ColumnMap]::All) {
            foreach ($cmdlet in 'New', 'Set' | ForEach-Object { Get-Command "$_-$(Get-Noun $map.Entity)" }) {
                foreach ($property in $cmdlet.ImplementingType.GetProperties()) {
                    $attributes = [Attribute]::GetCustomAttributes($property, $true)
                    if ('FieldAttribute' -notin ($attributes | ForEach-Object { $_.GetType().Name })) { continue }
                    if (-not ($attributes | Where-Object { $_.ValueFromPipelineByPropertyName })) { "$cmdlet -$($property.Name)" }
                }
            }
        }
        $deaf | Should -BeNullOrEmpty -Because 'each needs [Parameter(ValueFromPipelineByPropertyName = true)]'
    }

    It 'writes texts that the sandbox keeps' {
        Connect-Copper -Sandbox
        $lost = foreach ($map in [Copper.Data.Columns.ColumnMap]::All) {
            $plural = ([Copper.Client.CopperEntities]::Searchable | Where-Object Name -EQ $map.Entity).Plural
            $body = @{}
            $map.Columns | Where-Object { $_.CanBeWritten -and $_.Kind -eq 'Text' -and -not $_.Words.Count } |
                ForEach-Object { $body[$_.Field] = "$($_.Field).example" }
            $search = @{ page_size = 1 }
            # What the service logs by itself cannot be written.
            if ($map.Entity -eq 'activity') { $search.activity_types = @(@{ id = 0; category = 'user' }) }
            $record = Invoke-CopperRequest "$plural/search" -Method Post -Body $search
            $kept = Invoke-CopperRequest "$plural/$($record.id)" -Method Put -Body $body
            $body.Keys | Where-Object { $kept.$_ -cne $body[$_] } | ForEach-Object { "$($map.Entity) $_" }
        }
        Disconnect-Copper
        $lost | Should -BeNullOrEmpty -Because 'each is Write, not Read, in src/Copper.Sandbox/Accounts/EntitySchemas.cs'
    }

    It 'searches by criteria that the sandbox knows' {
        Connect-Copper -Sandbox
        $unknown = foreach ($entity in [Copper.Client.CopperEntities]::Searchable) {
            # A criterion that is null asks for nothing, and one that is unknown is an error.
            $body = @{}
            Get-BodyMember "Get-$(Get-Noun $entity.Name)" Filter | ForEach-Object { $body[$_] = $null }
            $failure = $null
            $search = @{ Path = "$($entity.Plural)/search"; Method = 'Post'; Body = $body; ErrorVariable = 'failure' }
            $null = Invoke-CopperRequest @search -ErrorAction SilentlyContinue
            if ($failure) { "$($entity.Name): $failure" }
        }
        Disconnect-Copper
        $unknown | Should -BeNullOrEmpty -Because 'each criterion needs a line in src/Copper.Sandbox/Search/SearchSchemas.cs'
    }

    It 'has views that are rendered in a test' {
        # Views.Width.Tests.ps1 renders each view of a type that can be created by hand.
        $width = Get-Content (Join-Path $PSScriptRoot 'Views.Width.Tests.ps1') -Raw
        $list = [regex]::Match($width, '(?s)\$onlyByCmdlet = (.*?)\r?\n    \$').Groups[1].Value
        $byCmdlet = @([regex]::Matches($list, "'(\w+)'") | ForEach-Object { $_.Groups[1].Value })
        $byCmdlet.Count | Should -BeGreaterThan 5
        $rendered = 'Views.Tests.ps1', 'Hub.Views.Tests.ps1' | ForEach-Object { Get-Content (Join-Path $PSScriptRoot $_) -Raw }
        $byCmdlet | Where-Object { "$rendered" -notmatch "Type = '$_'" } |
            Should -BeNullOrEmpty -Because 'a type in $onlyByCmdlet of Views.Width.Tests.ps1 needs an entry in Views.Tests.ps1'
    }

    It 'is tested' {
        $tests = Get-Item (Join-Path $PSScriptRoot '*.Tests.ps1') | Where-Object Name -NE 'Conventions.Tests.ps1' | Get-Content -Raw
        $cmdlets | Where-Object { "$tests" -notmatch "\b$($_.Name)\b" } |
            Should -BeNullOrEmpty -Because 'each needs tests in a file *.Tests.ps1 of this folder'
    }
}

Describe 'Documentation' {
    It 'has a page for every cmdlet, with two examples at least and nothing left to fill in' {
        $unfinished = foreach ($cmdlet in $cmdlets) {
            $page = Get-Content (Get-PagePath $cmdlet) -Raw -ErrorAction Ignore
            if (-not $page) { "${cmdlet}: no page" }
            elseif ([regex]::Matches($page, '(?m)^### Example ').Count -lt 2) { "${cmdlet}: fewer than two examples" }
            elseif ($page.Contains('{{')) { "${cmdlet}: placeholders" }
        }
        $unfinished | Should -BeNullOrEmpty -Because './build.ps1 docs creates a page; its descriptions and examples are written by hand'
    }

    It 'describes the parameters that there are' {
        $different = foreach ($cmdlet in $cmdlets) {
            $page = Get-Content (Get-PagePath $cmdlet) -Raw -ErrorAction Ignore
            $described = @(
                [regex]::Matches("$page", '(?m)^### -(\w+)') | ForEach-Object { $_.Groups[1].Value } |
                    Where-Object { $_ -notin 'Confirm', 'WhatIf' }
            )
            Compare-Object @(Get-OwnParameter $cmdlet) $described | ForEach-Object { "$cmdlet -$($_.InputObject)" }
        }
        $different | Should -BeNullOrEmpty -Because './build.ps1 docs brings the pages in step'
    }

    It 'is found by Get-Help' {
        if (-not (Test-Path ([IO.Path]::Combine($modulePath, 'en-US', 'CopperPS.dll-Help.xml'))) -and $cmdlets) {
            Set-ItResult -Skipped -Because 'the module was built where PlatyPS is not to be had'
        }
        $helpless = foreach ($cmdlet in $cmdlets) {
            $help = Get-Help $cmdlet.Name
            # Without a page Get-Help makes a synopsis of the syntax.
            $found = $help.Synopsis.Trim() -notlike "$cmdlet *" -and @($help.examples.example).Count -ge 2
            if (-not $found) { $cmdlet.Name }
        }
        $helpless |
            Should -BeNullOrEmpty -Because 'the page in docs/en-US needs a synopsis and two examples; ./build.ps1 build turns it into help'
    }
}

Describe 'Assemblies' {
    It 'brings to PowerShell 7 only our own, so that it can collide with no other module' {
        (Get-Item ([IO.Path]::Combine($modulePath, 'bin', 'net8.0', '*'))).Name | Sort-Object |
            Should -Be 'Copper.Client.dll', 'Copper.Data.dll', 'Copper.Sandbox.dll', 'CopperPS.dll'
    }

    It 'shows System.Text.Json to no caller: modules that carry another version of it live in the same process' {
        $signatures = foreach ($name in $ourAssemblies) {
            $loaded = [Reflection.Assembly]::LoadFrom((Join-Path (Split-Path $assembly.Location) "$name.dll"))
            foreach ($type in $loaded.GetExportedTypes()) {
                foreach ($part in @($type.BaseType) + $type.GetInterfaces() + $type.GetMembers()) { "$type : $part" }
            }
        }
        $signatures -match 'System\.Text\.Json' | Should -BeNullOrEmpty
    }
}
