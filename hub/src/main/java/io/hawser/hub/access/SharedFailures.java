package io.hawser.hub.access;

import io.hawser.Bytes;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Registration;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wrong tokens count on every node: each tells the others, over a topic of the hub's own, which addresses
/// failed. An address that is told to wait tries nothing meanwhile, so there is little to tell.
///
/// Thread: safe from any.
final class SharedFailures implements BackplaneListener {
    private static final Logger LOG = LoggerFactory.getLogger(SharedFailures.class);
    private static final Topic TOPIC = Topic.of("$hub.failures");
    private static final int MAX_CHARS = 320;

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
        Bytes said = Bytes.ofUtf8(backplane.nodes().name() + '\n' + address);
        var _ = backplane.publish(Publication.of(TOPIC, said)).exceptionally(failure -> {
            LOG.debug("the other nodes do not hear of a wrong token", failure);
            return null;
        });
    }

    @Override
    public void message(TopicMessage message) {
        if (!message.topic().equals(TOPIC) || message.payload().size() > MAX_CHARS) return;
        String[] said = message.payload().toUtf8().split("\n", 2);
        boolean isOther = said.length == 2 && !said[0].equals(backplane.nodes().name());
        if (isOther) failures.count(said[1]);
    }

    @Override
    public void interrupted() {}
}
