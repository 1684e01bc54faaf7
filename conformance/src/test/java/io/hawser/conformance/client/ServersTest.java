package io.hawser.conformance.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.CallTimings;
import io.hawser.http.Decompression;
import io.hawser.http.HttpClient;
import io.hawser.http.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every feature of the client with every server, in every way that the server speaks: the table of
/// docs/HTTP-CLIENT.md.
@Timeout(300)
final class ServersTest {
    private static final int CALLS = 50;
    private static final int MIB = 1 << 20;
    private static final byte[] CONTENT = content();

    @TempDir
    private static Path folder;

    private static final List<Server> SERVERS = new ArrayList<>();

    @FunctionalInterface
    private interface Start {
        Server now(Path folder) throws IOException;
    }

    @BeforeAll
    static void start() throws IOException {
        Identity.make(folder);
        Path files = Files.createDirectories(folder.resolve("files"));
        Files.createDirectories(folder.resolve("kept"));
        byte[] words = Server.WORDS.getBytes(US_ASCII);
        Files.write(files.resolve("words.txt"), words);
        // The hub compresses no files: it has those that are compressed.
        Files.write(files.resolve("words.txt.gz"), gzip(words));
        SERVERS.add(HubServer.start(folder));
        SERVERS.add(JettyServer.start(folder));
        startOutside("nginx", NginxServer::start);
        startOutside("node", ScriptedServer::node);
        startOutside("python3", ScriptedServer::python);
    }

    private static void startOutside(String program, Start start) throws IOException {
        try {
            SERVERS.add(start.now(folder));
        } catch (IOException failure) {
            if ("true".equals(System.getenv("CI"))) throw failure;
            System.err.println("SKIPPED: the client is not tried with " + program + ": " + failure.getMessage());
        }
    }

    @AfterAll
    static void stop() throws IOException {
        for (Server each : SERVERS) each.close();
        SERVERS.clear();
    }

    private static byte[] content() {
        try {
            return new Pattern(3 * MIB).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError("it comes from nowhere", e);
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static Stream<Meeting> meetings() {
        return SERVERS.stream()
                .flatMap(server -> Arrays.stream(Way.values())
                        .filter(server::speaks)
                        .map(way -> new Meeting(server, way, Identity.certificate(folder))));
    }

    /// Without showing a hundred thousand characters that are not.
    private static void areWords(String text) {
        assertThat(text.equals(Server.WORDS))
                .as("%,d characters", text.length())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("meetings")
    void oneConnectionServesManyCalls(Meeting meeting) {
        try (HttpClient client = meeting.client()) {
            for (int i = 0; i < CALLS; i++) {
                CallTimings timings = new CallTimings();
                areWords(client.get(Server.WORDS_PATH)
                        .attribute(CallTimings.KEY, timings)
                        .text());
                assertThat(timings.version()).isEqualTo(meeting.way().version());
                assertThat(timings.isReused()).isEqualTo(i > 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("meetings")
    void manyCallsAtOnceAreAnswered(Meeting meeting) throws Exception {
        try (HttpClient client = meeting.client();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                answers.add(threads.submit(() -> client.get(Server.WORDS_PATH).text()));
            }
            for (Future<String> answer : answers) areWords(answer.get());
        }
    }

    @ParameterizedTest
    @MethodSource("meetings")
    void bodiesGoBothWaysWithTheirLengthAndWithout(Meeting meeting) {
        try (HttpClient client = meeting.client()) {
            for (Body body : List.of(
                    Body.of(Bytes.wrap(CONTENT)),
                    Body.of(new ByteArrayInputStream(CONTENT), CONTENT.length),
                    Body.of(new ByteArrayInputStream(CONTENT)))) {
                assertThat(sent(meeting.server(), client, body)).isEqualTo(Bytes.wrap(CONTENT));
            }
        }
    }

    private static Bytes sent(Server server, HttpClient client, Body body) {
        Response response =
                server.download(client, server.upload(client).body(body).send());
        assertThat(response.status()).isEqualTo(200);
        return response.body().bytes();
    }

    @ParameterizedTest
    @MethodSource("meetings")
    void anAnswerOfUnknownLengthEndsWhereItEnds(Meeting meeting) {
        try (HttpClient client = meeting.client().with(Decompression.defaults())) {
            Response response = meeting.server().unsized(client);
            assertThat(response.header("Content-Length")).isEmpty();
            areWords(response.body().text());
            CallTimings timings = new CallTimings();
            areWords(client.get(Server.WORDS_PATH)
                    .attribute(CallTimings.KEY, timings)
                    .text());
            assertThat(timings.isReused()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("meetings")
    void whatIsCompressedIsInflated(Meeting meeting) {
        try (HttpClient client = meeting.client()) {
            Response coded = client.get(Server.WORDS_PATH)
                    .header("Accept-Encoding", "gzip")
                    .send();
            assertThat(coded.header("Content-Encoding")).contains("gzip");
            assertThat(coded.body().bytes().size()).isLessThan(Server.WORDS.length() / 10);
            areWords(
                    client.with(Decompression.defaults()).get(Server.WORDS_PATH).text());
        }
    }

    @ParameterizedTest
    @MethodSource("meetings")
    void aBodyIsSentWhenItIsAskedForAndNotWhenItIsRefused(Meeting meeting) {
        Server server = meeting.server();
        try (HttpClient client = meeting.client()) {
            Response asked =
                    server.upload(client).expectContinue().text("asked for").send();
            assertThat(server.download(client, asked).body().text()).isEqualTo("asked for");
            AtomicBoolean isRead = new AtomicBoolean();
            Body tooMuch = Body.of(
                    new InputStream() {
                        @Override
                        public int read() {
                            isRead.set(true);
                            return 0;
                        }

                        @Override
                        public int read(byte[] into, int from, int count) {
                            isRead.set(true);
                            return count;
                        }
                    },
                    Server.MOST_BYTES + 1);
            assertThat(server.upload(client).expectContinue().body(tooMuch).status())
                    .isEqualTo(413);
            assertThat(isRead).isFalse();
            areWords(client.get(Server.WORDS_PATH).text());
        }
    }

    @ParameterizedTest
    @MethodSource("meetings")
    void trailersGoBothWays(Meeting meeting) {
        try (HttpClient client = meeting.client()) {
            Response response = meeting.server().trailed(client);
            areWords(response.body().text());
            assertThat(response.body().trailers().value(Server.SUM, "")).isEqualTo("7");
        }
    }

    @Test
    void theDocumentationHasTheTable() throws IOException {
        String guide = Files.readString(Path.of("../docs/HTTP-CLIENT.md"));
        for (Server server : SERVERS) {
            boolean isForBoth = server.speaks(Way.HTTP_2);
            assertThat(server.speaks(Way.HTTP_2_TLS)).isEqualTo(isForBoth);
            String row = "| %s | %s | yes | yes | yes | yes | yes | %s | yes |"
                    .formatted(
                            server.name(),
                            isForBoth ? "1.1 and 2" : "1.1",
                            server.takesTrailers() ? "both ways" : "received");
            assertThat(guide).contains(row);
        }
    }

    @Test
    void sixtyFourMebibytesGoBothWaysThroughAClientThatHasRoomForThirtyTwo() throws Exception {
        List<Meeting> inTheClear =
                meetings().filter(each -> !each.way().isSecure()).toList();
        Transfers.Outcome outcome = Transfers.run(64 * MIB, false, inTheClear, 200);
        assertThat(outcome.exitCode()).as(outcome.said()).isZero();
    }

    @Test
    @Tag("full")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void aGibibyteGoesBothWaysThroughAClientThatHasRoomForThirtyTwoMebibytes() throws Exception {
        Transfers.Outcome outcome = Transfers.run(1024L * MIB, false, meetings().toList(), 1500);
        assertThat(outcome.exitCode()).as(outcome.said()).isZero();
    }

    /// Else the two above would show nothing.
    @Test
    void aClientThatHasRoomForThirtyTwoCannotKeepSixtyFour() throws Exception {
        Meeting any = meetings().findFirst().orElseThrow();
        Transfers.Outcome outcome = Transfers.run(64 * MIB, true, List.of(any), 200);
        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.said()).contains("OutOfMemoryError");
    }
}
