/// Forms of several parts. Source: RFC 7578
@NullMarked
package io.hawser.internal.http.multipart;

import org.jspecify.annotations.NullMarked;
