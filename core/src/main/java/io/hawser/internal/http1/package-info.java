/// HTTP/1.1 on the wire: the strict reading of heads and bodies, and the connection that answers requests.
@NullMarked
package io.hawser.internal.http1;

import org.jspecify.annotations.NullMarked;
