package dev.slipway.platform.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Whether who was let in would still be, for what outlives its request: a token may be revoked meanwhile, or expire.
@Component
public class Standing {
    private static final Logger log = LoggerFactory.getLogger(Standing.class);

    private final TokenCheck tokens;

    Standing(TokenCheck tokens) {
        this.tokens = tokens;
    }

    /// To be asked again and again; always true of a request without a token, whose session ends what it began.
    public BooleanSupplier of(HttpServletRequest request) {
        return Credentials.ofBearer(request)
                .<BooleanSupplier>map(token -> () -> isGood(token))
                .orElse(() -> true);
    }

    /// While the database is away a token stays what it was.
    private boolean isGood(String token) {
        try {
            return tokens.isGood(token);
        } catch (DataAccessException | TransactionException e) {
            log.debug("can't look at a token", e);
            return true;
        }
    }
}
