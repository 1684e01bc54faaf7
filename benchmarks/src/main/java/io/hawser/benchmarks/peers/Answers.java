package io.hawser.benchmarks.peers;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.json.JsonMapper;

/// What all HTTP servers answer: `GET /plaintext`, `GET /json`, `POST /echo`, and the files below `/files/`.
final class Answers {
    static final String TEXT_TYPE = "text/plain; charset=utf-8";
    static final String JSON_TYPE = "application/json";

    private static final byte[] HELLO = "Hello, World!".getBytes(StandardCharsets.US_ASCII);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Message(String message) {}

    private Answers() {}

    static byte[] hello() {
        return HELLO.clone();
    }

    /// Made anew for every request, as an application would.
    static byte[] json() {
        return JSON.writeValueAsBytes(new Message("Hello, World!"));
    }

    /// The value of `Date`, for servers that leave it to the application; to be made once a second.
    static String date() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    }
}
