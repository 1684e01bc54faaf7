/// What `./hawser http` does: the items of its command line, the call, and what is shown of it.
@NullMarked
package io.hawser.hub.http;

import org.jspecify.annotations.NullMarked;
