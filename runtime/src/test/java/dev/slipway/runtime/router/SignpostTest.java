package dev.slipway.runtime.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignpostTest {
    private static final Domains DOMAINS = new Domains(List.of(
            route("shop", "shop.test", "/", false),
            route("api", "shop.test", "/api", true),
            route("deep", "shop.test", "/api/v2", false),
            route("any", "*.shop.test", "/", false),
            route("only", "only.test", "/here", false),
            secured("bank", "bank.test"),
            secured("bare", "bare.test"),
            moved("shop", "www.shop.test", "shop.test", 301),
            moved("bank", "www.bank.test", "bank.test", 308),
            moved("shop", "old.test", "elsewhere.test", 302)));

    private final FrontRules rules = new FrontRules(
            DOMAINS,
            new Certificates(Map.of("bank.test", List.of(entry()), "plat.test", List.of(entry()))),
            Map.of("tok-1", "tok-1.thumb"));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // host, target → app, its target, prefix
                "shop.test, /, shop, /, -",
                "SHOP.test., /x?y=1, shop, /x?y=1, -",
                "shop.test:8080, /apis, shop, /apis, -",
                "shop.test, /api, api, /, /api",
                "shop.test, /api?q, api, /?q, /api",
                "shop.test, /api/, api, /, /api",
                "shop.test, /api/v1/x?y, api, /v1/x?y, /api",
                "shop.test, /api/v2, deep, /api/v2, -",
                "shop.test, /api/v2/x, deep, /api/v2/x, -",
                "shop.test, /api/v20, api, /v20, /api",
                "shop.test, /%61pi/x, shop, /%61pi/x, -",
                "x.shop.test, /, any, /, -",
                "only.test, /here/x, only, /here/x, -",
                "blog.plat.test, /api, blog, /api, -",
                "bare.test, /, bare, /, -",
            })
    void anAppByHostAndLongestPath(String host, String target, String app, String uri, String prefix) {
        assertThat(plain(host, target)).isEqualTo(new Destination.App(app, uri, prefix == null ? "" : prefix, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "unknown.test, /",
        "only.test, /",
        "only.test, /hereabouts",
        "x.y.shop.test, /",
        "test, /",
        "a.blog.plat.test, /",
    })
    void nobody(String host, String target) {
        assertThat(plain(host, target)).isEqualTo(new Destination.Stranger());
    }

    @ParameterizedTest
    @CsvSource({"plat.test", "localhost:8080", "127.0.0.1", "[::1]:8080"})
    void thePlatform(String host) {
        assertThat(plain(host, "/")).isEqualTo(new Destination.Platform());
    }

    @ParameterizedTest
    @CsvSource({
        // listens on 8080 and 8443
        "shop, www.shop.test:8080, false, 301, http://shop.test:8080/a?b",
        "shop, www.shop.test:8443, true, 301, https://shop.test:8443/a?b",
        // no port was said, so 80 and 443 are passed on to us
        "shop, www.shop.test, false, 301, http://shop.test/a?b",
        "shop, www.shop.test, true, 301, https://shop.test/a?b",
        // straight to https, in one step
        "bank, www.bank.test:8080, false, 308, https://bank.test:8443/a?b",
        "shop, old.test, false, 302, http://elsewhere.test/a?b",
        "bank, bank.test, false, 308, https://bank.test/a?b",
        "bank, bank.test:8080, false, 308, https://bank.test:8443/a?b",
    })
    void elsewhere(String app, String host, boolean secure, int status, String location) {
        assertThat(of(settings(8080, 8443, false), host, "/a?b", secure))
                .isEqualTo(new Destination.Elsewhere(app, location, status));
    }

    @Test
    void whoCameByTlsThroughAProxyGoesBackThroughIt() {
        FrontDoorSettings behindProxy = settings(8080, 0, true);
        assertThat(of(behindProxy, "www.shop.test", "/a?b", true))
                .isEqualTo(new Destination.Elsewhere("shop", "https://shop.test/a?b", 301));
        assertThat(of(behindProxy, "www.shop.test:9443", "/a?b", true))
                .isEqualTo(new Destination.Elsewhere("shop", "https://shop.test:9443/a?b", 301));
    }

    @Test
    void onStandardPortsNoPortIsSaid() {
        assertThat(of(settings(80, 443, false), "bank.test", "/", false))
                .isEqualTo(new Destination.Elsewhere("bank", "https://bank.test/", 308));
        assertThat(of(settings(80, 8443, false), "bank.test", "/", false))
                .isEqualTo(new Destination.Elsewhere("bank", "https://bank.test:8443/", 308));
    }

    @Test
    void nobodyIsSentToHttpsWhereItCouldNotAnswer() {
        assertThat(of(settings(80, 0, false), "bank.test", "/", false))
                .isEqualTo(new Destination.App("bank", "/", "", 0));
        assertThat(of(settings(80, 443, false), "bare.test", "/", false))
                .isEqualTo(new Destination.App("bare", "/", "", 0));
    }

    @Test
    void onlyHttpsSaysThatThereIsOnlyHttps() {
        assertThat(of(settings(80, 443, false), "bank.test", "/", true))
                .isEqualTo(new Destination.App("bank", "/", "", 600));
    }

    @Test
    void thePlatformsNamesAreSecuredWhereTheyHaveACertificate() {
        FrontDoorSettings secured = settings(80, 443, true);
        assertThat(of(secured, "plat.test", "/login", false))
                .isEqualTo(new Destination.Elsewhere("", "https://plat.test/login", 308));
        assertThat(of(secured, "plat.test", "/login", true)).isEqualTo(new Destination.Platform());
        assertThat(of(secured, "localhost", "/login", false)).isEqualTo(new Destination.Platform());
        assertThat(of(secured, "blog.plat.test", "/", false)).isEqualTo(new Destination.App("blog", "/", "", 0));
    }

    @Test
    void anAuthorityIsAnsweredAtAnyHostBeforeAllElse() {
        String path = "/.well-known/acme-challenge/";
        Destination proof = new Destination.Authority("tok-1.thumb");
        assertThat(plain("bank.test", path + "tok-1")).isEqualTo(proof);
        assertThat(plain("www.bank.test", path + "tok-1")).isEqualTo(proof);
        assertThat(plain("plat.test", path + "tok-1")).isEqualTo(proof);
        assertThat(plain("shop.test", path + "tok-2")).isEqualTo(new Destination.App("shop", path + "tok-2", "", 0));
        // an authority that a proxy before us redirected to https
        assertThat(of(settings(80, 0, false), "shop.test", path + "tok-1", true))
                .isEqualTo(proof);
    }

    private Destination plain(String host, String target) {
        return of(settings(8080, 8443, false), host, target, false);
    }

    private Destination of(FrontDoorSettings settings, String host, String target, boolean secure) {
        HostHeader header = HostHeader.parse(host).orElseThrow();
        return new Signpost(settings).of(new Signpost.Asked(header, target, secure), rules);
    }

    private static FrontDoorSettings settings(int port, int httpsPort, boolean forceHttps) {
        return new FrontDoorSettings(
                new FrontDoorSettings.Listen("127.0.0.1", port, httpsPort, forceHttps),
                "plat.test",
                1,
                FrontDoorSettings.Limits.DEFAULT);
    }

    private static DomainRoute route(String app, String host, String path, boolean strip) {
        return new DomainRoute(app, host, path, strip, Optional.empty(), false, 0);
    }

    private static DomainRoute secured(String app, String host) {
        return new DomainRoute(app, host, "/", false, Optional.empty(), true, 600);
    }

    private static DomainRoute moved(String app, String host, String to, int status) {
        return new DomainRoute(app, host, "/", false, Optional.of(new DomainRoute.Redirect(to, status)), false, 0);
    }

    private static Certificates.Entry entry() {
        return new Certificates.Entry(
                "1", dev.slipway.db.testing.TestCertificates.ecKey().getPrivate(), List.of());
    }
}
