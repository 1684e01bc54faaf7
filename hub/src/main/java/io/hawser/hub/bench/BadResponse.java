package io.hawser.hub.bench;

/// The peer sent something other than the answer; the message is the kind under which reports count it.
public final class BadResponse extends Exception {
    private static final long serialVersionUID = 1;

    public BadResponse(String kind) {
        super(kind, null, false, false);
    }

    /// What was wrong, in words that are the same for the same kind of fault.
    public String kind() {
        return String.valueOf(getMessage());
    }
}
