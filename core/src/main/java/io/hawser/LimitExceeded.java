package io.hawser;

/// Something was larger or more than a limit allows.
public final class LimitExceeded extends HawserException {
    private static final long serialVersionUID = 1;

    private final String limit;
    private final long allowed;
    private final long seen;

    /// @param limit which limit, as the configuration names it
    /// @param allowed the largest value that passes
    /// @param seen the value that did not; for input that was cut off, what was known when it was
    public LimitExceeded(String limit, long allowed, long seen, Processed processed) {
        this(limit, allowed, seen, processed, "");
    }

    /// With what else there is to say.
    ///
    /// @param detail ends the message, behind a colon
    public LimitExceeded(String limit, long allowed, long seen, Processed processed, String detail) {
        super(message(limit, allowed, seen, detail), processed, null);
        this.limit = limit;
        this.allowed = allowed;
        this.seen = seen;
    }

    private static String message(String limit, long allowed, long seen, String detail) {
        String message = limit + " exceeded: " + seen + " where at most " + allowed + " is allowed";
        return detail.isEmpty() ? message : message + ": " + detail;
    }

    public String limit() {
        return limit;
    }

    public long allowed() {
        return allowed;
    }

    public long seen() {
        return seen;
    }
}
