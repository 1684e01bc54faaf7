/// Traces of requests, with the libraries that others make them with.
@NullMarked
package io.hawser.conformance.trace;

import org.jspecify.annotations.NullMarked;
