package dev.slipway.platform.source;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// `POST /hooks/<app>`: open to everybody; what counts is that the caller knows the secret. Most show it by
/// a signature over the body as it came, so the body is read raw.
@RestController
class WebhookController {
    static final int BODY_LIMIT = 1 << 20;

    private final Webhooks webhooks;

    WebhookController(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @PostMapping("/hooks/{app}")
    ResponseEntity<Object> receive(@PathVariable String app, HttpServletRequest request) throws IOException {
        byte[] body = body(request);
        if (body.length > BODY_LIMIT) {
            return answer(new Webhooks.Answer(413, "A webhook's body may have at most 1 MiB."));
        }
        return answer(webhooks.receive(app, WebhookCall.of(request::getHeader, request.getContentType(), body)));
    }

    /// At most one byte more than the limit.
    private static byte[] body(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > BODY_LIMIT) {
            return new byte[BODY_LIMIT + 1];
        }
        try (InputStream in = request.getInputStream()) {
            return in.readNBytes(BODY_LIMIT + 1);
        }
    }

    private static ResponseEntity<Object> answer(Webhooks.Answer answer) {
        if (answer.status() < 400) {
            return ResponseEntity.status(answer.status())
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Map.of("message", answer.sentence()));
        }
        ProblemDetail problem = ProblemDetail.forStatus(answer.status());
        problem.setDetail(answer.sentence());
        return ResponseEntity.status(answer.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
