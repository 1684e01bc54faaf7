package io.hawser.hub.chaos;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// What goes wrong, and how it is mended.
public enum Fault {
    NOTHING("nothing") {
        @Override
        void happen(Scene scene, long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    },
    HUB_KILLED("hub killed with -9") {
        @Override
        void happen(Scene scene, long nanos) throws IOException, InterruptedException {
            scene.hubs.get(0).kill();
            TimeUnit.NANOSECONDS.sleep(nanos);
            scene.hubs.get(0).restart();
        }
    },
    HUB_DRAINED("hub drained by SIGTERM") {
        @Override
        void happen(Scene scene, long nanos) throws IOException, InterruptedException {
            scene.hubs.get(1).drain();
            TimeUnit.NANOSECONDS.sleep(nanos);
            scene.hubs.get(1).restart();
        }
    },
    LEADER_KILLED("broker that leads killed") {
        @Override
        void happen(Scene scene, long nanos) throws IOException, InterruptedException {
            int leader = scene.brokers.leader("hawser-log");
            scene.brokers.kill(leader);
            TimeUnit.NANOSECONDS.sleep(nanos);
            scene.brokers.restart(leader);
        }
    },
    BROKERS_PAUSED("all brokers paused for 3 s") {
        @Override
        void happen(Scene scene, long nanos) throws IOException, InterruptedException {
            scene.brokers.signal("STOP");
            try {
                TimeUnit.SECONDS.sleep(3);
            } finally {
                scene.brokers.signal("CONT");
            }
        }
    },
    DATA_GONE("brokers restarted without data") {
        @Override
        void happen(Scene scene, long nanos) throws IOException, InterruptedException {
            scene.brokers.restartEmpty();
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    },
    HUB_CUT_OFF("hub cut off from the brokers") {
        @Override
        void happen(Scene scene, long nanos) throws InterruptedException {
            scene.relay.stop();
            try {
                TimeUnit.NANOSECONDS.sleep(nanos);
            } finally {
                scene.relay.goOn();
            }
        }
    },
    SLOW_READER("one reader stands still") {
        @Override
        void happen(Scene scene, long nanos) throws InterruptedException {
            scene.slow().standStill(nanos);
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    },
    ALL_RECONNECT("all clients reconnect at once") {
        @Override
        void happen(Scene scene, long nanos) {
            scene.listeners.forEach(Visitor::drop);
        }
    };

    private final String title;

    Fault(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /// Does it, and mends it.
    ///
    /// @param nanos how long it lasts, where that is not in its nature
    abstract void happen(Scene scene, long nanos) throws IOException, InterruptedException;
}
