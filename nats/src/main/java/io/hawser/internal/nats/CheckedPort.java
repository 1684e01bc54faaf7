package io.hawser.internal.nats;

import io.nats.client.impl.SocketDataPortWithWriteTimeout;
import java.io.IOException;

/// The socket of a connection to NATS, from which the client library reads what [CheckedInput] makes of it.
///
/// Thread: as the library uses it, one reads.
public final class CheckedPort extends SocketDataPortWithWriteTimeout {
    private final CheckedInput input = new CheckedInput();
    private byte[] ready = {};
    private int at;

    /// For the library, which makes one for each connection.
    public CheckedPort() {}

    @Override
    public int read(byte[] to, int from, int most) throws IOException {
        while (at == ready.length) {
            // Into its own array: all of it is taken before anything is given.
            int count = super.read(to, from, most);
            if (count <= 0) return count;
            ready = input.take(to, from, count);
            at = 0;
        }
        int given = Math.min(most, ready.length - at);
        System.arraycopy(ready, at, to, from, given);
        at += given;
        return given;
    }
}
