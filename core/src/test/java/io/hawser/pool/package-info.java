@NullMarked
package io.hawser.pool;

import org.jspecify.annotations.NullMarked;
