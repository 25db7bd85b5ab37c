package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.platform.testing.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest extends ApiTest {
    private static final Path COMMITTED = Path.of("../docs/openapi.json");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping handlers;

    @Autowired
    private OpenApiWebMvcResource springdoc;

    @Test
    void theDocumentNeedsALogIn() {
        assertThat(new Client(client.port()).get("/api/v1/openapi").status()).isEqualTo(401);
    }

    @Test
    void everyRouteOfTheApiIsInTheDocumentWithASummaryAndItsProblems() {
        JsonNode paths = generated().path("paths");
        List<String> missing = new ArrayList<>();
        handlers.getHandlerMethods().keySet().forEach(route -> {
            for (String pattern : route.getPatternValues()) {
                for (RequestMethod method : route.getMethodsCondition().getMethods()) {
                    JsonNode operation = paths.path(pattern).path(method.name().toLowerCase(Locale.ROOT));
                    boolean described = operation.path("summary").isString()
                            && operation.path("responses").has("4XX");
                    if (pattern.startsWith("/api/v1/") && !described) {
                        missing.add(method + " " + pattern);
                    }
                }
            }
        });
        assertThat(missing).isEmpty();
    }

    @Test
    void operationsHaveNamesOfTheirOwnThatDontDependOnOrder() {
        List<String> names = generated().path("paths").findValuesAsString("operationId");
        assertThat(names).doesNotHaveDuplicates().noneMatch(name -> name.contains("_"));
    }

    @Test
    void theSchemasSayWhatIsAlwaysThereAndWhatMayBeNull() {
        JsonNode build = generated().path("components").path("schemas").path("BuildView");
        assertThat(build.path("required").valueStream().map(JsonNode::asString))
                .contains("number", "state", "commit")
                .doesNotContain("message");
        JsonNode message = build.path("properties").path("message").path("type");
        assertThat(message.valueStream().map(JsonNode::asString)).containsExactlyInAnyOrder("string", "null");
    }

    @Test
    void theCommittedDocumentIsWhatTheControllersSay() throws IOException {
        String generated =
                JsonMapper.builder()
                                .enable(SerializationFeature.INDENT_OUTPUT)
                                .build()
                                .writeValueAsString(generated()) + "\n";
        Path fresh = Files.writeString(Path.of("target/openapi.json"), generated);
        assertThat(Files.readString(COMMITTED).equals(generated))
                .as("docs/openapi.json is stale: copy %s over it", fresh.toAbsolutePath())
                .isTrue();
    }

    @Test
    void theCommittedDocumentIsServed() throws IOException {
        Client.Answer answer = client.get("/api/v1/openapi");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.body()).isEqualTo(Files.readString(COMMITTED));
    }

    private JsonNode generated() {
        try {
            return JsonMapper.builder()
                    .build()
                    .readTree(springdoc.openapiJson(new MockHttpServletRequest(), "/v3/api-docs", Locale.ENGLISH));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
