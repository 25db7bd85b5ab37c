package dev.slipway.platform.api;

import dev.slipway.platform.Problem;
import dev.slipway.platform.access.Standing;
import dev.slipway.platform.commands.TerminalService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.URI;
import java.security.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// A terminal in a container of its own, over a WebSocket.
@Tag(name = "Commands")
@RestController
@RequestMapping("/api/v1/apps/{app}/terminal")
class TerminalController {
    private final TerminalService terminals;
    private final Standing standing;
    private final JsonMapper json;

    TerminalController(TerminalService terminals, Standing standing, JsonMapper json) {
        this.terminals = terminals;
        this.standing = standing;
        this.json = json;
    }

    /// Binary messages are what the terminal shows and what is typed. Text messages are JSON: `{"columns": 80,
    /// "rows": 24}` resizes; `{"shown": 4096}` says how many bytes more were shown, and without it no more than
    /// 256 KiB come; `{"ended": "It ended with exit code 0."}` is the last from here.
    @Operation(
            operationId = "openTerminal",
            summary = "A terminal in a new container of the live release, as a WebSocket; it ends with the connection")
    @ApiResponse(responseCode = "101", description = "Binary messages are bytes of the terminal, text messages JSON")
    @GetMapping
    void open(
            @PathVariable String app,
            @Schema(description = "What is run in it; default sh") @RequestParam @Nullable String line,
            @RequestParam(defaultValue = "80") int columns,
            @RequestParam(defaultValue = "24") int rows,
            Principal caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, ServletException, DeploymentException {
        TerminalService.Wish wish = terminals.wish(app, line, columns, rows, caller.getName());
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            throw Problem.invalid("A terminal is a WebSocket: send Upgrade: websocket.");
        }
        if (!sameOrigin(request)) {
            throw new Problem(Problem.Kind.REFUSED, "A page of another site can't open a terminal.");
        }
        ServerContainer container =
                (ServerContainer) request.getServletContext().getAttribute(ServerContainer.class.getName());
        TerminalSocket socket = new TerminalSocket(terminals, wish, standing.of(request), json);
        container.upgradeHttpToWebSocket(
                request,
                response,
                ServerEndpointConfig.Builder.create(TerminalSocket.class, "/terminal")
                        .configurator(new ServerEndpointConfig.Configurator() {
                            @Override
                            public <T> T getEndpointInstance(Class<T> type) {
                                return type.cast(socket);
                            }
                        })
                        .build(),
                Map.of());
    }

    /// Browsers send cookies with WebSockets of any page, and say which page it is. Programs say nothing.
    private static boolean sameOrigin(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return true;
        }
        try {
            String authority = URI.create(origin).getAuthority();
            return authority != null && authority.equalsIgnoreCase(request.getHeader(HttpHeaders.HOST));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
