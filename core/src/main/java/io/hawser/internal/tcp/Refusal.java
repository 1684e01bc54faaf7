package io.hawser.internal.tcp;

/// Why a connection is told to come back later.
public enum Refusal {
    /// There is no place for it.
    FULL(503, "too many connections"),
    /// There is no memory for what it might send or be sent.
    NO_MEMORY(503, "no memory left for more connections"),
    /// Its address connects too often.
    TOO_OFTEN(429, "too many new connections from one address");

    private final int status;
    private final String text;

    Refusal(int status, String text) {
        this.status = status;
        this.text = text;
    }

    /// The status of HTTP that says so.
    public int status() {
        return status;
    }

    @Override
    public String toString() {
        return text;
    }
}
