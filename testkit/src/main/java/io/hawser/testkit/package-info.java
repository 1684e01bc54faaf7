/// For tests of code that uses Hawser: fake time, and a network that misbehaves on purpose.
@NullMarked
package io.hawser.testkit;

import org.jspecify.annotations.NullMarked;
