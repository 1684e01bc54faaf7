package io.hawser.hub.v1;

import io.hawser.Bytes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What sessions were when other nodes took them, for ten seconds. The answer may have been lost: the same
/// run of the same node gets it again for the same token, and nobody else, so that never two have the
/// session. Of 32 MiB; then the oldest is forgotten.
///
/// Thread: safe from any, by its monitor.
final class GivenStates {
    static final Duration KEPT = Duration.ofSeconds(10);
    static final long MOST_BYTES = 32L << 20;

    private record Given(ResumeTokens.Claim claim, String run, Bytes state, long nanos) {}

    private final LinkedHashMap<String, Given> oldestFirst = new LinkedHashMap<>();
    private long bytes;

    synchronized void add(ResumeTokens.Claim claim, String run, Bytes state, long nowNanos) {
        remove(claim.sid());
        oldestFirst.putLast(claim.sid(), new Given(claim, run, state, nowNanos));
        bytes += state.size();
        while (bytes > MOST_BYTES) removeOldest();
    }

    /// What that run of a node was given for that token.
    synchronized Optional<Bytes> again(ResumeTokens.Claim claim, String run, long nowNanos) {
        sweep(nowNanos);
        return Optional.ofNullable(oldestFirst.get(claim.sid()))
                .filter(given -> given.run().equals(run))
                .filter(given -> given.claim().user().equals(claim.user()))
                .filter(given -> given.claim().generation() == claim.generation())
                .map(Given::state);
    }

    /// That run of a node has it.
    synchronized void remove(String sid, String run) {
        Given known = oldestFirst.get(sid);
        if (known != null && known.run().equals(run)) remove(sid);
    }

    synchronized void remove(String sid) {
        Given given = oldestFirst.remove(sid);
        if (given != null) bytes -= given.state().size();
    }

    private void removeOldest() {
        bytes -= oldestFirst.pollFirstEntry().getValue().state().size();
    }

    /// Forgets those whose time has passed.
    synchronized void sweep(long nowNanos) {
        while (!oldestFirst.isEmpty()) {
            Map.Entry<String, Given> oldest = oldestFirst.firstEntry();
            if (nowNanos - oldest.getValue().nanos() < KEPT.toNanos()) return;
            removeOldest();
        }
    }
}
