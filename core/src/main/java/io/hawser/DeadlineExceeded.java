package io.hawser;

/// The [Deadline] came before what was waited for.
public final class DeadlineExceeded extends HawserException {
    private static final long serialVersionUID = 1;

    private final String waitingFor;

    /// @param waitingFor the phase in which it happened, e.g. `connect to 10.0.0.1:80`
    public DeadlineExceeded(String waitingFor, Processed processed) {
        super("deadline passed while waiting for " + waitingFor, processed, null);
        this.waitingFor = waitingFor;
    }

    /// What was waited for.
    public String waitingFor() {
        return waitingFor;
    }
}
