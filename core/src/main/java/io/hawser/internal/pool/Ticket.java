package io.hawser.internal.pool;

import io.hawser.pool.Lease;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/// One lease as the pool knows it: it outlives the [Holder] that the caller has, and ends once, by whoever
/// comes first: the caller, or the pool that learns that the holder was forgotten.
public final class Ticket<C> extends PhantomReference<Ticket.Holder<C>> {
    private static final VarHandle ENDED;

    static {
        try {
            ENDED = MethodHandles.lookup().findVarHandle(Ticket.class, "ended", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final BoundedPool<C> pool;
    private final Entry<C> entry;
    private volatile @Nullable CallSite callSite;
    private volatile boolean ended;

    private Ticket(
            Holder<C> holder,
            ReferenceQueue<Holder<C>> forgotten,
            BoundedPool<C> pool,
            Entry<C> entry,
            @Nullable CallSite callSite) {
        super(holder, forgotten);
        this.pool = pool;
        this.entry = entry;
        this.callSite = callSite;
    }

    static <C> Lease<C> issue(
            BoundedPool<C> pool, Entry<C> entry, ReferenceQueue<Holder<C>> forgotten, @Nullable CallSite callSite) {
        Holder<C> holder = new Holder<>(entry.connection());
        Ticket<C> ticket = new Ticket<>(holder, forgotten, pool, entry, callSite);
        holder.ticket = ticket;
        entry.ticket(ticket);
        return holder;
    }

    /// Who acquired it, where that was recorded.
    String acquiredAt() {
        CallSite recorded = callSite;
        return recorded == null ? "(not recorded)" : recorded.toString();
    }

    /// Ends it in place of the caller, and has the connection closed.
    ///
    /// @return whether it ended just now
    boolean revoke() {
        if (!end()) return false;
        pool.discarded(entry);
        return true;
    }

    private boolean end() {
        if (!ENDED.compareAndSet(this, false, true)) return false;
        clear();
        entry.ticket(null);
        return true;
    }

    /// What the caller has.
    public static final class Holder<C> implements Lease<C> {
        private final C connection;
        private @Nullable Ticket<C> ticket;

        Holder(C connection) {
            this.connection = connection;
        }

        /// Notes who holds it, where the pool did not.
        public void heldAt(CallSite site) {
            Ticket<C> mine = ticket;
            if (mine != null) mine.callSite = site;
        }

        @Override
        public C connection() {
            Ticket<C> mine = ticket;
            if (mine == null || mine.ended) throw new IllegalStateException("the lease has ended");
            return connection;
        }

        @Override
        public void close() {
            Ticket<C> mine = ticket;
            if (mine != null && mine.end()) mine.pool.returned(mine.entry);
        }

        @Override
        public void discard() {
            Ticket<C> mine = ticket;
            if (mine != null && mine.end()) mine.pool.discarded(mine.entry);
        }
    }
}
