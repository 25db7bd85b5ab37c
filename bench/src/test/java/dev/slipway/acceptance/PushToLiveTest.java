package dev.slipway.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The promise of the project in one go: push, live, push, live, roll back — by terminal and by browser, and no
/// visitor notices.
class PushToLiveTest {
    private static TestPlatform platform;

    @BeforeAll
    static void up() {
        platform = TestPlatform.start();
    }

    @AfterAll
    static void down() {
        platform.close();
    }

    @Test
    void aPushIsLiveASecondPushIsLiveAndRollingBackIsLiveWhileNoVisitorNotices() throws Exception {
        try (Browser browser = Browser.open(platform)) {
            browser.logIn("admin", platform.adminPassword());
            createTheAppInTheBrowser(browser);
            SampleRepository repository =
                    SampleRepository.create().write("index.html", "version 1\n").commit("The first version");
            String terminal = repository.push(platform, "shop").output();
            assertThat(terminal).contains("http://" + platform.host("shop"));
            platform.awaitVisit("shop", "200 version 1");
            try (Load load = Load.on(platform, "shop", 4)) {
                repository
                        .write("index.html", "version 2\n")
                        .commit("The second version")
                        .push(platform, "shop");
                platform.awaitVisit("shop", "200 version 2");
                rollBackInTheBrowser(browser);
                platform.awaitVisit("shop", "200 version 1");
                rollBackByTheApi(2);
                platform.awaitVisit("shop", "200 version 2");
                Awaitility.await("10,000 requests")
                        .atMost(Duration.ofMinutes(3))
                        .until(() -> load.requests() >= 10_000);
                assertThat(load.failures()).isEmpty();
                assertThat(load.answers().keySet()).containsExactlyInAnyOrder("version 1", "version 2");
            }
        }
    }

    private static void createTheAppInTheBrowser(Browser browser) {
        Page page = browser.page();
        browser.go("/");
        page.getByText("New app").first().click();
        page.getByLabel("Name").first().fill("shop");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Create app"))
                .click();
        assertThat(page.getByText("git push").first()).isVisible();
    }

    private static void rollBackInTheBrowser(Browser browser) {
        Page page = browser.page();
        browser.go("/apps/shop/releases");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Roll back"))
                .last()
                .click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Roll back to release 1"))
                .click();
        platform.awaitRelease("shop", 3, "LIVE");
    }

    private static void rollBackByTheApi(int number) {
        int release = platform.post("/api/v1/apps/shop/releases/" + number + "/rollback", "{}")
                .path("number")
                .asInt();
        platform.awaitRelease("shop", release, "LIVE");
    }
}
