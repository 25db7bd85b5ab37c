package dev.slipway.runtime.router;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// Which passwords wait to be compared or are just being compared, equal claims as one: of nobody so many that
/// others find no place. Guarded by its [PasswordCheck].
final class Comparisons {
    static final int MOST = 32;
    private static final int MOST_OF_ADDRESS = 4;
    private static final int MOST_OF_APP = 16;
    private static final int MOST_EQUAL = 100;

    enum Place {
        /// it has to be compared
        OWN,
        /// it is told what comes of another that is equal
        SHARED,
        /// it can't wait
        NONE
    }

    /// @param tell who is told what comes of it
    private record Waiting(PasswordCheck.Claim claim, List<Consumer<PasswordCheck.Result>> tell) {}

    private final Map<ByteBuffer, Waiting> waiting = new HashMap<>();

    Place enter(ByteBuffer digest, PasswordCheck.Claim claim, Consumer<PasswordCheck.Result> then) {
        Waiting equal = waiting.get(digest);
        if (equal != null && equal.tell().size() < MOST_EQUAL) {
            equal.tell().add(then);
            return Place.SHARED;
        }
        if (equal != null
                || waiting.size() >= MOST
                || like(claim, PasswordCheck.Claim::address) >= MOST_OF_ADDRESS
                || like(claim, PasswordCheck.Claim::app) >= MOST_OF_APP) {
            return Place.NONE;
        }
        waiting.put(digest, new Waiting(claim, new ArrayList<>(List.of(then))));
        return Place.OWN;
    }

    private long like(PasswordCheck.Claim claim, Function<PasswordCheck.Claim, String> of) {
        return waiting.values().stream()
                .filter(other -> of.apply(other.claim()).equals(of.apply(claim)))
                .count();
    }

    /// Those who are to be told what came of it.
    List<Consumer<PasswordCheck.Result>> leave(ByteBuffer digest) {
        Waiting over = waiting.remove(digest);
        return over == null ? List.of() : over.tell();
    }
}
