package dev.slipway.platform;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done again and again. Quartz only rings; each round decides from the tables what is due, so nothing
/// of the schedule is stored.
public final class Rounds implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private final Scheduler scheduler;
    private final Map<String, Runnable> rounds = new ConcurrentHashMap<>();

    /// @param name of this set of rounds, which share one thread
    public Rounds(String name) {
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", name);
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        properties.setProperty("org.quartz.threadPool.threadCount", "1");
        properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        try {
            scheduler = new StdSchedulerFactory(properties).getScheduler();
            scheduler.setJobFactory(
                    (fired, unused) -> new Round(fired.getJobDetail().getKey().getName(), rounds));
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz can't be set up", e);
        }
    }

    /// Does `round` at once and then every `period`; a round that takes longer isn't joined by a second one,
    /// and missed ones aren't made up for.
    public Rounds every(Duration period, String name, Runnable round) {
        rounds.put(name, round);
        SimpleScheduleBuilder schedule = SimpleScheduleBuilder.simpleSchedule()
                .withIntervalInMilliseconds(period.toMillis())
                .repeatForever()
                .withMisfireHandlingInstructionNextWithRemainingCount();
        try {
            scheduler.scheduleJob(
                    JobBuilder.newJob(Round.class).withIdentity(name).build(),
                    TriggerBuilder.newTrigger()
                            .withIdentity(name)
                            .withSchedule(schedule)
                            .startNow()
                            .build());
        } catch (SchedulerException e) {
            throw new IllegalStateException("can't schedule " + name, e);
        }
        return this;
    }

    public Rounds start() {
        try {
            scheduler.start();
            return this;
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz can't be started", e);
        }
    }

    @Override
    public void close() {
        try {
            scheduler.shutdown(false);
        } catch (SchedulerException e) {
            log.warn("Quartz didn't stop", e);
        }
    }

    @DisallowConcurrentExecution
    private record Round(String name, Map<String, Runnable> rounds) implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            Runnable round = rounds.get(name);
            try {
                if (round != null) {
                    round.run();
                }
            } catch (RuntimeException e) {
                log.error("{} failed; the next round tries again", name, e);
            }
        }
    }
}
