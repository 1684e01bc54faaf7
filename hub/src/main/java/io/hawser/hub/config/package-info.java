/// The configuration file of the hub.
@NullMarked
package io.hawser.hub.config;

import org.jspecify.annotations.NullMarked;
