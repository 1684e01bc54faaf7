/// A cluster of real processes under load, to which one bad thing after another is done.
@NullMarked
package io.hawser.hub.chaos;

import org.jspecify.annotations.NullMarked;
