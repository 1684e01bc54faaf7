/// Load on the topics of hubs: many subscribers, how soon they get what is published, and how soon they
/// recover.
@NullMarked
package io.hawser.hub.bench.topics;

import org.jspecify.annotations.NullMarked;
