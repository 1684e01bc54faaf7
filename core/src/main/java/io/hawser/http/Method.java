package io.hawser.http;

import io.hawser.internal.http.Tokens;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A request method: the registered ones are constants, any other token is possible.
///
/// Shape: a token, compared with its case. Source: RFC 9110 section 9
public final class Method {
    public static final Method GET = new Method("GET", true, true);
    public static final Method HEAD = new Method("HEAD", true, true);
    public static final Method OPTIONS = new Method("OPTIONS", true, true);
    public static final Method TRACE = new Method("TRACE", true, true);
    public static final Method PUT = new Method("PUT", false, true);
    public static final Method DELETE = new Method("DELETE", false, true);
    public static final Method POST = new Method("POST", false, false);
    public static final Method PATCH = new Method("PATCH", false, false);
    public static final Method CONNECT = new Method("CONNECT", false, false);

    private static final Map<String, Method> KNOWN = Stream.of(
                    GET, HEAD, OPTIONS, TRACE, PUT, DELETE, POST, PATCH, CONNECT)
            .collect(Collectors.toUnmodifiableMap(Method::name, Function.identity()));

    private final String name;
    private final boolean safe;
    private final boolean idempotent;

    private Method(String name, boolean safe, boolean idempotent) {
        this.name = name;
        this.safe = safe;
        this.idempotent = idempotent;
    }

    /// The method of that name: a constant where there is one.
    ///
    /// @throws IllegalArgumentException if `name` is not a token
    public static Method of(String name) {
        Method known = KNOWN.get(name);
        return known != null ? known : new Method(Tokens.check("method", name), false, false);
    }

    public String name() {
        return name;
    }

    /// Whether it asks for nothing to change. Source: RFC 9110 section 9.2.1
    public boolean isSafe() {
        return safe;
    }

    /// Whether sending it twice is meant to do no more than sending it once. Source: RFC 9110 section 9.2.2
    public boolean isIdempotent() {
        return idempotent;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Method that && name.equals(that.name));
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
