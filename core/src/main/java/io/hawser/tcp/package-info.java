/// Framed TCP: servers, clients and connections under any framing, one's own included.
@NullMarked
package io.hawser.tcp;

import org.jspecify.annotations.NullMarked;
