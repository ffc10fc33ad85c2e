package dev.sallyport.contract.difference;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What another value of a key of the catalog leads to. The first that fits a key holds.
 *
 * @param keys pointers of the keys
 * @param protects whether it is about what holds sessions and tokens to the right caller, or keeps their values secret
 */
record CatalogAspect(Pattern keys, Sense sense, boolean protects) {
    /** How a value reads. */
    enum Sense {
        /** Words for readers of the pack. */
        NOTE,
        /** There or not. */
        PART,
        /** There, it refuses. */
        GUARD,
        /** A list of which each item refuses. */
        REFUSALS,
        /** A list of which each item lets through. */
        PERMITS,
        /** A bound: what is more lets more through. */
        MOST,
        /** A duration: what is longer lets more through. */
        LONGEST,
        /** What becomes of a query. */
        QUERY,
        /** Something that may lead to either. */
        OTHER
    }

    private static final String ANY = "/[^/]*";
    private static final String OPERATION = "/operations" + ANY;
    private static final String RULE = "/rules" + ANY;
    private static final String TOKENS = "/session-tokens" + ANY;

    /** A rule protects if it holds replies and tokens against the call, which only the pack can tell. */
    static final List<CatalogAspect> ALL = List.of(
            of("/description", Sense.NOTE, false),
            of("/reported", Sense.PERMITS, true),
            of("/credentials", Sense.REFUSALS, true),
            of("/plain", Sense.PERMITS, true),
            of(OPERATION, Sense.PART, true),
            of(OPERATION + "/rules/(request|reply)", Sense.REFUSALS, false),
            of(OPERATION + "/rules/identity", Sense.REFUSALS, true),
            of(OPERATION + "/session-token", Sense.GUARD, true),
            of(OPERATION + "/session-token/rules", Sense.REFUSALS, true),
            of(OPERATION + "/session-token/.*", Sense.OTHER, true),
            of(OPERATION + "/(telemetry|organization|device)", Sense.GUARD, true),
            of(OPERATION + "/(request-token|project)", Sense.OTHER, true),
            of(OPERATION + "/done-before(/.*)?", Sense.OTHER, true),
            of(OPERATION + "/statuses", Sense.PERMITS, false),
            of(OPERATION + "/query", Sense.QUERY, false),
            of(TOKENS, Sense.PART, true),
            of(TOKENS + "/lifetime", Sense.LONGEST, true),
            of(TOKENS + "/issuers", Sense.PERMITS, true),
            of(TOKENS + "/.*", Sense.OTHER, true),
            of("/fingerprint-lookup", Sense.GUARD, true),
            of("/fingerprint-lookup/rules/[^/]*", Sense.REFUSALS, true),
            of("/fingerprint-lookup/.*", Sense.OTHER, true),
            of(RULE, Sense.PART, false),
            of(RULE + "/json-size/max-bytes", Sense.MOST, false),
            of(RULE + ANY + "/within", Sense.LONGEST, false),
            of(RULE + "/(equal|all-or-none|all-present)/values", Sense.REFUSALS, false),
            of(RULE + "/when/(present|absent)", Sense.REFUSALS, false),
            of(RULE + "/contains-members/in", Sense.REFUSALS, false),
            of(RULE + "/reserved-names/names", Sense.REFUSALS, false),
            of(RULE + "/contains-members/except", Sense.PERMITS, false),
            of(RULE + "/matches-any-of/answered", Sense.PERMITS, false),
            of(RULE + ANY + "/own-ids", Sense.REFUSALS, false));

    private static final CatalogAspect REST = of(".*", Sense.OTHER, false);

    private static CatalogAspect of(String keys, Sense sense, boolean protects) {
        return new CatalogAspect(Pattern.compile(keys), sense, protects);
    }

    /** That of a key. */
    static CatalogAspect at(String pointer) {
        return ALL.stream()
                .filter(aspect -> aspect.keys.matcher(pointer).matches())
                .findFirst()
                .orElse(REST);
    }
}
