# What the vendor may change without a word (developer.copper.com/introduction/change_policy), seen from the prompt:
# each cmdlet that reads goes on working, and what is new can be seen.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0 }
    Register-CopperWebhook -Target https://hooks.example/copper -Type person -Event new | Out-Null
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe '<name>' -ForEach @(
    @{ name = 'Get-CopperPerson'; call = { Get-CopperPerson -First 3 } }
    @{ name = 'Get-CopperPerson -Id'; call = { Get-CopperPerson 1 } }
    @{ name = 'Get-CopperCompany'; call = { Get-CopperCompany -First 3 } }
    @{ name = 'Get-CopperLead'; call = { Get-CopperLead -First 3 } }
    @{ name = 'Get-CopperOpportunity'; call = { Get-CopperOpportunity -First 3 } }
    @{ name = 'Get-CopperProject'; call = { Get-CopperProject -First 3 } }
    @{ name = 'Get-CopperTask'; call = { Get-CopperTask -First 3 } }
    @{ name = 'Get-CopperActivity'; call = { Get-CopperActivity -First 7 } }
    @{ name = 'Get-CopperUser'; call = { Get-CopperUser -Force } }
    @{ name = 'Get-CopperUser -Me'; call = { Get-CopperUser -Me } }
    @{ name = 'Get-CopperAccount'; call = { Get-CopperAccount -Force } }
    @{ name = 'Get-CopperPipeline'; call = { Get-CopperPipeline -Force } }
    @{ name = 'Get-CopperPipelineStage'; call = { Get-CopperPipelineStage -Force } }
    @{ name = 'Get-CopperContactType'; call = { Get-CopperContactType -Force } }
    @{ name = 'Get-CopperCustomerSource'; call = { Get-CopperCustomerSource -Force } }
    @{ name = 'Get-CopperLossReason'; call = { Get-CopperLossReason -Force } }
    @{ name = 'Get-CopperLeadStatus'; call = { Get-CopperLeadStatus -Force } }
    @{ name = 'Get-CopperActivityType'; call = { Get-CopperActivityType -Force } }
    @{ name = 'Get-CopperCustomActivityType'; call = { Get-CopperCustomActivityType -Force } }
    @{ name = 'Get-CopperCustomFieldDefinition'; call = { Get-CopperCustomFieldDefinition -Force } }
    @{ name = 'Get-CopperTag'; call = { Get-CopperTag -Force } }
    @{ name = 'Get-CopperFieldLayout'; call = { Get-CopperFieldLayout Lead -Force } }
    @{ name = 'Get-CopperRelatedItem'; call = { Get-CopperRelatedItem 1 -FromType Person } }
    @{ name = 'Get-CopperWebhook'; call = { Get-CopperWebhook } }
    @{ name = 'Convert-CopperLead'; call = { $script:lead | Convert-CopperLead -Confirm:$false } }
    @{ name = 'Sync-CopperLead'; call = { Sync-CopperLead 'Neu' -Email neu@lead.example -MatchEmail } }
    @{ name = 'Sync-CopperPerson'; call = { Sync-CopperPerson 'Neu' -Email "$([guid]::NewGuid())@person.example" } }
    @{ name = 'Set-CopperPerson -PassThru'; call = { Set-CopperPerson 1 -Title Dr -PassThru } }
) {
    BeforeEach { $script:lead = New-CopperLead 'Raw' }
    AfterEach { Set-SandboxFault $sandbox }

    It 'survives <_>' -ForEach @(
        'new-words', 'new-activities', 'numbers-as-text', 'text-as-numbers', 'big-ids'
        'nulls', 'missing-members', 'reordered', 'edited-messages'
    ) {
        # The records in lists of the session are read anew, or the change would not be seen.
        Clear-CopperCache
        Set-SandboxFault $sandbox @{ kind = 'change'; change = $_; times = -1 }
        $ErrorActionPreference = 'Stop'
        $found = & $call
        # Of the activity types, which come by category, a whole category may be missing.
        if ($name -ne 'Get-CopperActivityType') { @($found).Count | Should -BeGreaterThan 0 }
        $Error.Clear()
        $table = $found | Out-String -Width 200
        $list = $found | Format-List * | Out-String
        $found | ConvertTo-Json -Depth 10 -WarningAction Ignore | Out-Null
        $found | ConvertTo-Csv -NoTypeInformation | Should -Not -Match 'System\.|Copper\.Client\.'
        # A column of a view that fails shows #ERR and leaves an error behind.
        $table + $list | Should -Not -Match '#ERR'
        @($Error).Count | Should -Be 0
    }

    It 'shows members that nobody knows, also in JSON' {
        Clear-CopperCache
        Set-SandboxFault $sandbox @{ kind = 'change'; change = 'new-members'; times = -1 }
        $found = & $call
        $record = @($found)[0]
        $members = $record.AdditionalMembers
        if (-not $members) { $members = $record.Person.AdditionalMembers }
        $members.zz_new_member.deep.list[1] | Should -Be 2.5
        $json = ConvertTo-Json -InputObject $record -Depth 10 -WarningAction Ignore
        $json | Should -Match '"zz_new_member"'
        $json | Should -Match '"tomorrow"'
    }
}

Describe 'An announcement that something will be given up' {
    BeforeEach {
        Disconnect-Copper
        Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0 }
        Set-SandboxFault $sandbox @{
            kind = 'change'; times = -1
            headers = @{
                Deprecation = '@1798761600'; Sunset = 'Thu, 01 Jul 2027 00:00:00 GMT'
                Link = '<https://developer.copper.com/changes>; rel="deprecation"'
            }
        }
    }
    AfterEach { Set-SandboxFault $sandbox }

    It 'is one warning for each endpoint in a session, and the result is as always' {
        $people = 1..5 | Get-CopperPerson -WarningVariable warnings -WarningAction SilentlyContinue
        $people.Id | Should -Be (1..5)
        "$warnings" |
            Should -BeExactly ('Copper has marked GET /people/{id} as deprecated (2027-01-01). It is to be switched off on 2027-07-01. ' +
                'It works until then; look for a newer version of this software. More: https://developer.copper.com/changes')

        Get-CopperPerson 6 -WarningVariable again -WarningAction SilentlyContinue | Out-Null
        $again | Should -BeNullOrEmpty
        Get-CopperPerson -First 1 -WarningVariable others -WarningAction SilentlyContinue | Out-Null
        @($others).Count | Should -Be 1
        "$others" | Should -BeLike '*POST /people/search*'
    }

    It 'does not stop what $WarningPreference does not stop' {
        { Get-CopperPerson 1 -WarningAction Stop } | Should -Throw '*deprecated*'
        (Get-CopperPerson 1 -WarningAction Stop).Id | Should -Be 1
    }
}

Describe 'A notification of tomorrow' {
    It 'comes out whole' {
        $body = '{"ids":[7],"type":"spaceship","event":"launched","timestamp":1767225600,"crew":{"captain":"Ann"},' +
        '"updated_attributes":{"course":["a","b"]}}'
        $notification = $body | ConvertFrom-CopperNotification -Expand
        $notification.Type, $notification.Event | Should -Be 'spaceship', 'launched'
        $notification.AdditionalMembers.crew.captain | Should -Be 'Ann'
        $notification | ConvertTo-Json -Depth 6 | Should -Match '"captain": *"Ann"'
        $notification | Out-String | Should -Match 'spaceship'
    }
}
