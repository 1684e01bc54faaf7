/// MSGI as `docs/PROTOCOL.md` has it, by foreign clients: plain sockets, and somebody else's CBOR.
@NullMarked
package io.hawser.conformance.msgi;

import org.jspecify.annotations.NullMarked;
