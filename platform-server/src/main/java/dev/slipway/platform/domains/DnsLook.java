package dev.slipway.platform.domains;

import dev.slipway.db.domains.HostName;
import jakarta.annotation.PreDestroy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Service;

/// Where DNS says that domains lead. Nobody waits longer than [#PATIENCE]; what comes later is there for the
/// next who asks. An answer is used for [#FRESH].
@Service
public class DnsLook {
    static final Duration PATIENCE = Duration.ofMillis(1_500);
    static final Duration FRESH = Duration.ofSeconds(30);
    private static final int MOST_REMEMBERED = 1_000;
    /// Any label will do to see where a wildcard leads.
    private static final String SOME_LABEL = "slipway-check";

    private record Look(CompletableFuture<DnsAnswer> answer, long since) {}

    private final Resolver resolver;
    private final ExecutorService lookups = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("dns-", 0).factory());
    private final Map<HostName, Look> looks = new LinkedHashMap<>();

    DnsLook(Resolver resolver) {
        this.resolver = resolver;
    }

    /// All of them at once, within [#PATIENCE].
    public Map<HostName, DnsAnswer> of(List<HostName> hosts) {
        Map<HostName, CompletableFuture<DnsAnswer>> asked = new LinkedHashMap<>();
        hosts.forEach(host -> asked.put(host, ask(host)));
        long end = System.nanoTime() + PATIENCE.toNanos();
        Map<HostName, DnsAnswer> answers = new LinkedHashMap<>();
        asked.forEach((host, answer) -> answers.put(
                host,
                answer.copy()
                        .completeOnTimeout(
                                DnsAnswer.UNKNOWN, Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)
                        .join()));
        return answers;
    }

    private synchronized CompletableFuture<DnsAnswer> ask(HostName host) {
        long now = System.nanoTime();
        Look known = looks.get(host);
        if (known != null && now - known.since() < FRESH.toNanos()) {
            return known.answer();
        }
        looks.remove(host);
        Look look = new Look(CompletableFuture.supplyAsync(() -> look(host), lookups), now);
        looks.put(host, look);
        if (looks.size() > MOST_REMEMBERED) {
            looks.remove(looks.keySet().iterator().next());
        }
        return look.answer();
    }

    private DnsAnswer look(HostName host) {
        String name = host.wildcard() ? SOME_LABEL + host.value().substring(1) : host.value();
        try {
            return compare(resolver.addresses(name), resolver.own());
        } catch (UnknownHostException e) {
            return new DnsAnswer(DnsAnswer.Pointing.NOWHERE, List.of());
        } catch (RuntimeException e) {
            return DnsAnswer.UNKNOWN;
        }
    }

    static DnsAnswer compare(Set<String> theirs, Set<String> ours) {
        List<String> addresses = List.copyOf(theirs);
        if (theirs.isEmpty()) {
            return new DnsAnswer(DnsAnswer.Pointing.NOWHERE, addresses);
        }
        if (ours.isEmpty()) {
            return new DnsAnswer(DnsAnswer.Pointing.UNKNOWN, addresses);
        }
        boolean here = theirs.stream().anyMatch(ours::contains);
        return new DnsAnswer(here ? DnsAnswer.Pointing.HERE : DnsAnswer.Pointing.ELSEWHERE, addresses);
    }

    @PreDestroy
    void close() {
        lookups.shutdownNow();
    }
}
