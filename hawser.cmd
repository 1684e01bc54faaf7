@echo off
rem The launcher `hawser` for Windows, with the same steps: find a JDK, build what is stale, run the JVM.
setlocal EnableExtensions DisableDelayedExpansion
set "HERE=%~dp0"
set "HERE=%HERE:~0,-1%"
set "JDK="

if defined HAWSER_JAVA_HOME call :accept "%HAWSER_JAVA_HOME%"
if not defined JDK if defined JAVA_HOME call :accept "%JAVA_HOME%"
if not defined JDK for %%p in (java.exe) do if not "%%~$PATH:p"=="" call :accept "%%~dp$PATH:p.."
if not defined JDK for %%f in (
  "%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu"
  "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\BellSoft" "%USERPROFILE%\.jdks"
) do if exist "%%~f" for /d %%j in ("%%~f\*") do if not defined JDK call :accept "%%~j"
if not defined JDK (
  echo hawser: no JDK 25 or newer found: install one, e.g. from https://adoptium.net, or set HAWSER_JAVA_HOME>&2
  exit /b 1
)
if "%~1"=="example" (
  echo hawser: the examples are run by the launcher for bash only>&2
  exit /b 2
)
if "%~1"=="fuzz" (
  echo hawser: the fuzzer is run by the launcher for bash only>&2
  exit /b 2
)
if "%~1"=="soak" (
  echo hawser: the soak is run by the launcher for bash only>&2
  exit /b 2
)
if "%~1"=="conformance" (
  echo hawser: the suites are run by the launcher for bash only>&2
  exit /b 2
)
if "%~1"=="peers" (
  echo hawser: the comparison runs on Linux only>&2
  exit /b 2
)
set "JAVA_HOME=%JDK%"
set "MVN=mvn"
where mvn >nul 2>nul || set "MVN=%HERE%\mvnw.cmd"

set "FULL=false"
if "%~2"=="--full" set "FULL=true"
if "%~1"=="test" (
  call "%MVN%" -B -ntp -f "%HERE%\pom.xml" verify -Dhawser.full=%FULL%
  exit /b
)

rem PowerShell, because batch compares times to the minute.
powershell -NoProfile -Command "$ErrorActionPreference='SilentlyContinue'; $s=(Get-Item '%HERE%\hub\target\hawser.stamp').LastWriteTimeUtc; if (-not $s) { exit 1 }; foreach ($m in '.', 'core', 'nats', 'hub') { foreach ($p in 'pom.xml', 'src\main') { if (Get-ChildItem (Join-Path '%HERE%' (Join-Path $m $p)) -Recurse | Where-Object { $_.LastWriteTimeUtc -gt $s }) { exit 1 } } }; exit 0"
if errorlevel 1 call :build || exit /b 1

set "CACHE=verbs"
set "FLAGS=-XX:+UseCompactObjectHeaders"
if "%~1"=="serve" (
  set "CACHE=serve"
  set "FLAGS=-XX:+UseCompactObjectHeaders -XX:CompileThresholdScaling=3"
)
"%JDK%\bin\java.exe" %FLAGS% %HAWSER_JVM_FLAGS% "-XX:AOTCache=%HERE%\hub\target\%CACHE%.aot" -Xlog:aot*=off,cds*=off -jar "%HERE%\hub\target\hawser-hub-all.jar" %*
exit /b

:accept
if not exist "%~1\bin\javac.exe" exit /b
if not exist "%~1\release" exit /b
for /f "tokens=2 delims==" %%v in ('findstr /b "JAVA_VERSION=" "%~1\release"') do (
  for /f "delims=." %%m in (%%v) do if %%m GEQ 25 set "JDK=%~f1"
)
exit /b

:build
echo building hub ...>&2
set "LOG=%TEMP%\hawser-build-%RANDOM%.log"
set "BEGUN=%TEMP%\hawser-begun-%RANDOM%"
type nul >"%BEGUN%"
call "%MVN%" -B -ntp -f "%HERE%\pom.xml" -pl hub -am package -Dmaven.test.skip -Dspotless.check.skip >"%LOG%" 2>&1
if errorlevel 1 (
  findstr /b /c:"[ERROR]" /c:"[WARNING]" "%LOG%" >&2
  echo hawser: the build failed>&2
  exit /b 1
)
move /y "%BEGUN%" "%HERE%\hub\target\hawser.stamp" >nul
del "%LOG%"
"%JDK%\bin\java.exe" -XX:+UseCompactObjectHeaders -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining "-XX:AOTCacheOutput=%HERE%\hub\target\serve.aot" -jar "%HERE%\hub\target\hawser-hub-all.jar" rehearse "%HERE%\hub\target\verbs.aot" >nul 2>nul
exit /b 0
