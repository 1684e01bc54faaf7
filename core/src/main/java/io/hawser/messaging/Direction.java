package io.hawser.messaging;

/// Which way a payload goes on a connection.
public enum Direction {
    CLIENT_TO_SERVER,
    SERVER_TO_CLIENT
}
