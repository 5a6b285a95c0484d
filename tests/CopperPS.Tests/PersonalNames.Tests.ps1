# The parts of a name, on people and leads alike: what is written, and what a row that shows both the name and its parts means.

BeforeDiscovery {
    $nouns = @(
        @{ Noun = 'Person'; Path = 'people'; Id = 1 }
        @{ Noun = 'Lead'; Path = 'leads'; Id = 20000001 }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    # So that the journal shows what a test sends, without the definitions of the custom fields before it.
    $null = Get-CopperCustomFieldDefinition
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'The parts of the name of a <Noun>' -ForEach $nouns {
    BeforeAll {
        $new = "New-Copper$Noun"
        $set = "Set-Copper$Noun"
        $get = "Get-Copper$Noun"
    }

    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    Context 'of a new one' {
        It 'are written with the full name, which is put together: <what>' -TestCases @(
            @{
                what       = 'all'
                parameters = @{ Prefix = 'Dr.'; FirstName = 'Ada'; MiddleName = 'King'; LastName = 'Lovelace'; Suffix = 'Jr.' }
                name       = 'Dr. Ada King Lovelace Jr.'
                wire       = '"prefix":"Dr.","first_name":"Ada","middle_name":"King","last_name":"Lovelace","suffix":"Jr.",' +
                '"name":"Dr. Ada King Lovelace Jr."'
            }
            @{
                what = 'first and last'; parameters = @{ FirstName = 'Ada'; LastName = 'Lovelace' }; name = 'Ada Lovelace'
                wire = '"first_name":"Ada","last_name":"Lovelace","name":"Ada Lovelace"'
            }
            @{ what = 'one name'; parameters = @{ FirstName = 'Cher' }; name = 'Cher'; wire = '"first_name":"Cher","name":"Cher"' }
            @{
                what = 'a last name of two words'; parameters = @{ FirstName = 'Jo'; LastName = 'van Berg' }; name = 'Jo van Berg'
                wire = '"name":"Jo van Berg"'
            }
            @{ what = 'a last name alone'; parameters = @{ LastName = 'Solo' }; name = 'Solo'; wire = '"last_name":"Solo","name":"Solo"' }
            @{
                what = 'prefix and last name'; parameters = @{ Prefix = 'Dr.'; LastName = 'Who' }; name = 'Dr. Who'
                wire = '"prefix":"Dr.","last_name":"Who","name":"Dr. Who"'
            }
            @{
                what = 'spaces around'; parameters = @{ FirstName = 'Ada '; LastName = 'van  der Berg' }; name = 'Ada van der Berg'
                wire = '"name":"Ada van der Berg"'
            }
        ) {
            (& $new @parameters).Name | Should -Be $name
            $sent = Get-SandboxRequest $sandbox
            $sent | Should -HaveCount 1
            $sent.StartsWith("POST /$Path ") | Should -BeTrue
            $sent.Contains($wire) | Should -BeTrue -Because $sent
        }

        It 'stay beside the name that is given' {
            $made = & $new 'Lady Lovelace' -FirstName Ada -LastName Lovelace
            $made.Name, $made.FirstName, $made.LastName | Should -Be 'Lady Lovelace', 'Ada', 'Lovelace'
            (& $new -Property @{ name = 'Raw' } -FirstName Ada).Name | Should -Be 'Raw'
        }

        It 'come from the rows of a file, also where some have a name and some have parts' {
            $rows = "Name,FirstName,LastName,Title`n,Ada,Lovelace,Countess`nGrace Hopper,,,Admiral`n,,,Nobody`n,Cher,," | ConvertFrom-Csv
            $made = $rows | & $new -ErrorVariable problems -ErrorAction SilentlyContinue
            $made.Name | Should -Be 'Ada Lovelace', 'Grace Hopper', 'Cher'
            $made[0].LastName | Should -Be 'Lovelace'
            $problems | Should -HaveCount 1
            $problems[0].TargetObject.Title | Should -Be 'Nobody'
            "$($problems[0])" | Should -BeLike '*-FirstName*-LastName*'
        }

        It 'come from rows with -Bulk too' {
            $made = "FirstName,LastName`nAda,Lovelace`nGrace,Hopper" | ConvertFrom-Csv | & $new -Bulk
            $made.Name | Should -Be 'Ada Lovelace', 'Grace Hopper'
            (Get-SandboxRequest $sandbox) -match '^POST ' | Should -HaveCount 1
        }

        It 'must hold a name: <what>' -TestCases @(
            @{ what = 'nothing'; parameters = @{} }
            @{ what = 'an empty name'; parameters = @{ Name = '' } }
            @{ what = 'a prefix alone'; parameters = @{ Prefix = 'Dr.' } }
            @{ what = 'blank parts'; parameters = @{ FirstName = ' '; LastName = '' } }
        ) {
            & $new @parameters -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperInvalidArgument,*'
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }

        It 'name the row in an error about another column' {
            [pscustomobject]@{ FirstName = 'Ada'; LastName = 'Lovelace'; Assignee = 'Nobody at all' } |
                & $new -ErrorVariable problems -ErrorAction SilentlyContinue
            "$($problems[0])" | Should -BeLike "*'Ada Lovelace' was not written.*"
        }

        It 'send nothing with -WhatIf' {
            & $new -FirstName Ada -WhatIf
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }
    }

    Context 'of one that is there' {
        BeforeEach {
            & $set $Id -Name 'Dr. Ada King Lovelace Jr.'
            Clear-SandboxJournal $sandbox
        }

        It 'are merged with the name that it has' {
            $changed = & $set $Id -LastName Byron -PassThru
            $changed.Name, $changed.FirstName, $changed.LastName | Should -Be 'Dr. Ada King Byron Jr.', 'Ada', 'Byron'
            Get-SandboxRequest $sandbox |
                Should -Be "GET /$Path/$Id", "PUT /$Path/$Id {`"last_name`":`"Byron`",`"name`":`"Dr. Ada King Byron Jr.`"}"
        }

        It 'are cleared with $null' {
            $changed = & $set $Id -Prefix $null -MiddleName $null -Suffix '' -PassThru
            $changed.Name, $changed.Prefix, $changed.MiddleName | Should -Be 'Ada Lovelace', $null, $null
        }

        It 'may be several words' {
            $changed = & $set $Id -LastName 'van Berg' -PassThru
            $changed.Name, $changed.FirstName, $changed.MiddleName, $changed.LastName |
                Should -Be 'Dr. Ada King van Berg Jr.', 'Ada', 'King', 'van Berg'
        }

        It 'leave the rest of the name when one of them is cleared: <part>' -TestCases @(
            @{ part = 'Prefix'; name = 'Ada King Lovelace Jr.' }
            @{ part = 'FirstName'; name = 'Dr. King Lovelace Jr.' }
            @{ part = 'MiddleName'; name = 'Dr. Ada Lovelace Jr.' }
            @{ part = 'LastName'; name = 'Dr. Ada King Jr.' }
            @{ part = 'Suffix'; name = 'Dr. Ada King Lovelace' }
        ) {
            $before = & $get $Id
            $splat = @{ $part = $null }
            $changed = & $set $Id @splat -PassThru
            $changed.Name | Should -Be $name
            foreach ($other in 'Prefix', 'FirstName', 'MiddleName', 'LastName', 'Suffix') {
                $changed.$other | Should -Be $(if ($other -ne $part) { $before.$other })
            }
        }

        It 'leave the rest of a name of two parts' {
            & $set $Id -Name 'Susan Allen'
            & $set $Id -Prefix Dr.
            $changed = & $set $Id -FirstName $null -PassThru
            $changed.Name, $changed.Prefix, $changed.LastName | Should -Be 'Dr. Allen', 'Dr.', 'Allen'
            (& $set $Id -Prefix $null -PassThru).Name | Should -Be 'Allen'
        }

        It 'leave what no part has of the name' {
            & $set $Id -Name 'Jo van Berg' -Prefix $null -FirstName $null -MiddleName $null -LastName 'van Berg' -Suffix $null
            (& $set $Id -Prefix Dr. -PassThru).Name | Should -Be 'Dr. Jo van Berg'
            (& $set $Id -LastName Byron -PassThru).Name | Should -Be 'Dr. Jo Byron'
        }

        It 'cannot all be cleared' {
            & $set $Id -Prefix $null -FirstName $null -MiddleName $null -LastName $null -Suffix $null -ErrorVariable problems `
                -ErrorAction SilentlyContinue
            $problems | Should -HaveCount 1
            (& $get $Id).Name | Should -Be 'Dr. Ada King Lovelace Jr.'
        }

        It 'are written as they are beside a name that is typed' {
            & $set $Id -Name 'Lady Lovelace' -FirstName Ada
            Get-SandboxRequest $sandbox | Should -Be "PUT /$Path/$Id {`"name`":`"Lady Lovelace`",`"first_name`":`"Ada`"}"
        }

        It 'are not read from a record that is piped' {
            & $get $Id | & $set -Title x
            (Get-SandboxRequest $sandbox)[-1] | Should -Be "PUT /$Path/$Id {`"title`":`"x`"}"
        }

        It 'do not undo the edited name of a row that shows both' {
            $row = [pscustomobject]@{
                Id = $Id; Name = 'Ada Byron'; Prefix = 'Dr.'; FirstName = 'Ada'; MiddleName = 'King'; LastName = 'Lovelace'; Suffix = 'Jr.'
            }
            ($row | & $set -PassThru).Name | Should -Be 'Ada Byron'
            (& $get $Id).LastName | Should -Be 'Byron'
        }

        It 'change the name of a row that shows both, when they were edited' {
            $row = [pscustomobject]@{
                Id = $Id; Name = 'Dr. Ada King Lovelace Jr.'; Prefix = 'Dr.'; FirstName = 'Ada'; MiddleName = 'King'; LastName = 'Byron'
                Suffix = 'Jr.'
            }
            ($row | & $set -PassThru).Name | Should -Be 'Dr. Ada King Byron Jr.'
            (& $get $Id).LastName | Should -Be 'Byron'
        }

        It 'need no reading in a row in which they agree with the name' {
            [pscustomobject]@{ Id = $Id; Name = 'Ada Byron'; FirstName = 'Ada'; LastName = 'Byron' } | & $set
            Get-SandboxRequest $sandbox |
                Should -Be "PUT /$Path/$Id {`"name`":`"Ada Byron`",`"first_name`":`"Ada`",`"last_name`":`"Byron`"}"
        }

        It 'are named by -WhatIf, each once' {
            $log = Join-Path $TestDrive 'log.txt'
            Start-Transcript $log | Out-Null
            & $set $Id -LastName Byron -WhatIf
            [pscustomobject]@{ Id = $Id; Name = 'X Y'; LastName = 'Y' } | & $set -WhatIf
            Stop-Transcript | Out-Null
            $text = Get-Content $log -Raw
            $text | Should -BeLike '*"Set LastName to ''Byron'', Name" on target*'
            $text | Should -BeLike '*"Set Name: ''*'' -> ''X Y'', LastName: ''*'' -> ''Y''" on target*'

            # The record is read, since what differs shows only beside it; nothing is written.
            @(Get-SandboxRequest $sandbox) -notmatch '^GET ' | Should -BeNullOrEmpty
        }
    }
}

Describe 'Sync-CopperLead' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        Clear-SandboxJournal $sandbox
    }

    It 'puts the name together of first and last name, and leaves it alone when there is but one' {
        $made = Sync-CopperLead -MatchEmail -Email ada@names.example -FirstName Ada -LastName Lovelace
        $made.Name | Should -Be 'Ada Lovelace'
        (Sync-CopperLead -MatchEmail -Email ada@names.example -LastName Byron).Name | Should -Be 'Ada Byron'
    }
}
