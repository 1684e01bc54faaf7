package io.hawser.conformance.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plays a [Case] against an open connection, and says what came of it.
final class Script {
    private final Case played;
    private final Peer peer;
    private final Codec codec;

    Script(Case played, Peer peer, Codec codec) {
        this.played = played;
        this.peer = peer;
        this.codec = codec;
    }

    /// Plays it to its end.
    ///
    /// @return what was answered, in one line, with nothing that the case does not expect
    /// @throws AssertionError if anything else was answered
    String play() throws IOException {
        Thread sender = Thread.ofVirtual().start(this::sendAll);
        List<Frame> expected = new ArrayList<>(played.answers());
        while (!expected.isEmpty()) expectOneOf(expected);
        if (!played.endsByItself()) {
            join(sender);
            peer.send(Frame.close(1000), 0);
            expectOneOf(new ArrayList<>(List.of(Frame.close(1000))));
        }
        peer.endOutput();
        Optional<Frame> more = peer.read();
        if (more.isPresent())
            throw new AssertionError("after the end came " + more.get().shown());
        join(sender);
        return summary();
    }

    private void sendAll() {
        try {
            if (played.chop() > 0 || !played.compression().isNone()) {
                for (Frame frame : played.sends()) peer.send(compressed(frame), played.chop());
                return;
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (Frame frame : played.sends()) all.writeBytes(peer.encoded(frame));
            peer.write(all.toByteArray(), 0);
        } catch (IOException e) {
            // whoever is tested has had enough, and said so
        }
    }

    private Frame compressed(Frame frame) {
        boolean isWhole = !frame.isControl() && frame.isCompressed() && (frame.first() & Frame.FIN) != 0;
        return isWhole ? Frame.of(frame.first(), codec.deflate(frame.payload())) : frame;
    }

    /// The next answer must be the first of those messages, or the first of those pongs, which may overtake
    /// messages; a close comes last.
    private void expectOneOf(List<Frame> expected) throws IOException {
        Frame answer = message();
        Frame first = expected.stream()
                .filter(each -> each.isControl() == answer.isControl())
                .findFirst()
                .orElse(expected.getFirst());
        boolean isRight = first.opcode() == Frame.CLOSE
                ? answer.opcode() == Frame.CLOSE && answer.closeCode() == first.closeCode() && expected.size() == 1
                : answer.isSameAs(first);
        if (!isRight) {
            throw new AssertionError(played.id() + ": " + first.shown() + " expected, but it was " + answer.shown()
                    + (answer.opcode() == Frame.CLOSE ? " " + new String(answer.payload(), UTF_8) : ""));
        }
        expected.remove(first);
    }

    private Frame message() throws IOException {
        Frame frame = peer.read().orElseThrow(() -> new AssertionError(played.id() + ": ended without a close frame"));
        if (!frame.isCompressed()) return frame;
        return Frame.of(frame.first() & ~Frame.RSV1, codec.inflate(frame.payload()));
    }

    private static void join(Thread sender) {
        try {
            sender.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String summary() {
        List<String> shown = new ArrayList<>();
        String last = "";
        int times = 0;
        for (Frame answer : played.answers()) {
            String now = answer.shown();
            if (now.equals(last)) {
                times++;
            } else {
                if (times > 0) shown.add(times > 1 ? times + " x " + last : last);
                last = now;
                times = 1;
            }
        }
        if (times > 0) shown.add(times > 1 ? times + " x " + last : last);
        return String.join(", ", shown);
    }
}
