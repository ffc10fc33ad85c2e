package dev.sallyport.fuzz;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.TokenAlgorithm;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.json.StrictJson;
import dev.sallyport.token.keys.KeySet;
import java.text.ParseException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** Bodies: a contract reads all that is strict JSON, and what it reads another reader finds to be one JSON document as well. */
public final class JsonFuzz {
    private static final StrictJson JSON = new StrictJson(32);
    private static final JsonMapper OTHER = new JsonMapper();
    private static final Contract CONTRACT = PackCompiler.compiled(PackFiles.of("stytch"), JSON)
            .contract("b2b.sessions.exchange")
            .orElseThrow();

    private JsonFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] body) {
        boolean strict = JSON.tree(body) != null;
        Reading request = CONTRACT.readRequest(body);
        if (strict && !(request instanceof Document)) {
            throw new AssertionError("strict JSON is none to the contract: " + request);
        }
        if (request instanceof Document document) {
            requireJson(body);
            CONTRACT.requestViolations(document);
            CONTRACT.requestReports(document);
        }
        if (CONTRACT.readReply(body) instanceof Document reply) {
            CONTRACT.replyViolations(new Facts(null, reply, null, 200, "project"));
        }
        keys(body);
    }

    /** Token by token: numbers that no rule asks for are not evaluated by the contract either. */
    private static void requireJson(byte[] body) {
        try (JsonParser parser = OTHER.createParser(body)) {
            int roots = 0;
            while (parser.nextToken() != null) {
                parser.skipChildren();
                roots++;
            }
            if (roots != 1) {
                throw new AssertionError("the contract reads " + roots + " documents as one");
            }
        } catch (JacksonException broken) {
            throw new AssertionError("what the contract reads is no JSON to another reader", broken);
        }
    }

    private static void keys(byte[] body) {
        try {
            KeySet.parse(body, TokenAlgorithm.RS256, null).keyIds();
        } catch (ParseException refused) {
            return; // as it may
        }
    }
}
