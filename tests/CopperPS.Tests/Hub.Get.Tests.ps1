BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    . (Join-Path $PSScriptRoot 'TestKit.Hub.ps1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 1
}

AfterAll {
    Disconnect-CopperHub -WarningAction SilentlyContinue
    Stop-SandboxHost $sandbox
}

Describe 'Reading from a CopperHub' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Connect-HubHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    Context 'Lists' {
        It 'gives all organisations, typed, in one request' {
            $organisations = @(Get-CopperHubOrganisation)
            $organisations.Id | Should -Be (1..4)
            $organisations[0].Id | Should -BeOfType [long]
            $organisations[1].Name | Should -Be "Blue Heron Caf$([char] 0xe9)"
            $organisations[0].State | Should -Be 'Oregon'
            @(Get-HubCall $sandbox).Count | Should -Be 1
        }

        It 'gives all projects that the user may see' {
            @(Get-CopperHubProject).Count | Should -Be 12
            $mia = Connect-CopperHub (Get-HubUri $sandbox) (Get-HubCredential 'mia' 'sandbox-member') -PassThru
            @(Get-CopperHubProject -Session $mia).Id | Should -Be 3, 6, 9, 12
        }

        It 'narrows by name, with wildcards and without case' {
            (Get-CopperHubProject -Name 'mobile*', '*book delta').Id | Should -Be 2, 5, 8, 11, 12
            (Get-CopperHubOrganisation -Name '*heron*').Id | Should -Be 2
            Get-CopperHubProject -Name 'nothing like it' | Should -BeNullOrEmpty
        }

        It 'gives nothing, and no error, for an empty list: <Data>' -ForEach @(
            @{ Data = '{"success":true,"projects":[]}' }, @{ Data = '{"success":true,"projects":{}}' },
            @{ Data = '{"success":true,"projects":null}' }
        ) {
            Set-HubResponse $sandbox get_projects $Data
            Get-CopperHubProject -ErrorAction Stop | Should -BeNullOrEmpty
        }

        It 'stops with the pipeline' {
            @(Get-CopperHubProject | Select-Object -First 2).Id | Should -Be 1, 2
            (Get-CopperHubProject | Select-Object -First 1 | Get-CopperHubTask | Select-Object -First 1).Id | Should -Be 1
        }
    }

    Context 'Tasks of a project' {
        It 'lists them by the project''s id, with subject as name and hours as decimal' {
            $tasks = @(Get-CopperHubTask -ProjectId 1)
            $tasks.Name | Should -Be 'Kick-off', 'Draft', 'Review', 'Hand-over'
            $tasks[0].HoursWorked | Should -BeOfType [decimal]
            $tasks[0].HoursWorked | Should -Be 4
            $tasks[0].ProjectId | Should -Be 1
        }

        It 'lists them for projects from the pipeline' {
            $tasks = Get-CopperHubProject | Get-CopperHubTask
            @($tasks).Count | Should -Be 44
            @($tasks.ProjectId | Sort-Object -Unique).Count | Should -Be 11
            (Get-HubCall $sandbox | Select-Object -Last 1).Action | Should -Be 'get_project_tasks'
        }

        It 'takes several projects, records and rows of a file' {
            $project = Get-CopperHubProject 2
            @(Get-CopperHubTask -ProjectId 1, $project, ([pscustomobject]@{ ProjectId = '4' })).Count | Should -Be 12
        }

        It 'narrows by name' {
            (Get-CopperHubTask -ProjectId 1 -Name 'dr*').Name | Should -Be 'Draft'
        }

        It 'gives nothing for a project without tasks' {
            Get-CopperHubTask -ProjectId 12 -ErrorAction Stop | Should -BeNullOrEmpty
        }

        It 'takes the list under the name tasks, too' {
            Set-HubResponse $sandbox get_project_tasks '{"success":true,"tasks":{"3":{"ID":"3","Subject":"Draft","HoursWorked":"4.50"}}}'
            $task = Get-CopperHubTask -ProjectId 1
            $task.Name | Should -Be 'Draft'
            $task.HoursWorked | Should -Be 4.5
        }

        It 'says which project is not there and goes on' {
            $tasks = Get-CopperHubTask -ProjectId 4711, 1 -ErrorVariable problem -ErrorAction SilentlyContinue
            @($tasks).Count | Should -Be 4
            $problem[0].TargetObject | Should -Be 4711
        }
    }

    Context 'By id' {
        It 'reads <Cmdlet>' -ForEach @(
            @{ Cmdlet = 'Get-CopperHubOrganisation'; Type = 'CopperHubOrganisation' }
            @{ Cmdlet = 'Get-CopperHubProject'; Type = 'CopperHubProject' }
            @{ Cmdlet = 'Get-CopperHubTask'; Type = 'CopperHubTask' }
            @{ Cmdlet = 'Get-CopperHubTaskComment'; Type = 'CopperHubTaskComment' }
        ) {
            $records = @(& $Cmdlet 1, '2' ) + @(3, [pscustomobject]@{ Id = '4' } | & $Cmdlet)
            $records.Id | Should -Be 1, 2, 3, 4
            $records[0].GetType().Name | Should -Be $Type
            @($records[0] | & $Cmdlet).Id | Should -Be 1
        }

        It 'has one error for an id that does not exist, and goes on: <Cmdlet>' -ForEach @(
            @{ Cmdlet = 'Get-CopperHubOrganisation' }, @{ Cmdlet = 'Get-CopperHubProject' }, @{ Cmdlet = 'Get-CopperHubTask' },
            @{ Cmdlet = 'Get-CopperHubTaskComment' }
        ) {
            $records = & $Cmdlet 1, 4711, 2 -ErrorVariable problem -ErrorAction SilentlyContinue
            $records.Id | Should -Be 1, 2
            @($problem).Count | Should -Be 1
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
            $problem[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
            $problem[0].TargetObject | Should -Be 4711
            $problem[0].Exception.Message | Should -BeLike '*401*session is valid*Unauthorized*'
            $problem[0].Exception.StatusCode | Should -Be 401
        }

        It 'refuses <What> and sends nothing' -ForEach @(
            @{
                What = 'a project as an organisation'; Cmdlet = 'Get-CopperHubOrganisation'
                Record = { Get-CopperHubProject | Select-Object -First 1 }
            }
            @{
                What = 'an organisation as a task'; Cmdlet = 'Get-CopperHubTask'
                Record = { Get-CopperHubOrganisation | Select-Object -First 1 }
            }
            @{ What = 'a task as a comment'; Cmdlet = 'Get-CopperHubTaskComment'; Record = { Get-CopperHubTask 1 } }
            @{
                What = 'a project that went through a file as an organisation'; Cmdlet = 'Get-CopperHubOrganisation'
                Record = {
                    $text = [Management.Automation.PSSerializer]::Serialize((Get-CopperHubProject 1))
                    [Management.Automation.PSSerializer]::Deserialize($text)
                }
            }
        ) {
            $found = & $Record
            Clear-SandboxJournal $sandbox
            $found | & $Cmdlet -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
            Get-HubCall $sandbox | Should -BeNullOrEmpty
        }

        It 'refuses a record of the CRM, and the CRM one of the CopperHub' {
            Connect-Copper -Sandbox
            try {
                Get-CopperPerson -First 1 | Get-CopperHubProject -ErrorVariable problem -ErrorAction SilentlyContinue |
                    Should -BeNullOrEmpty
                $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
                Get-CopperHubProject 1 | Get-CopperPerson -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
                $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
            }
            finally { Disconnect-Copper }
        }

        It 'knows a task and a project again after they went through a file' {
            $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize(@(
                        (Get-CopperHubProject 1), (Get-CopperHubTask 1)
                    )))
            @($copy[0] | Get-CopperHubTask).Count | Should -Be 4
            ($copy[1] | Get-CopperHubTask).Id | Should -Be 1
        }

        It 'refuses what has no id: <Value>' -ForEach @(@{ Value = 'abc' }, @{ Value = 0 }, @{ Value = -1 }, @{ Value = @{ Name = 'x' } }) {
            Get-CopperHubProject -Id $Value -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperInvalidId,*'
            Get-HubCall $sandbox | Should -BeNullOrEmpty
        }

        It 'types every member, keeps those it does not know, and survives ConvertTo-Json' {
            Set-HubResponse $sandbox read_project ('{"ID":"25","Name":"A","Owner":"1","StartDate":"2013-12-24","EndDate":"",' +
                '"PercentComplete":"80","Active":"0","Colour":"#82CE4C","Risk":"high","url":"http:\/\/v5.copperhub.com\/x"}')
            $project = Get-CopperHubProject 25
            $project.OwnerId | Should -BeOfType [long]
            $project.StartDate | Should -Be ([datetime] '2013-12-24')
            $project.EndDate | Should -BeNullOrEmpty
            $project.PercentComplete | Should -BeOfType [decimal]
            $project.Active | Should -BeFalse
            $project.Active | Should -BeOfType [bool]
            $project.Page | Should -BeOfType [uri]
            $project.AdditionalMembers['Risk'] | Should -Be 'high'
            ($project | ConvertTo-Json -Depth 3 | ConvertFrom-Json).AdditionalMembers.Risk | Should -Be 'high'
        }

        It 'reads the text of a comment, which is written as body' {
            $comment = Get-CopperHubTaskComment 1
            $comment.Body | Should -Be 'Everything done.'
            $comment.HoursWorked | Should -Be 4
            $comment.PercentComplete | Should -Be 100
            $comment.TaskId | Should -Be 1
        }
    }

    Context 'Completion' {
        It 'offers ids by name: <Line>' -ForEach @(
            @{ Line = 'Get-CopperHubTask -ProjectId mobile'; Ids = '2', '5', '8', '11' }
            @{ Line = 'Get-CopperHubProject 1'; Ids = '1', '10', '11', '12' }
            @{ Line = 'Set-CopperHubOrganisation -Id cedar'; Ids = '3' }
            @{ Line = 'New-CopperHubProject -OrganisationId delta'; Ids = '4' }
            @{ Line = 'New-CopperHubTaskComment -ProjectId "brand book d'; Ids = '12' }
        ) {
            (TabExpansion2 $Line).CompletionMatches.CompletionText | Should -Be $Ids
        }

        It 'asks once, and again after a change' {
            $null = TabExpansion2 'Get-CopperHubProject m'
            $null = TabExpansion2 'Get-CopperHubProject w'
            @(Get-HubCall $sandbox).Count | Should -Be 1
            $null = New-CopperHubProject 'Zeppelin' -OrganisationId 1
            (TabExpansion2 'Get-CopperHubProject zepp').CompletionMatches.CompletionText | Should -Be '13'
        }

        It 'offers nothing, and asks nobody, without a session or when the service fails' {
            Set-HubFault $sandbox @{ kind = 'status'; status = 400; times = -1 }
            (TabExpansion2 'Get-CopperHubProject mob').CompletionMatches.CompletionText | Should -Not -Contain '2'
            Disconnect-CopperHub -WarningAction SilentlyContinue
            Clear-SandboxJournal $sandbox
            (TabExpansion2 'Get-CopperHubProject mob').CompletionMatches.CompletionText | Should -Not -Contain '2'
            Get-HubCall $sandbox | Should -BeNullOrEmpty
        }
    }
}
