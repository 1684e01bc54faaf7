package io.hawser.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// What a [ScriptedPeer] does on one connection, step after step; behind the last it closes the connection.
///
/// Thread: immutable, each method gives a longer script.
public final class Script {
    private static final Script EMPTY = new Script(List.of());

    private final List<Step> steps;

    private interface Step {
        void run(ScriptedConnection connection) throws IOException, InterruptedException;
    }

    private Script(List<Step> steps) {
        this.steps = steps;
    }

    /// The script that closes at once.
    public static Script of() {
        return EMPTY;
    }

    private Script then(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Script(List.copyOf(more));
    }

    /// Sends `text`, one byte a character.
    public Script send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Script send(byte... bytes) {
        byte[] copy = bytes.clone();
        return then(connection -> connection.send(copy));
    }

    /// Sends `text` again and again, until the client has left.
    public Script sendForever(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return then(connection -> {
            while (true) connection.send(bytes);
        });
    }

    /// Waits until the client has sent `text`; what came before it is passed over.
    public Script readUntil(String text) {
        return then(connection -> connection.readUntil(text));
    }

    /// Waits until the head of a request is there.
    public Script readHead() {
        return readUntil("\r\n\r\n");
    }

    /// Waits for so many bytes.
    public Script read(int bytes) {
        return then(connection -> connection.read(bytes));
    }

    /// Waits for exactly these bytes; anything else, an early end too, fails [ScriptedPeer#check()].
    public Script expect(String text) {
        return then(connection -> {
            String said;
            try {
                said = connection.read(text.length());
            } catch (EOFException early) {
                throw new AssertionError("expected " + text + ", but " + early.getMessage(), early);
            }
            if (!said.equals(text)) throw new AssertionError("expected " + text + ", but the client said " + said);
        });
    }

    /// Waits until the client has ended its side.
    public Script readToEnd() {
        return then(ScriptedConnection::readToEnd);
    }

    /// Does nothing for so long.
    public Script pause(Duration pause) {
        return then(connection -> Thread.sleep(pause));
    }

    /// Does nothing until `gate` is open.
    public Script await(CountDownLatch gate) {
        return then(connection -> gate.await());
    }

    /// Opens `gate`.
    public Script signal(CountDownLatch gate) {
        return then(connection -> gate.countDown());
    }

    /// All of `script`, so many times.
    public Script repeat(int times, Script script) {
        return then(connection -> {
            for (int i = 0; i < times; i++) script.run(connection);
        });
    }

    /// Ends its side of the connection; the client can still talk.
    public Script shutdownOutput() {
        return then(ScriptedConnection::shutdownOutput);
    }

    public Script close() {
        return then(ScriptedConnection::close);
    }

    /// Closes with a reset, which destroys what is on its way.
    public Script reset() {
        return then(ScriptedConnection::reset);
    }

    void run(ScriptedConnection connection) throws IOException, InterruptedException {
        for (Step step : steps) step.run(connection);
    }
}
