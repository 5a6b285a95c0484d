# CopperOffboarding.ps1 and CopperBackup.ps1, on an account. What every sample has to stand, Samples.Tests.ps1 tests.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    # A sample says Import-Module CopperPS: the module under test must be found by its name.
    $searchPath = $env:PSModulePath
    $folder = Get-ModulePath
    if ((Split-Path $folder -Leaf) -ne 'CopperPS') { $folder = Split-Path $folder }
    $env:PSModulePath = (Split-Path $folder) + [IO.Path]::PathSeparator + $env:PSModulePath
    $sandbox = Start-SandboxHost -People 300
    $quick = @{ RateLimit = '100000/1s' }
    $before = $env:COPPER_USER_EMAIL, $env:COPPER_API_KEY, $env:COPPER_BASE_URL
    $env:COPPER_USER_EMAIL, $env:COPPER_API_KEY, $env:COPPER_BASE_URL = 'demo@copper.example', 'sandbox-key', "$($sandbox.BaseUri)"
    $PSDefaultParameterValues = @{ 'Connect-Copper:RateLimit' = '100000/1s'; 'Connect-Copper:MaxRetry' = 0 }
}

AfterAll {
    $env:COPPER_USER_EMAIL, $env:COPPER_API_KEY, $env:COPPER_BASE_URL = $before
    $env:PSModulePath = $searchPath
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'CopperOffboarding.ps1' {
    BeforeAll { $sample = Get-RepositoryPath samples CopperOffboarding.ps1 }

    BeforeEach {
        Reset-SandboxHost $sandbox
        Connect-SandboxHost $sandbox $quick
        $path = Join-Path $TestDrive ([guid]::NewGuid())
        $given = @{ From = 'Jonas Weber'; To = 'Maya Patel'; Path = $path }
        $owned = @(Move-CopperAssignment 'Jonas Weber' 'Maya Patel' -PlanOnly)
        $owned.Count | Should -BeGreaterThan 10
    }

    It 'writes with -WhatIf the lists alone' {
        Register-CopperWebhook https://hooks.example.com/x -Type person -Event new
        Clear-SandboxJournal $sandbox
        $output = & $sample @given -WhatIf
        $LASTEXITCODE | Should -Be 0 -Because "$output"
        @(Import-Csv (Join-Path $path plan.csv)).Count | Should -Be $owned.Count
        $deals = @(Get-CopperOpportunity -Assignee 'Jonas Weber' -Status Open)
        @(Import-Csv (Join-Path $path deals.csv)).Id | Should -Be $deals.Id
        (Import-Csv (Join-Path $path tasks.csv))[0].Name | Should -Not -BeNullOrEmpty
        (Import-Csv (Join-Path $path webhooks.csv)).Target | Should -Be 'https://hooks.example.com/x'
        Get-SandboxJournal $sandbox | Where-Object { $_.method -in 'PUT', 'DELETE' -or $_.path -match 'bulk_update' } |
            Should -BeNullOrEmpty
        Join-Path $path result.csv | Should -Not -Exist
    }

    It 'hands everything over, the next time nothing, and can be taken back' {
        $output = & $sample @given
        $LASTEXITCODE | Should -Be 0 -Because "$output"
        @(Import-Csv (Join-Path $path result.csv) | Where-Object Status -EQ Done).Count | Should -Be $owned.Count
        @(Move-CopperAssignment 'Jonas Weber' 'Maya Patel' -PlanOnly) | Should -BeNullOrEmpty
        $journal = @(Get-ChildItem $path -Filter 'handover.*.jsonl')
        $journal | Should -HaveCount 1
        "$output" | Should -BeLike "*Undo-CopperChange '$($journal.FullName)'*"
        "$(& $sample @given)" | Should -BeLike "*Nothing belongs to 'Jonas Weber'.*"
        $LASTEXITCODE | Should -Be 0
        # A list of the first run would be taken for one of today.
        Join-Path $path deals.csv | Should -Not -Exist
        $null = Undo-CopperChange $journal.FullName
        @(Move-CopperAssignment 'Jonas Weber' 'Maya Patel' -PlanOnly).Count | Should -Be $owned.Count
    }

    It 'leaves what is closed with -OpenOnly' {
        $null = & $sample @given -OpenOnly
        @(Get-CopperOpportunity -Assignee 'Jonas Weber' -Status Open) | Should -BeNullOrEmpty
        @(Get-CopperTask -Assignee 'Jonas Weber' -Status Completed).Count | Should -BeGreaterThan 0
    }

    It 'names what could not be handed over, with exit code 2' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 422; times = 1; match = @{ method = 'PUT'; path = 'tasks' } }
        try { $output = & $sample @given }
        finally { Set-SandboxFault $sandbox }
        $LASTEXITCODE | Should -Be 2 -Because "$output"
        "$output" | Should -BeLike '*Failed: task *'
        @(Move-CopperAssignment 'Jonas Weber' 'Maya Patel' -PlanOnly) | Should -HaveCount 1
    }

    It 'goes on with a run that was interrupted' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 401; match = @{ method = 'PUT'; path = 'tasks' } }
        try { $output = & $sample @given }
        finally { Set-SandboxFault $sandbox }
        $LASTEXITCODE | Should -Be 1 -Because "$output"
        Join-Path $path handover.jsonl | Should -Exist
        Connect-SandboxHost $sandbox $quick
        @(Move-CopperAssignment 'Jonas Weber' 'Maya Patel' -PlanOnly).Count | Should -BeIn (1..($owned.Count - 1))
        $output = & $sample @given
        $LASTEXITCODE | Should -Be 0 -Because "$output"
        "$output" | Should -BeLike '*earlier run is gone on with*'
        @(Move-CopperAssignment 'Jonas Weber' 'Maya Patel' -PlanOnly) | Should -BeNullOrEmpty
    }

    It 'says when it runs with the key of the user who leaves, and knows no other names than those of users' {
        "$(& $sample -From 'Dana Demo' -To 'Maya Patel' -Path $path -WhatIf)" | Should -BeLike '*NOTE: this is the key of the user*'
        "$(& $sample -From 'Nobody At All' -To 'Maya Patel' -Path $path -WhatIf)" | Should -BeLike '*FAILED: *CopperUnknownName*'
        $LASTEXITCODE | Should -Be 1
    }
}

Describe 'CopperBackup.ps1' {
    BeforeAll {
        $sample = Get-RepositoryPath samples CopperBackup.ps1
        Reset-SandboxHost $sandbox
        Connect-SandboxHost $sandbox $quick
    }

    BeforeEach {
        $path = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $path
    }

    It 'writes a snapshot, and removes all but the last days and Sundays' {
        # 2001-01-07 is a Sunday. Four weeks of snapshots, and a folder that is none.
        $first = [datetime]::new(2001, 1, 7)
        foreach ($day in 0..27) { $null = New-Item -ItemType Directory (Join-Path $path $first.AddDays($day).ToString('yyyy-MM-dd')) }
        $null = New-Item -ItemType Directory (Join-Path $path mine)
        $output = & $sample -Path $path -KeepDay 3 -KeepSunday 2
        $LASTEXITCODE | Should -Be 0 -Because "$output"
        $today = @(Get-ChildItem $path -Directory | Where-Object { Test-Path (Join-Path $_.FullName manifest.json) })
        $today | Should -HaveCount 1
        Test-CopperSnapshot $today.FullName -Quiet | Should -BeTrue
        $kept = (Get-ChildItem $path -Directory).Name | Where-Object { $_ -ne $today.Name } | Sort-Object
        $sundays = @('2001-01-28')
        # Today may be a Sunday itself, and counts then.
        if (([datetime] $today.Name).DayOfWeek -ne 'Sunday') { $sundays = @('2001-01-21') + $sundays }
        $kept | Should -Be (@($sundays) + '2001-02-02' + '2001-02-03' + 'mine')
    }

    It 'goes on with a snapshot that was interrupted, and removes nothing before it is sound' {
        $null = New-Item -ItemType Directory (Join-Path $path 2001-01-01)
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 401; match = @{ path = 'tasks/search' } }
        try { $output = & $sample -Path $path -KeepDay 1 -KeepSunday 0 }
        finally { Set-SandboxFault $sandbox }
        $LASTEXITCODE | Should -Be 1 -Because "$output"
        "$output" | Should -BeLike '*FAILED: *CopperAuthenticationFailed*'
        Join-Path $path 2001-01-01 | Should -Exist
        $output = & $sample -Path $path -KeepDay 1 -KeepSunday 0
        $LASTEXITCODE | Should -Be 0 -Because "$output"
        Join-Path $path 2001-01-01 | Should -Not -Exist
    }

    It 'removes nothing where the snapshot of the day is damaged' {
        $null = & $sample -Path $path
        $today = Get-ChildItem $path -Directory
        $null = New-Item -ItemType Directory (Join-Path $path 2001-01-01)
        Add-Content (Join-Path $today.FullName people.jsonl.gz) x
        $output = & $sample -Path $path -KeepDay 1 -KeepSunday 0
        $LASTEXITCODE | Should -Be 1
        "$output" | Should -BeLike '*people.jsonl.gz*Nothing was removed*'
        Join-Path $path 2001-01-01 | Should -Exist
    }
}
