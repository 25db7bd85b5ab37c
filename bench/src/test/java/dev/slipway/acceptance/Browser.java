package dev.slipway.acceptance;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Debian's Chromium, driven by Playwright.
final class Browser implements AutoCloseable {
    private final TestPlatform platform;
    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final BrowserContext context;
    private final Page page;
    private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

    private Browser(TestPlatform platform) {
        this.platform = platform;
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.chromium = playwright
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
        this.context = chromium.newContext(
                new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(1280, 900));
        this.page = context.newPage();
        page.setDefaultTimeout(60_000);
        watch();
    }

    private void watch() {
        page.onRequest(request -> unanswered.add(request.url()));
        page.onRequestFinished(request -> unanswered.remove(request.url()));
        page.onRequestFailed(request -> {
            unanswered.remove(request.url());
            troubles.add(request.url() + ": " + request.failure());
        });
        page.onResponse(response -> {
            if (response.status() >= 400) {
                troubles.add(response.url() + ": " + response.status());
            }
        });
        page.onPageError(troubles::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                troubles.add(message.text());
            }
        });
    }

    static Browser open(TestPlatform platform) {
        return new Browser(platform);
    }

    Page page() {
        return page;
    }

    void logIn(String user, String password) {
        go("/login");
        try {
            page.locator("input[name=username]").fill(user);
            page.locator("input[name=password]").fill(password);
            page.locator("input[name=password]").press("Enter");
            page.waitForURL(url -> !url.contains("login"));
        } catch (PlaywrightException e) {
            throw new AssertionError(
                    "no log-in at " + page.url() + "; troubles: " + troubles + "; without an answer: " + unanswered
                            + "; platform-server's log: "
                            + platform.slipway("logs", "platform-server"),
                    e);
        }
    }

    /// Opens a page of the dashboard. Chromium drops what it loads when a container's network comes or goes, and then
    /// the page loads itself again.
    void go(String path) {
        for (int left = 5; ; left--) {
            try {
                page.navigate(platform.dashboard() + path);
                return;
            } catch (PlaywrightException e) {
                String reason = String.valueOf(e.getMessage());
                if (left == 0
                        || !reason.contains("ERR_NETWORK_CHANGED")
                                && !reason.contains("interrupted by another navigation")) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        context.close();
        chromium.close();
        playwright.close();
    }
}
