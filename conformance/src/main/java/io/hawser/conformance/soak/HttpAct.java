package io.hawser.conformance.soak;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.HttpClient;
import io.hawser.http.Response;
import java.io.ByteArrayInputStream;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Calls over one version of HTTP, on a client that is closed and opened anew now and then.
final class HttpAct implements Act {
    private static final int CALLS_OF_A_CLIENT = 60;
    private static final int LARGE = 64 << 10;

    private final String name;
    private final Supplier<HttpClient> open;
    private final Findings findings;
    private final Counts counts;
    private @Nullable HttpClient client;

    HttpAct(String name, Supplier<HttpClient> open, Findings findings, Counts counts) {
        this.name = name;
        this.open = open;
        this.findings = findings;
        this.counts = counts;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void once(SplittableRandom random) throws Exception {
        HttpClient calling = client(random);
        switch (random.nextInt(6)) {
            case 0 -> same("Hello, World!", calling.get("/plaintext").text());
            case 1 ->
                same("{\"message\":\"Hello, World!\"}", calling.get("/json").text());
            case 2 -> giveUp(calling, noise(random, LARGE));
            default -> echo(calling, random);
        }
    }

    private HttpClient client(SplittableRandom random) {
        HttpClient now = client;
        if (now != null && random.nextInt(CALLS_OF_A_CLIENT) != 0) return now;
        close();
        HttpClient opened = open.get();
        client = opened;
        counts.add("clients-opened");
        return opened;
    }

    private void echo(HttpClient calling, SplittableRandom random) {
        byte[] sent = noise(random, random.nextInt(random.nextInt(8) == 0 ? LARGE : 4_000));
        // With and without a length that is said.
        Body body = random.nextBoolean() ? Body.of(Bytes.copyOf(sent)) : Body.of(new ByteArrayInputStream(sent));
        Bytes answer = calling.post("/echo").body(body).bytes();
        if (!answer.equals(Bytes.copyOf(sent))) findings.wrong(name + ": /echo gave " + answer + " back");
        counts.add("bytes-echoed", sent.length);
    }

    /// Reads the beginning of an answer and no more.
    private void giveUp(HttpClient calling, byte[] sent) {
        Response answer =
                calling.post("/echo").body(Body.of(Bytes.copyOf(sent))).send();
        try (Body body = answer.body()) {
            if (answer.status() != 200) return;
            byte[] piece = body.read().toArray();
            for (int i = 0; i < piece.length; i++) {
                if (piece[i] == sent[i]) continue;
                findings.wrong(name + ": byte " + i + " of an echo is another");
                return;
            }
        }
    }

    private void same(String expected, String answer) {
        if (!expected.equals(answer)) findings.wrong(name + ": " + answer + " instead of " + expected);
    }

    static byte[] noise(SplittableRandom random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        HttpClient now = client;
        client = null;
        if (now != null) now.close();
    }
}
