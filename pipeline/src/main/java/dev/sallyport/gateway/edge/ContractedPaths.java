package dev.sallyport.gateway.edge;

import dev.sallyport.contract.Operation;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a server might take a path for one of an operation's, although it is not written like it. Said of paths in normal form
 * only, in which nothing is escaped: so what is left is case, empty steps, and what stands in a step around its name. A pure
 * decision that rather says yes; see ADR 37. Immutable.
 */
final class ContractedPaths {
    private static final String ANY = "{}";

    private final Set<List<String>> exact = new HashSet<>();
    private final Set<List<String>> withPlaceholder = new HashSet<>();

    ContractedPaths(Collection<Operation> operations) {
        for (Operation operation : operations) {
            (operation.template().isExact() ? exact : withPlaceholder).add(steps(operation.path()));
        }
    }

    /** Whether a path, folded, is one of an operation's. */
    boolean mayBeMeantBy(String path) {
        List<String> steps = steps(path);
        return exact.contains(steps) || withPlaceholder.stream().anyMatch(operation -> isLike(operation, steps));
    }

    private static boolean isLike(List<String> operation, List<String> steps) {
        if (operation.size() != steps.size()) {
            return false;
        }
        for (int at = 0; at < steps.size(); at++) {
            String wanted = operation.get(at);
            if (!wanted.equals(ANY) && !wanted.equals(steps.get(at))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> steps(String path) {
        return Stream.of(path.toLowerCase(Locale.ROOT).split("/", -1))
                .map(ContractedPaths::name)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Of a step, the first characters that may be an operation's name: a server may cut off what stands before or behind them. */
    private static String name(String step) {
        if (step.startsWith("{")) {
            return ANY;
        }
        int begin = 0;
        while (begin < step.length() && !isOfName(step.charAt(begin))) {
            begin++;
        }
        int end = begin;
        while (end < step.length() && isOfName(step.charAt(end))) {
            end++;
        }
        return step.substring(begin, end);
    }

    private static boolean isOfName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
