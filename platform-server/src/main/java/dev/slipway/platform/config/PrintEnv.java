package dev.slipway.platform.config;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.slipway.db.Database;
import dev.slipway.db.DatabaseIdentity;
import dev.slipway.db.DatabaseSettings;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.ConfigStore;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.platform.Home;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// `PrintEnv APP`: prints an app's variables with their values as a `.env` file, and nothing else, to standard output.
/// For whoever may read the data directory on the machine itself, and so the master key.
public final class PrintEnv {
    private PrintEnv() {}

    public static void main(String[] arguments) {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        if (arguments.length != 1) {
            fail("usage: PrintEnv APP");
        }
        Home home = Home.fromEnvironment(System.getenv());
        if (!Files.isReadable(home.directory().resolve("keys/master.key"))) {
            fail("The master key of " + home.directory() + " isn't there, or isn't yours to read");
        }
        DatabaseSettings settings =
                DatabaseSettings.fromEnvironment(System.getenv()).of(home.directory());
        try (Database database = Database.open(settings, "print-env", 0, 1)) {
            print(database, MasterKey.loadOrCreate(home.directory()), arguments[0]);
        } catch (DataAccessException | IllegalStateException | UncheckedIOException e) {
            fail("Can't read the variables of " + arguments[0] + ": " + DatabaseIdentity.reason(e));
        }
    }

    private static void print(Database database, MasterKey key, String name) {
        Optional<App> app = find(database, name);
        if (app.isEmpty()) {
            fail("There is no app called \"" + name + "\"");
        }
        long id = app.orElseThrow().id();
        int version = new ConfigStore(database).present(id);
        ConfigVersions.Environment environment =
                new ConfigVersions(database, key).read(id, List.of(version)).get(version);
        switch (environment) {
            case ConfigVersions.Environment.Whole(var variables) ->
                new PrintStream(System.out, false, StandardCharsets.UTF_8)
                        .append(DotEnv.write(variables))
                        .flush();
            case ConfigVersions.Environment.Broken(String reason) ->
                fail("The app's variables can't be shown: " + reason);
            case null -> fail("The app's variables can't be found");
        }
    }

    private static Optional<App> find(Database database, String name) {
        try {
            return new AppStore(database).find(new AppName(name));
        } catch (IllegalArgumentException noNameOfAnApp) {
            return Optional.empty();
        }
    }

    private static void fail(String sentence) {
        System.err.println(sentence);
        System.exit(1);
    }
}
