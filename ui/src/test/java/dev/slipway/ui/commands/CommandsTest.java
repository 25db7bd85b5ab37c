package dev.slipway.ui.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.runs.Run;
import dev.slipway.db.runs.RunHistory;
import dev.slipway.db.runs.RunReason;
import dev.slipway.db.runs.RunStore;
import dev.slipway.platform.commands.RunView;
import dev.slipway.platform.commands.ScheduleService;
import dev.slipway.platform.commands.ScheduleView;
import dev.slipway.ui.apps.AppView;
import dev.slipway.ui.testing.DashboardTest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class CommandsTest extends DashboardTest {
    private static final Map<String, String> SHOP = Map.of("app", "shop");

    @Autowired
    private dev.slipway.platform.commands.RunService runs;

    @Autowired
    private ScheduleService schedules;

    @Autowired
    private Database database;

    private App app;

    @BeforeEach
    void shop() {
        app = sample().hosted("shop", ProcessSpec.DEFAULT);
    }

    private void goLive() {
        sample().live(sample().succeeded(app, "Add a basket", "Anna <anna@example.com>", 10));
    }

    private void type(String line) {
        find(TextField.class).withLabel("Command").first().setValue(line);
    }

    private List<RunView> all() {
        return runs.list("shop", null, Long.MAX_VALUE, 10);
    }

    @Test
    void aCommandIsRunAndLeadsToItsPage() {
        goLive();
        navigate(CommandsView.class, SHOP);
        type("bin/seed 'two words'");
        press("Run");
        Run run = all().getFirst().run();
        assertThat(run.command()).containsExactly("bin/seed", "two words");
        assertThat(run.requestedBy()).isEqualTo("admin");
        assertThat(text(find(RunDetails.class).single()))
                .contains("bin/seed 'two words'", "Waiting", "by admin, in release 1", "Time limit 1 hour");
    }

    @Test
    void whatCantBeRunIsSaidAtTheField() {
        navigate(CommandsView.class, SHOP);
        type("echo \"open");
        press("Run");
        assertThat(find(TextField.class).withLabel("Command").first().getErrorMessage())
                .isEqualTo("The quote \" isn't closed.");
        type("echo");
        press("Run");
        assertThat(find(TextField.class).withLabel("Command").first().getErrorMessage())
                .endsWith("nothing is live yet.");
    }

    @Test
    void aRunIsCancelledAfterAQuestion() {
        goLive();
        navigate(CommandsView.class, SHOP);
        type("sleep 100");
        press("Run");
        press("Cancel");
        test(find(ConfirmDialog.class).single()).confirm();
        assertThat(all().getFirst().run().cancelRequestedBy()).isEqualTo("admin");
        eventually(() -> assertThat(text(find(RunDetails.class).single())).contains("Being cancelled"));
    }

    private void fill(String name, String cron) {
        Dialog dialog = find(Dialog.class).single();
        find(TextField.class, dialog).withLabel("Name").single().setValue(name);
        find(TextField.class, dialog).withLabel("Command").single().setValue("bin/backup");
        find(TextField.class, dialog).withLabel("When").single().setValue(cron);
    }

    private void confirm(String word) {
        find(Button.class).withText(word).all().getLast().click();
    }

    @Test
    void aScheduleIsAddedShownPausedAndRemoved() {
        CommandsView view = navigate(CommandsView.class, SHOP);
        assertThat(text(view)).contains("No schedules yet", "Nothing ran yet");
        press("Add schedule");
        fill("Nightly", "30 4 * * *");
        assertThat(text(find(Dialog.class).single())).contains("Next: ", "04:30");
        confirm("Add schedule");
        ScheduleView added = schedules.list("shop").getFirst();
        assertThat(added.schedule().settings().cron()).isEqualTo("30 4 * * *");
        eventually(() -> assertThat(text(find(CommandsView.class).single()))
                .contains("Nightly", "bin/backup", "30 4 * * * · ", "Not run yet"));
        find(Button.class).withAriaLabel("Pause: Nightly").single().click();
        assertThat(schedules.list("shop").getFirst().schedule().pausedBy()).isEqualTo("admin");
        eventually(() -> assertThat(text(find(CommandsView.class).single())).contains("Paused by admin"));
        find(Button.class).withAriaLabel("Remove: Nightly").single().click();
        test(find(ConfirmDialog.class).single()).confirm();
        assertThat(schedules.list("shop")).isEmpty();
    }

    @Test
    void timesThatCantBeAreSaidInTheDialogWhichStays() {
        navigate(CommandsView.class, SHOP);
        press("Add schedule");
        fill("Nightly", "every night");
        assertThat(find(TextField.class).withLabel("When").single().getErrorMessage())
                .startsWith("A schedule has five fields");
        confirm("Add schedule");
        assertThat(text(find(Dialog.class).single())).contains("A schedule has five fields");
        assertThat(schedules.list("shop")).isEmpty();
    }

    @Test
    void aScheduleThatFailedIsOnTheOverviewUntilItEndsWell() {
        goLive();
        navigate(CommandsView.class, SHOP);
        press("Add schedule");
        fill("Nightly", "@daily");
        confirm("Add schedule");
        ScheduleView added = schedules.list("shop").getFirst();
        RunStore store = new RunStore(database);
        Run failed = started(added, store);
        store.fail(failed, new RunStore.Failure(RunReason.EXITED, "It exited with code 3.", 3), "");
        assertThat(text(navigate(AppView.class, SHOP))).contains("The schedule Nightly failed when it ran last");
        store.succeed(started(added, store), "");
        assertThat(text(navigate(AppView.class, SHOP))).doesNotContain("The schedule Nightly failed");
    }

    private Run started(ScheduleView schedule, RunStore store) {
        long id = schedules
                .runNow("shop", schedule.schedule().id(), "admin")
                .run()
                .id();
        Run run = new RunHistory(database).find(app.id(), id).orElseThrow();
        store.start(run);
        return Objects.requireNonNull(run);
    }
}
