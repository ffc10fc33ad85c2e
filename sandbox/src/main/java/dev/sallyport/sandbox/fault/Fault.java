package dev.sallyport.sandbox.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Everything that can be made to go wrong with one reply, in the order in which several are applied. */
public enum Fault {
    WRONG_KEY(Stage.TOKEN, "The JWT is signed with a key that is not published, under the id of one that is."),
    UNKNOWN_KID(Stage.TOKEN, "The JWT is signed with a key that is not published, under that key's own id."),
    RANDOM_KID(Stage.TOKEN, "The JWT names a key by an id that is made up anew each time."),
    ALG_NONE(Stage.TOKEN, "The JWT says alg none and has no signature."),
    ALG_HS256(Stage.TOKEN, "The JWT says alg HS256, with the published public key (DER) as the secret."),
    EXPIRED(Stage.TOKEN, "The JWT expired five minutes ago."),
    NOT_YET_VALID(Stage.TOKEN, "The JWT's nbf lies ten minutes ahead."),
    ISSUED_IN_FUTURE(Stage.TOKEN, "The JWT's iat lies ten minutes ahead."),
    LONG_LIFETIME(Stage.TOKEN, "The JWT lives for a day instead of five minutes."),
    WRONG_ISSUER(Stage.TOKEN, "The JWT's iss names another project."),
    WRONG_AUDIENCE(Stage.TOKEN, "The JWT's aud names another project."),
    WRONG_SUBJECT(Stage.TOKEN, "The JWT's sub is another user or member."),
    WRONG_SESSION(Stage.TOKEN, "The JWT's session claim names another session."),
    WRONG_ORGANIZATION(Stage.TOKEN, "The JWT's organization claim names another organization (B2B only)."),
    NO_SESSION_CLAIM(Stage.TOKEN, "The JWT has no session claim, as an access token signed with the same keys."),
    EMPTY_JWT(Stage.TOKEN, "session_jwt is empty although there is a session."),
    GARBAGE_JWT(Stage.TOKEN, "session_jwt is no JWT at all."),
    MISSING_FIELD(Stage.BODY, "A required member is left out: user_id, member_id, or what the operation has instead."),
    WRONG_TYPE(Stage.BODY, "A member has another type: user or member is a string, or what the operation has instead."),
    NULL_FIELD(Stage.BODY, "session_token is null, or request_id where there is no token."),
    UNKNOWN_FIELD(Stage.BODY, "There is a member that no schema knows; a tolerant reader does not mind."),
    STATUS_MISMATCH(Stage.BODY, "status_code in the body differs from the HTTP status."),
    INCONSISTENT(Stage.BODY, "member_authenticated is the opposite of what the rest of the reply says."),
    SHORT_SESSION(Stage.BODY, "The session ends a minute after this visit, however long it was asked for."),
    DUPLICATE_KEY(Stage.CONTENT, "status_code occurs twice."),
    NOT_JSON(Stage.CONTENT, "The body breaks off in the middle of the JSON; the length is right."),
    NOT_UTF8(Stage.CONTENT, "A string in the body holds a byte that is not UTF-8."),
    DEEP_JSON(Stage.CONTENT, "The body is ten thousand arrays deep."),
    EMPTY_BODY(Stage.CONTENT, "The body is empty."),
    HUGE_BODY(Stage.CONTENT, "The body is padded to more than eight megabytes."),
    HTML_MEDIA_TYPE(Stage.CONTENT, "Content-Type says text/html; the body is as it should be."),
    STATUS_429(Stage.STATUS, "429 too_many_requests in the provider's error shape, without Retry-After."),
    STATUS_500_HTML(Stage.STATUS, "500 with an HTML page, as from a proxy in between."),
    STATUS_503(Stage.STATUS, "503 server_unavailable in the provider's error shape."),
    REDIRECT(Stage.STATUS, "307 to another address."),
    SET_COOKIE(Stage.HEADER, "Adds a Set-Cookie header; to be combined with a fault that breaks the reply."),
    GZIP(Stage.HEADER, "The body is compressed although that was not asked for."),
    TRUNCATED_BODY(Stage.WIRE, "Content-Length promises more than is sent; then the connection is closed."),
    SLOW_BODY(Stage.WIRE, "The head comes at once, the body drips over about ten seconds."),
    HANG(Stage.WIRE, "No answer, ever; the connection stays open."),
    CLOSE(Stage.WIRE, "The connection is closed without an answer."),
    RESET(Stage.WIRE, "The connection is reset (TCP RST) without an answer.");

    private final Stage stage;
    private final String sentence;

    Fault(Stage stage, String sentence) {
        this.stage = stage;
        this.sentence = sentence;
    }

    /** Returns the fault that goes by this name in the header. */
    public static Optional<Fault> named(String name) {
        return Arrays.stream(values())
                .filter(fault -> fault.wireName().equals(name))
                .findFirst();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String sentence() {
        return sentence;
    }

    public Stage stage() {
        return stage;
    }

    /** What a fault takes hold of. */
    public enum Stage {
        TOKEN,
        BODY,
        CONTENT,
        STATUS,
        HEADER,
        WIRE
    }
}
