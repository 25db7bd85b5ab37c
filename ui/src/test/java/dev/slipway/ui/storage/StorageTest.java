package dev.slipway.ui.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.volumes.Volume;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.storage.VolumeService;
import dev.slipway.platform.storage.VolumeView;
import dev.slipway.ui.testing.DashboardTest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class StorageTest extends DashboardTest {
    private static final Map<String, String> SHOP = Map.of("app", "shop");

    @Autowired
    private VolumeService volumes;

    @Autowired
    private AppService apps;

    @BeforeEach
    void shop() {
        sample().hosted("shop", ProcessSpec.DEFAULT);
    }

    @AfterEach
    void leaveNoVolumes() {
        for (VolumeView view : volumes.all()) {
            Volume volume = view.volume();
            if (volume.attached()) {
                volumes.detach(volume.app(), volume.name().value(), "admin");
            }
            volumes.delete(volume.id(), volume.name().value(), "admin");
        }
    }

    private void add(String name, String path) {
        press("Add volume");
        find(TextField.class).withLabel("Name").single().setValue(name);
        find(TextField.class).withLabel("Path").single().setValue(path);
        find(Button.class).withText("Add volume").all().getLast().click();
    }

    private void clickIn(Dialog dialog, String button) {
        find(Button.class, dialog).withText(button).single().click();
    }

    @Test
    void aVolumeIsAddedDetachedAfterAQuestionAndDeletedByItsName() {
        StorageView view = navigate(StorageView.class, SHOP);
        assertThat(text(view)).contains("No volumes yet");
        add("data", "/data");
        assertThat(volumes.find("shop", "data").mounting().words()).isEqualTo("/data, written by web");

        StorageView again = navigate(StorageView.class, SHOP);
        assertThat(text(again)).contains("data", "/data", "Written by web", "In use", "Not measured yet");
        find(Button.class).withAriaLabel("Detach data").single().click();
        test(find(ConfirmDialog.class).single()).confirm();
        assertThat(volumes.find("shop", "data").attached()).isFalse();

        assertThat(text(navigate(StorageView.class, SHOP))).contains("Kept");
        find(Button.class).withAriaLabel("Delete data").single().click();
        Button confirm = find(Button.class).withText("Delete data").single();
        assertThat(confirm.isEnabled()).isFalse();
        TextField typed = find(TextField.class)
                .withLabel("Type the volume's name to confirm")
                .single();
        typed.setValue("dat");
        assertThat(confirm.isEnabled()).isFalse();
        typed.setValue("data");
        assertThat(confirm.isEnabled()).isTrue();
        confirm.click();
        assertThat(volumes.ofApp("shop")).isEmpty();
    }

    @Test
    void whatCannotBeIsSaidInTheDialogWhichStays() {
        navigate(StorageView.class, SHOP);
        add("data", "/proc/self");
        Dialog dialog = find(Dialog.class).single();
        assertThat(text(dialog)).contains("belongs to the system");
        assertThat(volumes.ofApp("shop")).isEmpty();
        find(TextField.class).withLabel("Path").single().setValue("/srv");
        clickIn(dialog, "Add volume");
        assertThat(volumes.ofApp("shop")).hasSize(1);
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatADeletedAppLeftIsListedAndCanBeGivenToAnother() {
        navigate(StorageView.class, SHOP);
        add("data", "/data");
        sample().hosted("blog", ProcessSpec.DEFAULT);
        apps.delete("shop", "admin");
        VolumesView all = navigate(VolumesView.class);
        assertThat(text(all)).contains("data", "shop, deleted", "Kept");
        find(Button.class).withAriaLabel("Attach data").single().click();
        clickIn(find(Dialog.class).single(), "Attach");
        assertThat(text(find(Dialog.class).single())).contains("Which app gets the volume?");
        find(Select.class).withLabel("App").single().setValue("blog");
        clickIn(find(Dialog.class).single(), "Attach");
        assertThat(volumes.find("blog", "data").mounting().words()).isEqualTo("/data, written by web");
    }
}
