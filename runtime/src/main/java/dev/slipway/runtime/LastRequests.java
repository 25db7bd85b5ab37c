package dev.slipway.runtime;

import dev.slipway.runtime.logs.AccessBook;
import dev.slipway.runtime.router.AccessLog;
import dev.slipway.runtime.router.Routes;
import dev.slipway.runtime.router.Traffic;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What a run that has handed over still hears of its last requests. Only the next run starts instances, writes logs
/// and keeps metrics, so it is told: a line of JSON at a time.
///
/// @param awaited apps that requests wait for
/// @param answered what was answered and is to be written down
/// @param counts all that were answered, by app
record LastRequests(Set<String> awaited, List<AccessLog.Request> answered, Map<String, Traffic.Counts> counts) {
    private static final Logger log = LoggerFactory.getLogger(LastRequests.class);
    /// Another version may say more, or less.
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    LastRequests {
        awaited = Set.copyOf(awaited);
        answered = List.copyOf(answered);
        counts = Map.copyOf(counts);
    }

    /// Those since the last call, once, and not too many; who waits is told as long as it waits.
    ///
    /// @param told apps that requests wait for at a run that came before this one
    static LastRequests take(Routes routes, Set<String> told, AccessBook book) {
        Set<String> awaited = new HashSet<>(routes.awaited());
        awaited.addAll(told);
        return new LastRequests(awaited, book.takeRest(), routes.traffic().drain());
    }

    /// Empty when there is nothing to tell.
    String line() {
        return awaited.isEmpty() && answered.isEmpty() && counts.isEmpty() ? "" : JSON.writeValueAsString(this);
    }

    /// Makes them this run's. What can't be understood is left out.
    static void learn(String line, Consumer<String> knock, Routes routes, AccessBook book) {
        try {
            LastRequests told = JSON.readValue(line, LastRequests.class);
            if (told == null) { // the word null
                return;
            }
            told.awaited().forEach(knock);
            told.answered().forEach(book::answered);
            told.counts().forEach(routes.traffic()::add);
        } catch (JacksonException e) {
            log.debug("the run before says what this one doesn't understand: {}", e.getOriginalMessage());
        }
    }
}
