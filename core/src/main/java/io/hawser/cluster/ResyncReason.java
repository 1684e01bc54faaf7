package io.hawser.cluster;

import java.util.Locale;

/// Why a subscriber cannot have all that it missed.
public enum ResyncReason {
    /// The history that the position belongs to is gone; another one has begun.
    EPOCH,
    /// The history was rolled back behind the position, and written anew or not.
    FORK,
    /// What came after the position is not kept any more.
    WINDOW,
    /// More was missed than is replayed at once, or a message is larger than the subscriber can take.
    LIMIT;

    /// The word that the protocol has for it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
