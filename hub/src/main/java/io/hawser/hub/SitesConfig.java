package io.hawser.hub;

import io.hawser.config.HttpClientSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the hub serves that is not its own.
///
/// @param files folders; default none
/// @param upstreams services behind it; default none
/// @param http how these are called: what an attempt may take, and how many connections there may be
public record SitesConfig(List<FileSite> files, List<UpstreamSite> upstreams, HttpClientSettings http) {
    private static final SitesConfig DEFAULTS = new SitesConfig(List.of(), List.of(), HttpClientSettings.defaults());

    public SitesConfig {
        files = List.copyOf(files);
        upstreams = List.copyOf(upstreams);
        Set<String> known = new HashSet<>();
        for (UpstreamSite site : upstreams) {
            if (!known.add(site.where())) {
                throw new IllegalArgumentException("upstreams: two at '" + site.where() + "'");
            }
        }
    }

    public static SitesConfig defaults() {
        return DEFAULTS;
    }

    public SitesConfig withFiles(List<FileSite> changed) {
        return new SitesConfig(changed, upstreams, http);
    }

    public SitesConfig withUpstreams(List<UpstreamSite> changed) {
        return new SitesConfig(files, changed, http);
    }

    public SitesConfig withHttp(HttpClientSettings changed) {
        return new SitesConfig(files, upstreams, changed);
    }
}
