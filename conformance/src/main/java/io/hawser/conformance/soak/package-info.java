/// `./hawser soak`: a hub and clients in processes of their own, for hours, with a bad network between them.
@NullMarked
package io.hawser.conformance.soak;

import org.jspecify.annotations.NullMarked;
