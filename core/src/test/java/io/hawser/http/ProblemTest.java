package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.Rejected;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ProblemTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new ProtocolError(400, "malformed JSON", "RFC 8259"), 400, "malformed JSON (RFC 8259)"),
                Arguments.of(new ProtocolError(415, "charset", "rule"), 415, "charset (rule)"),
                Arguments.of(new ProtocolError(0, "secret upstream", "rule"), 502, ""),
                Arguments.of(new ProtocolError(4004, "secret", "rule"), 502, ""),
                Arguments.of(new LimitExceeded("body", 10, 11, Processed.MAYBE), 413, "body: at most 10 is allowed"),
                Arguments.of(new Rejected("secret queue", null), 503, ""),
                Arguments.of(new DeadlineExceeded("secret host", Processed.NO), 503, ""),
                Arguments.of(new DeadlineExceeded("secret host", Processed.MAYBE), 504, ""),
                Arguments.of(new ConnectFailed("secret host", null), 502, ""),
                Arguments.of(new ConnectionLost("secret host", Processed.MAYBE, null), 502, ""),
                Arguments.of(new IllegalStateException("secret state"), 500, ""),
                Arguments.of(new StackOverflowError("secret"), 500, ""));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatAHandlerThrowsBecomesAProblem(Throwable failure, int status, String detail) throws Exception {
        HttpHandler handler = ((HttpHandler) _ -> {
                    if (failure instanceof Error error) throw error;
                    throw (Exception) failure;
                })
                .with(RequestIds.defaults(), ErrorAnswers.INSTANCE);
        Response response = handler.handle(Request.get("/x"));
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("content-type")).contains("application/problem+json");
        Map<?, ?> members = response.body().as(Map.class);
        assertThat(members.get("status")).isEqualTo(status);
        assertThat(members.get("title")).isEqualTo(Status.phrase(status));
        assertThat(members.get("type")).isEqualTo("about:blank");
        assertThat(members.get("request")).isEqualTo(response.headers().value("X-Request-Id", ""));
        if (detail.isEmpty()) assertThat(members.containsKey("detail")).isFalse();
        else assertThat(members.get("detail")).isEqualTo(detail);
        assertThat(response.body().text()).doesNotContain("secret", "Exception", "at io.");
    }

    @Test
    void aPauseIsToldInWholeSeconds() {
        assertThat(retryAfter(Duration.ofMillis(1))).isEqualTo("1");
        assertThat(retryAfter(Duration.ofSeconds(1))).isEqualTo("1");
        assertThat(retryAfter(Duration.ofMillis(1001))).isEqualTo("2");
        assertThat(retryAfter(Duration.ZERO)).isEqualTo("0");
        assertThat(Problem.of(new Rejected("full", null)).response().header("Retry-After"))
                .contains("1");
    }

    private static String retryAfter(Duration pause) {
        return Problem.of(new Rejected("full", pause)).response().headers().value("Retry-After", "");
    }

    @Test
    void anInterruptIsNoAnswer() {
        HttpHandler handler = ((HttpHandler) _ -> {
                    throw new Cancelled("stopped", Processed.MAYBE, null);
                })
                .with(ErrorAnswers.INSTANCE);
        assertThatExceptionOfType(Cancelled.class).isThrownBy(() -> handler.handle(Request.get("/")));
    }

    @Test
    void membersOfOnesOwnDoNotReplaceTheOthers() {
        Response response = Problem.of(422, "no name")
                .withType("https://example.com/problems/name")
                .withTitle("Name is missing")
                .with("field", List.of("name"))
                .with("status", 200)
                .response();
        assertThat((Object) response.body().as(Map.class))
                .isEqualTo(Map.of(
                        "type", "https://example.com/problems/name",
                        "title", "Name is missing",
                        "status", 422,
                        "detail", "no name",
                        "field", List.of("name")));
        assertThatIllegalArgumentException().isThrownBy(() -> Problem.of(399));
        assertThatIllegalArgumentException().isThrownBy(() -> Problem.of(600));
    }

    @Test
    void anIdOfTheClientIsTakenOnlyWhereItIsTrustedAndSane() throws Exception {
        HttpHandler echo = request -> Response.text(RequestIds.of(request));
        Request named = Request.get("/").withHeader("X-Request-Id", "abc-1");
        assertThat(echo.with(RequestIds.defaults()).handle(named).body().text()).hasSize(16);
        HttpHandler trusting = echo.with(RequestIds.defaults().withTakeFromClient(true));
        assertThat(trusting.handle(named).body().text()).isEqualTo("abc-1");
        assertThat(trusting.handle(named).header("X-Request-Id")).contains("abc-1");
        for (String bad : List.of("", "a b", "x".repeat(129), "a,b")) {
            Request request = Request.get("/").withHeader("X-Request-Id", bad);
            assertThat(trusting.handle(request).body().text()).hasSize(16).isNotEqualTo(bad);
        }
        assertThat(echo.handle(named).body().text()).isEqualTo("-");
    }
}
