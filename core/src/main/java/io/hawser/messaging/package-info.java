/// Framed TCP messaging: what is sent, containers among it, and how payloads are transformed on the way.
@NullMarked
package io.hawser.messaging;

import org.jspecify.annotations.NullMarked;
