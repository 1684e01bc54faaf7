/// The hub over plain HTTP: topics, sessions and figures for administrators, and topics as server-sent
/// events.
@NullMarked
package io.hawser.hub.rest;

import org.jspecify.annotations.NullMarked;
