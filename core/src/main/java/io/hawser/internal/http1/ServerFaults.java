package io.hawser.internal.http1;

import io.hawser.ConnectionLost;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.ProtocolError;
import io.hawser.internal.outbound.ClientCall;
import org.jspecify.annotations.Nullable;

/// What a server did wrong, in the words for whoever called it.
final class ServerFaults {
    private ServerFaults() {}

    static ProtocolError unasked() {
        return new ProtocolError(0, "the server sent what nobody had asked for", "RFC 9112, section 9.2");
    }

    static ProtocolError switchedUnasked() {
        return new ProtocolError(0, "the server switches protocols unasked", "RFC 9110, section 15.2.2");
    }

    /// The connection has ended.
    ///
    /// @param server what it is called where there is no call
    /// @param body of the answer, if one is being read
    static HawserException lost(Object server, @Nullable ClientCall call, BodyReader body) {
        String named = (call == null ? server : call.origin()).toString();
        if (body.isReading()) {
            return new ConnectionLost(
                    named + " ended the connection within an answer, after " + body.progress() + " of its body",
                    Processed.MAYBE,
                    null);
        }
        String when = call != null && call.isHeard() ? " within the head of an answer" : " before an answer";
        return new ConnectionLost(named + " ended the connection" + when, Processed.MAYBE, null);
    }
}
