@NullMarked
package io.hawser.config.it;

import org.jspecify.annotations.NullMarked;
