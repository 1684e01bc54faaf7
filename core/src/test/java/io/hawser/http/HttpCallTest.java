package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.ProtocolError;
import io.hawser.UnexpectedStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that are read straight into values.
class HttpCallTest {
    private static HttpCall to(Response answer) {
        return HttpClient.over(request -> answer).get("/users?secret=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1]", "null"})
    void whatTheServerAnsweredWrongIsNotBlamedOnWhoeverHadUsAsk(String json) {
        HttpCall call = to(Response.ok(Body.text(json)));
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> call.as(Map.class))
                .withMessageStartingWith("the server sent no valid answer: ")
                .withMessageEndingWith("(RFC 8259)")
                .satisfies(error -> assertThat(Problem.of(error)).isEqualTo(Problem.of(Status.BAD_GATEWAY)));
    }

    record User(String name) {}

    @Test
    void anArrayIsReadAsAListThatHoldsNoNull() {
        HttpCall call = to(Response.json(List.of(Map.of("name", "Ada"), Map.of("name", "Bob", "age", 7))));
        assertThat(call.asList(User.class)).containsExactly(new User("Ada"), new User("Bob"));
        assertThat(to(Response.json(List.of())).asList(User.class)).isEmpty();
        for (String wrong : List.of("[{\"name\":\"Ada\"},null]", "{}", "[[]]", "null")) {
            assertThatExceptionOfType(ProtocolError.class)
                    .isThrownBy(() -> to(Response.ok(Body.text(wrong))).asList(User.class))
                    .satisfies(error -> assertThat(error.code()).isEqualTo(502));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> call.asList(int.class));
    }

    @Test
    void aCharsetThatNobodyKnowsIsTheServersFaultToo() {
        HttpCall call = to(Response.ok()
                .withHeader("Content-Type", "text/plain; charset=utf-9")
                .withBody(new ContentOf("text/plain; charset=utf-9")));
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(call::text)
                .satisfies(error -> assertThat(error.code()).isEqualTo(502));
    }

    private record ContentOf(String type) implements Body {
        @Override
        public Bytes read() {
            return Bytes.EMPTY;
        }

        @Override
        public Optional<String> contentType() {
            return Optional.of(type);
        }
    }

    @Test
    void anUnexpectedStatusIsToldWithTheBeginningOfItsBodyAndWithoutTheQuery() {
        String page = "x".repeat(100_000);
        HttpClient client = HttpClient.over(request -> Response.text(500, page));
        ApiClient api = ApiClient.over(client, ApiClientConfig.to("api", "http://localhost"));
        assertThatExceptionOfType(UnexpectedStatus.class)
                .isThrownBy(() -> client.get("/users?secret=1").text())
                .withMessage("GET http://localhost/users was answered with status 500")
                .satisfies(error -> assertThat(error.content()).isEqualTo(page.substring(0, 64 << 10)));
        assertThatExceptionOfType(UnexpectedStatus.class)
                .isThrownBy(() -> api.pages("/users?secret=1", Map.class, Paging.byLink())
                        .iterator()
                        .next())
                .withMessage("GET http://localhost/users was answered with status 500")
                .satisfies(error -> assertThat(error.content()).hasSize(64 << 10));
    }

    @Test
    void anInterruptCancelsTheCallAndLeavesTheFlagSet() {
        HttpClient client = HttpClient.over(request -> {
            throw new InterruptedException();
        });
        assertThatExceptionOfType(Cancelled.class)
                .isThrownBy(() -> client.get("/").send());
        assertThat(Thread.interrupted()).isTrue();
    }
}
