@NullMarked
package io.hawser.internal.pool;

import org.jspecify.annotations.NullMarked;
