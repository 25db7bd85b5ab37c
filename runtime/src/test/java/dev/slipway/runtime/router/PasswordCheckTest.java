package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.runtime.router.PasswordCheck.Claim;
import dev.slipway.runtime.router.PasswordCheck.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PasswordCheckTest {
    private final PasswordCheck check = new PasswordCheck();
    private final AtomicInteger compared = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void close() {
        check.close();
    }

    private class Counted implements DoorRules.Password {
        private final String text;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public String id() {
            return text;
        }

        @Override
        public boolean fits(String given) {
            compared.incrementAndGet();
            return given.equals(text);
        }
    }

    /// Its comparison takes until `held` is open.
    private final class Held extends Counted {
        Held(String text) {
            super(text);
        }

        @Override
        public boolean fits(String given) {
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return super.fits(given);
        }
    }

    private static Claim claim(DoorRules.Password password, String given, String address) {
        return new Claim("shop", password, given, address);
    }

    private Result compare(Claim claim) throws InterruptedException {
        BlockingQueue<Result> result = new LinkedBlockingQueue<>();
        check.compare(claim, result::add);
        return result.take();
    }

    @Test
    void whatCameOfItIsRememberedAsLongAsThePasswordIsTheSame() throws InterruptedException {
        Claim right = claim(new Counted("s3cret"), "s3cret", "10.0.0.1");
        Claim wrong = claim(new Counted("s3cret"), "guess", "10.0.0.1");
        assertThat(check.known(right)).isNull();
        assertThat(compare(right)).isEqualTo(Result.RIGHT);
        assertThat(compare(wrong)).isEqualTo(Result.WRONG);
        assertThat(check.known(right)).isEqualTo(Result.RIGHT);
        assertThat(check.known(wrong)).isEqualTo(Result.WRONG);
        assertThat(compare(right)).isEqualTo(Result.RIGHT);
        assertThat(compared).hasValue(2);
        assertThat(check.known(claim(new Counted("changed"), "s3cret", "10.0.0.1")))
                .isNull();
    }

    @Test
    void whoGuessesHasToWaitWhileWhoKnowsComesIn() throws InterruptedException {
        Claim right = claim(new Counted("s3cret"), "s3cret", "10.0.0.1");
        assertThat(compare(right)).isEqualTo(Result.RIGHT);
        for (int i = 0; i < 20; i++) {
            assertThat(compare(claim(right.password(), "guess" + i, "10.0.0.1")))
                    .isEqualTo(Result.WRONG);
        }
        assertThat(compare(claim(right.password(), "guess20", "10.0.0.1"))).isEqualTo(Result.LATER);
        assertThat(check.known(right)).isEqualTo(Result.RIGHT);
        assertThat(compare(claim(right.password(), "guess20", "10.0.0.2"))).isEqualTo(Result.WRONG);
    }

    @Test
    void whenTooManyWaitTheNextIsToldToComeAgain() throws InterruptedException {
        BlockingQueue<Result> results = new LinkedBlockingQueue<>();
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Held password = new Held("p" + i);
            claims.add(new Claim("app" + i % 3, password, "p" + i, "10.0.0." + i));
        }
        claims.forEach(claim -> check.compare(claim, results::add));
        assertThat(results.take()).isEqualTo(Result.BUSY);
        held.countDown();
        List<Result> all = new ArrayList<>();
        for (int i = 1; i < claims.size(); i++) {
            all.add(results.take());
        }
        assertThat(all).contains(Result.RIGHT).contains(Result.BUSY).doesNotContain(Result.WRONG, Result.LATER);
    }

    @Test
    void whoHasManyAddressesOfOneNetworkIsOneVisitor() throws InterruptedException {
        DoorRules.Password password = new Counted("s3cret");
        for (int i = 0; i < 20; i++) {
            assertThat(compare(claim(password, "guess" + i, "2001:db8:0:7::" + i)))
                    .isEqualTo(Result.WRONG);
        }
        assertThat(compare(claim(password, "guess20", "2001:db8:0:7:8000::1"))).isEqualTo(Result.LATER);
        assertThat(compare(claim(password, "guess20", "2001:db8:0:8::1"))).isEqualTo(Result.WRONG);
    }

    @Test
    void equalOnesAreComparedOnceAndAllAreTold() throws InterruptedException {
        BlockingQueue<Result> results = new LinkedBlockingQueue<>();
        for (int i = 0; i < 50; i++) {
            check.compare(claim(new Held("s3cret"), "s3cret", "10.0.0.1"), results::add);
        }
        held.countDown();
        for (int i = 0; i < 50; i++) {
            assertThat(results.take()).isEqualTo(Result.RIGHT);
        }
        assertThat(compared).hasValue(1);
    }

    @Test
    void noAddressAndNoAppKeepsOthersFromBeingCompared() throws InterruptedException {
        BlockingQueue<Result> results = new LinkedBlockingQueue<>();
        for (int i = 0; i < 5; i++) {
            check.compare(claim(new Held("p" + i), "p" + i, "10.0.0.1"), results::add);
        }
        assertThat(results.take()).isEqualTo(Result.BUSY);
        for (int i = 5; i < 18; i++) {
            check.compare(claim(new Held("p" + i), "p" + i, "10.0.0." + i), results::add);
        }
        assertThat(results.take()).isEqualTo(Result.BUSY);
        BlockingQueue<Result> others = new LinkedBlockingQueue<>();
        check.compare(new Claim("blog", new Held("other"), "other", "10.0.0.99"), others::add);
        held.countDown();
        assertThat(others.take()).isEqualTo(Result.RIGHT);
        for (int i = 0; i < 16; i++) {
            assertThat(results.take()).isEqualTo(Result.RIGHT);
        }
    }
}
