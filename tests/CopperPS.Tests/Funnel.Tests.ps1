# Show-CopperPipeline: what it adds up, and what it draws.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $culture = [cultureinfo]::CurrentCulture
    [cultureinfo]::CurrentCulture = 'en-US'
    $encoding = [Console]::OutputEncoding
    if ($PSEdition -eq 'Core') {
        $rendering = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
    }
    Connect-Copper -Sandbox

    # An opportunity of the sandbox's pipeline Sales, whose stages Qualified and Follow-up have 5 and 12 percent.
    function New-Deal([hashtable] $Property = @{}) {
        $deal = [Copper.Client.Models.CopperOpportunity] @{ Id = 1; PipelineId = 213214; PipelineStageId = 1032140; Status = 'Open' }
        foreach ($name in $Property.Keys) { $deal.$name = $Property[$name] }
        $deal
    }

    function Get-Drawn([int] $Width = 120) { @($input | Out-String -Width $Width) -split '\r?\n' | Where-Object { $_.Trim() } }
}

AfterAll {
    [cultureinfo]::CurrentCulture = $culture
    [Console]::OutputEncoding = $encoding
    if ($PSEdition -eq 'Core') { $PSStyle.OutputRendering = $rendering }
    Disconnect-Copper
}

Describe 'Sums' {
    It 'are those of the open opportunities, for every stage of every pipeline' {
        $rows = @(Show-CopperPipeline)
        $open = @(Get-CopperOpportunity -Status Open)
        $open.Count | Should -BeGreaterThan 20
        $stages = @(Get-CopperPipeline | ForEach-Object { $_.Stages })
        $rows.StageId | Should -Be $stages.Id
        foreach ($row in $rows) {
            $mine = @($open | Where-Object PipelineStageId -EQ $row.StageId)
            $stage = $stages | Where-Object Id -EQ $row.StageId
            $row.Count | Should -Be $mine.Count
            $row.Value | Should -Be ([decimal] ($mine | Measure-Object MonetaryValue -Sum).Sum)
            $weighted = [decimal] 0
            foreach ($deal in $mine) {
                $probability = if ($null -ne $deal.WinProbability) { $deal.WinProbability } else { $stage.WinProbability }
                $weighted += [decimal] $deal.MonetaryValue * $probability / 100
            }
            $row.WeightedValue | Should -Be ([math]::Round($weighted, 2))
            $row.Stage | Should -Be $stage.Name
            $row.WinProbability | Should -Be $stage.WinProbability
        }
        ($rows | Measure-Object Count -Sum).Sum | Should -Be $open.Count
    }

    It 'are those of one pipeline, by name, by id and as input' {
        $byName = @(Show-CopperPipeline renewals)
        $byName.Pipeline | Select-Object -Unique | Should -Be 'Renewals'
        $byName.Stage | Should -Be 'Due', 'Offer Sent', 'Confirmed'
        foreach ($other in @(Show-CopperPipeline 213215), @(Get-CopperPipeline Renewals | Show-CopperPipeline),
            @(Show-CopperPipeline (Get-CopperPipeline Renewals))) {
            $other.Value | Should -Be $byName.Value
            $other.Count | Should -Be $byName.Count
        }
    }

    It 'are those of one user' {
        $own = @(Get-CopperOpportunity -Status Open -Assignee 'Jonas Weber')
        $own | Should -Not -BeNullOrEmpty
        (Show-CopperPipeline -Assignee 'Jonas Weber' | Measure-Object Count -Sum).Sum | Should -Be $own.Count
        (Show-CopperPipeline -Assignee $null | Measure-Object Count -Sum).Sum |
            Should -Be @(Get-CopperOpportunity -Status Open -Assignee $null).Count
    }

    It 'are those of what comes down the pipeline, of its pipelines only' {
        $rows = @(
            New-Deal @{ MonetaryValue = 1000; MonetaryUnit = 'USD' }
            New-Deal @{ MonetaryValue = 500; MonetaryUnit = 'USD'; WinProbability = 50 }
        ) | Show-CopperPipeline
        $rows.Pipeline | Select-Object -Unique | Should -Be 'Sales'
        $rows[0].Count | Should -Be 2
        $rows[0].Value | Should -Be 1500
        $rows[0].WeightedValue | Should -Be 300
        ($rows[1..4] | Measure-Object Count -Sum).Sum | Should -Be 0
    }

    It 'count what is won in full and what is lost not at all' {
        $rows = @(
            New-Deal @{ MonetaryValue = 100; Status = 'Won'; WinProbability = 5 }
            New-Deal @{ MonetaryValue = 10; Status = 'Lost'; WinProbability = 90 }
            New-Deal @{ MonetaryValue = 1; Status = 'Abandoned' }
        ) | Show-CopperPipeline
        $rows[0].Value | Should -Be 111
        $rows[0].WeightedValue | Should -Be 100
    }

    It 'lose no opportunity without a pipeline, a stage or a value' {
        $rows = @(
            New-Deal @{ PipelineId = $null; PipelineStageId = $null }
            New-Deal @{ PipelineStageId = 999; MonetaryValue = 5; MonetaryUnit = 'EUR' }
            New-Deal @{ PipelineStageId = $null }
        ) | Show-CopperPipeline
        ($rows | Measure-Object Count -Sum).Sum | Should -Be 3
        ($rows | Where-Object StageId -EQ 999).Stage | Should -Be '(stage 999)'
        ($rows | Where-Object { $_.Pipeline -eq 'Sales' -and $null -eq $_.StageId }).Stage | Should -Be '(no stage)'
        $rows[-1].Pipeline | Should -Be '(no pipeline)'
    }

    It 'take what comes out of a file' {
        $file = Join-Path $TestDrive 'deals.clixml'
        $deals = @(Get-CopperOpportunity -First 60)
        $deals | Export-Clixml $file
        $live = @($deals | Show-CopperPipeline)
        $past = @(Import-Clixml $file | Show-CopperPipeline)
        $past.Count | Should -Be $live.Count
        $past.Value | Should -Be $live.Value
        $past.WeightedValue | Should -Be $live.WeightedValue
    }
}

Describe 'Sums by owner' {
    It 'are those of each user in each pipeline, and add up to those of the stages' {
        $owners = @(Show-CopperPipeline -GroupBy Assignee)
        $stages = @(Show-CopperPipeline)
        $open = @(Get-CopperOpportunity -Status Open)
        foreach ($pipeline in $stages.Pipeline | Select-Object -Unique) {
            $mine = @($owners | Where-Object Pipeline -EQ $pipeline)
            $all = @($stages | Where-Object Pipeline -EQ $pipeline)
            foreach ($sum in 'Count', 'Value', 'WeightedValue') {
                # Each row is rounded to cents.
                [math]::Abs(($mine | Measure-Object $sum -Sum).Sum - ($all | Measure-Object $sum -Sum).Sum) | Should -BeLessThan 0.5
            }
            $mine.Value | Should -Be ($mine.Value | Sort-Object -Descending)
            $mine[0].Share | Should -Be 1
        }
        foreach ($row in $owners) {
            $his = @($open | Where-Object { $_.Pipeline -eq $row.Pipeline -and $_.AssigneeId -eq $row.AssigneeId })
            $row.Count | Should -Be $his.Count
            $row.Value | Should -Be ([decimal] ($his | Measure-Object MonetaryValue -Sum).Sum)
            $row.Assignee | Should -Be $(if ($row.AssigneeId) { $his[0].Assignee } else { '(no owner)' })
        }
        @(Show-CopperPipeline Sales -GroupBy owner).Owner | Should -Be @($owners | Where-Object Pipeline -EQ Sales).Assignee
        (Show-CopperPipeline -Assignee 'Jonas Weber' -GroupBy Assignee).Assignee | Select-Object -Unique | Should -Be 'Jonas Weber'
    }

    It 'are those of what comes down the pipeline, with those that nobody owns and users that are gone' {
        $rows = @(
            New-Deal @{ MonetaryValue = 100; MonetaryUnit = 'USD'; AssigneeId = 1001 }
            New-Deal @{ MonetaryValue = 200; MonetaryUnit = 'USD'; AssigneeId = 1001; PipelineStageId = 1032141 }
            New-Deal @{ MonetaryValue = 900; MonetaryUnit = 'USD'; WinProbability = 50 }
            New-Deal @{ MonetaryValue = 10; MonetaryUnit = 'EUR'; AssigneeId = 99 }
        ) | Show-CopperPipeline -GroupBy Assignee
        "$($rows | ForEach-Object { "$($_.Assignee):$($_.Count):$($_.Value):$($_.WeightedValue):$($_.Currency)" })" |
            Should -Be '(no owner):1:900:450:USD (user 99):1:10:0.5:EUR Dana Demo:2:300:29:USD'
        $rows[0].AssigneeId | Should -BeNullOrEmpty
        ($rows | Get-Drawn)[0] | Should -BeLike '*Pipeline: Sales (4 open, 1,200 USD + 10 EUR, weighted 479 USD + 1 EUR)'
        ($rows | Get-Drawn)[3] | Should -Match '^\(no owner\) +1 +900 USD +450 USD '
    }

    It 'fit <Width> columns' -ForEach @{ Width = 80 }, @{ Width = 79 } {
        $lines = Show-CopperPipeline -GroupBy Assignee | Get-Drawn -Width $Width
        $lines | Where-Object { $_.Length -gt $Width } | Should -BeNullOrEmpty
        @($lines -match '^Assignee .*Bar').Count | Should -Be 3
    }

    It 'are by no other word: the error names those that there are, and Tab offers them' {
        { Show-CopperPipeline -GroupBy Month } | Should -Throw '*Month*Stage*Assignee*'
        (TabExpansion2 'Show-CopperPipeline -GroupBy ').CompletionMatches.CompletionText |
            Should -Be 'Assignee', 'Owner', 'Stage'
    }
}

Describe 'Currencies' {
    It 'are never added: each has a row, the most frequent first' {
        $rows = @(
            New-Deal @{ MonetaryValue = 100; MonetaryUnit = 'USD' }
            New-Deal @{ MonetaryValue = 10; MonetaryUnit = 'EUR' }
            New-Deal @{ MonetaryValue = 30; MonetaryUnit = 'EUR' }
            New-Deal
        ) | Show-CopperPipeline
        $rows.Count | Should -Be 6
        $rows[0].Currency, $rows[1].Currency | Should -Be 'EUR', 'USD'
        $rows[0].Value, $rows[1].Value | Should -Be 40, 100
        # What is worth nothing needs no currency.
        $rows[0].Count, $rows[1].Count | Should -Be 3, 1
        # A bar compares with its own currency only.
        $rows[0].Share, $rows[1].Share | Should -Be 1, 1
        ($rows | Get-Drawn)[0] | Should -BeLike '*Pipeline: Sales (4 open, 40 EUR + 100 USD, weighted 2 EUR + 5 USD)'
    }

    It 'are one where the service converted all of them to it' {
        $rows = @(
            New-Deal @{ MonetaryValue = 100; MonetaryUnit = 'USD'; ConvertedValue = 90; ConvertedUnit = 'EUR' }
            New-Deal @{ MonetaryValue = 10; MonetaryUnit = 'EUR'; ConvertedValue = 10; ConvertedUnit = 'EUR' }
        ) | Show-CopperPipeline
        $rows.Count | Should -Be 5
        $rows[0].Value, $rows[0].Currency | Should -Be 100, 'EUR'
    }

    It 'are not named where the service names none' {
        $rows = New-Deal @{ MonetaryValue = 100 } | Show-CopperPipeline
        $rows[0].Currency | Should -BeNullOrEmpty
        ($rows | Get-Drawn)[0] | Should -BeLike '*(1 open, 100, weighted 5)'
    }
}

Describe 'The funnel' {
    BeforeAll {
        $deals = @(
            New-Deal @{ MonetaryValue = 1000; MonetaryUnit = 'USD'; WinProbability = 25 }
            New-Deal @{ MonetaryValue = 500; MonetaryUnit = 'USD'; PipelineStageId = 1032141; WinProbability = 100 }
        )
        $funnel = $deals | Show-CopperPipeline
    }

    It 'has a heading with totals, a row for each stage, and bars in proportion' {
        [Console]::OutputEncoding = [Text.UTF8Encoding]::new($false)
        $lines = $funnel | Get-Drawn
        $lines[0] | Should -Be '   Pipeline: Sales (2 open, 1,500 USD, weighted 750 USD)'
        $full = [string] [char] 0x2588
        $faint = [string] [char] 0x2591
        $lines[3] | Should -Match "^Qualified +1 +1,000 USD +250 USD $($full * 5)$($faint * 15)$"
        $lines[4] | Should -Match "^Follow-up +1 +500 USD +500 USD $($full * 10)\s*$"
        $lines[5].TrimEnd() | Should -Match '^Presentation +0 +0 USD +0 USD$'
    }

    It 'fits <Width> columns' -ForEach @{ Width = 120 }, @{ Width = 80 }, @{ Width = 79 } {
        $lines = Show-CopperPipeline | Get-Drawn -Width $Width
        $lines | Where-Object { $_.Length -gt $Width } | Should -BeNullOrEmpty
        @($lines -match 'Bar').Count | Should -Be 3
    }

    It 'needs no more than ASCII where the console has no more' {
        [Console]::OutputEncoding = [Text.Encoding]::ASCII
        try { $lines = $funnel | Get-Drawn }
        finally { [Console]::OutputEncoding = $encoding }
        $lines[3] | Should -Match ' #{5}-{15}$'
        "$lines" | Should -Not -Match '[^ -~]'
    }

    It 'is in the numbers of the culture' {
        [cultureinfo]::CurrentCulture = 'de-DE'
        try { ($funnel | Get-Drawn)[0] | Should -BeLike '*1.500 USD, weighted 750 USD*' }
        finally { [cultureinfo]::CurrentCulture = 'en-US' }
    }

    It 'goes into a CSV file as numbers, in a list as amounts' {
        $row = @($funnel | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv)[0]
        $row.Value, $row.Currency, $row.Stage, $row.Share | Should -Be '1000', 'USD', 'Qualified', '1'
        $list = $funnel[0] | Format-List | Out-String
        $list | Should -Match 'Pipeline +: Sales \(213214\)'
        $list | Should -Match 'Value +: 1,000\.00 USD'
    }

    It 'has bars by count where nothing has a value' {
        $rows = @(New-Deal; New-Deal; New-Deal @{ PipelineStageId = 1032141 }) | Show-CopperPipeline
        $rows[0].Share, $rows[1].Share, $rows[2].Share | Should -Be 1, 0.5, 0
    }
}

Describe 'Requests' {
    BeforeAll {
        $sandbox = Start-SandboxHost -People 450
        Connect-SandboxHost $sandbox
    }

    AfterAll {
        Stop-SandboxHost $sandbox
        Connect-Copper -Sandbox
    }

    It 'ask for open opportunities of the pipeline, page by page, and for the pipelines once' {
        Clear-SandboxJournal $sandbox
        $null = Show-CopperPipeline Sales
        $null = Show-CopperPipeline Renewals
        $journal = @(Get-SandboxJournal $sandbox)
        $searches = @($journal | Where-Object path -Like '*/opportunities/search')
        ($searches[0].body | ConvertFrom-Json).status_ids | Should -Be 0
        ($searches[0].body | ConvertFrom-Json).pipeline_ids | Should -Be 213214
        @($journal | Where-Object path -Like '*/pipelines').Count | Should -Be 1
    }

    It 'are none when nothing comes down the pipeline' {
        Clear-SandboxJournal $sandbox
        @() | Show-CopperPipeline | Should -BeNullOrEmpty
        Get-SandboxJournal $sandbox | Should -BeNullOrEmpty
    }

    It 'that fail show one error and no sums' {
        Set-SandboxFault $sandbox @{ kind = 'status'; status = 500; match = @{ path = 'opportunities/search' } }
        Connect-SandboxHost $sandbox @{ MaxRetry = 0 }
        Show-CopperPipeline -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Set-SandboxFault $sandbox
        @($problems).Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperServerError,*'
    }
}

Describe 'Wrong input' {
    It 'is one error for each item, and the others count' {
        $rows = @(New-Deal @{ MonetaryValue = 5 }; Get-CopperPerson 1; 'text'; New-Deal @{ MonetaryValue = 5 }) |
            Show-CopperPipeline -ErrorVariable problems -ErrorAction SilentlyContinue
        $rows[0].Count | Should -Be 2
        @($problems).Count | Should -Be 2
        $problems | ForEach-Object { $_.FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*' }
        "$($problems[0])" | Should -BeLike "*'Charlie Cox' (id 1) is a person, not an opportunity or a pipeline.*"
    }

    It 'is an error that lists the pipelines, for a name that there is not' {
        { Show-CopperPipeline Nope -ErrorAction Stop } |
            Should -Throw -ErrorId 'CopperUnknownName,*' -ExpectedMessage '*Sales, Renewals, Partnerships*'
    }

    It 'is rejected, for a record of another kind' {
        { Show-CopperPipeline (Get-CopperPerson 1) } | Should -Throw -ErrorId 'CopperEntityMismatch,*'
    }
}
