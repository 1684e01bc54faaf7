@NullMarked
package io.hawser.internal.dns;

import org.jspecify.annotations.NullMarked;
