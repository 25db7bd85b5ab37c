package dev.slipway.worker.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.Database;
import dev.slipway.db.DatabaseSettings;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.apps.NewApp;
import dev.slipway.db.apps.Source;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.db.builds.BuildLog;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.builds.BuildRequest;
import dev.slipway.db.builds.BuildStep;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.builds.Commit;
import dev.slipway.db.builds.CommitId;
import dev.slipway.db.builds.LogChunk;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalTest {
    private final DatabaseSettings settings = TestDatabase.fresh();
    private final Database database = Database.open(settings, "test", 0, 4);
    private final StopSignal stop = new StopSignal();
    private BuildQueue.Claim claim;

    @BeforeEach
    void aClaim() {
        App app = new AppStore(database)
                .create(new NewApp(
                        new AppName("shop"),
                        new Source.Hosted("main"),
                        BuildSettings.DEFAULT,
                        ProcessSpec.DEFAULT,
                        new byte[] {1},
                        null));
        new BuildStore(database)
                .enqueue(new BuildRequest(
                        app.id(),
                        BuildCause.PUSH,
                        "main",
                        new Commit(new CommitId("1".repeat(40)), "Ada <ada@example.com>", "Change", Instant.EPOCH),
                        "ada"));
        claim = new BuildQueue(database).claim("w1").orElseThrow();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void linesAreThereInOrderWhenItIsClosed() throws Exception {
        List<String> lines = IntStream.range(0, 5_000)
                .mapToObj(i -> "line " + i + " \u0000ü")
                .toList();
        try (Journal journal = new Journal(database, claim, stop, LogLimits.DEFAULT)) {
            lines.forEach(journal::line);
        }
        assertThat(written())
                .isEqualTo(lines.stream()
                        .map(line -> line.replace('\u0000', '\uFFFD'))
                        .toList());
    }

    @Test
    void theFirstLineIsShownWithoutWaitingForMore() throws Exception {
        try (Journal journal = new Journal(database, claim, stop, LogLimits.DEFAULT)) {
            journal.line("hello");
            Awaitility.await().until(() -> written().equals(List.of("hello")));
        }
    }

    @Test
    void aStepsLastStateIsWhatStays() throws Exception {
        try (Journal journal = new Journal(database, claim, stop, LogLimits.DEFAULT)) {
            journal.step(new BuildStep(1, "[1/1] RUN x", BuildStep.State.RUNNING, Instant.EPOCH, null));
            journal.step(new BuildStep(1, "[1/1] RUN x", BuildStep.State.DONE, Instant.EPOCH, 42L));
        }
        assertThat(new BuildLog(database).steps(claim.build().id(), 1))
                .containsExactly(new BuildStep(1, "[1/1] RUN x", BuildStep.State.DONE, Instant.EPOCH, 42L));
    }

    @Test
    void tooLongALogIsCutAndSaysSoAndTheAttemptGoesOn() throws Exception {
        try (Journal journal = new Journal(database, claim, stop, new LogLimits(100, 1_000_000))) {
            IntStream.range(0, 150).forEach(i -> journal.line("line " + i));
        }
        assertThat(written())
                .hasSize(101)
                .endsWith("line 99", "[The log is cut here, after 100 lines or 0 MiB. The build goes on.]");
        assertThat(stop.raised()).isEmpty();
    }

    @Test
    void tooLargeALogIsCutToo() throws Exception {
        try (Journal journal = new Journal(database, claim, stop, new LogLimits(1_000, 1_000))) {
            IntStream.range(0, 50).forEach(i -> journal.line("x".repeat(99)));
        }
        assertThat(written()).hasSize(11);
        assertThat(stop.raised()).isEmpty();
    }

    @Test
    void nothingIsWrittenOnceTheLeaseIsLostAndNobodyWaitsForIt() throws Exception {
        database.jdbc().sql("UPDATE builds SET attempt = 2").update();
        try (Journal journal = new Journal(database, claim, stop, LogLimits.DEFAULT)) {
            IntStream.range(0, 20_000).forEach(i -> journal.line("late " + i));
        }
        assertThat(written()).isEmpty();
    }

    private List<String> written() {
        return new BuildLog(database)
                .read(claim.build().id(), 1, 0, 1_000_000).stream()
                        .map(LogChunk::lines)
                        .flatMap(List::stream)
                        .toList();
    }
}
