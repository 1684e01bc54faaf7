@NullMarked
package io.hawser.websocket;

import org.jspecify.annotations.NullMarked;
