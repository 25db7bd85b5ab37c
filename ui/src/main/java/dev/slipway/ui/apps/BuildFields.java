package dev.slipway.ui.apps;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.platform.Problem;
import dev.slipway.platform.config.DotEnv;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

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
        arguments.setHelperText("As in a .env file; they end up in the image's history, so no secrets here");
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
        arguments.setValue(DotEnv.write(build.buildArgs()).stripTrailing());
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
                arguments(),
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

    private Map<String, String> arguments() {
        try {
            return DotEnv.parse(arguments.getValue());
        } catch (Problem e) {
            throw Problem.invalid("Build arguments: " + e.sentence());
        }
    }
}
