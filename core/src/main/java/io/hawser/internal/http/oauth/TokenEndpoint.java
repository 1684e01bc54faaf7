package io.hawser.internal.http.oauth;

import io.hawser.ProtocolError;
import io.hawser.Rejected;
import io.hawser.TimeSource;
import io.hawser.http.Body;
import io.hawser.http.ClientCredentialsConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.Parameters;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.internal.http.AnswerFault;
import io.hawser.internal.http.Credentials;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.Percent;
import io.hawser.internal.http.RetryAfter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// Asks an authorization server for tokens. Source: RFC 6749 sections 4.4 and 5
final class TokenEndpoint {
    private static final String SOURCE = "RFC 6749, section 5";
    private static final long MAX_ANSWER_BYTES = 1 << 20;
    private static final int MAX_SHOWN_CHARS = 200;

    private final ClientCredentialsConfig config;
    private final HttpHandler client;
    private final TimeSource time;

    TokenEndpoint(ClientCredentialsConfig config, HttpHandler client, TimeSource time) {
        this.config = config;
        this.client = client;
        this.time = time;
    }

    AccessToken fetch() throws Exception {
        Parameters form = Parameters.of("grant_type", "client_credentials");
        if (!config.scope().isEmpty()) form = form.adding("scope", config.scope());
        Request request = Request.post(config.tokenUrl(), Body.form(form))
                .withHeader(Names.AUTHORIZATION, basic())
                .withHeader(Names.ACCEPT, "application/json");
        Response response = client.handle(request);
        try (Body body = response.body()) {
            if (response.status() != Status.OK) throw refusal(response);
            return token(body.as(Map.class, MAX_ANSWER_BYTES));
        } catch (ProtocolError unreadable) {
            throw AnswerFault.ofReading(unreadable);
        }
    }

    /// Id and secret are encoded as in a form before they are joined. Source: RFC 6749 section 2.3.1
    private String basic() {
        String pair = Percent.encodeForm(config.clientId()) + ":" + Percent.encodeForm(config.clientSecret());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private AccessToken token(Map<?, ?> answer) {
        if (!(answer.get("access_token") instanceof String token) || token.isEmpty()) {
            throw new ProtocolError(0, config.tokenUrl() + " answered without an access_token", SOURCE);
        }
        if (answer.get("token_type") instanceof String type && !type.equalsIgnoreCase("Bearer")) {
            throw new ProtocolError(
                    0, config.tokenUrl() + " gave a token of type " + shown(type) + ", not Bearer", SOURCE);
        }
        if (!Credentials.isBearerToken(token)) {
            // Kept, it would fail every request until its end. It is a secret, so it is not shown.
            throw new ProtocolError(
                    0, config.tokenUrl() + " gave a token that cannot be sent", "RFC 6749, appendix A.12");
        }
        long life = answer.get("expires_in") instanceof Number seconds ? seconds.longValue() : 0;
        return AccessToken.of(token, life, config.refreshBefore(), time.nanoTime());
    }

    /// What may pass is refused in a way that is tried again, the rest in one that is not.
    private RuntimeException refusal(Response response) {
        String message = config.tokenUrl() + " gave no token: " + response.status() + error(response.body());
        boolean passes = response.status() == Status.TOO_MANY_REQUESTS || response.status() >= 500;
        if (!passes) return new ProtocolError(Status.BAD_GATEWAY, message, SOURCE);
        return new Rejected(
                message, RetryAfter.of(response.headers(), time.now()).orElse(null));
    }

    private static String error(Body body) {
        try {
            return body.as(Map.class, MAX_ANSWER_BYTES).get("error") instanceof String error ? " " + shown(error) : "";
        } catch (RuntimeException notJson) {
            return "";
        }
    }

    /// What the server says, for an error of ours: cut, and on one line.
    private static String shown(String said) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < said.length() && i < MAX_SHOWN_CHARS; i++) {
            char c = said.charAt(i);
            shown.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return said.length() > MAX_SHOWN_CHARS ? shown + "..." : shown.toString();
    }
}
