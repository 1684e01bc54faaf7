package io.hawser.http;

import io.hawser.TimeSource;
import io.hawser.internal.http.cookies.Jar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Keeps the cookies that servers set, and sends them back to whom they are for.
///
/// What browsers ask of a cookie is asked here: domain, path, `Secure`, the prefixes `__Host-` and `__Secure-`,
/// no cookie for a public suffix such as `co.uk` (by the list that the JDK carries; without it a cookie goes only
/// to the host that set it), none for longer than 400 days, and none with `SameSite=None` but without `Secure`.
/// Otherwise `SameSite` is kept and shown, and changes nothing: a client has no pages that other sites could
/// make it load. A cookie that breaks a rule is ignored.
///
/// Limits: 3,000 cookies, 180 for a domain, 4 KiB for one; the ones used longest ago make room.
///
/// A jar in a file is written by [#save()] and by [#close()], whole or not at all, and readable by its owner only.
/// Cookies without a date end with the jar and are not written.
///
/// Thread: safe from any. Source: RFC 6265bis
public final class CookieJar implements Filter, AutoCloseable {
    private static final int MAX_COOKIES = 3_000;
    private static final int MAX_PER_DOMAIN = 180;

    private final Jar jar = new Jar(MAX_COOKIES, MAX_PER_DOMAIN);
    private final Optional<Path> file;
    private final TimeSource time;
    private final Object saving = new Object();
    private long saved;

    private CookieJar(Optional<Path> file, TimeSource time) {
        this.file = file;
        this.time = time;
    }

    /// An empty one, in memory.
    public static CookieJar inMemory() {
        return inMemory(TimeSource.system());
    }

    static CookieJar inMemory(TimeSource time) {
        return new CookieJar(Optional.empty(), time);
    }

    /// One that is kept in `file`, with what is there already.
    ///
    /// @throws IOException that names the file, if it cannot be read or is no jar
    public static CookieJar open(Path file) throws IOException {
        return open(file, TimeSource.system());
    }

    static CookieJar open(Path file, TimeSource time) throws IOException {
        CookieJar jar = new CookieJar(Optional.of(file), time);
        jar.jar.load(file, time.now());
        jar.saved = jar.jar.changes();
        return jar;
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        Response response = next.handle(jar.apply(request, time.now()));
        jar.learn(request, response.headers(), time.now());
        return response;
    }

    /// Keeps the cookie of one field `Set-Cookie`, as if `url` had answered with it.
    public void set(String url, String field) {
        jar.learn(Request.get(url), Headers.of("Set-Cookie", field), time.now());
    }

    /// Those that have not expired, by domain, path and name.
    public List<StoredCookie> cookies() {
        return jar.all(time.now());
    }

    public void removeIf(Predicate<StoredCookie> which) {
        jar.removeIf(which);
    }

    /// Writes the file, where there is one and something has changed.
    public void save() throws IOException {
        if (file.isEmpty()) return;
        synchronized (saving) {
            if (jar.changes() != saved) saved = jar.save(file.get(), time.now());
        }
    }

    /// Saves.
    ///
    /// @throws UncheckedIOException if the file cannot be written
    @Override
    public void close() {
        try {
            save();
        } catch (IOException failure) {
            throw new UncheckedIOException("cookies are not saved: " + failure.getMessage(), failure);
        }
    }

    /// How many there are.
    @Override
    public String toString() {
        return "CookieJar[" + cookies().size() + "]";
    }
}
