package dev.slipway.ui.testing;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.server.VaadinSession;
import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.platform.Home;
import dev.slipway.platform.PlatformServer;
import dev.slipway.ui.preview.SampleData;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.ContextConfiguration;

/// The whole platform-server with the dashboard, on a database of its own, without a browser. The user `admin`
/// is logged in.
@SpringBootTest(classes = PlatformServer.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = Installation.class)
@WithMockUser("admin")
public abstract class DashboardTest extends SpringBrowserlessTest {
    @Autowired
    private Database database;

    @Autowired
    private MasterKey masterKey;

    @Autowired
    private Home home;

    @Autowired
    private AppStore appStore;

    @Override
    protected Set<String> scanPackages() {
        return Set.of("dev.slipway.ui");
    }

    @AfterEach
    void leaveNoApps() {
        appStore.all().forEach((App app) -> appStore.delete(app.id()));
    }

    /// What the other programs do.
    protected SampleData sample() {
        return new SampleData(database, masterKey, home);
    }

    protected void press(String button) {
        test(find(Button.class).withText(button).first()).click();
    }

    /// All text of a component and what is in it.
    protected static String text(Component component) {
        return component.getElement().getTextRecursively();
    }

    /// Waits until what the bell rings has been pushed; longer than until views look by themselves, because a ring can
    /// be
    /// lost.
    protected void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(25))
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    VaadinSession session = VaadinSession.getCurrent();
                    session.getService().runPendingAccessTasks(session);
                    roundTrip();
                    assertion.run();
                });
    }
}
