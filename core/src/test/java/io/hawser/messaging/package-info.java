@NullMarked
package io.hawser.messaging;

import org.jspecify.annotations.NullMarked;
