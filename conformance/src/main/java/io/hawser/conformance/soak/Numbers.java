package io.hawser.conformance.soak;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/// The numbers of the messages that one sender sends, and what becomes of them.
///
/// Thread: one sends; any asks.
final class Numbers {
    private static final int MAX_FILLER = 2_000;
    private static final String FILLER = "häwser·0123456789 abcdefghijklmnopqrstuvwxyz ";

    private final String name;
    private final Set<Long> unsure = ConcurrentHashMap.newKeySet();
    private volatile long last;
    private volatile long acknowledged;

    Numbers(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /// The number of the next message, from 1.
    long next() {
        long next = last + 1;
        last = next;
        return next;
    }

    void acknowledge(long number) {
        acknowledged = number;
    }

    /// The highest number that is certain to have been taken.
    long acknowledged() {
        return acknowledged;
    }

    /// Whether the message was taken, and how often, its sender does not know.
    void unsure(long number) {
        unsure.add(number);
    }

    boolean isUnsure(long number) {
        return unsure.contains(number);
    }

    /// What the message of that number says.
    String text(long number) {
        SplittableRandom random = new SplittableRandom(name.hashCode() * 31L + number);
        int size = random.nextInt(4) == 0 ? random.nextInt(MAX_FILLER) : random.nextInt(40);
        StringBuilder text = new StringBuilder(size + 40);
        text.append(number).append(' ').append(name).append(' ');
        while (text.length() < size) text.append(FILLER, 0, random.nextInt(1, FILLER.length()));
        return text.toString();
    }
}
