/// One program a file, each as short as the thing it shows. `./hawser example` lists them.
@NullMarked
package io.hawser.examples;

import org.jspecify.annotations.NullMarked;
