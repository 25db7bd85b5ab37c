package dev.slipway.ui.apps;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.platform.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How a commit is built.
final class BuildFields extends Div {
    private static final long serialVersionUID = 1;

    private final TextField dockerfile = new TextField("Dockerfile");
    private final TextField context = new TextField("Directory");
    private final TextField stage = new TextField("Target stage");
    private final IntegerField timeout = new IntegerField("Time limit");
    private final TextField secrets = new TextField("Secrets");
    private final TextArea arguments = new TextArea("Build arguments");

    BuildFields() {
        addClassName("fields");
        dockerfile.setHelperText("Path below the directory");
        context.setPlaceholder("the repository's root");
        context.setHelperText("Only what is in it goes into the build");
        stage.setPlaceholder("the last stage");
        stage.setHelperText("Of a Dockerfile with several stages");
        timeout.setHelperText("A build that takes longer is stopped");
        timeout.setSuffixComponent(new Span("seconds"));
        timeout.setMin(10);
        timeout.setMax(86_400);
        arguments.setPlaceholder("NAME=value");
        arguments.setHelperText("One a line; they end up in the image's history, so no secrets here");
        arguments.addClassName("wide");
        secrets.setPlaceholder("NPM_TOKEN, …");
        secrets.setHelperText(
                "Names of variables under Config that builds can mount: RUN --mount=type=secret,id=NPM_TOKEN …; they stay out of the image");
        secrets.addClassName("wide");
        add(dockerfile, context, stage, timeout, arguments, secrets);
        show(BuildSettings.DEFAULT);
    }

    void show(BuildSettings build) {
        dockerfile.setValue(build.dockerfile());
        context.setValue(build.contextDir());
        stage.setValue(build.targetStage() == null ? "" : build.targetStage());
        timeout.setValue(build.timeoutSeconds());
        secrets.setValue(String.join(", ", build.secrets()));
        arguments.setValue(build.buildArgs().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(argument -> argument.getKey() + "=" + argument.getValue())
                .collect(Collectors.joining("\n")));
    }

    /// @throws Problem INVALID when a field can't be read
    BuildSettings read() {
        Integer seconds = timeout.getValue();
        if (seconds == null) {
            throw Problem.invalid("The time limit for a build is missing.");
        }
        String target = stage.getValue().strip();
        return new BuildSettings(
                context.getValue().strip(),
                dockerfile.getValue().strip(),
                target.isEmpty() ? null : target,
                arguments(arguments.getValue()),
                seconds,
                names(secrets.getValue()));
    }

    /// Separated by commas or blanks.
    static List<String> names(String text) {
        return Pattern.compile("[\\s,]+")
                .splitAsStream(text)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    static Map<String, String> arguments(String text) {
        Map<String, String> arguments = new LinkedHashMap<>();
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw Problem.invalid(
                        "Build arguments are written as NAME=value, one a line. \"" + line.strip() + "\" isn't.");
            }
            arguments.put(
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip());
        }
        return arguments;
    }
}
