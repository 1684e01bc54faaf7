package io.hawser.benchmarks;

import java.time.Duration;

/// How figures were taken: what stands below each table, because each may be of another run.
///
/// @param note a remark of whoever ran it; empty for none
/// @param command as it was typed
/// @param isCutShort there are fewer rounds than were asked for
record Taken(
        Machine machine,
        String note,
        String command,
        Workbench bench,
        boolean pinned,
        int rounds,
        Duration duration,
        Duration warmup,
        boolean isCutShort) {

    Taken cutShort() {
        return new Taken(machine, note, command, bench, pinned, rounds, duration, warmup, true);
    }

    String toMarkdown(Outcome outcome) {
        var text = new StringBuilder();
        if (!note.isEmpty()) text.append("**").append(note).append("** ");
        if (isCutShort) text.append("**Cut short: fewer rounds than were asked for.** ");
        text.append(machine.toMarkdown()).append(". `").append(command).append("`: ");
        text.append(outcome.how(rounds, duration, warmup)).append("; ");
        text.append(bench.loops() == 1 ? "1 event loop" : bench.loops() + " event loops");
        text.append(
                pinned
                        ? ", servers on core " + bench.serverCores() + ", load on core " + bench.clientCore()
                        : ", nothing pinned to a core");
        text.append("; JVM flags `").append(String.join(" ", bench.jvmFlags())).append("`.\n\n");
        return text.toString();
    }
}
