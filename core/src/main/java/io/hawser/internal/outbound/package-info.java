/// Calls of clients of HTTP: origins, their connections, and one call after another on them.
@NullMarked
package io.hawser.internal.outbound;

import org.jspecify.annotations.NullMarked;
