package io.hawser.conformance.client;

import io.hawser.http.Body;
import io.hawser.http.HttpCall;
import io.hawser.http.HttpClient;
import io.hawser.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that sends one large body after another and reads it back, in a JVM that has no room for one.
final class Transfers {
    /// Of the heap, and as much beside it.
    static final int ROOM_MIB = 32;

    private static final int PIECE_BYTES = 64 << 10;
    private static final int ARGUMENTS_EACH = 3;

    private Transfers() {}

    /// How the program ended, and what it said.
    record Outcome(int exitCode, String said) {}

    /// Runs it.
    ///
    /// @param isKept whether it tries to keep what it reads
    static Outcome run(long bytes, boolean isKept, List<Meeting> meetings, int patienceSeconds) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + ROOM_MIB + "m",
                "-XX:MaxDirectMemorySize=" + ROOM_MIB + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-XX:ActiveProcessorCount=2",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Transfers.class.getName(),
                Long.toString(bytes),
                Boolean.toString(isKept),
                meetings.getFirst().certificate().toString()));
        meetings.forEach(each -> command.addAll(each.arguments()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(patienceSeconds, TimeUnit.SECONDS)) return new Outcome(-1, said);
            return new Outcome(process.exitValue(), said);
        } finally {
            process.destroyForcibly();
        }
    }

    static void main(String... arguments) throws IOException {
        long bytes = Long.parseLong(arguments[0]);
        boolean isKept = Boolean.parseBoolean(arguments[1]);
        Path certificate = Path.of(arguments[2]);
        for (int i = ARGUMENTS_EACH; i < arguments.length; i += ARGUMENTS_EACH) {
            Way way = Way.valueOf(arguments[i]);
            try (HttpClient client = HttpClient.open(way.config(certificate).withBaseUrl(arguments[i + 1]));
                    Body body = arguments[i + 2].equals("PUT") ? kept(client, bytes) : echoed(client, bytes)) {
                if (isKept) body.bytes(bytes);
                else check(body.asInputStream(), bytes);
            }
        }
    }

    private static Body echoed(HttpClient client, long bytes) {
        return successful(client.post("/echo").body(Body.of(new Pattern(bytes), bytes)));
    }

    /// That of a file that is written first.
    private static Body kept(HttpClient client, long bytes) {
        successful(client.put("/kept/large").body(Body.of(new Pattern(bytes), bytes)))
                .close();
        return successful(client.get("/kept/large"));
    }

    private static Body successful(HttpCall call) {
        Response response = call.send();
        if (response.status() / 100 != 2) throw new IllegalStateException(call + " is answered " + response.status());
        return response.body();
    }

    private static void check(InputStream came, long bytes) throws IOException {
        InputStream sent = new Pattern(bytes);
        byte[] piece = new byte[PIECE_BYTES];
        byte[] expected = new byte[PIECE_BYTES];
        long read = 0;
        for (int count = came.read(piece); count >= 0; count = came.read(piece)) {
            int same = sent.readNBytes(expected, 0, count);
            if (!Arrays.equals(piece, 0, count, expected, 0, same)) {
                throw new IllegalStateException("other bytes between " + read + " and " + (read + count));
            }
            read += count;
        }
        if (read != bytes) throw new IllegalStateException(read + " bytes of " + bytes);
    }
}
