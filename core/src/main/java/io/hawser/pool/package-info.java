/// Pools of connections of any kind, and connections that are kept up by name.
@NullMarked
package io.hawser.pool;

import org.jspecify.annotations.NullMarked;
