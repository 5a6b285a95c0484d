BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 40
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $field = Get-CopperCustomFieldDefinition | Where-Object Name -EQ 'Partner'
    $person = Get-CopperPerson -First 1
    $project = Get-CopperProject -First 1
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Connections' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $company = New-CopperCompany 'Connected Ltd'
        Clear-SandboxJournal $sandbox
    }

    Context 'Add-CopperConnection' {
        It 'connects two records, and says people where all others say person' {
            $company | Add-CopperConnection -To $person -Field $field | Should -BeNullOrEmpty
            Get-SandboxRequest $sandbox | Should -Be ("POST /related_links {`"custom_field_definition_id`":$($field.Id)," +
                "`"source`":{`"id`":$($company.Id),`"entity_type`":`"company`"}," +
                "`"target`":{`"id`":$($person.Id),`"entity_type`":`"people`"}}")
        }

        It 'puts out the connection, read in the words that are used everywhere else' {
            $connection = Add-CopperConnection $company.Id -FromType Company -To $person.Id -Type Person -Field $field.Id -PassThru
            $connection.Source.EntityType, $connection.Source.Id | Should -Be 'company', $company.Id
            $connection.Target.EntityType, $connection.Target.Name | Should -Be 'person', $person.Name
            $connection.DefinitionId | Should -Be $field.Id
            ($connection.Target | Get-CopperPerson).Id | Should -Be $person.Id
        }

        It 'rejects <what> before anything is sent' -TestCases @(
            @{ what = 'a bare id'; call = { Add-CopperConnection 7 $person $field } }
            @{ what = 'a task'; call = { Add-CopperConnection $company ([Copper.Client.Models.CopperTask]@{ Id = 1 }) $field } }
            @{ what = 'a person as field'; call = { Add-CopperConnection $company $person $person } }
        ) {
            { $ErrorActionPreference = 'Stop'; & $call } | Should -Throw
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }

        It 'says what the service says, and sends nothing with -WhatIf' {
            Add-CopperConnection $company $person $field -WhatIf
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
            Add-CopperConnection $project $person $field -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
        }
    }

    Context 'Get-CopperConnection' {
        It 'reads the connections of a record, of one field too' {
            $company | Add-CopperConnection -To $person, $project -Field $field
            Clear-SandboxJournal $sandbox
            ($company | Get-CopperConnection).Target.Id | Should -Be $person.Id, $project.Id
            (Get-CopperConnection $person -Field $field).Source.Id | Should -Contain $company.Id
            Get-SandboxRequest $sandbox | Should -Be @(
                "GET /related_links?source_type=company&source_id=$($company.Id)"
                "GET /related_links?source_type=people&source_id=$($person.Id)&custom_field_definition_id=$($field.Id)"
            )
        }

        It 'takes a user' {
            Get-CopperUser -Me | Get-CopperConnection | Should -BeNullOrEmpty
            Get-SandboxRequest $sandbox | Select-Object -Last 1 | Should -Be 'GET /related_links?source_type=user&source_id=1001'
        }

        It 'is silent about a record without any, and reports one that there is not' {
            $company | Get-CopperConnection -ErrorVariable problems | Should -BeNullOrEmpty
            $problems | Should -BeNullOrEmpty
            Get-CopperConnection 999999 -FromType Person -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].TargetObject | Should -Be 999999
        }
    }

    Context 'Remove-CopperConnection' {
        It 'removes connections, and reports one that there is not' {
            $connection = $company | Add-CopperConnection -To $person -Field $field -PassThru
            $removed = $company | Get-CopperConnection | Remove-CopperConnection -Confirm:$false -PassThru
            $removed.Id, $removed.EntityType | Should -Be $connection.Id, 'connection'
            Get-SandboxRequest $sandbox | Select-Object -Last 1 | Should -Be "DELETE /related_links/$($connection.Id)"
            Remove-CopperConnection $connection.Id -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        }

        It 'rejects a record, whose id means something else, and sends nothing with -WhatIf' {
            $company | Remove-CopperConnection -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
            Remove-CopperConnection 1 -WhatIf
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }
    }
}
