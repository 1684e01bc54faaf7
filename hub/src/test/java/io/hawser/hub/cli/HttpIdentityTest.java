package io.hawser.hub.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.http.HttpHandler;
import io.hawser.http.Request;
import io.hawser.http.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class HttpIdentityTest {
    private final List<Request> asked = new ArrayList<>();

    private String sent(String field, String... options) throws IOException {
        HttpIdentity identity = new HttpIdentity();
        new CommandLine(identity).parseArgs(options);
        HttpHandler server = request -> {
            asked.add(request);
            boolean isKnown = request.headers().has("Authorization");
            Response answer = isKnown
                    ? Response.ok()
                    : Response.of(401).withHeader("WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"");
            return answer.withHeader("Set-Cookie", "seen=1; Max-Age=100");
        };
        int code = identity.run(filters -> {
            try {
                return server.with(filters)
                        .handle(Request.get("http://h.example/"))
                        .status();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
        assertThat(code).isIn(200, 401);
        return asked.getLast().header(field).orElse("");
    }

    @Test
    void credentialsOfEachTypeAreSent() throws Exception {
        assertThat(sent("Authorization")).isEmpty();
        assertThat(sent("Authorization", "--auth", "ada:x:y")).isEqualTo("Basic YWRhOng6eQ==");
        assertThat(sent("Authorization", "--auth", "token", "--auth-type", "bearer"))
                .isEqualTo("Bearer token");
        assertThat(sent("Authorization", "--auth", "ada:x", "--auth-type=digest"))
                .startsWith("Digest username=\"ada\"");
        assertThatIllegalArgumentException().isThrownBy(() -> sent("X", "--auth", "ada"));
        assertThatIllegalArgumentException().isThrownBy(() -> sent("X", "--auth", "a:b", "--auth-type", "kerberos"));
    }

    @Test
    void cookiesAreKeptInAFileFromOneCallToTheNext(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("cookies.json");
        assertThat(sent("Cookie", "--cookies", file.toString())).isEmpty();
        assertThat(Files.readString(file)).contains("\"seen\"");
        assertThat(sent("Cookie", "--cookies", file.toString())).isEqualTo("seen=1");
    }
}
