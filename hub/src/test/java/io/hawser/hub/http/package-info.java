@NullMarked
package io.hawser.hub.http;

import org.jspecify.annotations.NullMarked;
