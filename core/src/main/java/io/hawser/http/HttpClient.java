package io.hawser.http;

import io.hawser.internal.http.Targets;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.outbound.Origins;
import io.hawser.io.IoThreads;
import io.hawser.pool.PoolStats;
import java.util.Map;
import java.util.Optional;

/// Makes calls over HTTP: a handler whose far end is a network.
///
/// ```java
/// try (HttpClient client = HttpClient.open(HttpClientConfig.to("https://api.example.org/v1"))) {
///     User user = client.get("/users/42").as(User.class);
///     Response made = client.post("/users").json(user.renamed("Ada")).send();
/// }
/// ```
///
/// Connections are kept and used again. A call waits on the caller's thread, so virtual threads make as many
/// at once as they like; what a call may take is said by [HttpTimeouts] and the caller's
/// [io.hawser.Deadline], and an interrupt ends it.
///
/// Redirects, cookies, retries and the like are filters, put around it by [#with(Filter...)]; the bare client
/// does none of them. It sends a request again only before a byte of an answer has come and if nothing of its
/// body is lost: once where a kept connection turns out to be closed (idempotent methods, or one with an
/// `Idempotency-Key`), and up to 10 times where it was surely not processed, as REFUSED_STREAM says.
///
/// Thread: safe from any; on an event loop, which must not wait, a call and closing are an
/// [IllegalStateException], save for a client without sockets.
///
/// Errors of calls: [io.hawser.ConnectFailed], [io.hawser.ConnectionLost], [io.hawser.DeadlineExceeded] which
/// names the phase, [io.hawser.ProtocolError] and [io.hawser.LimitExceeded] for an answer that is none or too
/// much, [io.hawser.Rejected], [io.hawser.Cancelled]. A status is a value.
public final class HttpClient implements HttpHandler, AutoCloseable {
    private final HttpHandler handler;
    private final HttpClientConfig config;
    private final Optional<Origins> connections;

    private HttpClient(HttpHandler handler, HttpClientConfig config, Optional<Origins> connections) {
        this.handler = handler;
        this.config = config;
        this.connections = connections;
    }

    /// A client with [HttpClientConfig#defaults()], on the shared event loops.
    public static HttpClient open() {
        return open(HttpClientConfig.defaults());
    }

    /// A client on the shared event loops.
    public static HttpClient open(HttpClientConfig config) {
        return open(config, NettyIoThreads.shared());
    }

    /// A client on event loops of the caller, who closes them after the client.
    public static HttpClient open(HttpClientConfig config, IoThreads io) {
        return open(config, ((NettyIoThreads) io).retain());
    }

    private static HttpClient open(HttpClientConfig config, NettyIoThreads threads) {
        Origins origins = Origins.open(threads, config);
        return new HttpClient(origins, config, Optional.of(origins));
    }

    /// A client whose calls `handler` answers, without a socket: a server's router for its tests, a fake, or
    /// another client.
    public static HttpClient over(HttpHandler handler) {
        return over(handler, HttpClientConfig.to("http://localhost"));
    }

    /// A client whose calls `handler` answers; of `config`, the base URL and the fields count.
    public static HttpClient over(HttpHandler handler, HttpClientConfig config) {
        return new HttpClient(handler, config, Optional.empty());
    }

    /// This client inside `outermostFirst`: the filters see requests with whole targets and all their fields.
    /// Both share the connections, and closing one closes them for both.
    @Override
    public HttpClient with(Filter... outermostFirst) {
        return new HttpClient(handler.with(outermostFirst), config, connections);
    }

    public HttpClientConfig config() {
        return config;
    }

    /// What there is to each origin that was called of late, by its name, such as `https://example.org` or
    /// `http://localhost:8080`: connections, and over HTTP/2, where one makes many calls at once, room for
    /// each of these calls. Nothing for a client without sockets.
    public Map<String, PoolStats> pools() {
        return connections.map(Origins::stats).orElse(Map.of());
    }

    public HttpCall get(String url) {
        return request(Method.GET, url);
    }

    public HttpCall head(String url) {
        return request(Method.HEAD, url);
    }

    public HttpCall post(String url) {
        return request(Method.POST, url);
    }

    public HttpCall put(String url) {
        return request(Method.PUT, url);
    }

    public HttpCall patch(String url) {
        return request(Method.PATCH, url);
    }

    public HttpCall delete(String url) {
        return request(Method.DELETE, url);
    }

    public HttpCall options(String url) {
        return request(Method.OPTIONS, url);
    }

    /// A call to be completed and sent.
    ///
    /// @param url whole, or what follows the base URL; percent-encoded where it must be
    /// @throws IllegalArgumentException if it is neither
    public HttpCall request(Method method, String url) {
        return new HttpCall(this, Request.of(method, target(Targets.check(url))));
    }

    private String target(String url) {
        if (Targets.isWhole(url)) return url;
        String base = config.baseUrl()
                .orElseThrow(() -> new IllegalArgumentException("target " + url + ": no base URL to put before it"));
        if (url.startsWith("?")) return base + url;
        boolean hasSlash = base.endsWith("/");
        if (url.startsWith("/")) return hasSlash ? base + url.substring(1) : base + url;
        return hasSlash ? base + url : base + "/" + url;
    }

    /// Makes one call. The caller closes the body of the answer: read to its end, it gives its connection
    /// back; closed before, it ends the connection, or over HTTP/2 its stream.
    ///
    /// @throws IllegalArgumentException if the target is neither whole nor follows a base URL
    @Override
    public Response handle(Request request) throws Exception {
        String target = target(request.target());
        Request whole = target.equals(request.target()) ? request : request.withTarget(target);
        return handler.handle(withDefaults(whole));
    }

    private Request withDefaults(Request request) {
        Headers defaults = config.headers();
        if (defaults.isEmpty()) return request;
        if (request.headers().isEmpty()) return request.withHeaders(defaults);
        Headers.Builder fields = request.headers().toBuilder();
        boolean isChanged = false;
        for (int i = 0; i < defaults.size(); i++) {
            String name = defaults.nameAt(i);
            if (request.headers().has(name)) continue;
            fields.add(name, defaults.valueAt(i));
            isChanged = true;
        }
        return isChanged ? request.withHeaders(fields.build()) : request;
    }

    /// Cuts the calls under way, closes the connections, and refuses new calls.
    @Override
    public void close() {
        connections.ifPresent(Origins::close);
    }
}
