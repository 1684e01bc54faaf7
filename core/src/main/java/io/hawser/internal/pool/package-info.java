/// What pools and managers of connections are made of.
@NullMarked
package io.hawser.internal.pool;

import org.jspecify.annotations.NullMarked;
