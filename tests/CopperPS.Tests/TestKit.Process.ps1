# Other PowerShell processes and runspaces.

function Invoke-ChildPowerShell {
    <#
    .SYNOPSIS
        Runs a script in another PowerShell process of the same kind, as a scheduled task would.
    .DESCRIPTION
        The module under test is imported first, unless -NoModule is given. The arguments arrive as strings in $args.
    .PARAMETER Environment
        Variables of the child; one that is $null is taken away.
    .PARAMETER Launcher
        A program that starts the child in other circumstances, with its arguments: 'setsid', '--wait'.
    .OUTPUTS
        An object with Output (the lines), ErrorOutput (text) and ExitCode.
    #>
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory, Position = 0)] [scriptblock] $ScriptBlock,
        [string[]] $ArgumentList = @(),
        [hashtable] $Environment = @{},
        [string[]] $Launcher = @(),
        [switch] $NoModule,
        [int] $TimeoutSec = 300
    )

    $file = Join-Path ([IO.Path]::GetTempPath()) "CopperPS-$([Guid]::NewGuid().ToString('n')).ps1"
    $import = if (-not $NoModule) { "Import-Module '$((Join-Path (Get-ModulePath) 'CopperPS.psd1') -replace "'", "''")'" }
    # Windows PowerShell takes a file without byte order mark for ANSI.
    [IO.File]::WriteAllText($file, "$import`n$ScriptBlock", [Text.UTF8Encoding]::new($true))
    try {
        $shell = Get-PowerShellCommand
        $command = @($Launcher) + $shell.FilePath + $shell.ArgumentList + @('-File', $file) + $ArgumentList
        $start = [Diagnostics.ProcessStartInfo]@{
            FileName               = $command[0]
            Arguments              = ($command | Select-Object -Skip 1 | ForEach-Object { "`"$_`"" }) -join ' '
            UseShellExecute        = $false
            RedirectStandardInput  = $true
            RedirectStandardOutput = $true
            RedirectStandardError  = $true
        }
        $start.EnvironmentVariables['NO_COLOR'] = '1'
        foreach ($name in $Environment.Keys) {
            if ($null -eq $Environment[$name]) { $start.EnvironmentVariables.Remove($name) }
            else { $start.EnvironmentVariables[$name] = $Environment[$name] }
        }
        $process = [Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        $output = $process.StandardOutput.ReadToEndAsync()
        $errors = $process.StandardError.ReadToEndAsync()
        if (-not $process.WaitForExit($TimeoutSec * 1000)) {
            # What a launcher started does not end with it.
            if ($PSEdition -eq 'Core') { $process.Kill($true) } else { $process.Kill() }
            throw "The child process did not end within $TimeoutSec seconds."
        }
        [pscustomobject]@{
            Output      = @($output.Result -split '\r?\n' -ne '')
            ErrorOutput = $errors.Result.Trim()
            ExitCode    = $process.ExitCode
        }
    }
    finally {
        Remove-Item -LiteralPath $file -ErrorAction Ignore
    }
}

function Invoke-Cancelled {
    <#
    .SYNOPSIS
        Runs a script in another runspace and stops it as Ctrl+C does.
    .PARAMETER After
        Milliseconds from the start of the script to the stop.
    .PARAMETER When
        Stop as soon as this script block, called in the present runspace, gives true, instead of after a fixed time.
    .PARAMETER ArgumentList
        Arguments for the script, handed over as the objects that they are: a session for example.
    .OUTPUTS
        An object with StopTime (how long the stop took), State, Output, Errors and Ended: whether the script had
        already ended by itself, in which case the test proves nothing.
    #>
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory, Position = 0)] [scriptblock] $ScriptBlock,
        [int] $After = 300,
        [scriptblock] $When,
        [object[]] $ArgumentList = @()
    )

    $initial = [Management.Automation.Runspaces.InitialSessionState]::CreateDefault()
    $initial.ImportPSModule(@(Join-Path (Get-ModulePath) 'CopperPS.psd1'))
    $runspace = [Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace($initial)
    $shell = [Management.Automation.PowerShell]::Create()
    try {
        $runspace.Open()
        $shell.Runspace = $runspace
        # As text: a script block would run in the runspace that it comes from.
        $null = $shell.AddScript($ScriptBlock.ToString())
        foreach ($argument in $ArgumentList) { $null = $shell.AddArgument($argument) }

        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]] $null, $output)
        $deadline = [Diagnostics.Stopwatch]::StartNew()
        if ($When) {
            while (-not $running.IsCompleted -and -not (& $When)) {
                if ($deadline.Elapsed.TotalSeconds -gt 120) { throw 'What -When waits for did not happen within two minutes.' }
                Start-Sleep -Milliseconds 10
            }
        }
        else { $null = $running.AsyncWaitHandle.WaitOne($After) }

        $ended = $running.IsCompleted
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $stopTime = $watch.Elapsed
        [pscustomobject]@{
            StopTime = $stopTime
            State    = $shell.InvocationStateInfo.State
            Output   = @($output)
            Errors   = @($shell.Streams.Error)
            Ended    = $ended
        }
    }
    finally {
        $shell.Dispose()
        $runspace.Dispose()
    }
}

function Invoke-CancelledInTime {
    <#
    .SYNOPSIS
        As Invoke-Cancelled, and checks that the script ended in time and had no error to show.
    .DESCRIPTION
        It should end within a second. A machine that is busy with something else may stand still for longer, so it is tried three times,
        and the last one may take -Within: what does not listen to Ctrl+C at all takes far longer. The same holds for a script that had
        already ended by itself. A test that asks for less than that has the tag Timing.
    .PARAMETER Parameter
        Parameters of Invoke-Cancelled: @{ ArgumentList = $session; When = { $shared.Reached } }.
    .PARAMETER Before
        What to prepare before each try.
    .PARAMETER Within
        The longest time that it may take.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [scriptblock] $ScriptBlock,
        [Parameter(Position = 1)] [hashtable] $Parameter = @{},
        [scriptblock] $Before,
        [timespan] $Within = '0:0:30'
    )

    foreach ($try in 1..3) {
        if ($Before) { $null = & $Before }
        $run = Invoke-Cancelled $ScriptBlock @Parameter
        if (-not $run.Ended -and $run.StopTime.TotalSeconds -lt 1) { break }
    }
    $run.Ended | Should -BeFalse
    $run.StopTime.TotalSeconds | Should -BeLessThan $Within.TotalSeconds
    $run.State | Should -Be 'Stopped'
    $run.Errors | Should -BeNullOrEmpty
}
