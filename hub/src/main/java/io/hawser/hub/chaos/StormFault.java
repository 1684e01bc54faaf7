package io.hawser.hub.chaos;

import io.hawser.hub.processes.HubProcess;

/// How a hub goes whose clients then come back to the next.
public enum StormFault {
    DRAINED("drained by SIGTERM") {
        @Override
        void happen(HubProcess hub) throws InterruptedException {
            hub.drain();
        }
    },
    KILLED("killed with -9") {
        @Override
        void happen(HubProcess hub) throws InterruptedException {
            hub.kill();
        }
    };

    private final String title;

    StormFault(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /// Does it, and waits until the process has ended.
    abstract void happen(HubProcess hub) throws InterruptedException;
}
