package dev.slipway.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    Path directory;

    @Test
    void theWholeGroupEndsWithIt() throws Exception {
        ChildProcess parent = shell("sleep 100 & echo $!; wait");
        long child = Long.parseLong(firstLine(parent));
        parent.stop();
        assertThat(parent.waitFor()).isEqualTo(128 + 15);
        awaitGone(child);
        parent.stop();
    }

    @Test
    void whatIgnoresSigtermIsKilled() throws Exception {
        ChildProcess stubborn = shell("trap '' TERM; echo ready; while true; do sleep 1; done");
        assertThat(firstLine(stubborn)).isEqualTo("ready");
        stubborn.stop();
        assertThat(stubborn.waitFor()).isEqualTo(128 + 9);
    }

    @Test
    void itLeadsItsOwnGroupAndSeesOnlyTheGivenEnvironment() throws Exception {
        ChildProcess child = shell("cut -d ' ' -f 5 /proc/$$/stat; env | sort");
        String pid = String.valueOf(child.pid());
        assertThat(new String(child.output().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.matches("(PWD|SHLVL|_|OLDPWD)=.*")))
                .containsExactly(pid, "PATH=/bin", "X=y");
    }

    @Test
    void theBuildOfAKilledWorkerIsEndedByTheNext() throws Exception {
        Path followed = Files.createFile(directory.resolve("log"));
        ChildProcess left =
                ChildProcess.start(List.of("/bin/busybox", "tail", "-f", followed.toString()), Map.of(), directory);
        Awaitility.await("it has become that command")
                .until(() -> Files.readString(Path.of("/proc/" + left.pid() + "/cmdline"))
                        .contains(followed.toString()));
        LeftOver leftOver = new LeftOver(directory, "w1");
        leftOver.remember(left.pid());
        assertThat(LeftOver.endAll(directory))
                .as("its worker, this process, is alive")
                .isZero();
        ownerIs("999999999 1");
        assertThat(LeftOver.endAll(directory)).isEqualTo(1);
        assertThat(left.waitFor()).isEqualTo(128 + 9);
        assertThat(directory.resolve("w1.build")).doesNotExist();
    }

    @Test
    void aStrangersProcessIsLeftAlone() throws Exception {
        ChildProcess stranger = shell("echo ready; sleep 100");
        assertThat(firstLine(stranger)).isEqualTo("ready");
        new LeftOver(directory, "w1").remember(stranger.pid());
        ownerIs("999999999 1");
        assertThat(LeftOver.endAll(directory))
                .as("its command line doesn't name this directory")
                .isZero();
        Files.writeString(directory.resolve("w2.build"), stranger.pid() + " 1 999999999 1");
        Files.writeString(directory.resolve("w3.build"), "half writ");
        assertThat(LeftOver.endAll(directory)).as("another start time").isZero();
        assertThat(ProcessHandle.of(stranger.pid())).isPresent();
        stranger.kill();
    }

    private void ownerIs(String pidAndStart) throws IOException {
        Path file = directory.resolve("w1.build");
        String[] words = Files.readString(file).split(" ");
        Files.writeString(file, words[0] + " " + words[1] + " " + pidAndStart);
    }

    private ChildProcess shell(String script) throws IOException {
        return ChildProcess.start(
                List.of("/bin/busybox", "sh", "-c", script), Map.of("X", "y", "PATH", "/bin"), directory);
    }

    private static String firstLine(ChildProcess process) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = process.output().read(); c != '\n'; c = process.output().read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static void awaitGone(long pid) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> ProcessHandle.of(pid).isEmpty());
    }
}
