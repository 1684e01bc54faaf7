package io.hawser.benchmarks.broadcast;

import java.io.IOException;
import java.io.Serial;

/// A server did not do what it should.
public final class BroadcastFailed extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    BroadcastFailed(String why) {
        super(why);
    }
}
