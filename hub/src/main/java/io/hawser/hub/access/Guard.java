package io.hawser.hub.access;

import io.hawser.TimeSource;
import io.hawser.http.CrossSiteGuard;
import io.hawser.http.Filter;
import io.hawser.http.HttpHandler;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.internal.http.Credentials;
import io.hawser.websocket.Origins;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;

/// Decides over HTTP who may come in; handlers find the [Identity] on the request.
///
/// On a loopback address nobody has to prove anything where nothing is configured, so it is browsers
/// that have to be kept from being tricked: only names of this machine are answered, nothing of
/// another site is, and who comes through a proxy, which whoever it lets through looks like, shows the
/// admin token. On any other address only who proves something is let in, and what a browser sends along for
/// whatever page it is, a cookie or a certificate, proves nothing for a page of another site.
///
/// Thread: safe from any. Where a hook is asked whose token that is, its answer is waited for.
public final class Guard {
    private static final Set<String> OF_PROXIES =
            Set.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    /// What `Sec-Fetch-Site` says of a page of ours, and of what the user asks for himself.
    private static final Set<String> OF_OUR_SITE = Set.of("same-origin", "none");

    private final Authenticator authenticator;
    private final Optional<AdminCookies> cookies;
    private final Optional<CrossSiteGuard> sites;
    private final Origins origins;
    private final FailureLimit failures;

    /// @param isLoopback whether the hub listens on a loopback address
    public Guard(AccessConfig config, Authenticator authenticator, boolean isLoopback, TimeSource time) {
        this.authenticator = authenticator;
        this.origins = Origins.of(config.origins().toArray(String[]::new));
        this.failures = authenticator.failures();
        this.cookies = config.adminToken().map(token -> new AdminCookies(token, failures, time));
        CrossSiteGuard guard = CrossSiteGuard.loopback();
        for (String name : config.names()) guard = guard.withHost(name);
        for (String origin : config.origins()) guard = guard.withOrigin(origin);
        this.sites = isLoopback ? Optional.of(guard) : Optional.empty();
    }

    /// For what only administrators may use.
    public Filter admin() {
        return (request, next) -> onThisSite(request, asked -> admin(asked, next));
    }

    /// For what users may use, too. Where they have to prove who they are, they do it now.
    public Filter user() {
        return (request, next) -> onThisSite(request, asked -> user(asked, next, false));
    }

    /// For WebSockets of users, who may prove who they are inside.
    public Filter socket() {
        return (request, next) -> onThisSite(request, asked -> user(asked, next, true));
    }

    private Response onThisSite(Request request, HttpHandler next) throws Exception {
        return sites.isPresent() ? sites.get().filter(request, next) : next.handle(request);
    }

    private Response admin(Request request, HttpHandler next) throws Exception {
        Optional<Duration> pause = failures.pause(request.remote());
        if (isAdmin(request)) return next.handle(request.withAttribute(Identity.KEY, Identity.ADMIN));
        return pause.isPresent() ? tooMany(pause.get()) : unauthorized("the admin token is needed");
    }

    private boolean isAdmin(Request request) {
        boolean isFree = cookies.isEmpty() && sites.isPresent() && isFromHere(request);
        // Where nobody has a token, one that is shown says nothing; elsewhere it says that somebody is a user.
        if (isFree && authenticator.isOpen(request.remote())) return true;
        Optional<String> token = Credentials.ofScheme(request, "Bearer");
        if (token.isPresent()) return authenticator.isAdmin(token.get(), request.remote());
        return isFree || cookieExpiry(request).isPresent();
    }

    private Response user(Request request, HttpHandler next, boolean mayProveInside) throws Exception {
        Optional<String> token = Credentials.ofScheme(request, "Bearer");
        Optional<Duration> pause = token.isPresent() ? failures.pause(request.remote()) : Optional.empty();
        Optional<Identity> known = token.isPresent() ? bearer(request, token.get()) : withoutToken(request);
        if (known.isPresent()) return next.handle(request.withAttribute(Identity.KEY, known.get()));
        boolean isOpen = authenticator.isOpen(request.remote());
        if (isOpen && !isForwarded(request)) return next.handle(request.withAttribute(Identity.KEY, Identity.ANYONE));
        if (token.isEmpty() && mayProveInside && !isOpen) return next.handle(request);
        if (pause.isPresent()) return tooMany(pause.get());
        return unauthorized(token.isPresent() ? "the token is not good" : "a token is needed");
    }

    private Optional<Identity> withoutToken(Request request) {
        Optional<Instant> expiry = cookieExpiry(request);
        if (expiry.isPresent()) return Optional.of(Identity.ADMIN.withExpiresAt(expiry.get()));
        return isOfOurPage(request) ? authenticator.certificate(request.peer().tls()) : Optional.empty();
    }

    private Optional<Identity> bearer(Request request, String token) {
        try {
            return authenticator
                    .bearer(token, request.remote())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            return Optional.empty();
        }
    }

    private Optional<Instant> cookieExpiry(Request request) {
        return isOfOurPage(request) ? cookies.flatMap(ours -> ours.expiry(request)) : Optional.empty();
    }

    /// Whether no page of another site has caused it, as far as a browser says; those that may call are ours.
    private boolean isOfOurPage(Request request) {
        List<String> named = request.headers().all("Origin");
        if (named.isEmpty())
            return request.headers().all("Sec-Fetch-Site").stream().allMatch(OF_OUR_SITE::contains);
        return named.stream().allMatch(origin -> origins.allows(origin, request.scheme(), request.authority()));
    }

    /// `request` for somebody else, who is not to have what lets an administrator in here.
    public static Request withoutAdminCookie(Request request) {
        return AdminCookie.without(request);
    }

    /// A proxy that is believed says for whom it opens a connection: then that one is remote.
    private static boolean isFromHere(Request request) {
        return request.remote().isLoopback() && !isForwarded(request);
    }

    private static boolean isForwarded(Request request) {
        return OF_PROXIES.stream().anyMatch(request.headers()::has);
    }

    /// Whether this administrator is let in, and has a cookie from now on.
    Response login(Request request, String token) throws Exception {
        return onThisSite(request, asked -> {
            if (cookies.isEmpty())
                return Problem.of(Status.NOT_FOUND, "this hub has no admin token")
                        .response();
            Optional<Duration> pause = failures.pause(asked.remote());
            if (authenticator.isAdmin(token, asked.remote())) {
                boolean isSecure = asked.scheme().equals("https");
                return cookies.get().issue(isSecure).on(Response.noContent());
            }
            if (pause.isPresent()) return tooMany(pause.get());
            return Problem.of(Status.UNAUTHORIZED, "this is not the admin token")
                    .response();
        });
    }

    private static Response tooMany(Duration pause) {
        return Problem.of(Status.TOO_MANY_REQUESTS, "too many wrong tokens")
                .withRetryAfter(pause)
                .response();
    }

    private static Response unauthorized(String why) {
        return Problem.of(Status.UNAUTHORIZED, why)
                .response()
                .withHeader("WWW-Authenticate", "Bearer realm=\"hawser\"");
    }
}
