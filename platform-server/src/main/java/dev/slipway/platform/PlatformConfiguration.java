package dev.slipway.platform;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.DatabaseIdentity;
import dev.slipway.db.DatabaseSettings;
import dev.slipway.db.Migrations;
import dev.slipway.db.access.TokenStore;
import dev.slipway.db.access.UserStore;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.builds.BuildLog;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.events.EventLog;
import dev.slipway.db.images.ImageStore;
import dev.slipway.db.instances.InstanceStore;
import dev.slipway.db.releases.ReleaseStore;
import dev.slipway.db.runs.RunStore;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.db.source.DeliveryStore;
import dev.slipway.db.source.SeenHeads;
import dev.slipway.db.workers.WorkerStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/// The database, the home and the stores as beans. Variables come from the environment; tests may set them as
/// properties.
@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {

    @Bean
    Variables variables(ConfigurableEnvironment environment) {
        Map<String, String> values = new HashMap<>(System.getenv());
        for (String name : Variables.NAMES) {
            String value = environment.getProperty(name);
            if (value != null) {
                values.put(name, value);
            }
        }
        return new Variables(Map.copyOf(values));
    }

    @Bean
    Home home(Variables variables) {
        return Home.fromEnvironment(variables.values());
    }

    @Bean
    Addresses addresses(Variables variables) {
        return Addresses.fromEnvironment(variables.values());
    }

    @Bean
    MasterKey masterKey(Home home) {
        return MasterKey.loadOrCreate(home.directory());
    }

    @Bean
    DatabaseSettings databaseSettings(Variables variables, Home home) {
        return DatabaseSettings.fromEnvironment(variables.values()).of(home.directory());
    }

    @Bean(destroyMethod = "close")
    Database database(DatabaseSettings settings, Home home) {
        Database database = Database.open(settings, "platform-server", 1, 12);
        Migrations.migrate(database);
        DatabaseIdentity.remember(database, home.directory());
        return database;
    }

    @Bean
    DataSource dataSource(Database database) {
        return database.dataSource();
    }

    @Bean(destroyMethod = "close")
    Bell bell(DatabaseSettings settings, Database migrated) {
        return new Bell(settings, migrated, "platform-server").start();
    }

    @Bean
    AppStore appStore(Database database) {
        return new AppStore(database);
    }

    @Bean
    BuildStore buildStore(Database database) {
        return new BuildStore(database);
    }

    @Bean
    BuildLog buildLog(Database database) {
        return new BuildLog(database);
    }

    @Bean
    ImageStore imageStore(Database database) {
        return new ImageStore(database);
    }

    @Bean
    ReleaseStore releaseStore(Database database) {
        return new ReleaseStore(database);
    }

    @Bean
    RunStore runStore(Database database) {
        return new RunStore(database);
    }

    @Bean
    InstanceStore instanceStore(Database database) {
        return new InstanceStore(database);
    }

    @Bean
    WorkerStore workerStore(Database database) {
        return new WorkerStore(database);
    }

    @Bean
    EventLog eventLog(Database database) {
        return new EventLog(database);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Rounds housekeeping(EventLog events) {
        return new Rounds("housekeeping").every(Duration.ofDays(1), "events", events::prune);
    }

    @Bean
    UserStore userStore(Database database) {
        return new UserStore(database);
    }

    @Bean
    TokenStore tokenStore(Database database) {
        return new TokenStore(database);
    }

    @Bean
    SeenHeads seenHeads(Database database) {
        return new SeenHeads(database);
    }

    @Bean
    DeliveryStore deliveryStore(Database database) {
        return new DeliveryStore(database);
    }
}
