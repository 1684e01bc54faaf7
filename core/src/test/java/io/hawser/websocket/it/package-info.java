@NullMarked
package io.hawser.websocket.it;

import org.jspecify.annotations.NullMarked;
