package io.hawser.conformance.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.hub.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeployTest {
    private static final Path DEPLOY = Path.of("../deploy").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @Test
    void systemdFindsNoFaultWithTheUnit() throws Exception {
        String unit = Files.readString(DEPLOY.resolve("hawser.service"));
        // What it names has to be there, and is elsewhere here.
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String here = unit.replace("/usr/bin/java", java).replaceAll("Documentation=.*", "Documentation=man:java(1)");
        Path copy = Files.writeString(folder.resolve("hawser.service"), here);
        Process verify;
        try {
            verify = new ProcessBuilder("systemd-analyze", "verify", "--man=no", copy.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException none) {
            assumeTrue(false, "skipped: there is no systemd-analyze");
            return;
        }
        String said = verify.inputReader().readAllAsString();
        assertThat(verify.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said.lines().filter(line -> line.contains("hawser.service")).toList())
                .isEmpty();
        assertThat(verify.exitValue()).as(said).isZero();
    }

    @Test
    void theUnitStopsAsTheHubDrains() throws IOException {
        assertThat(Files.readAllLines(DEPLOY.resolve("hawser.service")))
                .contains("KillSignal=SIGTERM", "ExecReload=/bin/kill -HUP $MAINPID", "TimeoutStopSec=30");
    }

    /// A cache fits the object layout that it was made with, and no other.
    @Test
    void whatIsDeployedStartsByTheCacheThatItsRehearsalMakes() throws IOException {
        String headers = "-XX:+UseCompactObjectHeaders";
        assertThat(Files.readString(DEPLOY.resolve("../hawser")))
                .contains("JVM_FLAGS=(" + headers + ")", "SERVE_FLAGS=(-XX:CompileThresholdScaling=3)");
        for (String file : List.of("Dockerfile", "hawser.service")) {
            List<String> commands = Files.readAllLines(DEPLOY.resolve(file)).stream()
                    .filter(line -> line.contains("-XX:AOTCache"))
                    .toList();
            assertThat(commands.getFirst()).as(file).contains("-XX:-AOTRecordTraining");
            assertThat(commands.getLast()).as(file).contains("-XX:CompileThresholdScaling=3");
            assertThat(commands)
                    .as(file)
                    .hasSize(2)
                    .allSatisfy(command -> assertThat(command)
                            .contains(headers, "/opt/hawser/hawser.aot", "/opt/hawser/hawser-hub.jar"));
        }
    }

    /// Profiles would have all compiled at once that was hot in the rehearsal.
    @Test
    void everyRehearsalMakesACacheWithoutProfiles() throws IOException {
        for (String file : List.of("hawser", "hawser.cmd", "docs/operations/README.md")) {
            assertThat(Files.readString(DEPLOY.resolve("..").resolve(file)))
                    .as(file)
                    .contains("-XX:-AOTRecordTraining");
        }
    }

    @Test
    void theImageIsMadeOfWhatTheBuildMakes() throws IOException {
        String image = Files.readString(DEPLOY.resolve("Dockerfile"));
        assertThat(image)
                .contains(
                        "-jar /opt/hawser/hawser-hub.jar rehearse",
                        "hub/target/hawser-hub.jar",
                        "hub/target/lib",
                        "USER 10001",
                        "-Xlog:aot*=off,cds*=off",
                        "install -y --no-install-recommends unzip")
                .doesNotContain(":latest");
        assertThat(Pattern.compile("^FROM .*:25-", Pattern.MULTILINE)
                        .matcher(image)
                        .results())
                .hasSize(2);
        String pom = Files.readString(DEPLOY.resolve("../hub/pom.xml"));
        assertThat(pom).contains(Main.class.getName(), "<finalName>hawser-hub</finalName>");
        for (String needed : List.of("mvnw", "pom.xml", "hub/pom.xml")) {
            assertThat(DEPLOY.resolve("..").resolve(needed)).exists();
        }
    }
}
