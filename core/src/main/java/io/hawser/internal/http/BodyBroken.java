package io.hawser.internal.http;

/// What the producer of a body threw, where it is a checked exception.
public final class BodyBroken extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BodyBroken(Throwable cause) {
        super("the producer of the body failed: " + cause, cause);
    }
}
