/// Serving files from a folder.
@NullMarked
package io.hawser.internal.http.files;

import org.jspecify.annotations.NullMarked;
