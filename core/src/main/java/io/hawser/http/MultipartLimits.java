package io.hawser.http;

/// The bounds of a form of several parts that is read. Going over one is [io.hawser.LimitExceeded], which is
/// answered with 413. The body as a whole has the limit of its route.
///
/// @param maxParts default 128
/// @param maxPartBytes of the content of one part; default 10 MiB
/// @param maxHeadBytes of the fields of one part; default 8 KiB
public record MultipartLimits(int maxParts, long maxPartBytes, int maxHeadBytes) {
    private static final MultipartLimits DEFAULTS = new MultipartLimits(128, 10L << 20, 8 << 10);

    public MultipartLimits {
        if (maxParts < 1) throw new IllegalArgumentException("maxParts " + maxParts + ": at least 1");
        if (maxPartBytes < 0) throw new IllegalArgumentException("maxPartBytes " + maxPartBytes + ": at least 0");
        if (maxHeadBytes < 64) throw new IllegalArgumentException("maxHeadBytes " + maxHeadBytes + ": at least 64");
    }

    public static MultipartLimits defaults() {
        return DEFAULTS;
    }

    public MultipartLimits withMaxParts(int changed) {
        return new MultipartLimits(changed, maxPartBytes, maxHeadBytes);
    }

    public MultipartLimits withMaxPartBytes(long changed) {
        return new MultipartLimits(maxParts, changed, maxHeadBytes);
    }

    public MultipartLimits withMaxHeadBytes(int changed) {
        return new MultipartLimits(maxParts, maxPartBytes, changed);
    }
}
