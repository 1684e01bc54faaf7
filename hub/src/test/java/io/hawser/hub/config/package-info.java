@NullMarked
package io.hawser.hub.config;

import org.jspecify.annotations.NullMarked;
