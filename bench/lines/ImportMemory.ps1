# What a row of an import costs in memory: the keys stay there, and rows, records and steps wait in a temporary file.
function Measure-ImportMemory([int] $Rows = 20000) {
    $few = [int] ($Rows / 10)
    $sandbox = Start-BenchHost -People ([int] ($Rows * 1.25))
    try {
        $heap = foreach ($count in $few, $Rows) {
            $shell = Get-PowerShellCommand
            $child = [IO.Path]::Combine($PSScriptRoot, '..', 'ImportPeople.ps1')
            $account = '-BaseUri', $sandbox.BaseUri, '-UserEmail', $sandbox.UserEmail, '-ApiKey', $sandbox.ApiKey
            $bytes = & $shell.FilePath @($shell.ArgumentList) -File $child -Rows $count @account
            if ($LASTEXITCODE -ne 0) { throw "ImportPeople.ps1 failed: $bytes" }
            ($bytes[0..2] | Measure-Object -Maximum).Maximum
        }
    }
    finally { Stop-SandboxHost $sandbox }
    $each = ($heap[1] - $heap[0]) / ($Rows - $few)
    New-Line -Name "Heap of an import of $Rows rows" -Ours ('{0:N1} MB' -f ($heap[1] / 1MB)) -Rival "itself for $few" `
        -Theirs ('{0:N1} MB' -f ($heap[0] / 1MB)) -Ratio ('{0:N0} bytes a row' -f $each) -Goal 'at most 600' -Met ($each -le 600)
}
