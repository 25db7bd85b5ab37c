package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunHistory;
import dev.slipway.db.runs.RunReason;
import dev.slipway.db.runs.RunStore;
import dev.slipway.platform.testing.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SchedulesApiTest extends ApiTest {
    private static final String NIGHTLY =
            "{'name': 'nightly', 'cron': '30 4  * * *', 'zone': 'Europe/Berlin', 'line': 'bin/backup \\\"all of it\\\"'}";

    private String path(App app) {
        return "/api/v1/apps/" + app.name() + "/schedules";
    }

    private Run row(App app, long id) {
        return new RunHistory(database).find(app.id(), id).orElseThrow();
    }

    @Test
    void aScheduleIsShownWithItsNextTimesInItsZone() {
        App app = given.app("schedules");
        Client.Answer made = client.post(path(app), NIGHTLY);
        assertThat(made.status()).isEqualTo(201);
        JsonNode schedule = client.get(made.header("Location")).json();
        assertThat(schedule.path("cron").asString()).isEqualTo("30 4 * * *");
        assertThat(schedule.path("command").path(1).asString()).isEqualTo("all of it");
        assertThat(schedule.path("overlap").asString()).isEqualTo("SKIP");
        assertThat(schedule.path("missed").asString()).isEqualTo("RUN_ONCE");
        assertThat(schedule.path("next").size()).isEqualTo(3);
        assertThat(schedule.path("next").path(0).asString()).matches(".*T04:30:00\\+0[12]:00");
        assertThat(schedule.path("lastRun").isNull()).isTrue();
        assertThat(client.post(path(app), NIGHTLY).detail()).contains("a schedule \"nightly\" already");
        assertThat(client.get(path(app)).json().path("items").size()).isEqualTo(1);
    }

    @Test
    void aScheduleIsChangedPausedResumedAndRemoved() {
        App app = given.app("schedules");
        String own = client.post(path(app), NIGHTLY).header("Location");
        JsonNode changed = client.send("PATCH", own, "{'cron': '@hourly', 'overlap': 'REPLACE', 'timeoutSeconds': 60}")
                .json();
        assertThat(changed.path("cron").asString()).isEqualTo("@hourly");
        assertThat(changed.path("name").asString()).isEqualTo("nightly");
        assertThat(changed.path("command").path(0).asString()).isEqualTo("bin/backup");
        assertThat(client.send("PATCH", own, "{'line': 'bin/other'}")
                        .json()
                        .path("command")
                        .path(0)
                        .asString())
                .isEqualTo("bin/other");
        JsonNode paused = client.post(own + "/pause", "").json();
        assertThat(paused.path("pausedBy").asString()).isEqualTo("admin");
        assertThat(paused.path("next").isEmpty()).isTrue();
        assertThat(client.send("PATCH", own, "{'cron': '@daily'}")
                        .json()
                        .path("pausedBy")
                        .asString())
                .isEqualTo("admin");
        assertThat(client.post(own + "/resume", "").json().path("next").size()).isEqualTo(3);
        assertThat(client.delete(own).status()).isEqualTo(204);
        assertThat(client.get(own).status()).isEqualTo(404);
        assertThat(client.get("/api/v1/apps/" + app.name() + "/events").json().findValuesAsString("kind"))
                .contains("SCHEDULE_CREATED", "SCHEDULE_CHANGED", "SCHEDULE_REMOVED");
    }

    @Test
    void itRunsByHandByTheSameRuleForOverlaps() {
        App app = given.app("schedules");
        String own = client.post(path(app), NIGHTLY).header("Location");
        assertThat(client.post(own + "/run", "").detail()).endsWith("can't run now: nothing is live yet.");
        given.liveRelease(app);
        Client.Answer made = client.post(own + "/run", "");
        assertThat(made.status()).isEqualTo(202);
        assertThat(made.json().path("kind").asString()).isEqualTo("SCHEDULED");
        assertThat(made.json().path("schedule").asString()).isEqualTo("nightly");
        assertThat(made.json().path("requestedBy").asString()).isEqualTo("admin");
        long first = made.json().path("id").asLong();
        assertThat(client.post(own + "/run", "").detail()).endsWith("its run " + first + " hadn't ended.");
        client.send("PATCH", own, "{'overlap': 'REPLACE'}");
        assertThat(client.post(own + "/run", "").status()).isEqualTo(202);
        assertThat(row(app, first).cancelRequestedBy()).isEqualTo("schedule \"nightly\"");
    }

    @Test
    void itsHistoryTellsWhatBecameOfItAndOutlivesIt() {
        App app = given.app("schedules");
        given.liveRelease(app);
        String own = client.post(path(app), NIGHTLY).header("Location");
        long id = client.post(own + "/run", "").json().path("id").asLong();
        RunStore runs = new RunStore(database);
        runs.start(row(app, id));
        runs.fail(row(app, id), new RunStore.Failure(RunReason.EXITED, "It exited with code 3.", 3), "no space\n");
        JsonNode last = client.get(own).json().path("lastRun");
        assertThat(last.path("state").asString()).isEqualTo("FAILED");
        assertThat(last.path("exitCode").asInt()).isEqualTo(3);
        String history = "/api/v1/apps/" + app.name() + "/runs?schedule=" + own.substring(own.lastIndexOf('/') + 1);
        assertThat(client.get(history).json().path("items").size()).isEqualTo(1);
        client.delete(own);
        JsonNode kept = client.get("/api/v1/apps/" + app.name() + "/runs")
                .json()
                .path("items")
                .path(0);
        assertThat(kept.path("id").asLong()).isEqualTo(id);
        assertThat(kept.path("schedule").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'cron': '@daily', 'line': 'a'}",
                "{'name': 'x', 'line': 'a'}",
                "{'name': 'x', 'cron': '@daily'}",
                "{'name': ' ', 'cron': '@daily', 'line': 'a'}",
                "{'name': 'a\\nb', 'cron': '@daily', 'line': 'a'}",
                "{'name': 'x', 'cron': 'every day', 'line': 'a'}",
                "{'name': 'x', 'cron': '0 0 31 2 *', 'line': 'a'}",
                "{'name': 'x', 'cron': '@daily', 'line': 'a', 'zone': 'Berlin'}",
                "{'name': 'x', 'cron': '@daily', 'line': 'a', 'overlap': 'MAYBE'}",
                "{'name': 'x', 'cron': '@daily', 'line': 'a', 'timeoutSeconds': -1}"
            })
    void whatCantBeIsRefusedWithASentence(String wish) {
        App app = given.app("schedules");
        Client.Answer answer = client.post(path(app), wish);
        assertThat(answer.status()).isIn(400, 422);
        assertThat(answer.detail()).endsWith(".");
        assertThat(client.get(path(app)).json().path("items").isEmpty()).isTrue();
    }

    @Test
    void anAppCanHaveSoMany() {
        App app = given.app("schedules");
        for (int i = 0; i < 20; i++) {
            client.post(path(app), NIGHTLY.replace("nightly", "n" + i));
        }
        assertThat(client.post(path(app), NIGHTLY).detail()).isEqualTo("An app can have 20 schedules.");
    }
}
