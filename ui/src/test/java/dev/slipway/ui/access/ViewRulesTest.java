package dev.slipway.ui.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.vaadin.flow.router.Route;
import dev.slipway.platform.access.AccessPolicy;
import dev.slipway.platform.access.AccessPolicy.Rule;
import dev.slipway.platform.access.AccessPolicy.Who;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ViewRulesTest {
    private static final List<JavaClass> VIEWS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.slipway.ui").stream()
                    .filter(type -> type.isAnnotatedWith(Route.class))
                    .toList();

    @Test
    void everyViewHasARule() {
        assertThat(VIEWS).hasSizeGreaterThan(10);
        Map<String, Optional<Rule>> rules =
                VIEWS.stream().collect(Collectors.toMap(JavaClass::getSimpleName, ViewRulesTest::rule));
        assertThat(rules)
                .allSatisfy(
                        (view, rule) -> assertThat(rule).as("rule of %s", view).isPresent());
    }

    @Test
    void onlyTheLogInIsForEverybody() {
        List<String> open = VIEWS.stream()
                .filter(view -> rule(view)
                        .map(Rule::who)
                        .filter(who -> who == Who.ANYBODY)
                        .isPresent())
                .map(JavaClass::getSimpleName)
                .toList();
        assertThat(open).containsExactly("LoginView");
    }

    @Test
    void aViewWithoutARuleIsDenied() {
        assertThat(AccessPolicy.ruleOfView("not-in-the-table")).isEmpty();
    }

    private static Optional<Rule> rule(JavaClass view) {
        return AccessPolicy.ruleOfView(view.getAnnotationOfType(Route.class).value());
    }
}
