package dev.slipway.runtime.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.releases.ProcessSpec;
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
    private static final ProcessSpec PROCESS = new ProcessSpec(null, "/up", 64, 500, 32, 60, 5);
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
                        PROCESS))
                .isEqualTo(new Diagnosis(
                        ReleaseReason.NOT_LISTENING,
                        "It listens on 0.0.0.0:8080, not on port 3000: set the app's port to 8080, or make it listen on"
                                + " 0.0.0.0:3000 (the variable PORT says so)."));
        assertThat(Diagnosis.timedOut(symptoms(new Probe.Answer.Refused()), PROCESS)
                        .message())
                .contains("listens on no port")
                .contains("longer than 60 s");
        assertThat(Diagnosis.timedOut(symptoms(new Probe.Answer.Unhealthy("503 Service Unavailable")), PROCESS))
                .satisfies(d -> {
                    assertThat(d.reason()).isEqualTo(ReleaseReason.UNHEALTHY);
                    assertThat(d.message())
                            .contains("GET /up on port 3000")
                            .contains("within 60 s")
                            .contains("503 Service Unavailable");
                });
        assertThat(Diagnosis.timedOut(symptoms(new Probe.Answer.Silent(true)), PROCESS)
                        .reason())
                .isEqualTo(ReleaseReason.UNHEALTHY);
    }

    @Test
    void aLimitThatWasMetIsTheReasonAndWhatElseIsKnownComesAfterIt() {
        assertThat(Diagnosis.timedOut(hit(new LimitsHit(2, 0)), PROCESS)).satisfies(d -> {
            assertThat(d.reason()).isEqualTo(ReleaseReason.OUT_OF_MEMORY);
            assertThat(d.message())
                    .startsWith("2 of its processes were killed for needing more memory than the limit of 64 MiB")
                    .contains("listens on no port");
        });
        assertThat(Diagnosis.timedOut(hit(new LimitsHit(0, 9)), PROCESS)).satisfies(d -> {
            assertThat(d.reason()).isEqualTo(ReleaseReason.PROCESS_LIMIT);
            assertThat(d.message()).contains("limit of 32 processes").contains("listens on no port");
        });
    }

    @Test
    void theLastLinesComeAtTheEnd() {
        Diagnosis diagnosis = new Diagnosis(ReleaseReason.UNHEALTHY, "It is ill.");
        assertThat(diagnosis.withLines(List.of("one", "two")).message()).isEqualTo("It is ill. Last lines:\none\ntwo");
        assertThat(diagnosis.withLines(List.of()).message()).isEqualTo("It is ill. It printed nothing.");
    }

    private static Diagnosis.Symptoms hit(LimitsHit hit) {
        return new Diagnosis.Symptoms(3000, "GET /up on port 3000", new Probe.Answer.Refused(), List.of(), hit);
    }

    private static Diagnosis.Symptoms symptoms(Probe.Answer answer, ListeningSockets.Listener... listeners) {
        return new Diagnosis.Symptoms(3000, "GET /up on port 3000", answer, List.of(listeners), LimitsHit.NONE);
    }
}
