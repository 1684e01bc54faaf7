package io.hawser.internal.outbound;

import io.hawser.Bytes;
import io.hawser.http.Headers;
import io.hawser.http.HttpVersion;
import io.hawser.internal.tcp.ConnectTimes;

/// A connection that makes calls, in whichever version of HTTP.
///
/// A call is one [#whole], or a [#head], pieces and an [#end]; what comes back, how it fails, and when the last
/// of it is on its way, the [ClientCall] is told.
///
/// Thread: that of the caller, or of the upload of the call.
public interface ClientConnection extends AutoCloseable {
    /// Whether the next call may go over it. Never waits.
    boolean isUsable();

    /// Whether it has been open for a while, or was used before, so that the server may have closed it since.
    boolean mayBeStale();

    /// Whether a call that failed has left nothing behind, so that the next may go over it.
    boolean hasSurvived();

    HttpVersion version();

    /// What opening it took.
    ConnectTimes times();

    /// Sends all of a request. Does not wait but for room.
    ///
    /// @param content its body
    /// @throws io.hawser.ConnectionLost with nothing processed, if the connection is gone
    void whole(ClientCall call, Bytes content);

    /// Sends the head of a request whose body follows.
    ///
    /// @param length of the body, or [io.hawser.internal.http.ReturnPath#UNKNOWN_LENGTH]
    void head(ClientCall call, long length);

    /// Waits for room.
    void piece(ClientCall call, Bytes piece);

    void end(ClientCall call, Headers trailers);

    /// The call ends here, and so does a connection that carries nothing else.
    void cut(ClientCall call, RuntimeException why);

    /// Cuts it with all that is on it.
    @Override
    void close();
}
