package dev.sallyport.gateway.log;

import dev.sallyport.call.Reply.Answer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.filter.FilteringParserDelegate;
import tools.jackson.core.filter.JsonPointerBasedFilter;
import tools.jackson.core.filter.TokenFilter.Inclusion;
import tools.jackson.core.json.JsonFactory;

/** The provider's id of a request, out of a reply that was refused and that may be broken in any way. */
final class ProviderRequestId {
    private static final JsonFactory JSON = new JsonFactory();

    private ProviderRequestId() {}

    /**
     * The id, or null if there is none of a harmless form.
     *
     * @param at where the provider names it, as a JSON Pointer
     */
    static @Nullable String in(Answer answer, String at) {
        var place = new JsonPointerBasedFilter(at);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), answer.body());
                var found = new FilteringParserDelegate(parser, place, Inclusion.ONLY_INCLUDE_ALL, false)) {
            return found.nextToken() == JsonToken.VALUE_STRING ? HarmlessId.of(found.getString()) : null;
        } catch (JacksonException broken) { // which is likely why it was refused: the line says so by its violations
            return null;
        }
    }
}
