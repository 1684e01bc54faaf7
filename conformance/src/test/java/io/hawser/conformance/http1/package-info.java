/// HTTP/1.1 from outside, on raw sockets.
@NullMarked
package io.hawser.conformance.http1;

import org.jspecify.annotations.NullMarked;
