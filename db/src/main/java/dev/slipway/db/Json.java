package dev.slipway.db;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Values in `jsonb` columns.
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /// @throws IllegalStateException when the column doesn't hold such a value
    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw new IllegalStateException("not a " + type.getSimpleName() + ": " + json, e);
        }
    }
}
