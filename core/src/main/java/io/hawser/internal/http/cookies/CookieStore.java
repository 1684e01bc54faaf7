package io.hawser.internal.http.cookies;

import io.hawser.http.StoredCookie;
import io.hawser.internal.http.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The cookies of a jar, by domain and bounded: what is expired goes first, then of a domain that has too many
/// the one used longest ago (one that may go in the clear before one that may not), then the one used longest
/// ago at all.
///
/// Lock: this monitor guards all fields; nothing is waited for with it.
final class CookieStore {
    private final int max;
    private final int maxPerDomain;
    private final Map<String, List<Kept>> domains = new HashMap<>();
    private int count;
    private long clock;
    private long changes;

    CookieStore(int max, int maxPerDomain) {
        this.max = max;
        this.maxPerDomain = maxPerDomain;
    }

    /// A cookie and when it was used last, counted in uses of the jar.
    private static final class Kept {
        private final StoredCookie cookie;
        private long used;

        Kept(StoredCookie cookie, long used) {
            this.cookie = cookie;
            this.used = used;
        }
    }

    /// Keeps `cookie` in place of the one of its name, domain and path; an expired one only removes that.
    ///
    /// @param secure whether it came over TLS
    synchronized void put(StoredCookie cookie, boolean secure, Instant now) {
        if (!secure && !cookie.secure() && isShadowing(cookie)) return;
        List<Kept> ofDomain = domains.computeIfAbsent(cookie.domain(), domain -> new ArrayList<>());
        StoredCookie stored = cookie;
        for (int i = 0; i < ofDomain.size(); i++) {
            StoredCookie held = ofDomain.get(i).cookie;
            if (!isSame(held, cookie)) continue;
            stored = withCreated(cookie, held.created());
            ofDomain.remove(i);
            count--;
            break;
        }
        changes++;
        if (!cookie.isExpired(now)) {
            ofDomain.add(new Kept(stored, clock++));
            count++;
        }
        if (ofDomain.size() > maxPerDomain || count > max) makeRoom(ofDomain, now);
        if (ofDomain.isEmpty()) domains.remove(cookie.domain());
    }

    private boolean isShadowing(StoredCookie cookie) {
        for (List<Kept> ofDomain : domains.values()) {
            for (Kept kept : ofDomain) {
                if (CookieRules.shadows(cookie, kept.cookie)) return true;
            }
        }
        return false;
    }

    private static boolean isSame(StoredCookie one, StoredCookie other) {
        return one.name().equals(other.name()) && one.path().equals(other.path()) && one.hostOnly() == other.hostOnly();
    }

    private static StoredCookie withCreated(StoredCookie cookie, Instant created) {
        return new StoredCookie(
                cookie.name(),
                cookie.value(),
                cookie.domain(),
                cookie.hostOnly(),
                cookie.path(),
                cookie.expires(),
                cookie.secure(),
                cookie.httpOnly(),
                cookie.sameSite(),
                created);
    }

    private void makeRoom(List<Kept> ofDomain, Instant now) {
        removeIf(cookie -> cookie.isExpired(now));
        if (ofDomain.size() > maxPerDomain) {
            ofDomain.remove(ofDomain.stream()
                    .min(Comparator.comparing((Kept kept) -> kept.cookie.secure())
                            .thenComparingLong(kept -> kept.used))
                    .orElseThrow());
            count--;
        }
        if (count > max) {
            Kept oldest = domains.values().stream()
                    .flatMap(List::stream)
                    .min(Comparator.comparingLong(kept -> kept.used))
                    .orElseThrow();
            removeIf(oldest.cookie::equals);
        }
    }

    /// Those that go along to `path` of `origin`: longer paths first, then older ones.
    synchronized List<StoredCookie> sentWith(Origin origin, String path, Instant now) {
        List<StoredCookie> found = new ArrayList<>();
        String domain = origin.host();
        while (true) {
            for (Kept kept : domains.getOrDefault(domain, List.of())) {
                if (kept.cookie.isExpired(now) || !CookieRules.isSentWith(kept.cookie, origin, path)) continue;
                kept.used = clock++;
                found.add(kept.cookie);
            }
            int dot = domain.indexOf('.');
            if (dot < 0) break;
            domain = domain.substring(dot + 1);
        }
        found.sort(
                Comparator.comparingInt((StoredCookie cookie) -> -cookie.path().length())
                        .thenComparing(StoredCookie::created));
        return found;
    }

    synchronized List<StoredCookie> all(Instant now) {
        return domains.values().stream()
                .flatMap(List::stream)
                .map(kept -> kept.cookie)
                .filter(cookie -> !cookie.isExpired(now))
                .sorted(Comparator.comparing(StoredCookie::domain)
                        .thenComparing(StoredCookie::path)
                        .thenComparing(StoredCookie::name))
                .toList();
    }

    synchronized void removeIf(Predicate<StoredCookie> which) {
        for (List<Kept> ofDomain : domains.values()) {
            int before = ofDomain.size();
            ofDomain.removeIf(kept -> which.test(kept.cookie));
            if (ofDomain.size() < before) changes++;
            count -= before - ofDomain.size();
        }
        domains.values().removeIf(List::isEmpty);
    }

    /// Grows with every change.
    synchronized long changes() {
        return changes;
    }
}
