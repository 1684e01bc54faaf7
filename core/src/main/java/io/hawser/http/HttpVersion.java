package io.hawser.http;

/// The version that a message came in.
public enum HttpVersion {
    HTTP_1_0("HTTP/1.0"),
    HTTP_1_1("HTTP/1.1"),
    HTTP_2("HTTP/2");

    private final String text;

    HttpVersion(String text) {
        this.text = text;
    }

    /// As it is written: `HTTP/1.1`.
    @Override
    public String toString() {
        return text;
    }
}
