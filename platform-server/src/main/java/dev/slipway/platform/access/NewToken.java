package dev.slipway.platform.access;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.slipway.db.Database;
import dev.slipway.db.DatabaseIdentity;
import dev.slipway.db.DatabaseSettings;
import dev.slipway.db.access.TokenStore;
import dev.slipway.db.access.UserStore;
import dev.slipway.db.events.EventLog;
import dev.slipway.platform.Home;
import dev.slipway.platform.Problem;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// `NewToken NAME`: makes a token of the administrator and prints it, and nothing else, to standard output. For
/// scripts of whoever may read the data directory, and so the database's password.
public final class NewToken {
    private NewToken() {}

    public static void main(String[] arguments) {
        silenceLogging();
        if (arguments.length != 1) {
            fail("usage: NewToken NAME");
        }
        Home home = Home.fromEnvironment(System.getenv());
        DatabaseSettings settings =
                DatabaseSettings.fromEnvironment(System.getenv()).of(home.directory());
        try (Database database = Database.open(settings, "new-token", 0, 1)) {
            TokenService tokens = new TokenService(
                    database, new UserStore(database), new TokenStore(database), new EventLog(database));
            System.out.println(tokens.create(FirstUser.NAME, arguments[0], null).secret());
        } catch (Problem e) {
            fail(e.sentence());
        } catch (DataAccessException | IllegalStateException e) {
            fail("Can't make a token: " + DatabaseIdentity.reason(e) + ". Is Slipway running? See ./slipway status");
        }
    }

    private static void silenceLogging() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    }

    private static void fail(String sentence) {
        System.err.println(sentence);
        System.exit(1);
    }
}
