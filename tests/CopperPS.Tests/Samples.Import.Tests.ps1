# The sample CopperImport.ps1, as a scheduler runs it.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $searchPath = $env:PSModulePath
    $folder = Get-ModulePath
    if ((Split-Path $folder -Leaf) -ne 'CopperPS') { $folder = Split-Path $folder }
    $env:PSModulePath = (Split-Path $folder) + [IO.Path]::PathSeparator + $env:PSModulePath
    $sandbox = Start-SandboxHost -People 60
    $before = $env:COPPER_USER_EMAIL, $env:COPPER_API_KEY, $env:COPPER_BASE_URL
    $env:COPPER_USER_EMAIL, $env:COPPER_API_KEY, $env:COPPER_BASE_URL = 'demo@copper.example', 'sandbox-key', "$($sandbox.BaseUri)"
    $sample = Get-RepositoryPath samples CopperImport.ps1
    $PSDefaultParameterValues = @{ 'Connect-Copper:RateLimit' = '100000/1s' }
}

AfterAll {
    $env:COPPER_USER_EMAIL, $env:COPPER_API_KEY, $env:COPPER_BASE_URL = $before
    $env:PSModulePath = $searchPath
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'CopperImport.ps1' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).csv"
        $base = $file -replace '\.csv$'
        Set-Content $file 'Name,Email,Title', 'Ada Lovelace,ada@engines.example,Countess', 'Grace Hopper,grace@navy.example,Admiral'
        Connect-SandboxHost $sandbox
    }

    It 'writes with -WhatIf the plan alone' {
        $output = & $sample -Path $file -Entity Person -MatchOn Email -WhatIf
        $LASTEXITCODE | Should -Be 0
        $output | Should -Contain '2 Create'
        (Import-Csv "$base.plan.csv").Action | Should -Be 'Create', 'Create'
        @(Get-CopperPerson -Email ada@engines.example) | Should -BeNullOrEmpty
    }

    It 'runs the plan, and what is new in the file the next time' {
        $output = & $sample -Path $file -Entity Person -MatchOn Email
        "$output" | Should -BeLike '*2 Done*Undo-CopperChange*'
        $LASTEXITCODE | Should -Be 0
        (Import-Csv "$base.result.csv").Status | Should -Be 'Done', 'Done'
        Clear-SandboxJournal $sandbox
        $output = & $sample -Path $file -Entity Person -MatchOn Email
        "$output" | Should -BeLike '*2 Skip*'
        @(Get-SandboxJournal $sandbox | Where-Object { $_.method -eq 'POST' -and $_.path -match 'people(/bulk_create)?$' }) |
            Should -BeNullOrEmpty
        Set-Content $file 'Name,Email,Title', 'Ada Lovelace,ada@engines.example,Analyst'
        $output = & $sample -Path $file -Entity Person -MatchOn Email
        "$output" | Should -BeLike '*1 Update*1 Done*'
        (Get-CopperPerson -Email ada@engines.example).Title | Should -Be 'Analyst'
    }

    It 'names rows that need a look, with exit code 2' {
        Add-Content $file 'Nobody,,'
        $output = & $sample -Path $file -Entity Person -MatchOn Email
        $LASTEXITCODE | Should -Be 2
        "$output" | Should -BeLike '*ROW 3: Held: *match on*'
    }

    It 'writes nothing when too much would be created, or the file is wrong' {
        $output = & $sample -Path $file -Entity Person -MatchOn Email -MaximumNew 1
        $LASTEXITCODE | Should -Be 1
        "$output" | Should -BeLike '*more than -MaximumNew 1*'
        Set-Content $file 'Name,Kunde', 'Ada,x'
        $output = & $sample -Path $file -Entity Person -MatchOn Name
        $LASTEXITCODE | Should -Be 1
        "$output" | Should -BeLike "*'Kunde'*CopperInvalidImport*"
        @(Get-CopperPerson -Email ada@engines.example) | Should -BeNullOrEmpty
    }
    It 'imports a list from elsewhere: headings by a file, gaps filled, companies created' {
        $map = Join-Path $TestDrive 'fair.psd1'
        Set-Content $map '@{ Ansprechpartner = "Name"; Mail = "Email"; Firma = "Company"; Funktion = "Title"; Stand = $null }'
        $known = Get-CopperPerson -First 100 | Where-Object { $_.Email -and $_.Title } | Select-Object -First 1
        Set-Content $file 'Ansprechpartner;Mail;Firma;Funktion;Stand', "$($known.Name);$($known.Email);;Auditor;B12",
        'Ada Lovelace;ada@engines.example;Engines Ltd;Countess;C3', 'Ada Lovelace;ada@engines.example;Engines Ltd;Countess;C3'
        $given = @{
            Path = $file; Entity = 'Person'; MatchOn = 'Email,Name+CompanyName'; ColumnMapPath = $map; OnMatch = 'FillEmpty'
            CreateCompany = $true; Delimiter = ';'
        }
        $output = & $sample @given
        $LASTEXITCODE | Should -Be 0 -Because "$output"
        (Get-CopperPerson $known.Id).Title | Should -Be $known.Title
        $ada = @(Get-CopperPerson -Email ada@engines.example)
        $ada.Title, $ada.CompanyName | Should -Be 'Countess', 'Engines Ltd'
        @(Get-CopperCompany -Name 'Engines Ltd') | Should -HaveCount 1
        "$(& $sample @given)" | Should -Not -BeLike '*Create*'
    }

    It 'writes nothing, says why and keeps the key when <Why>' -ForEach @(
        @{ Why = 'the key is wrong'; Change = @{ COPPER_API_KEY = 'wrong-5ecret' }; Words = '*CopperAuthenticationFailed*' }
        @{
            Why = 'nobody responds'; Change = @{ COPPER_BASE_URL = 'http://127.0.0.1:9/developer_api/v1' }
            Words = '*CopperConnectionFailed*'
        }
        @{ Why = 'the plan cannot be written'; Change = @{}; Words = '*plan.csv*' }
    ) {
        $PSDefaultParameterValues = @{ 'Connect-Copper:RateLimit' = '100000/1s'; 'Connect-Copper:MaxRetry' = 0 }
        # A file where the folder should be: nobody can write below it, not even root.
        $plan = if ($Change.Count) { "$base.plan.csv" } else { [IO.Path]::Combine($file, 'below', 'plan.csv') }
        $variables = 'COPPER_API_KEY', 'COPPER_BASE_URL'
        $good = @($variables | ForEach-Object { [Environment]::GetEnvironmentVariable($_) })
        try {
            foreach ($name in $Change.Keys) { [Environment]::SetEnvironmentVariable($name, $Change[$name]) }
            $output = & $sample -Path $file -Entity Person -MatchOn Email -PlanPath $plan
        }
        finally { foreach ($place in 0, 1) { [Environment]::SetEnvironmentVariable($variables[$place], $good[$place]) } }
        $LASTEXITCODE | Should -Be 1
        "$output" | Should -BeLike "*FAILED: $Words"
        "$output" | Should -Not -BeLike '*5ecret*'
        Connect-SandboxHost $sandbox
        @(Get-CopperPerson -Email ada@engines.example) | Should -BeNullOrEmpty
    }

    It 'works on demo data, twice' {
        $PSDefaultParameterValues = @{ 'Connect-Copper:RateLimit' = '100000/1s' }
        foreach ($round in 1, 2) {
            $output = & $sample -Path $file -Entity Person -MatchOn Email -Sandbox
            $LASTEXITCODE | Should -Be 0 -Because "round ${round}: $output"
        }
    }
}
