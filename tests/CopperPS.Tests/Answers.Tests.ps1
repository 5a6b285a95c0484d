# Answers of the service that differ from call to call, or from what its pages say.

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

Describe 'Answers to a deletion' {
    BeforeEach { Set-SandboxFault $sandbox }

    It '<answer> is good for <what>' -TestCases @(
        foreach ($answer in '{"id":1,"is_deleted":true}', '{"id":17065}', '{"removed":true,"resource":{"id":1,"type":"filedocument"}}', '') {
            @{ answer = $answer; what = 'a person'; call = { Remove-CopperPerson 1 -Confirm:$false -PassThru } }
            @{ answer = $answer; what = 'a custom field'; call = { Remove-CopperCustomFieldDefinition 1 -Confirm:$false -PassThru } }
            @{ answer = $answer; what = 'a connection'; call = { Remove-CopperConnection 1 -Confirm:$false -PassThru } }
            @{ answer = $answer; what = 'a file'; call = { Remove-CopperFile 1 -RelatedTo 1 -RelatedType Person -Confirm:$false -PassThru } }
            @{ answer = $answer; what = 'a relation'; call = { Remove-CopperRelatedItem 2 -FromType Person -To 1 -Type Company -Confirm:$false -PassThru } }
        }
    ) {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = $answer; match = @{ method = 'DELETE' } }
        $ErrorActionPreference = 'Stop'
        (& $call).Id | Should -Be 1
    }
}

Describe 'An answer without a body' {
    It 'is an error where something is to be read, and says so' {
        foreach ($call in { Get-CopperPipeline -Force }, { Get-CopperFile 1 -RelatedType Person }, { Get-CopperRelatedItem 1 -FromType Person }, { Get-CopperUser -Me }) {
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
        $answer = Invoke-CopperRequest "people/$($person.Id)/related" -Method Delete -Body @{ resource = @{ id = $company.Id; type = 'company' } } -Confirm:$false
        $answer.removed | Should -BeTrue
        (Get-SandboxJournal $sandbox).body | Should -Match '"resource"'
    }

    It 'counts as a change of all that a conversion touches' {
        1..6 | ForEach-Object { New-CopperLead "Raw $_" -Tag raw } | Out-Null
        Get-CopperLead -Tag raw -PageSize 2 | ForEach-Object { Invoke-CopperRequest "leads/$($_.Id)/convert" -Method Post -Body @{ details = @{} } | Out-Null }
        Get-CopperLead -Tag raw | Should -BeNullOrEmpty
    }
}
