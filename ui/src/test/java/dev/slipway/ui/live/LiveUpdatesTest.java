package dev.slipway.ui.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.ui.testing.DashboardTest;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class LiveUpdatesTest extends DashboardTest {
    @Autowired
    private LiveUpdates live;

    @Autowired
    private Database database;

    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicInteger shows = new AtomicInteger();
    private final AtomicInteger value = new AtomicInteger();
    private final Div owner = new Div();

    @BeforeEach
    void watch() {
        live.watch(
                owner,
                ring -> ring.topic() == Bell.Topic.APP,
                () -> {
                    loads.incrementAndGet();
                    return value.get();
                },
                shown -> {
                    shows.incrementAndGet();
                    owner.setText(String.valueOf(shown));
                });
    }

    @Test
    void nothingIsLoadedBeforeTheComponentIsAttached() {
        assertThat(loads).hasValue(0);
        UI.getCurrent().add(owner);
        assertThat(owner.getText()).isEqualTo("0");
    }

    @Test
    void aRingShowsTheNewValue() {
        UI.getCurrent().add(owner);
        value.set(7);
        Bell.ring(database, Bell.Topic.APP, 1);
        eventually(() -> assertThat(owner.getText()).isEqualTo("7"));
    }

    @Test
    void manyRingsAreFewLoads() {
        UI.getCurrent().add(owner);
        for (int i = 1; i <= 200; i++) {
            value.set(i);
            Bell.ring(database, Bell.Topic.APP, i);
        }
        eventually(() -> assertThat(owner.getText()).isEqualTo("200"));
        assertThat(loads.get()).isLessThan(30);
    }

    @Test
    void anEqualValueIsNotShownAgain() {
        UI.getCurrent().add(owner);
        Bell.ring(database, Bell.Topic.APP, 1);
        eventually(() -> assertThat(loads.get()).isGreaterThan(1));
        assertThat(shows).hasValue(1);
    }

    @Test
    void aDetachedComponentIsForgotten() {
        int before = live.watching();
        UI.getCurrent().add(owner);
        assertThat(live.watching()).isEqualTo(before + 1);
        UI.getCurrent().remove(owner);
        assertThat(live.watching()).isEqualTo(before);
    }

    @Test
    void aComponentThatComesBackIsWatchedOnce() {
        UI.getCurrent().add(owner);
        UI.getCurrent().remove(owner);
        int before = live.watching();
        UI.getCurrent().add(owner);
        assertThat(live.watching()).isEqualTo(before + 1);
    }
}
