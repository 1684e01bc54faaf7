package io.hawser.internal.pipeline;

import io.hawser.Bytes;

/// Compresses and inflates independent blocks.
///
/// Thread: safe from any; what it needs for one block it borrows or makes.
public interface BlockCodec {
    /// Compresses `payload` into `target` from `from` on.
    ///
    /// @return the size of the block, or -1 if it does not fit
    int compress(Bytes payload, byte[] target, int from);

    /// Inflates `block` into `target`.
    ///
    /// @return whether it is one whole block that fills `target` exactly
    boolean inflate(Bytes block, byte[] target);
}
