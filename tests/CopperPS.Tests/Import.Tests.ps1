BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    $manifest = Join-Path (Get-ModulePath) 'CopperPS.psd1'
}

Describe 'Import' {
    It 'loads the build that is meant' {
        $module = Import-CopperPS -PassThru
        $loaded = $module.NestedModules | Where-Object ModuleType -EQ 'Binary'
        Split-Path (Split-Path $loaded.Path) -Leaf | Should -Be (Get-ModuleBuild)
    }

    It 'loads a second time, and after it was removed' {
        Import-CopperPS
        Import-Module $manifest -Force -Global -ErrorAction Stop
        Remove-Module CopperPS -ErrorAction Stop
        (Import-CopperPS -PassThru).Version | Should -Be (Import-PowerShellDataFile $manifest).ModuleVersion
    }

    It 'brings its cmdlets and nothing else: no function, alias or variable, no error, no output' {
        # As text in a variable of its own: the kit itself must not be seen as a difference.
        $child = Invoke-ChildPowerShell -NoModule -ArgumentList $manifest {
            $manifest = $args[0]
            Import-Module Microsoft.PowerShell.Management, Microsoft.PowerShell.Utility
            function Get-State {
                Get-ChildItem function:, alias:, variable:, env: | ForEach-Object { $_.PSDrive.Name + $_.Name }
            }
            $state = $null
            $state = @(Get-State)
            Import-Module $manifest
            $new = @(Get-State) | Where-Object { $_ -notin $state }
            "errors: $($Error.Count)"
            "new: $new"
        }
        $child.ErrorOutput | Should -BeNullOrEmpty
        $child.Output | Should -Be 'errors: 0', 'new: '
    }
}
