package io.hawser.hub.config;

import io.hawser.Endpoint;
import io.hawser.cluster.TopicRules;
import io.hawser.config.HttpClientSettings;
import io.hawser.hub.ClusterConfig;
import io.hawser.hub.FileSite;
import io.hawser.hub.SitesConfig;
import io.hawser.hub.UpstreamSite;
import io.hawser.hub.alerts.AlertRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The section `hub`.
///
/// @param listen address and port; port 0 takes a free one
/// @param server its node, its TLS and its limits
/// @param files folders that are served
/// @param upstreams services that it stands in front of, by name
/// @param topics what is kept of which topic, by the beginning of its name; the longest counts, and `""` is
///     all others
/// @param auth who may do what; without, everyone may connect, so only on a loopback address
/// @param nats the cluster that it belongs to; without, it is alone
/// @param alerts what to tell of, by name
public record HubSettings(
        Endpoint listen,
        ServerSettings server,
        List<FileSettings> files,
        Map<String, UpstreamSettings> upstreams,
        Map<String, TopicSettings> topics,
        Optional<AuthSettings> auth,
        Optional<NatsSettings> nats,
        Map<String, AlertSettings> alerts) {
    private static final HubSettings DEFAULTS = new HubSettings(
            Endpoint.parse("127.0.0.1:9000"),
            ServerSettings.defaults(),
            List.of(),
            Map.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Map.of());

    public HubSettings {
        files = List.copyOf(files);
        upstreams = new LinkedHashMap<>(upstreams);
        topics = new LinkedHashMap<>(topics);
        alerts = new LinkedHashMap<>(alerts);
        for (String prefix : topics.keySet()) {
            if (prefix.startsWith("$")) throw new IllegalArgumentException("topics '" + prefix + "': the hub's own");
        }
    }

    public static HubSettings defaults() {
        return DEFAULTS;
    }

    List<AlertRule> toRules() {
        return alerts.entrySet().stream()
                .map(alert -> alert.getValue().toRule(alert.getKey()))
                .toList();
    }

    SitesConfig toSites(HttpClientSettings http) {
        List<FileSite> folders = files.stream().map(FileSettings::toSite).toList();
        List<UpstreamSite> services = upstreams.entrySet().stream()
                .map(each -> each.getValue().toSite(each.getKey(), http.timeout()))
                .toList();
        return new SitesConfig(folders, services, http);
    }

    ClusterConfig toCluster() {
        TopicRules rules = TopicRules.defaults();
        for (Map.Entry<String, TopicSettings> topic : topics.entrySet()) {
            rules = topic.getKey().isEmpty()
                    ? rules.withDefault(topic.getValue().toConfig())
                    : rules.with(topic.getKey(), topic.getValue().toConfig());
        }
        ClusterConfig cluster = ClusterConfig.defaults().withTopics(rules);
        return nats.map(NatsSettings::toConfig).map(cluster::withNats).orElse(cluster);
    }
}
