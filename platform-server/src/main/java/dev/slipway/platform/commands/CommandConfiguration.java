package dev.slipway.platform.commands;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.apps.AppStore;
import dev.slipway.platform.Rounds;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The parts of this package put together.
@Configuration(proxyBeanMethods = false)
class CommandConfiguration {

    @Bean
    ScheduleRounds dueSchedules(
            Database database, AppStore apps, RunService runs, ScheduleService service, Bell bell, Clock clock) {
        ScheduleRounds due = new ScheduleRounds(database, apps, runs, service, clock);
        bell.onRing(due::rung);
        return due;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Rounds scheduleRounds(ScheduleRounds due) {
        return new Rounds("schedules").every(Duration.ofSeconds(1), "schedules", due::look);
    }
}
