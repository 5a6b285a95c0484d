# Values that nobody means well, for every parameter of every cmdlet: each call ends with a result or with an error of a
# known kind, and nothing of the value gets to where it does not belong: path, query, headers, the structure of the body.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    function ConvertTo-Secret($Text) { [Net.NetworkCredential]::new('', $Text).SecurePassword }

    $sandbox = Start-SandboxHost -People 10
    $session = Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0; TimeoutSec = 20; PassThru = $true }
    $hubCredential = [pscredential]::new('admin', (ConvertTo-Secret 'sandbox-password'))
    $hub = Connect-CopperHub -Uri "$($sandbox.Origin)/hub" -Credential $hubCredential -MaxRetry 0 -PassThru
    # A value that a cmdlet takes as the name of a file becomes one, two levels up at most. Pester cannot clear a folder of such names.
    $outermost = Join-Path ([IO.Path]::GetTempPath()) "copper-hostile-$([guid]::NewGuid())"
    Push-Location (New-Item -ItemType Directory -Path (Join-Path $outermost 'outer/inner'))
    $file = Join-Path $TestDrive 'note.txt'
    Set-Content -LiteralPath $file -Value 'a note'

    $nul = [char] 0
    $circle = @{}
    $circle.self = $circle
    $script:million = 'x' * 1MB

    # What no value can be right with: it must not leave this machine.
    $script:impossible = @{
        'a NUL'         = "a${nul}b"
        'a circle'      = $circle
        'NULs in names' = @{ "a$nul" = "b$nul" }
    }
    $script:hostile = @{
        quotes          = 'O''Reilly "x" \ $(1) `;|&<>{}'
        'a header'      = "a`r`nX-Evil: 1`r`n`r`nDELETE /developer_api/v1/people/1 HTTP/1.1"
        emoji           = "$([char]::ConvertFromUtf32(0x1F4A5)) $([char] 0x202E)gnp.exe$([char] 0x200F)"
        'half a letter' = "a$([char] 0xD83D)b"
        climbing        = '../../account'
        'escaped dots'  = '..%2f..%2Faccount%00'
        'a query'       = '1?x=1&y=2#z'
        wildcards       = '*?[a-'
        json            = '{"id":1,"name":null}'
        'a huge id'     = [long]::MaxValue
        'no number'     = '99999999999999999999999'
        zero            = 0
        'a huge float'  = 1e308
        'minus one'     = -1
        'below all'     = [long]::MinValue
        'a negative Id' = [pscustomobject]@{ Id = -5 }
        nothing         = $null
        empty           = ''
        blank           = ' '
        'no items'      = @()
        'null items'    = @($null, '')
        names           = @{ '../..' = "x`r`ny"; '"' = @{ '' = 1 } }
        'an object'     = [pscustomobject]@{ Id = '1/../2'; Name = 'x' }
        'first date'    = [DateTimeOffset]::MinValue
        'last date'     = [datetime]::MaxValue
        'no date'       = '31/31/9999'
        'a script'      = { throw 'never run' }
    }

    # Where a cmdlet needs more than the parameter under test.
    $needed = @{
        Id = 1; Name = 'x'; From = 1; FromType = 'Person'; To = 10000001; Type = 'Company'; Field = 126240; RelatedTo = 1
        RelatedType = 'Person'
        Path = $file; LiteralPath = $file; Body = 'x'; Entity = 'Lead'; Action = 'get_projects'; Details = 'x'; DataType = 'String'
        OrganisationId = 1; ProjectId = 1
        Target = 'https://hooks.example/x'; Event = 'new'; InputObject = '{"ids":[1],"type":"person","event":"new"}'; Company = 10000001
        CompanyName = 'x'
        MatchField = 126240; MatchEmail = $true; Me = $true; NoCompany = $true; AuthorizeUri = $true; Sandbox = $true
        ClientId = 'x'; RedirectUri = 'https://localhost/callback'; ClientSecret = (ConvertTo-Secret 'x'); Code = 'x'
        Uri = "$($sandbox.Origin)/hub"; Credential = $hubCredential; UserEmail = $sandbox.UserEmail
        ApiKey = (ConvertTo-Secret $sandbox.ApiKey); BearerToken = (ConvertTo-Secret 'x')
    }
    $always = @{
        'Backup-CopperAccount'   = @{ Entity = 'Project'; Include = @() }
        'Add-CopperFile'         = @{ RelatedTo = 1; RelatedType = 'Person' }
        'Connect-Copper'         = @{ BaseUri = $sandbox.BaseUri; SkipVerify = $true }
        'Invoke-CopperRequest'   = @{ Path = 'people/search'; Method = 'Post' }
        'Register-CopperWebhook' = @{ Type = 'person' }
        'New-CopperAccessToken'  = @{ BaseUri = $sandbox.Origin }
        'Sync-CopperLead'        = @{ Name = 'x'; Email = 'x@lead.example' }
        'Sync-CopperPerson'      = @{ Name = 'x'; Email = 'x@person.example' }
        'New-CopperPerson'       = @{ Name = 'x' }
        'New-CopperLead'         = @{ Name = 'x' }
        'Watch-CopperWebhook'    = @{ Prefix = 'http://127.0.0.1:0/'; TimeoutSec = 1 }
    }
    # Each of these waits or transfers for as long as its value says, or makes a mess of the test's own variables.
    $leftOut = 'Watch-CopperWebhook/TimeoutSec', 'Watch-CopperWebhook/Count', 'Watch-CopperWebhook/CatchUp',
    'Watch-CopperWebhook/QueueSize', 'Watch-CopperWebhook/MaximumBodySize',
    'Watch-CopperWebhook/StatisticVariable', 'Watch-CopperWebhook/OnListening', 'Connect-Copper/Proxy', 'Connect-CopperHub/Proxy'
    $common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters

    $script:texts = [string], [string[]], [securestring], [pscredential]

    function Get-TestedParameter($Command) {
        $Command.Parameters.Values | Where-Object { $_.Name -notin $common -or $_.Name -in 'First', 'Skip' } |
            Where-Object { $_.Name -ne 'Session' -and -not $_.SwitchParameter -and "$($Command.Name)/$($_.Name)" -notin $leftOut }
    }

    function Get-Call($Command, $Parameter) {
        # The rest of the smallest call in which the parameter can stand.
        $sets = $Command.ParameterSets | Where-Object { $_.Parameters.Name -contains $Parameter.Name }
        $set = $sets | Sort-Object { @($_.Parameters | Where-Object IsMandatory).Count } | Select-Object -First 1
        $call = @{}
        if ($always[$Command.Name]) {
            $always[$Command.Name].GetEnumerator() | Where-Object { $set.Parameters.Name -contains $_.Key } |
                ForEach-Object { $call[$_.Key] = $_.Value }
        }
        foreach ($other in $set.Parameters | Where-Object { $_.IsMandatory -and -not $call.ContainsKey($_.Name) }) {
            $call[$other.Name] = $needed[$other.Name]
        }
        if ($Command.Parameters.ContainsKey('Session') -and $Command.Name -notlike 'Connect*') {
            $call.Session = if ($Command.Name -like '*CopperHub*') { $hub } else { $session }
        }
        if ($Command.Parameters.ContainsKey('Confirm')) { $call.Confirm = $false }
        if ($Parameter.Name -ne 'First' -and $Command.Parameters.ContainsKey('First')) { $call.First = 2 }
        # A listener that starts has taken the value; it need not wait for its time to pass.
        if ($Command.Name -eq 'Watch-CopperWebhook') { $call.OnListening = { throw 'it listens' } }
        $call
    }

    function Test-Call($Command, $Parameter, $Rest, $What, $Value) {
        # What is wrong with the call's errors; nothing when they are as they should be.
        # A name in place of a credential would ask for the password.
        if ($Parameter.ParameterType -eq [pscredential]) {
            $Value = if ("$Value") { [pscredential]::new("$Value", (ConvertTo-Secret "$Value")) }
        }
        if ($Parameter.ParameterType -eq [securestring]) { $Value = ConvertTo-Secret "$Value" }
        $call = $Rest.Clone()
        $call[$Parameter.Name] = $Value
        $problems = @()
        try { & $Command.Name @call -ErrorAction SilentlyContinue -ErrorVariable problems -WarningAction SilentlyContinue | Out-Null }
        catch { $problems = @($problems) + $_ }
        foreach ($problem in $problems | Where-Object { $_ -is [Management.Automation.ErrorRecord] }) {
            $id = $problem.FullyQualifiedErrorId
            if ($id -eq 'it listens') { continue }
            $isBinding = $problem.Exception -is [Management.Automation.ParameterBindingException]
            # 501: an action that the CopperHub does not know may exist tomorrow.
            if ($id -like 'CopperServerError*' -and $Command.Name -eq 'Invoke-CopperHubRequest') { continue }
            if (-not $isBinding -and
                ($id -notmatch '^Copper\w+,CopperPS' -or $id -match '^Copper(Unexpected|ServerError|OutcomeUnknown|Timeout)')) {
                "$($Command.Name) -$($Parameter.Name) <$What>: $id $($problem.Exception.GetType().Name): $($problem.Exception.Message)"
            }
        }
    }

    $paths = '^/(people|companies|leads|opportunities|projects|tasks|activities|webhooks|' +
    'custom_field_definitions|custom_activity_types|related_links|users|account|' +
    'pipelines|pipeline_stages|contact_types|customer_sources|loss_reasons|lead_statuses|activity_types|tags|field_layouts/by_entity/\w+)' +
    '(/[1-9]\d*)?(/(search|convert|upsert|related|activities|files|me|fetch_by_email|bulk_create|bulk_update|[a-z0-9_]+))?' +
    '(/[a-z0-9_]+|/[1-9]\d*)?$|^/hub/[a-z0-9_]+$|^/_storage$|^/oauth/token$|^/files/.*$'
    $headers = 'Accept', 'Accept-Encoding', 'Connection', 'Content-Length', 'Content-Type', 'Expect', 'Host', 'Transfer-Encoding',
    'User-Agent', 'X-PW-AccessToken', 'X-PW-Application', 'X-PW-UserEmail', 'Authorization'

    function Test-Request($Entry, $IsAnyPath) {
        # What is wrong with a request as the service received it.
        $line = "$($Entry.method) $($Entry.path)$($Entry.query)"
        # The token's endpoint is not part of the API, and takes a form without the credential.
        if ($Entry.path -eq '/token') { return }
        if (-not $IsAnyPath -and $Entry.path -notmatch $paths) { "$line is no path of the service" }
        if ($Entry.path -match '\.\.|%2e|%2f' -or "$($Entry.query)" -match '[\x00-\x20#]') { "$line hides something" }
        $Entry.rawHeaders.PSObject.Properties.Name | Where-Object { $_ -notin $headers } | ForEach-Object { "$line has a header $_" }
        if ($Entry.rawHeaders.'User-Agent' -notmatch '^Copper\S+( \(\S.*\))?' -or
            $Entry.rawHeaders.'X-PW-Application' -notin $null, 'developer_api') { "$line has other headers: $($Entry.rawHeaders)" }
        if ($Entry.status -eq 500) { "$line made the service fail: $($Entry.body)" }
        if ($Entry.body -and $Entry.path -notmatch '^/hub/|^/_storage|^/oauth') {
            if ($Entry.body -match '^\s*[^{]' -or $Entry.body -match '\\u0000') { "$line sent $($Entry.body.Substring(0, 80))" }
            try { $null = $Entry.body | ConvertFrom-Json } catch {
                if ($_ -notmatch 'keys|empty|property name') { "$line sent no JSON: $_" }
            }
        }
    }
}

AfterAll {
    Pop-Location
    Disconnect-Copper $session
    Disconnect-CopperHub $hub
    Stop-SandboxHost $sandbox
    [IO.Directory]::Delete($outermost, $true)
}

Describe '<_>' -ForEach (Import-PowerShellDataFile ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'CopperPS.psd1'))).CmdletsToExport {
    BeforeAll {
        $command = Get-Command $_ -Module CopperPS
        $script:tested = @(Get-TestedParameter $command)
    }
    BeforeEach { Clear-SandboxJournal $sandbox }
    # The last of its sessions has the default rate limit, which counts for every session at the address: nobody knows its account.
    # A journal that was started would record what all later cmdlets write.
    AfterAll {
        if ($command.Name -eq 'Connect-Copper') { Disconnect-Copper }
        if ($command.Name -eq 'Start-CopperJournal') { Stop-CopperJournal -Session $session }
    }

    It 'takes hostile values, or rejects them in words' {
        $found = foreach ($parameter in $tested) {
            $rest = Get-Call $command $parameter
            foreach ($what in $hostile.Keys) {
                Test-Call -Command $command -Parameter $parameter -Rest $rest -What $what -Value $hostile[$what]
            }
        }
        $found | Should -BeNullOrEmpty
        Get-SandboxJournal $sandbox | ForEach-Object { Test-Request $_ ($command.Name -eq 'Invoke-CopperRequest') } | Should -BeNullOrEmpty
    }

    It 'rejects what cannot be right before anything is sent' {
        $found = foreach ($parameter in $tested) {
            $rest = Get-Call $command $parameter
            foreach ($what in $impossible.Keys) {
                # Where a text is meant, PowerShell itself makes one of a hashtable.
                if ($impossible[$what] -is [hashtable] -and $parameter.ParameterType -in $texts) { continue }
                Test-Call -Command $command -Parameter $parameter -Rest $rest -What $what -Value $impossible[$what]
            }
        }
        $found | Should -BeNullOrEmpty
        # At most something was looked up for another parameter.
        Get-SandboxJournal $sandbox |
            Where-Object { $_.method -ne 'GET' -and $_.path -notmatch '/(search|fetch_by_email)$|^/hub/(read|get|login|check)' } |
            ForEach-Object { "$($_.method) $($_.path)$($_.query) $($_.body)" } | Should -BeNullOrEmpty
    }

    It 'takes a million letters, or rejects them in words' {
        $parameter = $tested |
            Where-Object { $_.ParameterType -in [string], [string[]] -or $_.ParameterType.Name -like 'CopperReference*' } |
            Select-Object -First 1
        if ($parameter) {
            Test-Call -Command $command -Parameter $parameter -Rest (Get-Call $command $parameter) -What 'a million letters' `
                -Value $million | Should -BeNullOrEmpty
        }
    }
}
