package io.hawser.http;

import io.hawser.Bytes;
import io.hawser.internal.http.Names;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One answer: a status, fields, a body, and sometimes a protocol to go on in.
///
/// A response whose body is replayable, as those of text, JSON and files are, may be kept in a constant and
/// answer any number of requests. Framing (`Content-Length`, `Transfer-Encoding`, `Connection`, `Date`) is
/// added by the server.
///
/// Thread: immutable but for its body, safe from any. Source: RFC 9110 section 3.4
public final class Response {
    private static final Headers TEXT = Headers.of(Names.CONTENT_TYPE, "text/plain; charset=utf-8");
    private static final Headers HTML = Headers.of(Names.CONTENT_TYPE, "text/html; charset=utf-8");
    private static final Headers JSON = Headers.of(Names.CONTENT_TYPE, "application/json");

    private final int status;
    private final Headers headers;
    private final Body body;
    private final @Nullable Upgrade upgrade;

    private Response(int status, Headers headers, Body body, @Nullable Upgrade upgrade) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.upgrade = upgrade;
    }

    /// An answer without fields and body.
    ///
    /// @param status 100 to 999; a handler answers with 200 or more, or by [#upgrade(Upgrade)]
    public static Response of(int status) {
        return of(status, Headers.EMPTY, Body.empty());
    }

    /// An answer of all its parts; the type that `body` says is not put into `headers`.
    public static Response of(int status, Headers headers, Body body) {
        return new Response(checkStatus(status), headers, body, null);
    }

    public static Response ok() {
        return of(Status.OK);
    }

    /// 200 with `body` and the type that it says.
    public static Response ok(Body body) {
        return ok().withBody(body);
    }

    /// 200 with UTF-8 text.
    public static Response text(String text) {
        return text(Status.OK, text);
    }

    public static Response text(int status, String text) {
        return of(status, TEXT, Body.of(Bytes.ofUtf8(text)));
    }

    /// 200 with UTF-8 HTML.
    public static Response html(String html) {
        return of(Status.OK, HTML, Body.of(Bytes.ofUtf8(html)));
    }

    /// 200 with the JSON of `value`; see [Body#json(Object)].
    public static Response json(Object value) {
        return json(Status.OK, value);
    }

    public static Response json(int status, Object value) {
        return of(status, JSON, Body.json(value));
    }

    /// 201, with where the new thing is.
    public static Response created(String location) {
        return of(Status.CREATED).withHeader(Names.LOCATION, location);
    }

    public static Response noContent() {
        return of(Status.NO_CONTENT);
    }

    /// 302: the same request, this once, at `location`; 303 after a POST and 308 for good are
    /// [#redirect(int, String)].
    public static Response redirect(String location) {
        return redirect(Status.FOUND, location);
    }

    /// A redirect to `location` with another status: 301, 302, 303, 307 or 308.
    ///
    /// @throws IllegalArgumentException for another one
    public static Response redirect(int status, String location) {
        boolean leadsOn = (status >= 301 && status <= 303) || status == 307 || status == 308;
        if (!leadsOn) throw new IllegalArgumentException("status " + status + ": 301, 302, 303, 307 or 308");
        return of(status).withHeader(Names.LOCATION, location);
    }

    public static Response notFound() {
        return of(Status.NOT_FOUND);
    }

    /// 101: goes on in the protocol of `upgrade`. Over HTTP/2 the server makes it the 200 that RFC 8441 wants.
    public static Response upgrade(Upgrade upgrade) {
        Headers headers = Headers.of(Names.UPGRADE, upgrade.protocol());
        return new Response(Status.SWITCHING_PROTOCOLS, headers, Body.empty(), upgrade);
    }

    public int status() {
        return status;
    }

    public Headers headers() {
        return headers;
    }

    public Body body() {
        return body;
    }

    public Optional<Upgrade> upgrade() {
        return Optional.ofNullable(upgrade);
    }

    /// The value of the first field of that name.
    public Optional<String> header(String name) {
        return headers.first(name);
    }

    public Response withStatus(int changed) {
        return new Response(checkStatus(changed), headers, body, upgrade);
    }

    public Response withHeaders(Headers changed) {
        return new Response(status, changed, body, upgrade);
    }

    /// With one field of that name.
    public Response withHeader(String name, String value) {
        return withHeaders(headers.with(name, value));
    }

    /// With one more field of that name.
    public Response addingHeader(String name, String value) {
        return withHeaders(headers.adding(name, value));
    }

    public Response withoutHeader(String name) {
        return withHeaders(headers.without(name));
    }

    /// With `changed` and, where it says its type, that as `Content-Type`. The body that was there is not
    /// closed.
    public Response withBody(Body changed) {
        Optional<String> type = changed.contentType();
        Headers fields = type.isPresent() ? headers.with(Names.CONTENT_TYPE, type.get()) : headers;
        return new Response(status, fields, changed, upgrade);
    }

    private static int checkStatus(int status) {
        if (status < 100 || status > 999) throw new IllegalArgumentException("status " + status + ": 100 to 999");
        return status;
    }

    @Override
    public String toString() {
        return status + " " + Status.phrase(status);
    }
}
