package dev.slipway.platform.api;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// Some items, newest first. `next` is the address of those that follow, null when there are none.
record Page<T>(List<T> items, @Nullable String next) {
    /// One item more than `limit` was asked for, to know whether something follows.
    static <S, T> Page<T> of(List<S> found, Paging paging, Function<S, T> view, ToLongFunction<S> number) {
        if (found.size() <= paging.limit()) {
            return new Page<>(found.stream().map(view).toList(), null);
        }
        List<S> shown = found.subList(0, paging.limit());
        String next = ServletUriComponentsBuilder.fromCurrentRequestUri()
                .scheme(null)
                .host(null)
                .port(null)
                .queryParam("limit", paging.limit())
                .queryParam("before", number.applyAsLong(shown.getLast()))
                .toUriString();
        return new Page<>(shown.stream().map(view).toList(), next);
    }

    static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, null);
    }
}
