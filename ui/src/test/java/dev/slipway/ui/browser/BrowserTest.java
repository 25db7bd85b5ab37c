package dev.slipway.ui.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.builds.BuildLog;
import dev.slipway.db.builds.BuildQueue;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.platform.Home;
import dev.slipway.platform.PlatformServer;
import dev.slipway.ui.preview.SampleData;
import dev.slipway.ui.preview.SampleLog;
import dev.slipway.ui.testing.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/// What only a browser can show: the log of a hundred thousand lines, colours, widths, updates by push.
/// (It has the same context as [dev.slipway.ui.testing.DashboardTest], so that there is only one.)
@SpringBootTest(classes = PlatformServer.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = Installation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {
    private static final int LINES = 100_000;
    private static final String ANNA = "Anna Bergström <anna@example.com>";

    /// Parts of a row whose boxes have a common area.
    private static final String OVERLAPPING = """
            () => [...document.querySelectorAll('.row')].flatMap(row => {
              const parts = [...row.children].filter(part => part.offsetWidth > 0).map(part => [part.innerText, part.getBoundingClientRect()]);
              return parts.flatMap(([text, a], i) => parts.slice(i + 1)
                  .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
                  .map(([other]) => text + ' × ' + other));
            })""";

    /// The lines of the terminal in the page.
    private static final String SHOWN =
            "(b => Array.from({length: b.length}, (_, i) => b.getLine(i).translateToString(true)).join('\\n'))"
                    + "(document.querySelector('slip-terminal').terminal.buffer.active)";

    @LocalServerPort
    private int port;

    @Value("${SLIPWAY_HOME}")
    private Path home;

    @Autowired
    private Database database;

    @Autowired
    private MasterKey masterKey;

    private SampleData sample;
    private App shop;
    private BuildQueue.Claim building;
    private Playwright playwright;
    private Browser chromium;
    private BrowserContext context;
    private Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> failedRequests = new ArrayList<>();

    @BeforeAll
    void startTheBrowserOnALargeBuild() {
        sample = new SampleData(database, masterKey, new Home(home));
        shop = sample.hosted("shop", ProcessSpec.DEFAULT);
        sample.live(sample.succeeded(shop, "Add a basket", ANNA, 10));
        building = sample.running(shop, "A hundred thousand lines", ANNA);
        append(0, LINES);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    @AfterAll
    void closeTheBrowserAndLeaveNoApps() {
        AppStore apps = new AppStore(database);
        apps.all().forEach((App app) -> apps.delete(app.id()));
        chromium.close();
        playwright.close();
    }

    @BeforeEach
    void logIn() throws Exception {
        context = chromium.newContext(
                new Browser.NewContextOptions().setViewportSize(1280, 900).setColorScheme(ColorScheme.LIGHT));
        page = context.newPage();
        page.onPageError(complaints::add);
        page.onRequestFailed(request -> failedRequests.add(request.url() + ": " + request.failure()));
        page.onDialog(dialog -> {
            complaints.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
        go("/login");
        page.locator("input[name=username]").fill("admin");
        page.locator("input[name=password]")
                .fill(Files.readString(home.resolve("admin-password")).strip());
        page.locator("input[name=password]").press("Enter");
        page.waitForURL(url -> !url.contains("login"));
    }

    @AfterEach
    void nothingWentWrongInTheBrowser() {
        context.close();
        List<String> heard = List.copyOf(complaints);
        complaints.clear();
        assertThat(heard)
                .as("what the browser complained about, with failed requests %s", failedRequests)
                .isEmpty();
    }

    @Test
    void aLogOfAHundredThousandLinesShowsItsEndAndOnlyTheLinesInSight() {
        go("/apps/shop/builds/2");
        assertThat(line(99_990)).isVisible();
        assertThat(page.locator(".log-line").count()).isLessThan(120);
        scrollLogTo(50_000);
        assertThat(line(50_001)).isVisible();
        assertThat(page.locator(".log-line").count()).isLessThan(120);
        page.getByText("Jump to end").click();
        assertThat(line(99_990)).isVisible();
    }

    @Test
    void linesAreTextAndKeepTheirColours() {
        go("/apps/shop/builds/2");
        Locator markup = page.locator(".log-line", new Page.LocatorOptions().setHasText("<script>alert("))
                .first();
        assertThat(markup).containsText("<b>not</b> HTML");
        assertThat(markup.locator("b").count()).isZero();
        Object green = page.locator(".log-line span span", new Page.LocatorOptions().setHasText("✔"))
                .first()
                .evaluate("e => e.style.color");
        assertThat(green).isEqualTo("var(--ansi-2)");
    }

    @Test
    void aTerminalShowsWhatIsTypedAndKnowsItsSizeUntilItEnds() {
        go("/apps/shop/commands/terminal");
        Locator screen = page.locator(".xterm-rows, .terminal-screen").last();
        assertThat(page.locator(".terminal-state")).hasText("Connected");
        page.keyboard().type("echo ahoy sailor\r");
        page.keyboard().type("stty size\r");
        page.waitForFunction("() => " + SHOWN + ".includes('ahoy sailor\\n')");
        Object size = page.evaluate(
                "() => { const t = document.querySelector('slip-terminal').terminal; return t.rows + ' ' + t.cols; }");
        page.waitForFunction("size => " + SHOWN + ".includes('\\n' + size + '\\n')", size);
        assertThat(screen).isVisible();
        page.keyboard().type("exit\r");
        assertThat(page.locator(".terminal-state")).hasText("It ended with exit code 0.");
        page.locator(".terminal-again").click();
        assertThat(page.locator(".terminal-state")).hasText("Connected");
    }

    @Test
    void searchingFindsLinesThatWereNeverInSight() {
        go("/apps/shop/builds/2");
        assertThat(line(99_990)).isVisible();
        page.locator(".log-search").fill("module-40005.ts");
        assertThat(page.locator(".log-hits")).containsText("1 of 1 line");
        assertThat(page.locator(".log-current mark")).hasText("module-40005.ts");
    }

    @Test
    void newLinesArePushedAndFollowedUnlessOneScrolledAway() {
        App app = sample.hosted("live", ProcessSpec.DEFAULT);
        building = sample.running(app, "Line by line", ANNA);
        append(0, 300);
        go("/apps/live/builds/1");
        assertThat(line(300)).isVisible();
        append(300, 50);
        assertThat(line(350)).isVisible();
        scrollLogTo(100);
        append(350, 50);
        assertThat(page.locator(".log-count")).hasText("400 lines");
        assertThat(line(101)).isVisible();
        assertThat(line(400)).isHidden();
    }

    @Test
    void whatInstancesWriteAppearsIsSearchedAndWaitsWhilePaused() {
        Installation.RUNTIME.write(1_200);
        go("/apps/shop/logs");
        Locator last = page.locator(".output-line").last();
        assertThat(last).isVisible();
        Installation.RUNTIME.add("<b>fresh</b> \u001b[31mfrom the oven\u001b[0m");
        assertThat(last).containsText("<b>fresh</b> from the oven");
        assertThat(last.locator("b").count()).isZero();
        page.locator(".output-pause").click();
        Installation.RUNTIME.add("while it was paused");
        assertThat(page.locator(".output-state")).containsText("Paused");
        assertThat(last).not().containsText("paused");
        page.locator(".output-pause").click();
        assertThat(last).containsText("while it was paused");
        page.locator(".log-search").fill("FROM THE OVEN");
        assertThat(page.locator(".output-line")).hasCount(1);
        assertThat(page.locator(".output-line mark")).hasText("from the oven");
        page.locator(".log-search").fill("never written");
        assertThat(page.locator(".output-note")).containsText("No line fits");
    }

    @Test
    void chartsShowWhatWasMeasuredWithTheReleasesAndTheMomentPointedAt() {
        go("/apps/shop/metrics");
        assertThat(page.locator(".chart svg")).hasCount(5);
        assertThat(page.locator(".chart").first().locator(".chart-mark")).hasCount(1);
        Locator requests = page.locator(".chart").first();
        assertThat(requests.locator(".chart-entry b").first()).containsText("/s");
        requests.locator("svg").hover();
        assertThat(page.locator(".charts-state")).not().isEmpty();
        page.getByText("7 days").click();
        assertThat(page.locator(".charts-range[aria-pressed=true]")).hasText("7 days");
        assertThat(page.locator(".chart-line").first()).isVisible();
    }

    @Test
    void olderLinesComeWhenAskedForAndWhoReadsThemIsntMoved() {
        Installation.RUNTIME.write(1_200);
        go("/apps/shop/logs");
        assertThat(page.locator(".output-line")).hasCount(500);
        page.locator(".log-viewport").evaluate("e => e.scrollTop = 0");
        assertThat(page.locator(".log-end")).isVisible();
        page.locator(".output-older").click();
        assertThat(page.locator(".output-line")).hasCount(1_000);
        Object place = page.locator(".log-viewport").evaluate("e => e.scrollTop");
        Installation.RUNTIME.add("something new");
        assertThat(page.locator(".output-line")).hasCount(1_001);
        assertThat(page.locator(".log-viewport").evaluate("e => e.scrollTop")).isEqualTo(place);
    }

    @Test
    void noPageIsWiderThanAPhone() {
        page.setViewportSize(390, 844);
        for (String path : List.of(
                "/",
                "/new",
                "/queue",
                "/account",
                "/apps/shop",
                "/apps/shop/builds",
                "/apps/shop/builds/2",
                "/apps/shop/releases",
                "/apps/shop/logs",
                "/apps/shop/metrics",
                "/apps/shop/activity",
                "/apps/shop/settings",
                "/apps/shop/domains",
                "/apps/shop/storage",
                "/storage",
                "/apps/none",
                "/nonsense")) {
            go(path);
            page.locator("h1").first().waitFor();
            assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .as(path)
                    .isEqualTo(true);
            assertThat(page.evaluate(OVERLAPPING))
                    .as("parts of rows that cover each other on %s", path)
                    .isEqualTo(List.of());
        }
    }

    @Test
    void theColourSchemeIsChosenAndRemembered() {
        go("/");
        String light = background();
        page.locator("slip-scheme button").click();
        assertThat(background()).isEqualTo(light);
        page.locator("slip-scheme button").click();
        String dark = background();
        assertThat(dark).isNotEqualTo(light);
        page.reload();
        page.locator("h1").first().waitFor();
        assertThat(background()).isEqualTo(dark);
    }

    @ParameterizedTest
    @ValueSource(strings = {"**/generated-flow-imports*", "**/*v-r=init*", "**/ui/log.js*"})
    void aPageOfWhichAPartDidntComeIsLoadedAgain(String address) {
        AtomicInteger asked = new AtomicInteger();
        page.route(address, part -> {
            if (asked.incrementAndGet() < 3) {
                part.abort("connectionfailed");
            } else {
                part.resume();
            }
        });
        go("/apps/shop");
        page.waitForCondition(() -> asked.get() >= 3);
        assertThat(page.locator("h1").first()).hasText("shop");
        complaints.clear();
    }

    @Test
    void aPageThatNeverComesWholeSaysSo() {
        page.route("**/ui/slipway.css*", Route::abort);
        go("/apps/shop");
        Locator again = page.getByText("Load it again");
        again.waitFor(new Locator.WaitForOptions().setTimeout(60_000));
        page.unroute("**/ui/slipway.css*");
        again.click();
        assertThat(page.locator("h1").first()).hasText("shop");
        assertThat(again).hasCount(0);
    }

    @Test
    void whoHasBegunToTypeIsToldOfAPartThatDidntCome() {
        go("/new");
        page.getByLabel("Name").first().fill("half-typed");
        page.evaluate("document.head.append(Object.assign(document.createElement('script'), {src: 'ui/none.js'}))");
        assertThat(page.getByText("Load it again")).isVisible();
        assertThat(page.getByLabel("Name").first()).hasValue("half-typed");
    }

    private void go(String path) {
        page.navigate("http://localhost:" + port + path);
    }

    private Locator line(int number) {
        return page.locator(".log-line[data-number='" + number + "']");
    }

    private void scrollLogTo(int line) {
        page.locator(".log-viewport").evaluate("(e, line) => e.scrollTop = line * 20", line);
    }

    private String background() {
        return String.valueOf(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"));
    }

    private void append(int first, int count) {
        BuildLog log = new BuildLog(database);
        for (int from = first; from < first + count; from += 500) {
            List<String> lines = IntStream.range(from, Math.min(first + count, from + 500))
                    .mapToObj(SampleLog::line)
                    .toList();
            log.append(building, from, lines);
        }
    }
}
