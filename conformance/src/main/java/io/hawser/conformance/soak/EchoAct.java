package io.hawser.conformance.soak;

import io.hawser.Bytes;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A conversation with an echo: some messages, of which a few are on their way at a time, then a goodbye or
/// a cut.
///
/// Each answer must be the next message; one may be skipped only once the client has lost its connection.
final class EchoAct implements Act {
    private static final int MOST_MESSAGES = 40;
    private static final int MOST_ON_THE_WAY = 8;
    private static final int PATIENCE_SECONDS = 15;

    /// A client of one protocol.
    interface Speaker extends AutoCloseable {
        void send(Message message);

        Optional<Session> session();

        @Override
        void close();
    }

    /// Opens one that tells `heard`.
    interface Opening {
        Speaker open(SessionHandler heard);
    }

    private final String name;
    private final Opening opening;
    private final boolean hasText;
    private final Findings findings;
    private final Counts counts;

    EchoAct(String name, boolean hasText, Opening opening, Findings findings, Counts counts) {
        this.name = name;
        this.hasText = hasText;
        this.opening = opening;
        this.findings = findings;
        this.counts = counts;
    }

    /// A speaker out of what clients have in common.
    static Speaker speaker(Consumer<Message> send, Supplier<Optional<Session>> session, Runnable close) {
        return new Speaker() {
            @Override
            public void send(Message message) {
                send.accept(message);
            }

            @Override
            public Optional<Session> session() {
                return session.get();
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }

    private static final class Hearing implements SessionHandler {
        final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        final AtomicInteger connections = new AtomicInteger();

        @Override
        public void opened(Session session) {
            connections.incrementAndGet();
        }

        @Override
        public void message(Session session, Message message) {
            heard.add(message.keep());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void once(SplittableRandom random) throws Exception {
        int messages = random.nextInt(1, MOST_MESSAGES);
        int window = random.nextInt(1, MOST_ON_THE_WAY);
        Numbers numbers = new Numbers(name + random.nextInt());
        Hearing hearing = new Hearing();
        try (Speaker speaker = opening.open(hearing)) {
            long expected = 1;
            long sent = 0;
            while (expected <= messages) {
                while (sent < messages && sent - expected < window - 1) {
                    sent = numbers.next();
                    speaker.send(message(numbers, sent));
                    counts.add("messages-sent");
                }
                Message answer = hearing.heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (answer == null) {
                    counts.add(name + ".interrupted");
                    break;
                }
                expected = check(numbers, expected, answer, hearing) + 1;
            }
            if (random.nextInt(3) == 0) speaker.session().ifPresent(Session::abort);
        }
    }

    private Message message(Numbers numbers, long number) {
        String text = numbers.text(number);
        return hasText && number % 2 == 0 ? Message.text(text) : Message.binary(Bytes.ofUtf8(text));
    }

    private long check(Numbers numbers, long expected, Message answer, Hearing hearing) {
        String text = answer.text();
        long number = Long.parseLong(text, 0, Math.max(1, text.indexOf(' ')), 10);
        counts.add("messages-received");
        Message whole = message(numbers, number);
        if (!text.equals(whole.text()) || answer.isText() != whole.isText()) {
            findings.wrong(name + ": the answer is no message of ours: " + text);
        } else if (number < expected) {
            findings.wrong(name + ": " + number + " came back where " + expected + " was the next");
        } else if (number > expected && hearing.connections.get() < 2) {
            findings.wrong(name + ": " + expected + " was skipped on the one connection");
        }
        return number;
    }
}
