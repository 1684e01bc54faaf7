package io.hawser.benchmarks;

import static io.hawser.benchmarks.Cells.cell;
import static io.hawser.benchmarks.Cells.number;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// What one who does not read was to all others, for each server.
record StallOutcome(BroadcastRow load, List<Stall.Result> results) implements Outcome {
    StallOutcome {
        results = List.copyOf(results);
    }

    @Override
    public String toMarkdown() {
        var text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "### Broadcast of %s to %,d who read and one who does not, at about half of the highest rate\n\n",
                Cells.size(load.load().payloadBytes()),
                load.load().subscribers()));
        text.append("| server | deliveries/s | p99 us without him | with him | when he has gone | with to without");
        text.append(" | noise: after to before | he is no longer read | errors |\n");
        text.append("|---".repeat(9)).append("|\n");
        for (var result : results) {
            text.append("| ").append(result.peer());
            cell(text, number((double) result.perSecond(), 0));
            cell(text, result.spread(Stall.Round::before).format(0));
            cell(text, result.spread(Stall.Round::stalled).format(0));
            cell(text, result.spread(Stall.Round::after).format(0));
            cell(text, result.spread(Stall.Round::ratio).format(2));
            cell(text, result.spread(Stall.Round::noise).format(2));
            cell(text, heldBack(result.rounds()));
            cell(text, Cells.faults(result.faults()));
            text.append(" |\n");
        }
        return text.append('\n').toString();
    }

    /// Nothing where nobody saw it.
    private static String heldBack(List<Stall.Round> rounds) {
        if (rounds.isEmpty()) return "";
        return rounds.stream().allMatch(Stall.Round::isHeldBack) ? "yes" : "no";
    }

    @Override
    public String how(int rounds, Duration duration, Duration warmup) {
        return rounds + " rounds of three times " + duration.toMillis() + " ms after " + warmup.toMillis()
                + " ms of processor time";
    }

    @Override
    public Stream<Map<String, Long>> errors() {
        return results.stream().map(Stall.Result::faults);
    }
}
