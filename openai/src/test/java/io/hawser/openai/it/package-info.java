/// The SDK over a socket.
@NullMarked
package io.hawser.openai.it;

import org.jspecify.annotations.NullMarked;
