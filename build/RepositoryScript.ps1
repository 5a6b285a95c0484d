# Which scripts are analysed. Shared by the task and by the process that analyses.

function Get-RepositoryScript {
    # Every script of the repository, without what was built or downloaded.
    [OutputType([IO.FileInfo[]])]
    param([Parameter(Mandatory)] [string] $Path)

    $built = '[\\/](bin|obj|out|\.tools|\.git)[\\/]'
    , @(Get-ChildItem -Path $Path -Recurse -File -Include *.ps1, *.psm1, *.psd1 |
            Where-Object { $_.FullName.Substring($Path.Length) -notmatch $built })
}
