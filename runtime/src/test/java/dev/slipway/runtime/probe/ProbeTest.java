package dev.slipway.runtime.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.releases.ReleaseReason;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private static final String TABLE = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0B00007F:9C47 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1
               1: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2
               2: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 3
               3: 0100007F:0BB9 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 4
            """;
    private static final String TABLE6 = """
              sl  local_address                         remote_address                        st
               0: 00000000000000000000000000000000:1F91 00000000000000000000000000000000:0000 0A
               1: 00000000000000000000000001000000:1F92 00000000000000000000000000000000:0000 0A
               2: 0000000000000000FFFF00000100007F:1F93 00000000000000000000000000000000:0000 0A
            """;

    @Test
    void listeningSocketsAreReadFromProc() {
        assertThat(ListeningSockets.parse(TABLE.lines().toList()))
                .containsExactly(
                        new ListeningSockets.Listener("127.0.0.1", 3000, true),
                        new ListeningSockets.Listener("0.0.0.0", 8080, false));
        assertThat(ListeningSockets.parse(TABLE6.lines().toList()))
                .extracting(Object::toString, ListeningSockets.Listener::loopback)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("[::]:8081", false),
                        org.assertj.core.groups.Tuple.tuple("[::1]:8082", true),
                        org.assertj.core.groups.Tuple.tuple("127.0.0.1:8083", true));
    }

    @Test
    void aStatusLineIsJudged() {
        assertThat(Probe.judge("HTTP/1.1 200 OK")).isInstanceOf(Probe.Answer.Healthy.class);
        assertThat(Probe.judge("HTTP/1.0 302 Found")).isInstanceOf(Probe.Answer.Healthy.class);
        assertThat(Probe.judge("HTTP/1.1 500 Internal Server Error"))
                .isEqualTo(new Probe.Answer.Unhealthy("500 Internal Server Error"));
        assertThat(Probe.judge("HTTP/1.1 404")).isEqualTo(new Probe.Answer.Unhealthy("404"));
        assertThat(Probe.judge("SSH-2.0-OpenSSH")).isEqualTo(new Probe.Answer.Unhealthy("not an HTTP answer"));
        assertThat(Probe.judge("")).isInstanceOf(Probe.Answer.Unhealthy.class);
    }

    @Test
    void aPortTakenOnLoopbackIsHopeless() {
        var loopback = new ListeningSockets.Listener("127.0.0.1", 3000, true);
        assertThat(Diagnosis.hopeless(symptoms(new Probe.Answer.Refused(), loopback))
                        .orElseThrow())
                .satisfies(d -> {
                    assertThat(d.reason()).isEqualTo(ReleaseReason.LISTENS_ON_LOOPBACK);
                    assertThat(d.message()).contains("127.0.0.1:3000").contains("listen on 0.0.0.0:3000");
                });
        assertThat(Diagnosis.hopeless(symptoms(new Probe.Answer.Refused()))).isEmpty();
        assertThat(Diagnosis.hopeless(symptoms(
                        new Probe.Answer.Refused(),
                        loopback,
                        new ListeningSockets.Listener("172.18.0.2", 3000, false))))
                .isEmpty();
        assertThat(Diagnosis.hopeless(
                        symptoms(new Probe.Answer.Refused(), new ListeningSockets.Listener("127.0.0.1", 9229, true))))
                .isEmpty();
    }

    @Test
    void eachTimeoutSaysWhatToDo() {
        assertThat(Diagnosis.timedOut(
                        symptoms(new Probe.Answer.Refused(), new ListeningSockets.Listener("0.0.0.0", 8080, false)),
                        60))
                .isEqualTo(new Diagnosis(
                        ReleaseReason.NOT_LISTENING,
                        "It listens on 0.0.0.0:8080, not on port 3000: set the app's port to 8080, or make it listen on"
                                + " 0.0.0.0:3000 (the variable PORT says so)."));
        assertThat(Diagnosis.timedOut(symptoms(new Probe.Answer.Refused()), 60).message())
                .contains("listens on no port");
        assertThat(Diagnosis.timedOut(symptoms(new Probe.Answer.Unhealthy("503 Service Unavailable")), 60))
                .satisfies(d -> {
                    assertThat(d.reason()).isEqualTo(ReleaseReason.UNHEALTHY);
                    assertThat(d.message())
                            .contains("GET /up on port 3000")
                            .contains("within 60 s")
                            .contains("503 Service Unavailable");
                });
        assertThat(Diagnosis.timedOut(symptoms(new Probe.Answer.Silent(true)), 60)
                        .reason())
                .isEqualTo(ReleaseReason.UNHEALTHY);
    }

    @Test
    void endsAreExplained() {
        assertThat(Diagnosis.ended(1, false, 64, "a web app", List.of("boom")))
                .isEqualTo(new Diagnosis(ReleaseReason.EXITED, "It exited with code 1. Last lines:\nboom"));
        assertThat(Diagnosis.ended(0, false, 64, "a web app", List.of()).message())
                .contains("a web app should keep running")
                .contains("printed nothing");
        assertThat(Diagnosis.ended(0, true, 64, "a web app", List.of()).reason())
                .isEqualTo(ReleaseReason.OUT_OF_MEMORY);
        assertThat(Diagnosis.ended(137, false, 64, "a web app", List.of())).satisfies(killed -> {
            assertThat(killed.reason()).isEqualTo(ReleaseReason.EXITED);
            assertThat(killed.message()).contains("killed from outside");
        });
        assertThat(Diagnosis.ended(127, false, 64, "a web app", List.of()).message())
                .contains("command not found");
    }

    private static Diagnosis.Symptoms symptoms(Probe.Answer answer, ListeningSockets.Listener... listeners) {
        return new Diagnosis.Symptoms(3000, "/up", answer, List.of(listeners));
    }
}
