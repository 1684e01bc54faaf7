/// Clients that stay connected, of any protocol of sessions.
@NullMarked
package io.hawser.internal.client;

import org.jspecify.annotations.NullMarked;
