/// The HTTP client against servers that others have written, and against the hub.
@NullMarked
package io.hawser.conformance.client;

import org.jspecify.annotations.NullMarked;
