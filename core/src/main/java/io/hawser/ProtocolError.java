package io.hawser;

/// A peer broke the rules of its protocol, or answered in a way that they do not allow.
public final class ProtocolError extends HawserException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final String source;

    /// @param code the code that the protocol has for it (MSGI 4004, WebSocket 1002), or 0
    /// @param source the rule, e.g. `RFC 6455, section 5.5`
    public ProtocolError(int code, String message, String source) {
        super(message + " (" + source + ")", Processed.MAYBE, null);
        this.code = code;
        this.source = source;
    }

    /// The code that the protocol has for this violation, 0 where it has none.
    public int code() {
        return code;
    }

    /// The rule that was broken.
    public String source() {
        return source;
    }
}
