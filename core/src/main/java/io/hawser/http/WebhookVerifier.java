package io.hawser.http;

import io.hawser.Bytes;
import io.hawser.TimeSource;
import io.hawser.internal.http.Hmac;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Lets requests pass whose signature shows that they come from who knows a secret, and answers 401 otherwise:
/// webhooks, as Standard Webhooks and with it OpenAI and many others sign them.
///
/// Signed is `id.timestamp.content` of the fields `webhook-id`, `webhook-timestamp` and `webhook-signature`
/// (or the same with `svix-` in the place of `webhook-`), by HMAC-SHA256. A message older or newer than the
/// tolerance is refused, so an old one cannot be sent again; within it, `webhook-id` tells a repetition. The
/// content is read into memory, 1 MiB at most; the handler reads it again. Compared in constant time.
///
/// Errors: [io.hawser.LimitExceeded] for content over 1 MiB, which is answered 413.
///
/// Thread: safe from any. Source: Standard Webhooks 1.0
public final class WebhookVerifier implements Filter {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final long MAX_BYTES = 1 << 20;
    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION = "v1,";

    private final List<Hmac> secrets;
    private final Duration tolerance;
    private final TimeSource time;

    private WebhookVerifier(List<Hmac> secrets, Duration tolerance, TimeSource time) {
        this.secrets = secrets;
        this.tolerance = tolerance;
        this.time = time;
    }

    /// Knows `secrets`, any of which will do: while one replaces the other, both are good.
    ///
    /// @param secrets in base64, with or without `whsec_` before them
    /// @throws IllegalArgumentException if one is not base64 or is empty, or there is none
    public static WebhookVerifier of(String... secrets) {
        List<Hmac> decoded = new ArrayList<>();
        for (String secret : secrets) {
            String base64 = secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret;
            Bytes key = Bytes.wrap(Base64.getDecoder().decode(base64));
            if (key.isEmpty()) throw new IllegalArgumentException("secret: empty");
            decoded.add(Hmac.of(key));
        }
        if (decoded.isEmpty()) throw new IllegalArgumentException("secrets: at least one");
        return new WebhookVerifier(List.copyOf(decoded), TOLERANCE, TimeSource.system());
    }

    /// How far its time may be from the present, either way; default 5 min.
    public WebhookVerifier withTolerance(Duration changed) {
        return new WebhookVerifier(secrets, changed, time);
    }

    WebhookVerifier on(TimeSource clock) {
        return new WebhookVerifier(secrets, tolerance, clock);
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        Bytes content = request.body().bytes(MAX_BYTES);
        if (!isGenuine(request.headers(), content))
            return Problem.of(Status.UNAUTHORIZED).response();
        return next.handle(request.withBody(Body.of(content)).withHeaders(request.headers()));
    }

    /// Whether `content` was signed by who knows one of the secrets, and not too long ago.
    public boolean isGenuine(Headers headers, Bytes content) {
        String prefix = headers.has("webhook-id") ? "webhook-" : "svix-";
        String id = headers.value(prefix + "id", "");
        String timestamp = headers.value(prefix + "timestamp", "");
        if (id.isEmpty() || !isRecent(timestamp)) return false;
        Bytes head = Bytes.ofUtf8(id + "." + timestamp + ".");
        boolean genuine = false;
        for (Hmac secret : secrets) {
            byte[] expected = secret.sign(head, content);
            for (String given : headers.value(prefix + "signature", "").split(" ", -1)) {
                if (given.startsWith(VERSION)) genuine |= isSame(expected, given.substring(VERSION.length()));
            }
        }
        return genuine;
    }

    private boolean isRecent(String timestamp) {
        if (timestamp.isEmpty() || timestamp.length() > 12) return false;
        for (int i = 0; i < timestamp.length(); i++) {
            if (timestamp.charAt(i) < '0' || timestamp.charAt(i) > '9') return false;
        }
        Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
        return Duration.between(sent, time.now()).abs().compareTo(tolerance) <= 0;
    }

    private static boolean isSame(byte[] expected, String base64) {
        try {
            return MessageDigest.isEqual(expected, Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
