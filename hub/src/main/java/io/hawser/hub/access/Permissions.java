package io.hawser.hub.access;

import java.util.List;

/// What whom is granted. Without a grant, everyone who was let in may do everything but to the hub's
/// own topics, those that begin with `$`: what they say is for administrators.
///
/// Thread: immutable, safe from any.
///
/// @param isAdminOpen whether everyone is as good as an administrator
public record Permissions(List<Grant> grants, boolean isAdminOpen) {
    public Permissions {
        grants = List.copyOf(grants);
    }

    /// Whether `who` may do anything at all.
    public boolean isAnythingFor(Identity who) {
        return isUnlimited(who) || grants.stream().anyMatch(grant -> grant.isFor(who.user()));
    }

    /// Whether `who` may do `action`, which is done to no topic.
    public boolean allows(Identity who, Action action) {
        return isUnlimited(who)
                || grants.stream()
                        .anyMatch(grant ->
                                grant.isFor(who.user()) && grant.actions().contains(action));
    }

    /// Whether `who` may do `action` to all that `topics` matches.
    ///
    /// @param topics a topic or pattern
    public boolean allows(Identity who, Action action, String topics) {
        boolean isHubs = topics.startsWith("$");
        if (who.isAdmin() || (isHubs ? isAdminOpen : grants.isEmpty())) return true;
        for (Grant grant : grants) {
            if (!grant.isFor(who.user()) || !grant.actions().contains(action)) continue;
            for (String pattern : grant.topics()) {
                if (covers(pattern, who.user(), topics)) return true;
            }
        }
        return false;
    }

    private boolean isUnlimited(Identity who) {
        return grants.isEmpty() || who.isAdmin();
    }

    /// Whether `pattern` matches all that `topics` does.
    private static boolean covers(String pattern, String user, String topics) {
        String[] wide = pattern.split("\\.", -1);
        String[] narrow = topics.split("\\.", -1);
        boolean isReserved = topics.startsWith("$");
        for (int i = 0; i < wide.length; i++) {
            if (i >= narrow.length) return false;
            boolean isWild = wide[i].equals(">") || wide[i].equals("*");
            if (isWild && i == 0 && isReserved) return false;
            if (wide[i].equals(">")) return true;
            if (narrow[i].equals(">")) return false;
            // Nobody is called as all others are.
            boolean isOwn = narrow[i].equals(user) && !narrow[i].equals("*");
            boolean isSame = wide[i].equals("*") || (wide[i].equals(Grant.USER) ? isOwn : wide[i].equals(narrow[i]));
            if (!isSame) return false;
        }
        return wide.length == narrow.length;
    }
}
