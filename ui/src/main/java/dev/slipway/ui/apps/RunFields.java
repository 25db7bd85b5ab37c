package dev.slipway.ui.apps;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.releases.Words;
import dev.slipway.platform.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How an instance of one process type runs. Web listens; the others don't.
final class RunFields extends Div {
    private static final long serialVersionUID = 1;
    private static final double MILLIS = 1000.0;
    private static final String IMAGES = "the image's";

    private final TextField command = new TextField("Command");
    private final IntegerField port = new IntegerField("Port");
    private final TextField health = new TextField("Health check path");
    private final IntegerField memory = new IntegerField("Memory limit");
    private final NumberField cpu = new NumberField("CPU limit");
    private final IntegerField pids = new IntegerField("Process limit");
    private final IntegerField start = new IntegerField("Time to get healthy");
    private final HealthFields more;
    private final IntegerField up = new IntegerField("Healthy after");
    private final IntegerField drain = new IntegerField("Time to finish");
    private final Select<String> signal = new Select<>();

    static RunFields ofWeb() {
        return new RunFields(true);
    }

    static RunFields ofWorker() {
        return new RunFields(false);
    }

    private RunFields(boolean web) {
        addClassName("fields");
        more = new HealthFields(web);
        command.setPlaceholder("the image's own");
        command.setHelperText("In place of the image's CMD. Quotes keep words together; no shell reads it");
        command.addClassName("wide");
        prepareListening();
        prepareLimits();
        drain.setLabel(web ? "Time to finish requests" : "Time to finish work");
        drain.setSuffixComponent(new Span("seconds"));
        drain.setMin(0);
        drain.setMax(3600);
        drain.setHelperText("When an instance is replaced");
        signal.setLabel("Stop signal");
        signal.setItems(Stream.concat(
                        Stream.of(IMAGES), ProcessSpec.STOP_SIGNALS.stream().sorted())
                .toList());
        up.setSuffixComponent(new Span("seconds up"));
        up.setPlaceholder(String.valueOf(ProcessSpec.DEFAULT_UP_SECONDS));
        up.setMin(0);
        up.setMax(3600);
        up.setHelperText("It listens on nothing, so it counts as healthy when it has been running so long");
        if (web) {
            add(command, port, health, memory, cpu, pids, start, drain, signal, more);
        } else {
            add(command, memory, cpu, pids, up, drain, signal, more);
        }
        show(ProcessSpec.DEFAULT);
    }

    private void prepareListening() {
        port.setPlaceholder(IMAGES);
        port.setHelperText(
                "What the app listens on; without one, the port the image exposes, or 8080. It is told in PORT");
        port.setMin(1);
        port.setMax(65_535);
        health.setPlaceholder("/healthz");
        health.setHelperText("Answers 2xx or 3xx when the app is ready; without one, a connection is enough");
        start.setSuffixComponent(new Span("seconds"));
        start.setMin(1);
        start.setMax(3600);
        start.setHelperText("After that a release has failed");
    }

    private void prepareLimits() {
        memory.setSuffixComponent(new Span("MiB"));
        cpu.setSuffixComponent(new Span("CPUs"));
        memory.setMin(16);
        memory.setMax(1_048_576);
        cpu.setMin(0.05);
        cpu.setMax(256);
        cpu.setStep(0.05);
        pids.setMin(8);
        pids.setMax(65_536);
    }

    void show(ProcessSpec process) {
        command.setValue(process.command() == null ? "" : Words.join(process.command()));
        port.setValue(process.port());
        health.setValue(process.healthPath() == null ? "" : process.healthPath());
        more.show(process.health());
        memory.setValue(process.memoryMb());
        cpu.setValue(process.cpuMillis() / MILLIS);
        pids.setValue(process.pids());
        start.setValue(process.startSeconds());
        up.setValue(process.upSeconds());
        drain.setValue(process.drainSeconds());
        signal.setValue(process.stopSignal() == null ? IMAGES : process.stopSignal());
    }

    /// @throws Problem INVALID when a field is missing or out of its bounds
    ProcessSpec read() {
        String path = health.getValue().strip();
        double cpus = given(cpu.getValue(), "number of CPUs");
        try {
            return new ProcessSpec(
                    port.getValue(),
                    path.isEmpty() ? null : path,
                    number(memory, "memory limit"),
                    (int) Math.round(cpus * MILLIS),
                    number(pids, "process limit"),
                    number(start, "time to get healthy"),
                    number(drain, "time to finish"),
                    words(command.getValue()),
                    IMAGES.equals(signal.getValue()) ? null : signal.getValue(),
                    up.getValue(),
                    more.read());
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(String.valueOf(e.getMessage()));
        }
    }

    /// Null when there are none.
    ///
    /// @throws IllegalArgumentException with a sentence when a quote isn't closed
    static @Nullable List<String> words(String line) {
        return line.isBlank() ? null : Words.split(line);
    }

    private static int number(IntegerField field, String what) {
        return given(field.getValue(), what);
    }

    private static <T> T given(@Nullable T value, String what) {
        if (value == null) {
            throw Problem.invalid("The " + what + " is missing or not a number.");
        }
        return value;
    }
}
