# Runs scripts in a PowerShell of their own: a module that is loaded there locks no file here, and each run starts clean.

function Invoke-Script {
    # Shows what the script writes as it is written, and returns its exit code.
    [OutputType([int])]
    param([Parameter(Mandatory)] [string] $Path, [string[]] $ArgumentList = @(), [hashtable] $Environment = @{})

    $before = Enter-Environment $Environment
    try {
        $shell = Get-PowerShellCommand
        $all = $shell.ArgumentList + @('-File', $Path) + $ArgumentList
        & $shell.FilePath @all | Out-Host
        $LASTEXITCODE
    }
    finally { $null = Enter-Environment $before }
}

function Start-Script {
    # Starts the script beside what goes on here. What it writes goes to a file, for Receive-Script.
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'Only scripts of this repository are started.')]
    [OutputType([pscustomobject])]
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $LogPath, [string[]] $ArgumentList = @(),
        [hashtable] $Environment = @{})

    $before = Enter-Environment ($Environment + @{ NO_COLOR = '1' })
    try {
        $shell = Get-PowerShellCommand
        # Start-Process puts its arguments together as they are.
        $all = $shell.ArgumentList + @('-File', $Path) + $ArgumentList | ForEach-Object { '"{0}"' -f ($_ -replace '(\\*)$', '$1$1') }
        $process = Start-Process $shell.FilePath -ArgumentList $all -NoNewWindow -PassThru -RedirectStandardOutput $LogPath `
            -RedirectStandardError "$LogPath.errors"
        # Without it, Windows PowerShell forgets the exit code.
        $null = $process.Handle
        [pscustomobject]@{ Process = $process; LogPath = $LogPath }
    }
    finally { $null = Enter-Environment $before }
}

function Receive-Script {
    # Waits until a started script has ended, shows what it wrote and returns its exit code.
    [OutputType([int])]
    param([Parameter(Mandatory)] $Started)

    $Started.Process.WaitForExit()
    foreach ($file in $Started.LogPath, "$($Started.LogPath).errors") {
        # The error stream of a script that went well is empty.
        if ((Test-Path -LiteralPath $file) -and (Get-Item -LiteralPath $file).Length) {
            Get-Content -LiteralPath $file -Encoding UTF8 | Out-Host
        }
    }
    $Started.Process.ExitCode
}

function Stop-Script {
    # Ends a started script that nobody waits for any more.
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'Only scripts of this repository are stopped.')]
    param([Parameter(Mandatory)] $Started)

    if (-not $Started.Process.HasExited) { $Started.Process.Kill() }
}

function Enter-Environment([hashtable] $Environment) {
    # Sets the variables and returns what they were; $null is none.
    $before = @{}
    foreach ($name in @($Environment.Keys)) {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
        # A plain $null would be the empty text, and NO_COLOR counts however empty it is.
        [Environment]::SetEnvironmentVariable($name, $(
                if ($null -eq $Environment[$name]) { [NullString]::Value } else { $Environment[$name] }
            ))
    }
    $before
}
