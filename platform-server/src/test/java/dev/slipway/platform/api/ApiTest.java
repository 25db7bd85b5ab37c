package dev.slipway.platform.api;

import dev.slipway.db.Database;
import dev.slipway.platform.Home;
import dev.slipway.platform.access.IssuedToken;
import dev.slipway.platform.access.TokenService;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.testing.Client;
import dev.slipway.platform.testing.Given;
import dev.slipway.platform.testing.RunningPlatform;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The API as the administrator uses it, with a token.
@RunningPlatform
abstract class ApiTest {
    @LocalServerPort
    private int port;

    @Autowired
    private TokenService tokens;

    @Autowired
    AppService apps;

    @Autowired
    Database database;

    @Autowired
    Home home;

    private IssuedToken issued;
    String token;
    Client client;
    Given given;

    @BeforeEach
    void logIn() {
        if (tokens.list("admin").size() > 100) {
            tokens.list("admin").forEach(token -> tokens.revoke("admin", token.id()));
        }
        issued = tokens.create("admin", "test", null);
        token = issued.secret();
        client = new Client(port).bearer(token);
        given = new Given(apps, database, home);
    }

    void revokeToken() {
        tokens.revoke("admin", issued.token().id());
    }
}
