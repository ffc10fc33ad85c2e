package dev.sallyport.contract;

import dev.sallyport.contract.schema.SchemaNode;
import dev.sallyport.contract.schema.file.KnownMembers;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a pack knows of an operation's documents without looking at a value.
 *
 * @param rulesOfValues names of the operation's rules that cannot be decided from shapes and equality alone: they look into
 *     objects, or ask for the claims of a verified token
 * @param conduct how calls behave when they go wrong
 * @param audit what an auditor is told of its calls; null if nothing
 * @param publishesKeys whether the replies are the keys of session tokens, which are public
 */
public record ContractMetadata(
        DocumentMetadata request,
        DocumentMetadata reply,
        Set<String> rulesOfValues,
        Conduct conduct,
        @Nullable AuditContract audit,
        boolean publishesKeys,
        PackMetadata pack) {
    public ContractMetadata {
        rulesOfValues = Set.copyOf(rulesOfValues);
    }

    /**
     * What is known of requests or of replies.
     *
     * @param asked pointers of the fields that rules look at
     */
    public record DocumentMetadata(KnownMembers members, Set<String> asked) {
        public DocumentMetadata {
            asked = Set.copyOf(asked);
        }
    }

    /**
     * What is the same for every operation of a pack.
     *
     * @param plain names of members whose values the pack calls harmless; see {@code docs/capture-and-replay.md}
     * @param error members of the provider's own errors
     * @param credentials names, in lower case, of request headers beside {@code Authorization} that carry a credential
     * @param schemas the schemas of the pack, each at its number
     */
    public record PackMetadata(
            Set<String> plain, KnownMembers error, Set<String> credentials, List<SchemaNode> schemas) {
        public PackMetadata {
            plain = Set.copyOf(plain);
            credentials = Set.copyOf(credentials);
        }
    }
}
