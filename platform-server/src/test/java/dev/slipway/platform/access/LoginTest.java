package dev.slipway.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.access.UserStore;
import dev.slipway.platform.Home;
import dev.slipway.platform.testing.Client;
import dev.slipway.platform.testing.Given;
import dev.slipway.platform.testing.RunningPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.password.PasswordEncoder;

@RunningPlatform
class LoginTest {
    private static final String PASSWORD = "correct horse battery";

    @LocalServerPort
    private int port;

    @Autowired
    private UserStore users;

    @Autowired
    private PasswordEncoder encoder;

    @Autowired
    private Home home;

    private Client browser;
    private String user;

    @BeforeEach
    void aUser() {
        user = Given.name("user");
        users.createIfAbsent(user, encoder.encode(PASSWORD));
        browser = new Client(port);
    }

    @Test
    void theFirstStartMakesAnAdministratorWhosePasswordIsInAFileOnlyItsOwnerReads() throws IOException {
        var file = home.directory().resolve("admin-password");
        String password = Files.readString(file).strip();
        assertThat(password).hasSize(24).doesNotContainPattern("[0O1lI]");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(logIn(browser, "admin", password).header("Location")).isEqualTo("/");
    }

    @Test
    void whoIsNotLoggedInIsSentToTheLogIn() {
        Client.Answer answer = browser.get("/apps/shop");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo("/login");
    }

    @Test
    void aLogInBeginsANewSessionWithACarefulCookie() {
        String before = cookie(browser.get("/apps/shop"));
        Client.Answer answer = logIn(browser.with("Cookie", before), user, PASSWORD);
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Set-Cookie"))
                .startsWith("SLIPWAY=")
                .contains("HttpOnly", "SameSite=Lax", "Path=/")
                .doesNotContain("Secure");
        assertThat(cookie(answer)).isNotEqualTo(before);
    }

    @Test
    void theCookieIsSecureBehindHttps() {
        Client.Answer answer = logIn(
                browser.with("X-Forwarded-Proto", "https").with("X-Forwarded-For", "198.51.100.7"), user, PASSWORD);
        assertThat(answer.header("Set-Cookie")).contains("Secure");
        assertThat(answer.header("Strict-Transport-Security")).isNotEmpty();
    }

    @Test
    void aWrongPasswordAndAnUnknownUserLookTheSame() {
        assertThat(logIn(browser, user, "wrong").header("Location")).isEqualTo("/login?error=wrong");
        assertThat(logIn(browser, "nobody", "wrong").header("Location")).isEqualTo("/login?error=wrong");
    }

    @Test
    void fiveFailuresMakeTheSixthWaitEvenWithTheRightPassword() {
        Client attacker = browser.with("X-Forwarded-For", "198.51.100.9");
        for (int i = 0; i < 5; i++) {
            assertThat(logIn(attacker, user, "wrong").header("Location")).isEqualTo("/login?error=wrong");
        }
        assertThat(logIn(attacker, user, PASSWORD).header("Location")).matches("/login\\?error=wait&seconds=[12]");
        assertThat(logIn(browser.with("X-Forwarded-For", "198.51.100.10"), user, PASSWORD)
                        .header("Location"))
                .isEqualTo("/");
    }

    @Test
    void aLogInFromAnotherSitesPageIsRefused() {
        assertThat(logIn(browser.with("Sec-Fetch-Site", "cross-site"), user, PASSWORD)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theSessionWorksForTheApiAndChangesNeedTheCsrfToken() {
        Client session = browser.with("Cookie", cookie(logIn(browser, user, PASSWORD)));
        Client.Answer me = session.get("/api/v1/me");
        assertThat(me.json().path("name").asString()).isEqualTo(user);
        Client.Answer without = session.post("/api/v1/tokens", "{'name': 'mine'}");
        assertThat(without.status()).isEqualTo(403);
        assertThat(without.json().path("code").asString()).isEqualTo("csrf");
        assertThat(without.detail()).contains("X-CSRF-TOKEN");
        Client.Answer with = session.with(
                        "X-CSRF-TOKEN", me.json().path("csrfToken").asString())
                .post("/api/v1/tokens", "{'name': 'mine'}");
        assertThat(with.status()).isEqualTo(201);
    }

    @Test
    void aSessionIsNoWayIntoGitOrTheRegistry() {
        Client session = browser.with("Cookie", cookie(logIn(browser, user, PASSWORD)));
        assertThat(session.get("/v2/").status()).isEqualTo(401);
        assertThat(session.get("/git/shop.git/info/refs").status()).isEqualTo(401);
    }

    @Test
    void loggingOutEndsTheSession() {
        Client session = browser.with("Cookie", cookie(logIn(browser, user, PASSWORD)));
        assertThat(session.form("/logout").status()).isEqualTo(403);
        String csrf = session.get("/api/v1/me").json().path("csrfToken").asString();
        assertThat(session.form("/logout", "_csrf", csrf).status()).isEqualTo(302);
        assertThat(session.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void changingThePasswordEndsTheOtherSessions() {
        Client here = browser.with("Cookie", cookie(logIn(browser, user, PASSWORD)));
        Client elsewhere = browser.with("Cookie", cookie(logIn(browser, user, PASSWORD)));
        Client change = here.with(
                "X-CSRF-TOKEN", here.get("/api/v1/me").json().path("csrfToken").asString());
        Client.Answer tooShort =
                change.post("/api/v1/me/password", "{'present': '" + PASSWORD + "', 'wanted': 'short'}");
        assertThat(tooShort.status()).isEqualTo(422);
        Client.Answer wrong =
                change.post("/api/v1/me/password", "{'present': 'wrong', 'wanted': 'staple staple staple'}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.detail()).contains("present password is wrong");
        Client.Answer done =
                change.post("/api/v1/me/password", "{'present': '" + PASSWORD + "', 'wanted': 'staple staple staple'}");
        assertThat(done.status()).isEqualTo(204);
        assertThat(here.get("/api/v1/me").status()).isEqualTo(200);
        assertThat(elsewhere.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(logIn(browser, user, "staple staple staple").header("Location"))
                .isEqualTo("/");
    }

    @Test
    void answersCarryTheSecurityHeaders() {
        Client.Answer page = browser.get("/login");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'");
        Client.Answer data = browser.get("/api/v1/me");
        assertThat(data.header("Content-Security-Policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
        for (Client.Answer answer : new Client.Answer[] {page, data}) {
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("Cache-Control")).contains("no-store");
        }
    }

    private static Client.Answer logIn(Client client, String name, String password) {
        return client.form("/login", "username", name, "password", password);
    }

    private static String cookie(Client.Answer answer) {
        return answer.header("Set-Cookie").replaceAll(";.*", "");
    }

    @Test
    void manyVisitorsWithoutALogInDontFillTheMemoryNorEndASession() {
        Client session = browser.with("Cookie", cookie(logIn(browser, user, PASSWORD)));
        Client first = browser.with("Cookie", cookie(browser.get("/apps/first")));
        assertThat(first.get("/apps/first").header("Set-Cookie")).isEmpty();
        for (int i = 0; i < 510; i++) {
            assertThat(browser.get("/apps/x").header("Set-Cookie")).isNotEmpty();
        }
        assertThat(first.get("/apps/first").header("Set-Cookie")).isNotEmpty();
        assertThat(session.get("/api/v1/me").status()).isEqualTo(200);
    }
}
