package io.hawser.http;

import java.util.OptionalLong;

/// Is told how far a transfer has come.
@FunctionalInterface
public interface Progress {
    /// Some more bytes have come.
    ///
    /// @param bytes that have come in all
    /// @param total how many there will be, where that is known
    void moved(long bytes, OptionalLong total);
}
