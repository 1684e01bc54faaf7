package io.hawser.internal.outbound;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.internal.http.BodyPipe;
import io.hawser.internal.http.ForwardingBody;
import io.hawser.internal.pool.CallSite;
import io.hawser.internal.pool.Ticket;
import io.hawser.pool.Lease;

/// The body of an answer that still comes, and with it the connection that it comes on.
///
/// Read to its end, it gives the connection back; closed before, or failed, it has it closed, since what is
/// left would have to be read first. Nothing of the library but this holds the lease, so one that is
/// forgotten is found by the garbage collector.
///
/// Thread: one reader at a time.
final class LeasedBody implements ForwardingBody {
    private final BodyPipe pipe;
    private final ClientCall call;
    private final Lease<ClientConnection> lease;

    LeasedBody(BodyPipe pipe, ClientCall call, Lease<ClientConnection> lease) {
        this.pipe = pipe;
        this.call = call;
        this.lease = lease;
        if (lease instanceof Ticket.Holder<ClientConnection> holder) holder.heldAt(CallSite.here());
    }

    @Override
    public Body body() {
        return pipe;
    }

    @Override
    public Bytes read() {
        Bytes piece;
        try {
            piece = pipe.read();
        } catch (RuntimeException failure) {
            discard();
            throw failure;
        }
        if (piece.isEmpty()) end();
        return piece;
    }

    private void end() {
        if (call.leavesConnection()) lease.close();
        else discard();
    }

    private void discard() {
        call.stopUpload();
        lease.discard();
    }

    @Override
    public void close() {
        if (pipe.isOver() && pipe.failure().isEmpty()) end();
        else discard();
        pipe.close();
    }
}
