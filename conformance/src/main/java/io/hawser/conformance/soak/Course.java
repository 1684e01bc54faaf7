package io.hawser.conformance.soak;

import io.hawser.cluster.Position;

/// How far one reader has come in the messages of one sender, and whether each was the next.
///
/// A number may be missing where the reader was told that something is, and where the sender does not know
/// whether it was taken; it may come again where the sender had to send it again after the hub had
/// forgotten it.
///
/// Thread: safe from any.
final class Course {
    private static final long UNKNOWN = -1;

    private final String reader;
    private final Numbers numbers;
    private final Findings findings;
    private final Counts counts;
    private Object turn = new Object();
    private Position at = Position.NONE;
    private long last = UNKNOWN;
    private boolean mayJump;

    Course(String reader, Numbers numbers, Findings findings, Counts counts) {
        this.reader = reader;
        this.numbers = numbers;
        this.findings = findings;
        this.counts = counts;
    }

    /// From now on only what comes with the returned token counts: what an earlier connection of the reader
    /// still has is read again.
    synchronized Object take() {
        turn = new Object();
        return turn;
    }

    synchronized Position at() {
        return at;
    }

    /// @param newAt [Position#NONE] where the reader needs none
    synchronized void message(Object of, Position newAt, String text) {
        if (!of.equals(turn)) return;
        int space = text.indexOf(' ');
        long number = space > 0 ? Long.parseLong(text, 0, space, 10) : UNKNOWN;
        if (!text.equals(numbers.text(number))) findings.wrong(reader + ": not what was sent: " + head(text));
        else next(number);
        at = newAt;
        counts.add("messages-received");
    }

    private void next(long number) {
        if (last == UNKNOWN) {
            last = number;
            return;
        }
        if (number <= last) {
            findings.suspect(reader + ": " + number + " came behind " + last, () -> numbers.isUnsure(number));
            counts.add("came-again");
            return;
        }
        boolean jumped = false;
        for (long missing = last + 1; missing < number; missing++) {
            long it = missing;
            if (mayJump) jumped = true;
            else findings.suspect(reader + ": " + it + " is missing", () -> numbers.isUnsure(it));
        }
        if (jumped) mayJump = false;
        last = number;
    }

    /// The reader was told that messages may be missing before the next one.
    synchronized void told(Object of, Position newAt) {
        if (!of.equals(turn)) return;
        counts.add("resyncs");
        mayJump = true;
        at = newAt;
    }

    /// Messages may be missing before the next one, as nobody promised otherwise.
    synchronized void allowJump() {
        mayJump = true;
    }

    /// Whether a message has come that is as new as `number`, or newer.
    synchronized boolean hasReached(long number) {
        return last >= number;
    }

    /// Whether everything has come that is certain to have been taken, or the reader was told of what has
    /// not.
    synchronized boolean isThrough() {
        return hasReached(numbers.acknowledged()) || mayJump;
    }

    Numbers numbers() {
        return numbers;
    }

    @Override
    public synchronized String toString() {
        return reader + " is at " + last + " of " + numbers.acknowledged();
    }

    private static String head(String text) {
        return text.length() > 60 ? text.substring(0, 60) : text;
    }
}
