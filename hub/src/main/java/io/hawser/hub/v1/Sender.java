package io.hawser.hub.v1;

import io.hawser.internal.item.ItemWriter;

/// Who sends, as far as the hub knows.
///
/// @param sid the session, empty for the hub's own administrators
/// @param user the authenticated principal, empty if none
public record Sender(String sid, String user) {
    void write(ItemWriter out) {
        out.map((sid.isEmpty() ? 0 : 1) + (user.isEmpty() ? 0 : 1));
        if (!sid.isEmpty()) out.text("sid").text(sid);
        if (!user.isEmpty()) out.text("user").text(user);
    }
}
