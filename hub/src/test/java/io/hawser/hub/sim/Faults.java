package io.hawser.hub.sim;

import io.hawser.hub.sim.Simulation.Weather;
import java.time.Duration;
import java.util.List;

/// What goes wrong, and when.
final class Faults {
    private static final int KINDS = 15;
    private static final int KINDS_WITHOUT_LOSS = 11;

    private final Simulation simulation;
    private final World world;
    private final Broker broker;
    private final Weather weather;
    private boolean isOver;

    Faults(Simulation simulation, Weather weather) {
        this.simulation = simulation;
        this.world = simulation.world();
        this.broker = simulation.broker();
        this.weather = weather;
    }

    void begin() {
        world.after(World.millis(2000), this::next);
    }

    private void next() {
        if (isOver) return;
        happen();
        world.after(World.millis(50) + world.random(World.millis(2500), "next", "fault"), this::next);
    }

    private long pick(long bound, String what) {
        return world.random(bound, "fault", what);
    }

    private <T> T pick(List<T> some, String what) {
        return some.get((int) pick(some.size(), what));
    }

    private void happen() {
        long kind = pick(weather == Weather.STORMY ? KINDS : KINDS_WITHOUT_LOSS, "kind");
        Client client = pick(simulation.clients(), "client");
        List<Node> live = simulation.cluster().live();
        if (live.isEmpty()) return;
        Node node = pick(live, "node");
        long while_ = World.millis(100) + pick(World.millis(6000), "while");
        switch ((int) kind) {
            case 0, 1 -> client.drop(pick(2, "knows") == 0 ? World.millis(2) : while_);
            case 2 -> slow(client, while_);
            case 3 -> kill(node, while_, false);
            case 4 -> kill(node, while_, true);
            case 5 -> node.pause(while_);
            case 6 -> {
                world.note("%s: is cut off from the broker for %d ms", node.name(), while_ / 1_000_000);
                node.link().stall(while_);
            }
            case 7 -> node.link().breakUp();
            case 8 -> pauseBroker(while_);
            case 9 -> restartBroker(while_, () -> {});
            case 10 -> lose(node, while_);
            case 11 -> accident(while_, () -> broker.rollBack(1 + pick(12, "back")));
            case 12 -> {
                broker.takeSnapshot();
                world.after(while_, () -> accident(while_, broker::restoreSnapshot));
            }
            case 13 -> accident(while_, broker::loseEverything);
            default -> {
                world.stepClock(Duration.ofHours(pick(2, "step") == 0 ? 1 : -1));
                for (Client each : simulation.clients()) each.drop(World.millis(2));
            }
        }
        if (pick(4, "talk") == 0) pick(simulation.clients(), "from").send(client);
        if (pick(12, "kick") == 0) {
            world.note("%s: is sent away", client.name());
            node.disconnect(client.sid());
        }
    }

    private void slow(Client client, long nanos) {
        world.note("%s: reads slowly", client.name());
        client.readEvery(World.millis(10 + pick(200, "read")));
        world.after(nanos, () -> client.readEvery(0));
    }

    private void kill(Node node, long nanos, boolean isGentle) {
        if (node.isLeaving()
                || simulation.cluster().live().stream()
                                .filter(each -> !each.isLeaving())
                                .count()
                        < 2) {
            return;
        }
        if (isGentle) node.drain();
        else node.die();
        world.after(nanos + World.millis(200), () -> simulation.start(node.name()));
    }

    private void pauseBroker(long nanos) {
        world.note("broker: stands still for %d ms", nanos / 1_000_000);
        for (Node node : simulation.cluster().live()) node.link().stall(nanos);
    }

    private void restartBroker(long nanos, Runnable meanwhile) {
        if (!broker.isUp()) return;
        broker.goDown();
        broker.restartConsumers();
        for (Node node : simulation.cluster().live()) node.link().breakUp();
        meanwhile.run();
        world.after(nanos, broker::comeUp);
    }

    /// What is stored is lost: with a restart that all see, or behind their backs.
    private void accident(long nanos, Runnable accident) {
        if (pick(2, "seen") == 0) restartBroker(nanos, accident);
        else accident.run();
    }

    private void lose(Node node, long nanos) {
        node.link().lose(0.05);
        world.after(nanos, () -> node.link().lose(0));
    }

    /// No more goes wrong, and what has is mended.
    void end() {
        isOver = true;
        world.note("all is mended");
        broker.comeUp();
        for (Client client : simulation.clients()) client.readEvery(0);
        for (Node node : simulation.cluster().live()) node.link().lose(0);
    }
}
