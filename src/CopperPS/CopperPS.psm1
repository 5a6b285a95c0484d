# PowerShell 7 loads the .NET build, Windows PowerShell the .NET Framework one; COPPERPS_BUILD=net472 lets PowerShell 7 test the latter.
$build = if ($PSEdition -ne 'Core' -or $env:COPPERPS_BUILD -eq 'net472') { 'net472' } else { 'net8.0' }
# No method is called here: in constrained language none may be.
Import-Module "$PSScriptRoot/bin/$build/CopperPS.dll"
