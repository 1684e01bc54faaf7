/// Listening, recognising protocols, connecting, and connections under any framing.
@NullMarked
package io.hawser.internal.tcp;

import org.jspecify.annotations.NullMarked;
