# A CopperHub of the test's own: the same sandbox host as for the CRM, below /hub.

function Get-HubUri($SandboxHost) { [uri] "$($SandboxHost.Origin)/hub" }

# A user of the sandbox; the word is no secret.
function Get-HubCredential([string] $Name = 'admin', [string] $Word = 'sandbox-password') {
    [pscredential]::new($Name, [Net.NetworkCredential]::new('', $Word).SecurePassword)
}

function Connect-HubHost($SandboxHost, [hashtable] $Parameter = @{}) {
    Connect-CopperHub -Uri (Get-HubUri $SandboxHost) -Credential (Get-HubCredential) @Parameter
}

# In the journal and for faults the path of a call is /hub/{action}.
function Get-HubCall($SandboxHost) {
    Get-SandboxJournal $SandboxHost | Where-Object { $_.path -like '/hub/*' } | ForEach-Object {
        [pscustomobject]@{ Action = $_.path -replace '^/hub/'; Body = $_.body; Status = $_.status; Query = $_.query; Method = $_.method }
    }
}

# The attributes of the last call that wrote something.
function Get-HubData($SandboxHost) {
    $call = Get-HubCall $SandboxHost | Where-Object { $_.Body -match 'data=' } | Select-Object -Last 1
    ($call.Body -replace '^.*?data=') | ConvertFrom-Json
}

function Set-HubFault($SandboxHost, [hashtable[]] $Fault = @()) {
    $null = Invoke-SandboxControl -SandboxHost $SandboxHost -Method Delete -Path faults
    if ($Fault) { $null = Invoke-SandboxControl -SandboxHost $SandboxHost -Method Post -Path faults -Body $Fault }
}

# A response of the test's choice to the next request for an action.
function Set-HubResponse($SandboxHost, [string] $Action, [string] $Data, [int] $Code = 200, [int] $Status = 200) {
    $body = "{`"response_code`":$Code,`"message`":`"Scripted`",`"data`":$Data}"
    Set-HubFault $SandboxHost @{ match = @{ path = "^/hub/$Action`$" }; kind = 'status'; status = $Status; body = $body }
}

function Stop-HubSession($SandboxHost) { $null = Invoke-SandboxControl -SandboxHost $SandboxHost -Method Post -Path hub/expire }
