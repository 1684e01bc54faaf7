/// The rules that the source tree keeps, and the proof that each of them can fail.
@NullMarked
package io.hawser.architecture;

import org.jspecify.annotations.NullMarked;
