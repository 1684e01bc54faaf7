package io.hawser.hub.chaos;

import java.io.IOException;
import java.util.List;

/// Closes what was started, the last first.
final class AllClosed {
    private AllClosed() {}

    static void inReverse(List<AutoCloseable> started) throws IOException {
        for (AutoCloseable each : started.reversed()) {
            try {
                each.close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
