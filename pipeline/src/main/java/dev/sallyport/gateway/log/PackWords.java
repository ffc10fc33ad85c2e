package dev.sallyport.gateway.log;

import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.ContractMetadata;
import dev.sallyport.contract.schema.file.KnownMembers;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a contract pack knows that the log may say: names of members that stand in the pack, and where the provider names its
 * id of a request. A member's name that only a document has may be anything, an address or a token.
 *
 * @param requestIdAt JSON Pointer; empty if the pack does not say
 * @param members the names
 */
public record PackWords(Optional<String> requestIdAt, Set<String> members) {
    private static final String OTHER = "(other)";
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,4}");

    public PackWords {
        members = Set.copyOf(members);
    }

    /** The words of a pack. */
    public static PackWords of(ContractCatalog catalog) {
        Set<String> names = new HashSet<>();
        Set<KnownMembers> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        catalog.contracts().stream().map(Contract::metadata).forEach(known -> {
            Stream.of(
                            known.request().members(),
                            known.reply().members(),
                            known.pack().error())
                    .forEach(members -> collect(members, names, seen));
            names.addAll(askedOf(known));
        });
        return new PackWords(catalog.rejectionRenderer().requestIdAt(), names);
    }

    private static Set<String> askedOf(ContractMetadata known) {
        return Stream.concat(known.request().asked().stream(), known.reply().asked().stream())
                .flatMap(pointer -> Stream.of(pointer.split("/", -1)))
                .collect(Collectors.toSet());
    }

    /** Schemas refer to each other in circles. */
    private static void collect(KnownMembers members, Set<String> names, Set<KnownMembers> seen) {
        if (!seen.add(members)) {
            return;
        }
        for (String name : members.names()) {
            names.add(name);
            KnownMembers below = members.below(name);
            if (below != null) {
                collect(below, names, seen);
            }
        }
        collect(members.items(), names, seen);
    }

    /** A pointer into a document, with {@code (other)} in place of names that are not the pack's. */
    String told(String pointer) {
        if (pointer.isEmpty()) {
            return pointer;
        }
        return Stream.of(pointer.substring(1).split("/", -1))
                .map(step -> isKnown(step) ? step : OTHER)
                .collect(Collectors.joining("/", "/", ""));
    }

    /** The provider's own id of a call, of its answer, whether that was refused or not; null if there is none of a harmless form. */
    @Nullable
    String providerRequestId(@Nullable Reply reply) {
        @Nullable Answer answer = reply instanceof Refusal refusal ? refusal.refused() : (Answer) reply;
        return answer == null || requestIdAt.isEmpty() ? null : ProviderRequestId.in(answer, requestIdAt.get());
    }

    private boolean isKnown(String step) {
        return members.contains(step) || INDEX.matcher(step).matches();
    }
}
