package dev.slipway.platform.commands;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.events.Event;
import dev.slipway.db.runs.Run;
import dev.slipway.db.schedules.Schedule;
import dev.slipway.db.schedules.ScheduleStore;
import dev.slipway.platform.Problem;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the schedules that are due. The table says which are; nothing is asked of it before the first of them is
/// due, unless something rings.
final class ScheduleRounds {
    private static final Logger log = LoggerFactory.getLogger(ScheduleRounds.class);
    private static final int AT_ONCE = 100;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    /// Clocks are set back by less than this all the time, and several servers' never agree: nothing comes twice for
    /// it.
    private static final Duration SMALL_STEP = Duration.ofMinutes(1);

    private final Database database;
    private final AppStore apps;
    private final RunService runs;
    private final ScheduleService service;
    private final ScheduleStore store;
    private final Clock clock;
    /// The table may have changed.
    private final AtomicBoolean rung = new AtomicBoolean(true);

    private volatile Instant firstDue = Instant.EPOCH;
    /// By the clock, which may be set back; before the first look nobody knows whether it was.
    private volatile Instant lookedAt = Instant.MAX;

    ScheduleRounds(Database database, AppStore apps, RunService runs, ScheduleService service, Clock clock) {
        this.database = database;
        this.apps = apps;
        this.runs = runs;
        this.service = service;
        this.clock = clock;
        this.store = new ScheduleStore(database);
    }

    void rung(Bell.Ring ring) {
        if (ring.topic() == Bell.Topic.APP || ring.topic() == Bell.Topic.ANY) {
            rung.set(true);
        }
    }

    void look() {
        Instant now = clock.instant();
        if (now.isBefore(lookedAt)) {
            takeBack(now);
        }
        lookedAt = now;
        if (!rung.getAndSet(false) && now.isBefore(firstDue)) {
            return;
        }
        // until the table was read again
        firstDue = now.plus(AFTER_FAILURE);
        boolean well = true;
        for (Schedule due : store.due(now, AT_ONCE)) {
            well &= fire(due, now);
        }
        if (well) {
            firstDue = store.firstDue().orElse(Instant.MAX);
        }
    }

    /// A clock that was ahead for a while, as at the start of some machines, may have taken them on by years.
    private void takeBack(Instant now) {
        firstDue = Instant.EPOCH;
        for (Schedule later : store.later(now)) {
            try {
                takeBack(later, next(later, now.plus(SMALL_STEP)));
            } catch (DateTimeException | Problem e) {
                log.error("schedule {} can't be computed", later.id(), e);
            }
        }
    }

    private void takeBack(Schedule later, Instant next) {
        if (next.isBefore(later.nextAt()) && store.advance(later, next)) {
            log.warn(
                    "schedule {} was to run at {}, which was made by a wrong clock: now at {}",
                    later.id(),
                    later.nextAt(),
                    next);
        }
    }

    /// One that fails doesn't keep the others from running.
    private boolean fire(Schedule due, Instant now) {
        try {
            database.inTransaction(() -> apps.find(due.appId()).ifPresent(app -> {
                RunService.Room room = runs.room(app);
                if (store.advance(due, next(due, now))) {
                    follow(due, room, DuePlan.of(due, now, room.open(), room.refusal()));
                }
            }));
            return true;
        } catch (RuntimeException e) {
            log.error("schedule {} can't be started; trying again in {} s", due.id(), AFTER_FAILURE.toSeconds(), e);
            return false;
        }
    }

    private void follow(Schedule due, RunService.Room room, DuePlan plan) {
        switch (plan) {
            case DuePlan.Skip(String why) -> store.skipped(due, why);
            case DuePlan.Start(List<Run> cancelled) -> {
                service.start(due, room, cancelled, Event.SLIPWAY);
                store.ran(due);
            }
        }
    }

    /// Behind now, so that what was missed while the platform was down isn't made up for time by time.
    private static Instant next(Schedule due, Instant now) {
        return CronLine.parse(due.settings().cron())
                .next(now, ZoneId.of(due.settings().zone()));
    }
}
