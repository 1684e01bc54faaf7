@NullMarked
package io.hawser.metrics.it;

import org.jspecify.annotations.NullMarked;
