package io.hawser.tick.it;

import io.hawser.tick.SharedState;
import io.hawser.tick.Ticker;

/// A program with a forked ticker. It prints the process of the ticker, and stays until it is killed or its
/// input ends.
public final class ForkingProgram {
    private ForkingProgram() {}

    public static void main(String... args) throws Exception {
        SharedState shared = SharedState.inProcess();
        try (Ticker ticker = Ticker.fork(Beat.class, shared)) {
            System.out.println(ticker.name() + " "
                    + shared.map("words", Beat.TEXT).find("pid").orElseThrow());
            while (System.in.read() >= 0) {}
        }
    }
}
