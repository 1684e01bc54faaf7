package io.hawser.hub.access;

import io.hawser.session.Key;
import java.time.Instant;
import java.util.Optional;

/// Who somebody was proved to be.
///
/// @param user the name; empty for an administrator, and where nobody has to prove anything
/// @param isAdmin whether everything is allowed
/// @param expiresAt until when the proof is good; empty if it does not end
public record Identity(String user, boolean isAdmin, Optional<Instant> expiresAt) {
    /// Of a session whose handshake proved it, before its hello.
    public static final Key<Identity> KEY = Key.of("identity");

    /// Whoever comes, where nobody has to prove anything.
    public static final Identity ANYONE = new Identity("", false, Optional.empty());

    /// Who has the admin token.
    public static final Identity ADMIN = new Identity("", true, Optional.empty());

    private static final int MAX_USER_CHARS = 200;

    public Identity {
        if (!isName(user) && !user.isEmpty()) {
            throw new IllegalArgumentException(
                    "user of " + user.length() + " characters: at most " + MAX_USER_CHARS + ", and no line feed");
        }
    }

    /// Whether a user may be called so: 1 to 200 characters, no line feed.
    static boolean isName(String user) {
        return !user.isEmpty() && user.length() <= MAX_USER_CHARS && user.indexOf('\n') < 0;
    }

    /// A user whose proof does not end.
    public static Identity of(String user) {
        return new Identity(user, false, Optional.empty());
    }

    /// The same, until then.
    public Identity withExpiresAt(Instant changed) {
        return new Identity(user, isAdmin, Optional.of(changed));
    }

    /// Whether it was proved to be a user or an administrator.
    public boolean isSomebody() {
        return isAdmin || !user.isEmpty();
    }

    public boolean isExpired(Instant now) {
        return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
    }
}
