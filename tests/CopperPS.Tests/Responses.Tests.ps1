# Responses of the service that differ from call to call, or from what its pages say.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0 }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Responses to a deletion' {
    BeforeEach { Set-SandboxFault $sandbox }

    It '<answer> is good for <what>' -TestCases @(
        foreach ($answer in '{"id":1,"is_deleted":true}', '{"id":1}', '{"removed":true,"resource":{"id":1,"type":"filedocument"}}', '') {
            @{ answer = $answer; what = 'a person'; call = { Remove-CopperPerson 1 -Confirm:$false -PassThru } }
            @{ answer = $answer; what = 'a custom field'; call = { Remove-CopperCustomFieldDefinition 1 -Confirm:$false -PassThru } }
            @{ answer = $answer; what = 'a connection'; call = { Remove-CopperConnection 1 -Confirm:$false -PassThru } }
            @{
                answer = $answer; what = 'a file'; call = { Remove-CopperFile 1 -RelatedTo 1 -RelatedType Person -Confirm:$false -PassThru }
            }
            @{
                answer = $answer; what = 'a relation'
                call = { Remove-CopperRelatedItem 2 -FromType Person -To 1 -Type Company -Confirm:$false -PassThru }
            }
        }
    ) {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = $answer; match = @{ method = 'DELETE' } }
        $ErrorActionPreference = 'Stop'
        (& $call).Id | Should -Be 1
    }
}

Describe 'A deletion that is confirmed for something else' {
    AfterEach { Set-SandboxFault $sandbox }

    It 'is an error of <what> that names both' -TestCases @(
        @{
            what = 'a person'
            call = { Remove-CopperPerson 5 -Confirm:$false -PassThru -ErrorAction SilentlyContinue -ErrorVariable script:failure }
        }
        @{
            what = 'a connection'
            call = { Remove-CopperConnection 5 -Confirm:$false -PassThru -ErrorAction SilentlyContinue -ErrorVariable script:failure }
        }
        @{
            what = 'a file'
            call = {
                Remove-CopperFile 5 -RelatedTo 1 -RelatedType Person -Confirm:$false -PassThru -ErrorAction SilentlyContinue `
                    -ErrorVariable script:failure
            }
        }
    ) {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = '{"id":777,"is_deleted":true}'; match = @{ method = 'DELETE' } }
        & $call | Should -BeNullOrEmpty
        $failure | Should -HaveCount 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'CopperOutcomeUnknown,*'
        $failure[0].Exception.Message | Should -Match '\w+ 777, but \w+ 5 was asked for'
    }
}

Describe 'An error in a response with a good status' {
    AfterEach { Set-SandboxFault $sandbox }

    It 'is the rejection of <what>' -TestCases @(
        @{ what = 'one record'; call = { Get-CopperPerson 5 -ErrorAction SilentlyContinue -ErrorVariable script:failure } }
        @{ what = 'a search'; call = { Get-CopperPerson -ErrorAction SilentlyContinue -ErrorVariable script:failure } }
        @{ what = 'tags'; call = { Get-CopperTag -ErrorAction SilentlyContinue -ErrorVariable script:failure } }
        @{ what = 'webhooks'; call = { Get-CopperWebhook -ErrorAction SilentlyContinue -ErrorVariable script:failure } }
        @{ what = 'a list'; call = { Get-CopperPipeline -Force -ErrorAction SilentlyContinue -ErrorVariable script:failure } }
    ) {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = '{"success":false,"status":422,"message":"Nope"}' }
        & $call | Should -BeNullOrEmpty
        $failure | Should -HaveCount 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'CopperInvalidData,*'
        $failure[0].Exception.Message | Should -BeLike '*It said: Nope.*'
        $failure[0].Exception.Message | Should -Not -Match 'BaseUri'
    }
}

Describe 'Advice' {
    AfterEach { Set-SandboxFault $sandbox }

    It 'is given for <status> without a body' -TestCases @(foreach ($status in 400, 409, 418, 422) { @{ status = $status } }) {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = $status; body = '' }
        Get-CopperPerson 5 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'looks at the address where <what> is not found' -TestCases @(
        @{ what = 'a search'; call = { Get-CopperPerson -ErrorAction SilentlyContinue -ErrorVariable script:failure } }
        @{ what = 'the place of new records'; call = { New-CopperPerson Q -ErrorAction SilentlyContinue -ErrorVariable script:failure } }
        @{
            what = 'the current user'
            call = { Clear-CopperCache; Get-CopperUser -Me -ErrorAction SilentlyContinue -ErrorVariable script:failure }
        }
    ) {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 404; body = '' }
        & $call
        $failure[0].ErrorDetails.RecommendedAction | Should -BeLike '*-BaseUri*'
    }
}

Describe 'Invoke-CopperRequest -Raw' {
    AfterEach { Set-SandboxFault $sandbox }

    It 'puts out <what> as it came' -TestCases @(
        @{ what = 'a web page'; body = '<html><title>Sign in</title></html>' }
        @{ what = 'JSON that is nested too deeply'; body = ('[' * 100) + (']' * 100) }
        @{ what = 'an error'; body = '{"error":"not_found"}' }
    ) {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = $body }
        Invoke-CopperRequest tags -Raw -ErrorAction Stop | Should -BeExactly $body
    }
}

Describe 'A response without a body' {
    It 'is an error where something is to be read, and says so' {
        foreach ($call in { Get-CopperPipeline -Force }, { Get-CopperFile 1 -RelatedType Person },
            { Get-CopperRelatedItem 1 -FromType Person }, { Get-CopperUser -Me }) {
            Set-SandboxFault $sandbox @{ kind = 'empty' }
            $ErrorActionPreference = 'Stop'
            $call | Should -Throw -ErrorId 'CopperUnreadableAnswer,*'
        }
    }

    It 'is a change that worked where the record can be read afterwards' {
        $type = Get-CopperCustomActivityType -Name Meeting
        Set-SandboxFault $sandbox @{ kind = 'empty'; match = @{ method = 'PUT' } }
        ($type | Set-CopperCustomActivityType -Name Meeting2 -PassThru).Name | Should -Be 'Meeting2'
    }
}

Describe 'Invoke-CopperRequest for what has no cmdlet' {
    BeforeEach {
        Set-SandboxFault $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'reads all pages of the activities of a record' {
        $lead = New-CopperLead 'Busy'
        1..5 | ForEach-Object { New-CopperActivity -RelatedTo $lead -ActivityType 'user:0' -Details "note $_" } | Out-Null
        Clear-SandboxJournal $sandbox
        $found = Invoke-CopperRequest "leads/$($lead.Id)/activities" -Method Post -Body @{ page_size = 2 } -All
        $found | Should -HaveCount 5
        @(Get-SandboxRequest $sandbox).Count | Should -BeGreaterOrEqual 3
    }

    It 'sends the body of a DELETE' {
        $person = New-CopperPerson 'Ada'
        $company = New-CopperCompany 'Engines'
        $person | Add-CopperRelatedItem -To $company
        Clear-SandboxJournal $sandbox
        $answer = Invoke-CopperRequest "people/$($person.Id)/related" -Method Delete -Body @{
            resource = @{ id = $company.Id; type = 'company' }
        } -Confirm:$false
        $answer.removed | Should -BeTrue
        (Get-SandboxJournal $sandbox).body | Should -Match '"resource"'
    }

    It 'counts as a change of all that a conversion touches' {
        1..6 | ForEach-Object { New-CopperLead "Raw $_" -Tag raw } | Out-Null
        Get-CopperLead -Tag raw -PageSize 2 |
            ForEach-Object { Invoke-CopperRequest "leads/$($_.Id)/convert" -Method Post -Body @{ details = @{} } | Out-Null }
        Get-CopperLead -Tag raw | Should -BeNullOrEmpty
    }
}

Describe 'A response about another record' {
    BeforeEach { Set-SandboxFault $sandbox }

    It 'is an error of <what>, and nothing of it is passed on' -TestCases @(
        @{ what = 'Get'; call = { Get-CopperPerson 5 -ErrorAction SilentlyContinue -ErrorVariable script:failure } }
        @{ what = 'Set'; call = { Set-CopperPerson 5 -Title x -PassThru -ErrorAction SilentlyContinue -ErrorVariable script:failure } }
    ) {
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 200; body = '{"id":6,"name":"Somebody Else"}'; match = @{ path = 'people/5' }
        }
        & $call | Should -BeNullOrEmpty
        $failure | Should -HaveCount 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'CopperUnreadableAnswer,*'
        $failure[0].Exception.Message | Should -BeLike '*about person 6, but person 5 was asked for*'
    }
}

Describe 'What cannot be shown' {
    BeforeEach { Set-SandboxFault $sandbox }

    It 'is made visible in the error of <what>' -TestCases @(
        @{ what = 'one record'; call = { Get-CopperPerson 5 -ErrorAction SilentlyContinue -ErrorVariable script:failure } }
        @{ what = 'a search'; call = { Get-CopperPerson -ErrorAction SilentlyContinue -ErrorVariable script:failure } }
        @{ what = 'a new record'; call = { New-CopperPerson -Name Ann -ErrorAction SilentlyContinue -ErrorVariable script:failure } }
        @{ what = 'a list'; call = { Get-CopperPipeline -Force -ErrorAction SilentlyContinue -ErrorVariable script:failure } }
    ) {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 422; body = '{"message":"\u001b[31mred \u202e\u009b and \u0007bell"}' }
        & $call | Should -BeNullOrEmpty
        $text = $failure | Out-String
        $failure[0].Exception.Message | Should -BeLike '*\u001B`[31mred \u202E\u009B and \u0007bell*'
        $failure[0].Exception.Message | Should -Not -Match '[\x00-\x1f\x7f-\x9f\u202e]'
        $text | Should -Not -Match '[\u202e\u0007\x9b]'
    }
}

Describe 'A record that is nested too deeply' {
    It 'costs itself only' {
        $deep = ('{"a":' * 70) + '1' + ('}' * 70)
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 200; body = "[{`"id`":1,`"name`":`"A`"},{`"id`":2,`"odd`":$deep},{`"id`":3,`"name`":`"C`"}]"
            times = 1
        }
        $found = Get-CopperPerson -ErrorAction SilentlyContinue -ErrorVariable failure
        $found.Id | Should -Be 1, 3
        $failure | Should -HaveCount 1
        $failure[0].TargetObject | Should -Be 2
        $failure[0].Exception.Message | Should -BeLike '*as a person: it is nested more than 64 levels deep*'
    }
}

Describe 'A conversion that names ids in place of records' {
    It 'is read' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = '{"person":5,"company":6}'; match = @{ path = 'convert' } }
        $conversion = Convert-CopperLead 1 -Confirm:$false
        $conversion.PersonId, $conversion.CompanyId | Should -Be 5, 6
    }
}
