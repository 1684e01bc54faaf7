@NullMarked
package io.hawser.internal.dns.it;

import org.jspecify.annotations.NullMarked;
