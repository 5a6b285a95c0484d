# A process that reads changes is killed at any moment, while others work on the account; the next one misses nothing. COPPER_TEST_KILLS
# says how many are killed, and COPPER_TEST_SEED where the random numbers begin.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 30 -Setting @{ companies = 8; leads = 20; opportunities = 6; projects = 3; tasks = 12 }
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    . ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'build', 'PowerShellCommand.ps1'))
    $shell = Get-PowerShellCommand
    $state = Join-Path $TestDrive copper.state
    $taken = Join-Path $TestDrive taken.txt
    $entities = 'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task'

    # Each change is a line that is there before the next one is asked for.
    $consume = @'
    Get-CopperChange $state @deleted | ForEach-Object {
        $record = $_.Record | ConvertTo-Json -Depth 8 -Compress
        [IO.File]::AppendAllText($taken, (@($_.Change, $_.Entity, $_.Id, $record) -join "`t") + "`n")
    }
'@
    $script = Join-Path $TestDrive consume.ps1
    Set-Content $script @"
param(`$state, `$taken, `$with)
Import-Module '$(Join-Path (Get-ModulePath) CopperPS.psd1)'
`$key = ConvertTo-SecureString sandbox-key -AsPlainText -Force
Connect-Copper -BaseUri '$($sandbox.BaseUri)' -UserEmail demo@copper.example -ApiKey `$key -RateLimit '100000/1s' -SkipVerify
`$deleted = @{ IncludeDeleted = `$with -eq 'deleted' }
$consume
"@
    function Start-Consumer([string] $With) {
        $arguments = @($shell.ArgumentList) + '-File', $script, $state, $taken, $With
        Start-Process $shell.FilePath -ArgumentList ($arguments | ForEach-Object { "`"$_`"" }) -PassThru
    }
    function Get-Length { if (Test-Path $taken) { (Get-Item $taken).Length } else { 0 } }
    function Edit-Something([Random] $Random, [int] $Number) {
        $person = 1 + $Random.Next(30)
        switch ($Random.Next(9)) {
            0 { $null = New-CopperPerson "New $Number" }
            1 { $null = New-CopperTask "Task $Number" }
            2 { $null = New-CopperLead "Lead $Number" }
            3 { Set-CopperPerson $person -Title "T$Number" -ErrorAction Ignore }
            4 { Get-CopperCompany -First 3 | Set-CopperCompany -Details "D$Number" }
            5 { Get-CopperOpportunity -First 2 | Set-CopperOpportunity -MonetaryValue $Number }
            6 { Get-CopperLead -First 1 | Convert-CopperLead -Confirm:$false | Out-Null }
            7 { Get-CopperTask -First 1 -Descending | Remove-CopperTask -Confirm:$false }
            8 { Remove-CopperPerson $person -Confirm:$false -ErrorAction Ignore }
        }
    }
    function Get-Replica {
        $replica = @{}
        foreach ($line in [IO.File]::ReadAllLines($taken)) {
            $change, $entity, $id, $record = $line -split "`t"
            if ($change -eq 'Deleted') { $replica.Remove("$entity $id") } else { $replica["$entity $id"] = $record }
        }
        $replica.Keys | Sort-Object | ForEach-Object { "$_ $($replica[$_])" }
    }
    function Get-Account {
        foreach ($entity in $entities) {
            $with = if ($entity -eq 'Lead') { @{ IncludeConverted = $true } } else { @{} }
            & "Get-Copper$entity" @with | ForEach-Object { "$($entity.ToLower()) $($_.Id) $($_ | ConvertTo-Json -Depth 8 -Compress)" }
        }
    }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'A consumer that is killed' {
    It 'gets again what it has not taken, and misses nothing' {
        $kills = if ($env:COPPER_TEST_KILLS) { [int] $env:COPPER_TEST_KILLS } else { 3 }
        $random = [Random]::new($(if ($env:COPPER_TEST_SEED) { [int] $env:COPPER_TEST_SEED } else { 1 }))
        $number = 0
        for ($killed = 0; $killed -lt $kills) {
            foreach ($edit in 1..(1 + $random.Next(6))) { Edit-Something $random (++$number) }
            $process = Start-Consumer ('deleted', 'none')[$random.Next(2)]
            $begun = Get-Length
            $more = $random.Next(40) * $random.Next(400)
            while (-not $process.HasExited -and (Get-Length) - $begun -lt $more) { Start-Sleep -Milliseconds 2 }
            if ($random.Next(2)) { Edit-Something $random (++$number) }
            $null = $process.WaitForExit($random.Next(1, 900))
            if (-not $process.HasExited) { $killed++; $process.Kill(); $process.WaitForExit() }

            if ($killed % 5 -eq 3 -or $killed -eq $kills) {
                $deleted = @{ IncludeDeleted = $true }
                . ([scriptblock]::Create($consume))
                $difference = Compare-Object @(Get-Account | Sort-Object) @(Get-Replica)
                $difference | Should -BeNullOrEmpty -Because "of kill $killed, after $number edits"
                Get-CopperChange $state -IncludeDeleted | Should -BeNullOrEmpty
            }
        }
        @(Get-ChildItem $TestDrive -Filter 'copper.state*').Name | Should -Be copper.state
    }
}
