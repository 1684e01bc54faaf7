package io.hawser.conformance.soak;

import io.hawser.HawserException;
import io.hawser.client.Data;
import io.hawser.client.DirectMessage;
import io.hawser.client.HubClient;
import io.hawser.cluster.Position;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sends numbered messages from one session to another, which stays for as long as the hub keeps it.
final class DirectAct implements Act {
    private final Numbers numbers;
    private final Course course;
    private final Supplier<HubClient> connectSender;
    private final Function<Consumer<DirectMessage>, HubClient> connectReceiver;
    private final Object turn;
    private @Nullable HubClient sender;
    private @Nullable HubClient receiver;
    private String session = "";

    DirectAct(
            Numbers numbers,
            Course course,
            Supplier<HubClient> connectSender,
            Function<Consumer<DirectMessage>, HubClient> connectReceiver) {
        this.numbers = numbers;
        this.course = course;
        this.connectSender = connectSender;
        this.connectReceiver = connectReceiver;
        this.turn = course.take();
    }

    @Override
    public String name() {
        return "direct";
    }

    @Override
    public void once(SplittableRandom random) {
        HubClient from = sender;
        if (from == null) sender = from = connectSender.get();
        HubClient to = receiver;
        if (to == null) receiver = to = connectReceiver.apply(this::received);
        if (!session.equals(to.sessionId())) {
            // What was kept for a session that has ended is lost with it.
            course.allowJump();
            session = to.sessionId();
        }
        long number = numbers.next();
        try {
            from.send(session, Data.text(numbers.text(number)));
            if (session.equals(to.sessionId())) numbers.acknowledge(number);
            else course.allowJump();
        } catch (HawserException failure) {
            numbers.unsure(number);
            throw failure;
        }
    }

    private void received(DirectMessage message) {
        course.message(turn, Position.NONE, message.data().asText().orElse(""));
    }

    @Override
    public void close() {
        HubClient from = sender;
        HubClient to = receiver;
        if (from != null) from.close();
        if (to != null) to.close();
    }
}
