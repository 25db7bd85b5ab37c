package dev.slipway.runtime.router;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Compares passwords, which takes tenths of a second each, on a thread of its own, and remembers what came of it
/// by a digest under a key that only this process knows. Thread-safe.
///
/// An address that guesses is told to wait, so that it can neither guess on nor keep others waiting.
final class PasswordCheck implements AutoCloseable {
    private static final int MOST_REMEMBERED = 2_000;
    private static final int KEY_BYTES = 32;

    enum Result {
        RIGHT,
        WRONG,
        /// from that address came too many wrong ones
        LATER,
        /// too many wait to be compared
        BUSY
    }

    /// @param app whose door it is
    /// @param address who says so, see [ClientAddress#own]
    record Claim(String app, DoorRules.Password password, String given, String address) {
        Claim {
            address = ClientAddress.own(address);
        }
    }

    private final SecretKeySpec key = new SecretKeySpec(random(), "HmacSHA256");
    private final Map<ByteBuffer, Result> right = bounded();
    private final Map<ByteBuffer, Result> wrong = bounded();
    private final Guesses guesses = new Guesses();
    private final Comparisons comparisons = new Comparisons();
    private final ThreadPoolExecutor comparing = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(Comparisons.MOST),
            Thread.ofPlatform().name("password").daemon().factory());

    private static byte[] random() {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        return random;
    }

    private static <K> Map<K, Result> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Result> eldest) {
                return size() > MOST_REMEMBERED;
            }
        };
    }

    /// What is known without comparing; null when it must be compared. Never waits.
    @Nullable
    Result known(Claim claim) {
        ByteBuffer digest = digest(claim);
        synchronized (this) {
            if (right.get(digest) != null) {
                return Result.RIGHT;
            }
            if (guesses.tooMany(claim.address())) {
                return Result.LATER;
            }
            return wrong.get(digest);
        }
    }

    /// Says what came of it, on another thread; at once when it can't wait.
    void compare(Claim claim, Consumer<Result> then) {
        ByteBuffer digest = digest(claim);
        Comparisons.Place place;
        synchronized (this) {
            place = comparisons.enter(digest, claim, then);
        }
        switch (place) {
            case OWN -> {
                try {
                    comparing.execute(() -> compareNow(claim, digest));
                } catch (RejectedExecutionException closed) {
                    tell(digest, Result.BUSY);
                }
            }
            case SHARED -> {}
            case NONE -> then.accept(Result.BUSY);
        }
    }

    private void compareNow(Claim claim, ByteBuffer digest) {
        Result result = Result.BUSY;
        try {
            result = compared(claim, digest);
        } finally {
            tell(digest, result);
        }
    }

    private void tell(ByteBuffer digest, Result result) {
        List<Consumer<Result>> told;
        synchronized (this) {
            told = comparisons.leave(digest);
        }
        told.forEach(then -> then.accept(result));
    }

    private Result compared(Claim claim, ByteBuffer digest) {
        Result known = known(claim);
        if (known != null) {
            return known;
        }
        boolean fits = claim.password().fits(claim.given());
        synchronized (this) {
            if (fits) {
                right.put(digest, Result.RIGHT);
                return Result.RIGHT;
            }
            wrong.put(digest, Result.WRONG);
            guesses.wrong(claim.address());
            return Result.WRONG;
        }
    }

    private ByteBuffer digest(Claim claim) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(claim.password().id().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return ByteBuffer.wrap(mac.doFinal(claim.given().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        comparing.shutdownNow();
    }
}
