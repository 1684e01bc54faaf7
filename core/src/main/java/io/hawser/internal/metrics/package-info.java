/// What everything that is measured has in common.
@NullMarked
package io.hawser.internal.metrics;

import org.jspecify.annotations.NullMarked;
