BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    . (Join-Path $PSScriptRoot 'TestKit.Hub.ps1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 1

    function Get-Writing { Get-HubCall $sandbox | Where-Object { $_.Action -match '^(create|update|delete)_' } }
}

AfterAll {
    Disconnect-CopperHub -WarningAction SilentlyContinue
    Stop-SandboxHost $sandbox
}

Describe 'Writing to a CopperHub' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Connect-HubHost $sandbox
    }

    Context 'New' {
        It 'makes an organisation of all its attributes and gives it back' {
            $organisation = New-CopperHubOrganisation 'New' -Colour '#FFFF00' -Phone1 1 -IM1 a -IM2 b -Fax 2 -Address1 c -Address2 d `
                -City e -State f -Country g -Postcode 3 -Url https://new.example -ContactEmail new@new.example
            $organisation.Id | Should -Be 5
            $organisation.Colour | Should -Be '#FFFF00'
            $organisation.ManagerId | Should -Be 1
            $organisation.City | Should -Be 'e'
            $organisation.Url | Should -Be 'https://new.example'
            $organisation.Page | Should -BeLike '*view_organisation&id=5'
            $data = Get-HubData $sandbox
            $data.PSObject.Properties.Name | Sort-Object |
                Should -Be 'Address1', 'Address2', 'City', 'Colour', 'ContactEmail', 'Country', 'FAX', 'IM1', 'IM2', 'Name', 'Phone1',
                'Postcode', 'State', 'URL'
        }

        It 'reads numbers as the culture writes them, too' {
            $culture = [cultureinfo]::CurrentCulture
            try {
                [cultureinfo]::CurrentCulture = 'de-DE'
                $row = [pscustomobject]@{ ProjectId = 1; Name = 'Row'; Duration = '4,00'; TargetBudget = '1.250,5' }
                $task = $row | New-CopperHubTask -ErrorAction Stop
                $task.Duration, $task.TargetBudget | Should -Be 4, 1250.5
                (New-CopperHubTask Typed -ProjectId 1 -Duration '2.5').Duration | Should -Be 2.5
                { New-CopperHubTask Bad -ProjectId 1 -Duration 'four' } | Should -Throw '*no number*'
            }
            finally {
                [cultureinfo]::CurrentCulture = $culture
            }
        }

        It 'makes a project, with every value in the form of the wire' {
            $project = New-CopperHubProject 'New' -OrganisationId 2 -Owner 2 -StartDate 2026-01-02 `
                -EndDate ([datetime] '2026-03-04 23:59') -Status 3 -Active $false -Description 'x'
            $project.Id | Should -Be 13
            $project.OrganisationId | Should -Be 2
            $project.StartDate | Should -Be ([datetime] '2026-01-02')
            $project.Active | Should -BeFalse
            $data = Get-HubData $sandbox
            $data.ClientID | Should -BeExactly '2'
            $data.Owner | Should -BeExactly '2'
            $data.StartDate | Should -BeExactly '2026-01-02'
            $data.EndDate | Should -BeExactly '2026-03-04'
            $data.Status | Should -BeExactly '3'
            $data.Active | Should -BeExactly '0'
        }

        It 'has the row as the target of an error about it, and the record or the id of what was to be changed' {
            $rows = @(
                [pscustomobject]@{ ProjectId = 1; Name = 'Good' }, [pscustomobject]@{ ProjectId = 1; Name = 'Bad'; TargetBudget = -1 },
                [pscustomobject]@{ ProjectId = 99999; Name = 'Nowhere' }
            )
            ($rows | New-CopperHubTask -ErrorVariable problems -ErrorAction SilentlyContinue).Name | Should -Be Good
            $problems.TargetObject | Should -Be $rows[1, 2]
            $rows = [pscustomobject]@{ Id = 3; TargetBudget = -1 }, [pscustomobject]@{ Id = 99999; Name = 'x' }
            $rows | Set-CopperHubTask -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.TargetObject | Should -Be $rows
            $task = Get-CopperHubTask 3
            $task | Set-CopperHubTask -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.TargetObject | Should -Be 3
        }

        It 'writes numbers with a point and dates alike in every culture' {
            $culture = [cultureinfo]::CurrentCulture
            try {
                [cultureinfo]::CurrentCulture = 'de-DE'
                $task = New-CopperHubTask 'New' -ProjectId 1 -Duration 2.5 -TargetBudget '1200.50' -Highlighted $true -EndDate 2026-12-24
            }
            finally { [cultureinfo]::CurrentCulture = $culture }
            $task.Name | Should -Be 'New'
            $task.Duration | Should -Be 2.5
            $task.Highlighted | Should -BeTrue
            $data = Get-HubData $sandbox
            $data.Duration | Should -BeExactly '2.5'
            $data.TargetBudget | Should -BeExactly '1200.5'
            $data.Highlighted | Should -BeExactly '1'
            $data.EndDate | Should -BeExactly '2026-12-24'
        }

        It 'books hours and progress with a comment' {
            $comment = New-CopperHubTaskComment 'Half done' -TaskId 3 -HoursWorked 3 -PercentComplete 50
            $comment.Body | Should -Be 'Half done'
            $comment.TaskId | Should -Be 3
            $comment.HoursWorked | Should -Be 3
            (Get-CopperHubTask 3).HoursWorked | Should -Be 3
            (Get-CopperHubTask 3).PercentComplete | Should -Be 50
            (Get-HubData $sandbox).PSObject.Properties.Name | Should -Be 'Body', 'TaskID', 'HoursWorked', 'PercentComplete', 'ProjectID'
        }

        It 'sends the project of a comment always: <Given>' -ForEach @(
            @{ Given = 'task'; Parameter = @{ TaskId = 3 }; Sent = 'TaskID', 'ProjectID'; Reads = 'read_task' }
            @{ Given = 'project'; Parameter = @{ ProjectId = 1 }; Sent = 'ProjectID'; Reads = $null }
            @{ Given = 'both'; Parameter = @{ TaskId = 3; ProjectId = 1 }; Sent = 'TaskID', 'ProjectID'; Reads = $null }
            @{
                Given = 'task, and the project in the spelling of the service'; Parameter = @{ TaskId = 3; Property = @{ ProjectID = 1 } }
                Sent = 'TaskID', 'ProjectID'; Reads = $null
            }
        ) {
            $null = New-CopperHubTaskComment 'x' @Parameter
            $calls = Get-HubCall $sandbox
            @($calls.Action) -match '^read_task$' | Should -Be $Reads
            $data = Get-HubData $sandbox
            $data.PSObject.Properties.Name | Where-Object { $_ -ne 'Body' } | Should -Be $Sent
            $data.ProjectID | Should -Be '1'
        }

        It 'takes the project of a comment from the task that is piped, and reads a task once for all comments on it' {
            $tasks = Get-CopperHubTask -ProjectId 1
            $copy = Join-Path $TestDrive 'task.xml'
            $tasks[0] | Export-Clixml $copy
            Clear-SandboxJournal $sandbox
            $tasks | New-CopperHubTaskComment 'x' | Should -HaveCount $tasks.Count
            Import-Clixml $copy | New-CopperHubTaskComment 'x' | Should -HaveCount 1
            @((Get-HubCall $sandbox).Action) -match '^read_task$' | Should -BeNullOrEmpty
            (Get-HubData $sandbox).ProjectID | Should -Be '1'

            'Body,TaskId', 'a,3', 'b,3', 'c,4' | ConvertFrom-Csv | New-CopperHubTaskComment | Should -HaveCount 3
            @((Get-HubCall $sandbox).Action) -match '^read_task$' | Should -HaveCount 2
        }

        It 'writes no comment on a task that there is not, and reads nothing with -WhatIf' {
            New-CopperHubTaskComment 'x' -TaskId 99999 -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problem | Should -HaveCount 1
            Get-Writing | Should -BeNullOrEmpty
            Clear-SandboxJournal $sandbox
            New-CopperHubTaskComment 'x' -TaskId 3 -WhatIf
            Get-HubCall $sandbox | Should -BeNullOrEmpty
        }

        It 'shows the text of a comment once' {
            $comment = New-CopperHubTaskComment 'Half done' -TaskId 3
            $comment.Body | Should -Be 'Half done'
            $comment.AdditionalMembers | Should -BeNullOrEmpty
        }

        It 'refuses a comment on nothing' {
            New-CopperHubTaskComment 'x' -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperInvalidArgument,*'
            Get-Writing | Should -BeNullOrEmpty
        }

        It 'takes the parent from the pipeline, and of a record its id only' {
            $project = Get-CopperHubOrganisation 1 | New-CopperHubProject 'Of one'
            $task = $project | New-CopperHubTask
            $null = $task | New-CopperHubTaskComment 'x'
            $data = @(Get-Writing | ForEach-Object { ($_.Body -replace '^.*?data=') | ConvertFrom-Json })
            $data[0].ClientID | Should -Be '1'
            $data[1].PSObject.Properties.Name | Should -Be 'ProjectID'
            $data[2].PSObject.Properties.Name | Sort-Object | Should -Be 'Body', 'ProjectID', 'TaskID'
            $data[2].ProjectID | Should -Be $project.Id
            $data[2].TaskID | Should -Be $task.Id
        }

        It 'makes records of the rows of a file; empty cells are not given' {
            $rows = 'Name,ProjectId,Duration,StartDate,Highlighted,Owner', 'One,1,2.5,2026-01-02,1,', 'Two,2,,,,2' | ConvertFrom-Csv
            $tasks = $rows | New-CopperHubTask
            $tasks.Name | Should -Be 'One', 'Two'
            $tasks.ProjectId | Should -Be 1, 2
            (Get-HubData $sandbox).PSObject.Properties.Name | Sort-Object | Should -Be 'Name', 'Owner', 'ProjectID'

            $comments = 'Body,TaskId,HoursWorked', 'a,3,1', 'b,4,' | ConvertFrom-Csv | New-CopperHubTaskComment
            $comments.TaskId | Should -Be 3, 4
            (Get-HubData $sandbox).PSObject.Properties.Name | Sort-Object | Should -Be 'Body', 'ProjectID', 'TaskID'

            $comment = [pscustomobject]@{ Body = 'c'; ProjectId = 1 } | New-CopperHubTaskComment
            $comment.Body | Should -Be 'c'
            (Get-HubData $sandbox).PSObject.Properties.Name | Sort-Object | Should -Be 'Body', 'ProjectID'

            ('Name,Colour', 'X,', 'Y,#000000' | ConvertFrom-Csv | New-CopperHubOrganisation).Colour | Should -Be '#82CE4C', '#000000'
            ([pscustomobject]@{ OrganisationId = '1'; Name = 'P' } | New-CopperHubProject).OrganisationId | Should -Be 1
        }

        It 'does not take the id of another thing in a row for the parent' {
            { [pscustomobject]@{ Id = 1; Name = 'x' } | New-CopperHubTask } | Should -Throw -ErrorId 'CopperInvalidId,*'
            Get-Writing | Should -BeNullOrEmpty
        }

        It 'refuses a parent of another kind: <Why>' -ForEach @(
            @{ Why = 'task of an organisation'; Run = { Get-CopperHubOrganisation 1 | New-CopperHubTask 'x' @quiet } }
            @{ Why = 'project of a task'; Run = { New-CopperHubProject 'x' -OrganisationId (Get-CopperHubTask 1) @quiet } }
            @{ Why = 'comment on a project'; Run = { Get-CopperHubProject 1 | New-CopperHubTaskComment 'x' @quiet } }
            @{ Why = 'owner that is a project'; Run = { New-CopperHubTask 'x' -ProjectId 1 -Owner (Get-CopperHubProject 2) @quiet } }
        ) {
            $quiet = @{ ErrorVariable = 'problem'; ErrorAction = 'SilentlyContinue' }
            . $Run | Should -BeNullOrEmpty
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
            Get-Writing | Should -BeNullOrEmpty
        }

        It 'says that what a record refers to may not be there' {
            New-CopperHubTask 'x' -ProjectId 4711 -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperPermissionDenied,*'
            $problem[0].Exception.Message | Should -BeLike '*refers to is not there*'
        }

        It 'gives what was sent when the new record cannot be read, with a warning instead of an error' {
            Set-HubFault $sandbox @{ match = @{ path = '/read_project$' }; kind = 'status'; status = 400; times = -1 }
            $project = New-CopperHubProject 'New' -OrganisationId 1 -StartDate 2026-01-02 -WarningVariable warnings `
                -WarningAction SilentlyContinue -ErrorAction Stop
            $project.Id | Should -Be 13
            $project.Name | Should -Be 'New'
            $project.StartDate | Should -Be ([datetime] '2026-01-02')
            $warnings | Should -BeLike '*was created with id 13; reading it back failed: *'
        }

        It 'does not make a second record when the answer to the first is lost' {
            Set-HubFault $sandbox @{ match = @{ path = '/create_' }; kind = 'reset-after'; times = 1 }
            New-CopperHubOrganisation 'Lost' -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperOutcomeUnknown,*'
            @(Get-CopperHubOrganisation -Name 'Lost').Count | Should -Be 1
            @(Get-Writing).Count | Should -Be 1
        }
    }

    Context 'Values that cannot be right' {
        It 'are refused before anything is sent: <Parameter> <Value>' -ForEach @(
            @{ Parameter = 'Colour'; Value = 'red' }, @{ Parameter = 'Colour'; Value = '#12345' },
            @{ Parameter = 'Colour'; Value = '#GGGGGG' }
            @{ Parameter = 'StartDate'; Value = '24.12.2026' }, @{ Parameter = 'EndDate'; Value = '2026-02-30' }
            @{ Parameter = 'Status'; Value = 6 }, @{ Parameter = 'Status'; Value = '1.5' }, @{ Parameter = 'Active'; Value = 2 },
            @{ Parameter = 'Active'; Value = 'maybe' }
        ) {
            $values = @{ $Parameter = $Value }
            { New-CopperHubProject 'x' -OrganisationId 1 @values -ErrorAction Stop } | Should -Throw "*$Parameter*"
            Get-Writing | Should -BeNullOrEmpty
        }

        It 'are refused in comments: <Parameter> <Value>' -ForEach @(
            @{ Parameter = 'HoursWorked'; Value = 0 }, @{ Parameter = 'HoursWorked'; Value = 1.5 },
            @{ Parameter = 'HoursWorked'; Value = -1 }, @{ Parameter = 'PercentComplete'; Value = 101 }
        ) {
            $values = @{ $Parameter = $Value }
            { New-CopperHubTaskComment 'x' -TaskId 1 @values -ErrorAction Stop } | Should -Throw "*$Parameter*"
            Get-Writing | Should -BeNullOrEmpty
        }

        It 'are said in the words of the service, where only that knows' {
            New-CopperHubTask 'x' -ProjectId 1 -Property @{ Highlighted = 2 } -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperInvalidRequest,*'
            $problem[0].Exception.ServerMessage | Should -Be 'Highlighted must be 0 or 1.'
        }
    }

    Context 'Set' {
        It 'changes what is given and nothing else: <Noun>' -ForEach @(
            @{ Noun = 'Organisation'; Parameter = @{ City = 'Rome' }; Sent = 'City' }
            @{ Noun = 'Project'; Parameter = @{ Active = $true }; Sent = 'Active' }
            @{ Noun = 'Task'; Parameter = @{ Duration = 3 }; Sent = 'Duration' }
        ) {
            & "Set-CopperHub$Noun" 1 @Parameter | Should -BeNullOrEmpty
            (Get-HubData $sandbox).PSObject.Properties.Name | Should -Be $Sent
            (Get-HubCall $sandbox | Select-Object -Last 1).Action | Should -Be "update_$($Noun.ToLower())"
        }

        It 'gives the record as changed with -PassThru' {
            (Set-CopperHubProject 1 -Name 'Renamed' -Colour '#000000' -PassThru).Colour | Should -Be '#000000'
            (Set-CopperHubTask 1 -Name 'Renamed' -PassThru).Name | Should -Be 'Renamed'
            (Set-CopperHubOrganisation 1 -Name 'Renamed' -PassThru).Name | Should -Be 'Renamed'
            @(Get-CopperHubTask -ProjectId 1)[0].Name | Should -Be 'Renamed'
        }

        It 'clears with $null and leaves alone what is not given' {
            Set-CopperHubTask 1 -Description $null -EndDate $null
            $data = Get-HubData $sandbox
            $data.PSObject.Properties.Name | Should -Be 'EndDate', 'Description'
            $data.Description | Should -BeNullOrEmpty
            (Get-CopperHubTask 1).Description | Should -BeNullOrEmpty
        }

        It 'takes records from the pipeline, of which only the id counts' {
            Get-CopperHubProject -Name 'Mobile*' | Set-CopperHubProject -Description 'all alike'
            @(Get-Writing).Count | Should -Be 4
            (Get-HubData $sandbox).PSObject.Properties.Name | Should -Be 'Description'
            @(Get-CopperHubProject | Where-Object Description -EQ 'all alike').Count | Should -Be 4
        }

        It 'takes rows of a file' {
            'Id,Name,Colour', '1,One,', '2,Two,#123456' | ConvertFrom-Csv | Set-CopperHubOrganisation
            (Get-CopperHubOrganisation).Name | Select-Object -First 2 | Should -Be 'One', 'Two'
            (Get-CopperHubOrganisation 2).Colour | Should -Be '#123456'
            (Get-CopperHubOrganisation 1).Colour | Should -Be '#82CE4C'
        }

        It 'does not take over what an earlier item had' {
            [pscustomobject]@{ Id = 1; Description = 'x'; Duration = 2 }, [pscustomobject]@{ Id = 2; Name = 'y' } | Set-CopperHubTask
            (Get-HubData $sandbox).PSObject.Properties.Name | Should -Be 'Name'
            @(Get-Writing).Count | Should -Be 2
        }

        It 'sends raw attributes, but none twice' {
            Set-CopperHubProject 1 -Property @{ Name = 'Raw' }
            (Get-CopperHubProject 1).Name | Should -Be 'Raw'
            Set-CopperHubProject 1 -Name 'x' -Property @{ Name = 'y' } -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].Exception.Message | Should -BeLike '*given twice*'
        }

        It 'says that there is nothing to set' {
            Set-CopperHubTask 1 -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperNothingToSet,*'
            Get-Writing | Should -BeNullOrEmpty
        }

        It 'goes on after an id that does not exist, and refuses another kind of record' {
            4711, 1 | Set-CopperHubProject -Name 'Renamed' -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
            (Get-CopperHubProject 1).Name | Should -Be 'Renamed'
            Get-CopperHubOrganisation 1 | Set-CopperHubProject -Name 'x' -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
        }
    }

    Context 'Remove' {
        It 'deletes for good and says nothing: <Noun>' -ForEach @(
            @{ Noun = 'Organisation' }, @{ Noun = 'Project' }, @{ Noun = 'Task' }, @{ Noun = 'TaskComment' }
        ) {
            & "Remove-CopperHub$Noun" 1 -Confirm:$false | Should -BeNullOrEmpty
            (Get-Writing).Body | Should -BeLike '*id=1&confirm_delete=1'
            & "Get-CopperHub$Noun" 1 -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperNotFound,*'
        }

        It 'gives id and kind with -PassThru' {
            $removed = Get-CopperHubTask -ProjectId 1 | Select-Object -First 2 | Remove-CopperHubTask -Confirm:$false -PassThru
            $removed.Id | Should -Be 1, 2
            $removed[0].EntityType | Should -Be 'hub task'
            @(Get-CopperHubTask -ProjectId 1).Count | Should -Be 2
        }

        It 'leaves a comment to administrators, and says so' {
            $mia = Connect-CopperHub (Get-HubUri $sandbox) (Get-HubCredential 'mia' 'sandbox-member') -PassThru
            $task = Get-CopperHubProject -Session $mia | Select-Object -First 1 | Get-CopperHubTask -Session $mia | Select-Object -First 1
            $comment = $task | New-CopperHubTaskComment 'Mine' -Session $mia
            $comment | Remove-CopperHubTaskComment -Confirm:$false -Session $mia -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].Exception.Message | Should -BeLike '*Only administrators*'
            Connect-HubHost $sandbox
            $comment | Remove-CopperHubTaskComment -Confirm:$false -ErrorAction Stop
        }

        It 'goes on after an id that does not exist, and refuses another kind of record' {
            4711, 2 | Remove-CopperHubProject -Confirm:$false -ErrorVariable problem -ErrorAction SilentlyContinue
            @($problem).Count | Should -Be 1
            @(Get-CopperHubProject).Count | Should -Be 11
            Get-CopperHubTask 1 | Remove-CopperHubProject -Confirm:$false -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
            @(Get-CopperHubProject).Count | Should -Be 11
        }

        It 'refuses a row of a file of another kind of record: <from> into <to>' -ForEach @(
            @{ from = 'Get-CopperHubOrganisation'; to = 'Remove-CopperHubProject' }, @{
                from = 'Get-CopperHubProject'; to = 'Remove-CopperHubOrganisation'
            }
            @{ from = 'Get-CopperHubOrganisation'; to = 'Remove-CopperHubTask' }, @{
                from = 'Get-CopperHubTask'; to = 'Set-CopperHubProject'; id = 1, 2
            }
            @{ from = 'Get-CopperHubProject'; to = 'Set-CopperHubTask' }, @{
                from = 'Get-CopperHubProject'; to = 'Remove-CopperHubTaskComment'
            }
        ) {
            $ids = if ($id) { @{ Id = $id } } else { @{} }
            $rows = & $from @ids | Select-Object -First 2 | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv
            Clear-SandboxJournal $sandbox
            $rows | & $to -Confirm:$false -ErrorVariable problem -ErrorAction SilentlyContinue
            @($problem).Count | Should -Be 2
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
            Get-Writing | Should -BeNullOrEmpty
        }

        It 'takes a row of a file of its own kind' {
            Get-CopperHubTask 1 | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv |
                Remove-CopperHubTask -Confirm:$false -ErrorAction Stop
            @(Get-Writing).Count | Should -Be 1
        }

        It 'counts as done when the answer is lost and the repetition finds nothing' {
            Set-HubFault $sandbox @{ match = @{ path = '/delete_' }; kind = 'reset-after'; times = 1 }
            Remove-CopperHubTask 1 -Confirm:$false -ErrorAction Stop
            @(Get-Writing).Count | Should -Be 2
        }
    }

    Context '-WhatIf' {
        It 'sends nothing: <Line>' -ForEach @(
            @{ Line = 'New-CopperHubOrganisation x -WhatIf' }, @{ Line = 'New-CopperHubProject x -OrganisationId 1 -WhatIf' }
            @{ Line = 'New-CopperHubTask x -ProjectId 1 -WhatIf' }, @{ Line = 'New-CopperHubTaskComment x -TaskId 1 -WhatIf' }
            @{ Line = 'Set-CopperHubOrganisation 1 -Name x -WhatIf' }, @{ Line = 'Set-CopperHubProject 1 -Name x -WhatIf' },
            @{ Line = 'Set-CopperHubTask 1 -Name x -WhatIf' }
            @{ Line = 'Remove-CopperHubOrganisation 1 -WhatIf' }, @{ Line = 'Remove-CopperHubProject 1 -WhatIf' }
            @{ Line = 'Remove-CopperHubTask 1 -WhatIf' }, @{ Line = 'Remove-CopperHubTaskComment 1 -WhatIf' }
        ) {
            & ([scriptblock]::Create($Line)) | Should -BeNullOrEmpty
            Get-Writing | Should -BeNullOrEmpty
        }

        It 'names the kind, the id and the attributes' {
            $child = Invoke-ChildPowerShell {
                Connect-CopperHub -Sandbox
                Get-CopperHubProject -Name 'Brand book Delta' | Set-CopperHubProject -Name x -Active $true -WhatIf
                Remove-CopperHubTask 7 -WhatIf
            }
            $child.Output[0] | Should -BeLike '*"Set Name to ''x'', Active to ''True''"*"hub project 12 (Brand book Delta)"*'
            $child.Output[1] | Should -BeLike '*hub task 7*'
        }
    }
}
