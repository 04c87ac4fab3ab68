@echo off
rem Builds what changed, then runs the program.
setlocal
set "here=%~dp0"
where dotnet >nul 2>nul
if errorlevel 1 (
  echo Holdfast needs the .NET SDK 10, which is not installed. 1>&2
  echo Install it with:  winget install Microsoft.DotNet.SDK.10 1>&2
  exit /b 127
)
dotnet build "%here%src\Cli\Cli.csproj" -c Release -v minimal --nologo -clp:NoSummary 1>&2
if errorlevel 1 (
  echo The build failed; nothing was started. The lines above say why. 1>&2
  exit /b 1
)
"%here%artifacts\bin\Cli\release\holdfast.exe" %*
