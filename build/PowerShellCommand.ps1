# How to start another PowerShell of the kind that runs now. Shared by the build and by the test kit.

function Get-PowerShellCommand {
    <#
    .SYNOPSIS
        The executable of this PowerShell, and the arguments that come before PowerShell's own.
    .DESCRIPTION
        PowerShell that came as a .NET tool has no executable of its own: there it is "dotnet pwsh.dll".
    #>
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param()

    $file = (Get-Process -Id $PID).Path
    $arguments = @('-NoLogo', '-NoProfile', '-NonInteractive')
    if ([IO.Path]::GetFileNameWithoutExtension($file) -eq 'dotnet') {
        $arguments = @(Join-Path $PSHOME 'pwsh.dll') + $arguments
    }
    # A fresh Windows refuses scripts; the scripts that are started here are this repository's own.
    if ([Environment]::OSVersion.Platform -eq 'Win32NT') { $arguments += '-ExecutionPolicy', 'Bypass' }
    [pscustomobject]@{ FilePath = $file; ArgumentList = $arguments }
}
