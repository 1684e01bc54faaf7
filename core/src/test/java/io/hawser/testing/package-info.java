/// What watches over every test of every module.
@NullMarked
package io.hawser.testing;

import org.jspecify.annotations.NullMarked;
