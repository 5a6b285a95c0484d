# shellcheck shell=sh
# The tasks on a machine where no PowerShell can be had. Read by build.sh, which has defined fail.
configuration=Release
task=${1:-}
[ $# -gt 0 ] && shift
while [ $# -gt 0 ]; do
    case $1 in
        -Configuration) configuration=${2:?-Configuration needs a value: Release or Debug}; shift 2 ;;
        *) fail "'$1' needs PowerShell, and there is none here: https://aka.ms/install-powershell" ;;
    esac
done

without_powershell() {
    echo "==> no PowerShell here: pwsh is not on the PATH and the package source has no PowerShell tool;"
    echo "    $1. Get PowerShell: https://aka.ms/install-powershell"
}

# Runs the .NET SDK and shows what it wrote only when it failed.
quietly() {
    log=$(mktemp) || exit 1
    if "$@" >"$log" 2>&1; then
        rm -f "$log"
    else
        cat "$log"
        rm -f "$log"
        return 1
    fi
}

compile() {
    echo "==> compile CopperPS.sln ($configuration)"
    quietly dotnet build CopperPS.sln --configuration "$configuration" --nologo --verbosity quiet -tl:off
}

# Adds up one counter of all test result files.
count() {
    sed -n "s/.*<Counters.* $1=\"\([0-9]*\)\".*/\1/p" out/test-results/xunit/*.trx 2>/dev/null |
        { sum=0; while read -r n; do sum=$((sum + n)); done; echo "$sum"; }
}

test_all() {
    without_powershell 'the xUnit tests run, the tests of the module itself do not'
    if ! compile; then
        echo '0 passed, 1 failed, 0 skipped'
        return 1
    fi
    echo '==> xUnit'
    rm -rf out/test-results/xunit
    # The code is the verdict; the pipe only takes away lines that tell nothing.
    { dotnet test CopperPS.sln --configuration "$configuration" --no-build --nologo --verbosity quiet \
        --logger 'console;verbosity=minimal' --logger trx --results-directory out/test-results/xunit 2>&1
      echo $? >out/xunit.exit; } |
        grep -v -E '^(Test run for|A total of|Results File:|\[xUnit\.net)'
    broken=$(cat out/xunit.exit)
    rm -f out/xunit.exit

    # The counter "notExecuted" stays 0, whatever was skipped.
    executed=$(count executed) passed=$(count passed) total=$(count total)
    # How many tests a Pester file holds is known to Pester alone, so each file counts as one.
    files=$(find tests/CopperPS.Tests -name '*.Tests.ps1' | wc -l)
    failed=$((executed - passed)) skipped=$((total - executed + files))
    if [ "$broken" -ne 0 ] && [ "$failed" -eq 0 ]; then
        echo 'dotnet test broke off; its messages are above.'
        failed=1
    fi
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
}

case $task in
    build)
        without_powershell 'the assemblies are compiled, the module is not put together'
        compile
        ;;
    test)
        test_all
        ;;
    demo)
        without_powershell 'the same job runs through the C# library'
        dotnet run --project samples/Copper.Client.Demo --configuration "$configuration"
        ;;
    clean)
        rm -rf out
        find src tests samples bench -type d \( -name bin -o -name obj -o -name TestResults \) -prune -exec rm -rf {} + 2>/dev/null
        exit 0
        ;;
    docs | package | bench)
        fail "The task '$task' needs PowerShell, and there is none here: https://aka.ms/install-powershell"
        ;;
    *)
        [ -n "$task" ] && echo "There is no task '$task'."
        echo 'Use: ./build.sh build|test|demo|docs|package|bench|clean [-Configuration Release|Debug]'
        [ -z "$task" ]
        ;;
esac
exit $?
