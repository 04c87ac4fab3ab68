@echo off
rem Builds what changed, then runs the program.
setlocal DisableDelayedExpansion
rem The list of SDKs, not only dotnet itself: a runtime alone cannot build.
dotnet --list-sdks 2>nul | findstr /b /c:"10." >nul
if errorlevel 1 goto missing
dotnet build "%~dp0src\Cli\Cli.csproj" -c Release -v minimal --nologo -clp:NoSummary 1>&2
if errorlevel 1 goto broken
"%~dp0artifacts\bin\Cli\release\holdfast.exe" %*
exit /b

:missing
echo Holdfast needs the .NET SDK 10, which is not installed. 1>&2
echo Install it with:  winget install Microsoft.DotNet.SDK.10 1>&2
exit /b 127

:broken
echo The build failed; nothing was started. The lines above say why. 1>&2
exit /b 1
