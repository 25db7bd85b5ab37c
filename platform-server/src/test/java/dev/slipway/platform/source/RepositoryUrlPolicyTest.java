package dev.slipway.platform.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.platform.Problem;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryUrlPolicyTest {
    private static final RepositoryUrlPolicy POLICY = new RepositoryUrlPolicy("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/owner/name.git",
                "http://git.example.org/x",
                "HTTPS://example.org:8443/a/b",
                "https://[2606:4700::1]/x.git",
                "https://1.1.1.1/x"
            })
    void webUrlsCanBeWatched(String url) {
        assertThat(RepositoryUrlPolicy.refusal(url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file:///etc/passwd                | Files of the server",
                "file:/srv/git/x.git               | Files of the server",
                "/srv/git/x.git                    | Files of the server",
                "../x.git                          | Files of the server",
                "ssh://git@github.com/o/n.git      | SSH URLs",
                "git+ssh://github.com/o/n.git      | SSH URLs",
                "git@github.com:o/n.git            | SSH URLs",
                "github.com:o/n.git                | SSH URLs",
                "git://github.com/o/n.git          | not git:",
                "ftp://example.org/x               | not ftp:",
                "ext::sh -c id                     | no spaces",
                "ext::id                           | not ext:",
                "https://user:pw@example.org/x     | their own fields",
                "https://token@example.org/x       | their own fields",
                "https:///x                        | no host",
                "https:x                           | no host",
                "https://exa_mple.org/x            | no host",
                "https://example.org:0/x           | port",
                "https://example.org:65536/x       | port",
                "https://example.org/x?a=b         | no ?",
                "https://example.org/x#a           | no ?",
                "https://exam ple.org/x            | no spaces",
                "not a url                         | no spaces",
                "''                                | https://",
            })
    void everythingElseIsRefusedWithItsReason(String url, String reason) {
        assertThat(RepositoryUrlPolicy.refusal(url))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, this machine",
        "127.8.9.10, this machine",
        "0.0.0.0, this machine",
        "::1, this machine",
        "::, this machine",
        "169.254.169.254, link-local",
        "fe80::1, link-local",
        "10.1.2.3, private",
        "172.16.0.1, private",
        "172.31.255.255, private",
        "192.168.1.1, private",
        "fd00::1, private",
        "fec0::1, private",
        "100.64.0.1, provider",
        "100.127.255.255, provider",
        "224.0.0.1, multicast",
        "255.255.255.255, multicast",
        "ff02::1, multicast",
        "192.0.2.1, reserved",
        "198.18.0.1, reserved",
        "203.0.113.9, reserved",
        "240.0.0.1, reserved",
        "2001:db8::1, reserved",
        "2001::1, reserved",
        "::ffff:127.0.0.1, this machine",
        "::ffff:10.0.0.1, private",
        "::ffff:169.254.169.254, link-local",
        "::127.0.0.1, this machine",
        "64:ff9b::7f00:1, this machine",
        "64:ff9b::a9fe:a9fe, link-local",
        "2002:7f00:1::, this machine",
        "2002:a00:1::1, private",
    })
    void addressesThatArentPublicAreRefused(String address, String kind) throws Exception {
        assertThat(POLICY.refusal("git.example.org", InetAddress.getByName(address)))
                .hasValueSatisfying(sentence ->
                        assertThat(sentence).contains("git.example.org").contains(kind));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "140.82.121.3",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.167.0.1",
                "11.0.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::8c52:7903"
            })
    void publicAddressesAreNot(String address) throws Exception {
        assertThat(POLICY.refusal("git.example.org", InetAddress.getByName(address)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1                  | 127.0.0.1",
                "127.0.0.0/8                | 127.9.9.9",
                "10.0.0.0/8, 192.168.0.0/16 | 192.168.4.5",
                "fd00::/8                   | fd12::1",
                "git.internal               | 10.0.0.1",
                "GIT.internal.              | 10.0.0.1",
            })
    void whatTheSettingNamesIsAllowed(String setting, String address) throws Exception {
        assertThat(new RepositoryUrlPolicy(setting).refusal("git.internal", InetAddress.getByName(address)))
                .isEmpty();
    }

    @Test
    void andNothingBesides() throws Exception {
        RepositoryUrlPolicy policy = new RepositoryUrlPolicy("10.1.0.0/16, git.internal");
        assertThat(policy.refusal("other.internal", InetAddress.getByName("10.2.0.1")))
                .isPresent();
        assertThat(policy.refusal("evil-git.internal", InetAddress.getByName("127.0.0.1")))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/x",
                "http://localhost:8081/x",
                "http://[::1]/x",
                "http://[::ffff:127.0.0.1]/x",
                "http://169.254.169.254/latest/meta-data"
            })
    void savingSuchAUrlSaysWhy(String url) {
        assertThatThrownBy(() -> POLICY.check(url)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID);
            assertThat(problem.sentence())
                    .containsPattern("SLIPWAY_ALLOW_PRIVATE_REPOSITORIES=[a-z0-9.:]+ in settings.env");
        });
        assertThatCode(() -> new RepositoryUrlPolicy("127.0.0.1,localhost,::1,169.254.0.0/16").check(url))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://2130706433/x", "http://0x7f.1/x", "http://127.1/x", "http://127.0.0.1./x"})
    void otherWaysToWriteLoopbackDontHelp(String url) {
        assertThatThrownBy(() -> POLICY.check(url)).isInstanceOf(Problem.class);
    }
}
