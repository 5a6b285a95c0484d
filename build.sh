#!/bin/sh
# The same tasks as build.ps1, for a machine of which nothing is known but that it has the .NET SDK: finds PowerShell,
# or gets it as a .NET tool, and hands over to build.ps1. Where there is none to be had, runs what needs none.
set -u
cd "$(dirname "$0")" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

fail() {
    echo "$*" >&2
    exit 1
}

if command -v pwsh >/dev/null 2>&1; then
    exec pwsh -NoLogo -NoProfile -File build.ps1 "$@"
elif command -v powershell.exe >/dev/null 2>&1; then
    exec powershell.exe -NoLogo -NoProfile -ExecutionPolicy Bypass -File build.ps1 "$@"
fi

command -v dotnet >/dev/null 2>&1 ||
    fail 'The .NET SDK 10 is needed and "dotnet" is not on the PATH. Get it from https://dotnet.microsoft.com/download.'

# One try only: what answers "no" now answers "no" again.
if NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT=1 dotnet tool restore >/dev/null 2>&1; then
    exec dotnet tool run pwsh -- -NoLogo -NoProfile -File build.ps1 "$@"
fi

. build/without-powershell.sh
