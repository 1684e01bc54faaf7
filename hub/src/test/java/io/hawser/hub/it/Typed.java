package io.hawser.hub.it;

import io.hawser.hub.Main;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// A verb as it is typed, with standard input, output and errors of its own.
///
/// Thread: one at a time in a process; what it says may be looked at meanwhile.
final class Typed {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /// Runs a verb to its end.
    ///
    /// @param input what is piped into it
    /// @return its exit code
    int run(String input, String... words) {
        InputStream usualIn = System.in;
        PrintStream usualOut = System.out;
        PrintStream usualErr = System.err;
        out.reset();
        err.reset();
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            return Main.run(words);
        } finally {
            System.setIn(usualIn);
            System.setOut(usualOut);
            System.setErr(usualErr);
        }
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
