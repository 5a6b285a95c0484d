BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'CopperPS.TestKit.psm1')
    Import-CopperPS
    $sandbox = Start-SandboxHost -People 20
    Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
    $person = Get-CopperPerson -First 1
    $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'files')).FullName
    $first = Join-Path $folder 'first.txt'
    $second = Join-Path $folder 'second [1].txt'
    [IO.File]::WriteAllText($first, 'hello')
    [IO.File]::WriteAllText($second, 'good morning')
}

AfterAll {
    Disconnect-Copper
    Stop-SandboxHost $sandbox
}

Describe 'Files' {
    BeforeEach { Reset-SandboxHost $sandbox }

    Context 'Add-CopperFile' {
        It 'asks for a place, puts the file there, and attaches it' {
            $person | Add-CopperFile -Path $first | Should -BeNullOrEmpty
            $sent = @(Get-SandboxJournal $sandbox)
            $sent | ForEach-Object { "$($_.method) $($_.path) $($_.status)" } | Should -Be @(
                "GET /people/$($person.Id)/files/s3_signed_url 200"
                'POST /_storage 201'
                "POST /people/$($person.Id)/files 200"
            )
            ($sent[2].body | ConvertFrom-Json).file_name | Should -Be 'first.txt'
        }

        It 'uploads nothing when the permission is <what>' -TestCases @(
            @{
                what = 'refused'; body = '{"success":false,"status":422,"message":"Nope"}'; id = 'CopperInvalidData'
                words = '*It said: Nope.*'
            }
            @{ what = 'none'; body = '{"key":"uploads/1"}'; id = 'CopperUnreadableAnswer'; words = '*has no signature*' }
        ) {
            Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s'; MaxRetry = 0 }
            Set-SandboxFault $sandbox @{ kind = 'status'; status = 200; body = $body; match = @{ path = 's3_signed_url' } }
            Add-CopperFile $first $person.Id -RelatedType Person -PassThru -ErrorAction SilentlyContinue -ErrorVariable failure |
                Should -BeNullOrEmpty
            Connect-SandboxHost $sandbox @{ RateLimit = '100000/1s' }
            $failure | Should -HaveCount 1
            $failure[0].FullyQualifiedErrorId | Should -BeLike "$id,*"
            $failure[0].Exception.Message | Should -BeLike $words
            @(Get-SandboxJournal $sandbox | Where-Object { $_.method -eq 'POST' -and $_.path -ne '/users/search' }) | Should -BeNullOrEmpty
        }

        It 'sends no credential to the storage, nor anything else that tells who is calling' {
            $person | Add-CopperFile -Path $first
            $upload = Get-SandboxJournal $sandbox | Where-Object path -EQ '/_storage'
            $headers = $upload.rawHeaders.PSObject.Properties.Name
            $headers | Where-Object { $_ -match '^(X-PW-|Authorization|Cookie)' } | Should -BeNullOrEmpty
            $upload.rawHeaders | ConvertTo-Json | Should -Not -Match ([regex]::Escape($sandbox.UserEmail))
            $upload.authenticated | Should -BeFalse
        }

        It 'puts out the file with -PassThru, under another name if wanted' {
            $name = "Vertrag M$([char] 0xFC)ller `"neu`".txt"
            $file = Add-CopperFile $first $person.Id -RelatedType Person -Name $name -PassThru
            $file.Name | Should -Be $name
            $file.Length | Should -Be 5
            $file.RelatedType, $file.RelatedId | Should -Be 'person', $person.Id
            $file.DateCreated | Should -BeOfType ([DateTimeOffset])
        }

        It 'takes files from the pipeline, wildcards, and names that look like wildcards' {
            Get-ChildItem $folder | Add-CopperFile -RelatedTo $person
            $person | Add-CopperFile -Path (Join-Path $folder '*.txt')
            $person | Add-CopperFile -LiteralPath $second
            ($person | Get-CopperFile).Name | Should -Be 'first.txt', 'second [1].txt', 'first.txt', 'second [1].txt', 'second [1].txt'
        }

        It 'sends a large file in pieces and tells how far it is' {
            $large = Join-Path $TestDrive 'large.bin'
            $stream = [IO.File]::Create($large)
            $stream.SetLength(20MB)
            $stream.Dispose()
            $shell = [powershell]::Create()
            $null = $shell.AddScript({
                    param($module, $session, $id, $path)
                    Import-Module $module
                    Add-CopperFile $path $id -RelatedType Person -PassThru -Session $session
                }).AddArgument((Get-ModulePath)).AddArgument((Get-CopperSession)).AddArgument($person.Id).AddArgument($large)
            $file = $shell.Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
            $file.Length | Should -Be 20MB
            $progress = $shell.Streams.Progress | Where-Object StatusDescription -Match 'large\.bin|Done'
            $progress.Count | Should -BeGreaterThan 1
            $progress[-1].RecordType | Should -Be 'Completed'
            $shell.Dispose()
        }

        It 'attaches an empty file' {
            $empty = (New-Item (Join-Path $TestDrive 'empty.txt')).FullName
            ($person | Add-CopperFile $empty -PassThru).Length | Should -Be 0
        }

        It 'takes a name with brackets for that very file when it is there, and for a pattern when it is not' {
            $other = Join-Path $folder 'second 1.txt'
            [IO.File]::WriteAllText($other, 'another')
            try {
                $person | Add-CopperFile -Path $second
                $person | Add-CopperFile -Path (Join-Path $folder 'f[i]rst.txt')
                $person | Add-CopperFile -Path (Join-Path $folder 'f[a-z]rst.*')
                ($person | Get-CopperFile).Name | Should -Be 'second [1].txt', 'first.txt', 'first.txt'
            }
            finally { Remove-Item $other }
        }

        It 'is not silent about a pattern that matches nothing, and names -LiteralPath: <pattern>' -TestCases @(
            @{ pattern = 'Offer [1] of [2].txt' }
            @{ pattern = '*.pdf' }
            @{ pattern = 'none?.txt' }
        ) {
            $person | Add-CopperFile -Path (Join-Path $folder $pattern), $first -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperFileNotReadable,*'
            $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
            "$($problems[0])" | Should -BeLike '*-LiteralPath*'
            ($person | Get-CopperFile).Name | Should -Be 'first.txt'
        }

        It 'reports <what> and goes on' -TestCases @(
            @{ what = 'a file that there is not'; path = { Join-Path $folder 'none.txt' } }
            @{ what = 'a literal name that there is not'; path = { Join-Path $folder 'none [1].txt' } }
            @{ what = 'a folder'; path = { $folder } }
            @{ what = 'what is no file'; path = { 'Env:\PATH' } }
        ) {
            $person | Add-CopperFile -Path (& $path), $first -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperFileNotReadable,*'
            ($person | Get-CopperFile).Name | Should -Be 'first.txt'
        }

        It 'rejects <what> before anything is sent' -TestCases @(
            @{ what = 'a task, which has no files'; call = { Add-CopperFile $first ([Copper.Client.Models.CopperTask]@{ Id = 1 }) } }
            @{ what = 'a bare id'; call = { Add-CopperFile $first 1 } }
            @{ what = 'one name for two files'; call = { Add-CopperFile -LiteralPath $first, $second -RelatedTo $person -Name x } }
        ) {
            { $ErrorActionPreference = 'Stop'; & $call } | Should -Throw
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }

        It 'reports a record that there is not' {
            Add-CopperFile $first 999999 -RelatedType Person -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].TargetObject | Should -Be 999999
            Get-SandboxRequest $sandbox | Should -HaveCount 1
        }

        It 'tries again when the storage is busy, and gives up when it says no' {
            Set-SandboxFault $sandbox @{ kind = 'status'; status = 503; match = @{ path = '_storage' } }
            ($person | Add-CopperFile $first -PassThru).Length | Should -Be 5
            Set-SandboxFault $sandbox @{
                kind = 'status'; status = 403; body = '<Error><Code>AccessDenied</Code><Message>Policy expired</Message></Error>'
                match = @{ path = '_storage' }
            }
            Clear-SandboxJournal $sandbox
            $person | Add-CopperFile $first -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperUploadFailed,*'
            "$($problems[0])" | Should -Match 'AccessDenied: Policy expired'
            @(Get-SandboxRequest $sandbox) | Should -HaveCount 2
        }

        It 'sends nothing with -WhatIf' {
            $person | Add-CopperFile $first -WhatIf
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }
    }

    Context 'Get- and Remove-CopperFile' {
        BeforeEach {
            $person | Add-CopperFile -LiteralPath $first, $second
            Clear-SandboxJournal $sandbox
        }

        It 'lists the files of a record, or some by their ids' {
            $files = $person | Get-CopperFile
            $files.Name | Should -Be 'first.txt', 'second [1].txt'
            (Get-CopperFile $person $files[1].Id).Length | Should -Be 12
            Get-SandboxRequest $sandbox | Should -Be "GET /people/$($person.Id)/files", "GET /people/$($person.Id)/files/$($files[1].Id)"
        }

        It 'is silent about a record without files, and reports a file that there is not' {
            Get-CopperPerson -First 1 -Skip 1 | Get-CopperFile -ErrorVariable problems | Should -BeNullOrEmpty
            $problems | Should -BeNullOrEmpty
            Get-CopperFile $person 1 -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].TargetObject | Should -Be 1
        }

        It 'removes files, which know their record' {
            $removed = $person | Get-CopperFile | Select-Object -First 1 | Remove-CopperFile -Confirm:$false -PassThru
            $removed.EntityType | Should -Be 'file'
            $left = $person | Get-CopperFile
            $left.Name | Should -Be 'second [1].txt'
            Remove-CopperFile $left.Id -RelatedTo $person -Confirm:$false | Should -BeNullOrEmpty
            $person | Get-CopperFile | Should -BeNullOrEmpty
        }

        It 'needs the record for a bare id, and sends nothing with -WhatIf' {
            Remove-CopperFile 7001 -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems | Should -HaveCount 1
            Remove-CopperFile 7001 -RelatedTo $person -WhatIf
            $person | Remove-CopperFile -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'CopperEntityMismatch,*'
            Get-SandboxRequest $sandbox | Should -BeNullOrEmpty
        }
    }
}
