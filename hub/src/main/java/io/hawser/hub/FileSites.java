package io.hawser.hub;

import io.hawser.http.HttpHandler;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.io.ExecutionMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The folders that the hub serves, before what it answers itself; they can be exchanged while it runs.
///
/// Files are looked at on a virtual thread, because that may wait; for all else this costs a look at a list.
final class FileSites implements HttpHandler {
    private record Site(String path, HttpHandler files) {
        boolean has(String target) {
            return target.startsWith(path) && (target.length() == path.length() || target.charAt(path.length()) == '/');
        }
    }

    private final HttpHandler others;
    private volatile List<Site> sites;

    /// @throws io.hawser.StartupFailed if there is no such folder
    FileSites(List<FileSite> sites, HttpHandler others) {
        this.others = others;
        this.sites = opened(sites);
    }

    private static List<Site> opened(List<FileSite> sites) {
        return sites.stream()
                .map(site -> new Site(
                        site.path(),
                        Router.builder().mount(site.path(), site.open()).build()))
                .toList();
    }

    /// What is served from now on, prepared: running it cannot fail.
    ///
    /// @throws io.hawser.StartupFailed if there is no such folder
    Runnable exchange(List<FileSite> changed) {
        List<Site> opened = opened(changed);
        return () -> sites = opened;
    }

    private @Nullable Site find(Request request) {
        for (Site site : sites) {
            if (site.has(request.rawPath())) return site;
        }
        return null;
    }

    @Override
    public Response handle(Request request) throws Exception {
        Site site = find(request);
        return site == null ? others.handle(request) : site.files().handle(request);
    }

    @Override
    public ExecutionMode mode(Request request) {
        return find(request) == null ? others.mode(request) : ExecutionMode.VIRTUAL;
    }
}
