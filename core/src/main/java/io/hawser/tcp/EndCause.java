package io.hawser.tcp;

import io.hawser.session.CloseReason;

/// Why connections ended, in kinds few enough to count.
public enum EndCause {
    /// With a goodbye, or as another protocol that has taken the connection over.
    NORMAL,
    /// Without a goodbye.
    LOST,
    IDLE,
    TOO_SLOW,
    DRAIN,
    OVERLOAD,
    HANDLER_FAILED,
    /// Another connection of its session has come.
    REPLACED,
    /// It did not say what the protocol asks for.
    PROTOCOL,
    OTHER;

    /// Of a goodbye that gives no code, as that of a browser does not.
    private static final int NO_CODE = 1005;

    private static final int REPLACED_CODE = 4013;
    private static final int GOING_AWAY = 1001;
    private static final int TRY_AGAIN_LATER = 1013;

    /// The kind that `reason` is of.
    public static EndCause of(CloseReason reason) {
        int code = reason.code();
        if (code == CloseReason.NORMAL.code() || code == NO_CODE) return NORMAL;
        if (code == CloseReason.LOST.code()) return LOST;
        if (code == CloseReason.IDLE.code()) return IDLE;
        if (code == CloseReason.TOO_SLOW.code()) return TOO_SLOW;
        if (code == CloseReason.DRAIN.code() || code == GOING_AWAY) return DRAIN;
        if (code == CloseReason.OVERLOAD.code() || code == TRY_AGAIN_LATER) return OVERLOAD;
        if (code == CloseReason.HANDLER_FAILED.code()) return HANDLER_FAILED;
        if (code == REPLACED_CODE) return REPLACED;
        boolean isProtocol = (code >= 1002 && code <= 1010) || (code >= 4000 && code < 4500);
        return isProtocol ? PROTOCOL : OTHER;
    }
}
