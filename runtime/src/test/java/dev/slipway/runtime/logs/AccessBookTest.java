package dev.slipway.runtime.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.runtime.router.AccessLog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessBookTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    private Path home;

    private AppLogs logs;
    private AccessBook book;

    @org.junit.jupiter.api.BeforeEach
    void open() {
        logs = AppLogs.ofRequests(home, LogSettings.of(5));
        book = new AccessBook(logs);
    }

    @AfterEach
    void close() {
        book.close();
        logs.close();
    }

    private static AccessLog.Request request(long app, String uri, String instance) {
        return new AccessLog.Request(app, NOON, "203.0.113.7", "GET", "shop.test", uri, 200, 1234, 12_345, instance);
    }

    private List<LogLine> lines(long app) throws Exception {
        return logs.read(app, LogQuery.last(10_000)).lines();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ | /",
                "/a/b | /a/b",
                "/? | /?",
                "/?q=secret | /?q=…",
                "/?a=1&b=2&c | /?a=…&b=…&…",
                "/?eyJhbGciOi | /?…",
                "/?a==x=y&b= | /?a=…&b=…",
                "/?a=b?c=d | /?a=…",
            })
    void whatAQueryGivesItsNamesIsLeftOut(String uri, String written) {
        assertThat(AccessLines.masked(uri)).isEqualTo(written);
    }

    @Test
    void aRequestIsALineOfTheInstanceThatAnswered() throws Exception {
        book.answered(request(1, "/basket?token=s3cret", "shop-4-k3m9qzpa"));
        book.answered(request(1, "/\u001b[2J", ""));
        await().until(() -> lines(1).size() == 2);
        LogLine line = lines(1).getFirst();
        assertThat(line.text()).isEqualTo("203.0.113.7 GET shop.test/basket?token=… 200 1234B 12.3ms");
        assertThat(line.stream()).isEqualTo(LogLine.Stream.ACCESS);
        assertThat(line.at()).isEqualTo(NOON);
        assertThat(line.instance()).isEqualTo("shop-4-k3m9qzpa");
        assertThat(line.release()).isEqualTo(4);
        assertThat(lines(1).getLast().text()).doesNotContain("\u001b");
        assertThat(home.resolve("runtime/access/1")).isDirectory();
    }

    @Test
    void whatComesTooFastIsLeftOutAndCountedAndHurtsNobodyElse() throws Exception {
        for (int i = 0; i < 50_000; i++) {
            book.answered(request(1, "/" + i, "a-1-aaaaaaaa"));
        }
        book.answered(request(2, "/", "b-1-bbbbbbbb"));
        await().until(() -> lines(1).stream().anyMatch(line -> line.stream() == LogLine.Stream.PLATFORM));
        assertThat(lines(1).stream().map(LogLine::text))
                .anyMatch(text -> text.matches("[0-9]{4,5} requests left out: they came too fast to be written down"));
        await().until(() -> lines(2).size() == 1);
    }

    @Test
    void nothingWaitsForADeletedApp() {
        book.close();
        book.answered(request(1, "/", "a-1-aaaaaaaa"));
        book.answered(request(2, "/", "b-1-bbbbbbbb"));
        book.keepOnly(Set.of(2L));
        assertThat(book.takeRest()).extracting(AccessLog.Request::appId).containsExactly(2L);
    }

    @Test
    void theyAreReadAgainAfterARestartHoweverManyInstancesAnswered() throws Exception {
        for (int i = 0; i < 500; i++) {
            book.answered(request(1, "/" + i, "shop-" + (i + 1) + "-aaaaaaaa"));
        }
        await().until(() -> lines(1).size() == 500);
        close();
        open();
        book.answered(request(1, "/last", "shop-3-aaaaaaaa"));
        await().until(() -> lines(1).size() == 501);
        assertThat(lines(1).get(420).release()).isEqualTo(421);
        assertThat(lines(1).getLast().release()).isEqualTo(3);
    }
}
