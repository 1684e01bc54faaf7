/// Threads: the event loops that carry connections, the pool that runs posted tasks, and how handlers are run.
@NullMarked
package io.hawser.io;

import org.jspecify.annotations.NullMarked;
