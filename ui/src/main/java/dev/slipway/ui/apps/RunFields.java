package dev.slipway.ui.apps;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.platform.Problem;
import org.jspecify.annotations.Nullable;

/// How an instance runs.
final class RunFields extends Div {
    private static final long serialVersionUID = 1;
    private static final double MILLIS = 1000.0;

    private final IntegerField port = new IntegerField("Port");
    private final TextField health = new TextField("Health check path");
    private final IntegerField memory = new IntegerField("Memory limit");
    private final NumberField cpu = new NumberField("CPU limit");
    private final IntegerField pids = new IntegerField("Process limit");
    private final IntegerField start = new IntegerField("Time to get healthy");
    private ProcessSpec shown = ProcessSpec.DEFAULT;
    private final IntegerField drain = new IntegerField("Time to finish requests");

    RunFields() {
        addClassName("fields");
        port.setPlaceholder("the image's");
        port.setHelperText(
                "What the app listens on; without one, the port the image exposes, or 8080. It is told in PORT");
        port.setMin(1);
        port.setMax(65_535);
        health.setPlaceholder("/healthz");
        health.setHelperText("Answers 2xx or 3xx when the app is ready; without one, a connection is enough");
        memory.setSuffixComponent(new Span("MiB"));
        cpu.setSuffixComponent(new Span("CPUs"));
        start.setSuffixComponent(new Span("seconds"));
        drain.setSuffixComponent(new Span("seconds"));
        memory.setMin(16);
        memory.setMax(1_048_576);
        cpu.setMin(0.05);
        cpu.setMax(256);
        cpu.setStep(0.05);
        pids.setMin(8);
        pids.setMax(65_536);
        start.setMin(1);
        start.setMax(3600);
        start.setHelperText("After that a release has failed");
        drain.setMin(0);
        drain.setMax(3600);
        drain.setHelperText("When an instance is replaced");
        add(port, health, memory, cpu, pids, start, drain);
        show(ProcessSpec.DEFAULT);
    }

    void show(ProcessSpec process) {
        shown = process;
        port.setValue(process.port());
        health.setValue(process.healthPath() == null ? "" : process.healthPath());
        memory.setValue(process.memoryMb());
        cpu.setValue(process.cpuMillis() / MILLIS);
        pids.setValue(process.pids());
        start.setValue(process.startSeconds());
        drain.setValue(process.drainSeconds());
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
                    number(drain, "time to finish requests"),
                    shown.command(),
                    shown.stopSignal(),
                    shown.upSeconds());
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(String.valueOf(e.getMessage()));
        }
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
