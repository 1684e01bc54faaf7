package io.hawser.hub.alerts;

import io.hawser.io.IoThreads;
import io.hawser.tick.Schedule;
import io.hawser.tick.Ticker;
import io.hawser.tick.TickerHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches the figures of a hub by rules, every second, and tells of what fires and of what no longer does:
/// in the log, and where a rule names one, at a webhook.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `watches`; nothing is called while it is held.
public final class Alerts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private record Watched(Watch watch, Instant since) {}

    private final String node;
    private final Supplier<Reading> figures;
    private final Webhooks webhooks;
    private final Ticker ticker;
    private Map<String, Watched> watches = Map.of();

    private Alerts(String node, AlertConfig config, Supplier<Reading> figures, IoThreads io) {
        this.node = node;
        this.figures = figures;
        this.webhooks = new Webhooks(config.http(), io);
        this.ticker =
                Ticker.start(TickerHandler.of("alerts", Schedule.pausing(PAUSE).withFirstAfter(PAUSE), tick -> look()));
    }

    /// Begins to watch.
    static Alerts start(String node, AlertConfig config, Supplier<Reading> figures, IoThreads io) {
        Alerts alerts = new Alerts(node, config, figures, io);
        alerts.rules(config.rules());
        return alerts;
    }

    /// Begins to watch the figures of `source`.
    public static Alerts start(String node, AlertConfig config, FigureSource source, IoThreads io) {
        return start(node, config, source::read, io);
    }

    /// From now on there are these rules; one that was there keeps what it has seen. What fires by a rule
    /// that is no more is told to be over: nobody watches it.
    public void rules(List<AlertRule> rules) {
        replaced(rules).forEach(this::tell);
    }

    private synchronized List<News> replaced(List<AlertRule> rules) {
        Map<String, Watched> changed = new LinkedHashMap<>();
        List<News> over = watches.values().stream()
                .map(Watched::watch)
                .filter(watch -> watch.state() == AlertState.FIRING && !rules.contains(watch.rule()))
                .map(watch -> news(watch, false))
                .toList();
        for (AlertRule rule : rules) {
            Watched known = watches.get(rule.name());
            boolean isSame = known != null && known.watch().rule().equals(rule);
            changed.put(rule.name(), isSame ? known : new Watched(new Watch(rule), Instant.now()));
        }
        watches = changed;
        return over;
    }

    private void look() {
        if (hasRules()) look(figures.get()).forEach(this::tell);
    }

    private synchronized boolean hasRules() {
        return !watches.isEmpty();
    }

    private synchronized List<News> look(Reading now) {
        List<News> all = new ArrayList<>();
        watches.replaceAll((name, watched) -> {
            AlertState before = watched.watch().state();
            Watch watch = watched.watch();
            if (watch.look(now)) all.add(news(watch, watch.state() == AlertState.FIRING));
            return watched.watch().state() == before ? watched : new Watched(watched.watch(), Instant.now());
        });
        return all;
    }

    private News news(Watch watch, boolean isFiring) {
        return new News(node, watch.rule(), isFiring, watch.value().orElse(0.0), Instant.now());
    }

    private void tell(News news) {
        if (news.isFiring())
            LOG.warn("alert {}: {} is {}", news.rule().name(), news.rule().when(), news.shortValue());
        else
            LOG.info(
                    "alert {} is over: {} is {}",
                    news.rule().name(),
                    news.rule().when(),
                    news.shortValue());
        Optional.of(news).filter(each -> each.rule().webhook().isPresent()).ifPresent(webhooks::post);
    }

    /// All rules and how they are, as `/api/v1/alerts` says it.
    public synchronized Map<String, Object> toMap() {
        List<Map<String, Object>> all = new ArrayList<>();
        watches.forEach((name, watched) -> {
            Map<String, Object> alert = new LinkedHashMap<>();
            alert.put("name", name);
            alert.put("state", watched.watch().state().name().toLowerCase(Locale.ROOT));
            alert.put("when", watched.watch().rule().when().toString());
            alert.put("over", watched.watch().rule().over().toMillis());
            watched.watch().value().ifPresent(value -> alert.put("value", value));
            alert.put("since", watched.since().toEpochMilli());
            all.add(alert);
        });
        return Map.of("node", node, "alerts", all);
    }

    @Override
    public void close() {
        ticker.close();
        webhooks.close();
    }
}
