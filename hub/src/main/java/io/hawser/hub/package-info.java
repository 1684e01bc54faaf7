/// The runnable server and its command line.
@NullMarked
package io.hawser.hub;

import org.jspecify.annotations.NullMarked;
