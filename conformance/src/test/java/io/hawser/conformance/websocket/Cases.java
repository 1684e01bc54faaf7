package io.hawser.conformance.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// All of them.
final class Cases {
    private Cases() {}

    static List<Case> all() {
        List<Case> all = new ArrayList<>();
        Stream.of(FramingCases.all(), TextCases.all(), CloseCases.all(), LimitCases.all(), DeflateCases.all())
                .forEach(all::addAll);
        return all;
    }
}
