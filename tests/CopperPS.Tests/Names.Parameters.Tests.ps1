# That every parameter which points to something takes a name.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Every parameter that points to something' {
    BeforeAll {
        $common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters
        # Records: several may share a name, and finding one is a search of its own, which its Get cmdlet makes. What the account made
        # for itself has names; that -Id takes those Names.Lists shows.
        $records = 'Id', 'AnyId', 'InputObject', 'Keep', 'From', 'To', 'RelatedTo', 'Company', 'PrimaryContact', 'Opportunity', 'Project'
        # CopperHub has no list of its users; its records are meant by their ids alone, which completion finds by name.
        $ofHub = 'Owner', 'OrganisationId', 'ProjectId', 'TaskId'
        # Resolved among the custom fields of leads, as -CustomField is.
        $ofFields = 'MatchField'
        $given = @{
            Id = 7; Name = 'X'; Details = 'x'; RelatedTo = 7; RelatedType = 'person'; Entity = 'Opportunity'; OpportunityName = 'X'
            From = 7; FromType = 'Person'; To = 8; Type = 'Company'; Field = 126258; MatchEmail = $true; MatchValue = 'x'; Confirm = $false
        }
        $parameters = foreach ($cmdlet in Get-Command -Module CopperPS) {
            foreach ($parameter in $cmdlet.Parameters.Values) {
                if ($parameter.Name -notin $common + $records + $ofHub -and $parameter.ParameterType.Name -like 'CopperReference*') {
                    [pscustomobject]@{ Cmdlet = $cmdlet; Parameter = $parameter; Name = "$cmdlet -$($parameter.Name)" }
                }
            }
        }
    }

    It 'takes a name, and sends nothing but the look-up when nothing is called so' {
        $parameters.Count | Should -BeGreaterThan 50
        $wrong = foreach ($item in $parameters | Where-Object { $_.Parameter.Name -notin $ofFields }) {
            Clear-SandboxJournal $sandbox
            $set = $item.Cmdlet.ParameterSets | Where-Object { $_.Parameters.Name -contains $item.Parameter.Name } | Select-Object -First 1
            $splat = @{ $item.Parameter.Name = 'No such thing' }
            foreach ($name in @(($set.Parameters | Where-Object IsMandatory).Name) + 'RelatedType', 'FromType', 'Type', 'OpportunityName',
                'To', 'Confirm', 'MatchValue') {
                if ($name -and $set.Parameters.Name -contains $name -and -not $splat.ContainsKey($name)) { $splat[$name] = $given[$name] }
            }
            if (-not $splat.ContainsKey('RelatedTo')) { $splat.Remove('RelatedType') }
            $problems = @()
            $output = & $item.Cmdlet @splat -ErrorVariable problems -ErrorAction SilentlyContinue
            $sent = Get-SandboxJournal $sandbox | Where-Object { $_.method -ne 'GET' -and $_.path -ne '/users/search' }
            # About the record that was to be changed, where there is one.
            $target = if ($item.Cmdlet.Verb -eq 'Set') { $given.Id } else { 'No such thing' }
            if ($output -or $sent -or $problems.Count -ne 1 -or $problems[0].FullyQualifiedErrorId -notlike 'CopperUnknownName,*' -or
                "$problems" -notlike "*'No such thing'*" -or $problems[0].TargetObject -ne $target) {
                "$($item.Name): $($problems -join ' | ') $($sent.path)"
            }
        }
        $wrong | Should -BeNullOrEmpty
    }

    It 'offers what there is at Tab' {
        $parameters | Where-Object {
            $completer = $_.Parameter.Attributes | Where-Object { $_ -is [Management.Automation.ArgumentCompleterAttribute] }
            -not $completer -or $completer.Type.BaseType.Name -ne 'NameCompleter'
        } | ForEach-Object Name | Should -BeNullOrEmpty
    }

    It 'belongs to a cmdlet that there is, where it is named here as an exception' {
        $all = Get-Command -Module CopperPS | ForEach-Object { $_.Parameters.Values } |
            Where-Object { $_.ParameterType.Name -like 'CopperReference*' } | ForEach-Object Name
        $records + $ofHub + $ofFields | Where-Object { $_ -notin $all } | Should -BeNullOrEmpty
    }
}
