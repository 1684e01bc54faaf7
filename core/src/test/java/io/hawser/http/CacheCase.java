package io.hawser.http;

import io.hawser.Bytes;
import io.hawser.ConnectionLost;
import io.hawser.HawserException.Processed;
import io.hawser.internal.http.HttpDates;
import io.hawser.testing.FakeTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.awaitility.Awaitility;

/// One line of the table of cache cases, and what comes of it.
final class CacheCase {
    private static final String DOCUMENT = "http://h.example/doc";

    final String name;
    final String expectedPrivate;
    final String expectedShared;
    private final List<String> steps;

    private CacheCase(String line) {
        List<String> columns = new ArrayList<>();
        for (String column : line.split("\\|", -1)) columns.add(column.strip());
        this.name = columns.removeFirst();
        String shared = columns.removeLast();
        this.expectedPrivate = columns.removeLast();
        this.expectedShared = shared.equals("=") ? expectedPrivate : shared;
        this.steps = columns;
    }

    static List<CacheCase> parse(String table) {
        return table.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(CacheCase::new)
                .toList();
    }

    /// The verdict on the last request, and what the cache says of it.
    record Verdict(String word, String status) {}

    Verdict run(boolean shared) throws Exception {
        FakeTime time = new FakeTime();
        Instant start = time.now();
        Script script = new Script(time, start);
        String expected = shared ? expectedShared : expectedPrivate;
        HttpCacheConfig config = HttpCacheConfig.defaults().withShared(shared);
        try (HttpCache cache = HttpCache.of(config, CacheStore.inMemory(), time)) {
            HttpHandler handler = script.with(cache);
            for (int i = 0; i < steps.size(); i++) {
                String step = steps.get(i);
                if (step.startsWith("+")) {
                    time.pass(Duration.ofSeconds(Long.parseLong(step.substring(1))));
                    continue;
                }
                String[] sides = step.split("=>", -1);
                script.next(sides, i);
                Request request = request(sides[0], start);
                if (i == steps.size() - 1) return judge(handler, request, script, i, expected);
                try (Body body = handler.handle(request).body()) {
                    body.bytes();
                }
            }
        }
        throw new IllegalArgumentException(name + ": no request");
    }

    private static Verdict judge(HttpHandler handler, Request request, Script script, int step, String expected)
            throws Exception {
        Response response;
        try {
            response = handler.handle(request);
        } catch (ConnectionLost lost) {
            return new Verdict("error", "");
        }
        response.body().bytes();
        if (expected.equals("background")) Awaitility.await().until(() -> !script.asked.isEmpty());
        String status = response.header("Cache-Status").orElse("");
        boolean isOld = !response.header("X-Step").orElse("").equals(Integer.toString(step));
        return new Verdict(word(request, response, script, isOld, status), status);
    }

    private static String word(Request request, Response response, Script script, boolean isOld, String status) {
        List<Request> asked = script.asked;
        if (asked.isEmpty()) {
            if (response.status() == 304) return "304";
            if (response.status() == 504) return "504";
            return status.contains("ttl=-") || status.contains("ttl=0") ? "stale" : "hit";
        }
        if (response.status() == 304) return "passed";
        if (!isOld) {
            if (response.status() >= 500 && !script.isPlain) return "passed";
            return isConditional(asked.getLast(), request) ? "replaced" : "miss";
        }
        if (status.contains("fwd-status=304")) return "validated";
        return script.answers.isEmpty() && script.failed ? "stale" : "background";
    }

    private static boolean isConditional(Request asked, Request request) {
        for (String field : List.of("If-None-Match", "If-Modified-Since")) {
            if (!asked.header(field).equals(request.header(field))) return true;
        }
        return false;
    }

    private static Request request(String side, Instant start) {
        String[] parts = side.split(" ~ ");
        String[] line = parts[0].strip().split(" ", -1);
        String target = line.length == 1 ? DOCUMENT : line[1].startsWith("/") ? "http://h.example" + line[1] : line[1];
        Headers fields = fields(parts, start, Headers.builder());
        return Request.of(Method.of(line[0]), target)
                .withHeaders(fields)
                .withBody(Body.of(Bytes.ofUtf8("x".repeat(Integer.parseInt(fields.value("Content-Length", "0"))))));
    }

    private static Headers fields(String[] parts, Instant start, Headers.Builder headers) {
        for (int i = 1; i < parts.length; i++) {
            int colon = parts[i].indexOf(':');
            String field = parts[i].substring(0, colon).strip();
            String value = parts[i].substring(colon + 1).strip();
            if (field.equals("Date")) headers.remove("Date");
            if (field.equals("Date") && value.equals("-")) continue;
            headers.add(
                    field,
                    value.startsWith("@")
                            ? HttpDates.format(start.plusSeconds(Long.parseLong(value.substring(1))))
                            : value);
        }
        return headers.build();
    }

    /// The origin: answers what the step says.
    private static final class Script implements HttpHandler {
        private final FakeTime time;
        private final Instant start;
        private final Deque<String> answers = new ArrayDeque<>();
        private final List<Request> asked = new ArrayList<>();
        private int step;
        private boolean isPlain;
        private boolean failed;

        Script(FakeTime time, Instant start) {
            this.time = time;
            this.start = start;
        }

        synchronized void next(String[] sides, int index) {
            step = index;
            answers.clear();
            asked.clear();
            failed = false;
            isPlain = sides.length == 1 || sides[1].contains("max-age");
            for (int i = 1; i < sides.length; i++) answers.add(sides[i].strip());
        }

        @Override
        public synchronized Response handle(Request request) {
            asked.add(request);
            String answer = answers.isEmpty() ? "200" : answers.removeFirst();
            failed = answer.equals("!") || answer.startsWith("5");
            if (answer.equals("!")) throw new ConnectionLost("reset", Processed.MAYBE, null);
            String[] parts = answer.split(" ~ ");
            int status = Integer.parseInt(parts[0].strip());
            Headers.Builder headers = Headers.builder().add("Date", HttpDates.format(time.now()));
            if (status != 304) headers.add("X-Step", Integer.toString(step));
            boolean hasBody =
                    status != 304 && status != 204 && !request.method().equals(Method.HEAD);
            Body body = hasBody ? Body.text("step " + step) : Body.empty();
            return Response.of(status, fields(parts, start, headers), body);
        }
    }
}
