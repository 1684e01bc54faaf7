/// How tickers run, and how state is kept and shared between processes.
@NullMarked
package io.hawser.internal.tick;

import org.jspecify.annotations.NullMarked;
