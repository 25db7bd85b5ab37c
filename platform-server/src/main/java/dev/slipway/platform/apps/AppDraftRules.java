package dev.slipway.platform.apps;

import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.apps.Source;
import dev.slipway.db.releases.Processes;
import dev.slipway.platform.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.springframework.stereotype.Component;

/// What an app's settings may be.
@Component
class AppDraftRules {
    private static final Pattern STAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
    private static final Pattern ARGUMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final int PATH_LIMIT = 255;
    private static final int ARGUMENTS_LIMIT = 100;
    private static final int SECRETS_LIMIT = 50;
    private static final int VALUE_LIMIT = 16_384;

    private final List<RepositoryUrlRule> urlRules;

    AppDraftRules(List<RepositoryUrlRule> urlRules) {
        this.urlRules = urlRules;
    }

    /// All but the repository.
    ///
    /// @throws Problem INVALID with the first thing that is wrong
    Source check(AppDraft draft) {
        require(
                Repository.isValidRefName(Constants.R_HEADS + draft.branch())
                        && draft.branch().length() <= PATH_LIMIT,
                "\"" + abbreviate(draft.branch()) + "\" can't be a branch's name.");
        checkBuild(draft.build());
        require(
                draft.processes().others().size() <= Processes.MOST_OTHERS,
                "An app can have web and at most " + Processes.MOST_OTHERS + " other process types.");
        String url = draft.repositoryUrl();
        if (url == null) {
            return new Source.Hosted(draft.branch());
        }
        require(
                draft.pollSeconds() >= 5 && draft.pollSeconds() <= 86_400,
                "A repository can be polled every 5 seconds to every 24 hours.");
        return new Source.Watched(url, draft.branch(), draft.pollSeconds());
    }

    /// Looks up where the repository is, which takes its time: nothing should be locked meanwhile.
    ///
    /// @throws Problem INVALID when it can't be watched
    void checkRepository(AppDraft draft) {
        String url = draft.repositoryUrl();
        if (url != null) {
            urlRules.forEach(rule -> rule.check(url));
        }
    }

    private static void checkBuild(BuildSettings build) {
        require(isInside(build.contextDir()), "The context directory must be a path inside the repository.");
        require(
                !build.dockerfile().isBlank() && isInside(build.dockerfile()),
                "The Dockerfile must be a path inside the context directory.");
        String stage = build.targetStage();
        require(stage == null || STAGE.matcher(stage).matches(), "The target stage isn't a stage's name.");
        require(
                build.timeoutSeconds() >= 10 && build.timeoutSeconds() <= 86_400,
                "A build's time limit must be between 10 seconds and 24 hours.");
        require(
                build.buildArgs().size() <= ARGUMENTS_LIMIT,
                "There can be at most " + ARGUMENTS_LIMIT + " build arguments.");
        checkSecrets(build.secrets());
        for (Map.Entry<String, String> argument : build.buildArgs().entrySet()) {
            require(
                    ARGUMENT.matcher(argument.getKey()).matches(),
                    "\"" + abbreviate(argument.getKey()) + "\" can't be a build argument's name.");
            require(
                    argument.getValue().length() <= VALUE_LIMIT
                            && argument.getValue().indexOf('\0') < 0,
                    "The value of build argument " + argument.getKey() + " is too long or has a NUL in it.");
        }
    }

    private static void checkSecrets(List<String> secrets) {
        require(secrets.size() <= SECRETS_LIMIT, "Builds can get at most " + SECRETS_LIMIT + " secrets.");
        for (String name : secrets) {
            require(
                    ARGUMENT.matcher(name).matches(),
                    "\"" + abbreviate(name)
                            + "\" can't be a secret's name. It is the name of one of the app's variables.");
        }
        require(Set.copyOf(secrets).size() == secrets.size(), "A secret for builds is named twice. Once is enough.");
    }

    private static boolean isInside(String path) {
        return path.length() <= PATH_LIMIT
                && !path.startsWith("/")
                && path.chars().allMatch(c -> c >= ' ' && c != 127)
                && List.of(path.split("/", -1)).stream().noneMatch(".."::equals);
    }

    private static void require(boolean valid, String sentence) {
        if (!valid) {
            throw Problem.invalid(sentence);
        }
    }

    private static String abbreviate(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
