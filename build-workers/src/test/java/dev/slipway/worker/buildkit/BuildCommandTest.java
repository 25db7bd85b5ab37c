package dev.slipway.worker.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildCommandTest {
    private static final BuildCommand COMMAND = new BuildCommand(
            Path.of("/usr/bin/docker"),
            Path.of("/home/run/w1"),
            "deploy/Dockerfile",
            "web",
            Map.of("NPM_TOKEN", "s3cret", "LD_PRELOAD", "/evil.so", "DOCKER_HOST", "tcp://elsewhere:1", "MODE", "a b"),
            Map.of("NPM_TOKEN", Path.of("/dev/shm/x/NPM_TOKEN"), "ODD", Path.of("/a,b/\"ODD\"")),
            List.of("slipway-abc/shop:b7"),
            Map.of("dev.slipway.build", "42", "dev.slipway.app", "3"),
            "slipway-abc.invalid");

    @Test
    void theCommandIsAListOfArguments() {
        assertThat(COMMAND.arguments())
                .containsExactly(
                        "/usr/bin/docker",
                        "build",
                        "--progress=plain",
                        "--iidfile=/home/run/w1/image-id",
                        "--file=deploy/Dockerfile",
                        "--target=web",
                        "--add-host=slipway-abc.invalid:127.0.0.1",
                        "--tag=slipway-abc/shop:b7",
                        "--label=dev.slipway.app=3",
                        "--label=dev.slipway.build=42",
                        "--build-arg=DOCKER_HOST=tcp://elsewhere:1",
                        "--build-arg=LD_PRELOAD=/evil.so",
                        "--build-arg=MODE",
                        "--build-arg=NPM_TOKEN",
                        "--secret=id=NPM_TOKEN,src=/dev/shm/x/NPM_TOKEN",
                        "--secret=id=ODD,\"src=/a,b/\"\"ODD\"\"\"",
                        "-");
    }

    @Test
    void valuesGoThroughTheEnvironmentUnlessTheyWouldChangeTheProgramItself() {
        assertThat(COMMAND.environment(Map.of("DOCKER_HOST", "unix:///var/run/docker.sock")))
                .containsEntry("NPM_TOKEN", "s3cret")
                .containsEntry("MODE", "a b")
                .containsEntry("DOCKER_HOST", "unix:///var/run/docker.sock")
                .containsEntry("DOCKER_BUILDKIT", "1")
                .containsEntry("HOME", "/home/run/w1")
                .containsEntry("DOCKER_CONFIG", "/home/run/w1/docker")
                .doesNotContainKey("LD_PRELOAD");
        assertThat(COMMAND.toString()).doesNotContain("s3cret");
    }

    @Test
    void aNameThatIsNoVariableIsStillABuildArgument() {
        BuildCommand odd = new BuildCommand(
                Path.of("d"),
                Path.of("/r"),
                "Dockerfile",
                null,
                Map.of("a.b", "1"),
                Map.of(),
                List.of(),
                Map.of(),
                null);
        assertThat(odd.arguments())
                .contains("--build-arg=a.b=1")
                .noneMatch(argument -> argument.startsWith("--target") || argument.startsWith("--add-host"));
    }
}
