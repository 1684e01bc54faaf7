/// MSGI on the wire: frames, greetings, sessions.
@NullMarked
package io.hawser.internal.messaging;

import org.jspecify.annotations.NullMarked;
