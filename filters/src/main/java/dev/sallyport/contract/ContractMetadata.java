package dev.sallyport.contract;

import dev.sallyport.contract.schema.file.KnownMembers;
import java.util.Set;

/**
 * What a pack knows of an operation's documents without looking at a value.
 *
 * @param request members of requests
 * @param reply members of replies
 * @param askedOfRequest pointers of the request's fields that rules look at
 * @param askedOfReply pointers of the reply's fields that rules look at
 * @param rulesOfValues names of the operation's rules that cannot be decided from shapes and equality alone: they look into
 *     objects, or ask for the claims of a verified token
 * @param plain names of members whose values the pack calls harmless; see {@code docs/capture-and-replay.md}
 * @param error members of the provider's own errors
 * @param credentials names, in lower case, of request headers beside {@code Authorization} that carry a credential
 * @param publishesKeys whether the replies are the keys of session tokens, which are public
 */
public record ContractMetadata(
        KnownMembers request,
        KnownMembers reply,
        Set<String> askedOfRequest,
        Set<String> askedOfReply,
        Set<String> rulesOfValues,
        Set<String> plain,
        KnownMembers error,
        Set<String> credentials,
        boolean publishesKeys) {
    public ContractMetadata {
        askedOfRequest = Set.copyOf(askedOfRequest);
        askedOfReply = Set.copyOf(askedOfReply);
        rulesOfValues = Set.copyOf(rulesOfValues);
        plain = Set.copyOf(plain);
        credentials = Set.copyOf(credentials);
    }
}
