/// HTTP/2 on the wire: frames, heads, flow control, and the connection whose streams answer requests.
@NullMarked
package io.hawser.internal.http2;

import org.jspecify.annotations.NullMarked;
