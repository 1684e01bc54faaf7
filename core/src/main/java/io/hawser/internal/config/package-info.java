/// How a configuration file becomes records.
@NullMarked
package io.hawser.internal.config;

import org.jspecify.annotations.NullMarked;
