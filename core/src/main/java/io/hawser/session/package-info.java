/// One live peer, whatever its protocol: sessions, their handler, their registry.
@NullMarked
package io.hawser.session;

import org.jspecify.annotations.NullMarked;
