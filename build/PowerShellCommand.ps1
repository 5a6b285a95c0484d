# How to start another PowerShell of the kind that runs now. Shared by the build and by the test kit.

function Get-PowerShellCommand {
    <#
    .SYNOPSIS
        The executable of this PowerShell, and the arguments that come before PowerShell's own.
    .DESCRIPTION
        PowerShell that came as a .NET tool has no executable of its own: there it is "dotnet pwsh.dll". In an editor's
        window the process is the editor's.
    #>
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param()

    $name = if ($PSEdition -eq 'Core') { 'pwsh' } else { 'powershell' }
    $file = (Get-Process -Id $PID).Path
    $arguments = @('-NoLogo', '-NoProfile', '-NonInteractive')
    switch ([IO.Path]::GetFileNameWithoutExtension($file)) {
        $name { break }
        dotnet { $arguments = @(Join-Path $PSHOME 'pwsh.dll') + $arguments }
        default { $file = (Get-Command (Join-Path $PSHOME $name) -CommandType Application).Path }
    }
    # A fresh Windows refuses scripts; the scripts that are started here are this repository's own.
    if ([Environment]::OSVersion.Platform -eq 'Win32NT') { $arguments += '-ExecutionPolicy', 'Bypass' }
    [pscustomobject]@{ FilePath = $file; ArgumentList = $arguments }
}
