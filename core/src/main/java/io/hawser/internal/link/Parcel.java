package io.hawser.internal.link;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// One thing to be done on an event loop, linked into its [LoopOutbox].
abstract class Parcel {
    private static final VarHandle NEXT;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(Parcel.class, "next", Parcel.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // through NEXT
    private @Nullable Parcel next;

    /// Thread: the event loop.
    abstract void open();

    final @Nullable Parcel next() {
        return (Parcel) NEXT.getAcquire(this);
    }

    final void next(Parcel parcel) {
        NEXT.setRelease(this, parcel);
    }
}
