package dev.slipway.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.db.images.Digest;
import dev.slipway.db.registry.Reference;
import dev.slipway.db.registry.RepositoryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
    private static final String HEX = "a".repeat(64);
    private static final Digest DIGEST = new Digest("sha256:" + HEX);
    private static final String ID = "01234567-89ab-cdef-0123-456789abcdef";

    @Test
    void everyPathOfTheSpecHasItsRoute() {
        assertThat(Route.parse("/")).isEqualTo(new Route.Base());
        assertThat(Route.parse("")).isEqualTo(new Route.Base());
        assertThat(Route.parse("/_catalog")).isEqualTo(new Route.Catalog());
        assertThat(Route.parse("/shop/tags/list")).isEqualTo(new Route.Tags(new RepositoryName("shop")));
        assertThat(Route.parse("/shop/blobs/sha256:" + HEX))
                .isEqualTo(new Route.Blob(new RepositoryName("shop"), DIGEST));
        assertThat(Route.parse("/shop/blobs/uploads/")).isEqualTo(new Route.NewUpload(new RepositoryName("shop")));
        assertThat(Route.parse("/shop/blobs/uploads")).isEqualTo(new Route.NewUpload(new RepositoryName("shop")));
        assertThat(Route.parse("/shop/blobs/uploads/" + ID))
                .isEqualTo(new Route.OpenUpload(new RepositoryName("shop"), new UploadId(ID)));
        assertThat(Route.parse("/shop/manifests/v1"))
                .isEqualTo(new Route.Manifest(new RepositoryName("shop"), new Reference.Tag("v1")));
        assertThat(Route.parse("/shop/manifests/sha256:" + HEX))
                .isEqualTo(new Route.Manifest(new RepositoryName("shop"), new Reference.ByDigest(DIGEST)));
        assertThat(Route.parse("/shop/referrers/sha256:" + HEX))
                .isEqualTo(new Route.Referrers(new RepositoryName("shop"), DIGEST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a/b/c",
                "a.b_c__d-e---f",
                "blobs/uploads",
                "manifests/tags",
                "tags/list",
                "a/blobs/blobs",
                "0"
            })
    void aNameMayHaveSlashesAndEvenTheWordsOfThePaths(String name) {
        RepositoryName repository = new RepositoryName(name);
        assertThat(Route.parse("/" + name + "/tags/list")).isEqualTo(new Route.Tags(repository));
        assertThat(Route.parse("/" + name + "/manifests/list"))
                .isEqualTo(new Route.Manifest(repository, new Reference.Tag("list")));
        assertThat(Route.parse("/" + name + "/blobs/uploads/")).isEqualTo(new Route.NewUpload(repository));
        assertThat(Route.parse("/" + name + "/blobs/uploads/" + ID))
                .isEqualTo(new Route.OpenUpload(repository, new UploadId(ID)));
        assertThat(Route.parse("/" + name + "/blobs/sha256:" + HEX)).isEqualTo(new Route.Blob(repository, DIGEST));
    }

    @ParameterizedTest
    @CsvSource({
        "/shop, UNSUPPORTED",
        "/shop/, UNSUPPORTED",
        "/shop/x, UNSUPPORTED",
        "/shop/x/y, UNSUPPORTED",
        "//, UNSUPPORTED",
        "/tags/list, UNSUPPORTED",
        "/Shop/tags/list, NAME_INVALID",
        "/../tags/list, NAME_INVALID",
        "/a/../b/tags/list, NAME_INVALID",
        "/a//b/tags/list, NAME_INVALID",
        "/-a/tags/list, NAME_INVALID",
        "/a_/tags/list, NAME_INVALID",
        "/a~b/tags/list, NAME_INVALID",
        "/a..b/tags/list, NAME_INVALID",
        "/shop/blobs/, DIGEST_INVALID",
        "/shop/blobs/latest, DIGEST_INVALID",
        "/shop/blobs/sha256:../../x, UNSUPPORTED",
        "/shop/blobs/sha256:AA, DIGEST_INVALID",
        "/shop/blobs/md5:00, DIGEST_INVALID",
        "/shop/blobs/uploads/.., BLOB_UPLOAD_UNKNOWN",
        "/shop/blobs/uploads/x~y, BLOB_UPLOAD_UNKNOWN",
        "/shop/manifests/, MANIFEST_INVALID",
        "/shop/manifests/.., MANIFEST_INVALID",
        "/shop/manifests/sha256:x, DIGEST_INVALID",
        "/shop/referrers/v1, DIGEST_INVALID"
    })
    void anythingElseIsRefused(String path, ErrorCode code) {
        assertThatThrownBy(() -> Route.parse(path))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void namesAndTagsHaveTheirLimits() {
        assertThat(Route.parse("/" + "a".repeat(200) + "/tags/list")).isInstanceOf(Route.Tags.class);
        assertThatThrownBy(() -> Route.parse("/" + "a".repeat(201) + "/tags/list"))
                .isInstanceOf(RegistryException.class);
        assertThat(Route.parse("/a/manifests/" + "t".repeat(128))).isInstanceOf(Route.Manifest.class);
        assertThatThrownBy(() -> Route.parse("/a/manifests/" + "t".repeat(129))).isInstanceOf(RegistryException.class);
    }
}
