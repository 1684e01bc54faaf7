/// Framed TCP messaging: what is sent, and how payloads are transformed on the way.
@NullMarked
package io.hawser.messaging;

import org.jspecify.annotations.NullMarked;
