package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.http.Headers;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.netty.channel.EventLoop;

/// The way back of one [Exchange]: the turn of an HTTP/1 connection, or a stream of HTTP/2.
///
/// An answer is one [#whole], or one [#file], or one [#upgrade], or a [#head] and then pieces and an
/// [#end]. After the head [#cut] ends it where it is. Whatever comes after the connection is gone is
/// dropped, except that [#piece] says so.
///
/// Thread: the event loop, or the one thread that handles the request. What goes out keeps the order of the
/// calls.
public interface ReturnPath {
    /// The length of a body that only its end will tell.
    long UNKNOWN_LENGTH = -1;

    /// The length that a head without a body may tell: what a handler that has none says of the body
    /// elsewhere.
    ///
    /// @param length of the body that is not sent, or [#UNKNOWN_LENGTH], which the result may be too
    static long lengthOfNone(Response response, long length) {
        if (response.status() == Status.NO_CONTENT) return UNKNOWN_LENGTH;
        String said = response.headers().value(Names.CONTENT_LENGTH, "");
        boolean isNumber = !said.isEmpty() && said.length() < 19 && said.chars().allMatch(c -> c >= '0' && c <= '9');
        if (length <= 0 && isNumber) return Long.parseLong(said);
        return length == 0 && response.status() == Status.NOT_MODIFIED ? UNKNOWN_LENGTH : length;
    }

    EventLoop loop();

    /// A whole answer with a body of `content`, of which nothing is sent where the method or status forbids
    /// it.
    void whole(Response response, Bytes content);

    /// Begins an answer whose body follows.
    ///
    /// @param length of the body, or [#UNKNOWN_LENGTH]
    void head(Response response, long length);

    /// An answer without its body: to HEAD, or of a status that has none.
    ///
    /// @param length that the body would have, or [#UNKNOWN_LENGTH]
    void headOnly(Response response, long length);

    /// One piece of the body. Waits for room on a thread that may wait; the event loop asks [#hasRoom]
    /// before.
    ///
    /// @throws io.hawser.HawserException if the peer is gone
    void piece(Bytes piece);

    /// The end of the body.
    void end(Headers trailers);

    /// Breaks the answer off after its head, so that the peer can see that it is not whole.
    void cut(Throwable why);

    /// A whole answer from a file, sent by the operating system.
    ///
    /// @return false if that is not possible here, and nothing was done
    boolean file(Response response, FileBody file);

    /// Switches to the protocol that `response` carries.
    void upgrade(Response response);

    /// Whether a piece would be queued at once. Thread: the event loop.
    boolean hasRoom();

    /// Calls `told` once, on the event loop, when there is room again or the peer is gone. Thread: the
    /// event loop.
    void onRoom(Runnable told);
}
