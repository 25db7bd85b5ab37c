package dev.slipway.ui.apps;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Processes;
import dev.slipway.db.releases.ReleaseCommand;
import dev.slipway.db.releases.Words;
import dev.slipway.platform.Problem;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How an app runs: web, other process types, and the release command.
final class ProcessFields extends Div {
    private static final long serialVersionUID = 1;

    private final RunFields web = RunFields.ofWeb();
    private final TreeMap<String, RunFields> others = new TreeMap<>();
    private final Div otherParts = new Div();
    private final TextField newName = new TextField("New process type");
    private final TextField command = new TextField("Command");
    private final IntegerField timeout = new IntegerField("Time limit");

    ProcessFields() {
        addClassName("settings");
        otherParts.addClassName("settings");
        newName.setPlaceholder("worker");
        newName.setMaxLength(30);
        Button add = new Button("Add process type", click -> addType());
        Div line = new Div(newName, add);
        line.addClassName("inline-form");
        command.setPlaceholder("none");
        command.addClassName("wide");
        command.setHelperText(
                "Runs once in the new image before anything of a release starts, migrations for example. When it fails, the release fails and the old one stays");
        timeout.setSuffixComponent(new Span("seconds"));
        timeout.setMin(1);
        timeout.setMax(86_400);
        Div release = new Div(command, timeout);
        release.addClassName("fields");
        Paragraph file = new Paragraph(
                "What a slipway.yml at the root of the commit says goes before all of this, field by field.");
        file.addClassName("quiet");
        Paragraph types = new Paragraph(
                "Another process type runs beside web from the same image, with its own command and number of instances.");
        types.addClassName("quiet");
        add(new H3("Run: web"), file, web, otherParts, types, line, new H3("Release command"), release);
        show(Processes.DEFAULT);
    }

    void show(Processes processes) {
        web.show(processes.web());
        others.clear();
        processes.others().forEach(this::put);
        showOthers();
        ReleaseCommand release = processes.release();
        command.setValue(release == null ? "" : Words.join(release.command()));
        timeout.setValue(release == null ? ReleaseCommand.DEFAULT_TIMEOUT_SECONDS : release.timeoutSeconds());
    }

    private void put(String name, ProcessSpec spec) {
        RunFields fields = RunFields.ofWorker();
        fields.show(spec);
        others.put(name, fields);
    }

    private void showOthers() {
        otherParts.removeAll();
        others.forEach((name, fields) -> {
            Button remove = new Button("Remove " + name, click -> {
                others.remove(name);
                showOthers();
            });
            remove.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR);
            Div heading = new Div(new H3("Run: " + name), remove);
            heading.addClassName("type-heading");
            otherParts.add(heading, fields);
        });
        otherParts.setVisible(!others.isEmpty());
    }

    private void addType() {
        String name = newName.getValue().strip();
        String problem = problem(name);
        newName.setErrorMessage(problem);
        newName.setInvalid(problem != null);
        if (problem == null) {
            newName.clear();
            put(name, ProcessSpec.DEFAULT);
            showOthers();
        }
    }

    private @Nullable String problem(String name) {
        try {
            Processes.checkName(name);
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        return others.containsKey(name) ? "There is a process type of this name already." : null;
    }

    /// @throws Problem INVALID when a field is missing or out of its bounds
    Processes read() {
        TreeMap<String, ProcessSpec> specs = new TreeMap<>();
        others.forEach((name, fields) -> specs.put(name, fields.read()));
        try {
            return new Processes(web.read(), specs, release());
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable ReleaseCommand release() {
        List<String> words = RunFields.words(command.getValue());
        if (words == null) {
            return null;
        }
        Integer seconds = timeout.getValue();
        if (seconds == null) {
            throw Problem.invalid("The time limit of the release command is missing.");
        }
        return new ReleaseCommand(words, seconds);
    }
}
