package io.hawser.benchmarks.peers;

import io.netty.util.AsciiString;
import java.time.Duration;

/// The value of `Date` for servers that leave it to the application: made once a second by a thread of its
/// own.
final class Clock {
    private static volatile String date = Answers.date();
    private static volatile AsciiString ascii = AsciiString.of(date);

    static {
        Thread.ofPlatform().daemon().name("date").start(() -> {
            try {
                while (true) {
                    Thread.sleep(Duration.ofSeconds(1));
                    date = Answers.date();
                    ascii = AsciiString.of(date);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Clock() {}

    static String date() {
        return date;
    }

    /// As bytes already, as Netty likes its headers best.
    static AsciiString ascii() {
        return ascii;
    }
}
