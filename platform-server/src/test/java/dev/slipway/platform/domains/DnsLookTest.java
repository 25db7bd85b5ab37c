package dev.slipway.platform.domains;

import static dev.slipway.platform.domains.DnsAnswer.Pointing.ELSEWHERE;
import static dev.slipway.platform.domains.DnsAnswer.Pointing.HERE;
import static dev.slipway.platform.domains.DnsAnswer.Pointing.NOWHERE;
import static dev.slipway.platform.domains.DnsAnswer.Pointing.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.domains.HostName;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DnsLookTest {
    private static final HostName HOST = HostName.of("shop.example.com");

    /// Knows some names; others it has never heard of.
    private record Names(Map<String, Set<String>> known, Set<String> own, AtomicInteger asked) implements Resolver {
        Names(Map<String, Set<String>> known, Set<String> own) {
            this(known, own, new AtomicInteger());
        }

        @Override
        public Set<String> addresses(String host) throws UnknownHostException {
            asked.incrementAndGet();
            Set<String> found = known.get(host);
            if (found == null) {
                throw new UnknownHostException(host);
            }
            return found;
        }
    }

    private static DnsAnswer look(Resolver resolver, HostName host) {
        return java.util.Objects.requireNonNull(
                new DnsLook(resolver).of(List.of(host)).get(host));
    }

    @Test
    void saysWhereANameLeads() {
        Map<String, Set<String>> known = Map.of("shop.example.com", Set.of("192.0.2.1"));
        assertThat(look(new Names(known, Set.of("192.0.2.1", "10.0.0.5")), HOST))
                .isEqualTo(new DnsAnswer(HERE, List.of("192.0.2.1")));
        assertThat(look(new Names(known, Set.of("192.0.2.2")), HOST))
                .isEqualTo(new DnsAnswer(ELSEWHERE, List.of("192.0.2.1")));
        assertThat(look(new Names(known, Set.of()), HOST)).isEqualTo(new DnsAnswer(UNKNOWN, List.of("192.0.2.1")));
        assertThat(look(new Names(Map.of(), Set.of("192.0.2.1")), HOST)).isEqualTo(new DnsAnswer(NOWHERE, List.of()));
    }

    @Test
    void asksAboutAWildcardByAnyNameBelowIt() {
        Map<String, Set<String>> known = Map.of("slipway-check.example.com", Set.of("192.0.2.1"));
        assertThat(look(new Names(known, Set.of("192.0.2.1")), HostName.of("*.example.com"))
                        .pointing())
                .isEqualTo(HERE);
    }

    @Test
    void nobodyWaitsForASlowAnswerAndTheNextWhoAsksHasIt() throws InterruptedException {
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        DnsLook slow = new DnsLook(new Resolver() {
            @Override
            public Set<String> addresses(String host) {
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return Set.of("192.0.2.1");
            }

            @Override
            public Set<String> own() {
                answered.countDown();
                return Set.of("192.0.2.1");
            }
        });
        assertThat(slow.of(List.of(HOST))).containsEntry(HOST, DnsAnswer.UNKNOWN);
        answer.countDown();
        answered.await();
        assertThat(slow.of(List.of(HOST))).containsEntry(HOST, new DnsAnswer(HERE, List.of("192.0.2.1")));
    }

    @Test
    void doesntAskAgainForAWhile() {
        Names names = new Names(Map.of(), Set.of("192.0.2.1"));
        DnsLook look = new DnsLook(names);
        look.of(List.of(HOST));
        look.of(List.of(HOST));
        assertThat(names.asked()).hasValue(1);
    }
}
