# Leads created ten at a time and one by one, with the limits of the service for the short run: 36 per 6 s, and 3 bulk requests a second.
function Measure-Bulk([int] $Leads = 1000) {
    $rows = foreach ($number in 1..$Leads) {
        [pscustomobject]@{ Name = "Lead $number"; Email = "lead$number@bulk.example"; City = 'Berlin' }
    }
    $bulk = Measure-LeadImport $rows @{ Bulk = $true }
    $single = Measure-LeadImport $rows @{}
    New-TimeLine "$Leads leads with -Bulk" $bulk 'one by one' $single $null
}

function Measure-LeadImport($Row, [hashtable] $Way) {
    $sandbox = Start-BenchHost -People 10 -RateLimit '36/6s' -Setting @{ 'bulk-limit' = '3/1s' }
    try {
        Connect-SandboxHost $sandbox @{ RateLimit = '36/6s' }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $created = @($Row | New-CopperLead @Way)
        $time = $watch.Elapsed.TotalMilliseconds
        if (@($created.Id | Sort-Object -Unique).Count -ne $Row.Count -or (Get-HostStatistic $sandbox).rateLimited) {
            throw 'Not every lead was created once and without a 429.'
        }
        $time
    }
    finally {
        Disconnect-Copper
        Stop-SandboxHost $sandbox
    }
}
