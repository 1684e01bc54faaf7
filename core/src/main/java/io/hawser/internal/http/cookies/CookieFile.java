package io.hawser.internal.http.cookies;

import io.hawser.HawserException;
import io.hawser.http.Body;
import io.hawser.http.StoredCookie;
import io.hawser.internal.http.AtomicFile;
import io.hawser.internal.http.Json;
import io.hawser.internal.http.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Cookies in a file of JSON. Source: of this project
final class CookieFile {
    private static final long MAX_BYTES = 64 << 20;

    private CookieFile() {}

    record Content(int version, List<Entry> cookies) {}

    record Entry(
            String name,
            String value,
            String domain,
            boolean hostOnly,
            String path,
            String expires,
            boolean secure,
            boolean httpOnly,
            String sameSite,
            String created) {
        Entry {
            for (String text : List.of(name, value, domain, path, sameSite)) Tokens.checkValue("a cookie", text);
            Objects.requireNonNull(expires, "expires");
            Objects.requireNonNull(created, "created");
        }

        static Entry of(StoredCookie cookie) {
            return new Entry(
                    cookie.name(),
                    cookie.value(),
                    cookie.domain(),
                    cookie.hostOnly(),
                    cookie.path(),
                    cookie.expires().map(Instant::toString).orElse(""),
                    cookie.secure(),
                    cookie.httpOnly(),
                    cookie.sameSite(),
                    cookie.created().toString());
        }

        StoredCookie cookie() {
            Optional<Instant> until = expires.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(expires));
            return new StoredCookie(
                    name, value, domain, hostOnly, path, until, secure, httpOnly, sameSite, Instant.parse(created));
        }
    }

    /// The cookies at `path`, none if there is no such file.
    ///
    /// @throws IOException that names the file, if it cannot be read or is none of ours
    static List<StoredCookie> read(Path path) throws IOException {
        if (!Files.exists(path)) return List.of();
        try (Body file = Body.file(path)) {
            Content content = file.as(Content.class, MAX_BYTES);
            if (content.version() != 1) throw new IOException(path + ": version " + content.version() + " is not 1");
            return content.cookies().stream().map(Entry::cookie).toList();
        } catch (UncheckedIOException unreadable) {
            throw new IOException(path + " cannot be read: " + unreadable.getCause(), unreadable);
        } catch (HawserException | DateTimeException | NullPointerException malformed) {
            throw new IOException(path + " is not a file of cookies: " + malformed.getMessage(), malformed);
        }
    }

    static void write(Path path, List<StoredCookie> cookies) throws IOException {
        List<Entry> entries = cookies.stream().map(Entry::of).toList();
        AtomicFile.write(path, Json.write(new Content(1, entries)), true);
    }
}
