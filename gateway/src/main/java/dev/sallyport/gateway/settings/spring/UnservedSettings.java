package dev.sallyport.gateway.settings.spring;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.parser.Parser;
import ch.qos.logback.core.spi.ScanException;
import ch.qos.logback.core.util.OptionHelper;
import dev.sallyport.gateway.settings.problem.SettingsProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.cloud.gateway.route.RouteDefinition;

/** Settings that Spring takes and this gateway cannot serve with: it would start, be ready, and fail calls or pass over them. */
final class UnservedSettings {
    private static final int HIGHEST_PORT = 65_535;
    private static final Set<String> FORMATS = Set.of("ecs", "gelf", "logstash");
    private static final String PORT = "server.port";
    private static final String MANAGEMENT_PORT = "management.server.port";
    private static final String ROUTES = "spring.cloud.gateway.server.webflux.routes";

    /** Values that would work elsewhere, compared as Spring reads them: {@code on} is true. */
    private static final List<Unserved> VALUES = List.of(
            new Unserved(
                    "server.compression.enabled",
                    true,
                    "must be false: answers to session calls go out in the bytes that were checked"),
            new Unserved(
                    "server.forward-headers-strategy",
                    ForwardHeadersStrategy.FRAMEWORK,
                    "must be none or native: the address of a session call is read before framework would change it"),
            new Unserved(
                    "server.shutdown", Shutdown.IMMEDIATE, "must be graceful: sallyport.drain says how a stop goes"),
            new Unserved("spring.main.lazy-initialization", true, "must be false: what is wrong has to stop the start"),
            new Unserved("spring.main.web-application-type", WebApplicationType.NONE, "must be reactive"),
            new Unserved("spring.main.web-application-type", WebApplicationType.SERVLET, "must be reactive"));

    /** Keys that would have no effect, or one that is not meant. */
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry(
                    "server.max-http-request-header-size", "is not supported here; set sallyport.request.header-limit"),
            Map.entry("server.netty.idle-timeout", "is not supported here; set sallyport.request.idle-timeout"),
            Map.entry(
                    "server.netty.max-initial-line-length",
                    "is not supported here: a request line has up to 4096 bytes"),
            Map.entry(
                    "server.netty.max-keep-alive-requests",
                    "is not supported here: session calls would not be counted"),
            Map.entry("server.servlet", "has no effect: there are no servlets here"),
            Map.entry("logging.log4j2", "has no effect: logs are written by Logback"),
            Map.entry(
                    "spring.lifecycle.timeout-per-shutdown-phase", "is not supported here; set sallyport.drain.grace"),
            Map.entry(
                    "spring.webflux.base-path", "is not supported here: session calls keep the paths of the provider"),
            Map.entry("server.ssl.protocol", "has no effect on this server; set server.ssl.enabled-protocols"),
            Map.entry(
                    "management.server.ssl.protocol",
                    "has no effect on this server; set management.server.ssl.enabled-protocols"),
            Map.entry(
                    "management.endpoints.web.cors",
                    "is not supported here: the management port takes no request of another site"));

    private record Unserved(String key, Object value, String words) {}

    private final Binder binder;
    private final BindHandler unreadable;
    private final Predicate<String> isSet;
    private final Predicate<String> isShipped;
    private final List<SettingsProblem> problems = new ArrayList<>();

    UnservedSettings(Binder binder, BindHandler unreadable, Predicate<String> isSet, Predicate<String> isShipped) {
        this.binder = binder;
        this.unreadable = unreadable;
        this.isSet = isSet;
        this.isShipped = isShipped;
    }

    /** Without their places. */
    List<SettingsProblem> problems() {
        VALUES.stream().filter(this::isSetTo).forEach(each -> note(each.key(), each.words()));
        KEYS.forEach((key, words) -> {
            if (isSet.test(key) && !isShipped.test(key)) {
                note(key, words);
            }
        });
        http2();
        ports();
        logging();
        routes();
        return problems;
    }

    private boolean isSetTo(Unserved each) {
        return binder.bind(each.key(), Bindable.of(each.value().getClass()), unreadable)
                .map(each.value()::equals)
                .orElse(false);
    }

    private void http2() {
        boolean hasTls = binder.bind("server.ssl", Bindable.of(Ssl.class), unreadable)
                .map(ssl -> Ssl.isEnabled(ssl))
                .orElse(false);
        if (value("server.http2.enabled", Boolean.class, false) && !hasTls) {
            note("server.http2.enabled", "must be false without server.ssl: HTTP/2 is spoken over TLS only");
        }
    }

    private void ports() {
        int port = value(PORT, Integer.class, 0);
        int management = value(MANAGEMENT_PORT, Integer.class, 0);
        if (port < 0 || port > HIGHEST_PORT) {
            note(PORT, "must be between 0 and 65535, was " + port);
        }
        if (management < -1 || management > HIGHEST_PORT) {
            note(MANAGEMENT_PORT, "must be between 0 and 65535, or -1 for none, was " + management);
        } else if (management > 0 && management == port) {
            notTheSame(isShipped.test(MANAGEMENT_PORT) ? PORT : MANAGEMENT_PORT, port);
        }
    }

    private void notTheSame(String key, int port) {
        note(key, "must be another port than " + (key.equals(PORT) ? MANAGEMENT_PORT : PORT) + ", was " + port);
    }

    /** Logging is set up before anything else, and its failures are told by stacks. */
    private void logging() {
        for (String format : List.of("logging.structured.format.console", "logging.structured.format.file")) {
            String value = value(format, String.class, "");
            if (!value.isEmpty() && !value.contains(".") && !FORMATS.contains(value.toLowerCase(Locale.ROOT))) {
                note(format, "must be ecs, gelf or logstash, was " + value);
            }
        }
        String config = value("logging.config", String.class, "");
        if (!config.isEmpty()
                && !ApplicationResourceLoader.get().getResource(config).isReadable()) {
            note("logging.config", "must be a file that can be read, was " + config);
        }
        for (String pattern : List.of("logging.pattern.console", "logging.pattern.file", "logging.pattern.level")) {
            if (!isPattern(value(pattern, String.class, ""))) {
                note(pattern, "must be a pattern of Logback's");
            }
        }
    }

    private static boolean isPattern(String text) {
        try {
            var unused = new Parser<ILoggingEvent>(OptionHelper.substVars(text, new LoggerContext())).parse();
            return true;
        } catch (ScanException | RuntimeException broken) {
            return text.isEmpty();
        }
    }

    private void routes() {
        List<RouteDefinition> routes = binder.bind(ROUTES, Bindable.listOf(RouteDefinition.class), unreadable)
                .orElse(List.of());
        Set<String> ids = new HashSet<>();
        for (int index = 0; index < routes.size(); index++) {
            @Nullable String id = routes.get(index).getId();
            if (id != null && !ids.add(id)) {
                note(ROUTES + "[" + index + "].id", "must be another id than that of a route before, was " + id);
            }
            if (routes.get(index).getUri() == null) {
                note(ROUTES + "[" + index + "].uri", "must be where the route leads to, was missing");
            }
            if (routes.get(index).getPredicates().isEmpty()) {
                note(ROUTES + "[" + index + "].predicates", "must say what the route takes, was missing");
            }
        }
    }

    private <T> T value(String key, Class<T> type, T otherwise) {
        return binder.bind(key, Bindable.of(type), unreadable).orElse(otherwise);
    }

    private void note(String key, String words) {
        problems.add(new SettingsProblem(key, "", words));
    }
}
