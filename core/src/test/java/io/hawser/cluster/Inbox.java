package io.hawser.cluster;

import io.hawser.HawserException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A subscriber that writes down what it is told, and takes as many messages as it has room for.
final class Inbox implements Subscriber, SubscribeAnswer {
    final List<String> told = new ArrayList<>();
    int room = Integer.MAX_VALUE;
    boolean canBeTold = true;
    boolean isAway;
    int asked;
    /// What throws at a message, or when it is asked whether there is room.
    Consumer<String> fault = text -> {};

    @Override
    public boolean message(TopicMessage message) {
        fault.accept(message.payload().toUtf8());
        if (room == 0) return false;
        room--;
        told.add(message.payload().toUtf8());
        return true;
    }

    @Override
    public boolean gap(TopicPattern subscription, long missed) {
        if (!canBeTold) return false;
        told.add("gap " + subscription + " " + missed);
        return true;
    }

    @Override
    public boolean resync(Topic topic, ResyncReason reason, Position head) {
        if (!canBeTold) return false;
        told.add("resync " + topic + " " + reason + " " + head.offset());
        return true;
    }

    @Override
    public boolean hasRoom() {
        asked++;
        fault.accept("");
        return room > 0;
    }

    @Override
    public boolean isHere() {
        return !isAway;
    }

    @Override
    public void subscribed(Position head, boolean isRecovered, int missed) {
        told.add("subscribed " + head.offset() + (isRecovered ? " recovered " + missed : ""));
    }

    @Override
    public void failed(HawserException reason) {
        told.add("failed " + reason.getClass().getSimpleName());
    }

    List<String> take() {
        List<String> taken = List.copyOf(told);
        told.clear();
        return taken;
    }
}
