package dev.slipway.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What a request costs of the processor: our router, nginx and Caddy, which take turns. 1 KiB from the same
/// upstream, kept-alive connections, a hundred routes, all on loopback.
final class RouterBench {
    private static final int CONNECTIONS = 32;
    private static final int WARMING = 4;
    private static final int TURNS = 7;
    private static final int REQUESTS = 60_000;
    private static final int QUICK_TURNS = 3;
    private static final int QUICK_REQUESTS = 20_000;

    private RouterBench() {}

    static List<Figure> run(Benchmark.Setting setting) {
        Map<String, String> environment = System.getenv();
        int turns = setting.quick() ? QUICK_TURNS : TURNS;
        int requests = setting.quick() ? QUICK_REQUESTS : REQUESTS;
        List<Costs> started = new ArrayList<>();
        try (TinyUpstream upstream = new TinyUpstream()) {
            Path scratch = setting.scratch();
            for (Contender contender : List.of(
                    Contender.slipway(scratch, upstream.port(), environment),
                    Contender.nginx(scratch, "127.0.0.1:" + upstream.port(), environment),
                    Contender.caddy(scratch, upstream.port(), Platform.need(environment, "SLIPWAY_BENCH_CADDY")))) {
                started.add(new Costs(StartedRouter.of(contender, scratch), new ArrayList<>()));
            }
            for (int round = 0; round < WARMING; round++) { // a router runs for weeks: compilers' work isn't its cost
                started.forEach(each -> load(each.router().contender(), requests));
            }
            for (int turn = 0; turn < turns; turn++) {
                for (Costs each : started) {
                    each.costs().add(cost(each.router(), requests));
                }
            }
            print(started);
        } finally {
            started.forEach(each -> each.router().close());
        }
        double ours = started.getFirst().median();
        return List.of(
                new Figure("router_cpu_to_nginx", ours / started.get(1).median(), 2.0),
                new Figure("router_cpu_to_caddy", ours / started.get(2).median(), 0.3));
    }

    /// A router, and what a request cost it in each turn.
    private record Costs(StartedRouter router, List<Double> costs) {
        double median() {
            List<Double> sorted = costs.stream().sorted().toList();
            return sorted.get(sorted.size() / 2);
        }
    }

    /// Microseconds of the processor for a request.
    private static double cost(StartedRouter router, int requests) {
        Duration before = CpuTime.of(router.process().toHandle());
        load(router.contender(), requests);
        Duration used = CpuTime.of(router.process().toHandle()).minus(before);
        return used.toNanos() / 1e3 / requests;
    }

    private static void load(Contender contender, int requests) {
        try (ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> ends = new ArrayList<>();
            for (int visitor = 0; visitor < CONNECTIONS; visitor++) {
                int number = visitor;
                ends.add(visitors.submit(() -> visit(contender, number, requests / CONNECTIONS)));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(contender.name() + " failed", e.getCause());
        } catch (InterruptedException e) {
            throw Run.interrupted(e);
        }
    }

    private static int visit(Contender contender, int number, int requests) throws IOException {
        int answered = 0;
        // each visitor goes to one of the hundred hosts, all over them
        String host = Contender.host(number * 37 % Contender.ROUTES);
        try (HttpSocket socket = new HttpSocket("127.0.0.1", contender.port(), host)) {
            for (; answered < requests; answered++) {
                HttpSocket.Answer answer = socket.get("/some/path?of=" + answered);
                if (answer.status() != 200 || answer.body().length() != TinyUpstream.BODY) {
                    throw new IOException("answered with " + answer.status());
                }
            }
        }
        return answered;
    }

    private static void print(List<Costs> started) {
        System.out.printf(
                Locale.ROOT, "%-10s %14s %14s %14s %12s%n", "", "median µs", "lowest µs", "highest µs", "resident MB");
        for (Costs each : started) {
            List<Double> own = each.costs().stream().sorted().toList();
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %14.1f %14.1f %14.1f %12.1f%n",
                    each.router().contender().name(),
                    each.median(),
                    own.getFirst(),
                    own.getLast(),
                    Memory.of(List.of(each.router().process().pid())).rss() / 1e6);
        }
    }
}
