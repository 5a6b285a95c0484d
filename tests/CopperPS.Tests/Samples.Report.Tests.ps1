# The sample CopperWeeklyReport.ps1, as a scheduler runs it.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $searchPath = $env:PSModulePath
    $folder = Get-ModulePath
    if ((Split-Path $folder -Leaf) -ne 'CopperPS') { $folder = Split-Path $folder }
    $env:PSModulePath = (Split-Path $folder) + [IO.Path]::PathSeparator + $env:PSModulePath
    $sandbox = Start-SandboxHost -People 60
    $before = $env:COPPER_USER_EMAIL, $env:COPPER_API_KEY, $env:COPPER_BASE_URL
    $sample = Get-RepositoryPath samples CopperWeeklyReport.ps1
    $PSDefaultParameterValues = @{ 'Connect-Copper:RateLimit' = '100000/1s'; 'Connect-Copper:MaxRetry' = 0 }
    $culture = [cultureinfo]::CurrentCulture
    [cultureinfo]::CurrentCulture = 'en-US'

    # The page as XML: what is not well-formed is an error. Only the doctype and the tags without an end are not XML.
    function Read-Page([string] $Path) {
        $text = [IO.File]::ReadAllText($Path)
        $text.Trim() | Should -BeLike '<!doctype html>*</html>'
        [xml] (($text -replace '<!doctype html>') -replace '<meta ([^>]*[^/])>', '<meta $1/>')
    }

    # Listens for one mail, as a mail server does, and returns what it was sent. The server runs in a thread of its own.
    function Receive-Mail([scriptblock] $Send) {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $server = [powershell]::Create().AddScript({
                param($Listener)
                $connection = $Listener.AcceptTcpClient()
                $stream = $connection.GetStream()
                $reader = [IO.StreamReader]::new($stream)
                $writer = [IO.StreamWriter]::new($stream)
                $writer.NewLine, $writer.AutoFlush = "`r`n", $true
                $writer.WriteLine('220 test')
                $data = $false
                while ($null -ne ($line = $reader.ReadLine())) {
                    $line
                    if ($data) { if ($line -eq '.') { $data = $false; $writer.WriteLine('250 ok') } }
                    elseif ($line -eq 'DATA') { $data = $true; $writer.WriteLine('354 go on') }
                    elseif ($line -eq 'QUIT') { $writer.WriteLine('221 bye'); break }
                    else { $writer.WriteLine('250 ok') }
                }
                $connection.Dispose()
            }).AddArgument($listener)
        try {
            $mail = $server.BeginInvoke()
            & $Send "127.0.0.1:$($listener.LocalEndpoint.Port)"
            $null = $mail.AsyncWaitHandle.WaitOne(60000)
            # Where no mail came, the end of the listener ends the wait for it.
            $listener.Stop()
            $server.EndInvoke($mail) -join "`n"
        }
        finally {
            $listener.Stop()
            $server.Dispose()
        }
    }
}

AfterAll {
    [cultureinfo]::CurrentCulture = $culture
    $env:COPPER_USER_EMAIL, $env:COPPER_API_KEY, $env:COPPER_BASE_URL = $before
    $env:PSModulePath = $searchPath
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'CopperWeeklyReport.ps1' {
    BeforeEach {
        Reset-SandboxHost $sandbox
        $env:COPPER_USER_EMAIL, $env:COPPER_API_KEY, $env:COPPER_BASE_URL = 'demo@copper.example', 'sandbox-key', "$($sandbox.BaseUri)"
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).html"
        Connect-SandboxHost $sandbox
    }

    It 'writes one page with the figures of the period' {
        $yesterday = (Get-Date).Date.AddDays(-1)
        $person = Get-CopperPerson -First 1
        $won = New-CopperOpportunity 'Big one' -PrimaryContact $person -Pipeline Sales -MonetaryValue 1234567
        Set-CopperOpportunity $won -Status Won -CloseDate $yesterday
        $lost = New-CopperOpportunity 'Small one' -PrimaryContact $person -Pipeline Sales -MonetaryValue 7654
        Set-CopperOpportunity $lost -Status Lost -LossReason Price -CloseDate $yesterday
        $null = New-CopperActivity -RelatedTo $person -Details 'Call' -ActivityType 'Phone Call' -ActivityDate $yesterday.AddHours(9)
        $output = & $sample -Path $file
        $LASTEXITCODE | Should -Be 0 -Because "$output"
        "$output" | Should -BeLike '*lost 7,654 USD*'
        $page = Read-Page $file
        $page.SelectNodes('//script | //link | //@src | //@href').Count | Should -Be 0
        $page.SelectNodes('//section/h2').InnerText | Should -Contain 'Pipeline Sales'
        $page.SelectNodes("//section[h2='Won']//td").InnerText | Should -Contain 'Big one'
        $page.SelectNodes("//section[h2='Lost']//td").InnerText | Should -Contain 'Price'
        $page.SelectNodes("//section[h2='Activity by user']//*[local-name()='title']").InnerText | Should -Contain 'Phone Call: 1'
        # The funnel shows what Show-CopperPipeline says.
        Connect-SandboxHost $sandbox
        $stage = Show-CopperPipeline Sales | Select-Object -First 1
        $page.SelectNodes("//section[h2='Pipeline Sales']//*[local-name()='text']").InnerText |
            Should -Contain "$($stage.Value.ToString('N0')) $($stage.Currency), $($stage.Count) deals"
        Get-ChildItem $TestDrive -Filter *.part | Should -BeNullOrEmpty
    }

    It 'shows a text of the account as text, in every culture' {
        $name = "<script>alert('x')</script> & S$([char] 0xF6)hne"
        [cultureinfo]::CurrentCulture = 'de-DE'
        try {
            $deal = New-CopperOpportunity $name -PrimaryContact (Get-CopperPerson -First 1) -MonetaryValue 5
            Set-CopperOpportunity $deal -Status Won -CloseDate (Get-Date).Date.AddDays(-1)
            $null = & $sample -Path $file
        }
        finally { [cultureinfo]::CurrentCulture = 'en-US' }
        $page = Read-Page $file
        $page.SelectNodes("//section[h2='Won']//td").InnerText | Should -Contain $name
        $page.SelectNodes("//*[local-name()='rect']/@width").Value | Should -Not -BeLike '*,*'
    }

    It 'says so where nothing happened, and knows one pipeline from another' {
        $output = & $sample -Path $file -Pipeline Renewals -Days 1 -StaleDays 3650
        $LASTEXITCODE | Should -Be 0 -Because "$output"
        $page = Read-Page $file
        $page.SelectNodes('//section/h2').InnerText | Where-Object { $_ -like 'Pipeline*' } | Should -Be 'Pipeline Renewals'
        $page.SelectSingleNode("//section[h2='Lost']").InnerText | Should -Be 'LostNone.'
    }

    It 'runs from the sandbox, twice, and replaces the page' {
        & $sample -Path $file -Sandbox -Days 90 | Should -BeLike 'Copper Demo: 90 days*'
        $first = [IO.File]::ReadAllText($file)
        $null = & $sample -Path $file -Sandbox -Days 30
        $LASTEXITCODE | Should -Be 0
        [IO.File]::ReadAllText($file) | Should -Not -Be $first
    }

    It 'mails the page with the figures as text' {
        $mail = Receive-Mail {
            param($Server)
            $script:output = & $sample -Path $file -MailTo 'a@example.com,b@example.com' -MailFrom copper@example.com -SmtpServer $Server
        }
        $LASTEXITCODE | Should -Be 0 -Because "$output"
        $mail | Should -Match 'RCPT TO:<a@example.com>'
        $mail | Should -Match 'RCPT TO:<b@example.com>'
        $mail | Should -Match 'text/html'
        $mail | Should -Not -Match 'sandbox-key'
        "$output" | Should -BeLike '*Mailed to a@example.com, b@example.com'
    }

    It 'ends with 1, says why, and leaves the last page when <Why>' -ForEach @(
        @{ Why = 'the key is rejected'; Key = 'wrong-5ecret'; Words = 'FAILED: *CopperAuthenticationFailed*' }
        @{ Why = 'there is no key'; Key = ''; Words = 'FAILED: *COPPER_API_KEY*' }
        @{ Why = 'there is no network'; Uri = 'http://127.0.0.1:9/developer_api/v1'; Words = 'FAILED: *CopperConnectionFailed*' }
        @{ Why = 'the pipeline is unknown'; More = @{ Pipeline = 'Nowhere' }; Words = "FAILED: *'Nowhere'*" }
        @{ Why = 'the mail has no server'; More = @{ MailTo = 'a@example.com' }; Words = 'FAILED: -MailTo needs*' }
        @{ Why = 'the mail server is down'; Words = 'FAILED: *'; Mails = $true; More = @{
                MailTo = 'a@example.com'; MailFrom = 'c@example.com'; SmtpServer = '127.0.0.1:9'
            }
        }
    ) {
        Set-Content $file 'last week'
        if ($null -ne $Key) { $env:COPPER_API_KEY = $Key }
        if ($Uri) { $env:COPPER_BASE_URL = $Uri }
        $more = if ($More) { $More } else { @{} }
        $output = & $sample -Path $file @more
        $LASTEXITCODE | Should -Be 1
        $output | Select-Object -Last 1 | Should -BeLike $Words
        "$output" | Should -Not -Match '5ecret'
        # What was written before the mail failed stays: it can be mailed by hand.
        if (-not $Mails) { (Get-Content $file) | Should -Be 'last week' }
    }

    It 'sends nothing when the folder cannot be written to' {
        Clear-SandboxJournal $sandbox
        $output = & $sample -Path ([IO.Path]::Combine($TestDrive, 'none', 'week.html'))
        $LASTEXITCODE | Should -Be 1
        "$output" | Should -BeLike 'FAILED: *none*'
        @(Get-SandboxJournal $sandbox) | Should -BeNullOrEmpty
    }
}
