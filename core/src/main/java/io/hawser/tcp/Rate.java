package io.hawser.tcp;

/// How much of something there may be in a second, and how much at once after a pause: a token bucket.
///
/// @param perSecond 0 for as much as one likes
/// @param burst at once, after a pause; at least 1
public record Rate(long perSecond, long burst) {
    private static final Rate UNLIMITED = new Rate(0, 1);

    public Rate {
        if (perSecond < 0) throw new IllegalArgumentException("perSecond " + perSecond + ": 0 or more");
        if (burst < 1) throw new IllegalArgumentException("burst " + burst + ": at least 1");
    }

    /// So much a second, and `burst` at once.
    public static Rate of(long perSecond, long burst) {
        return new Rate(perSecond, burst);
    }

    /// As much as one likes.
    public static Rate unlimited() {
        return UNLIMITED;
    }

    /// What each of so many has of it; rounded up.
    public Rate sharedBy(int several) {
        return new Rate(Math.ceilDiv(perSecond, several), Math.ceilDiv(burst, several));
    }

    public boolean isLimited() {
        return perSecond > 0;
    }
}
