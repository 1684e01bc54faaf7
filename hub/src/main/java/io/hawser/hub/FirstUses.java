package io.hawser.hub;

import io.hawser.Bytes;
import io.hawser.hub.v1.Payload;
import io.hawser.internal.http.Hmac;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what the first client of a process would wait for, and with it all others of its event loop: a provider
/// of signatures, the numbers of a JSON parser.
///
/// A start does not need these, so they are not [Ahead].
public final class FirstUses {
    private static final Logger LOG = LoggerFactory.getLogger(FirstUses.class);

    private FirstUses() {}

    /// Does it on a thread of its own, which ends with it.
    public static void begin() {
        Thread.ofPlatform().daemon().name("hawser-first-uses").start(FirstUses::make);
    }

    private static void make() {
        // What fails here fails again where it is needed, and is told there.
        try {
            var _ = Hmac.of(Bytes.ofUtf8("first")).sign();
            var _ = Payload.json(Bytes.ofUtf8("{\"a\":[1,2.5,true,null]}"));
        } catch (RuntimeException | LinkageError later) {
            LOG.debug("not made before it is needed", later);
        }
    }
}
