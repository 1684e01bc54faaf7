@NullMarked
package io.hawser.hub.bench.it;

import org.jspecify.annotations.NullMarked;
