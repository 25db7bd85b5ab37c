package dev.slipway.platform.api;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells the OpenAPI document what the code knows: components of records are always there unless they are
/// `@Nullable`.
final class RecordNullability {
    private RecordNullability() {}

    static void mark(Type type, @Nullable Schema<?> schema) {
        Class<?> record = raw(type);
        if (!record.isRecord() || schema == null || schema.getProperties() == null) {
            return;
        }
        List<String> required = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            Schema<?> property = schema.getProperties().get(component.getName());
            if (property != null && isNullable(component)) {
                schema.getProperties().put(component.getName(), orNull(property));
            } else if (property != null) {
                required.add(component.getName());
            }
        }
        schema.setRequired(required.isEmpty() ? null : required);
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static Class<?> raw(Type type) {
        return switch (type) {
            case JavaType java -> java.getRawClass();
            case ParameterizedType generic -> raw(generic.getRawType());
            case Class<?> simple -> simple;
            default -> Object.class;
        };
    }

    @SuppressWarnings("rawtypes")
    private static Schema orNull(Schema<?> property) {
        if (property.getAnyOf() != null) {
            return property;
        }
        Set<String> present = property.getTypes();
        if (present == null) {
            return new Schema<>().anyOf(List.of(property, new Schema<>().types(Set.of("null"))));
        }
        Set<String> types = new LinkedHashSet<>(present);
        types.add("null");
        property.setTypes(types);
        if (property.getEnum() != null && !property.getEnum().contains(null)) {
            property.addEnumItemObject(null);
        }
        return property;
    }
}
