/// The event loops on Netty, the task pool, and the ways in which handlers are run on them.
@NullMarked
package io.hawser.internal.io;

import org.jspecify.annotations.NullMarked;
