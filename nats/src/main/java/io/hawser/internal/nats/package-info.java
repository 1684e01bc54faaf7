/// Between the socket of a broker and the client library.
@NullMarked
package io.hawser.internal.nats;

import org.jspecify.annotations.NullMarked;
