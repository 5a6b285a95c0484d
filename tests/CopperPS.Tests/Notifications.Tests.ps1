# ConvertFrom-CopperNotification: whatever form a host hands a notification over in.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $json = '{"ids":[3,4],"type":"person","event":"update","subscription_id":17066,"timestamp":"2026-02-03T04:05:06.789Z",' +
    '"updated_attributes":{"title":["Countess","Lady"],"custom_fields":{"126247":[1,2.5]}},"key":"s3cret","new_member":{"a":1}}'
    $secret = @{ key = 's3cret' }

    function Test-Notification($Notification) {
        $Notification.Ids | Should -Be 3, 4
        $Notification.Type | Should -Be 'person'
        $Notification.Event | Should -Be 'update'
        $Notification.SubscriptionId | Should -Be 17066
        $Notification.Timestamp | Should -Be ([datetimeoffset] '2026-02-03T04:05:06.789Z')
        $Notification.UpdatedAttributes['title'].OldValue | Should -Be 'Countess'
        $Notification.UpdatedAttributes['title'].NewValue | Should -Be 'Lady'
        $Notification.UpdatedAttributes['126247'].NewValue | Should -Be 2.5
        $Notification.AdditionalMembers['key'] | Should -Be '***'
        $Notification.AdditionalMembers['new_member']['a'] | Should -Be 1
    }
}

Describe 'ConvertFrom-CopperNotification' {
    It 'reads <Name>' -ForEach @(
        @{ Name = 'JSON text'; Make = { $json } }
        @{ Name = 'bytes'; Make = { , [Text.Encoding]::UTF8.GetBytes($json) } }
        @{ Name = 'an object'; Make = { $json | ConvertFrom-Json } }
        @{ Name = 'a hashtable'; Make = { @{
                    ids = 3, 4; type = 'person'; event = 'update'; subscription_id = 17066; timestamp = '2026-02-03T04:05:06.789Z'
                    key = 's3cret'; new_member = @{ a = 1 }
                    updated_attributes = @{ title = 'Countess', 'Lady'; custom_fields = @{ '126247' = 1, 2.5 } }
                } }
        }
        @{
            Name = '$WebhookData of Azure Automation'
            Make = { [pscustomobject] @{ WebhookName = 'hook'; RequestBody = $json; RequestHeader = [pscustomobject] @{ 'X-Key' = 'h' } } }
        }
        @{
            Name = '$WebhookData as PowerShell 7 gets it'
            Make = { @{ WebhookName = 'hook'; RequestBody = $json; RequestHeader = @{ 'X-Key' = 'h' } } | ConvertTo-Json }
        }
        @{
            Name = 'the request of an Azure Function'
            Make = { [pscustomobject] @{ Method = 'POST'; Headers = @{ 'x-key' = 'h' }; RawBody = $json; Body = @{ ids = 9 } } }
        }
        @{
            Name = 'the request of a function that has only the parsed body'
            Make = { [pscustomobject] @{ Headers = @{ 'x-key' = 'h' }; RawBody = ''; Body = ($json | ConvertFrom-Json) } }
        }
    ) {
        $value = & $Make
        Test-Notification (ConvertFrom-CopperNotification -InputObject $value -Secret $secret)
        Test-Notification ($value | ConvertFrom-CopperNotification -Secret $secret)
    }

    It 'checks headers where there are some' {
        $data = [pscustomobject] @{ RequestBody = $json; RequestHeader = [pscustomobject] @{ 'X-Key' = 'h' } }
        ConvertFrom-CopperNotification $data -Header @{ 'x-key' = 'h' } | Should -HaveCount 1
        ConvertFrom-CopperNotification $data -Header @{ 'x-key' = 'i' } -ErrorAction SilentlyContinue -ErrorVariable failure |
            Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'CopperWrongSecret,*'
        ConvertFrom-CopperNotification $json -Header @{ 'x-key' = 'h' } -ErrorAction SilentlyContinue -ErrorVariable failure |
            Should -BeNullOrEmpty
        "$failure" | Should -Match 'no headers'
    }

    It 'rejects <Name>, and shows no secret' -ForEach @(
        @{ Name = 'a wrong secret'; Secret = @{ key = 'wr0ng' } }, @{
            Name = 'a secret that is missing'; Secret = @{ key = 's3cret'; other = 'wr0ng' }
        }
    ) {
        ConvertFrom-CopperNotification $json -Secret $Secret -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'CopperWrongSecret,*'
        $failure.CategoryInfo.Category | Should -Be 'SecurityError'
        $failure | Format-List * -Force | Out-String | Should -Not -Match 's3cret|wr0ng'
    }

    It 'rejects <Value>' -ForEach @(
        @{ Value = '' }, @{ Value = $null }, @{ Value = 'nonsense' }, @{ Value = '[1]' }, @{ Value = '{"ids":[1]}' }, @{ Value = 7 },
        @{ Value = @{ a = 1 } }
    ) {
        ConvertFrom-CopperNotification -InputObject $Value -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'CopperInvalidNotification,*'
    }

    It 'goes on after one that is none, needs no session and keeps unknown words' {
        $found = @('x', '{"ids":[1],"type":"invoice","event":"archived"}' | ConvertFrom-CopperNotification -ErrorAction SilentlyContinue)
        $found.Type | Should -Be 'invoice'
        { $json | ConvertFrom-CopperNotification -Expand } | Should -Throw -ErrorId 'CopperNotConnected,*'
    }

    It 'keeps old and new values through jobs and files' {
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize(($json |
                        ConvertFrom-CopperNotification)))
        $copy.Ids | Should -Be 3, 4
        $copy.UpdatedAttributes[0].NewValue | Should -Be 'Lady'
    }
}

Describe 'ConvertFrom-CopperNotification -Expand' {
    BeforeAll {
        $sandbox = Start-SandboxHost -People 250
        Connect-SandboxHost $sandbox
        Read-AccountList
    }

    AfterAll {
        Disconnect-Copper
        Stop-SandboxHost $sandbox
    }

    BeforeEach { $null = Get-SandboxRequest $sandbox }

    It 'reads the records of many notifications in few requests, and keeps their order' {
        $found = @(
            1..100 | ForEach-Object { "{`"ids`":[$_,$($_ + 100)],`"type`":`"person`",`"event`":`"new`"}" }
            '{"ids":[10000001],"type":"company","event":"new"}'
        ) | ConvertFrom-CopperNotification -Expand
        $found | Should -HaveCount 101
        $found[6].Records.Id | Should -Be 7, 107
        $found[6].Records[0].Email | Should -Not -BeNullOrEmpty
        $found[100].Records[0].Name | Should -Not -BeNullOrEmpty
        (Get-SandboxRequest $sandbox) -replace ' \{.*' | Should -Be 'POST /people/search', 'GET /companies/10000001'
    }

    It 'copes with records that are gone' {
        Remove-CopperPerson 4 -Confirm:$false
        $found = $json | ConvertFrom-CopperNotification -Expand -ErrorAction Stop
        $found.Records.Id | Should -Be 3
        $found.MissingIds | Should -Be 4
        $deleted = '{"ids":[4],"type":"person","event":"delete"}' | ConvertFrom-CopperNotification -Expand -ErrorAction Stop
        $deleted.Records.Count + $deleted.MissingIds.Count | Should -Be 0
    }

    It 'outputs the notifications although the records cannot be read' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 403 }
        $found = @($json | ConvertFrom-CopperNotification -Expand -ErrorAction SilentlyContinue -ErrorVariable failure)
        Set-SandboxFault $sandbox
        $found | Should -HaveCount 1
        $failure.FullyQualifiedErrorId | Should -BeLike 'CopperPermissionDenied,*'
    }
}
