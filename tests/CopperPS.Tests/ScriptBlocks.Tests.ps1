# A script block is run for each record that is piped, or refused: its code is never a value.

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

Describe 'A script block' {
    BeforeEach { Clear-SandboxJournal $sandbox }

    It 'names the opportunity of each lead that is converted' {
        $leads = Get-CopperLead -First 2
        $made = $leads | Convert-CopperLead -OpportunityName { "Deal $($_.Name)" } -Stage { 'Qualified' } -Pipeline Sales -Confirm:$false
        $made.Opportunity.Name | Should -Be ($leads | ForEach-Object { "Deal $($_.Name)" })
        $made.Opportunity.Stage | Sort-Object -Unique | Should -Be 'Qualified'
    }

    It 'is an error about one lead when what it returns is wrong' {
        $leads = Get-CopperLead -First 2
        $type = { if ($_.Id -eq $leads[0].Id) { 'Nonsense' } else { 'Partner' } }
        $made = $leads | Convert-CopperLead -ContactType $type -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $made.LeadId | Should -Be $leads[1].Id
        $problems | Should -HaveCount 1
        "$problems" | Should -BeLike "*'Nonsense'*The lead $($leads[0].Id) was not converted.*"
    }

    It 'gives the tags to add and to remove: <noun>' -ForEach @(
        'Person', 'Company', 'Lead', 'Opportunity', 'Project', 'Task' | ForEach-Object { @{ noun = $_ } }
    ) {
        $records = & "Get-Copper$noun" -First 2
        $changed = $records | & "Set-Copper$noun" -AddTag { "T$($_.Id)" } -PassThru
        foreach ($place in 0, 1) { $changed[$place].Tags | Should -Contain "T$($records[$place].Id)" }
        $changed = $records | & "Set-Copper$noun" -RemoveTag { "T$($_.Id)" } -PassThru
        foreach ($place in 0, 1) { $changed[$place].Tags | Should -Not -Contain "T$($records[$place].Id)" }
    }

    It 'in the first place is run for each item, as behind the name: <noun>' -ForEach @(
        @{ noun = 'Task'; items = { Get-CopperPerson 1, 2 } }, @{ noun = 'Opportunity'; items = { Get-CopperPerson 1, 2 } }
        @{ noun = 'Project'; items = { Get-CopperCompany -First 2 } }, @{ noun = 'Person'; items = { Get-CopperCompany -First 2 } }
        @{ noun = 'Lead'; items = { 'A', 'B' | ForEach-Object { [pscustomobject]@{ Name = $_ } } } }
        @{ noun = 'Company'; items = { 'A', 'B' | ForEach-Object { [pscustomobject]@{ Name = $_ } } } }
        @{
            noun  = 'CustomActivityType'
            items = { 'A', 'B' | ForEach-Object { [pscustomobject]@{ Name = $_; IconType = 'Phone' } } }
        }
    ) {
        $given = @(& $items)
        $made = $given | & "New-Copper$noun" { "New $($_.Name)" }
        $made.Name | Should -Be ($given | ForEach-Object { "New $($_.Name)" })
        ($given | & "New-Copper$noun" { $_.Name }).Name | Should -Be $given.Name
    }

    It 'in the first place says what was done with each record' {
        $made = Get-CopperPerson 1, 2 | New-CopperActivity { "Met $($_.Name)" } -ActivityType Note
        $made.Details | Should -Be (Get-CopperPerson 1, 2 | ForEach-Object { "Met $($_.Name)" })
        $made.Parent.Id | Should -Be 1, 2
    }

    It 'in a place that is no place for one is an error that shows how to give it: <call>' -ForEach @(
        @{ call = { Get-CopperPerson 1 | New-CopperTask Call { $_.Name } }; text = '*takes none: { $_.Name }*-Name { ? }.*' }
        @{ call = { Get-CopperPerson 1 | New-CopperTask Call back }; text = "*No positional parameter of New-CopperTask takes 'back'*" }
        @{ call = { New-CopperTask { 'x' } }; text = "*'Name'*script block*no input*" }
    ) {
        $call | Should -Throw $text
        Get-Written | Should -BeNullOrEmpty
    }

    It 'in a hashtable gives the value of a field' {
        $changed = Get-CopperPerson 1, 2 | Set-CopperPerson -CustomField @{ Score = { $_.Id + 10 } } -Property @{
            details = { "Of $($_.Name)" }
        } -PassThru
        $changed | ForEach-Object { $_.CustomFields['Score'] } | Should -Be 11, 12
        $changed.Details | Should -Be ($changed | ForEach-Object { "Of $($_.Name)" })
    }

    It 'in a hashtable sees the columns of a row, and the variables of the caller' {
        $prefix = 'Row'
        $made = [pscustomobject]@{ Name = 'A'; Points = 7 } | New-CopperPerson -CustomField @{ Score = { $_.Points } } -Property @{
            details = { "$prefix $($_.Name)" }
        } -WarningAction SilentlyContinue
        $made.CustomFields['Score'] | Should -Be 7
        $made.Details | Should -Be 'Row A'
    }

    It 'in a hashtable that fails is an error about its record, and nothing is sent for it' {
        Get-CopperPerson 1, 2 | Set-CopperPerson -CustomField @{ Score = { if ($_.Id -eq 1) { throw 'no score' } else { 3 } } } `
            -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Where-Object FullyQualifiedErrorId -Like 'Copper*' |
            Should -BeLike "*'Score' of -CustomField failed*no score*person 1 *"
        (Get-Written).path | Should -Be '/people/2'
    }

    It 'needs something that is piped: <call>' -ForEach @(
        @{ call = { Set-CopperPerson 1 -CustomField @{ Score = { 1 } } -ErrorAction Stop } }
        @{ call = { Set-CopperPerson 1 -Property @{ details = { 1 } } -ErrorAction Stop } }
        @{ call = { New-CopperPerson Ada -Property @{ details = { 1 } } -ErrorAction Stop } }
    ) {
        $call | Should -Throw '*script block*nothing is piped*'
        Get-Written | Should -BeNullOrEmpty
    }

    It 'is refused where it is not run: <call>' -ForEach @(
        @{ call = { Get-CopperLead -First 1 | Convert-CopperLead -CompanyName { $_.Name } -Confirm:$false } }
        @{ call = { Get-CopperPerson -First 1 | Set-CopperPerson -AddTag 'a', { $_.Name } } }
        @{ call = { Get-CopperPerson -First 1 | Set-CopperPerson -Email @{ Email = { $_.Name } } } }
        @{ call = { Get-CopperPerson -First 1 | Set-CopperPerson -CustomField { @{ Score = 1 } } } }
        @{ call = { Get-CopperPerson -First 1 | Set-CopperPerson -Address @{ City = { $_.Name } } } }
        @{ call = { Get-CopperPerson -Filter @{ name = { 1 } } } }
        @{ call = { Invoke-CopperRequest -Path people -Method Post -Body @{ name = { 'A' } } -ErrorAction Stop } }
        @{ call = { Move-CopperAssignment -From { 1 } -To 2 } }
    ) {
        $call | Should -Throw '*script block*'
        Get-Written | Should -BeNullOrEmpty
    }
}

Describe 'Tags to add, in a row' {
    It 'are several, separated by semicolons' {
        $row = [pscustomobject]@{ Id = 3; AddTag = 'one; two' }
        ($row | Set-CopperPerson -PassThru).Tags | Should -Contain 'one'
        (Get-CopperPerson 3).Tags | Should -Contain 'two'
        [pscustomobject]@{ Id = 3; RemoveTag = 'two'; AddTag = '' } | Set-CopperPerson
        (Get-CopperPerson 3).Tags | Should -Not -Contain 'two'
        (Get-CopperPerson 3).Tags | Should -Contain 'one'
    }
}
