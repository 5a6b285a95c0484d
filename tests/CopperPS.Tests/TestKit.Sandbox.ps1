# A Copper service of the test's own: the sandbox behind real HTTP, in a process that ends with the test.

# The process in which Start-SandboxHost starts its hosts.
$sharedHost = $null

function Start-SandboxHost {
    <#
    .SYNOPSIS
        Starts a sandbox host with an account of its own on a free port, and waits until it listens.
    .DESCRIPTION
        All hosts of a test process share one process of tests/Copper.SandboxHost, which takes longer to start than an account.
    .PARAMETER People
        How many people the account holds; the other entities grow with it.
    .PARAMETER RateLimit
        Windows such as '36/6s', 'none', or 'default' for those of the real service.
    .PARAMETER Latency
        Milliseconds that each response takes.
    .PARAMETER Setting
        Further settings of the host by name, as in tests/Copper.SandboxHost/README.md, for example @{ 'search-cap' = 1000 }.
    .PARAMETER OwnProcess
        Starts a process for this host alone, for a test that ends it by force or looks at how it ends.
    .OUTPUTS
        An object with BaseUri, Origin, UserEmail, ApiKey and Process, for the other functions and for Connect-SandboxHost.
    #>
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [int] $People = 450,
        [int] $Seed = 1,
        [string[]] $RateLimit = 'none',
        [int] $Latency = 0,
        [string] $UserEmail = 'demo@copper.example',
        [string] $ApiKey = 'sandbox-key',
        [hashtable] $Setting = @{},
        [switch] $OwnProcess
    )

    $arguments = @(
        '--port', 0, '--people', $People, '--seed', $Seed, '--latency', $Latency, '--user-email', $UserEmail, '--api-key', $ApiKey
        foreach ($window in $RateLimit) { '--rate-limit', $window }
        foreach ($name in $Setting.Keys) { "--$name", $Setting[$name] }
    )
    if ($OwnProcess) { $started = Start-SandboxProcess $arguments }
    else {
        if (-not $sharedHost -or $sharedHost.Process.HasExited) { $script:sharedHost = Start-SandboxProcess @('--people', 1) }
        $baseUri = (Invoke-SandboxControl -SandboxHost $sharedHost -Method Post -Path servers -Body @(
                $arguments | ForEach-Object { "$_" }
            )).baseUri
        $started = @{ BaseUri = [uri] $baseUri; Process = $sharedHost.Process }
    }
    [pscustomobject]@{
        PSTypeName = 'CopperPS.SandboxHost'
        BaseUri    = $started.BaseUri
        Origin     = $started.BaseUri.GetLeftPart('Authority')
        UserEmail  = $UserEmail
        ApiKey     = $ApiKey
        Process    = $started.Process
        OwnProcess = [bool] $OwnProcess
    }
}

function Start-SandboxProcess {
    # A process of the host, and the address at which it listens.
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'Only a host of this repository is started.')]
    param([object[]] $Argument)

    $start = [Diagnostics.ProcessStartInfo]@{
        FileName               = 'dotnet'
        Arguments              = (@(Get-SandboxHostPath) + $Argument + '--exit-with-stdin' | ForEach-Object { "`"$_`"" }) -join ' '
        UseShellExecute        = $false
        # The host ends when this pipe closes: also when the test process is killed.
        RedirectStandardInput  = $true
        RedirectStandardOutput = $true
        RedirectStandardError  = $true
    }
    $process = [Diagnostics.Process]::Start($start)
    # Read on in the background, or the host stands still once the pipe is full.
    $errors = $process.StandardError.ReadToEndAsync()
    $line = $process.StandardOutput.ReadLineAsync()
    while ($line.Wait(120000) -and $null -ne $line.Result -and $line.Result -notmatch '^LISTENING (\S+)') {
        $line = $process.StandardOutput.ReadLineAsync()
    }
    if (-not $line.IsCompleted -or $line.Result -notmatch '^LISTENING (\S+)') {
        if (-not $process.HasExited) { $process.Kill() }
        throw "The sandbox host did not start. $($errors.Result)"
    }
    $baseUri = [uri] $Matches[1]
    $null = $process.StandardOutput.ReadToEndAsync()
    @{ BaseUri = $baseUri; Origin = $baseUri.GetLeftPart('Authority'); Process = $process }
}

function Stop-SandboxHost {
    <#
    .SYNOPSIS
        Ends a sandbox host. Harmless when it never started.
    #>
    [CmdletBinding()]
    param([Parameter(Position = 0)] [AllowNull()] $SandboxHost)

    if (-not $SandboxHost -or $SandboxHost.Process.HasExited) { return }
    if (-not $SandboxHost.OwnProcess) {
        $null = Invoke-SandboxControl -SandboxHost $sharedHost -Method Delete -Path "servers/$($SandboxHost.BaseUri.Port)"
        return
    }
    $SandboxHost.Process.StandardInput.Close()
    if (-not $SandboxHost.Process.WaitForExit(30000)) {
        $SandboxHost.Process.Kill()
        $SandboxHost.Process.WaitForExit()
    }
}

function Connect-SandboxHost {
    <#
    .SYNOPSIS
        Connect-Copper to a sandbox host, with its credential.
    .DESCRIPTION
        The definitions of custom fields, which a session loads before its first record that has any, are loaded at once, so that
        the requests that a test counts are those that it is about; without a rate limit that a test is about, so are the lists by
        which records show names. Clear-CopperCache forgets them.
    .PARAMETER Parameter
        Further parameters of Connect-Copper: @{ MaxRetry = 0; PassThru = $true }.
    .PARAMETER Cold
        Only the definitions of custom fields are loaded: for tests of what reads the lists.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] $SandboxHost,
        [Parameter(Position = 1)] [hashtable] $Parameter = @{},
        [switch] $Cold
    )

    $key = [Net.NetworkCredential]::new('', $SandboxHost.ApiKey).SecurePassword
    $given = @{} + $Parameter
    $given.PassThru = $true
    $session = Connect-Copper -BaseUri $SandboxHost.BaseUri -StorageUri "$($SandboxHost.Origin)/_storage" `
        -UserEmail $SandboxHost.UserEmail -ApiKey $key @given
    if ($session -and -not $Parameter.SkipVerify) {
        if (-not $Cold -and "$($Parameter.RateLimit)" -like '100000/*') { Read-AccountList $session }
        else { $null = Get-CopperCustomFieldDefinition -Session $session -ErrorAction Ignore }
    }
    if ($Parameter.PassThru) { $session }
}

function Read-AccountList {
    <#
    .SYNOPSIS
        Loads the lists by which records show names and custom fields, so that a later command of the session sends none for them.
    #>
    [CmdletBinding()]
    param([Parameter(Position = 0)] $Session = (Get-CopperSession))

    foreach ($noun in 'User', 'ContactType', 'CustomerSource', 'LossReason', 'LeadStatus', 'Pipeline', 'ActivityType', 'CustomActivityType',
        'CustomFieldDefinition') {
        $null = & "Get-Copper$noun" -Session $Session -ErrorAction Ignore
    }
}

function Get-SandboxHostPath {
    <#
    .SYNOPSIS
        The dll of the sandbox host: COPPERPS_SANDBOXHOST, else the newest that was compiled here.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    if ($env:COPPERPS_SANDBOXHOST) { return $env:COPPERPS_SANDBOXHOST }
    $output = [IO.Path]::Combine($PSScriptRoot, '..', 'Copper.SandboxHost', 'bin', '*', 'net10.0', 'Copper.SandboxHost.dll')
    $newest = Get-Item $output -ErrorAction Ignore | Sort-Object LastWriteTimeUtc -Descending | Select-Object -First 1
    if (-not $newest) { throw 'The sandbox host is not compiled. Compile it: dotnet build tests/Copper.SandboxHost -c Release' }
    $newest.FullName
}

function Invoke-SandboxControl {
    # The endpoints beside the API through which a test looks at the host and steers it.
    param($SandboxHost, [string] $Method, [string] $Path, $Body)

    $request = @{ Uri = "$($SandboxHost.Origin)/_sandbox/$Path"; Method = $Method; UseBasicParsing = $true }
    if ($Body) {
        $request.Body = ConvertTo-Json -InputObject $Body -Depth 10
        $request.ContentType = 'application/json'
    }
    # Else PowerShell draws a progress bar for each call.
    $ProgressPreference = 'SilentlyContinue'
    Invoke-RestMethod @request
}

function Get-SandboxJournal {
    <#
    .SYNOPSIS
        What the host received, in order: one object per request.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] $SandboxHost)

    # Windows PowerShell gives a JSON array as one object.
    Invoke-SandboxControl -SandboxHost $SandboxHost -Method Get -Path journal | ForEach-Object { $_ }
}

function Clear-SandboxJournal {
    <#
    .SYNOPSIS
        Forgets what the host received so far.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] $SandboxHost)

    $null = Invoke-SandboxControl -SandboxHost $SandboxHost -Method Delete -Path journal
}

function Set-SandboxFault {
    <#
    .SYNOPSIS
        Says what goes wrong with the next requests; without a fault, removes those that are left.
    .PARAMETER Fault
        A kind (status, reset-before, reset-after, reset-body, truncate-json, hang, slow-body, redirect, empty, not-json, latency,
        change, gzip, chunked), the settings of that kind, and how often and with which requests.
    .EXAMPLE
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 429; headers = @{ 'Retry-After' = '2' }; times = 3 }
    .EXAMPLE
        Set-SandboxFault $sandbox @{ kind = 'reset-after'; match = @{ method = 'POST'; path = '^/people$'; after = 1 } }
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] $SandboxHost,
        [Parameter(Position = 1)] [hashtable[]] $Fault = @()
    )

    $null = Invoke-SandboxControl -SandboxHost $SandboxHost -Method Delete -Path faults
    if ($Fault) { $null = Invoke-SandboxControl -SandboxHost $SandboxHost -Method Post -Path faults -Body $Fault }
}

function Reset-SandboxHost {
    <#
    .SYNOPSIS
        Puts the account back to its first state and forgets faults and journal.
    .PARAMETER Setting
        Settings of the account that change, by the names of the host's command line: @{ people = 5000; 'rate-limit' = '36/6s' }.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] $SandboxHost,
        [Parameter(Position = 1)] [hashtable] $Setting = @{}
    )

    $null = Invoke-SandboxControl -SandboxHost $SandboxHost -Method Post -Path reset -Body $Setting
}

function Set-SandboxLatency {
    <#
    .SYNOPSIS
        How many milliseconds each response takes from now on.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] $SandboxHost,
        [Parameter(Mandatory, Position = 1)] [int] $Milliseconds
    )

    $null = Invoke-SandboxControl -SandboxHost $SandboxHost -Method Post -Path latency -Body @{ ms = $Milliseconds }
}

function Get-SandboxStatistic {
    <#
    .SYNOPSIS
        The host's own count: requests, and how many it had to refuse with 429.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] $SandboxHost)

    Invoke-SandboxControl -SandboxHost $SandboxHost -Method Get -Path stats
}

function Get-SandboxRequest {
    <#
    .SYNOPSIS
        What the host received since the last call, a line each: 'PUT /people/1 {"title":"x"}'. Forgets it then.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory, Position = 0)] $SandboxHost)

    $entries = @(Get-SandboxJournal $SandboxHost)
    Clear-SandboxJournal $SandboxHost
    foreach ($entry in $entries) { "$($entry.method) $($entry.path)$($entry.query) $($entry.body)".Trim() }
}
