/// `hawser msg`: lines of text on one side, messages on the other.
@NullMarked
package io.hawser.hub.msg;

import org.jspecify.annotations.NullMarked;
