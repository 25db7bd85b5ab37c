package dev.slipway.ui.apps;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.Bell;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildState;
import dev.slipway.db.events.Event;
import dev.slipway.db.instances.Instance;
import dev.slipway.db.releases.ReleaseState;
import dev.slipway.platform.apps.AppSummary;
import dev.slipway.platform.commands.ScheduleView;
import dev.slipway.platform.releases.ReleaseView;
import dev.slipway.ui.builds.BuildProgress;
import dev.slipway.ui.builds.BuildRow;
import dev.slipway.ui.builds.FailedBuild;
import dev.slipway.ui.commands.FailingSchedules;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.KeyedList;
import dev.slipway.ui.parts.Slot;
import dev.slipway.ui.parts.Tone;
import dev.slipway.ui.releases.CurrentRelease;
import dev.slipway.ui.releases.InstanceRow;
import dev.slipway.ui.releases.ReleaseProgress;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The content of [AppView] for one app.
final class Overview extends Div {
    private static final long serialVersionUID = 1;
    private static final int INSTANCES = 60;
    private static final int EVENTS = 6;
    /// Every push makes several events of which only some are shown here.
    private static final int EVENTS_LOOKED_AT = 60;
    private static final int BUILDS = 10;

    private final String name;
    private final OverviewParts parts;
    private final Slot<String> guide;
    private final Slot<String> notFetched;
    private final Slot<Integer> building;
    private final KeyedList<Integer, Build> waiting;
    private final Section waitingSection;
    private final Slot<Build> failedBuild;
    private final Slot<ReleaseProgress.Picture> releasing;
    private final Slot<List<Instance>> crashing;
    private final Slot<List<ScheduleView>> failing;
    private final Slot<ReleaseView> current;
    private final KeyedList<String, Instance> instances = new KeyedList<>(Instance::id, this::instanceRow);
    private final Section instanceSection = section("Instances", instances);
    private final KeyedList<Long, Event> events = new KeyedList<>(Event::id, EventRow::new);
    private final Section eventSection = section("Latest activity", events);

    private record Picture(
            AppSummary summary,
            List<Build> unfinished,
            @Nullable ReleaseView live,
            @Nullable ReleaseView last,
            List<Instance> instances,
            List<ScheduleView> failing,
            List<Event> events) {}

    Overview(String name, OverviewParts parts) {
        this.name = name;
        this.parts = parts;
        addClassName("page");
        guide = new Slot<>(app -> parts.guides().firstPush(parts.apps().find(app)));
        notFetched = new Slot<>(this::notFetched);
        building = new Slot<>(build -> card(new BuildProgress(name, build, parts.builds()).compact()));
        waiting = new KeyedList<>(Build::number, build -> new BuildRow(name, build));
        waiting.addClassName("rows");
        waitingSection = section("Next", waiting);
        current = new Slot<>(view -> new CurrentRelease(name, view));
        failedBuild = new Slot<>(build -> new FailedBuild(name, build, parts.builds()));
        releasing = new Slot<>(ReleaseProgress::new);
        crashing = new Slot<>(CrashLoops::new);
        failing = new Slot<>(views -> new FailingSchedules(name, views));
        instances.addClassName("rows");
        events.addClassNames("rows", "event-rows");
        RouterLink all = new RouterLink("All activity", ActivityView.class, new RouteParameters("app", name));
        all.addClassName("small");
        eventSection.add(all);
        add(
                guide,
                notFetched,
                building,
                waitingSection,
                failedBuild,
                releasing,
                crashing,
                failing,
                current,
                instanceSection,
                eventSection);
        parts.live().watch(this, Overview::concerns, this::picture, this::show);
    }

    private static boolean concerns(Bell.Ring ring) {
        return ring.topic() != Bell.Topic.LOG && ring.topic() != Bell.Topic.WORKER;
    }

    private Picture picture() {
        return new Picture(
                parts.overview().summary(parts.apps().find(name)),
                unfinished(),
                parts.releases().live(name).orElse(null),
                parts.releases().list(name, Integer.MAX_VALUE, 1).stream()
                        .findFirst()
                        .orElse(null),
                ofInterest(parts.releases().instances(name, INSTANCES)),
                parts.schedules().list(name).stream()
                        .filter(view -> view.failing() && !view.schedule().paused())
                        .toList(),
                parts.apps().events(name, Long.MAX_VALUE, EVENTS_LOOKED_AT).stream()
                        .filter(Overview::isMilestone)
                        .limit(EVENTS)
                        .toList());
    }

    /// The builds that run or wait, in their order: a push during a build doesn't hide it.
    private List<Build> unfinished() {
        return parts.builds().builds().list(name, Integer.MAX_VALUE, BUILDS).stream()
                .filter(build -> !build.state().isFinal())
                .sorted(Comparator.comparing((Build build) -> build.state() != BuildState.RUNNING)
                        .thenComparing(Build::number))
                .toList();
    }

    /// What a push leads to in the end; the steps in between are in the whole list.
    private static boolean isMilestone(Event event) {
        return switch (event.kind()) {
            case BUILD_STARTED,
                    RUN_REQUESTED,
                    RUN_CANCELLED,
                    TERMINAL_OPENED,
                    TERMINAL_CLOSED,
                    RELEASE_CREATED,
                    RELEASE_STARTED,
                    RELEASE_RETIRED,
                    INSTANCE_STARTED,
                    INSTANCE_HEALTHY,
                    INSTANCE_STOPPED -> false;
            case APP_CREATED,
                    APP_CHANGED,
                    APP_DELETED,
                    BUILD_QUEUED,
                    BUILD_RETRIED,
                    BUILD_SUCCEEDED,
                    BUILD_FAILED,
                    BUILD_ERRORED,
                    BUILD_CANCELLED,
                    BUILD_SUPERSEDED,
                    DEPLOYS_PAUSED,
                    DEPLOYS_RESUMED,
                    RELEASE_HELD,
                    RELEASE_LIVE,
                    RELEASE_FAILED,
                    RELEASE_CANCELLED,
                    INSTANCE_FAILED,
                    SCHEDULE_CREATED,
                    SCHEDULE_CHANGED,
                    SCHEDULE_REMOVED,
                    TOKEN_CREATED,
                    TOKEN_REVOKED -> true;
        };
    }

    /// Those that live, and of each process type the last that failed until another got healthy after it.
    ///
    /// @param instances the living, then those that ended, each newest first
    static List<Instance> ofInterest(List<Instance> instances) {
        Stream<Instance> failed = instances.stream()
                .map(Instance::process)
                .distinct()
                .flatMap(type -> lastFailed(
                        instances.stream().filter(i -> i.process().equals(type)).toList()));
        Stream<Instance> living = instances.stream()
                .filter(instance ->
                        instance.state() != Instance.State.STOPPED && instance.state() != Instance.State.FAILED);
        return Stream.concat(living, failed).toList();
    }

    private static Stream<Instance> lastFailed(List<Instance> ofType) {
        Instant healthy = ofType.stream()
                .filter(instance -> instance.stoppedAt() == null)
                .flatMap(instance -> Stream.ofNullable(instance.healthyAt()))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        return ofType.stream()
                .filter(instance -> instance.state() == Instance.State.FAILED)
                .limit(1)
                .filter(last -> last.stoppedAt() == null || last.stoppedAt().isAfter(healthy));
    }

    private void show(Picture picture) {
        AppSummary summary = picture.summary();
        Build last = summary.lastBuild();
        ReleaseView live = picture.live();
        guide.show(last == null ? name : null);
        notFetched.show(last == null ? null : summary.app().fetchError());
        List<Build> unfinished = picture.unfinished();
        building.show(unfinished.isEmpty() ? null : unfinished.getFirst().number());
        List<Build> behind = unfinished.stream().skip(1).toList();
        waiting.show(behind);
        waitingSection.setVisible(!behind.isEmpty());
        failedBuild.show(last != null && isFailed(last) ? last : null);
        ReleaseProgress.Picture progress = progress(picture);
        releasing.show(progress);
        List<Instance> loops = CrashLoops.of(picture.instances());
        crashing.show(loops.isEmpty() ? null : loops);
        failing.show(picture.failing().isEmpty() ? null : picture.failing());
        current.show(live);
        List<Instance> others = progress == null
                ? picture.instances()
                : picture.instances().stream()
                        .filter(instance -> !progress.instances().contains(instance))
                        .toList();
        instances.show(others);
        instanceSection.setVisible(!others.isEmpty());
        events.show(picture.events());
        eventSection.setVisible(last != null);
    }

    private static boolean isFailed(Build build) {
        return build.state() == BuildState.FAILED || build.state() == BuildState.ERRORED;
    }

    private ReleaseProgress.@Nullable Picture progress(Picture picture) {
        ReleaseView last = picture.last();
        if (last == null) {
            return null;
        }
        return switch (last.release().state()) {
            case PENDING, STARTING, FAILED ->
                new ReleaseProgress.Picture(name, last, picture.live(), ofRelease(picture.instances(), last));
            case LIVE, RETIRED, CANCELLED -> null;
        };
    }

    private static List<Instance> ofRelease(List<Instance> instances, ReleaseView view) {
        Long release = view.release().id();
        return view.release().state() == ReleaseState.FAILED
                ? List.of()
                : instances.stream().filter(i -> release.equals(i.releaseId())).toList();
    }

    private Callout notFetched(String sentence) {
        RouterLink repository =
                new RouterLink("Repository and webhook", RepositoryView.class, new RouteParameters("app", name));
        return new Callout(Tone.WARN, "The repository couldn't be fetched: new commits aren't seen", sentence)
                .with(repository);
    }

    private InstanceRow instanceRow(Instance instance) {
        return new InstanceRow(name, instance);
    }

    private static Div card(Component content) {
        Div card = new Div(content);
        card.addClassName("card");
        return card;
    }

    private static Section section(String title, Component... content) {
        Section section = new Section(new H2(title));
        section.addClassName("section");
        section.add(content);
        return section;
    }
}
