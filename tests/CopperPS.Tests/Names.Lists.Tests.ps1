# Names of what the account lists: to read, to change and to delete it.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'The name of what an account made for itself' {
    BeforeEach {
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
    }

    It 'says what to change' {
        (Set-CopperCustomFieldDefinition 'effort' -AddOption X -ErrorAction SilentlyContinue -ErrorVariable problems) |
            Should -BeNullOrEmpty
        "$($problems[0])" | Should -BeLike '*no choices*' -Because 'it was found, and is a number'
        (Set-CopperCustomFieldDefinition 'preferred language' -AddOption Welsh -PassThru).Options.Name | Should -Contain Welsh
        (Set-CopperCustomActivityType 'site visit' -Name 'Factory Visit' -PassThru).Name | Should -Be 'Factory Visit'
        ('Factory Visit' | Set-CopperCustomActivityType -Name 'Site Visit' -PassThru).Name | Should -Be 'Site Visit'
    }

    It 'says what to delete, and -WhatIf shows both id and name' {
        $field = New-CopperCustomFieldDefinition 'Passing Fancy' String -AvailableOn Task
        $lines = & { Remove-CopperCustomFieldDefinition 'passing fancy' -WhatIf } *>&1
        Get-CopperCustomFieldDefinition $field.Id | Should -Not -BeNullOrEmpty -Because "-WhatIf only says: $lines"
        (Remove-CopperCustomFieldDefinition 'passing fancy' -Confirm:$false -PassThru).Id | Should -Be $field.Id
        { Remove-CopperCustomFieldDefinition 'passing fancy' -Confirm:$false -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperUnknownName,*'
    }

    It 'that several have, or none, changes and deletes nothing: <what>' -TestCases @(
        @{
            what = 'several'; call = { Remove-CopperCustomFieldDefinition Region -Confirm:$false -ErrorAction Stop }
            id = 'CopperAmbiguousName,*'; message = '*126248 (company), 126249 (lead)*'
        }
        @{
            what = 'several, to change'; call = { Set-CopperCustomFieldDefinition Region -AddOption X -ErrorAction Stop }
            id = 'CopperAmbiguousName,*'; message = '*126248 (company), 126249 (lead)*'
        }
        @{
            what = 'none'; call = { Remove-CopperCustomFieldDefinition 'Birtday' -Confirm:$false -ErrorAction Stop }
            id = 'CopperUnknownName,*'; message = '*Did you mean ''Birthday''*'
        }
        @{
            what = 'none, to change'; call = { Set-CopperCustomActivityType 'Sight Visit' -Name X -ErrorAction Stop }
            id = 'CopperUnknownName,*'; message = '*Did you mean ''Site Visit''*'
        }
        @{
            what = 'no choice of the field'
            call = { Set-CopperCustomFieldDefinition 'Preferred Language' -RemoveOption Germn -ErrorAction Stop }
            id = 'CopperUnknownName,*'; message = '*Did you mean ''German''*'
        }
    ) {
        $call | Should -Throw -ErrorId $id -ExpectedMessage $message
        (Get-SandboxJournal $sandbox).method | Sort-Object -Unique | Should -Be 'GET'
    }

    It 'that cannot be looked up changes nothing' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 403; times = 2; match = @{ path = 'custom_field_definitions' } }
        $problems = @()
        Remove-CopperCustomFieldDefinition Birthday -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        Set-CopperCustomFieldDefinition Birthday -Name X -ErrorVariable +problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -BeLike 'CopperPermissionDenied,*'
        $problems.TargetObject | Should -Be 'Birthday', 'Birthday'
        Set-SandboxFault $sandbox
        (Get-SandboxJournal $sandbox).method | Sort-Object -Unique | Should -Be 'GET'
    }
}

Describe 'The name of what is to be read' {
    BeforeEach {
        Clear-CopperCache
        Clear-SandboxJournal $sandbox
    }

    It 'that is unknown is an error with the nearest first: <call>' -TestCases @(
        @{
            call    = { Get-CopperUser 'bruno.keler@copper.example' }
            message = "*named 'bruno.keler@copper.example'. Did you mean 'Bruno Keller'*"
        }
        @{ call = { Get-CopperContactType custmer }; message = '*Did you mean ''*Current Customer''*There are also: *Partner*' }
        @{ call = { Get-CopperPipelineStage -Name 'Offer Snt' }; message = '*Did you mean ''Offer Sent''*' }
        @{ call = { Get-CopperTag referal }; message = '*Did you mean ''referral''*' }
        @{ call = { Get-CopperCustomFieldDefinition 'birth day' }; message = '*Did you mean ''Birthday''*' }
        @{ call = { Get-CopperCustomFieldOption 'prefered language' }; message = '*Did you mean ''Preferred Language''*' }
        @{ call = { Get-CopperCustomFieldOption 'Preferred Language' -Name Germn }; message = '*Did you mean ''German''*' }
    ) {
        $ErrorActionPreference = 'Stop'
        $call | Should -Throw -ExpectedMessage $message
        Get-SandboxJournal $sandbox | Should -HaveCount 1 -Because 'what was just read is not read again'
    }

    It 'is looked for once more in a list that the session had kept' {
        Get-CopperLossReason | Out-Null
        Set-SandboxFault $sandbox @{
            kind = 'status'; status = 200; body = '[{"id":7,"name":"Fashion"}]'; times = 1; match = @{ path = 'loss_reasons' }
        }
        (Get-CopperLossReason fashion).Id | Should -Be 7
        Get-CopperLossReason nope, 'no way' -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        (Get-SandboxJournal $sandbox).path |
            Should -Be '/loss_reasons', '/loss_reasons', '/loss_reasons' -Because 'it is read again once in a run'
    }
}
