/// The soak itself: that it notices what it is there to notice.
@NullMarked
package io.hawser.conformance.soak;

import org.jspecify.annotations.NullMarked;
