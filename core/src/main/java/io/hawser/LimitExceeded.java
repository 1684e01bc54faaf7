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
        super(limit + " exceeded: " + seen + " where at most " + allowed + " is allowed", processed, null);
        this.limit = limit;
        this.allowed = allowed;
        this.seen = seen;
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
