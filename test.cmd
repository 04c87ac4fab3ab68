@echo off
rem Builds and runs every test that needs neither PostgreSQL nor Chromium (Node.js it does); ./test under WSL runs them all.
setlocal DisableDelayedExpansion
pushd "%~dp0" || exit /b 1
dotnet build Holdfast.slnx -c Release -v quiet --nologo -warnaserror || exit /b 1
call npm ci --prefix tests\Clients --ignore-scripts --no-audit --no-fund || exit /b 1
artifacts\bin\Specs\release\Holdfast.Specs.exe || exit /b 1
artifacts\bin\Simulation\release\Holdfast.Simulation.exe
exit /b
