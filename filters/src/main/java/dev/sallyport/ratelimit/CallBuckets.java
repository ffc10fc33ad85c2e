package dev.sallyport.ratelimit;

import dev.sallyport.call.Digests;
import dev.sallyport.call.ReadCall;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which buckets a call is counted in, of limits that are asked behind the first door. Those of a project, an operation, a header
 * or a field are for calls whose credentials the provider let in before; all other calls have the bucket of their address, of
 * which a limit gives as many permits. Headers and fields count within one project, so that those who hold the secret of one
 * cannot use up the permits of another.
 */
final class CallBuckets {
    private final List<Counted> limits;
    private final Map<String, List<Limit>> ofCallers;

    private record Counted(Limit limit, @Nullable BodyField field) {}

    CallBuckets(List<Limit> limits) {
        this(limits, Map.of());
    }

    /** @param ofCallers limits of one caller alone, by its name */
    CallBuckets(List<Limit> limits, Map<String, List<Limit>> ofCallers) {
        this.ofCallers = Map.copyOf(ofCallers);
        this.limits = limits.stream()
                .map(limit -> switch (limit.key().kind()) {
                    case BODY -> new Counted(limit, new BodyField(limit.key().name()));
                    case PROJECT, CALLER, ADDRESS, OPERATION, HEADER -> new Counted(limit, null);
                })
                .toList();
    }

    boolean areNone() {
        return limits.isEmpty() && ofCallers.isEmpty();
    }

    /**
     * The call's buckets. A limit by header or field is none of a call that has no such header or field.
     *
     * @param project what it may be counted for; null for a call without proven credentials
     */
    List<Bucket> of(ReadCall call, @Nullable String project) {
        List<Bucket> buckets = new ArrayList<>(limits.size());
        for (Counted counted : limits) {
            @Nullable String key = key(counted, call, project);
            if (key != null) {
                buckets.add(new Bucket(counted.limit(), key));
            }
        }
        @Nullable String caller = call.call().callerName();
        if (caller != null) {
            ofCallers.getOrDefault(caller, List.of()).forEach(own -> buckets.add(new Bucket(own, caller)));
        }
        return buckets;
    }

    private static @Nullable String key(Counted counted, ReadCall call, @Nullable String project) {
        @Nullable
        String counts =
                switch (counted.limit().key().kind()) {
                    case PROJECT, ADDRESS -> project;
                    case CALLER -> call.call().callerName();
                    case OPERATION -> call.operation();
                    case HEADER -> call.headers().first(counted.limit().key().name());
                    case BODY ->
                        counted.field() == null ? null : counted.field().of(call.body());
                };
        if (project == null) {
            boolean isNone = counts == null && isOfValue(counted);
            return isNone ? null : ofAddress(call);
        }
        return counts == null || !isOfValue(counted) ? counts : digest(project, counts);
    }

    private static boolean isOfValue(Counted counted) {
        return switch (counted.limit().key().kind()) {
            case HEADER, BODY -> true;
            case PROJECT, CALLER, ADDRESS, OPERATION -> false;
        };
    }

    /** A name that no project has: those come without a line feed. */
    private static String ofAddress(ReadCall call) {
        return "\n" + call.call().address();
    }

    private static String digest(String project, String value) {
        MessageDigest digest = Digests.sha256();
        digest.update(project.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        return HexFormat.of().formatHex(digest.digest(value.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        Stream<Limit> own = ofCallers.values().stream().flatMap(List::stream).sorted(Comparator.comparing(Limit::name));
        return Stream.concat(limits.stream().map(Counted::limit), own).toList().toString();
    }
}
