package io.hawser.hub.access;

import io.hawser.Bytes;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Registration;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wrong tokens count on every node: each tells the others, over a topic of the hub's own, which addresses
/// failed. An address that is told to wait tries nothing meanwhile, so there is little to tell.
///
/// Shape: as every message of a topic; the value is the name of the node, a line feed and the address.
///
/// Thread: safe from any.
final class SharedFailures implements BackplaneListener {
    private static final Logger LOG = LoggerFactory.getLogger(SharedFailures.class);
    private static final Topic TOPIC = Topic.of("$hub.failures");
    private static final int MAX_BYTES = 400;
    private static final int MAX_DEPTH = 2;

    private final FailureLimit failures;
    private final Backplane backplane;

    private SharedFailures(FailureLimit failures, Backplane backplane) {
        this.failures = failures;
        this.backplane = backplane;
    }

    /// Begins, and ends when what it gives is closed.
    static Registration begin(FailureLimit failures, Backplane backplane) {
        SharedFailures shared = new SharedFailures(failures, backplane);
        failures.tell(shared::tell);
        return backplane.listen(shared);
    }

    private void tell(String address) {
        Bytes said = CborWriter.create()
                .map(2)
                .text("from")
                .map(0)
                .text("d")
                .text(backplane.nodes().name() + '\n' + address)
                .toBytes();
        var _ = backplane.publish(Publication.of(TOPIC, said)).exceptionally(failure -> {
            LOG.debug("the other nodes do not hear of a wrong token", failure);
            return null;
        });
    }

    @Override
    public void message(TopicMessage message) {
        if (!message.topic().equals(TOPIC) || message.payload().size() > MAX_BYTES) return;
        CborReader in = CborReader.of(message.payload(), MAX_DEPTH);
        in.enterMap();
        in.skip();
        in.skip();
        in.skip();
        String[] said = in.readText().split("\n", 2);
        boolean isOther = said.length == 2 && !said[0].equals(backplane.nodes().name());
        if (isOther) failures.count(said[1]);
    }

    @Override
    public void interrupted() {}
}
