package io.hawser.internal.http1;

import io.hawser.internal.http.Switched;
import java.util.concurrent.RejectedExecutionException;

/// An HTTP/1.1 connection whose server goes on in another protocol.
record SwitchedLink(Http1ClientLink link, String protocol) implements Switched {
    @Override
    public void give(Taker taker) {
        try {
            link.channel().eventLoop().execute(() -> link.give(taker));
        } catch (RejectedExecutionException e) {
            taker.gone();
        }
    }

    @Override
    public void refuse() {
        link.close();
    }
}
