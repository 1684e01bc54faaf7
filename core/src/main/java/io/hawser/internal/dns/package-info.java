/// Names and their addresses: a cache, and the name servers behind it.
@NullMarked
package io.hawser.internal.dns;

import org.jspecify.annotations.NullMarked;
