/// JMH benchmarks of MSGI and of its sessions, in the package of what they measure, whose classes nobody else
/// sees.
@NullMarked
package io.hawser.internal.messaging;

import org.jspecify.annotations.NullMarked;
