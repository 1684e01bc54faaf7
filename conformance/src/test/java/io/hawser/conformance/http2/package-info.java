/// HTTP/2 of a running hub, as h2spec sees it.
@NullMarked
package io.hawser.conformance.http2;

import org.jspecify.annotations.NullMarked;
