package io.hawser.internal.http;

import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.Method;
import io.hawser.http.Peer;
import io.hawser.http.Request;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/// Makes HTTP values of what a codec has checked already: without a second look, and without a copy.
///
/// Thread: safe from any.
public abstract class HttpParts {
    private static volatile @Nullable HttpParts registered;

    /// For the one subclass, which is where the values are.
    protected HttpParts() {}

    public static HttpParts trusted() {
        return Holder.PARTS;
    }

    /// Called by the values when they are loaded.
    public static void register(HttpParts parts) {
        registered = parts;
    }

    /// The fields `pairs[0..length)`: name, value, name, value. Lookups are fastest where names are the
    /// constants of
    /// [Names].
    ///
    /// Owner: takes `pairs`, which may be longer.
    public abstract Headers headers(String[] pairs, int length);

    /// A request of its parts.
    ///
    /// @param target as it was received: printable ASCII of one of the four forms
    public abstract Request request(Method method, String target, Headers headers, Body body, Peer peer);

    /// What the encoder of that form attached to these fields before, null if it did not. A race may lose one.
    public abstract <F> @Nullable F encoded(Headers headers, Class<F> form);

    /// Attaches an encoded form of these fields, for those that are sent again and again, in place of one of the same
    /// class. Each version of HTTP has one.
    public abstract void encoded(Headers headers, Object form);

    private static final class Holder {
        static final HttpParts PARTS = load();

        private static HttpParts load() {
            try {
                MethodHandles.lookup().ensureInitialized(Headers.class);
            } catch (IllegalAccessException impossible) {
                throw new AssertionError(impossible);
            }
            HttpParts parts = registered;
            if (parts == null) throw new AssertionError("Headers registers the parts when it is initialized");
            return parts;
        }
    }
}
