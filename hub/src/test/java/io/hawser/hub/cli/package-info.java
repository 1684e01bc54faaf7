@NullMarked
package io.hawser.hub.cli;

import org.jspecify.annotations.NullMarked;
