# A record that is piped into New-: what contradicts it is an error, and it is never dropped.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }

    function Get-Written { @(Get-SandboxJournal $sandbox | Where-Object { $_.method -ne 'GET' -and $_.path -notlike '*/search' }) }
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'A piped record' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'and a parameter that names another are one error, and nothing is sent: <call>' -ForEach @(
        @{ call = { Get-CopperPerson -First 2 | New-CopperActivity 'Charlie Cox' -Details called } }
        @{ call = { Get-CopperPerson -First 2 | New-CopperActivity -RelatedTo 'Charlie Cox' } }
        @{ call = { Get-CopperPerson -First 2 | New-CopperActivity 'Charlie Cox' 'called' } }
        @{ call = { Get-CopperPerson -First 2 | New-CopperTask Call -RelatedTo 'Charlie Cox' } }
        @{ call = { Get-CopperPerson -First 2 | New-CopperTask Call -Property @{ related_resource = @{ id = 1; type = 'person' } } } }
        @{ call = { Get-CopperCompany -First 2 | New-CopperProject Move -RelatedTo 'Charlie Cox' } }
        @{ call = { Get-CopperCompany -First 2 | New-CopperPerson Ada -Company 10000001 } }
        @{ call = { Get-CopperPerson -First 2 | New-CopperOpportunity Deal -PrimaryContact 7 } }
        @{ call = { Get-CopperCompany -First 2 | New-CopperOpportunity Deal -Company 10000001 } }
    ) {
        $call | Should -Throw -ExpectedMessage "*is piped, and *there can be only one*"
        Get-Written | Should -BeNullOrEmpty
    }

    It 'goes with a script block that says otherwise' {
        $company = Get-CopperCompany -First 1
        $task = Get-CopperPerson 1 | New-CopperTask Call -RelatedTo { $company }
        $task.RelatedResource.Id | Should -Be $company.Id
    }

    It 'lets a text in the first place be what was done' {
        $made = Get-CopperPerson 1, 2 | New-CopperActivity 'Met at the fair'
        $made.Details | Should -Be 'Met at the fair', 'Met at the fair'
        $made.Parent.Id | Should -Be 1, 2
        (Get-Written).body | Should -Not -BeLike '*search*'
    }

    It 'leaves the first place to the record where nothing is piped' {
        (New-CopperActivity (Get-CopperPerson 3) 'Met at the fair').Parent.Id | Should -Be 3
        (Get-CopperPerson 3 | New-CopperActivity -Details 'Met').Parent.Id | Should -Be 3
    }

    It 'does not name what is new, and is named in the error: <call>' -ForEach @(
        @{ call = { Get-CopperOpportunity -First 2 | New-CopperTask } },
        @{ call = { Get-CopperOpportunity -First 2 | Select-Object Id, Name | New-CopperTask } }
    ) {
        $name = (Get-CopperOpportunity -First 1).Name
        $call | Should -Throw -ExpectedMessage "What is the new task called? Give its name, with -Name: the opportunity *$name*"
        Get-Written | Should -BeNullOrEmpty
    }
}

Describe 'A column that no row has' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    BeforeAll {
        $contacts = 1..3 | ForEach-Object { [pscustomobject]@{ 'First name' = 'Ada'; 'E-mail' = "a$_@rows.example"; Title = 'CEO' } }
        $spelled = 1..3 | ForEach-Object { [pscustomobject]@{ Name = 'Ada'; 'E-mail' = "a$_@rows.example" } }
        $other = 1..3 | ForEach-Object { [pscustomobject]@{ Nr = $_; Title = 'CEO' } }
    }

    It 'is said once and ends the pipeline: <call>' -ForEach @(
        @{ call = { $contacts | Sync-CopperPerson }; text = "*'E-mail' (is Email meant?)*Nothing was sent*Select-Object *" }
        @{ call = { $contacts | New-CopperPerson }; text = "*'First name' (is FirstName meant?)*" }
        @{ call = { $spelled | New-CopperPerson }; text = "*'E-mail' (is Email meant?)*" }
        @{ call = { $spelled | New-CopperLead -Bulk }; text = "*'E-mail' (is Email meant?)*" }
        @{
            call = { $contacts | Select-Object 'First name', 'E-mail' | New-CopperPerson }
            text = "*'E-mail' may mean Email*Select-Object *"
        }
        @{ call = { $other | Sync-CopperPerson }; text = '*no column Email*' }
        @{ call = { $other | Sync-CopperLead -MatchEmail }; text = '*no column Email*' }
        @{ call = { $other | Set-CopperPerson }; text = '*no column Id*' }
        @{ call = { $other | Set-CopperPerson -Bulk }; text = '*no column Id*' }
        @{ call = { $other | Remove-CopperPerson -Confirm:$false }; text = '*no column Id*' }
        @{ call = { $other | Get-CopperPerson }; text = '*no column Id*' }
        @{ call = { $other | New-CopperTask }; text = '*has none of the properties that a task is created from*' }
    ) {
        $call | Should -Throw -ExpectedMessage $text
        Get-Written | Should -BeNullOrEmpty
    }

    It 'comes with a line that names the columns as they are meant, when it is pasted before <command>' -ForEach @(
        @{ command = 'New-CopperPerson'; rows = @([pscustomobject]@{ 'First name' = 'Ada'; 'E-mail' = 'ada1@paste.example' }) }
        @{
            command = 'New-CopperPerson'
            rows    = @(
                [pscustomobject]@{ 'First name' = 'Ada'; 'E-mail' = 'ada2@paste.example'; 'Phone number' = '+49 30 1'; Title = 'CEO' }
            )
        }
        @{ command = 'Set-CopperPerson'; rows = @([pscustomobject]@{ Id = 1; 'First name' = 'Ada'; 'E-mail' = 'ada3@paste.example' }) }
        @{ command = 'Sync-CopperPerson'; rows = @([pscustomobject]@{ 'First name' = 'Ada'; 'E-mail' = 'ada4@paste.example' }) }
    ) {
        $problem = { $rows | & $command } | Should -Throw -PassThru
        $line = [regex]::Match("$problem", "Select-Object .* -ExcludeProperty ('[^']*'(, )?)+").Value
        $null = & ([scriptblock]::Create("`$args[0] | $line | $command -ErrorAction Stop")) $rows
        $sent = "$(Get-Written | ForEach-Object body)"
        $sent | Should -BeLike '*@paste.example*'
        $sent | Should -BeLike '*Ada*'
        if ($rows[0].Title) { $sent | Should -BeLike '*+49 30 1*' }
    }

    It 'is an error about each hashtable that lacks it, and the others are written' {
        $rows = @{ Id = 1; Title = 'A' }, @{ Title = 'B' }, @{ Id = 2; Title = 'C' }
        $rows | Set-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        (Get-Written).path | Should -Be '/people/1', '/people/2'
    }

    It 'is an error about one row when an earlier one had it' {
        $rows = [pscustomobject]@{ Id = 1; Title = 'A' }, [pscustomobject]@{ Title = 'B' }, [pscustomobject]@{ Id = 2; Title = 'C' }
        $rows | Set-CopperPerson -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        (Get-Written).path | Should -Be '/people/1', '/people/2'
    }
}

Describe 'A list where one value is wanted' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'is told in plain words, with the way to ask for several: <call>' -ForEach @(
        @{ call = { Get-CopperCompany -Name a, b } }, @{ call = { Get-CopperPerson -City a, b } }
        @{ call = { Get-CopperPerson -CreatedAfter 2020-01-01, 2021-01-01 } }, @{ call = { Set-CopperPerson 1 -Assignee 1, 2 } }
        @{ call = { New-CopperTask a, b } }, @{ call = { Get-CopperPerson -SortBy name, id } }
    ) {
        $call | Should -Throw -ExpectedMessage '*There can be one value here, and these are 2: *ForEach-Object*'
    }
}
