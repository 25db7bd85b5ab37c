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

    private Result compare(Claim claim) throws InterruptedException {
        BlockingQueue<Result> result = new LinkedBlockingQueue<>();
        check.compare(claim, result::add);
        return result.take();
    }

    @Test
    void whatCameOfItIsRememberedAsLongAsThePasswordIsTheSame() throws InterruptedException {
        Claim right = new Claim(new Counted("s3cret"), "s3cret", "10.0.0.1");
        Claim wrong = new Claim(new Counted("s3cret"), "guess", "10.0.0.1");
        assertThat(check.known(right)).isNull();
        assertThat(compare(right)).isEqualTo(Result.RIGHT);
        assertThat(compare(wrong)).isEqualTo(Result.WRONG);
        assertThat(check.known(right)).isEqualTo(Result.RIGHT);
        assertThat(check.known(wrong)).isEqualTo(Result.WRONG);
        assertThat(compare(right)).isEqualTo(Result.RIGHT);
        assertThat(compared).hasValue(2);
        assertThat(check.known(new Claim(new Counted("changed"), "s3cret", "10.0.0.1")))
                .isNull();
    }

    @Test
    void whoGuessesHasToWaitWhileWhoKnowsComesIn() throws InterruptedException {
        Claim right = new Claim(new Counted("s3cret"), "s3cret", "10.0.0.1");
        assertThat(compare(right)).isEqualTo(Result.RIGHT);
        for (int i = 0; i < 20; i++) {
            assertThat(compare(new Claim(right.password(), "guess" + i, "10.0.0.1")))
                    .isEqualTo(Result.WRONG);
        }
        assertThat(compare(new Claim(right.password(), "guess20", "10.0.0.1"))).isEqualTo(Result.LATER);
        assertThat(check.known(right)).isEqualTo(Result.RIGHT);
        assertThat(compare(new Claim(right.password(), "guess20", "10.0.0.2"))).isEqualTo(Result.WRONG);
    }

    @Test
    void whenTooManyWaitTheNextIsToldToComeAgain() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        BlockingQueue<Result> results = new LinkedBlockingQueue<>();
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Counted password = new Counted("p" + i) {
                @Override
                public boolean fits(String given) {
                    try {
                        held.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return super.fits(given);
                }
            };
            claims.add(new Claim(password, "p" + i, "10.0.0." + i));
        }
        claims.forEach(claim -> check.compare(claim, results::add));
        assertThat(results.take()).isEqualTo(Result.LATER);
        held.countDown();
        List<Result> all = new ArrayList<>();
        for (int i = 1; i < claims.size(); i++) {
            all.add(results.take());
        }
        assertThat(all).contains(Result.RIGHT).contains(Result.LATER).doesNotContain(Result.WRONG);
    }
}
