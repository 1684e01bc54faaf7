package io.hawser.http;

import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.internal.http.Again;
import io.hawser.internal.http.CrossedOrigin;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.Origin;
import io.hawser.internal.http.References;
import io.hawser.session.Key;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Follows the redirects that a client gets.
///
/// 303 is followed by GET, or HEAD where the request was one, and 301 and 302 in answer to POST by GET; every
/// other method and its body are sent again. A redirect is left to the caller, as the answer that it
/// is, where its body cannot be sent twice, where it leads from `https` to `http`, and where its `Location`
/// is none. Credentials that the caller put in stay with their origin, and the client's [Authorization]
/// filters add none once the origin was left.
///
/// Stands outside of cookies, cache and authentication, which then see every step.
///
/// Errors: [LimitExceeded] with the chain after `max` redirects; [ProtocolError] with the chain for a loop: a
/// target for the second time, with no cookie set since the first.
///
/// @param max redirects followed for one request; default 20
/// @param downgrade whether `https` may lead to `http`; default no
/// @param credentials fields that are not sent to another origin; default `Authorization`, `Cookie` and
///     `Proxy-Authorization`
/// @param listener hears of each redirect; default nobody
///
/// Source: RFC 9110 section 15.4
public record Redirects(int max, boolean downgrade, List<String> credentials, Consumer<Redirect> listener)
        implements Filter {
    /// Hears of the redirects of the one request that has this attribute.
    public static final Key<Consumer<Redirect>> LISTENER = Key.of("redirects");

    private static final Redirects DEFAULTS = new Redirects(
            20, false, List.of(Names.AUTHORIZATION, Names.COOKIE, Names.PROXY_AUTHORIZATION), redirect -> {});

    /// What is about the content, and goes with it.
    private static final List<String> ABOUT_CONTENT = List.of(
            Names.CONTENT_TYPE,
            Names.CONTENT_LENGTH,
            Names.CONTENT_ENCODING,
            "Content-Language",
            "Content-Location",
            "Content-Digest",
            "Digest",
            Names.TRANSFER_ENCODING,
            Names.EXPECT);

    public Redirects {
        if (max < 0) throw new IllegalArgumentException("max " + max + ": at least 0");
        credentials = List.copyOf(credentials);
    }

    public static Redirects defaults() {
        return DEFAULTS;
    }

    public Redirects withMax(int changed) {
        return new Redirects(changed, downgrade, credentials, listener);
    }

    public Redirects withDowngrade(boolean changed) {
        return new Redirects(max, changed, credentials, listener);
    }

    /// With these fields, e.g. that of an API key, kept from other origins besides those that are already.
    public Redirects withCredentials(String... more) {
        List<String> all = new ArrayList<>(credentials);
        all.addAll(List.of(more));
        return new Redirects(max, downgrade, all, listener);
    }

    public Redirects withListener(Consumer<Redirect> changed) {
        return new Redirects(max, downgrade, credentials, changed);
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        return new Chase(request).run(next);
    }

    /// One request and all that it is led to.
    private final class Chase {
        private final Optional<Consumer<Redirect>> ownListener;
        private final List<String> chain = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private Request current;

        Chase(Request request) {
            this.current = request;
            this.ownListener = request.attribute(LISTENER);
        }

        Response run(HttpHandler next) throws Exception {
            while (true) {
                Response response = next.handle(current);
                Optional<String> location = response.header(Names.LOCATION);
                if (!isFollowable(response.status()) || location.isEmpty()) return response;
                Optional<Request> following = following(response, location.get());
                if (following.isEmpty()) return response;
                response.body().close();
                step(response, following.get());
                current = following.get();
            }
        }

        private Optional<Request> following(Response response, String location) {
            String to;
            try {
                to = References.resolve(current, location);
            } catch (ProtocolError unusable) {
                return refuse(response, location, "its location cannot be followed");
            }
            boolean asGet = asGet(response.status(), current.method());
            Origin origin = Origin.of(to);
            if (!asGet && !Again.isPossible(current)) {
                return refuse(response, to, "the body cannot be sent again");
            }
            if (!downgrade && Origin.of(current).isSecure() && !origin.isSecure()) {
                return refuse(response, to, "https leads to http");
            }
            return Optional.of(moved(to, origin, asGet));
        }

        private Optional<Request> refuse(Response response, String to, String why) {
            tell(new Redirect(References.urlOf(current), response.status(), to, current.method(), why));
            return Optional.empty();
        }

        private Request moved(String to, Origin origin, boolean asGet) {
            Headers.Builder headers = current.headers().toBuilder().remove(Names.HOST);
            if (asGet) ABOUT_CONTENT.forEach(headers::remove);
            boolean crosses = !origin.equals(Origin.of(current));
            if (crosses) credentials.forEach(headers::remove);
            Request moved = current.withTarget(to).withHeaders(headers.build());
            if (crosses) moved = CrossedOrigin.mark(moved);
            if (asGet && !moved.method().equals(Method.HEAD)) moved = moved.withMethod(Method.GET);
            return asGet ? moved.withBody(Body.empty()) : Again.of(moved);
        }

        private void step(Response response, Request following) {
            String from = References.urlOf(current);
            if (chain.isEmpty()) chain.add(brief(from));
            seen.add(current.method() + " " + from);
            // A page may set a cookie and lead to itself to see it come back.
            if (response.headers().has(Names.SET_COOKIE)) seen.clear();
            chain.add(brief(following.target()));
            if (seen.contains(following.method() + " " + following.target())) {
                throw new ProtocolError(0, "redirects in a loop: " + text(), "RFC 9110, section 15.4");
            }
            if (chain.size() - 1 > max) {
                throw new LimitExceeded("redirects", max, chain.size() - 1, Processed.MAYBE, text());
            }
            tell(new Redirect(from, response.status(), following.target(), following.method(), ""));
        }

        private void tell(Redirect redirect) {
            listener.accept(redirect);
            ownListener.ifPresent(own -> own.accept(redirect));
        }

        private String text() {
            return String.join(" -> ", chain);
        }
    }

    /// Queries hold secrets too often to be shown in an error.
    private static String brief(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query) + "?...";
    }

    private static boolean isFollowable(int status) {
        return status == Status.MOVED_PERMANENTLY
                || status == Status.FOUND
                || status == Status.SEE_OTHER
                || status == Status.TEMPORARY_REDIRECT
                || status == Status.PERMANENT_REDIRECT;
    }

    private static boolean asGet(int status, Method method) {
        if (status == Status.SEE_OTHER) return true;
        return (status == Status.MOVED_PERMANENTLY || status == Status.FOUND) && method.equals(Method.POST);
    }
}
