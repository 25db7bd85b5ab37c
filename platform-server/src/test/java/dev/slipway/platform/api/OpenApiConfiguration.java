package dev.slipway.platform.api;

import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import tools.jackson.databind.node.ObjectNode;

/// Generates the OpenAPI document (`docs/openapi.json`) in tests: what can't be read off the controllers.
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
    private static final String DESCRIPTION = """
            All that the dashboard can do. Send an API token: `Authorization: Bearer slw_…`.

            Lists come in pages, newest first: `limit` says how many (at most 100, 20 when not given), and `next` is the address of the \
            following page, null on the last.

            What goes wrong is answered as `application/problem+json` (RFC 9457): `detail` is a sentence for people, `code` a word for programs. \
            Requests with fields that don't exist are refused.""";

    /// What the parameters mean, which are the same everywhere.
    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("app", "An app's name"),
            Map.entry("number", "Of the build or release within its app, from 1"),
            Map.entry("limit", "How many at most"),
            Map.entry(
                    "before",
                    "Only items numbered lower, as in an earlier page's next; of a log, only lines before the one with this id"),
            Map.entry("from", "Number of the first line, from 0"),
            Map.entry("lines", "How many lines at most"),
            Map.entry("id", "As listed"),
            Map.entry("name", "Of the user who is let in"),
            Map.entry("Last-Event-ID", "The id of the last event that came, to get only what is new"),
            Map.entry("range", "How far back: the last hour, 6 hours, day or week"),
            Map.entry("since", "Only lines of then or later: a time in ISO 8601"),
            Map.entry("until", "Only lines before that time"),
            Map.entry("tail", "How many lines, at most 10,000"),
            Map.entry("instance", "Only lines of this instance"),
            Map.entry("release", "Only lines of the release with this number"),
            Map.entry("stream", "Only STDOUT or STDERR; ACCESS for requests, where the app has them written down"),
            Map.entry("q", "Only lines with this text in them, in either case"),
            Map.entry("after", "Only lines behind the one with this id, the oldest first"));

    static {
        SpringDocUtils.getConfig().replaceWithClass(ObjectNode.class, AppSettings.class);
    }

    @Bean
    @Lazy
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Slipway")
                        .version("1")
                        .description(DESCRIPTION)
                        .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
                .servers(List.of(new Server().url("/").description("This platform")))
                .components(new Components()
                        .addSecuritySchemes(
                                "token",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description(
                                                "A personal access token, made in the dashboard or by POST /api/v1/tokens"))
                        .addSchemas("Problem", problem())
                        .addResponses(
                                "Problem",
                                new ApiResponse()
                                        .description("Why it can't be done")
                                        .content(new Content()
                                                .addMediaType(
                                                        "application/problem+json",
                                                        new MediaType()
                                                                .schema(new Schema<>()
                                                                        .$ref("#/components/schemas/Problem"))))))
                .security(List.of(new SecurityRequirement().addList("token")));
    }

    @Bean
    @Lazy
    GlobalOpenApiCustomizer problemsAndParameters() {
        return document -> document.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(OpenApiConfiguration::complete);
    }

    @Bean
    @Lazy
    ModelConverter nullability() {
        return (type, context, chain) -> {
            Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
            RecordNullability.mark(
                    type.getType(), schema == null ? null : definition(schema, context.getDefinedModels()));
            return schema;
        };
    }

    private static Schema<?> definition(Schema<?> schema, @SuppressWarnings("rawtypes") Map<String, Schema> models) {
        String reference = schema.get$ref();
        Schema<?> defined =
                reference == null ? schema : models.get(reference.substring(reference.lastIndexOf('/') + 1));
        return defined == null ? schema : defined;
    }

    private static void complete(Operation operation) {
        ApiResponse problem = new ApiResponse().$ref("#/components/responses/Problem");
        operation.getResponses().addApiResponse("4XX", problem);
        operation.getResponses().addApiResponse("5XX", problem);
        if (operation.getParameters() != null) {
            operation
                    .getParameters()
                    .forEach(parameter -> parameter.setDescription(PARAMETERS.get(parameter.getName())));
        }
    }

    private static Schema<?> problem() {
        return new Schema<>()
                .type("object")
                .types(java.util.Set.of("object"))
                .addProperty("type", new StringSchema().description("about:blank"))
                .addProperty("title", new StringSchema().description("The HTTP status in words"))
                .addProperty("status", new IntegerSchema())
                .addProperty(
                        "detail", new StringSchema().description("A sentence: what was tried, why not, what to do"))
                .addProperty("instance", new StringSchema().description("The address that was asked"))
                .addProperty(
                        "code",
                        new StringSchema()
                                .description(
                                        "A word for programs, such as not_found, conflict, unknown_field, token_expired"))
                .addProperty(
                        "field",
                        new StringSchema().description("The field of the body, or the parameter, that is wrong"));
    }
}
