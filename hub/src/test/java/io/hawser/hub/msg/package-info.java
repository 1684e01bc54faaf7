@NullMarked
package io.hawser.hub.msg;

import org.jspecify.annotations.NullMarked;
