package io.hawser.internal.process;

import java.io.IOException;
import java.io.InputStream;

/// A child's sign of life of its parent: standard input, which ends when the parent does, however it ends.
public final class Lifeline {
    private Lifeline() {}

    /// Runs `action` once, on a thread of its own, when the parent has gone. Takes standard input over.
    public static void onCut(Runnable action) {
        Thread watch = new Thread(() -> awaitCut(action), "hawser-lifeline");
        watch.setDaemon(true);
        watch.start();
    }

    private static void awaitCut(Runnable action) {
        InputStream in = System.in;
        try {
            while (in.read() >= 0) {}
        } catch (IOException e) {
            // Gone, too.
        }
        action.run();
    }
}
