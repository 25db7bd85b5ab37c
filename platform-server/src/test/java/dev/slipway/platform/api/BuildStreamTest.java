package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.builds.BuildLog;
import dev.slipway.db.builds.BuildOutcome;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.builds.BuildStep;
import dev.slipway.platform.testing.Client;
import dev.slipway.platform.testing.EventStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BuildStreamTest extends ApiTest {
    @Test
    void aWatcherSeesStateStepsAndLinesAsTheyComeAndThenTheEnd() {
        App app = given.app("stream");
        BuildQueue.Claim claim = given.claimedBuild(app);
        BuildLog log = new BuildLog(database);
        try (EventStream stream = client.stream(path(app), "")) {
            assertThat(stream.await("state").json().path("state").asString()).isEqualTo("RUNNING");
            log.append(claim, 0, List.of("one", "two\rzwei"));
            EventStream.Event lines = stream.await("log");
            assertThat(lines.id()).isEqualTo("1-1");
            assertThat(texts(lines)).containsExactly("one", "two\rzwei");
            log.step(claim, new BuildStep(1, "[1/1] COPY . .", BuildStep.State.RUNNING, Instant.now(), null));
            assertThat(stream.await("step").json().path("state").asString()).isEqualTo("RUNNING");
            log.step(claim, new BuildStep(1, "[1/1] COPY . .", BuildStep.State.DONE, Instant.now(), 12L));
            assertThat(stream.await("step").json().path("durationMs").asInt()).isEqualTo(12);
            log.append(claim, 2, List.of("three"));
            given.finish(claim, new BuildOutcome.Cancelled("ada"));
            EventStream.Event last = stream.await("log");
            assertThat(last.id()).isEqualTo("1-2");
            assertThat(texts(last)).containsExactly("three");
            assertThat(stream.await("end").json().path("state").asString()).isEqualTo("CANCELLED");
            assertThat(stream.isAtEnd()).isTrue();
        }
    }

    @Test
    void whoConnectsAgainGetsOnlyWhatIsNew() {
        App app = given.app("resume");
        BuildQueue.Claim claim = given.claimedBuild(app);
        BuildLog log = new BuildLog(database);
        log.append(claim, 0, List.of("zero", "one", "two"));
        log.append(claim, 3, List.of("three"));
        try (EventStream stream = client.stream(path(app), "1-1")) {
            EventStream.Event first = stream.await("log");
            assertThat(first.json().path("first").asInt()).isEqualTo(2);
            assertThat(texts(first)).containsExactly("two");
            assertThat(texts(stream.await("log"))).containsExactly("three");
        }
        given.finish(claim, new BuildOutcome.Cancelled("ada"));
        Client.Answer nothingMore = client.with("Last-Event-ID", "1-3").get(path(app));
        assertThat(nothingMore.status()).isEqualTo(204);
    }

    @Test
    void aNewAttemptIsSentFromItsBeginningToWhoKnowsTheOldOne() {
        App app = given.app("attempt");
        BuildQueue.Claim claim = given.claimedBuild(app);
        new BuildLog(database).append(claim, 0, List.of("first attempt"));
        try (EventStream stream = client.stream(path(app), "")) {
            assertThat(texts(stream.await("log"))).containsExactly("first attempt");
            given.finish(
                    claim,
                    new BuildOutcome.Errored(dev.slipway.db.builds.BuildReason.ENGINE_UNAVAILABLE, "no engine", true));
            database.jdbc()
                    .sql("UPDATE builds SET not_before = now() WHERE id = :id")
                    .param("id", claim.build().id())
                    .update();
            BuildQueue.Claim second = given.claim(claim.build());
            new BuildLog(database).append(second, 0, List.of("second attempt"));
            EventStream.Event lines = stream.await("log");
            assertThat(lines.id()).isEqualTo("2-0");
            assertThat(texts(lines)).containsExactly("second attempt");
            given.finish(second, new BuildOutcome.Cancelled("ada"));
        }
    }

    @Test
    void aLongLogIsStreamedWhole() {
        App app = given.app("long");
        BuildQueue.Claim claim = given.claimedBuild(app);
        BuildLog log = new BuildLog(database);
        for (int chunk = 0; chunk < 120; chunk++) {
            int first = chunk * 100;
            log.append(
                    claim,
                    first,
                    IntStream.range(first, first + 100)
                            .mapToObj(line -> "line " + line)
                            .toList());
        }
        given.finish(claim, new BuildOutcome.Cancelled("ada"));
        try (EventStream stream = client.stream(path(app), "")) {
            int lines = 0;
            EventStream.Event event = stream.next();
            while (!event.name().equals("end")) {
                if (event.name().equals("log")) {
                    assertThat(event.json().path("first").asInt()).isEqualTo(lines);
                    lines += event.json().path("lines").size();
                }
                event = stream.next();
            }
            assertThat(lines).isEqualTo(12_000);
        }
    }

    @Test
    void aHeadOfTheStreamTakesNoPlace() {
        App app = given.app("head");
        BuildQueue.Claim claim = given.claimedBuild(app);
        assertThat(client.send("HEAD", path(app), BodyPublishers.noBody()).status())
                .isEqualTo(200);
        given.finish(claim, new BuildOutcome.Cancelled("ada"));
    }

    @Test
    void anIdThatWeNeverSentMeansFromTheBeginning() {
        assertThat(LogPosition.after(null)).isEqualTo(LogPosition.START);
        assertThat(LogPosition.after("nonsense")).isEqualTo(LogPosition.START);
        assertThat(LogPosition.after("2-41")).isEqualTo(new LogPosition(2, 42));
        assertThat(LogPosition.after("2-41").from(2)).isEqualTo(42);
        assertThat(LogPosition.after("2-41").from(3)).isZero();
        assertThat(new LogPosition(2, 42).id()).isEqualTo("2-41");
    }

    private static String path(App app) {
        return "/api/v1/apps/" + app.name() + "/builds/1/log/stream";
    }

    private static List<String> texts(EventStream.Event event) {
        return event.json().path("lines").valueStream().map(JsonNode::asString).toList();
    }
}
