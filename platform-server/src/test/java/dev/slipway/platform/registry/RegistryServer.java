package dev.slipway.platform.registry;

import dev.slipway.db.Database;
import dev.slipway.db.DatabaseSettings;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.apps.NewApp;
import dev.slipway.db.apps.Source;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.testing.TestDatabase;
import dev.slipway.platform.Home;
import dev.slipway.platform.Variables;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/// The registry alone, on a port of its own, with a real database and Spring Security's filters but no log-in.
final class RegistryServer implements AutoCloseable {
    private final ServletWebServerApplicationContext context;

    private RegistryServer(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    static RegistryServer start(Path home) {
        return start(home, TestDatabase.fresh(), Map.of());
    }

    static RegistryServer start(Path home, DatabaseSettings database, Map<String, String> variables) {
        Map<String, Object> properties = new HashMap<>(variables);
        properties.put("server.port", "0");
        properties.put("springdoc.api-docs.enabled", "false");
        properties.put("SLIPWAY_HOME", home.toString());
        properties.put("test.url", database.url());
        properties.put("test.user", database.user());
        properties.put("test.password", database.password());
        return new RegistryServer((ServletWebServerApplicationContext) new SpringApplicationBuilder(Slice.class)
                .run(properties.entrySet().stream()
                        .map(e -> "--" + e.getKey() + "=" + e.getValue())
                        .toArray(String[]::new)));
    }

    int port() {
        return java.util.Objects.requireNonNull(context.getWebServer()).getPort();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    App app(String name) {
        return bean(AppStore.class)
                .create(new NewApp(
                        new AppName(name),
                        new Source.Hosted("main"),
                        BuildSettings.DEFAULT,
                        ProcessSpec.DEFAULT,
                        new byte[] {1},
                        null));
    }

    @Override
    public void close() {
        context.close();
    }

    /// Not marked as a configuration, or the platform's own component scan would find it in other tests.
    @EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
    @Import({RegistryConfiguration.class, RegistryController.class})
    static class Slice {
        @Bean
        Variables variables(org.springframework.core.env.Environment environment) {
            Map<String, String> values = new HashMap<>();
            for (String name : new String[] {
                "SLIPWAY_HOME",
                "SLIPWAY_REGISTRY_RESERVE_MB",
                "SLIPWAY_REGISTRY_LARGEST_BLOB_MB",
                "SLIPWAY_KEEP_RELEASES"
            }) {
                String value = environment.getProperty(name);
                if (value != null) {
                    values.put(name, value);
                }
            }
            return new Variables(values);
        }

        @Bean
        Home home(Variables variables) {
            return Home.fromEnvironment(variables.values());
        }

        @Bean(destroyMethod = "close")
        Database database(org.springframework.core.env.Environment environment) {
            return Database.open(
                    new DatabaseSettings(
                            environment.getRequiredProperty("test.url"),
                            environment.getRequiredProperty("test.user"),
                            environment.getRequiredProperty("test.password")),
                    "registry-test",
                    0,
                    12);
        }

        @Bean
        javax.sql.DataSource dataSource(Database database) {
            return database.dataSource();
        }

        @Bean
        AppStore appStore(Database database) {
            return new AppStore(database);
        }

        @Bean
        SecurityFilterChain openToAll(HttpSecurity http) {
            return http.csrf(csrf -> csrf.disable())
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }
}
