package io.hawser.nats;

import io.hawser.HawserException.Processed;
import io.hawser.policy.RateLimitStore.Grant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A change of shared permits that one caller waits for, and whether the broker may have it.
///
/// Thread: safe from any. Who serves it calls [#begin()] before each attempt to write it, and then reads
/// whether somebody waits; who leaves takes the answer away first, and then asks for [#processed()]: so what
/// is said not to be written is never written after.
final class AskedChange {
    /// What is to become of what is known.
    interface Change {
        Decision of(SharedPermits known, long now);
    }

    /// What is to be written, if anything, and the answer.
    record Decision(@Nullable SharedPermits changed, Grant grant) {}

    private final Change change;
    private final boolean isPermit;
    private final CompletableFuture<Grant> answer = new CompletableFuture<>();
    private volatile boolean mayBeWritten;

    /// @param isPermit whether what is granted is given back where nobody waits for it any more
    AskedChange(boolean isPermit, Change change) {
        this.isPermit = isPermit;
        this.change = change;
    }

    Decision decide(SharedPermits known, long now) {
        return change.of(known, now);
    }

    boolean isPermit() {
        return isPermit;
    }

    CompletableFuture<Grant> answer() {
        return answer;
    }

    /// From here on it may be written.
    ///
    /// @return false if nobody waits for it, so that it must not be
    boolean begin() {
        mayBeWritten = true;
        return !answer.isDone();
    }

    /// The broker has refused what it was part of.
    void refused() {
        mayBeWritten = false;
    }

    /// A permit is for a call that is not made, so trying again repeats nothing: one that was written
    /// nevertheless counts as used, which only slows down.
    Processed processed() {
        return mayBeWritten && !isPermit ? Processed.MAYBE : Processed.NO;
    }
}
