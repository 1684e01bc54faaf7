package io.hawser.internal.http2;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.HawserException.Processed;
import io.hawser.http.Headers;
import io.hawser.http.HttpVersion;
import io.hawser.internal.http.ReturnPath;
import io.hawser.internal.outbound.ClientCall;
import io.hawser.internal.outbound.ClientConnection;
import io.hawser.internal.tcp.ConnectTimes;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Room for one call at a time on a connection that makes many: what a pool of connections holds of HTTP/2.
///
/// Thread: whoever has it leased.
public final class ClientSlot implements ClientConnection {
    private static final long NO_LENGTH = ReturnPath.UNKNOWN_LENGTH;

    private final Http2ClientLink link;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private volatile @Nullable ClientStream stream;

    ClientSlot(Http2ClientLink link) {
        this.link = link;
    }

    @Override
    public boolean isUsable() {
        return link.isUsable();
    }

    @Override
    public boolean mayBeStale() {
        return link.mayBeStale();
    }

    @Override
    public boolean hasSurvived() {
        ClientStream last = stream;
        return link.isUsable() && (last == null || last.isGone());
    }

    @Override
    public HttpVersion version() {
        return HttpVersion.HTTP_2;
    }

    @Override
    public ConnectTimes times() {
        return link.times();
    }

    private ClientStream begin(ClientCall call) {
        ClientStream fresh = new ClientStream(link, call);
        stream = fresh;
        return fresh;
    }

    @Override
    public void whole(ClientCall call, Bytes content) {
        long length = content.isEmpty() && !call.hasBodyByMethod() ? NO_LENGTH : content.size();
        begin(call).begin(length, content, true);
    }

    @Override
    public void head(ClientCall call, long length) {
        begin(call).begin(length, Bytes.EMPTY, false);
    }

    @Override
    public void piece(ClientCall call, Bytes piece) {
        ClientStream current = stream;
        if (current != null) current.piece(piece);
    }

    @Override
    public void end(ClientCall call, Headers trailers) {
        ClientStream current = stream;
        if (current != null) current.end(trailers);
    }

    @Override
    public void cut(ClientCall call, RuntimeException why) {
        ClientStream current = stream;
        link.run(() -> {
            if (current != null) current.resetWith(why);
            call.fail(why);
        });
    }

    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) return;
        ClientStream current = stream;
        if (current != null && !current.isGone()) {
            link.run(() -> current.resetWith(new Cancelled("the call was ended by its client", Processed.MAYBE, null)));
        }
        link.giveUpSlot();
    }
}
