/// HTTP as functions over values: a handler turns a [io.hawser.http.Request] into a [io.hawser.http.Response],
/// on the
/// server and on the client, and a [io.hawser.http.Filter] wraps it.
@NullMarked
package io.hawser.http;

import org.jspecify.annotations.NullMarked;
