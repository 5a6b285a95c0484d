BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $id = 40001
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Get-CopperProject' {
    It 'finds by status, in words' {
        Clear-SandboxJournal $sandbox
        Get-CopperProject -Status open | ForEach-Object Status | Sort-Object -Unique | Should -Be Open
        (Get-SandboxRequest $sandbox | Select-Object -First 1).Contains('"statuses":["Open"]') | Should -BeTrue
        @(Get-CopperProject -Status Open, Completed).Count | Should -Be @(Get-CopperProject).Count
    }

    It 'knows what a project belongs to, and hands it on' {
        $project = Get-CopperProject | Where-Object RelatedResource | Select-Object -First 1
        "$($project.RelatedResource)" | Should -Be "$($project.RelatedResource.Type) $($project.RelatedResource.Id)"
        ($project.RelatedResource | Get-CopperCompany).Id | Should -Be $project.RelatedResource.Id
        { $project.RelatedResource | Get-CopperLead -ErrorAction Stop } | Should -Throw '*is a company, not a lead*'
        $file = Join-Path $TestDrive 'project.xml'
        $project | Export-Clixml $file
        $stored = Import-Clixml $file
        ($stored | Get-CopperProject).Id | Should -Be $project.Id
        ($stored.RelatedResource | Get-CopperCompany).Id | Should -Be $project.RelatedResource.Id
        { $stored.RelatedResource | Get-CopperLead -ErrorAction Stop } | Should -Throw '*is a company, not a lead*'
    }
}

Describe 'Set-CopperProject and New-CopperProject' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'send exactly what is given: <call>' -TestCases @(
        @{ call = { Set-CopperProject $id -Status completed }; wire = 'PUT /projects/40001 {"status":"Completed"}' }
        @{
            call = { Set-CopperProject $id -RelatedTo 7 -RelatedType person }
            wire = 'PUT /projects/40001 {"related_resource":{"id":7,"type":"person"}}'
        }
        @{
            call = { Set-CopperProject $id -RelatedTo ([Copper.Client.Models.CopperCompany]@{ Id = 10000001 }) }
            wire = 'PUT /projects/40001 {"related_resource":{"id":10000001,"type":"company"}}'
        }
        @{ call = { Set-CopperProject $id -RelatedTo $null }; wire = 'PUT /projects/40001 {"related_resource":null}' }
        @{
            call = { $null = New-CopperProject P -Status Open -RelatedTo ([Copper.Client.Models.CopperPerson]@{ Id = 7 }) }
            wire = 'POST /projects {"name":"P","status":"Open","related_resource":{"id":7,"type":"person"}}'
        }
    ) {
        & $call | Should -BeNullOrEmpty
        (Get-SandboxJournal $sandbox).status | Should -Be 200
        Get-SandboxRequest $sandbox | Should -BeExactly $wire
    }

    It 'reject <what> before anything is sent' -TestCases @(
        @{ what = 'an id that may mean anything'; call = { Set-CopperProject $id -RelatedTo 7 } }
        @{
            what = 'a lead, which projects cannot belong to'
            call = { Set-CopperProject $id -RelatedTo ([Copper.Client.Models.CopperLead]@{ Id = 7 }) }
        }
        @{ what = 'a kind without an id'; call = { Set-CopperProject $id -RelatedType person } }
        @{
            what = 'a record and another kind'
            call = { Set-CopperProject $id -RelatedTo ([Copper.Client.Models.CopperPerson]@{ Id = 7 }) -RelatedType company }
        }
    ) {
        { & $call } | Should -Throw
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }
}

Describe 'Remove-CopperProject' {
    It 'removes what a search finds' {
        Get-CopperProject -Status Completed | Remove-CopperProject -Confirm:$false
        Get-CopperProject -Status Completed | Should -BeNullOrEmpty
    }
}
