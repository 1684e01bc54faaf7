/// Configuration files: JSON or HOCON becomes records, overridden by environment variables and system
/// properties.
@NullMarked
package io.hawser.config;

import org.jspecify.annotations.NullMarked;
