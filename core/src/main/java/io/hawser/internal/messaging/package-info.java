/// MSGI on the wire: frames, greetings, sessions, containers.
@NullMarked
package io.hawser.internal.messaging;

import org.jspecify.annotations.NullMarked;
