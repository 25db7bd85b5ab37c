package dev.slipway.platform.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.events.EventLog;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunHistory;
import dev.slipway.db.runs.RunState;
import dev.slipway.db.runs.RunStore;
import dev.slipway.db.schedules.Schedule;
import dev.slipway.db.schedules.ScheduleSettings.Missed;
import dev.slipway.db.schedules.ScheduleSettings.Overlap;
import dev.slipway.db.schedules.ScheduleStore;
import dev.slipway.platform.Home;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.runtime.RunOutputs;
import dev.slipway.platform.testing.Given;
import dev.slipway.platform.testing.RunningPlatform;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// On a clock of its own, a century ahead, where the platform's own rounds find nothing that is due.
@RunningPlatform
class ScheduleRoundsTest {
    private static final Instant NOON = Instant.parse("2126-01-01T12:00:00Z");

    @Autowired
    private AppService apps;

    @Autowired
    private Database database;

    @Autowired
    private Home home;

    @Autowired
    private RunOutputs outputs;

    private Instant now = NOON;
    private ScheduleService service;
    private ScheduleRounds rounds;
    private App app;

    @BeforeEach
    void set() {
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        AppStore store = new AppStore(database);
        EventLog events = new EventLog(database);
        RunService runs = new RunService(
                database, apps, store, new ReleaseStore(database), new RunStore(database), events, outputs);
        service = new ScheduleService(database, apps, runs, events, clock);
        rounds = new ScheduleRounds(database, store, runs, service, clock);
        Given given = new Given(apps, database, home);
        app = given.app("due");
        given.liveRelease(app);
    }

    @AfterEach
    void leaveNothing() {
        apps.delete(app.name().value(), "admin");
    }

    private Schedule hourly(Overlap overlap, Missed missed) {
        return hourly("hourly", overlap, missed);
    }

    private Schedule hourly(String name, Overlap overlap, Missed missed) {
        ScheduleDraft draft =
                new ScheduleDraft(name, "@hourly", "UTC", CommandDraft.ofLine("report", 60), overlap, missed);
        return service.create(app.name().value(), draft, "ada").schedule();
    }

    private List<Run> runs() {
        return new RunHistory(database).ofApp(app.id(), null, Long.MAX_VALUE, 100);
    }

    private Schedule now(Schedule schedule) {
        return new ScheduleStore(database).find(app.id(), schedule.id()).orElseThrow();
    }

    private void lookAfter(Duration pause) {
        now = now.plus(pause);
        rounds.look();
    }

    private void end(Run run) {
        RunStore runs = new RunStore(database);
        runs.start(run);
        runs.succeed(run, "");
    }

    @Test
    void itRunsWhenItIsDueAndNotBefore() {
        Schedule hourly = hourly(Overlap.SKIP, Missed.RUN_ONCE);
        lookAfter(Duration.ofMinutes(59));
        assertThat(runs()).isEmpty();
        lookAfter(Duration.ofMinutes(1));
        lookAfter(Duration.ofSeconds(1));
        assertThat(runs()).hasSize(1);
        Run run = runs().getFirst();
        assertThat(run.kind()).isEqualTo(Run.Kind.SCHEDULED);
        assertThat(run.scheduleId()).isEqualTo(hourly.id());
        assertThat(run.requestedBy()).isEqualTo("slipway");
        assertThat(now(hourly).nextAt()).isEqualTo(NOON.plus(Duration.ofHours(2)));
        end(run);
        lookAfter(Duration.ofHours(1));
        assertThat(runs()).hasSize(2);
    }

    @Test
    void severalPlatformServersRunItOnce() {
        Schedule hourly = hourly(Overlap.ALLOW, Missed.RUN_ONCE);
        ScheduleStore store = new ScheduleStore(database);
        Schedule seen = now(hourly);
        lookAfter(Duration.ofHours(1));
        assertThat(store.advance(seen, NOON.plus(Duration.ofHours(9)))).isFalse();
        assertThat(runs()).hasSize(1);
    }

    @Test
    void whatWasMissedIsMadeUpForOnce() {
        Schedule hourly = hourly(Overlap.ALLOW, Missed.RUN_ONCE);
        lookAfter(Duration.ofHours(30).plusMinutes(20));
        lookAfter(Duration.ofSeconds(1));
        assertThat(runs()).hasSize(1);
        assertThat(now(hourly).nextAt()).isEqualTo(NOON.plus(Duration.ofHours(31)));
    }

    @Test
    void orNotAtAllWhenItIsMeantSo() {
        Schedule hourly = hourly(Overlap.ALLOW, Missed.SKIP);
        lookAfter(Duration.ofHours(30).plusMinutes(20));
        assertThat(runs()).isEmpty();
        assertThat(now(hourly).skip())
                .isEqualTo(new Schedule.Skip(1, NOON.plus(Duration.ofHours(1)), "the platform was down"));
        lookAfter(Duration.ofMinutes(40));
        assertThat(runs()).hasSize(1);
        assertThat(now(hourly).skip()).isNull();
    }

    @Test
    void oneThatHasntEndedKeepsTheNextFromStartingAndThatIsCounted() {
        Schedule hourly = hourly(Overlap.SKIP, Missed.RUN_ONCE);
        lookAfter(Duration.ofHours(1));
        lookAfter(Duration.ofHours(1));
        lookAfter(Duration.ofHours(1));
        assertThat(runs()).hasSize(1);
        Schedule.Skip skip = Objects.requireNonNull(now(hourly).skip());
        assertThat(skip.times()).isEqualTo(2);
        assertThat(skip.why()).isEqualTo("its run " + runs().getFirst().id() + " hadn't ended");
    }

    @Test
    void orIsReplaced() {
        hourly(Overlap.REPLACE, Missed.RUN_ONCE);
        lookAfter(Duration.ofHours(1));
        lookAfter(Duration.ofHours(1));
        assertThat(runs()).hasSize(2);
        assertThat(runs().getLast().cancelRequestedBy()).isEqualTo("schedule \"hourly\"");
        assertThat(runs().getFirst().state()).isEqualTo(RunState.QUEUED);
    }

    @Test
    void pausedItIsNeverDueAndNothingIsMadeUpFor() {
        Schedule hourly = hourly(Overlap.ALLOW, Missed.RUN_ONCE);
        service.pause(app.name().value(), hourly.id(), true, "ada");
        rounds.rung(new Bell.Ring(Bell.Topic.APP, app.id()));
        lookAfter(Duration.ofHours(5));
        assertThat(runs()).isEmpty();
        service.pause(app.name().value(), hourly.id(), false, "ada");
        rounds.rung(new Bell.Ring(Bell.Topic.APP, app.id()));
        lookAfter(Duration.ofMinutes(1));
        assertThat(runs()).isEmpty();
        lookAfter(Duration.ofHours(1));
        assertThat(runs()).hasSize(1);
    }

    @Test
    void aClockThatWasYearsAheadForAWhileHoldsNothingUp() {
        hourly(Overlap.ALLOW, Missed.RUN_ONCE);
        lookAfter(Duration.ofDays(2000));
        assertThat(runs()).hasSize(1);
        now = now.minus(Duration.ofDays(2000));
        lookAfter(Duration.ofSeconds(1));
        assertThat(runs()).hasSize(1);
        lookAfter(Duration.ofHours(1));
        assertThat(runs()).hasSize(2);
    }

    @Test
    void aClockThatIsSetBackALittleMakesNothingRunTwice() {
        hourly(Overlap.ALLOW, Missed.RUN_ONCE);
        lookAfter(Duration.ofHours(1));
        assertThat(runs()).hasSize(1);
        lookAfter(Duration.ofSeconds(-2));
        lookAfter(Duration.ofSeconds(2));
        assertThat(runs()).hasSize(1);
        lookAfter(Duration.ofHours(1));
        assertThat(runs()).hasSize(2);
    }

    @Test
    void oneThatCannotBeComputedHoldsUpNoOther() {
        Schedule hourly = hourly(Overlap.ALLOW, Missed.RUN_ONCE);
        Schedule other = hourly("other", Overlap.ALLOW, Missed.RUN_ONCE);
        database.jdbc()
                .sql("UPDATE schedules SET zone = 'Mars/Phobos' WHERE id = :id")
                .param("id", hourly.id())
                .update();
        lookAfter(Duration.ofSeconds(1));
        lookAfter(Duration.ofHours(1));
        assertThat(runs()).extracting(Run::scheduleId).containsExactly(other.id());
    }

    @Test
    void whatWasChangedIsSeenWhenTheBellRings() {
        lookAfter(Duration.ofMinutes(1));
        hourly(Overlap.ALLOW, Missed.RUN_ONCE);
        lookAfter(Duration.ofHours(1));
        assertThat(runs()).isEmpty();
        rounds.rung(new Bell.Ring(Bell.Topic.APP, app.id()));
        lookAfter(Duration.ofSeconds(1));
        assertThat(runs()).hasSize(1);
    }
}
