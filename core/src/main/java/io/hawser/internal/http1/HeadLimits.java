package io.hawser.internal.http1;

/// The bounds of a head, and of a trailer.
///
/// @param maxLineBytes of the request line, without its end; default 8 KiB
/// @param maxHeadBytes of everything up to the empty line, which counts too; default 16 KiB
/// @param maxFields default 100
public record HeadLimits(int maxLineBytes, int maxHeadBytes, int maxFields) {
    public static final HeadLimits DEFAULTS = new HeadLimits(8 << 10, 16 << 10, 100);
}
