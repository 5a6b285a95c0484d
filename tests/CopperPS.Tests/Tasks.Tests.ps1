BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 60
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $id = 50000001
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Get-CopperTask' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'sends <parameters.Keys> as <wire>' -TestCases @(
        @{ parameters = @{ Status = 'open', 'Completed' }; wire = '"statuses":["Open","Completed"]' }
        @{ parameters = @{ Priority = 'high' }; wire = '"priorities":["High"]' }
        @{
            parameters = @{ DueAfter = '2026-01-01T00:00Z'; DueBefore = '2026-01-02T00:00Z' }
            wire       = '"minimum_due_date":1767225600,"maximum_due_date":1767312000'
        }
        @{
            parameters = @{ ReminderAfter = '2026-01-01T00:00Z'; ReminderBefore = '2026-01-02T00:00Z' }
            wire       = '"minimum_reminder_date":1767225600,"maximum_reminder_date":1767312000'
        }
        @{
            parameters = @{ CompletedAfter = '2026-01-01T00:00Z'; CompletedBefore = '2026-01-02T00:00Z' }
            wire       = '"minimum_completed_date":1767225600,"maximum_completed_date":1767312000'
        }
        @{ parameters = @{ Opportunity = 30000001 }; wire = '"opportunity_ids":[30000001]' }
        @{ parameters = @{ Project = 40001, $null }; wire = '"project_ids":[40001,-2]' }
    ) {
        Get-CopperTask @parameters -First 1 | Out-Null
        $sent = Get-SandboxJournal $sandbox
        $sent.body.Contains($wire) | Should -BeTrue -Because $sent.body
        $sent.status | Should -Be 200
    }

    It 'finds the tasks of a project that is given as a record' {
        $task = Get-CopperTask | Where-Object { $_.RelatedResource.Type -eq 'project' } | Select-Object -First 1
        (Get-CopperTask -Project (Get-CopperProject $task.RelatedResource)).Id | Should -Contain $task.Id
    }

    It 'rejects no opportunity at all, for which there is no search' {
        { Get-CopperTask -Opportunity $null } | Should -Throw
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }
}

Describe 'Set-CopperTask and New-CopperTask' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'send exactly what is given: <call>' -TestCases @(
        @{
            call = { Set-CopperTask $id -DueDate 2026-01-01T00:00Z -ReminderDate 2025-12-31T00:00Z }
            wire = 'PUT /tasks/50000001 {"due_date":1767225600,"reminder_date":1767139200}'
        }
        @{
            call = { Set-CopperTask $id -DueDate $null -ReminderDate '' }
            wire = 'PUT /tasks/50000001 {"due_date":null,"reminder_date":null}'
        }
        @{
            call = { Set-CopperTask $id -Priority high -Status completed }
            wire = 'PUT /tasks/50000001 {"priority":"High","status":"Completed"}'
        }
        @{
            call = { Set-CopperTask $id -RelatedTo 7 -RelatedType Person }
            wire = 'PUT /tasks/50000001 {"related_resource":{"id":7,"type":"person"}}'
        }
        @{ call = { Set-CopperTask $id -RelatedTo $null }; wire = 'PUT /tasks/50000001 {"related_resource":null}' }
        @{
            call    = {
                $null = New-CopperTask T -RelatedTo ([Copper.Client.Models.CopperLead]@{
                        Id = 20000001
                    }) -DueDate ([datetimeoffset] '2026-01-01T00:00Z')
            }; wire = 'POST /tasks {"name":"T","due_date":1767225600,"related_resource":{"id":20000001,"type":"lead"}}'
        }
    ) {
        & $call | Should -BeNullOrEmpty
        (Get-SandboxJournal $sandbox).status | Should -Be 200
        Get-SandboxRequest $sandbox | Should -BeExactly $wire
    }

    It 'make a task of each row of a CSV file' {
        $rows = "Name,RelatedTo,RelatedType,DueDate,Priority`nCall,7,person,2026-01-01T00:00Z,high`nWrite,,,," | ConvertFrom-Csv
        ($rows | New-CopperTask).Name | Should -Be Call, Write
        Get-SandboxRequest $sandbox |
            Should -Be 'POST /tasks {"name":"Call","due_date":1767225600,"priority":"High","related_resource":{"id":7,"type":"person"}}',
            'POST /tasks {"name":"Write"}'
    }

    It 'reject <what> before anything is sent' -TestCases @(
        @{ what = 'an id that may mean anything'; call = { New-CopperTask T -RelatedTo 7 } }
        @{ what = 'a kind that tasks cannot belong to'; call = { New-CopperTask T -RelatedTo 7 -RelatedType task } }
        @{ what = 'a user'; call = { New-CopperTask T -RelatedTo ([Copper.Client.Models.CopperUser]@{ Id = 7 }) } }
        @{ what = 'what is no date'; call = { New-CopperTask T -DueDate 'soon' } }
    ) {
        { & $call } | Should -Throw
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }
}

Describe 'Complete-CopperTask' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'completes every open task of a search that shrinks with each' {
        $open = @(Get-CopperTask -Status Open)
        Get-CopperTask -Status Open -PageSize 5 | Complete-CopperTask | Should -BeNullOrEmpty
        Get-CopperTask -Status Open | Should -BeNullOrEmpty
        $open.Count | Should -BeGreaterThan 10
    }

    It 'sends the status and nothing else; the service dates it' {
        $open = Get-CopperTask -Status Open -First 1
        Clear-SandboxJournal $sandbox
        $task = $open | Complete-CopperTask -PassThru
        $task.Status | Should -Be Completed
        $task.CompletedDate | Should -Not -BeNullOrEmpty
        Get-SandboxRequest $sandbox | Should -Be "PUT /tasks/$($open.Id) {`"status`":`"Completed`"}"
    }

    It 'goes on after a task that is not there, and rejects other records' {
        $id, 999999, ($id + 1) | Complete-CopperTask -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].TargetObject | Should -Be 999999
        Clear-SandboxJournal $sandbox
        [Copper.Client.Models.CopperProject]@{ Id = $id } | Complete-CopperTask -ErrorVariable strange -ErrorAction SilentlyContinue
        $strange[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }

    It 'sends nothing with -WhatIf and says what it would do' {
        $log = Join-Path $TestDrive 'log.txt'
        Start-Transcript $log | Out-Null
        Complete-CopperTask $id -WhatIf
        Stop-Transcript | Out-Null
        Get-Content $log -Raw | Should -BeLike '*"Complete" on target "task 50000001".*'
        Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
    }
}

Describe 'Dates of tasks under <_>' -ForEach 'de-DE', 'ar-SA' {
    It 'go out and come back the same' {
        Clear-SandboxJournal $sandbox
        $thread = [Threading.Thread]::CurrentThread
        $former = $thread.CurrentCulture
        $thread.CurrentCulture = $_
        try { $task = Set-CopperTask $id -DueDate 2026-01-01T00:00Z -ReminderDate ([datetimeoffset] '2025-12-31T00:00Z') -PassThru }
        finally { $thread.CurrentCulture = $former }
        Get-SandboxRequest $sandbox | Should -Be 'PUT /tasks/50000001 {"due_date":1767225600,"reminder_date":1767139200}'
        $task.DueDate.ToUnixTimeSeconds() | Should -Be 1767225600
    }
}

Describe 'Remove-CopperTask' {
    It 'removes what a search finds' {
        Get-CopperTask -Status Completed -PageSize 3 | Remove-CopperTask -Confirm:$false
        Get-CopperTask -Status Completed | Should -BeNullOrEmpty
    }
}
