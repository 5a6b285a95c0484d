# What is sent and what comes back is the same in every culture and in every time zone, also where clocks change.

BeforeDiscovery {
    $cultures = @('de-DE', 'tr-TR', 'ar-SA', 'th-TH' | ForEach-Object { @{ Culture = $_ } })
    # Windows has one time zone for all processes.
    $hasZone = [Environment]::OSVersion.Platform -eq 'Unix' -and (Test-Path /usr/share/zoneinfo/Pacific/Apia)
    # Moments before and after the clocks change; and what a local time means that there is not, or that there is twice.
    $zones = @(
        @{ Zone = 'Europe/Berlin'; Moments = '2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'
            Local = @{
                '2026-03-29 01:59' = '2026-03-29T00:59:00Z'; '2026-03-29 02:30' = '2026-03-29T01:30:00Z'
                '2026-10-25 02:30' = '2026-10-25T01:30:00Z'; '2026-10-25 02:30 +02:00' = '2026-10-25T00:30:00Z'
            }
        }
        @{ Zone     = 'America/New_York'
            Moments = '2026-03-08T06:59:59Z', '2026-03-08T07:00:00Z', '2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'
            Local   = @{
                '2026-03-08 02:30' = '2026-03-08T07:30:00Z'; '2026-11-01 01:30' = '2026-11-01T06:30:00Z'
                '2026-11-01 03:00' = '2026-11-01T08:00:00Z'
            }
        }
        # Went over the date line: 2011-12-30 never was. Its last doubled hour was in 2021. (Local times of the days before that
        # leap are an hour off in .NET itself.)
        @{ Zone = 'Pacific/Apia'; Moments = '2011-12-30T09:59:59Z', '2011-12-30T10:00:00Z', '2021-04-03T13:30:00Z', '2021-04-03T14:30:00Z'
            Local = @{
                '2020-09-27 03:30' = '2020-09-26T14:30:00Z'; '2011-12-31 00:00' = '2011-12-30T10:00:00Z'
                '2021-04-04 03:30' = '2021-04-03T14:30:00Z'
            }
        }
        # Clocks change at midnight, so that a day has no beginning.
        @{ Zone = 'Africa/Cairo'; Moments = '2026-04-23T21:59:59Z', '2026-04-23T22:00:00Z', '2026-10-29T20:30:00Z', '2026-10-29T21:30:00Z'
            Local = @{
                '2026-04-23 23:59' = '2026-04-23T21:59:00Z'; '2026-04-24' = '2026-04-23T22:00:00Z'
                '2026-04-24 01:00' = '2026-04-23T22:00:00Z'
            }
        }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 450
    $account = @{ COPPER_USER_EMAIL = $sandbox.UserEmail; COPPER_API_KEY = $sandbox.ApiKey; COPPER_BASE_URL = "$($sandbox.BaseUri)" }
}

AfterAll {
    Stop-SandboxHost $sandbox
}

Describe 'Cultures' {
    BeforeAll {
        $child = Invoke-ChildPowerShell -Environment $account {
            Set-StrictMode -Version Latest
            $ErrorActionPreference = 'Stop'
            Connect-Copper -RateLimit 100000/1s
            foreach ($name in '', 'de-DE', 'tr-TR', 'ar-SA', 'th-TH') {
                $culture = [cultureinfo]::new($name)
                # Also on the threads on which requests run.
                [cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = $culture
                [cultureinfo]::DefaultThreadCurrentCulture = [cultureinfo]::DefaultThreadCurrentUICulture = $culture
                Clear-CopperCache
                $null = Get-CopperPerson -Name "culture $name" -First 1
                # I and i are different letters in Turkish, and the year is another one in Thailand and Saudi Arabia.
                $deal = New-CopperOpportunity 'First order' -PrimaryContact 1 -Pipeline SALES -Stage qualified -CloseDate 2027-03-31 `
                    -MonetaryValue 1234.5 -Priority HIGH -Assignee 'DANA DEMO'
                $deal = Set-CopperOpportunity $deal.Id -CustomField @{ DISCOUNT = 12.5 } -PassThru
                $deal = Set-CopperOpportunity $deal.Id -CustomField @{ 'renewal date' = '2027-04-01' } -Status WON -PassThru
                $fields = "$($deal.CustomFields['RENEWAL DATE']) $($deal.CustomFields['discount'])"
                "${name}|$($deal.CloseDate) $($deal.MonetaryValue) $fields $($deal.Status)"
                $person = Set-CopperPerson 1 -CustomField @{ INTERESTS = 'TRAINING' } -PassThru
                $person = Set-CopperPerson 1 -CustomField @{ birthday = [datetime]::new(1815, 12, 10) } -PassThru
                $fields = "$($person.CustomFields['interests']) $($person.CustomFields['BIRTHDAY'])"
                "${name}|$fields $($person.DateCreated.ToUnixTimeSeconds())"
                $null = Set-CopperTask 50000001 -DueDate 2027-03-31T08:00:00Z -Priority HIGH
                $null = Get-CopperLead -Status UNQUALIFIED -CreatedAfter 2026-01-31T00:00:00Z -MinimumValue 1000 -SortBy DATE_MODIFIED `
                    -First 1
                $null = Get-CopperPerson -City BOSTON -CustomField @{ SCORE = @{ Min = 1.5; Max = 99.5 } } -SortBy name -First 1
                $modified = [datetime]::SpecifyKind([datetime]::new(2027, 1, 31, 8, 0, 0), 'Utc')
                $null = Get-CopperOpportunity -ClosesAfter 2026-01-31 -ModifiedBefore $modified -Status OPEN, Won -Priority high -First 1
                $flat = Get-CopperPerson 1 | ConvertTo-CopperFlatRecord -Utc
                "${name}|" +
                (($flat.PSObject.Properties | Where-Object Name -NotMatch 'Modified' | ForEach-Object { "$($_.Value)" }) -join ';')
                "${name}|" + (Get-CopperOpportunity 30000001 | ConvertTo-Json -Depth 5 -Compress -WarningAction Ignore)
                # Seen by everybody in the culture's own way, and by no culture as an error.
                if (($deal | Out-String) -match '#ERR') { "${name}|a view fails" }
            }
        }
        # What was sent, by culture: each begins with a search for its name.
        $sent = @{}
        $current = $null
        foreach ($line in Get-SandboxRequest $sandbox) {
            if ($line -match '"culture ([\w-]*)') { $current = $Matches[1]; $sent[$current] = @() }
            elseif ($null -ne $current) { $sent[$current] += $line -replace '/opportunities/\d+', '/opportunities/n' }
        }
    }

    It 'are gone through without an error' {
        $child.ErrorOutput | Should -Be ''
        $child.ExitCode | Should -Be 0
        $sent.Keys.Count | Should -Be 5
        "$($sent[''])" | Should -Match '"close_date":"03/31/2027"'
        "$($sent[''])" | Should -Match '"monetary_value":1234\.5\b'
        "$($sent[''])" | Should -Match "\b$([DateTimeOffset]::new(2027, 3, 31, 8, 0, 0, 0).ToUnixTimeSeconds())\b"
        "$($sent[''])" | Should -Match "\b$([DateTimeOffset]::new(1815, 12, 10, 0, 0, 0, 0).ToUnixTimeSeconds())\b|12/10/1815"
    }

    It '<Culture> sends the same' -ForEach $cultures {
        $sent[$Culture].Count | Should -BeGreaterThan 8
        $sent[$Culture] | Should -Be $sent['']
    }

    It '<Culture> reads the same' -ForEach $cultures {
        $read = {
            param($Name) $child.Output | Where-Object { $_.StartsWith("$Name|") } | ForEach-Object { $_.Substring($Name.Length + 1) }
        }
        $mine = @(& $read $Culture)
        $mine.Count | Should -Be 4
        $mine | Should -Be @(& $read '')
    }
}

Describe 'Time zone <Zone>' -Skip:(-not $hasZone) -ForEach $zones {
    BeforeAll {
        $days = '2011-12-30', '2026-03-29', '2026-04-24', '2026-10-25'
        $null = Get-SandboxRequest $sandbox
        $child = Invoke-ChildPowerShell -Environment ($account + @{ TZ = $Zone }) -ArgumentList ($Moments -join ','),
        ($Local.Keys -join ','), ($days -join ',') {
            Set-StrictMode -Version Latest
            $ErrorActionPreference = 'Stop'
            Connect-Copper -RateLimit 100000/1s
            "zone $([TimeZoneInfo]::Local.Id)"
            foreach ($text in $args[0] -split ',') {
                $moment = [DateTimeOffset]::Parse($text, [cultureinfo]::InvariantCulture)
                # As a moment, as the local time that knows which of two it is, as UTC, and as text.
                foreach ($value in $moment, $moment.LocalDateTime, $moment.UtcDateTime, $text) {
                    $task = New-CopperTask 'At the edge' -DueDate $value
                    "$text $((Get-CopperTask $task.Id).DueDate.UtcDateTime.ToString('s'))Z"
                }
            }
            foreach ($text in $args[1] -split ',') { $null = Get-CopperPerson -CreatedAfter $text -First 1 }
            foreach ($text in $args[2] -split ',') {
                foreach ($value in $text, [datetime] $text, [datetime]::SpecifyKind([datetime] $text, 'Local')) {
                    $deal = New-CopperOpportunity 'A day' -PrimaryContact 1 -CloseDate $value -CustomField @{ 'Renewal Date' = $value }
                    $deal = Get-CopperOpportunity $deal.Id
                    '{0} {1:yyyy-MM-dd} {2:yyyy-MM-dd}' -f $text, $deal.CloseDate, $deal.CustomFields['Renewal Date']
                }
                $null = Get-CopperOpportunity -ClosesAfter $text -First 1
            }
        }
        $sent = @(Get-SandboxRequest $sandbox)
    }

    It 'is the one of the child, which ends well' {
        $child.ErrorOutput | Should -Be ''
        $child.ExitCode | Should -Be 0
        $child.Output[0] | Should -Be "zone $Zone"
    }

    It 'writes moments exactly, on both sides of the gap and in both of the doubled hours' {
        foreach ($moment in $Moments) {
            @($child.Output | Where-Object { $_.StartsWith("$moment ") }) | Should -Be (@("$moment $moment") * 4)
        }
    }

    It 'searches from the moment that a local time means' {
        $asked = @(
            $sent | Where-Object { $_ -match '/people/search' } |
                ForEach-Object {
                    [DateTimeOffset]::FromUnixTimeSeconds([regex]::Match($_,
                            '"minimum_created_date":(\d+)').Groups[1].Value).UtcDateTime.ToString('s') + 'Z'
                }
        )
        $asked | Should -Be @($Local.Values)
    }

    It 'keeps days as they are' {
        foreach ($day in $days) {
            @($child.Output | Where-Object { $_.StartsWith("$day ") }) | Should -Be (@("$day $day $day") * 3)
            $american = '{0}/{1}/{2}' -f $day.Substring(5, 2), $day.Substring(8, 2), $day.Substring(0, 4)
            @($sent | Where-Object { $_ -match "`"close_date`":`"$american`"" }).Count | Should -Be 3
        }
        # The bounds of a search are days, too.
        $bounds = @(
            $sent | Where-Object { $_ -match '/opportunities/search' } |
                ForEach-Object { [regex]::Match($_, '"minimum_close_date":([^,}]+)').Groups[1].Value }
        )
        $bounds | Should -HaveCount 4
        $bounds | Should -Be @($days | ForEach-Object { [DateTimeOffset]::Parse("${_}T00:00:00Z").ToUnixTimeSeconds() })
    }
}
