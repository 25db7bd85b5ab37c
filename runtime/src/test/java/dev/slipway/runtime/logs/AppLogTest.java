package dev.slipway.runtime.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.runtime.engine.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppLogTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final String ONE = "shop-1-aaaaaaaa";
    private static final String TWO = "shop-2-bbbbbbbb";

    @TempDir
    private Path directory;

    private AppLog log;

    @BeforeEach
    void open() throws IOException {
        log = AppLog.open(directory, 1 << 20);
    }

    @AfterEach
    void close() throws IOException {
        log.close();
    }

    private void reopen() throws IOException {
        log.close();
        open();
    }

    private static LineJoiner.Line line(Output.Stream stream, int second, String text) {
        return new LineJoiner.Line(stream, NOON.plusSeconds(second), text, text.length());
    }

    private static LineJoiner.Line out(int second, String text) {
        return line(Output.Stream.STDOUT, second, text);
    }

    private List<String> texts(LogQuery query) throws IOException {
        return log.read(query).lines().stream().map(LogLine::text).toList();
    }

    private static LogQuery with(LogQuery.Filter filter) {
        return new LogQuery(filter, null, null, null, null, LogQuery.Order.NEWEST, 100);
    }

    private void someLines() throws IOException {
        log.append(
                "c1", ONE, List.of(out(1, "starting"), line(Output.Stream.STDERR, 2, "Warning: old"), out(3, "ready")));
        log.append("c2", TWO, List.of(out(4, "starting"), out(5, "grüße")));
    }

    @Test
    void eachLineKnowsItsTimeStreamReleaseAndInstance() throws IOException {
        someLines();
        assertThat(log.read(LogQuery.last(4)).lines().getFirst())
                .usingRecursiveComparison()
                .ignoringFields("id")
                .isEqualTo(new LogLine(
                        dev.slipway.runtime.records.Position.START,
                        NOON.plusSeconds(2),
                        LogLine.Stream.STDERR,
                        1,
                        ONE,
                        "Warning: old"));
        assertThat(texts(LogQuery.last(100))).containsExactly("starting", "Warning: old", "ready", "starting", "grüße");
    }

    @Test
    void theReleaseStandsInTheInstancesId() {
        assertThat(Source.releaseOf("shop-7-k3m9x2ab")).isEqualTo(7);
        assertThat(Source.releaseOf("my-2-shop-12.worker-2-k3m9x2ab")).isEqualTo(12);
        assertThat(Source.releaseOf("stranger")).isZero();
    }

    @Test
    void linesAreFilteredByEverything() throws IOException {
        someLines();
        assertThat(texts(with(new LogQuery.Filter(TWO, null, null, null)))).containsExactly("starting", "grüße");
        assertThat(texts(with(new LogQuery.Filter(null, 1, null, null)))).hasSize(3);
        assertThat(texts(with(new LogQuery.Filter(null, null, LogLine.Stream.STDERR, null))))
                .containsExactly("Warning: old");
        assertThat(texts(with(new LogQuery.Filter(null, null, null, "WARN")))).containsExactly("Warning: old");
        assertThat(texts(with(new LogQuery.Filter(null, null, null, "üß")))).containsExactly("grüße");
        assertThat(texts(with(new LogQuery.Filter(null, null, null, "nowhere"))))
                .isEmpty();
        assertThat(texts(new LogQuery(
                        LogQuery.Filter.ALL,
                        NOON.plusSeconds(2),
                        NOON.plusSeconds(4),
                        null,
                        null,
                        LogQuery.Order.NEWEST,
                        100)))
                .containsExactly("Warning: old", "ready");
    }

    @Test
    void pagesLeadThroughTheWholeLogBothWays() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            log.append("c1", ONE, List.of(out(i, "line " + i + " " + "x".repeat(400))));
        }
        List<String> back = new ArrayList<>();
        LogPage page = log.read(LogQuery.last(77));
        while (true) {
            back.addAll(0, page.lines().stream().map(LogLine::text).toList());
            if (!page.more()) {
                break;
            }
            page = log.read(new LogQuery(
                    LogQuery.Filter.ALL,
                    null,
                    null,
                    null,
                    page.lines().getFirst().id(),
                    LogQuery.Order.NEWEST,
                    77));
        }
        List<String> forth = new ArrayList<>();
        LogQuery query = new LogQuery(LogQuery.Filter.ALL, null, null, null, null, LogQuery.Order.OLDEST, 77);
        for (page = log.read(query); !page.lines().isEmpty(); page = log.read(query)) {
            forth.addAll(page.lines().stream().map(LogLine::text).toList());
            query = query.after(page.lines().getLast().id());
        }
        assertThat(back).hasSize(1_000).isEqualTo(forth).doesNotHaveDuplicates();
    }

    @Test
    void howFarAContainerIsKeptIsKnownAfterARestartHoweverMuchOthersWrote() throws IOException {
        log.append("c1", ONE, List.of(out(1, "quiet"), out(1, "quiet too"), line(Output.Stream.STDERR, 7, "e")));
        for (int i = 0; i < 5_000; i++) {
            log.append("c2", TWO, List.of(out(10 + i, "noise " + "x".repeat(400))));
        }
        assertThat(texts(with(new LogQuery.Filter(ONE, null, null, null)))).isEmpty();
        reopen();
        assertThat(log.mark("c1", Output.Stream.STDOUT)).isEqualTo(new Mark(NOON.plusSeconds(1), 2));
        assertThat(log.mark("c1", Output.Stream.STDERR)).isEqualTo(new Mark(NOON.plusSeconds(7), 1));
        assertThat(log.mark("c3", Output.Stream.STDOUT)).isEqualTo(Mark.NONE);
        log.append("c1", ONE, List.of(out(1, "and again")));
        assertThat(log.mark("c1", Output.Stream.STDOUT)).isEqualTo(new Mark(NOON.plusSeconds(1), 3));
    }

    @Test
    void containersThatAreGoneAreForgottenWithTheNextSegment() throws IOException {
        log.append("c1", ONE, List.of(out(1, "x")));
        log.keepSources(Set.of("c2"));
        log.append("c2", TWO, List.of(out(2, "y")));
        assertThat(log.mark("c1", Output.Stream.STDOUT)).isEqualTo(Mark.NONE);
        assertThat(texts(LogQuery.last(10))).containsExactly("x", "y");
    }

    @Test
    void aWatcherGetsThePastAndThenEveryLineOnce() throws Exception {
        someLines();
        LiveReader reader = log.follow(LogQuery.last(2));
        log.append("c2", TWO, List.of(out(6, "six"), out(7, "seven")));
        assertThat(take(reader)).containsExactly("starting", "grüße", "six", "seven");
        log.note("c2", TWO, "left out");
        LiveReader.Batch note = Objects.requireNonNull(reader.take(Duration.ofSeconds(5)));
        assertThat(note.lines().getFirst().stream()).isEqualTo(LogLine.Stream.PLATFORM);
        LogPage rest = log.read(LogQuery.last(1));
        assertThat(rest.lines()).isEqualTo(note.lines());
        log.leave(reader);
        assertThat(reader.take(Duration.ofSeconds(5))).isNull();
    }

    private static List<String> take(LiveReader reader) throws InterruptedException {
        return Objects.requireNonNull(reader.take(Duration.ofSeconds(5))).lines().stream()
                .map(LogLine::text)
                .toList();
    }

    @Test
    void aSlowWatcherLosesLinesIsToldHowManyAndHoldsNobodyUp() throws Exception {
        log.append("c1", ONE, List.of(out(0, "the past")));
        LiveReader reader = log.follow(LogQuery.last(1));
        int lines = 10_000;
        for (int i = 0; i < lines; i += 100) {
            log.append(
                    "c1",
                    ONE,
                    IntStream.range(i, i + 100)
                            .mapToObj(n -> out(n, "line " + n))
                            .toList());
        }
        assertThat(Objects.requireNonNull(reader.take(Duration.ofSeconds(5))).lines())
                .extracting(LogLine::text)
                .containsExactly("the past");
        long told = 0;
        long skipped = 0;
        String last = "";
        while (!last.equals("line 9999")) {
            LiveReader.Batch batch = Objects.requireNonNull(reader.take(Duration.ofSeconds(5)));
            told += batch.lines().size();
            skipped += batch.skipped();
            last = batch.lines().getLast().text();
        }
        assertThat(told + skipped).isEqualTo(lines);
        assertThat(told).isLessThanOrEqualTo(2_000);
    }
}
