@org.jspecify.annotations.NullMarked
package io.hawser.internal.websocket;
