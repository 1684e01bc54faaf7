package io.hawser.http;

import io.hawser.Endpoint;
import io.hawser.ProtocolError;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.Pairs;
import io.hawser.internal.http.Targets;
import io.hawser.session.Key;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One request, on its way into a server or out of a client.
///
/// Only what is asked for is parsed: path and query are decoded when they are first read.
///
/// Thread: immutable but for its body, safe from any. Source: RFC 9110 section 3.4, RFC 9112 section 3
public final class Request {
    private final Method method;
    private final String target;
    private final Headers headers;
    private final Body body;
    private final Peer peer;
    private final Object @Nullable [] attributes;
    private final Object @Nullable [] pathParameters;

    // Made when first asked for; threads that race make the same.
    private @Nullable String path;
    private @Nullable Parameters query;

    /// Owner: `target` is known to be good, and the arrays are the request's own.
    Request(
            Method method,
            String target,
            Headers headers,
            Body body,
            Peer peer,
            Object @Nullable [] attributes,
            Object @Nullable [] pathParameters) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
        this.peer = peer;
        this.attributes = attributes;
        this.pathParameters = pathParameters;
    }

    /// A request without fields and body.
    ///
    /// @param target `/path?query`, `http://host/path`, `host:port` or `*`, percent-encoded where it must be
    /// @throws IllegalArgumentException if the target is empty, or holds `#` or anything but printable ASCII
    public static Request of(Method method, String target) {
        return new Request(method, Targets.check(target), Headers.EMPTY, Body.empty(), Peer.none(), null, null);
    }

    public static Request get(String target) {
        return of(Method.GET, target);
    }

    public static Request head(String target) {
        return of(Method.HEAD, target);
    }

    public static Request delete(String target) {
        return of(Method.DELETE, target);
    }

    public static Request post(String target, Body body) {
        return of(Method.POST, target).withBody(body);
    }

    public static Request put(String target, Body body) {
        return of(Method.PUT, target).withBody(body);
    }

    public static Request patch(String target, Body body) {
        return of(Method.PATCH, target).withBody(body);
    }

    public Method method() {
        return method;
    }

    /// As it is on the wire, undecoded.
    public String target() {
        return target;
    }

    public Headers headers() {
        return headers;
    }

    public Body body() {
        return body;
    }

    /// The connection that it came on.
    public Peer peer() {
        return peer;
    }

    /// Who sent it.
    public Endpoint remote() {
        return peer.remote();
    }

    /// The version that it came in.
    public HttpVersion version() {
        return peer.version();
    }

    /// `http` or `https`: what the target says, otherwise that of the connection.
    public String scheme() {
        return Targets.scheme(target, peer.scheme());
    }

    /// The host and port that it is for, as they are written: those of the target, otherwise of the field
    /// `Host`; empty if there are none.
    public String authority() {
        return method.equals(Method.CONNECT) ? target : Targets.authority(target, headers.value(Names.HOST, ""));
    }

    /// The path as it is on the wire: `/` where the target has none, `*` of `OPTIONS *`, empty of CONNECT.
    public String rawPath() {
        return method.equals(Method.CONNECT) ? "" : Targets.path(target);
    }

    /// The decoded path. An escaped slash cannot be told from one that separates: a router decides by
    /// [#rawPath()].
    ///
    /// @throws io.hawser.ProtocolError with code 400 if an escape is broken or is not UTF-8
    public String path() {
        String known = path;
        if (known == null) {
            known = Targets.decodedPath(rawPath());
            path = known;
        }
        return known;
    }

    /// What follows the `?`, undecoded; empty without one.
    public String rawQuery() {
        return Targets.query(target);
    }

    /// The parameters of the query.
    ///
    /// @throws io.hawser.ProtocolError with code 400 if an escape is broken or is not UTF-8
    public Parameters query() {
        Parameters known = query;
        if (known == null) {
            known = Parameters.parse(rawQuery());
            query = known;
        }
        return known;
    }

    /// The first parameter of that name in the query.
    public Optional<String> query(String name) {
        return query().first(name);
    }

    /// The first parameter of that name in the query, as a whole number.
    ///
    /// @throws io.hawser.ProtocolError with code 400 if it is none
    public OptionalLong numberQuery(String name) {
        Optional<String> given = query(name);
        if (given.isEmpty()) return OptionalLong.empty();
        try {
            return OptionalLong.of(Long.parseLong(given.get()));
        } catch (NumberFormatException e) {
            String what = "query parameter '" + name + "' is no whole number";
            throw new ProtocolError(400, what, "RFC 9110, section 15.5.1");
        }
    }

    /// The value of the first field of that name.
    public Optional<String> header(String name) {
        return headers.first(name);
    }

    /// The part of the path that the route names so: `42` for `id` where `/users/{id}` matched.
    ///
    /// @throws NoSuchElementException if the route has none of that name
    public String pathParameter(String name) {
        Object value = pathParameters == null ? null : Pairs.get(pathParameters, name);
        if (value == null) throw new NoSuchElementException("the route has no parameter " + name);
        return (String) value;
    }

    /// The part of the path that the route names so, which it declares to be a number: `{id:int}`, `{id:long}`.
    public long numberParameter(String name) {
        return Long.parseLong(pathParameter(name));
    }

    @SuppressWarnings("unchecked") // withAttribute stored under this key what has its type
    public <T> Optional<T> attribute(Key<T> key) {
        return attributes == null ? Optional.empty() : Optional.ofNullable((T) Pairs.get(attributes, key));
    }

    public Request withMethod(Method changed) {
        return new Request(changed, target, headers, body, peer, attributes, pathParameters);
    }

    /// With another target, checked like that of [#of(Method, String)].
    public Request withTarget(String changed) {
        return new Request(method, Targets.check(changed), headers, body, peer, attributes, pathParameters);
    }

    /// With other parameters in the query.
    public Request withQuery(Parameters changed) {
        return withTarget(Targets.withQuery(target, changed.encode()));
    }

    public Request withHeaders(Headers changed) {
        return copy(changed, body, peer, attributes, pathParameters);
    }

    /// With one field of that name.
    public Request withHeader(String name, String value) {
        return withHeaders(headers.with(name, value));
    }

    /// With one more field of that name.
    public Request addingHeader(String name, String value) {
        return withHeaders(headers.adding(name, value));
    }

    public Request withoutHeader(String name) {
        return withHeaders(headers.without(name));
    }

    /// With `changed` and, where it says its type, that as `Content-Type`.
    public Request withBody(Body changed) {
        Optional<String> type = changed.contentType();
        Headers fields = type.isPresent() ? headers.with(Names.CONTENT_TYPE, type.get()) : headers;
        return copy(fields, changed, peer, attributes, pathParameters);
    }

    public Request withPeer(Peer changed) {
        return copy(headers, body, changed, attributes, pathParameters);
    }

    /// With a value for those who handle it next.
    public <T> Request withAttribute(Key<T> key, T value) {
        return copy(headers, body, peer, Pairs.with(attributes, key, value), pathParameters);
    }

    /// With a part of the path, named as a router does.
    public Request withPathParameter(String name, String value) {
        return copy(headers, body, peer, attributes, Pairs.with(pathParameters, name, value));
    }

    /// As it goes on elsewhere, in one step; `changed` is known to be good, and the fields stay as they are
    /// given.
    Request onward(String changed, Headers newHeaders, Body newBody) {
        return new Request(method, changed, newHeaders, newBody, peer, attributes, pathParameters);
    }

    private Request copy(
            Headers newHeaders,
            Body newBody,
            Peer newPeer,
            Object @Nullable [] newAttributes,
            Object @Nullable [] newPathParameters) {
        Request copy = new Request(method, target, newHeaders, newBody, newPeer, newAttributes, newPathParameters);
        copy.path = path;
        copy.query = query;
        return copy;
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
