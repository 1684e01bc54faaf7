/// Clients of a hub: topics with recovery, publications with acknowledgement, direct messages.
@NullMarked
package io.hawser.client;

import org.jspecify.annotations.NullMarked;
