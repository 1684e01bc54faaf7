package io.hawser.conformance.soak;

import io.hawser.HawserException;
import io.hawser.SessionClosed;
import io.hawser.client.Data;
import io.hawser.client.HubClient;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Publishes the numbers of one topic, each until it is acknowledged; its client goes and comes now and
/// then.
final class PublishAct implements Act {
    private static final int MESSAGES_OF_A_CLIENT = 100;
    /// Well before the hub forgets that it had a message already, which it does after two minutes.
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(80);

    private static final int AGAIN_MILLIS = 200;

    private final Numbers numbers;
    private final String run;
    private final Supplier<HubClient> connect;
    private final Counts counts;
    private @Nullable HubClient client;

    /// @param run tells the messages of this run from those of others
    PublishAct(Numbers numbers, String run, Supplier<HubClient> connect, Counts counts) {
        this.numbers = numbers;
        this.run = run;
        this.connect = connect;
        this.counts = counts;
    }

    @Override
    public String name() {
        return "publish";
    }

    @Override
    public void once(SplittableRandom random) throws Exception {
        long number = numbers.next();
        Data data = Data.text(numbers.text(number));
        long begun = System.nanoTime();
        while (true) {
            try {
                HubClient publisher = client;
                if (publisher == null) publisher = connect();
                String session = publisher.sessionId();
                var _ = publisher.publish(numbers.name(), data, run + number);
                boolean isOthers = !session.equals(publisher.sessionId());
                if (isOthers) counts.add("publish.session-lost");
                // Without a user the same message of another session is another message.
                if (isOthers || System.nanoTime() - begun > GIVE_UP_NANOS) numbers.unsure(number);
                numbers.acknowledge(number);
                counts.add("messages-sent");
                if (random.nextInt(MESSAGES_OF_A_CLIENT) == 0) close();
                return;
            } catch (HawserException failure) {
                counts.add("publish.again");
                // A client that has closed for good does not come back.
                if (failure instanceof SessionClosed) close();
                if (System.nanoTime() - begun > GIVE_UP_NANOS) {
                    numbers.unsure(number);
                    throw failure;
                }
                TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
            }
        }
    }

    private HubClient connect() {
        HubClient connected = connect.get();
        client = connected;
        counts.add("clients-opened");
        return connected;
    }

    @Override
    public void close() {
        HubClient now = client;
        client = null;
        if (now != null) now.close();
    }
}
