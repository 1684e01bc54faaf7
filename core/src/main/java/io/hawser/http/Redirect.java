package io.hawser.http;

/// One step of a chain of redirects, as [Redirects] tells of it.
///
/// @param from the absolute URL that answered with the redirect
/// @param status 301, 302, 303, 307 or 308
/// @param to the absolute URL that it names, or what the field says where that is no URL
/// @param method with which `to` is asked; where it was not followed, that of the request that got it
/// @param refused why it was not followed, so that the caller got this answer; empty where it was
public record Redirect(String from, int status, String to, Method method, String refused) {
    public boolean isFollowed() {
        return refused.isEmpty();
    }

    /// One line: `302 http://a/ -> GET http://b/`.
    @Override
    public String toString() {
        String line = status + " " + from + " -> " + method + " " + to;
        return isFollowed() ? line : line + " (not followed: " + refused + ")";
    }
}
