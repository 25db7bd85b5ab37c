package dev.slipway.platform.releases;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.platform.Home;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.testing.Given;
import dev.slipway.platform.testing.RunningPlatform;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@RunningPlatform
class StatementsTest {
    @Autowired
    private AppService apps;

    @Autowired
    private ReleaseService releases;

    @Autowired
    private Database database;

    @Autowired
    private Home home;

    @Test
    void aListOfReleasesTakesAsManyStatementsForManyAsForTwo() {
        Given given = new Given(apps, database, home);
        App app = given.app("many");
        given.liveRelease(app);
        given.liveRelease(app);
        releases.rollBack(app.name().value(), 1, RollbackKind.IMAGE_AND_CONFIG, "ada");
        given.live(app);
        List<String> few = statements(app, 3);
        for (int i = 0; i < 30; i++) {
            releases.rollBack(app.name().value(), i % 2 == 0 ? 2 : 1, RollbackKind.IMAGE, "ada");
            given.live(app);
        }
        assertThat(statements(app, 33)).isEqualTo(few).hasSizeBetween(5, 12);
    }

    /// Those of this thread; others look after the platform meanwhile.
    private List<String> statements(App app, int expected) {
        Logger logger = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);
        Level before = logger.getLevel();
        Recorder recorder = new Recorder(Thread.currentThread());
        recorder.start();
        logger.addAppender(recorder);
        logger.setAdditive(false);
        logger.setLevel(Level.DEBUG);
        try {
            assertThat(releases.list(app.name().value(), Integer.MAX_VALUE, 100))
                    .hasSize(expected);
        } finally {
            logger.setLevel(before);
            logger.setAdditive(true);
            logger.detachAppender(recorder);
        }
        return recorder.statements;
    }

    private static final class Recorder extends AppenderBase<ILoggingEvent> {
        private final Thread thread;
        private final List<String> statements = new ArrayList<>();

        Recorder(Thread thread) {
            this.thread = thread;
        }

        @Override
        protected void append(ILoggingEvent event) {
            String message = event.getFormattedMessage();
            if (Thread.currentThread() == thread && message.startsWith("Executing prepared SQL statement")) {
                statements.add(message);
            }
        }
    }
}
