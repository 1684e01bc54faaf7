package io.hawser.internal.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// One connection of a pool, and whose it is now.
///
/// An idle one has exactly one node in the [IdleStack]. Whoever pops the node takes it; the sweep looks at it
/// where it is: it makes it CHECKED, and if its node is popped meanwhile the popper leaves it behind as
/// PASSED_OVER, so the sweep must put it back with a new node. A GONE one's node is passed by and pruned.
final class Entry<C> {
    private static final int LEASED = 0;
    private static final int IDLE = 1;
    private static final int CHECKED = 2;
    private static final int PASSED_OVER = 3;
    private static final int GONE = 4;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Entry.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final C connection;
    private final long expiresNanos;
    private volatile int state = LEASED;

    /// When it was last given back. Owner: whoever has it; the state publishes it.
    private long idleSinceNanos;

    /// Keeps the ticket of the lease reachable, or it would not be enqueued.
    private volatile @Nullable Ticket<C> ticket;

    /// A connection that belongs to the caller.
    Entry(C connection, long expiresNanos) {
        this.connection = connection;
        this.expiresNanos = expiresNanos;
    }

    C connection() {
        return connection;
    }

    void ticket(@Nullable Ticket<C> changed) {
        ticket = changed;
    }

    @Nullable
    Ticket<C> ticket() {
        return ticket;
    }

    boolean hasExpired(long now) {
        return now - expiresNanos >= 0;
    }

    long idleNanos(long now) {
        return now - idleSinceNanos;
    }

    boolean isLeased() {
        return state == LEASED;
    }

    boolean isGone() {
        return state == GONE;
    }

    /// It waits from now on; its owner pushes it next.
    void rest(long now) {
        idleSinceNanos = now;
        state = IDLE;
    }

    /// Takes it for whoever popped its node.
    boolean take() {
        while (true) {
            int now = state;
            if (now == IDLE && STATE.compareAndSet(this, IDLE, LEASED)) return true;
            if (now == CHECKED && STATE.compareAndSet(this, CHECKED, PASSED_OVER)) return false;
            if (now != IDLE && now != CHECKED) return false;
        }
    }

    /// Takes it, where it lies, for the sweep.
    boolean check() {
        return STATE.compareAndSet(this, IDLE, CHECKED);
    }

    /// The sweep leaves it.
    ///
    /// @return false if it has lost its node meanwhile
    boolean uncheck() {
        if (STATE.compareAndSet(this, CHECKED, IDLE)) return true;
        state = IDLE;
        return false;
    }

    /// It belongs to nobody any more. Called by its owner.
    void end() {
        state = GONE;
    }
}
