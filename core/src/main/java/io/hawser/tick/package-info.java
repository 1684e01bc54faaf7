/// Work that comes again and again beside a server, in the same process or one of its own, and the state that
/// they share.
@NullMarked
package io.hawser.tick;

import org.jspecify.annotations.NullMarked;
