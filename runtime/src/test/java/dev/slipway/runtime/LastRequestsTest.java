package dev.slipway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.runtime.logs.AccessBook;
import dev.slipway.runtime.logs.AppLogs;
import dev.slipway.runtime.logs.LogQuery;
import dev.slipway.runtime.logs.LogSettings;
import dev.slipway.runtime.router.AccessLog;
import dev.slipway.runtime.router.Routes;
import dev.slipway.runtime.router.Traffic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastRequestsTest {
    private static final AccessLog.Request REQUEST = new AccessLog.Request(
            7,
            Instant.parse("2026-11-28T12:00:00.123456789Z"),
            "2001:db8::7",
            "GET",
            "shop.test",
            "/größe\u2028?q=1\n",
            200,
            1L << 40,
            12_345,
            "shop-4-k3m9qzpa");

    @TempDir
    private Path home;

    private final List<String> knocks = new ArrayList<>();
    private final Routes routes = new Routes();
    private AppLogs logs;
    private AccessBook book;

    @BeforeEach
    void open() {
        logs = AppLogs.ofRequests(home, LogSettings.of(5));
        book = new AccessBook(logs);
        routes.onKnock(knocks::add);
    }

    @AfterEach
    void close() {
        book.close();
        logs.close();
    }

    @Test
    void theNextRunKnocksWritesAndCountsForTheLast() throws Exception {
        int[] classes = {1, 0, 41, 0, 0, 2};
        int[] latencies = Traffic.Counts.NONE.latencies().clone();
        latencies[3] = 44;
        Traffic.Counts counts = new Traffic.Counts(classes, latencies);
        routes.traffic().add("shop", counts);
        String line = new LastRequests(Set.of("blog"), List.of(REQUEST), Map.of("shop", counts)).line();
        assertThat(line.lines()).as("one line").hasSize(1);
        LastRequests.learn(line, knocks::add, routes, book);
        assertThat(knocks).containsExactly("blog");
        book.write();
        assertThat(logs.read(7, LogQuery.last(10)).lines())
                .singleElement()
                .matches(written -> written.at().equals(REQUEST.at()))
                .matches(written -> written.instance().equals("shop-4-k3m9qzpa"));
        Traffic.Counts both = routes.traffic().drain().getOrDefault("shop", Traffic.Counts.NONE);
        assertThat(both.classes()).containsExactly(2, 0, 82, 0, 0, 4);
        assertThat(both.latencies()[3]).isEqualTo(88);
    }

    @Test
    void whatComesAfterTheBookIsClosedIsTakenOnce() throws Exception {
        book.answered(REQUEST);
        book.close();
        book.answered(REQUEST);
        LastRequests rest = LastRequests.take(routes, Set.of(), book);
        assertThat(rest.answered()).containsExactly(REQUEST);
        assertThat(LastRequests.take(routes, Set.of(), book).line()).isEmpty();
        assertThat(logs.read(7, LogQuery.last(10)).lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "later", "null", "[]", "{}", "{\"awaited\":[null],\"answered\":[],\"counts\":{}}"})
    void whatIsntUnderstoodIsLeftOut(String line) {
        LastRequests.learn(line, knocks::add, routes, book);
        assertThat(knocks).isEmpty();
    }

    @Test
    void anotherVersionMaySayMore() {
        LastRequests.learn(
                "{\"awaited\":[\"shop\"],\"answered\":[],\"counts\":{},\"more\":{\"a\":1}}", knocks::add, routes, book);
        assertThat(knocks).containsExactly("shop");
    }
}
