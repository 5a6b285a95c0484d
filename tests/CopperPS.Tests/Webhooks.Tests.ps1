# Subscriptions: Get-, Register-, Set- and Unregister-CopperWebhook.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $target = 'https://hooks.example.com/copper'
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Register-CopperWebhook' {
    BeforeEach { Reset-SandboxHost $sandbox }

    It 'makes a subscription for each pair of type and event, and outputs them' {
        $made = @(Register-CopperWebhook $target -Type person, company -Event new, update)
        $made | Should -HaveCount 4
        $made | ForEach-Object { "$($_.Type)/$($_.Event)" } | Should -Be 'person/new', 'person/update', 'company/new', 'company/update'
        $made[0].Target | Should -Be $target
        $made[0].Id | Should -BeGreaterThan 0
        $made[0].CreatedAt | Should -BeOfType ([datetimeoffset])
        @(Get-SandboxRequest $sandbox) | Should -HaveCount 5
    }

    It 'shows each with -WhatIf and makes none' {
        $shown = Invoke-ChildPowerShell {
            $key = [Net.NetworkCredential]::new('', 'sandbox-key').SecurePassword
            Connect-Copper -BaseUri $args[0] -UserEmail demo@copper.example -ApiKey $key
            Register-CopperWebhook https://hooks.example.com/copper -Type person, lead -Event delete -WhatIf
        } -ArgumentList $sandbox.BaseUri
        $shown.Output | Should -Be @(
            'What if: Performing the operation "Register" on target "webhook person/delete to https://hooks.example.com/copper".'
            'What if: Performing the operation "Register" on target "webhook lead/delete to https://hooks.example.com/copper".')
        Get-CopperWebhook | Should -BeNullOrEmpty
    }

    It 'does not double what is there, whatever the capitals' {
        $first = Register-CopperWebhook $target -Type person -Event new
        $again = @(Register-CopperWebhook $target -Type Person, PERSON -Event New)
        $again.Id | Should -Be $first.Id
        Get-CopperWebhook | Should -HaveCount 1
        Register-CopperWebhook 'https://hooks.example.com/other' -Type person -Event new | Out-Null
        Get-CopperWebhook | Should -HaveCount 2
    }

    It 'gives what is there a new secret, and sends nothing when it has it already' {
        $first = Register-CopperWebhook $target person new -Secret @{ key = 'old' }
        $null = Get-SandboxRequest $sandbox
        (Register-CopperWebhook $target person new -Secret @{ key = 'new' }).Id | Should -Be $first.Id
        Get-SandboxRequest $sandbox | Should -Be 'GET /webhooks', "PUT /webhooks/$($first.Id) {`"secret`":{`"key`":`"new`"}}"
        $null = Register-CopperWebhook $target person new -Secret @{ key = 'new' }
        Get-SandboxRequest $sandbox | Should -Be 'GET /webhooks'
    }

    It 'sends secrets and headers as they are, from text and SecureString, and shows neither' {
        $secure = [Net.NetworkCredential]::new('', 'hidden-2').SecurePassword
        $made = Register-CopperWebhook $target person new -Secret ([ordered] @{ source = 'hidden-1'; key = $secure }) -Header @{
            'X-Token' = 'hidden-3'
        } -ComputedCustomField -Verbose 4>&1
        $body = (Get-SandboxRequest $sandbox)[1]
        $body | Should -Match '"secret":\{"source":"hidden-1","key":"hidden-2"\}'
        $body | Should -Match '"headers":\{"X-Token":"hidden-3"\}'
        $body | Should -Match '"custom_field_computed_values":true'
        $hook = Get-CopperWebhook
        $hook.Secret['key'] | Should -Be '***'
        $hook.Headers.Keys | Should -Be 'X-Token'
        $texts = @($made | Out-String), ($hook | Format-List * | Out-String), ($hook | ConvertTo-Json), "$($hook.Secret)",
        [Management.Automation.PSSerializer]::Serialize($hook)
        $texts -match 'hidden' | Should -BeNullOrEmpty
    }

    It 'rejects <Address>: Copper posts to https addresses only' -ForEach @(
        @{ Address = 'http://hooks.example.com/' }, @{ Address = 'hooks.example.com' }, @{ Address = 'ftp://hooks.example.com/' }
    ) {
        Register-CopperWebhook $Address person new -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'CopperInvalidArgument,*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'rejects unknown words with those that there are, and sends nothing' {
        Register-CopperWebhook $target -Type person, activity -Event new -ErrorAction SilentlyContinue -ErrorVariable failure
        "$failure" |
            Should -Match ("The service calls it 'activity_log': give -Type activity_log\. " +
                'There are: lead, person, company, opportunity, project, task, activity_log\.')
        Register-CopperWebhook $target -Type person -Event nwe -ErrorAction SilentlyContinue -ErrorVariable failure
        "$failure" | Should -Match "-Event 'nwe' is not known\. Did you mean 'new'\? There are also: "
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'says which word the service has for <Word>' -ForEach @(
        @{ Word = 'created'; Meant = 'new' }, @{ Word = 'Add'; Meant = 'new' }, @{ Word = 'changed'; Meant = 'update' }
        @{ Word = 'updated'; Meant = 'update' }, @{ Word = 'removed'; Meant = 'delete' }, @{ Word = 'Deleted'; Meant = 'delete' }
    ) {
        { Register-CopperWebhook $target person $Word -ErrorAction Stop } |
            Should -Throw "*-Event '$Word' is not known. The service calls it '$Meant': give -Event $Meant. There are: *"
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'takes the plural of a kind of record' {
        (Register-CopperWebhook $target People, Companies new).Type | Should -Be 'person', 'company'
    }

    It 'lets a new word through with -Force' {
        Register-CopperWebhook $target -Type invoice -Event new -Force -ErrorAction SilentlyContinue -ErrorVariable failure
        (Get-SandboxRequest $sandbox)[1] | Should -Match '"type":"invoice"'
        # This sandbox has not learned it yet.
        $failure.FullyQualifiedErrorId | Should -BeLike 'CopperInvalidData,*'
    }

    It 'rejects a secret whose name a notification needs itself' {
        Register-CopperWebhook $target person new -Secret @{ type = 'x' } -ErrorAction SilentlyContinue -ErrorVariable failure
        "$failure" | Should -Match "'type'"
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'says what to do when all hundred are taken' {
        foreach ($number in 1..100) {
            Invoke-CopperRequest webhooks -Method Post -Body @{ target = "$target/$number"; type = 'person'; event = 'new' } | Out-Null
        }
        Register-CopperWebhook $target -Type person -Event new -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'CopperWebhookLimit,*'
        $failure.CategoryInfo.Category | Should -Be 'LimitsExceeded'
        # What is there already needs no room.
        Register-CopperWebhook "$target/7" -Type person -Event new -ErrorAction Stop | Should -HaveCount 1
    }

    It 'takes targets, types and events from the pipeline' {
        $rows = "Target,Type,Event`n$target,person,new`n$target,lead,update" | ConvertFrom-Csv
        @($rows | Register-CopperWebhook) | Should -HaveCount 2
    }
}

Describe 'Get-CopperWebhook' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $hooks = @(Register-CopperWebhook $target person, company new, update)
        $hooks += Register-CopperWebhook https://other.example.org/ person new
    }

    It 'lists all, or those that match' {
        Get-CopperWebhook | Should -HaveCount 5
        Get-CopperWebhook -Target *.example.com* | Should -HaveCount 4
        Get-CopperWebhook -Type PERSON -Event new | Should -HaveCount 2
        Get-CopperWebhook -Type co* -Event update, delete | Should -HaveCount 1
        Get-CopperWebhook -Target nothing | Should -BeNullOrEmpty
    }

    It 'reads by id, number or object, and reports those that are not there' {
        $found = @($hooks[0], 999, $hooks[1].Id | Get-CopperWebhook -ErrorAction SilentlyContinue -ErrorVariable failure)
        $found.Id | Should -Be $hooks[0].Id, $hooks[1].Id
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
        $failure[0].TargetObject | Should -Be 999
    }

    It 'rejects a record of another kind' {
        Get-CopperPerson 7 | Get-CopperWebhook -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure.FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
    }
}

Describe 'A secret of another spelling' {
    AfterEach { Set-SandboxFault $sandbox }

    It 'is shown nowhere: <member>' -TestCases @(
        foreach ($member in 'Secret', 'secrets', 'webhook_secret', 'Headers', 'Authorization', 'api_token') { @{ member = $member } }
    ) {
        $body = '[{"id":1,"target":"https://a.example","type":"person","event":"new","' + $member + '":{"key":"hidden-9"}}]'
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = $body; times = 1; match = @{ path = 'webhooks' } }
        $hook = Get-CopperWebhook
        $hook.AdditionalMembers[$member] | Should -Be '***'
        @($hook | Out-String), ($hook | Format-List * | Out-String), ($hook | ConvertTo-Json -Depth 5),
        [Management.Automation.PSSerializer]::Serialize($hook) |
            Should -Not -BeLike '*hidden-9*'
    }

    It 'is in no error and no message, however short: <member>' -TestCases @(
        foreach ($member in 'secret', 'Secret', 'webhook_secret', 'headers') {
            @{ member = $member; value = 'ab' }; @{ member = $member; value = 'hidden-9' }
        }
    ) {
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 422; body = "{`"message`":`"Not allowed: key=$value`"}"; times = 1; match = @{ method = 'POST' }
        }
        $said = Invoke-CopperRequest webhooks -Method Post -Body @{
            target = 'https://a.example'; $member = @{ key = $value }
        } -Confirm:$false -Verbose -ErrorVariable failure -ErrorAction SilentlyContinue 4>&1
        "$failure" | Should -Match 'Not allowed: key=\*\*\*'
        "$said $($failure[0].Exception)" | Should -Not -Match "\b$value\b"
    }
}

Describe 'Set-CopperWebhook' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $hook = Register-CopperWebhook $target person new -Secret @{ key = 'one' }
        $null = Get-SandboxRequest $sandbox
    }

    It 'takes the address as [uri], as Register-CopperWebhook does' {
        (Register-CopperWebhook ([uri] $target) person new).Id | Should -Be $hook.Id
        $hook | Set-CopperWebhook -Target ([uri] 'https://other.example.com/a') -PassThru |
            ForEach-Object Target | Should -Be 'https://other.example.com/a'
        (Get-CopperWebhook -Target ([uri] 'https://other.example.com/a')).Id | Should -Be $hook.Id
    }

    It 'sends only what is given' {
        $hook | Set-CopperWebhook -Target https://new.example.com/
        $hook | Set-CopperWebhook -Secret @{ key = 'two' } -Header $null
        $hook | Set-CopperWebhook -ComputedCustomField:$false
        Get-SandboxRequest $sandbox | Should -Be @(
            "PUT /webhooks/$($hook.Id) {`"target`":`"https://new.example.com/`"}"
            "PUT /webhooks/$($hook.Id) {`"secret`":{`"key`":`"two`"},`"headers`":null}"
            "PUT /webhooks/$($hook.Id) {`"custom_field_computed_values`":false}")
    }

    It 'outputs the subscription with -PassThru only' {
        Set-CopperWebhook $hook.Id -Target https://new.example.com/ | Should -BeNullOrEmpty
        (Set-CopperWebhook $hook.Id -Target https://newer.example.com/ -PassThru).Target | Should -Be 'https://newer.example.com/'
    }

    It 'changes nothing that is fixed, and sends nothing for nothing' {
        (Get-Command Set-CopperWebhook).Parameters.Keys | Where-Object { $_ -in 'Type', 'Event' } | Should -BeNullOrEmpty
        Set-CopperWebhook $hook -Property @{ type = 'lead' } -ErrorAction SilentlyContinue -ErrorVariable failure
        "$failure" | Should -Match 'fixed'
        Set-CopperWebhook $hook -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure.FullyQualifiedErrorId | Should -BeLike 'CopperNothingToSet,*'
        Set-CopperWebhook $hook -Target http://new.example.com/ -ErrorAction SilentlyContinue -ErrorVariable failure
        "$failure" | Should -Match 'https'
        $hook | Set-CopperWebhook -Target https://new.example.com/ -WhatIf
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }
}

Describe 'Unregister-CopperWebhook' {
    BeforeEach { Reset-SandboxHost $sandbox }

    It 'ends what Get-CopperWebhook found' {
        $null = Register-CopperWebhook $target person, company new
        $null = Register-CopperWebhook https://other.example.org/ person new
        Get-CopperWebhook -Target *.example.com* | Unregister-CopperWebhook -Confirm:$false | Should -BeNullOrEmpty
        (Get-CopperWebhook).Target | Should -Be 'https://other.example.org/'
        $removed = Get-CopperWebhook | Unregister-CopperWebhook -Confirm:$false -PassThru
        $removed.EntityType | Should -Be 'webhook'
        Get-CopperWebhook | Should -BeNullOrEmpty
    }

    It 'ends all subscriptions of an address, and names each: <What>' -ForEach @(
        @{ What = 'by -Target'; Call = { Unregister-CopperWebhook -Target $args[0] @more } }
        @{ What = 'in the place of an id'; Call = { Unregister-CopperWebhook $args[0] @more } }
        @{ What = 'by the pipeline'; Call = { $args[0] | Unregister-CopperWebhook @more } }
        @{ What = 'by -Target, as [uri]'; Call = { Unregister-CopperWebhook -Target ([uri] $args[0]) @more } }
        @{ What = 'in the place of an id, as [uri]'; Call = { Unregister-CopperWebhook ([uri] $args[0]) @more } }
        @{ What = 'by the pipeline, as [uri]'; Call = { [uri] $args[0] | Unregister-CopperWebhook @more } }
    ) {
        $url = 'https://hooks.example.com/a?code=1'
        $hooks = @(Register-CopperWebhook $url person, company new)
        $other = Register-CopperWebhook https://hooks.example.com/ab?code=1 person new
        $log = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
        $null = Start-Transcript $log
        $more = @{ WhatIf = $true }
        & $Call $url
        $null = Stop-Transcript
        $text = Get-Content $log -Raw
        foreach ($hook in $hooks) {
            $text | Should -BeLike "*on target ""webhook $($hook.Id) ($($hook.Type)/new to https://hooks.example.com/a`?code=1)"".*"
        }
        $text | Should -Not -BeLike "*webhook $($other.Id) *"
        @(Get-CopperWebhook).Count | Should -Be 3
        $more = @{ Confirm = $false; PassThru = $true }
        (& $Call $url.ToUpperInvariant()).Id | Should -Be $hooks.Id
        (Get-CopperWebhook).Id | Should -Be $other.Id
    }

    It 'takes wildcards for an address, and says which addresses there are when none is meant' {
        $null = Register-CopperWebhook https://hooks.example.com/a person new
        $null = Register-CopperWebhook https://hooks.example.com/b person new
        { Unregister-CopperWebhook -Target https://hooks.example.com/c -Confirm:$false -ErrorAction Stop } |
            Should -Throw "*No subscription posts to 'https://hooks.example.com/c'. Did you mean 'https://hooks.example.com/a' or *"
        Unregister-CopperWebhook -Target https://nobody.example.com/* -Confirm:$false -ErrorAction Stop
        @(Get-CopperWebhook).Count | Should -Be 2
        Unregister-CopperWebhook -Target https://hooks.example.com/* -Confirm:$false
        Get-CopperWebhook | Should -BeNullOrEmpty
    }

    It 'does nothing with -WhatIf, and goes on after one that is not there' {
        $hook = Register-CopperWebhook $target person new
        Unregister-CopperWebhook $hook.Id -WhatIf
        Get-CopperWebhook | Should -HaveCount 1
        Unregister-CopperWebhook -Confirm:$false 999, $hook.Id -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure.FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
        Get-CopperWebhook | Should -BeNullOrEmpty
    }
}
