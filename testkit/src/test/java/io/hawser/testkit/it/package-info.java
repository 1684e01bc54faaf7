@NullMarked
package io.hawser.testkit.it;

import org.jspecify.annotations.NullMarked;
