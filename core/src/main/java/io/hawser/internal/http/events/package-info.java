/// Server-sent events as sessions.
@NullMarked
package io.hawser.internal.http.events;

import org.jspecify.annotations.NullMarked;
