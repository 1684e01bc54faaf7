package io.hawser;

/// The session has ended, so nothing more can be sent or received on it.
public final class SessionClosed extends HawserException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final String reason;

    /// @param code the close code of the session's protocol
    public SessionClosed(int code, String reason, Processed processed) {
        super("session closed with " + code + (reason.isEmpty() ? "" : ": " + reason), processed, null);
        this.code = code;
        this.reason = reason;
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }
}
