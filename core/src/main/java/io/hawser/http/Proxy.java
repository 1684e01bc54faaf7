package io.hawser.http;

import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.DeadlineExceeded;
import io.hawser.Endpoint;
import io.hawser.HawserException;
import io.hawser.Rejected;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.NetworkBody;
import io.hawser.internal.http.OnwardBody;
import io.hawser.internal.http.OnwardFields;
import io.hawser.internal.http.OnwardPath;
import io.hawser.internal.http.UnsentBody;
import io.hawser.internal.websocket.PassedHandshake;
import io.hawser.policy.WeightedEndpoint;
import io.hawser.session.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A reverse proxy: answers requests with what servers behind it answer.
///
/// ```java
/// try (HttpClient client = HttpClient.open();
///         Proxy shop = Proxy.to(endpoints, client)) {
///     Router site = Router.builder().mount("/shop", shop).build();
///     HttpServer.start(listen, HttpConfig.defaults(), site).run();
/// }
/// ```
///
/// Bodies go through piece by piece both ways, as fast as the slower side takes them. Heads are made anew:
/// the fields of one connection stay behind, the `Via` of requests grows by one, and `Forwarded` and
/// `X-Forwarded-...` say who the client is, in place of whatever a client wrote there; proxies of one's own
/// in front are believed by a [Forwarding] filter before this. `Expect` is answered by the server in front,
/// `Max-Forwards` counted down.
///
/// What it does not pass on: CONNECT and TRACE (405); a path with `.` or `..` in it, which could mean another
/// route to the server behind, `OPTIONS *`, and a malformed handshake of a WebSocket (400); a request that
/// has come by eight times already (508).
///
/// A WebSocket goes through byte by byte, as fast as the slower side takes it, once the server behind has
/// accepted it; what it answers otherwise is passed on as any answer. Over HTTP/2 too. A drain tells the
/// clients 1001 between two frames; an end that comes without a close frame is 1014 to the client, and 1001
/// to the server. Other upgrades are passed over, as RFC 9110 allows.
///
/// What the servers behind do wrong is never an answer of theirs: 502 if there is none or a malformed one,
/// 504 if it is late, 503 with `Retry-After` where no endpoint takes the call, each as [Problem] without
/// internals. An answer that breaks off after its head breaks off for the client.
///
/// A request with a body that comes from a network is sent once; others are tried again as the [Upstream] says.
///
/// Owner: closes the upstream, not its client. Thread: safe from any. Source: RFC 9110 section 7.6
public final class Proxy implements HttpHandler, AutoCloseable {
    /// The host that the upstream is told in place of its own.
    static final Key<String> KEPT_HOST = Key.of("kept-host");

    private static final Logger LOG = LoggerFactory.getLogger(Proxy.class);
    private static final String MAX_FORWARDS = "Max-Forwards";
    private static final String PASSED_ON = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final int MAX_PASSES = 8;

    private final Upstream upstream;
    private final ProxyConfig config;

    private Proxy(Upstream upstream, ProxyConfig config) {
        this.upstream = upstream;
        this.config = config;
    }

    /// In front of `endpoints`, balanced, over plain HTTP.
    public static Proxy to(List<Endpoint> endpoints, HttpClient client) {
        UpstreamConfig spread = UpstreamConfig.named("proxy");
        return to(Upstream.over(client, WeightedEndpoint.equally(endpoints), spread), ProxyConfig.defaults());
    }

    /// In front of `upstream`.
    public static Proxy to(Upstream upstream, ProxyConfig config) {
        return new Proxy(upstream, config);
    }

    @Override
    public Response handle(Request request) throws Exception {
        Optional<Response> own = answeredHere(request);
        if (own.isPresent()) return own.get();
        if (PassedHandshake.isAskedBy(request)) return passedThrough(request);
        // Of what is refused, nothing goes on.
        if (request.body() instanceof NetworkBody arriving) arriving.check();
        OnwardBody body = new OnwardBody(request.body());
        Response answer;
        try {
            answer = upstream.handle(onward(request, body));
        } catch (HawserException failure) {
            if (body.failure().isPresent()) throw body.failure().get();
            return failed(request, failure);
        }
        return passedOn(request, answer);
    }

    private Response passedThrough(Request request) throws Exception {
        PassedHandshake handshake = PassedHandshake.of(request);
        Response answer;
        try {
            answer = upstream.handle(handshake.asked(onward(request, Body.empty())));
        } catch (HawserException failure) {
            return failed(request, failure);
        }
        if (answer.upgrade().isEmpty()) return passedOn(request, answer);
        Headers fields = OnwardFields.ofAnswer(answer.headers(), true);
        return handshake.passedOn(answer, fields, config.webSocketIdle()).orElseGet(() -> invalid(request, answer));
    }

    private Optional<Response> answeredHere(Request request) {
        Method method = request.method();
        if (method.equals(Method.CONNECT) || method.equals(Method.TRACE)) {
            Response refusal = Problem.of(Status.METHOD_NOT_ALLOWED, method + " is not passed on")
                    .response();
            return Optional.of(refusal.withHeader(Names.ALLOW, PASSED_ON));
        }
        if (!OnwardPath.isPlain(request.rawPath())) {
            return problem(Status.BAD_REQUEST, "path: begins with /, without the segments . and ..");
        }
        if (OnwardFields.passes(request.headers(), config.name()) >= MAX_PASSES) {
            return problem(Status.LOOP_DETECTED, "it came by " + MAX_PASSES + " times");
        }
        if (PassedHandshake.isAskedBy(request)) {
            return PassedHandshake.fault(request).flatMap(fault -> problem(Status.BAD_REQUEST, fault));
        }
        if (!method.equals(Method.OPTIONS)) return Optional.empty();
        return request.headers().value(MAX_FORWARDS, "").equals("0")
                ? Optional.of(Response.noContent().withHeader(Names.ALLOW, PASSED_ON))
                : Optional.empty();
    }

    private static Optional<Response> problem(int status, String detail) {
        return Optional.of(Problem.of(status, detail).response());
    }

    private Request onward(Request request, Body body) {
        Headers fields = OnwardFields.ofRequest(request, config.name(), config.stripped());
        if (request.method().equals(Method.OPTIONS)) fields = OnwardPath.countedDown(fields, MAX_FORWARDS);
        String target = OnwardPath.of(request.rawPath(), config.stripped());
        String query = request.rawQuery();
        Request onward = request.onward(query.isEmpty() ? target : target + "?" + query, fields, body);
        return config.hostKept() ? onward.withAttribute(KEPT_HOST, request.authority()) : onward;
    }

    private Response passedOn(Request request, Response answer) {
        int status = answer.status();
        if (status < Status.OK || status > 599 || answer.upgrade().isPresent()) {
            return invalid(request, answer);
        }
        Body body = answer.body();
        Headers fields = OnwardFields.ofAnswer(answer.headers(), body.length().isPresent());
        if (request.method().equals(Method.HEAD) || status == Status.NOT_MODIFIED) {
            body.close();
            return Response.of(status, fields, UnsentBody.of(answer.headers().value(Names.CONTENT_LENGTH, "")));
        }
        return Response.of(status, fields, body.isReplayable() ? body : new OnwardBody(body));
    }

    private static Response invalid(Request request, Response answer) {
        answer.body().close();
        LOG.warn("{} {}: the upstream answered {}", request.method(), request.rawPath(), answer.status());
        return Problem.of(Status.BAD_GATEWAY, "no valid answer from the upstream")
                .response();
    }

    private static Response failed(Request request, HawserException failure) {
        if (failure instanceof Cancelled) throw failure;
        LOG.warn("{} {}: {}", request.method(), request.rawPath(), failure.toString());
        Problem problem = switch (failure) {
            case DeadlineExceeded _ -> Problem.of(Status.GATEWAY_TIMEOUT, "the upstream did not answer in time");
            case Rejected rejected ->
                Problem.of(Status.SERVICE_UNAVAILABLE, "no upstream takes the call")
                        .withRetryAfter(rejected.retryAfter().orElse(Duration.ofSeconds(1)));
            case ConnectFailed _ -> Problem.of(Status.BAD_GATEWAY, "the upstream cannot be reached");
            default -> Problem.of(Status.BAD_GATEWAY, "no valid answer from the upstream");
        };
        return problem.response();
    }

    /// The servers behind it, and how they are.
    public Upstream upstream() {
        return upstream;
    }

    /// Ends what the upstream does beside the calls.
    @Override
    public void close() {
        upstream.close();
    }
}
