package io.hawser.conformance.websocket;

import java.util.List;

/// What is sent, and what the answers must be. Whoever is tested echoes messages.
///
/// The peer that sends may be the client or the server; frames are masked accordingly. Unless the last
/// answer is a close, the script ends with a close of 1000, which must be answered.
///
/// @param id section and number
/// @param chop bytes of one write, 0 for all that is sent at once
/// @param sends in order
/// @param answers in order, and no others
/// @param compression what was agreed on
record Case(String id, String title, int chop, List<Frame> sends, List<Frame> answers, Compression compression) {
    static Case of(String id, String title, List<Frame> sends, List<Frame> answers) {
        return new Case(id, title, 0, sends, answers, Compression.NONE);
    }

    /// A case that is answered with a failure.
    static Case failing(String id, String title, int code, Frame... sends) {
        return of(id, title, List.of(sends), List.of(Frame.close(code)));
    }

    Case chopped(int bytes) {
        return new Case(id, title, bytes, sends, answers, compression);
    }

    Case with(Compression agreed) {
        return new Case(id, title, chop, sends, answers, agreed);
    }

    boolean endsByItself() {
        return !answers.isEmpty() && answers.getLast().opcode() == Frame.CLOSE;
    }
}
