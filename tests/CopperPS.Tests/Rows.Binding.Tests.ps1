# No value of a row is dropped in silence. PowerShell leaves a parameter that it fills by the name of a property unbound when its own
# conversion fails, and says nothing; only what a transformation of ours refuses is reported. So each such parameter has one, and
# whatever comes is refused or becomes the parameter's own type, with nothing left for PowerShell to convert.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    $module = Import-CopperPS -PassThru
    $parameters = foreach ($cmdlet in $module.ExportedCmdlets.Values | Sort-Object Name) {
        foreach ($parameter in $cmdlet.Parameters.Values) {
            if ($parameter.ParameterSets.Values | Where-Object ValueFromPipelineByPropertyName) {
                @{ cmdlet = $cmdlet.Name; name = $parameter.Name; parameter = $parameter }
            }
        }
    }
    $numbers = foreach ($cmdlet in $module.ExportedCmdlets.Values | Sort-Object Name) {
        foreach ($parameter in $cmdlet.Parameters.Values) {
            $type = [Nullable]::GetUnderlyingType($parameter.ParameterType)
            if (-not $type) { $type = $parameter.ParameterType }
            $isOwn = $parameter.Name -notin [Management.Automation.PSCmdlet]::CommonParameters + 'First', 'Skip'
            if ($isOwn -and $type.IsPrimitive -and $type -ne [bool] -or $type -eq [decimal]) {
                @{ cmdlet = $cmdlet.Name; name = $parameter.Name; parameter = $parameter }
            }
        }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $intrinsics = $ExecutionContext
    $culture = [cultureinfo]::CurrentCulture
    [cultureinfo]::CurrentCulture = 'en-US'
    $values = @(
        '50%', '7,5', '1,000', 'x', ' ', '', 'yes', '2/18/2027', 'yesterday', 'https://example.com', 'a@b.example', 46022.5, 46022.0, 50.6,
        [double]::NaN, [double]::PositiveInfinity, [decimal] 7.5,
        [long]::MaxValue, [ulong]::MaxValue, -1, 0, $true, $false, (Get-Date), [datetime]::MinValue, [datetimeoffset]::UtcNow,
        [timespan]::FromHours(1), [guid]::Empty, [char] 'c', [dayofweek]::Monday,
        @{ a = 1 }, [ordered]@{ Email = 'a@b.example' }, [pscustomobject]@{ a = 1 }, [pscustomobject]@{ Id = 7 }, [dbnull]::Value,
        (, @(1, 2)), (, @('a', 'b')), (, @('a')), (, @()), { 1 }, [version] '1.2',
        [uri] 'https://example.com', ([byte[]] (1, 2)), [psobject] 'text', ([psobject] 7.5)
    )

    function Get-Transformed($Parameter, $Value) {
        $current = $Value
        foreach ($attribute in $Parameter.Attributes | Where-Object { $_ -is [Management.Automation.ArgumentTransformationAttribute] }) {
            $current = $attribute.Transform($intrinsics, $current)
        }
        , $current
    }

    function Get-Type($Parameter) {
        $type = [Nullable]::GetUnderlyingType($Parameter.ParameterType)
        if ($type) { $type } else { $Parameter.ParameterType }
    }
}

AfterAll { [cultureinfo]::CurrentCulture = $culture }

Describe '<cmdlet> -<name>' -ForEach $parameters {
    It 'takes a value from a row as it is meant, or refuses it: nothing is left for PowerShell to convert' {
        $type = Get-Type $parameter
        if ($type -in [object], [psobject]) { return }
        @($parameter.Attributes | Where-Object { $_ -is [Management.Automation.ArgumentTransformationAttribute] }) |
            Should -Not -BeNullOrEmpty -Because 'PowerShell would convert it, or drop it'
        $dropped = foreach ($value in $values) {
            try { $result = Get-Transformed $parameter $value }
            catch {
                $failure = $_.Exception
                while ($failure -is [Management.Automation.MethodInvocationException]) { $failure = $failure.InnerException }
                if ($failure -isnot [Management.Automation.ArgumentTransformationMetadataException] -or
                    $failure.InnerException -is [Management.Automation.PSInvalidCastException]) { "$value -> $($failure.GetType().Name)" }
                continue
            }
            if ($null -ne $result -and -not $type.IsInstanceOfType($result)) { "$value -> $($result.GetType())" }
        }
        $dropped | Should -BeNullOrEmpty
    }
}

Describe '<cmdlet> -<name> is a number' -ForEach $numbers {
    It 'makes no other number of <_>' -ForEach '7,5', '50%', $true, 'abc' {
        { Get-Transformed $parameter $_ } | Should -Throw
    }
}
