package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.Source;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.platform.apps.RepositoryCredentials;
import dev.slipway.platform.testing.Given;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/// What becomes of a watched repository's credentials when its app is changed.
class RepositoryCredentialsApiTest extends ApiTest {
    @Autowired
    private MasterKey masterKey;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'repositoryPassword': 'renewed'                        | ada | renewed
            'repositoryUser': 'eve'                                | eve | secret
            'repositoryUser': 'eve', 'repositoryPassword': 'other' | eve | other
            'branch': 'next'                                       | ada | secret
            """)
    void aPatchOfTheCredentialsKeepsTheHalfThatIsntGiven(String change, String user, String password) {
        String name = Given.name("watched");
        client.post("/api/v1/apps", """
                {'name': '%s', 'repositoryUrl': 'https://127.0.0.1/shop.git', 'repositoryUser': 'ada', 'repositoryPassword': 'secret'}
                """.formatted(name));
        assertThat(client.send("PATCH", "/api/v1/apps/" + name, "{" + change + "}")
                        .status())
                .isEqualTo(200);
        assertThat(credentials(name)).contains(new RepositoryCredentials(user, password));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            https://127.0.0.1/other.git                                   | ada/secret | true
            HTTPS://127.0.0.1:443/shop.git                                | ada/secret | true
            http://127.0.0.1/shop.git                                     | none       | false
            https://127.0.0.1:8443/shop.git                               | none       | false
            https://127.0.0.2/shop.git                                    | none       | false
            https://127.0.0.2/shop.git', 'repositoryPassword': 'new       | /new       | true
            """)
    void credentialsGoToNoOtherServerThanTheOneTheyWereGivenFor(String url, String kept, boolean shown) {
        String name = Given.name("watched");
        client.post("/api/v1/apps", """
                {'name': '%s', 'repositoryUrl': 'https://127.0.0.1/shop.git', 'repositoryUser': 'ada', 'repositoryPassword': 'secret'}
                """.formatted(name));
        JsonNode app = client.send("PATCH", "/api/v1/apps/" + name, "{'repositoryUrl': '" + url + "'}")
                .json();
        assertThat(app.path("repositoryCredentials").asBoolean()).isEqualTo(shown);
        assertThat(credentials(name)
                        .map(stored -> stored.user() + "/" + stored.password())
                        .orElse("none"))
                .isEqualTo(kept);
        assertThat(apps.events(name, Long.MAX_VALUE, 1).getFirst().message().contains("were forgotten"))
                .isEqualTo(!kept.equals("ada/secret"));
    }

    private Optional<RepositoryCredentials> credentials(String name) {
        App app = apps.find(name);
        Source.Watched source = (Source.Watched) app.source();
        return Optional.ofNullable(new AppStore(database).repositorySecret(app.id(), source.url()))
                .map(secret -> RepositoryCredentials.decrypt(masterKey, secret));
    }
}
